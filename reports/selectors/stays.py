"""The people of a year, as partitions read them: each source once, whatever the number of cohorts.

Never leaves this app: partitions turn it into cells, and cells leave through disclosure control.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from cohorts.enums.follow_ups import FollowUpState
from cohorts.enums.skills import SkillMoment
from cohorts.models import (
    Cohort,
    Enrolment,
    EntryPlace,
    EntrySituation,
    ExitInterview,
    ExitSituation,
    FollowUpAnswer,
    SelfAssessment,
    SkillConfirmation,
)
from cohorts.rules.ages import age_on
from cohorts.rules.stays import back_on


@dataclass(frozen=True, slots=True)
class StayFacts:
    """One person in one cohort that ended in the year."""

    key: int
    person_id: int
    cohort_id: int
    state: str
    left_on: dt.date | None
    birth_date: dt.date | None
    starts_on: dt.date
    ends_on: dt.date
    away: list[list[str]]


class Stays:
    """Everybody who began in these cohorts. Each property costs one query, when it is first read."""

    def __init__(self, cohort_ids: Iterable[int]) -> None:
        self.cohort_ids = sorted(cohort_ids)

    @cached_property
    def rows(self) -> dict[int, StayFacts]:
        """By enrolment key, in the order of exits."""
        rows = (
            Enrolment.objects.filter(cohort__in=self._cohorts())
            .order_by("cohort__ends_on", "pk")
            .values_list(
                "pk", "person_id", "cohort_id", "state", "left_on", "person__birth_date",
                "cohort__starts_on", "cohort__ends_on", "away",
            )
        )  # fmt: skip
        return {row[0]: StayFacts(*row) for row in rows}

    @cached_property
    def entries(self) -> dict[int, EntrySituation]:
        return {one.enrolment_id: one for one in self._current(EntrySituation)}

    @cached_property
    def quarters(self) -> dict[int, str]:
        """Whether they lived in a priority quarter on entering: "in", "out" or ""."""
        return dict(self._current(EntryPlace).values_list("enrolment_id", "quarter_status"))

    @cached_property
    def exits(self) -> dict[int, ExitSituation]:
        """Upon leaving. Of a stay before, when somebody came back: that is no exit of this one."""
        found = {}
        for one in self._current(ExitSituation):
            returned = back_on(self.rows[one.enrolment_id].away)
            if returned is None or one.left_on >= returned:
                found[one.enrolment_id] = one
        return found

    @cached_property
    def powers(self) -> dict[int, str]:
        """What they said at the exit interview of their power to act."""
        return dict(self._current(ExitInterview).values_list("enrolment_id", "power"))

    @cached_property
    def answers(self) -> dict[int, dict[int, FollowUpAnswer]]:
        """By months after the exit, then enrolment key."""
        rows = FollowUpAnswer.objects.current().filter(
            follow_up__enrolment__cohort__in=self._cohorts(),
            follow_up__state=FollowUpState.PLANNED,
        )
        found: dict[int, dict[int, FollowUpAnswer]] = defaultdict(dict)
        for one in rows.select_related("follow_up"):
            found[one.follow_up.months][one.follow_up.enrolment_id] = one
        return found

    @cached_property
    def confirmed(self) -> set[int]:
        """Who had a skill confirmed by somebody who saw it."""
        rows = SkillConfirmation.objects.filter(
            enrolment__cohort__in=self._cohorts(), withdrawn_on__isnull=True
        )
        return set(rows.order_by().values_list("enrolment_id", flat=True).distinct())

    @cached_property
    def levels(self) -> dict[int, dict[int, dict[str, int]]]:
        """What they said of each skill at the start and at the end: key → skill → moment → level."""
        rows = SelfAssessment.objects.filter(
            enrolment__cohort__in=self._cohorts(), moment__in=[SkillMoment.START, SkillMoment.END]
        )
        found: dict[int, dict[int, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
        columns = ("enrolment_id", "skill_id", "moment", "level")
        for key, skill, moment, level in rows.order_by().values_list(*columns):
            found[key][skill][moment] = level
        return found

    def age_at_entry(self, key: int) -> int | None:
        """In whole years, on the first day of the action for them."""
        row, entry = self.rows[key], self.entries.get(key)
        if row.birth_date is None:
            return None
        return age_on(row.birth_date, entry.entered_on if entry else row.starts_on)

    def said(self, code: str) -> Mapping[int, str]:
        """An answer of the entry file, "refused" or "" by enrolment key."""
        return {key: getattr(one, code) for key, one in self.entries.items()}

    def _cohorts(self) -> QuerySet[Any]:
        return Cohort.objects.filter(pk__in=self.cohort_ids).values("pk")

    def _current(self, model: Any) -> QuerySet[Any]:
        rows: QuerySet[Any] = model.objects.current()
        return rows.filter(enrolment__cohort__in=self._cohorts()).order_by()
