"""The nonce of a promised lot: sealed in its row at opening, said after the count."""

from ct_platform.kit import crypto
from decisions.models import Poll


def seal_nonce(poll: Poll, nonce: str) -> str:
    return crypto.seal(_place(poll), nonce)


def lot_nonce(poll: Poll) -> str:
    """The nonce of a lot, to be revealed after the count only. ValueError if it was tampered with."""
    return crypto.unseal(_place(poll), poll.lot_nonce)


def _place(poll: Poll) -> str:
    return f"decisions_poll|lot_nonce|{poll.pk}"
