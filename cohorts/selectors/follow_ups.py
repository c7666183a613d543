"""What pages read after an exit: who is to be asked or called, what was answered, and the rates."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from cohorts.enums import EnrolmentState
from cohorts.enums.entry_files import ExitCategory, LabourStatus
from cohorts.enums.follow_ups import FollowUpChannel, FollowUpState
from cohorts.models import (
    Cohort,
    Enrolment,
    EntrySituation,
    ExitInterview,
    ExitSituation,
    FollowUp,
    FollowUpAnswer,
    FollowUpChoice,
    FollowUpMessage,
)
from cohorts.rules.exits import EXIT_DAYS, Outcome, outcome_of
from cohorts.rules.follow_ups import LATE_DAYS, MONTHS, Case, Rate, is_late, rate_of
from cohorts.rules.participants import WORKING, in_job
from cohorts.rules.stays import back_on
from ct_platform.kit.delivery import DeliveryStatus
from members import sms


def answers_at(months: int, enrolment_ids: Sequence[int]) -> dict[int, FollowUpAnswer]:
    """The last answer of each enrolment at N months, by enrolment key. One query."""
    rows = (
        FollowUpAnswer.objects.filter(
            follow_up__months=months, follow_up__enrolment__in=enrolment_ids
        )
        .current()
        .select_related("follow_up")
    )
    return {one.follow_up.enrolment_id: one for one in rows}


@dataclass(frozen=True, slots=True)
class Question:
    """One question to one person, and where it stands."""

    row: FollowUp
    answer: FollowUpAnswer | None
    choice: FollowUpChoice | None
    asked: bool  # a message left
    today: dt.date

    @property
    def outcome(self) -> Outcome | None:
        one = self.answer
        return outcome_of(one.status, one.contract_months, one.contract_days) if one else None

    @property
    def is_off(self) -> bool:
        return self.row.state == FollowUpState.CALLED_OFF

    @property
    def is_due(self) -> bool:
        return not self.is_off and self.row.due_on <= self.today

    @property
    def agrees(self) -> bool:
        """Said yes, and the consent still stands."""
        consent = self.choice.consent if self.choice and self.choice.agrees else None
        return (
            consent is not None
            and consent.withdrawn_at is None
            and consent.expires_on >= self.today
        )

    @property
    def to_call(self) -> bool:
        """Agreed, due, not answered, and no message does it: a call is preferred, or the time is over."""
        if not self.is_due or self.answer is not None or not self.agrees or self.choice is None:
            return False
        silent = self.choice.channel == FollowUpChannel.SMS and not sms.backend().delivers
        return (
            self.choice.channel == FollowUpChannel.CALL
            or silent
            or is_late(self.row.due_on, self.today)
        )

    @property
    def is_late(self) -> bool:
        return self.is_due and self.answer is None and is_late(self.row.due_on, self.today)

    @property
    def case(self) -> Case:
        outcome = self.outcome
        return Case(
            months=self.row.months,
            due_on=self.row.due_on,
            category=outcome.category if outcome else None,
            in_job=in_job(self.answer.status) if self.answer else None,
            help_wanted=bool(self.answer and self.answer.help_wanted),
        )


@dataclass(frozen=True, slots=True)
class Leaver:
    """One person who left, and their three questions."""

    enrolment: Enrolment
    choice: FollowUpChoice | None
    questions: tuple[Question, ...]
    exit_due: dt.date | None = None  # by when the exit is to be noted, while it is not

    @property
    def agrees(self) -> bool:
        return any(one.agrees for one in self.questions)

    @property
    def refused(self) -> bool:
        return self.choice is not None and not self.choice.agrees

    @property
    def help_wanted(self) -> FollowUpAnswer | None:
        """The latest answer, when it asks for help."""
        told = [one.answer for one in self.questions if one.answer is not None]
        return told[-1] if told and told[-1].help_wanted else None


@dataclass(frozen=True, slots=True)
class CategoryLine:
    category: ExitCategory
    counts: tuple[int, ...]  # by MONTHS


@dataclass(frozen=True, slots=True)
class FollowedCohort:
    leavers: tuple[Leaver, ...]
    rates: tuple[Rate, ...]
    today: dt.date

    @property
    def exits_due(self) -> list[tuple[Leaver, bool]]:
        """Whose exit is not noted yet, and whether it should be; the oldest first."""
        found = [one for one in self.leavers if one.exit_due is not None]
        found.sort(key=lambda one: one.exit_due or self.today)
        return [(one, (one.exit_due or self.today) < self.today) for one in found]

    @property
    def lines(self) -> list[CategoryLine]:
        return [
            CategoryLine(one, tuple(rate.categories[one] for rate in self.rates))
            for one in ExitCategory
        ]

    @property
    def to_call(self) -> list[tuple[Leaver, Question]]:
        """Who is to be called, the longest overdue first."""
        found = [(one, q) for one in self.leavers for q in one.questions if q.to_call]
        return sorted(found, key=lambda pair: pair[1].row.due_on)

    @property
    def asking(self) -> list[Leaver]:
        return [one for one in self.leavers if one.help_wanted is not None]

    @property
    def unasked(self) -> list[Leaver]:
        """Nobody asked them whether news may be asked."""
        return [one for one in self.leavers if one.choice is None]


def followed(cohort: Cohort, today: dt.date) -> FollowedCohort:
    """Everybody counted in a cohort, by name; who came back in another is counted there. Five queries."""
    rows = list(
        FollowUp.objects.of_cohort(cohort.pk)
        .of_last_stays()
        .select_related("enrolment__person")
        .order_by("enrolment__person__last_name", "enrolment__person__first_name", "enrolment_id", "months")
    )  # fmt: skip
    by_person: dict[int, list[FollowUp]] = {}
    for row in rows:
        by_person.setdefault(row.enrolment_id, []).append(row)
    answers = _answers(rows)
    asked = _asked(rows)
    choices = _choices(list(by_person))
    exits = _exits(list(by_person))
    leavers = tuple(
        Leaver(
            enrolment=own[0].enrolment,
            choice=choices.get(key),
            questions=tuple(
                Question(one, answers.get(one.pk), choices.get(key), one.pk in asked, today)
                for one in own
            ),
            exit_due=_exit_due(own[0].enrolment, cohort, exits.get(key)),
        )
        for key, own in by_person.items()
    )
    cases = [q.case for one in leavers for q in one.questions if not q.is_off]
    return FollowedCohort(leavers, tuple(rate_of(cases, months, today) for months in MONTHS), today)


def _exits(enrolment_ids: Sequence[int]) -> dict[int, dt.date]:
    rows = ExitSituation.objects.filter(enrolment__in=enrolment_ids).current()
    return {one.enrolment_id: one.left_on for one in rows}


def _exit_due(enrolment: Enrolment, cohort: Cohort, noted: dt.date | None) -> dt.date | None:
    """The last day to note an exit that is not noted; None when it is, or nobody left."""
    returned = back_on(enrolment.away)
    if noted is not None and (returned is None or noted >= returned):
        return None
    finished = enrolment.state == EnrolmentState.COMPLETED
    last_day = cohort.ends_on if finished else enrolment.left_on
    return last_day + dt.timedelta(days=EXIT_DAYS) if last_day else None


def _answers(rows: Sequence[FollowUp]) -> dict[int, FollowUpAnswer]:
    found = (
        FollowUpAnswer.objects.filter(follow_up__in=[one.pk for one in rows])
        .current()
        .select_related("written_by")
    )
    return {one.follow_up_id: one for one in found}


def _asked(rows: Sequence[FollowUp]) -> set[int]:
    sent = FollowUpMessage.objects.filter(
        follow_up__in=[one.pk for one in rows], status=DeliveryStatus.DONE
    )
    return set(sent.values_list("follow_up_id", flat=True))


def _choices(enrolment_ids: Sequence[int]) -> dict[int, FollowUpChoice]:
    rows = FollowUpChoice.objects.filter(enrolment__in=enrolment_ids).current()
    return {one.enrolment_id: one for one in rows.select_related("consent")}


def overdue(today: dt.date) -> QuerySet[FollowUp]:
    """Questions long due to who agreed, without an answer: somebody is to call. Not yet asked."""
    agreed = FollowUpChoice.objects.current().filter(
        enrolment_id=OuterRef("enrolment_id"),
        agrees=True,
        consent__withdrawn_at__isnull=True,
        consent__expires_on__gte=today,
    )
    late = today - dt.timedelta(days=LATE_DAYS)
    rows = FollowUp.objects.of_last_stays().planned().unanswered()
    found: QuerySet[FollowUp] = rows.filter(Exists(agreed), due_on__lte=late)
    return found


def leaver_of(enrolment: Enrolment, today: dt.date) -> Leaver:
    """One person's questions, asked for or not. Four queries."""
    rows = list(FollowUp.objects.filter(enrolment=enrolment).order_by("months"))
    answers, asked = _answers(rows), _asked(rows)
    choice = choice_of(enrolment)
    return Leaver(
        enrolment,
        choice,
        tuple(Question(one, answers.get(one.pk), choice, one.pk in asked, today) for one in rows),
    )


def choice_of(enrolment: Enrolment) -> FollowUpChoice | None:
    """The last word on being asked for news. One query."""
    return _choices([enrolment.pk]).get(enrolment.pk)


def interviews_of(enrolment: Enrolment) -> list[ExitInterview]:
    """Newest first, with who held them. One query."""
    rows = ExitInterview.objects.filter(enrolment=enrolment).select_related("written_by")
    return list(rows.order_by("-number"))


def answers_of(follow_up: FollowUp) -> list[FollowUpAnswer]:
    """Every version, newest first. One query."""
    return list(follow_up.answers.select_related("written_by").order_by("-number"))


def worked_at_entry(enrolment_id: int) -> bool:
    """Whether somebody was in employment on entering: EECR06 speaks of them alone. One query."""
    rows = EntrySituation.objects.filter(enrolment_id=enrolment_id).current()
    labour = rows.values_list("labour", flat=True).first()
    return bool(labour) and labour in {LabourStatus(one).value for one in WORKING}
