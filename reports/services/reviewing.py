"""The coordination reads a report again: it may write beside the figures, never change one."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from ct_platform.kit.actor import Actor
from ct_platform.kit.errors import Frozen, Refused
from ct_platform.kit.states import move
from documents.services.replace import replace_document
from reports.enums import AT_HOME, REPORT_ALLOWED, ReportState, Section
from reports.models import LONGEST_TEXT, Comment, Report, ReportRequest
from reports.papers import paper_of
from reports.rules.exchange import names_in
from reports.selectors.exchange import comments_of, names_of_cohort


def refuse_names(text: str, cohort_id: int) -> None:
    """Words beside the figures name nobody of the group: they would undo what is masked. One query."""
    if names_in(text, names_of_cohort(cohort_id)):
        raise Refused(
            _("Ce texte nomme une personne du groupe. Parlez du groupe, jamais d’une personne."),
            field="text",
        )


@transaction.atomic
def write_comment(
    *, report: Report, section: Section, text: str, actor: Actor, at: dt.datetime
) -> None:
    """Write, change or (empty) take away the words of one section while the report is read again."""
    current = Report.objects.select_for_update(no_key=True).get(pk=report.pk)
    if current.state != ReportState.PREPARED:
        raise Frozen(_("Ce rapport n’est plus en relecture : ses mots ne changent plus."))
    text = text.strip()
    if len(text) > LONGEST_TEXT:
        raise Refused(_("C’est trop long : 1 000 lettres au plus."), field="text")
    refuse_names(text, current.cohort_id)
    rows = Comment.objects.filter(report=current, section=section)
    if not text:
        rows.delete()
        return
    Comment.objects.update_or_create(
        report=current,
        section=section,
        defaults={"text": text, "written_by_id": actor.person_id},
    )


@transaction.atomic
def review_report(*, report: Report, actor: Actor, at: dt.datetime) -> None:
    """Say that it was read again. Its words, if any, are put on a paper that takes the first one's place."""
    current = (
        Report.objects.select_for_update(of=("self",), no_key=True)
        .select_related("cohort__host", "snapshot", "document")
        .get(pk=report.pk)
    )
    if current.state == ReportState.REVIEWED:
        return
    document, words = current.document, comments_of(current)
    if document.snapshot.get("comments", []) != words:
        figures, mark = current.snapshot.figures, current.snapshot.figures_hash
        document = replace_document(
            document=document,
            snapshot=paper_of(current.cohort, figures, mark, words),
            reason=_("Mots de la coordination"),
            actor=actor,
            at=at,
        )
    move(
        current,
        ReportState.REVIEWED,
        allowed=REPORT_ALLOWED,
        by_person_id=actor.person_id,
        at=at,
        reviewed_at=at,
        document=document,
    )


@transaction.atomic
def reopen_review(*, report: Report, actor: Actor, at: dt.datetime) -> None:
    """Go back to reading, before it is sent."""
    if report.state == ReportState.PREPARED:
        return
    move(
        report,
        ReportState.PREPARED,
        allowed=REPORT_ALLOWED,
        by_person_id=actor.person_id,
        at=at,
        reviewed_at=None,
    )


@transaction.atomic
def drop_report(*, report: Report, actor: Actor, at: dt.datetime) -> None:
    """Put aside a report that nobody received: later ones are no longer compared with it."""
    if report.state == ReportState.DROPPED:
        return
    if report.state not in AT_HOME:
        raise Refused(_("Un rapport envoyé ne s’écarte plus : il se corrige par un nouveau."))
    move(report, ReportState.DROPPED, allowed=REPORT_ALLOWED, by_person_id=actor.person_id, at=at)
    # Who asked waits again, but for who has asked anew meanwhile.
    again = ReportRequest.objects.filter(cohort_id=report.cohort_id).waiting()
    report.requests.exclude(
        organisation__in=list(again.values_list("organisation", flat=True))
    ).update(report=None)
