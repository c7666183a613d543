"""The house inspects itself: locks, environment, money columns, migrations, templates, words."""

import re
import subprocess
from pathlib import Path

import yaml
from django.apps import apps
from django.core.management import call_command
from django.db import models

ROOT = Path(__file__).resolve().parents[1]
OURS = (
    "kit", "members", "documents", "cohorts", "projects", "decisions", "payroll", "testimonials", "reports",
)  # fmt: skip


def tracked() -> list[Path]:
    """Every file of the project (git's list; the folder itself when there is no repository)."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True
    )
    if listed.returncode != 0:
        skip = {".venv", "var", ".git"}
        return [
            p for p in ROOT.rglob("*") if p.is_file() and not skip & set(p.relative_to(ROOT).parts)
        ]
    return [ROOT / line for line in listed.stdout.splitlines() if (ROOT / line).is_file()]


def test_lock_files_carry_hashes_and_no_address():
    locks = sorted(ROOT.glob("requirements*.txt"))
    assert [lock.name for lock in locks] == [
        "requirements-browser.txt", "requirements-dev.txt", "requirements-uv.txt", "requirements.txt",
    ]  # fmt: skip
    for lock in locks:
        text = lock.read_text()
        assert "://" not in text, lock.name
        pins = [line for line in text.splitlines() if re.match(r"^[a-z0-9]", line, re.IGNORECASE)]
        assert pins and all("==" in line for line in pins), lock.name
        assert text.count("--hash=sha256:") >= len(pins), lock.name


def test_no_tracked_file_names_a_registry_or_a_machine():
    forbidden = re.compile(
        "|".join(
            [
                "pypi" + r"\.org",
                "python" + "hosted",
                "registry" + r"\.npmjs",
                r"deb\.debian",
                "/work" + "/",
                r"/ro" + "ot/",
            ]
        )
    )
    wrong = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in tracked()
        if path.suffix not in {".png", ".ttf", ".woff2", ".ico", ".xlsx", ".pdf", ".mo"}
        and (match := forbidden.search(path.read_text(errors="ignore")))
    ]
    assert wrong == []


def variables_read() -> set[str]:
    found: set[str] = set()
    for path in [*(ROOT / "ct_platform").rglob("*.py")]:
        text = path.read_text()
        found |= set(re.findall(r'env\.\w+\(\s*"([A-Z0-9_]+)"', text))
        found |= set(re.findall(r'(?:required|boolean)\(\s*"([A-Z0-9_]+)"', text))
        found |= set(re.findall(r'environ(?:\.get\(|\[|\.setdefault\()"([A-Z0-9_]+)"', text))
    compose = (ROOT / "docker-compose.yml").read_text()
    return found | set(re.findall(r"\$\$?\{([A-Z0-9_]+)", compose))


def test_every_variable_stands_in_the_example_and_none_is_a_ghost():
    example = set(re.findall(r"^([A-Z0-9_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    read = variables_read()
    assert read - example == set()
    assert example - read == set()


def compose() -> dict:
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text())


def test_compose_has_the_five_services_each_healthy_pinned_and_unprivileged():
    services = compose()["services"]
    assert set(services) == {"web", "worker", "beat", "postgres", "redis"}
    for name, service in services.items():
        assert service["healthcheck"]["test"], name
        assert service["stop_grace_period"], name
        assert service["user"] not in ("root", "0", "0:0"), name
        assert re.search(r":(?!latest)[\w.-]+$", service["image"]), name
        assert service["restart"] == "unless-stopped", name
    assert set(compose()["volumes"]) == {"media", "database", "queue"}


def test_compose_runs_the_same_commands_as_the_demo():
    from ct_platform.home.management.commands.demo import _web, _worker

    services = compose()["services"]
    for child, name in ((_web("8000"), "web"), (_worker(), "worker")):
        typed = " ".join(services[name]["command"].split())
        for word in child[1:]:
            if word.isdigit() or ":8000" in word:
                continue
            assert word in typed, f"{name}: {word}"


def test_compose_lets_a_worker_finish_its_longest_task(settings):
    grace = int(compose()["services"]["worker"]["stop_grace_period"].removesuffix("s"))
    assert grace > settings.CELERY_TASK_TIME_LIMIT


def test_the_image_is_pinned_and_leaves_root():
    text = (ROOT / "Dockerfile").read_text()
    assert re.search(r"^FROM python:3\.\d+\.\d+-slim-\w+$", text, re.MULTILINE)
    assert re.search(r"^USER ct$", text, re.MULTILINE)


def our_models() -> list[type[models.Model]]:
    return [model for label in OURS for model in apps.get_app_config(label).get_models()]


def test_no_float_ever_holds_an_amount():
    assert [
        m for m in our_models() for f in m._meta.get_fields() if isinstance(f, models.FloatField)
    ] == []


def test_what_was_issued_is_protected_from_deletion():
    """A person, a paper, a pay run cannot disappear under those who point at them."""
    kept = {"members.Person", "documents.Document", "cohorts.Cohort", "cohorts.Enrolment", "cohorts.Organisation",
            "payroll.Payslip", "decisions.Outcome"}  # fmt: skip
    loose = [
        f"{model._meta.label}.{field.name}"
        for model in our_models()
        for field in model._meta.fields
        if isinstance(field, models.ForeignKey)
        and field.related_model._meta.label in kept
        and field.remote_field.on_delete is not models.PROTECT
        # Drafts of a cohort go with it; nothing issued hangs on them.
        and model._meta.label not in {"cohorts.Phase", "cohorts.EnrolmentImport"}
    ]
    assert loose == []


def test_models_and_migrations_agree(db):
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_migrations_are_named_by_intent_and_have_one_leaf():
    for label in OURS:
        folder = Path(apps.get_app_config(label).path) / "migrations"
        names = sorted(p.stem for p in folder.glob("0*.py"))
        assert names, label
        assert not [n for n in names if re.search(r"_(auto|merge)_\d", n)], label
        numbers = [n[:4] for n in names]
        assert len(numbers) == len(set(numbers)), f"{label}: two migrations of one number"


def templates() -> list[Path]:
    return sorted((ROOT / "templates").rglob("*.html"))


def test_templates_carry_no_inline_style_script_or_handler():
    """The content policy would refuse them in silence."""
    bad = re.compile(
        r"\sstyle=|<style|\son[a-z]+=\"|<script(?![^>]*\ssrc=)|\|safe\b", re.IGNORECASE
    )
    wrong = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in templates()
        if "pdf" not in path.parts and (match := bad.search(path.read_text()))
    ]
    assert wrong == []


def test_the_run_script_can_be_run():
    assert (ROOT / "run").stat().st_mode & 0o111


def test_the_trimmed_style_sheet_follows_the_templates():
    """A class used for the first time must reach the pages: ./run manage trim_css"""
    from ct_platform.kit.trim import TRIMMED, trimmed

    assert TRIMMED.read_text(encoding="utf-8") == trimmed()
