"""Questions after an exit: planned, moved and called off with it; answered by the link or by phone."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.enums import EnrolmentState
from cohorts.enums.entry_files import REFUSED, ExitStatus, YesNo
from cohorts.enums.follow_ups import (
    ASKED_STATUSES,
    FOLLOW_UP_ALLOWED,
    AnswerWay,
    CallOffReason,
    FollowUpState,
    Thanks,
)
from cohorts.models import Enrolment, ExitSituation, FollowUp, FollowUpAnswer
from cohorts.models.follow_up import LONGEST_SAID
from cohorts.perms.afterwards import can_follow_up
from cohorts.rules.exits import NEUTRALISED, TIMED
from cohorts.rules.follow_ups import EARLY_DAYS, due_days
from cohorts.rules.stays import back_on
from cohorts.services.file_versions import SHORTEST_REASON, current
from ct_platform.kit.actor import Actor
from ct_platform.kit.clock import civil_day
from ct_platform.kit.errors import Refused
from ct_platform.kit.states import move

MOST_MONTHS = 60


@transaction.atomic
def plan(*, enrolment: Enrolment, by_person_id: int | None, at: dt.datetime) -> None:
    """Bring the questions of an enrolment in line with how it ends, whatever happened before.

    An exit, or a departure, plans three dated rows; a corrected date moves those not answered yet;
    a neutralised exit and a return call them off. Run twice, it changes nothing. Six queries.
    """
    # Held: a sweep must not plan from what an exit, noted meanwhile, has just changed.
    enrolment = (
        Enrolment.objects.select_for_update(of=("self",))
        .select_related("cohort")
        .get(pk=enrolment.pk)
    )
    last_day, off = _end_of(enrolment)
    rows = {one.months: one for one in FollowUp.objects.filter(enrolment=enrolment)}
    if last_day is None and not rows:
        return
    answered = set(
        FollowUpAnswer.objects.filter(follow_up__enrolment=enrolment).values_list(
            "follow_up_id", flat=True
        )
    )
    if last_day is not None and len(rows) < len(due_days(last_day)):
        FollowUp.objects.bulk_create(
            (
                FollowUp(enrolment=enrolment, months=months, due_on=due_on)
                for months, due_on in due_days(last_day).items()
                if months not in rows
            ),
            ignore_conflicts=True,
        )
        rows = {one.months: one for one in FollowUp.objects.filter(enrolment=enrolment)}
    for row in rows.values():
        if row.pk not in answered:
            _bring_in_line(row, last_day, off, by_person_id, at)


def _end_of(enrolment: Enrolment) -> tuple[dt.date | None, CallOffReason | None]:
    """The last day, None while they are in; and why nothing is to be asked."""
    left = current(ExitSituation, enrolment)
    returned = back_on(enrolment.away)
    if left is not None and returned is not None and left.left_on < returned:
        left = None  # the exit of a stay before
    if left is not None:
        off = CallOffReason.NEUTRALISED if left.status in NEUTRALISED else None
        return left.left_on, off
    if enrolment.state == EnrolmentState.COMPLETED:
        return enrolment.cohort.ends_on, None
    if enrolment.state == EnrolmentState.LEFT:
        return enrolment.left_on, None
    return None, CallOffReason.RETURNED


def _bring_in_line(
    row: FollowUp,
    last_day: dt.date | None,
    off: CallOffReason | None,
    by_person_id: int | None,
    at: dt.datetime,
) -> None:
    due_on = due_days(last_day)[row.months] if last_day else row.due_on
    to = FollowUpState.CALLED_OFF if off else FollowUpState.PLANNED
    if row.state != to:
        move(
            row, to, allowed=FOLLOW_UP_ALLOWED, by_person_id=by_person_id, at=at,
            why_off=off.value if off else "", due_on=due_on,
        )  # fmt: skip
    elif row.due_on != due_on or row.why_off != (off or ""):
        FollowUp.objects.filter(pk=row.pk).update(due_on=due_on, why_off=off or "")


@dataclass(frozen=True, slots=True)
class Said:
    """What was answered. Lengths are whole months and days beyond, for timed contracts only."""

    status: str
    contract_months: int | None = None
    contract_days: int = 0
    better: str = ""
    thanks: str = ""
    news: str = ""
    help_wanted: bool = False


@transaction.atomic
def note_call(
    *,
    follow_up: FollowUp,
    said: Said,
    said_on: dt.date,
    reason: str = "",
    actor: Actor,
    at: dt.datetime,
) -> FollowUpAnswer:
    """Keep an answer heard on the telephone on `said_on`, by whoever holds the seat.

    A correction says why, the first words stay. Raises Refused: another territory, a day that cannot
    be, an answer that is not in the list.
    """
    if not can_follow_up(actor, follow_up.enrolment.cohort):
        raise Refused(_("Le suivi se note par la coordination de la coopérative."))
    if said_on > civil_day(at):
        raise Refused(_("Ce jour n’est pas encore venu."), field="said_on")
    if said_on < follow_up.due_on - dt.timedelta(days=EARLY_DAYS):
        raise Refused(_("C’est trop tôt pour cette question."), field="said_on")
    return _write(
        follow_up, said, AnswerWay.PHONE, said_on=said_on, reason=reason, by_id=actor.person_id, at=at
    )  # fmt: skip


@transaction.atomic
def answer_by_link(*, follow_up: FollowUp, said: Said, at: dt.datetime) -> FollowUpAnswer:
    """Keep what the person sent from their link, which `follow_up_links` has already judged.

    The same again changes nothing; other words follow as a correction. Raises Refused for a
    situation that is not asked of them.
    """
    if said.status not in ASKED_STATUSES:
        raise Refused(_("Choisis ce que tu fais maintenant."), field="status")
    by_id = follow_up.enrolment.person_id
    return _write(
        follow_up, said, AnswerWay.LINK, said_on=civil_day(at), reason="", by_id=by_id, at=at
    )


def _write(
    follow_up: FollowUp,
    said: Said,
    way: AnswerWay,
    *,
    said_on: dt.date,
    reason: str,
    by_id: int,
    at: dt.datetime,
) -> FollowUpAnswer:
    row: FollowUp = FollowUp.objects.select_for_update().get(pk=follow_up.pk)
    if row.state != FollowUpState.PLANNED:
        raise Refused(_("Cette question ne se pose plus."))
    facts = _readable(said)
    before: FollowUpAnswer | None = row.answers.order_by("-number").first()
    if before is not None:
        if all(getattr(before, name) == value for name, value in facts.items()):
            return before
        if way == AnswerWay.PHONE and len(reason.strip()) < SHORTEST_REASON:
            raise Refused(_("Une réponse est déjà notée : dites ce qui a changé."), field="reason")
    kept: FollowUpAnswer = FollowUpAnswer.objects.create(
        follow_up=row,
        number=before.number + 1 if before else 1,
        said_on=said_on,
        way=way,
        written_by_id=by_id,
        written_at=at,
        reason=reason.strip() if before else "",
        **facts,
    )
    if kept.status == ExitStatus.DEATH:
        _call_off_rest(row, by_id, at)
    return kept


def _call_off_rest(row: FollowUp, by_id: int, at: dt.datetime) -> None:
    """Nothing is asked any more of somebody who died."""
    rest = FollowUp.objects.filter(enrolment_id=row.enrolment_id).planned().unanswered()
    for one in rest:
        move(
            one, FollowUpState.CALLED_OFF, allowed=FOLLOW_UP_ALLOWED, by_person_id=by_id, at=at,
            why_off=CallOffReason.NEUTRALISED.value,
        )  # fmt: skip


def _readable(said: Said) -> dict[str, object]:
    status = ExitStatus(said.status)
    timed = status in TIMED
    months = said.contract_months if timed else None
    if months is not None and not 0 <= months <= MOST_MONTHS:
        raise Refused(_("Écrivez la durée du contrat en mois."), field="contract_months")
    for name, answer, list_of in (
        ("better", said.better, (*YesNo.values, REFUSED)),
        ("thanks", said.thanks, tuple(Thanks.values)),
    ):
        if answer and answer not in list_of:
            raise Refused(_("Choisissez une des réponses proposées."), field=name)
    news = said.news.strip()
    if len(news) > LONGEST_SAID:
        raise Refused(
            _("C’est trop long : %(n)d signes au plus.") % {"n": LONGEST_SAID}, field="news"
        )
    return {
        "status": status.value,
        "contract_months": months,
        "contract_days": said.contract_days if months is not None else 0,
        "better": said.better,
        "thanks": said.thanks,
        "news": news,
        "help_wanted": said.help_wanted,
    }
