"""A pay in double entry: every entry balances to the cent, or is refused. Pure.

Positive is debit, negative is credit; a counter-slip turns every sign, hence every side.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ct_platform.kit.errors import DomainError
from ct_platform.kit.money import ZERO, cents

# At most 6.01 points of the reduction lighten what is owed to Agirc-Arrco, in proportion of the
# highest coefficient; the rest is Urssaf's. CSS L241-13, D241-7 (to confirm with the host).
RETIREMENT_POINTS = Decimal("0.0601")
URSSAF, RETIREMENT, HEALTH_COVER, HOUSING = "urssaf", "retirement", "health_cover", "housing"
_RETIREMENT_LINES = ("agirc_arrco_t1", "agirc_arrco_t2", "ceg_t1", "ceg_t2", "cet")


class UnbalancedEntry(DomainError):
    """Debits and credits differ, or a sum does not come back: a mistake of ours. No file is made."""


@dataclass(frozen=True, slots=True)
class Posting:
    """One line of an entry. `role` is a key of the plan; `person` the auxiliary account, if any."""

    role: str
    amount: Decimal
    person: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A balanced entry. `number` never changes: importing a file twice is then noticed."""

    journal: str
    number: str
    on: date
    piece: str
    piece_on: date
    label: str
    postings: tuple[Posting, ...]


@dataclass(frozen=True, slots=True)
class LineAmount:
    """A stored contribution: `side` "ee" or "er", negative when repaid (the reduction always is)."""

    code: str
    side: str
    amount: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipAmounts:
    """What a slip says, in euros, all negative for a counter-slip.

    `set_aside` is what the pay keeps for later less what it takes back; `top_coefficient` the
    highest coefficient of the reduction for this host and month, as a fraction.
    """

    is_cape: bool
    gross: Decimal
    lines: Sequence[LineAmount]
    tax: Decimal
    net_paid: Decimal
    advances: Decimal = ZERO
    deductions: Decimal = ZERO
    set_aside: Decimal = ZERO
    top_coefficient: Decimal


@dataclass(frozen=True, slots=True)
class _Roles:
    pay: str
    contributions: str
    relief: str
    owed: str
    advances: str


_WAGE = _Roles("wages", "contributions", "relief", "wages_owed", "wages_advances")
_CAPE = _Roles("cape_pay", "cape_contributions", "cape_contributions", "cape_owed", "cape_advances")


def organism_of(code: str) -> str:
    """Who collects a contribution. The reduction is shared between two: see `reduction_parts`."""
    line = code.partition("_")[2]
    if line in _RETIREMENT_LINES:
        return RETIREMENT
    return {"health_cover": HEALTH_COVER, "peec": HOUSING}.get(line, URSSAF)


def reduction_parts(lines: Iterable[LineAmount], top_coefficient: Decimal) -> dict[str, Decimal]:
    """Share the reduction (negative, as stored) between Urssaf and Agirc-Arrco, to the cent.

    Without any line of Agirc-Arrco (a CAPE) it is Urssaf's alone.
    """
    stored = list(lines)
    total = sum((line.amount for line in stored if line.code == "rgdu"), ZERO)
    affiliated = any(organism_of(line.code) == RETIREMENT and line.amount for line in stored)
    part = cents(total * RETIREMENT_POINTS / top_coefficient) if affiliated else ZERO
    return {URSSAF: total - part, RETIREMENT: part}


def dues(lines: Iterable[LineAmount], top_coefficient: Decimal) -> dict[str, Decimal]:
    """What is owed to each organism, both sides together and less the reduction."""
    stored = list(lines)
    owed = reduction_parts(stored, top_coefficient)
    for line in stored:
        if line.code != "rgdu":
            organism = organism_of(line.code)
            owed[organism] = owed.get(organism, ZERO) + line.amount
    return owed


def slip_postings(slip: SlipAmounts, person: str) -> list[Posting]:
    """Book a slip: its debits of class 6 make up the person's part of the pot, to the cent."""
    roles = _CAPE if slip.is_cape else _WAGE
    employer = sum((x.amount for x in slip.lines if x.side == "er" and x.code != "rgdu"), ZERO)
    relief = sum((line.amount for line in slip.lines if line.code == "rgdu"), ZERO)
    withheld = slip.advances + slip.deductions
    return [
        Posting(roles.pay, slip.gross),
        Posting(roles.contributions, employer),
        Posting(roles.relief, relief),
        Posting("set_aside_cost", slip.set_aside),
        *(Posting(who, -owed) for who, owed in dues(slip.lines, slip.top_coefficient).items()),
        Posting("tax", -slip.tax),
        Posting(roles.advances, -slip.advances, person),
        Posting("deductions", -slip.deductions, person),
        Posting("set_aside", -slip.set_aside, person),
        Posting(roles.owed, withheld - slip.net_paid, person),
    ]


def payment_postings(amount: Decimal, person: str, *, is_cape: bool) -> list[Posting]:
    """Book money that left; a negative amount is money that a bank sent back."""
    roles = _CAPE if is_cape else _WAGE
    return [Posting(roles.owed, amount, person), Posting("bank", -amount)]


def rounding_postings(gaps: Iterable[tuple[str, Decimal]]) -> list[Posting]:
    """Book, by organism, what slips say beyond the declared total (payroll of the run, in cents)."""
    found = list(gaps)
    total = sum((gap for _organism, gap in found), ZERO)
    return [*(Posting(organism, gap) for organism, gap in found), Posting("rounding", -total)]


def entry(
    *,
    journal: str,
    number: str,
    on: date,
    piece: str,
    piece_on: date,
    label: str,
    postings: Iterable[Posting],
) -> Entry:
    """Make one entry, lines of one role and person gathered, empty ones left out.

    Raises UnbalancedEntry when debits and credits differ by a cent.
    """
    gathered: dict[tuple[str, str], Decimal] = {}
    for posting in postings:
        key = (posting.role, posting.person)
        gathered[key] = gathered.get(key, ZERO) + posting.amount
    if sum(gathered.values(), ZERO) != 0:
        raise UnbalancedEntry(
            f"L’écriture {number} n’est pas équilibrée. Aucun fichier n’a été fait. Prévenez le réseau."
        )
    lines = tuple(Posting(role, sum_, who) for (role, who), sum_ in gathered.items() if sum_)
    return Entry(journal, number, on, piece, piece_on, label, lines)
