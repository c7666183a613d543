"""What the law says of selling to whom and when to be paid. Pure; dated, with its source.

Sources: C. com. L441-10 (delays, penalties), Code de la commande publique R2192-10, CGI art. 293 B.
"""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

USUAL_DUE_DAYS = 30  # L441-10 I: from reception of the goods or end of the service
MOST_DUE_DAYS = 60  # L441-10 I: from the date of the invoice, when agreed
MOST_PUBLIC_DUE_DAYS = 30  # R2192-10

# Turnover of the year before, in euros: below, no VAT is charged; above the second, VAT at once.
FRANCHISE_GOODS = (Decimal(85000), Decimal(93500))
FRANCHISE_SERVICES = (Decimal(37500), Decimal(41250))


@dataclass(frozen=True, slots=True)
class LegalInterest:
    """Legal interest between professionals, in percent a year, from the first day of a half-year."""

    percent: Decimal
    in_force_from: dt.date


# Arrêtés of December 2024, June and December 2025. The latest known stands until the next is written.
LEGAL_INTEREST = (
    LegalInterest(Decimal("3.71"), dt.date(2025, 1, 1)),
    LegalInterest(Decimal("2.76"), dt.date(2025, 7, 1)),
    LegalInterest(Decimal("2.62"), dt.date(2026, 1, 1)),
)


def legal_interest_on(day: dt.date) -> LegalInterest:
    """The latest known rate on `day`; the first one before them all."""
    begun = [one for one in LEGAL_INTEREST if one.in_force_from <= day]
    return begun[-1] if begun else LEGAL_INTEREST[0]


def lowest_late_rate(day: dt.date) -> Decimal:
    """Three times the legal interest (L441-10 II), in percent a year."""
    return legal_interest_on(day).percent * 3


def due_days_for(agreed: int, *, is_public: bool) -> int:
    """Days to pay an invoice: those of the conditions, never more than the law gives an authority."""
    return min(agreed, MOST_PUBLIC_DUE_DAYS if is_public else MOST_DUE_DAYS)


def vat_number_of(siren: str) -> str:
    """The French VAT number that a SIREN of nine digits always has (CGI ann. IV art. 20)."""
    return f"FR{(12 + 3 * (int(siren) % 97)) % 97:02d}{siren}"
