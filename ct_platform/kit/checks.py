"""System checks of the house."""

from typing import Any

from cryptography.fernet import Fernet
from django.conf import settings
from django.core.checks import Error, Tags, Warning, register
from django.db import connection
from environ import Env


@register()
def field_keys_open(app_configs: Any, **kwargs: Any) -> list[Error]:
    try:
        for key in settings.FIELD_KEYS:
            Fernet(key.strip().encode())
    except (AttributeError, ValueError):
        return [
            Error(
                "FIELD_KEYS : chaque clé doit être une clé Fernet (32 octets en base64).",
                hint="Voir README, « Mettre en production ».",
                id="kit.E001",
            )
        ]
    return []


@register(Tags.security, deploy=True)
def commands_cast_no_ballot(app_configs: Any, **kwargs: Any) -> list[Warning]:
    """Read from the settings: the check of a deployment must not need its database."""
    if connection.vendor != "postgresql":
        return []
    site, admin = (
        Env.db_url_config(url)["USER"] if url else ""
        for url in (settings.SECRET_DATABASE_URLS["site"], settings.SECRET_DATABASE_URLS["admin"])
    )
    if admin and admin != site:
        return []
    return [
        Warning(
            "DATABASE_ADMIN_URL ne nomme pas un rôle à part : une commande peut déposer un bulletin.",
            hint="Donnez DATABASE_ADMIN_URL et DATABASE_OWNER_URL, puis lancez database_roles.",
            id="kit.W001",
        )
    ]
