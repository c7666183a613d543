"""The pot of one pay run: what the sales paid leave once everything else is taken out. Pure."""

from dataclasses import dataclass
from decimal import Decimal

from ct_platform.kit.money import ZERO, cents, euros

SALES, MARGIN = "sales", "margin"
PER_RUN, PER_PERSON = "run", "person"
_HUNDRED = Decimal(100)


class EmptyPot(ValueError):
    """Nothing to share; `str(error)` is the French sentence to show."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeTerms:
    """What the host asks. `rate` in percent of `base`, `fixed` in euros for each run or person."""

    base: str
    rate: Decimal
    fixed: Decimal = ZERO
    fixed_per: str = PER_RUN
    waived_months: int = 0  # months of the cohort, from its first, without any contribution


@dataclass(frozen=True, slots=True, kw_only=True)
class Fee:
    """The contribution of the host step by step, in euros: what a page shows is what was reckoned."""

    base_amount: Decimal
    rate: Decimal
    fixed: Decimal
    times: int  # how often the fixed part is due
    is_waived: bool

    @property
    def by_rate(self) -> Decimal:
        return ZERO if self.is_waived else cents(self.base_amount * self.rate / _HUNDRED)

    @property
    def by_fixed(self) -> Decimal:
        return ZERO if self.is_waived else self.fixed * self.times

    @property
    def amount(self) -> Decimal:
        """Rounded once, half up: the fixed part is in whole cents."""
        if self.is_waived:
            return ZERO
        return cents(self.base_amount * self.rate / _HUNDRED + self.by_fixed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """Amounts in euros: `amount` = sales − expenses − contribution − idle − reserve, exactly."""

    sales: Decimal
    expenses: Decimal
    fee: Fee
    reserve: Decimal
    idle: Decimal = ZERO  # flat AT/MP of months without pay

    @property
    def contribution(self) -> Decimal:
        return self.fee.amount

    @property
    def amount(self) -> Decimal:
        return self.sales - self.expenses - self.contribution - self.idle - self.reserve


def fee_of(
    *,
    sales: Decimal,
    expenses: Decimal,
    terms: FeeTerms,
    people: int = 0,
    waived_people: int = 0,
    cohort_month: int = 1,
) -> Fee:
    """Reckon the part of the host CAE.

    `base` is "sales" (paid sales excl. VAT) or "margin" (the same less expenses); never below zero:
    credit notes above the sales of a run lower those of the next, and the fee with them.
    The fixed part is due once a run, or once for each of the `people` who share, less those the
    host exempts. `cohort_month` counts from 1, the month of the first day. Source: the settings of
    the host. Raises ValueError for another base or another way of counting.
    """
    if terms.base not in (SALES, MARGIN):
        raise ValueError(f"unknown base of contribution: {terms.base}")
    if terms.fixed_per not in (PER_RUN, PER_PERSON):
        raise ValueError(f"unknown way of counting the fixed part: {terms.fixed_per}")
    return Fee(
        base_amount=max(sales if terms.base == SALES else sales - expenses, ZERO),
        rate=terms.rate,
        fixed=terms.fixed,
        times=1 if terms.fixed_per == PER_RUN else max(people - waived_people, 0),
        is_waived=cohort_month <= terms.waived_months,
    )


def envelope_of(
    *, sales: Decimal, expenses: Decimal, reserve: Decimal, fee: Fee, idle: Decimal = ZERO
) -> Envelope:
    """Work out the pot, in euros: sales paid − expenses − part of the host − idle months − reserve.

    The result may be zero or negative; `require_something` refuses it. Raises ValueError for a
    negative reserve or a negative cost of idle months.
    """
    if reserve < 0 or idle < 0:
        raise ValueError("neither a reserve nor a cost can be negative")
    return Envelope(sales=sales, expenses=expenses, fee=fee, reserve=reserve, idle=idle)


def require_something(envelope: Envelope) -> None:
    """Refuse a pot of zero or less. Raises `EmptyPot` with the sentence that says why."""
    if envelope.amount > 0:
        return
    if envelope.sales < 0:
        raise EmptyPot(
            f"Les avoirs rendus aux clients dépassent les ventes payées, de {euros(-envelope.sales)} : il "
            "n’y a rien à partager. Les prochaines ventes payées combleront d’abord ce manque."
        )
    if not envelope.sales:
        raise EmptyPot("Aucune vente payée n’attend d’être partagée : il n’y a pas de pot commun.")
    idle = f", les cotisations des mois sans paie ({euros(envelope.idle)})" if envelope.idle else ""
    raise EmptyPot(
        f"Le pot commun serait de {euros(envelope.amount)} : les ventes payées "
        f"({euros(envelope.sales)}) ne couvrent pas les dépenses ({euros(envelope.expenses)}), la part "
        f"de la coopérative hôte ({euros(envelope.contribution)}){idle} et la réserve "
        f"({euros(envelope.reserve)}). Il n’y a rien à partager."
    )
