"""The photograph of a run: everything the pay is computed from, and its fingerprint. Pure."""

import calendar
import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

# Raised when the shape of the photograph changes: old ones stay readable.
VERSION = 1
_STEP = Decimal("0.000001")


def fingerprint(photograph: Mapping[str, Any]) -> str:
    """sha-256 of the photograph written the one canonical way (sorted keys, no spaces, UTF-8)."""
    text = json.dumps(photograph, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def presence(month: date, starts_on: date, ends_on: date) -> Decimal:
    """Fraction of the month under contract, days counted inclusively; 0 to 1, six decimals."""
    length = calendar.monthrange(month.year, month.month)[1]
    first, last = max(month, starts_on), min(month.replace(day=length), ends_on)
    days = max((last - first).days + 1, 0)
    return (Decimal(days) / Decimal(length)).quantize(_STEP)


def total_amount(rows: Iterable[Mapping[str, Any]]) -> Decimal:
    """Sum the amounts of photographed rows, in euros."""
    return sum((Decimal(row["amount"]) for row in rows), Decimal("0.00"))
