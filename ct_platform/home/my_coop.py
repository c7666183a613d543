"""What *Ma coop* shows a coopérant: the vote to cast, the day, where the money is, their doors."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, Q, Subquery, Sum
from django.utils.translation import gettext as _

from cohorts.models import Cohort
from cohorts.selectors.my_agenda import NextSession, next_session
from ct_platform.kit.actor import Actor
from ct_platform.kit.clock import Month, civil_day, monday_of
from ct_platform.kit.components import Step
from decisions.enums import AssemblyState
from decisions.models import Assembly, Outcome, Poll, Proposal
from decisions.selectors import under_discussion, waiting_for
from documents.models import Document
from payroll.enums import PayRunState
from payroll.models import PayRun, Payslip, SplitRule
from projects.models import WorkEntry
from projects.selectors.tasks import TasksAtHand, tasks_at_hand, tasks_of_cohort_row

# Proposals on the page; the others are one tap away.
SHOWN = 2
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
    polls: list[Poll]  # to vote on, the first to end first
    proposals: list[Proposal]  # talked about before a vote, latest first
    assembly_at: dt.datetime | None  # the next one convened
    assembly_id: int | None
    minutes_today: int
    minutes_week: int
    to_confirm: int
    month: Month
    steps: list[Step]
    slip: Payslip | None
    papers: int
    new_papers: int
    decisions: int
    session: NextSession | None
    tasks: TasksAtHand
    reviews: int  # decisions that the group said it would talk about again

    @property
    def first_poll(self) -> Poll | None:
        return self.polls[0] if self.polls else None

    @property
    def together(self) -> bool:
        """There is something to decide besides the vote that the page calls to."""
        return bool(self.polls[1:] or self.proposals or self.assembly_id)


def my_coop(actor: Actor, at: dt.datetime) -> MyCoop:
    """Everything of the page, in nine queries."""
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
    now = _cohort_now(cohort_id, enrolment_id, month, at)
    return MyCoop(
        polls=waiting_for(actor, at),
        proposals=list(under_discussion(actor, cohort_id)[:SHOWN]),
        assembly_at=now["assembly_at"],
        assembly_id=now["assembly_id"],
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
        steps=money_thread(voted=now["voted"], state=now["run_state"]),
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
        session=next_session(enrolment_id, cohort_id, at),
        tasks=tasks_at_hand(now),
        reviews=decided["reviews"],
    )


def _cohort_now(cohort_id: int, enrolment_id: int, month: Month, at: dt.datetime) -> dict[str, Any]:
    """Whether a sharing rule stands, the state of the month's run, the next assembly and task. One query."""
    runs = PayRun.objects.of_cohort(cohort_id).filter(month=month.first)
    convened = Assembly.objects.of_cohort(cohort_id).filter(
        state=AssemblyState.CONVENED, starts_at__gt=at
    )
    coming = convened.order_by("starts_at", "pk")
    tasks = tasks_of_cohort_row(enrolment_id, at)
    found: dict[str, Any] = (
        Cohort.objects.filter(pk=cohort_id)
        .annotate(
            voted=Exists(SplitRule.objects.of_cohort(cohort_id)),
            run_state=Subquery(runs.values("state")[:1]),
            assembly_id=Subquery(coming.values("pk")[:1]),
            assembly_at=Subquery(coming.values("starts_at")[:1]),
            **tasks,
        )
        .values("voted", "run_state", "assembly_id", "assembly_at", *tasks)
        .get()
    )
    return found


def money_thread(*, voted: bool, state: str | None) -> list[Step]:
    """Where the money of a month is, from the vote to the proof."""
    reached = _REACHED[PayRunState(state) if state else None] if voted else 0
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
