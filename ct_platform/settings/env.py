"""Typed reading of the environment. Every variable read here stands in .env.example (a test compares)."""

from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parents[2]

# FileAwareEnv also reads X from the file named by X_FILE: secrets never need to be in the environment.
env = environ.FileAwareEnv()


def boolean(name: str, *, default: bool) -> bool:
    """Strict: "1/true/yes/on" or "0/false/no/off"; anything else stops the start."""
    raw = env.str(name, default="").strip().lower()
    if raw == "":
        return default
    if raw in {"1", "true", "yes", "on"}:
        return True
    if raw in {"0", "false", "no", "off"}:
        return False
    raise ImproperlyConfigured(f"{name}={raw!r} : écrivez 1 ou 0.")


def required(name: str, purpose: str) -> str:
    """A value without which production must not start; the sentence says what to do."""
    value: str = env.str(name, default="").strip()
    if not value:
        raise ImproperlyConfigured(f"{name} manque ({purpose}). Donnez {name} ou {name}_FILE.")
    return value


def database_urls() -> dict[str, str]:
    """By role: the site's own, that of commands typed by hand, the owner's. The last two may be ""."""
    return {
        "site": env.str("DATABASE_URL", default=""),
        "admin": env.str("DATABASE_ADMIN_URL", default=""),
        "owner": env.str("DATABASE_OWNER_URL", default=""),
    }


# What changes tables or sets the house right is done by its owner; what serves pages, by the site.
BY_OWNER = {"migrate", "database_roles", "after_restore"}
BY_SITE = {"demo", "runserver", "test"}


def role_of(command: list[str]) -> str:
    """As whom a process speaks to PostgreSQL: "site", unless it is a command of manage.py."""
    if len(command) < 2 or Path(command[0]).name != "manage.py" or command[1] in BY_SITE:
        return "site"
    return "owner" if command[1] in BY_OWNER else "admin"


def data_dir() -> Path:
    """Where the embedded database, queue, media and mails live. CT_DATA, default ./var."""
    path = Path(env.str("CT_DATA", default=str(BASE_DIR / "var")))
    path.mkdir(parents=True, exist_ok=True)
    return path
