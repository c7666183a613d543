"""System checks of the house."""

from typing import Any

from cryptography.fernet import Fernet
from django.conf import settings
from django.core.checks import Error, register


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
