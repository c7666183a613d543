"""Small secrets at rest. Fernet has no associated data, so the place is written inside the plaintext:
a value moved to another row or column does not open there."""

import hmac

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


def _keys() -> MultiFernet:
    return MultiFernet([Fernet(key.strip().encode()) for key in settings.FIELD_KEYS])


def seal(place: str, secret: str) -> str:
    """Encrypt `secret` for `place` ("table|column|row")."""
    return _keys().encrypt(f"{place}\x1f{secret}".encode()).decode()


def unseal(place: str, sealed: str) -> str:
    """Decrypt; ValueError when the value was altered or belongs to another place."""
    try:
        found, _, secret = _keys().decrypt(sealed.encode()).decode().partition("\x1f")
    except InvalidToken as error:
        raise ValueError("sealed value does not open") from error
    if found != place:
        raise ValueError("sealed value belongs elsewhere")
    return secret


def is_under_newest_key(sealed: str) -> bool:
    """Whether the first of settings.FIELD_KEYS opens it; False for an older key, or for none."""
    try:
        Fernet(settings.FIELD_KEYS[0].strip().encode()).decrypt(sealed.encode())
    except InvalidToken:
        return False
    return True


def blind_indexes(place: str, text: str) -> list[str]:
    """Keyed hashes by which `text` is found without being stored; one per key, newest first.

    A bare hash of a short code could be enumerated by whoever holds a copy of the database. The key
    is derived apart from the encryption key; look up with all of them, store the first.
    """
    found = []
    for key in settings.FIELD_KEYS:
        own = hmac.digest(key.strip().encode(), b"blind-index", "sha256")
        found.append(hmac.digest(own, f"{place}\x1f{text}".encode(), "sha256").hex())
    return found


def derived_keys(place: str) -> list[bytes]:
    """Keys of 32 bytes that open `place` alone, one per field key, newest first.

    For what `seal` does not fit: many values of one place that must all have one length.
    """
    found = []
    for key in settings.FIELD_KEYS:
        own = hmac.digest(key.strip().encode(), b"derived-key", "sha256")
        found.append(hmac.digest(own, place.encode(), "sha256"))
    return found
