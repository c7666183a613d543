"""What *Ma coop* shows a coopérant: the vote to cast, the day, where the money is, their doors."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Q, Sum
from django.utils.translation import gettext as _

from ct_platform.kit.actor import Actor
from ct_platform.kit.clock import Month, civil_day, monday_of
from ct_platform.kit.components import Step
from decisions.models import Outcome, Poll
from decisions.selectors import next_to_vote
from documents.models import Document
from payroll.enums import PayRunState
from payroll.models import PayRun, Payslip, SplitRule
from projects.models import WorkEntry

# Steps of the thread already behind us, by the state of the month's pay run.
_REACHED = {
    None: 1,
    PayRunState.DRAFT: 1,
    PayRunState.FROZEN: 3,
    PayRunState.COMPUTED: 4,
    PayRunState.REVIEWED: 4,
    PayRunState.APPROVED: 4,
    PayRunState.ISSUED: 6,
    PayRunState.PAID: 6,
}


@dataclass(frozen=True, slots=True)
class MyCoop:
    poll: Poll | None
    minutes_today: int
    minutes_week: int
    to_confirm: int
    month: Month
    steps: list[Step]
    slip: Payslip | None
    papers: int
    new_papers: int
    decisions: int
    reviews: int  # decisions that the group said it would talk about again


def my_coop(actor: Actor, at: dt.datetime) -> MyCoop:
    """Everything of the page, in eight queries."""
    cohort_id, enrolment_id = actor.cohort_id or 0, actor.enrolment_id or 0
    today = civil_day(at)
    month = Month.of(today)
    own = WorkEntry.objects.visible_to(actor).standing().filter(enrolment_id=enrolment_id)
    minutes = own.between(monday_of(today), today).aggregate(
        today=Sum("minutes", filter=Q(day=today), default=0), week=Sum("minutes", default=0)
    )
    papers = Document.objects.filter(subject_id=actor.person_id).aggregate(
        all=Count("pk"), new=Count("pk", filter=Q(first_opened_at__isnull=True))
    )
    due = Outcome.objects.of_cohort(cohort_id).to_look_at(today).values("pk")
    decided = (
        Outcome.objects.of_cohort(cohort_id)
        .adopted()
        .aggregate(all=Count("pk"), reviews=Count("pk", filter=Q(pk__in=due)))
    )
    return MyCoop(
        poll=next_to_vote(actor, at),
        minutes_today=minutes["today"],
        minutes_week=minutes["week"],
        to_confirm=(
            WorkEntry.objects.of_cohort(cohort_id)
            .awaiting()
            .exclude(enrolment_id=enrolment_id)
            .between(month.first, today)
            .count()
        ),
        month=month,
        steps=money_thread(cohort_id, month),
        slip=(
            Payslip.objects.standing()
            .filter(share__enrolment__person_id=actor.person_id)
            .select_related("share__run")
            .order_by("-month", "-id")
            .first()
        ),
        papers=papers["all"],
        new_papers=papers["new"],
        decisions=decided["all"],
        reviews=decided["reviews"],
    )


def money_thread(cohort_id: int, month: Month) -> list[Step]:
    """Where the money of a month is, from the vote to the proof. Two queries."""
    voted = SplitRule.objects.of_cohort(cohort_id).exists()
    state = (
        PayRun.objects.of_cohort(cohort_id)
        .filter(month=month.first)
        .values_list("state", flat=True)
        .first()
    )
    reached = _REACHED[state] if voted else 0
    names = [
        (_("Vote"), "urne"), (_("Heures"), "horloge"), (_("Ventes"), "vente"),
        (_("Part"), "partage"), (_("Paie"), "paie"), (_("Preuve"), "attestation"),
    ]  # fmt: skip
    steps = []
    for rank, (name, icon) in enumerate(names):
        if rank < reached:
            steps.append(Step(name, "done", "ok"))
        else:
            steps.append(Step(name, "now" if rank == reached else "later", icon))
    return steps
