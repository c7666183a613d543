"""What the page of a report shows beside its figures: words, questions, answers, who received it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch

from cohorts.models import Enrolment
from ct_platform.kit.actor import Actor
from reports.enums import Section
from reports.models import Answer, Question, Recipient, Report, ReportRequest, ShareLink
from reports.reading import text_of
from reports.rules.exchange import Change, changes


def comments_of(report: Report) -> list[list[str]]:
    """(section, words), in the order of the report. One query."""
    words = dict(report.comments.values_list("section", "text"))
    return [[str(one.label), words[one]] for one in Section if one in words]


def names_of_cohort(cohort_id: int) -> list[str]:
    """ "First last" of everybody who was in the cohort: what no word beside a figure may say."""
    rows = Enrolment.objects.of_cohort(cohort_id).order_by("pk")
    pairs = rows.values_list("person__first_name", "person__last_name")
    return [f"{first} {last}" for first, last in pairs]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with the words of its figure and its answers."""

    question: Question
    label: str
    figure: str  # "" when masked
    answers: Sequence[Answer]


@dataclass(frozen=True, slots=True)
class ChangeLine:
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Exchange:
    """`successor` and `changes` are what a correction says; None or empty otherwise."""

    comments: Sequence[Sequence[str]]
    questions: Sequence[Asked]
    recipients: Sequence[Recipient]
    own: Recipient | None
    links: Sequence[ShareLink]
    requests: Sequence[ReportRequest]
    successor: Report | None
    changes: Sequence[ChangeLine]

    @property
    def open_questions(self) -> int:
        return sum(not one.answers for one in self.questions)

    @property
    def accepted(self) -> int:
        return sum(one.accepted_at is not None for one in self.recipients)


def exchange_of(actor: Actor, report: Report) -> Exchange:
    """All that stands around one report, as far as this seat may know. Seven queries.

    `report` comes with its snapshot and, when it corrects another, `replaces__snapshot`.
    """
    items = {item["code"]: item for item in report.snapshot.figures["figures"]}
    visible = Question.objects.visible_to(actor).filter(report=report)
    answers = Prefetch("answers", Answer.objects.order_by("answered_at", "pk"))
    questions = visible.select_related("organisation").prefetch_related(answers)
    recipients = list(
        report.recipients.select_related("organisation").order_by("organisation__name")
    )
    links = ShareLink.objects.visible_to(actor).filter(report=report)
    asked = ReportRequest.objects.visible_to(actor).filter(report=report)
    # A partner sees its own standing, the coordination everybody's.
    seen = [one for one in recipients if actor.is_coordinator or _is_own(one, actor)]
    return Exchange(
        comments=comments_of(report),
        questions=[_asked(one, items) for one in questions.order_by("asked_at", "pk")],
        recipients=seen,
        own=next((one for one in recipients if _is_own(one, actor)), None),
        links=list(links.select_related("organisation").order_by("-made_at", "-pk")),
        requests=list(asked.select_related("organisation").order_by("asked_at", "pk")),
        successor=Report.objects.visible_to(actor).filter(replaces=report).first(),
        changes=changes_of(report),
    )


def changes_of(report: Report) -> list[ChangeLine]:
    """What this correction says otherwise than the report it replaces. None when it corrects none."""
    if report.replaces is None:
        return []
    found = changes(report.replaces.snapshot.figures, report.snapshot.figures)
    return [_change(one) for one in found]


def requests_waiting(actor: Actor, cohort_id: int) -> list[ReportRequest]:
    """Reports that partners asked for and nobody prepared. One query."""
    rows = ReportRequest.objects.visible_to(actor).filter(cohort_id=cohort_id).waiting()
    return list(rows.select_related("organisation").order_by("asked_at", "pk"))


def _is_own(recipient: Recipient, actor: Actor) -> bool:
    return recipient.organisation_id == actor.organisation_id


def _asked(question: Question, items: Mapping[str, Mapping[str, Any]]) -> Asked:
    item = items[question.code]
    given: Iterable[Answer] = question.answers.all()
    return Asked(question, item["label"], text_of(item), list(given))


def _change(one: Change) -> ChangeLine:
    before = text_of(one.before) if one.before is not None else ""
    return ChangeLine(one.after["label"], before, text_of(one.after))
