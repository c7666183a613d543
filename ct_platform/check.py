"""`./run check`: every check that is not a test, each named, all run, non-zero when one fails."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent

# A complete, invented production environment: the deploy check must have something to check.
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "ct_platform.settings.prod",
    "SECRET_KEY": "check-only-" + "0123456789abcdefghijklmnopqrstuvwxyz" * 2,
    "FIELD_KEYS": "Y2hlY2stb25seS1jaGVjay1vbmx5LWNoZWNrLW9ubHk=",
    "PUBLIC_ORIGIN": "https://coop.exemple.test",
    "ALLOWED_HOSTS": "coop.exemple.test",
    "DATABASE_URL": "postgres://ct_site@127.0.0.1:5432/ct",
    "DATABASE_ADMIN_URL": "postgres://ct_admin@127.0.0.1:5432/ct",
    "REDIS_URL": "redis://127.0.0.1:6379/0",
    "EMAIL_URL": "smtp://127.0.0.1:25",
    "MAIL_FROM": "coop@exemple.test",
}
TEST = {"DJANGO_SETTINGS_MODULE": "ct_platform.settings.test"}

CHECKS: list[tuple[str, list[str], dict[str, str]]] = [
    ("ruff", [str(BIN / "ruff"), "check", "--no-cache", "."], {}),
    ("mise en forme", [str(BIN / "ruff"), "format", "--check", "."], {}),
    ("types", [str(BIN / "mypy")], TEST),
    ("gabarits", [str(BIN / "djlint"), "templates", "--lint", "--quiet"], {}),
    ("migrations", [sys.executable, "manage.py", "makemigrations", "--check", "--dry-run"], TEST),
    (
        "production",
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        PRODUCTION,
    ),
]


def main() -> int:
    failed = []
    for name, command, environment in CHECKS:
        done = subprocess.run(  # noqa: S603 - our own fixed commands
            command,
            cwd=ROOT,
            env={**os.environ, **environment},
            capture_output=True,
            text=True,
            check=False,
        )
        sys.stdout.write(f"{'ok' if done.returncode == 0 else 'ÉCHEC':6} {name}\n")
        if done.returncode:
            failed.append(name)
            sys.stdout.write(done.stdout[-6000:] + done.stderr[-4000:] + "\n")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
