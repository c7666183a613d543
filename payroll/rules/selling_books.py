"""Sales and expenses as an accountant reads them: the VAT of each row, when it is due, its entries. Pure.

Sources: CGI art. 269 (when VAT is due), EN 16931 (one VAT for each rate of an invoice), PCG. To confirm
with each host's accountant: that is why every account can be changed.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal
from enum import StrEnum

from ct_platform.kit.money import ZERO, cents
from payroll.rules.booking import Posting

GOODS, SERVICES = "goods", "services"


class Due(StrEnum):
    """Why the VAT of a row is due on its day: the words of a summary."""

    DELIVERY = "delivery"  # goods: CGI art. 269, 1 a and 2 a
    PAYMENT = "payment"  # services, and deposits on goods since 2023: CGI art. 269, 2 a and c
    DEBITS = "debits"  # services of a host that chose the debits: CGI art. 269, 2 c
    EARLIEST = "earliest"  # nature not known: the first of both days, which is never too late


def vat_of_rows(
    amounts: Sequence[Decimal], percent: Decimal, printed: Decimal | None = None
) -> list[Decimal]:
    """Share the VAT of rows of one rate so that it sums to the VAT of their sum, to the cent; to the one
    their invoice printed where that is a cent away (prices VAT included, the last credit note).

    `amounts`: euros excl. VAT, of either sign, in an order that never changes once a row is paid.
    """
    whole = sum(amounts, ZERO)
    if printed is not None and printed != cents(whole * percent / 100):
        shares = _of_printed(amounts, whole, printed)
        if shares is not None:
            return shares
    found, net, told = [], ZERO, ZERO
    for amount in amounts:
        net += amount
        so_far = cents(net * percent / 100)
        found.append(so_far - told)
        told = so_far
    return found


def _of_printed(
    amounts: Sequence[Decimal], whole: Decimal, printed: Decimal
) -> list[Decimal] | None:
    """In the proportion of the rows; None when they sum to nothing."""
    if not whole:
        return None
    found, net, told = [], ZERO, ZERO
    for amount in amounts:
        net += amount
        so_far = cents(net * printed / whole)
        found.append(so_far - told)
        told = so_far
    return found


def vat_due(
    *,
    nature: str,
    is_deposit: bool,
    on_debits: bool,
    sold_on: dt.date,
    issued_on: dt.date | None,
    paid_on: dt.date | None,
) -> tuple[dt.date | None, Due]:
    """The day the VAT of a row is due, None while it is not, and why.

    `nature`: "goods", "services", or anything else when it is mixed or not known. `issued_on`: of the
    invoice, None for a sale noted by hand.
    """
    if nature == GOODS and not is_deposit:
        return sold_on, Due.DELIVERY
    if nature == SERVICES and on_debits:
        debited = issued_on or sold_on
        # A payment that comes before the debit makes the VAT due (CGI art. 269, 2 c).
        return (min(debited, paid_on) if paid_on else debited), Due.DEBITS
    if nature == SERVICES or is_deposit:
        return paid_on, Due.PAYMENT
    return (min(sold_on, paid_on) if paid_on else sold_on), Due.EARLIEST


def sale_postings(
    rows: Iterable[tuple[Decimal, Decimal, str, bool]], customer: str
) -> list[Posting]:
    """Book what was sold to one customer: (net, VAT, nature, VAT due on payment) of each row.

    Negative rows, of a credit note, turn every side.
    """
    found = []
    for net, vat, nature, waits in rows:
        found += [
            Posting("customers", net + vat, customer),
            Posting("services" if nature == SERVICES else "sales", -net),
            Posting("vat_waiting" if waits else "vat_collected", -vat),
        ]
    return found


def receipt_postings(
    amount: Decimal, customer: str, *, cash: bool, vat_due: Decimal = ZERO
) -> list[Posting]:
    """Book money of a customer, VAT included; `vat_due`: the VAT that waited for it."""
    return [
        Posting("cash" if cash else "bank", amount),
        Posting("customers", -amount, customer),
        Posting("vat_waiting", vat_due),
        Posting("vat_collected", -vat_due),
    ]


def expense_postings(net: Decimal, vat: Decimal, advanced_by: str) -> list[Posting]:
    """Book an expense: owed to the supplier, or to whoever advanced it (auxiliary account)."""
    owed = "advanced" if advanced_by else "suppliers"
    return [
        Posting("purchases", net),
        Posting("vat_deductible", vat),
        Posting(owed, -(net + vat), advanced_by),
    ]


def settled_postings(
    amount: Decimal, role: str, person: str = "", *, cash: bool = False
) -> list[Posting]:
    """Book money that left to settle what was owed; negative when it came back."""
    return [Posting(role, amount, person), Posting("cash" if cash else "bank", -amount)]


def handed_postings(amount: Decimal) -> list[Posting]:
    """Book coins that left the cash box for the host; negative when the line was wrong.

    A transfer between two of its own accounts (PCG, 58): the host's till, or its bank statement, clears it.
    """
    return [Posting("handed", amount), Posting("cash", -amount)]
