"""Questions and answers on one figure, dated, never edited; then yes, or time, makes the report final."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from ct_platform.kit.actor import Actor
from ct_platform.kit.clock import civil_day
from ct_platform.kit.errors import Frozen, Refused
from ct_platform.kit.states import move
from reports.enums import REPORT_ALLOWED, NoticeKind, ReportState
from reports.models import LONGEST_TEXT, Answer, Question, Recipient, Report, ReportNotice
from reports.rules.exchange import ACCEPTED_AFTER
from reports.services import notices
from reports.services.reviewing import refuse_names
from reports.services.sending import people_of

MOST_OPEN = 20


@transaction.atomic
def ask_question(
    *, report: Report, code: str, text: str, actor: Actor, at: dt.datetime
) -> Question:
    """Ask the coordination about one figure (its code) of a report sent to one's organisation.

    Refused for a figure the report does not hold, once the organisation said yes or the report is
    final, and beyond 20 open questions. A masked figure may be asked about: the answer is a reason.
    """
    current = _locked(report)
    if current.state != ReportState.SENT:
        raise Frozen(_("Ce rapport est définitif ou remplacé : l’échange est fini."))
    recipient = _recipient(current, actor)
    if recipient.accepted_at is not None:
        raise Frozen(_("Votre organisation a déjà accepté ce rapport."))
    if code not in {item["code"] for item in current.snapshot.figures["figures"]}:
        raise Refused(_("Choisissez un chiffre de ce rapport."), field="code")
    text = _clean(text)
    mine = current.questions.filter(organisation_id=recipient.organisation_id)
    if mine.unanswered().count() >= MOST_OPEN:
        raise Refused(_("Attendez d’abord les réponses à vos questions."))
    return Question.objects.create(
        report=current,
        organisation_id=recipient.organisation_id,
        code=code,
        text=text,
        asked_by_id=actor.person_id,
        asked_at=at,
    )


@transaction.atomic
def answer_question(*, question: Question, text: str, actor: Actor, at: dt.datetime) -> Answer:
    """Answer a partner. A second answer follows the first. Names of the group are refused."""
    text = _clean(text)
    refuse_names(text, question.report.cohort_id)
    answer = Answer.objects.create(
        question=question, text=text, answered_by_id=actor.person_id, answered_at=at
    )
    organisation = question.organisation_id
    people = people_of({organisation}, civil_day(at))
    made = ReportNotice.objects.bulk_create(
        ReportNotice(
            report_id=question.report_id,
            organisation_id=organisation,
            person_id=person,
            kind=NoticeKind.ANSWER,
            answer=answer,
            sent_at=at,
        )
        for person in people
    )
    notices.send_on_commit([one.pk for one in made])
    return answer


@transaction.atomic
def accept_report(*, report: Report, actor: Actor, at: dt.datetime) -> None:
    """An organisation says yes; the last one makes the report final. Twice is a quiet no-op.

    Refused while one of its own questions waits for an answer.
    """
    current = _locked(report)
    recipient = _recipient(current, actor)
    if recipient.accepted_at is not None:
        return
    if current.state != ReportState.SENT:
        raise Frozen(_("Ce rapport est définitif ou remplacé : l’échange est fini."))
    mine = current.questions.filter(organisation_id=recipient.organisation_id)
    if mine.unanswered().exists():
        raise Refused(_("Une de vos questions attend encore sa réponse."))
    Recipient.objects.filter(pk=recipient.pk, accepted_at__isnull=True).update(
        accepted_at=at, accepted_by_id=actor.person_id
    )
    if not current.recipients.filter(accepted_at__isnull=True).exists():
        _finish(current, actor.person_id, at)


def settle_due(*, at: dt.datetime) -> int:
    """Make final what nobody questioned for 30 days; how many. An open question stops the clock."""
    rows = Report.objects.filter(state=ReportState.SENT, sent_at__lte=at - ACCEPTED_AFTER)
    return sum(_settle(key, at) for key in list(rows.order_by("pk").values_list("pk", flat=True)))


@transaction.atomic
def _settle(key: int, at: dt.datetime) -> bool:
    current = _locked_by_key(key)
    if current.state != ReportState.SENT or current.questions.unanswered().exists():
        return False
    _finish(current, None, at)
    return True


def _finish(report: Report, person_id: int | None, at: dt.datetime) -> None:
    move(
        report,
        ReportState.FINAL,
        allowed=REPORT_ALLOWED,
        by_person_id=person_id,
        at=at,
        final_at=at,
    )


def _locked(report: Report) -> Report:
    """Asking, accepting and settling are done in turn: none overlooks the other's."""
    return _locked_by_key(report.pk)


def _locked_by_key(key: int) -> Report:
    rows = Report.objects.select_for_update(of=("self",), no_key=True).select_related("snapshot")
    found: Report = rows.get(pk=key)
    return found


def _recipient(report: Report, actor: Actor) -> Recipient:
    own = report.recipients.filter(organisation_id=actor.organisation_id or 0)
    found: Recipient | None = own.first()
    if found is None:
        raise Refused(_("Ce rapport n’a pas été envoyé à votre organisation."))
    return found


def _clean(text: str) -> str:
    text = text.strip()
    if not 1 <= len(text) <= LONGEST_TEXT:
        raise Refused(_("Écrivez votre texte, en 1 000 lettres au plus."), field="text")
    return text
