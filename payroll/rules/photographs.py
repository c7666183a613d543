"""The photograph of a run: everything the pay is computed from, and its fingerprint. Pure."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from payroll.rules.envelope import Fee, FeeTerms, fee_of

# Raised when the shape of the photograph changes: old ones stay readable.
# 2: what the host decides since (health cover, hourly rate, profile on and off), personal terms, idle
# months, waivers. A photograph of version 1 has none of these keys and means that nothing applied.
VERSION = 2


def fingerprint(photograph: Mapping[str, Any]) -> str:
    """sha-256 of the photograph written the one canonical way (sorted keys, no spaces, UTF-8)."""
    text = json.dumps(photograph, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def total_amount(rows: Iterable[Mapping[str, Any]]) -> Decimal:
    """Sum the amounts of photographed rows, in euros."""
    return sum((Decimal(row["amount"]) for row in rows), Decimal("0.00"))


def fee_in(photograph: Mapping[str, Any]) -> Fee:
    """Reckon the contribution of the host again from the photograph alone, step by step."""
    settings = photograph["settings"]
    return fee_of(
        sales=total_amount(photograph["sales"]),
        expenses=total_amount(photograph["expenses"]),
        terms=FeeTerms(
            base=settings["contribution_base"],
            rate=Decimal(settings["contribution_rate"]),
            fixed=Decimal(settings["contribution_fixed"]),
            fixed_per=settings.get("contribution_fixed_per", "run"),
            waived_months=settings.get("contribution_waived_months", 0),
        ),
        people=len(photograph["people"]),
        waived_people=photograph.get("waived_people", 0),
        cohort_month=photograph.get("cohort_month", 1),
    )


def idle_cost_in(photograph: Mapping[str, Any]) -> Decimal:
    """What the months without pay cost this run, in euros."""
    return total_amount(photograph.get("idle", ()))
