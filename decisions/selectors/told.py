"""What a count is told with: a sentence, why, and figures to draw. No query."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from ct_platform.kit.charts import BarsChart, GradesChart
from decisions.enums import OutcomeKind
from decisions.models import Outcome, Poll, PollOption

Tally = Mapping[str, Any]
NBSP = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True, slots=True)
class Judged:
    """One option of a majority judgment: its grades, worst first, and the one in the middle."""

    label: str
    median: str
    counts: tuple[int, ...]
    chart: GradesChart | None


@dataclass(frozen=True, slots=True)
class Judgment:
    """Every option, best first. `keys`: each grade and its colour, worst first."""

    rows: tuple[Judged, ...]
    keys: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Told:
    """`why`: why this came out. `rule`: how one counts by this method. The rest are the figures."""

    headline: str
    why: str = ""
    rule: str = ""
    chart: BarsChart | None = None
    judged: Judgment | None = None
    ranking: tuple[str, ...] = ()  # a line for each place, those tied together


@dataclass(frozen=True, slots=True)
class Counted:
    """One count to tell: `labels` and `costs` by code, in the order of the poll."""

    poll: Poll
    kind: OutcomeKind
    tally: Tally
    labels: Mapping[str, str]
    costs: Mapping[str, int]

    @property
    def detail(self) -> Any:
        return self.tally["detail"]

    @property
    def winners(self) -> list[str]:
        return [self.labels[code] for code in self.tally["winners"]]

    def named(self, codes: list[str]) -> str:
        return listed([self.labels[code] for code in codes])


def counted_of(outcome: Outcome, poll: Poll, options: list[PollOption]) -> Counted:
    return Counted(
        poll,
        OutcomeKind(outcome.kind),
        outcome.tally,
        {one.code: one.label for one in options},
        {one.code: one.cost_cents for one in options},
    )


def quoted(label: str) -> str:
    return f"«{NBSP}{label}{NBSP}»"


def listed(labels: list[str]) -> str:
    """ "« A », « B » et « C »"."""
    names = [quoted(label) for label in labels]
    if len(names) < 2:
        return "".join(names)
    return _("%(first)s et %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}
