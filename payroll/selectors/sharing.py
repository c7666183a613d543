"""A computed run: the rules side by side, the people, the totals."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ct_platform.kit.charts import DotsChart, dots
from ct_platform.kit.money import ZERO, euros, from_cents, to_cents
from payroll.enums import CorrectionState, PayRunState, SplitKind
from payroll.models import Correction, PayRun, Share
from payroll.rules.figures import Figures
from payroll.rules.sharing import counted_minutes, shares_in_cents

# Headings of narrow columns.
_SHORT = {
    SplitKind.EQUAL: gettext_lazy("égal"),
    SplitKind.HOURS: gettext_lazy("heures"),
    SplitKind.HALF: gettext_lazy("moitié-moitié"),
}
_GRID = 20  # euros: the ends of the line the dots stand on


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One rule on the hours of the run. Only the adopted one pays."""

    label: str
    chart: DotsChart | None
    low: Decimal | None
    high: Decimal | None
    adopted: bool
    why: str = ""


@dataclass(frozen=True, slots=True)
class PersonRow:
    share: Share
    figures: Figures  # those that stand, corrected or not
    name: str
    worked: int  # minutes, all kinds
    simulated: tuple[Decimal, ...]  # what the other rules would give


@dataclass(frozen=True, slots=True)
class Totals:
    worked: int
    amount: Decimal
    carried_in: Decimal
    cost: Decimal
    remainder: Decimal
    gross: Decimal
    net_before_tax: Decimal
    net: Decimal  # after tax: for the host's eyes
    simulated: tuple[Decimal, ...]


@dataclass(frozen=True, slots=True)
class Sharing:
    """Everything a computed run shows."""

    rules: tuple[RuleRow, ...]
    scale: tuple[Decimal, Decimal]
    others: tuple[str, ...]  # headings of the simulations
    people: tuple[PersonRow, ...]
    totals: Totals
    without_slip: tuple[str, ...]
    large_remainders: tuple[str, ...]

    @property
    def corrections(self) -> list[tuple[str, Correction]]:
        """Corrections proposed or issued, with the person's name, oldest first."""
        found = [
            (row.name, correction)
            for row in self.people
            for correction in row.share.corrections.all()
            if correction.state != CorrectionState.DROPPED
        ]
        return sorted(found, key=lambda one: one[1].pk)


def sharing_of(run: PayRun) -> Sharing | None:
    """Shares, nets and simulations of a computed run; None before. Costs two queries."""
    if run.state in (PayRunState.DRAFT, PayRunState.FROZEN):
        return None
    shares = list(
        run.shares.select_related("enrolment__person")
        .prefetch_related("corrections")
        .order_by("enrolment__person__last_name", "enrolment__person__first_name", "pk")
    )
    parts = parts_by_rule(run)
    adopted = SplitKind(run.photograph["rule"]["kind"])
    amounts = [amount for found in parts.values() if found for amount in found.values()]
    scale = scale_of(amounts)
    others = [kind for kind in SplitKind if kind != adopted and parts[kind] is not None]
    people = tuple(_person(share, [parts[kind] or {} for kind in others]) for share in shares)
    return Sharing(
        rules=tuple(_rule(kind, parts[kind], kind == adopted, scale) for kind in _order(adopted)),
        scale=scale,
        others=tuple(str(_SHORT[kind]) for kind in others),
        people=people,
        totals=_totals(people, len(others)),
        without_slip=tuple(row.name for row in people if row.share.slip is None),
        large_remainders=tuple(
            row.name for row in people if row.share.slip is not None and row.figures.remainder > 1
        ),
    )


def _order(adopted: SplitKind) -> list[SplitKind]:
    return [adopted, *(kind for kind in SplitKind if kind != adopted)]


def parts_by_rule(run: PayRun) -> dict[SplitKind, dict[int, Decimal] | None]:
    """What each rule gives each enrolment, from the photograph; None where no hour counts."""
    photograph = run.photograph
    minutes = counted_minutes(
        {person["enrolment"]: person["minutes_by_kind"] for person in photograph["people"]},
        photograph["rule"]["counted_kinds"],
    )
    found: dict[SplitKind, dict[int, Decimal] | None] = {}
    for kind in SplitKind:
        if kind != SplitKind.EQUAL and not any(minutes.values()):
            found[kind] = None
            continue
        parts = shares_in_cents(kind.value, to_cents(run.envelope), minutes)
        found[kind] = {key: from_cents(part) for key, part in parts.items()}
    return found


def scale_of(amounts: Sequence[Decimal]) -> tuple[Decimal, Decimal]:
    """The two ends of the line on which every rule places its circles."""
    low, high = min(amounts, default=ZERO), max(amounts, default=ZERO)
    # Not `//`: a Decimal cut that way goes towards zero, and the largest circle would fall outside.
    return Decimal(math.floor(low / _GRID) * _GRID), Decimal(math.ceil(high / _GRID) * _GRID)


def _rule(
    kind: SplitKind,
    parts: dict[int, Decimal] | None,
    adopted: bool,
    scale: tuple[Decimal, Decimal],
) -> RuleRow:
    label = str(kind.label)
    if parts is None:
        return RuleRow(label, None, None, None, adopted, _("Aucune heure ne compte."))
    values = list(parts.values())
    low, high = min(values), max(values)
    title = _("%(rule)s : %(n)s parts, de %(low)s à %(high)s") % {
        "rule": label,
        "n": len(values),
        "low": euros(low),
        "high": euros(high),
    }
    chart = dots(title=title, values=values, low=scale[0], high=scale[1], adopted=adopted)
    return RuleRow(label, chart, low, high, adopted)


def _person(share: Share, others: Sequence[dict[int, Decimal]]) -> PersonRow:
    return PersonRow(
        share=share,
        figures=share.standing,
        name=share.enrolment.person.full_name,
        worked=sum(share.minutes_by_kind.values()),
        simulated=tuple(parts.get(share.enrolment_id, ZERO) for parts in others),
    )


def _totals(people: Sequence[PersonRow], columns: int) -> Totals:
    shares, figures = [row.share for row in people], [row.figures for row in people]
    return Totals(
        worked=sum(row.worked for row in people),
        amount=sum((share.amount for share in shares), ZERO),
        carried_in=sum((share.carried_in for share in shares), ZERO),
        cost=sum((one.cost for one in figures), ZERO),
        remainder=sum((one.remainder for one in figures), ZERO),
        gross=sum((one.gross or ZERO for one in figures), ZERO),
        net_before_tax=sum((one.net_before_tax or ZERO for one in figures), ZERO),
        net=sum((one.net_paid or ZERO for one in figures), ZERO),
        simulated=tuple(
            sum((row.simulated[column] for row in people), ZERO) for column in range(columns)
        ),
    )
