"""Et si ? One person's line under each rule, on the same pot and the same hours."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from ct_platform.kit.charts import DotsChart, dots
from ct_platform.kit.money import ZERO, euros
from payroll.enums import SplitKind
from payroll.models import PayRun, Share
from payroll.selectors.sharing import parts_by_rule, scale_of

# In a smaller group, a spread beside one's own line would say what the neighbour has.
SMALLEST_GROUP = 5


@dataclass(frozen=True, slots=True)
class OwnLine:
    """One rule: what I would have, what it changes, and everybody's parts without a name."""

    label: str
    amount: Decimal | None  # None: no hour counts, the rule cannot share
    change: Decimal  # against the adopted rule
    adopted: bool
    chart: DotsChart | None
    low: Decimal
    high: Decimal

    @property
    def change_text(self) -> str:
        if self.adopted or self.amount is None:
            return ""
        if not self.change:
            return _("la même chose")
        words = _("%s de plus") if self.change > 0 else _("%s de moins")
        return words % euros(abs(self.change))


@dataclass(frozen=True, slots=True)
class WhatIf:
    lines: tuple[OwnLine, ...]
    people: int
    shows_group: bool
    low: Decimal
    high: Decimal


def what_if(share: Share) -> WhatIf:
    """The adopted rule first, then the others. From the photograph: costs no query with_run()."""
    run: PayRun = share.run
    parts = parts_by_rule(run)
    adopted = SplitKind(run.photograph["rule"]["kind"])
    people = len(run.photograph["people"])
    shows_group = people >= SMALLEST_GROUP
    low, high = scale_of([amount for found in parts.values() for amount in (found or {}).values()])
    order = [adopted, *(kind for kind in SplitKind if kind != adopted)]
    lines = tuple(
        _line(kind, share, parts[kind], kind == adopted, (low, high) if shows_group else None)
        for kind in order
    )
    return WhatIf(lines, people, shows_group, low, high)


def _line(
    kind: SplitKind,
    share: Share,
    parts: dict[int, Decimal] | None,
    adopted: bool,
    scale: tuple[Decimal, Decimal] | None,
) -> OwnLine:
    label = str(kind.label)
    if parts is None:
        return OwnLine(label, None, ZERO, adopted, None, ZERO, ZERO)
    # Sorted by amount: the order of the circles says nothing of who is who.
    own = parts[share.enrolment_id]
    values = sorted(parts.values())
    chart = None
    if scale is not None:
        title = _("%(rule)s : toi %(own)s, le groupe de %(low)s à %(high)s") % {
            "rule": label,
            "own": euros(own),
            "low": euros(values[0]),
            "high": euros(values[-1]),
        }
        chart = dots(
            title=title,
            values=values,
            low=scale[0],
            high=scale[1],
            own=values.index(own),
            adopted=adopted,
        )
    return OwnLine(label, own, own - share.amount, adopted, chart, values[0], values[-1])
