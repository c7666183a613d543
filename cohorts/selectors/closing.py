"""What the closing page reads: every check with what it misses, and the reasons already written."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cohorts import closing
from cohorts.closing import Check, Line
from cohorts.enums.closing import Severity
from cohorts.models import ClosingReason, Cohort
from cohorts.rules.closing import is_passed
from members.models import Person

# What a card of the page shows; the rest is counted, and found where it is mended.
SHOWN = 4


@dataclass(frozen=True, slots=True)
class Missing:
    who: str
    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Checked:
    """One check on one day: what is missing, and whether a reason was written for all of it."""

    check: Check
    lines: tuple[Line, ...]
    reason: ClosingReason | None
    cohort: Cohort

    @property
    def is_settled(self) -> bool:
        return not self.lines

    @property
    def is_explained(self) -> bool:
        return (
            bool(self.lines)
            and self.reason is not None
            and is_passed([one.key for one in self.lines], self.reason.missing)
        )

    @property
    def is_in_the_way(self) -> bool:
        """Whether the archive waits for it."""
        return bool(self.lines) and not self.is_explained

    @property
    def can_explain(self) -> bool:
        return bool(self.lines) and self.check.severity == Severity.WARNS

    @property
    def shown(self) -> list[Missing]:
        return [
            Missing(one.who, self.check.tell(one), self.check.mend(self.cohort, one))
            for one in self.lines[:SHOWN]
        ]

    @property
    def more(self) -> str:
        rest = len(self.lines) - SHOWN
        if rest <= 0:
            return ""
        return ngettext("et %(n)d autre", "et %(n)d autres", rest) % {"n": rest}

    @property
    def url(self) -> str:
        return self.check.mend(self.cohort, None)

    @property
    def act_url(self) -> str:
        """Where the button that mends all of it posts."""
        return self.check.act(self.cohort) if self.check.act else ""

    @property
    def badge(self) -> tuple[str, str, str]:
        """tone, icon and words of its state."""
        if self.is_settled:
            return "ok", "ok", _("En ordre")
        if self.is_explained:
            return "wait", "bulle", _("Expliqué")
        if self.check.severity == Severity.BLOCKS:
            return "bad", "alerte", _("À régler")
        return "warn", "alerte", _("À régler, ou à expliquer")


@dataclass(frozen=True, slots=True)
class ClosingState:
    checks: tuple[Checked, ...]

    @property
    def in_the_way(self) -> list[Checked]:
        return [one for one in self.checks if one.is_in_the_way]

    @property
    def settled(self) -> list[Checked]:
        return [one for one in self.checks if not one.is_in_the_way]

    @property
    def is_ready(self) -> bool:
        return not self.in_the_way

    def of(self, code: str) -> Checked | None:
        return next((one for one in self.checks if one.check.code == code), None)


def closing_of(cohort: Cohort, today: dt.date) -> ClosingState:
    """Every check of a cohort. Two queries, and those of the checks that look for themselves."""
    lines = _lines_by_check(cohort, today)
    reasons = {
        one.check_code: one
        for one in ClosingReason.objects.of_cohort(cohort.pk).select_related("written_by")
    }
    return ClosingState(
        tuple(
            Checked(one, tuple(lines.get(one.code, ())), reasons.get(one.code), cohort)
            for one in closing.all_checks()
        )
    )


def _lines_by_check(cohort: Cohort, today: dt.date) -> dict[str, list[Line]]:
    found: dict[str, list[Line]] = {}
    for check in closing.all_checks():
        if check.found is not None:
            found[check.code] = list(check.found(cohort, today))
    queries = [one.rows(cohort, today) for one in closing.all_checks() if one.rows is not None]
    if queries:
        first, *others = queries
        rows = first.union(*others, all=True) if others else first
        for row in rows.order_by("c_check", "c_last", "c_first", "c_day", "c_key"):
            found.setdefault(row[0], []).append(_line(row))
    return found


def _line(row: Any) -> Line:
    _check, key, first, used, last, words, day, amount, number = row
    who = Person(first_name=first, used_name=used, last_name=last).full_name.strip()
    return Line(key, who, words, day, amount, number)
