"""What the other homes show: a coordinator's cohorts, what a host must approve, the network's totals."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Q

from cohorts.enums import CohortState
from cohorts.models import Cohort, Organisation, Territory
from cohorts.selectors.cape_ends import cohorts_to_end
from cohorts.selectors.contracts import HostWaiting, host_waiting
from ct_platform.kit.actor import Actor
from payroll.enums import PayRunState
from payroll.models import ContributionProfile, Correction, PayRun
from payroll.selectors.corrections import corrections_awaiting
from projects.models import Invoice, Quote
from projects.selectors.invoices import invoices_to_approve
from projects.selectors.quotes import quotes_to_approve

_AWAITING = (PayRunState.REVIEWED, PayRunState.APPROVED, PayRunState.ISSUED)


@dataclass(frozen=True, slots=True)
class ToApprove:
    to_approve: list[PayRun]
    to_issue: list[PayRun]
    to_pay: list[PayRun]
    others: list[PayRun]
    unconfirmed: list[ContributionProfile]
    corrections: list[Correction]
    ending: list[Cohort]
    contracts: HostWaiting
    quotes: list[Quote]
    invoices: list[Invoice]


def to_approve(actor: Actor, today: dt.date, limit: int = 50) -> ToApprove:
    """What waits for the host CAE: runs reviewed, approved, to pay, corrected, others, contracts and
    notices, quotes, invoices, and the cohorts whose CAPEs end. Nine queries."""
    runs = list(
        PayRun.objects.visible_to(actor)
        .select_related("cohort", "reviewed_by")
        .order_by("-month", "-pk")[:limit]
    )
    return ToApprove(
        to_approve=[run for run in runs if run.state == PayRunState.REVIEWED],
        to_issue=[run for run in runs if run.state == PayRunState.APPROVED],
        to_pay=[run for run in runs if run.state == PayRunState.ISSUED],
        others=[run for run in runs if run.state not in _AWAITING],
        unconfirmed=list(
            ContributionProfile.objects.visible_to(actor).filter(confirmed_at__isnull=True)
        ),
        corrections=corrections_awaiting(actor),
        ending=cohorts_to_end(actor),
        contracts=host_waiting(actor, today),
        quotes=quotes_to_approve(actor),
        invoices=invoices_to_approve(actor),
    )


@dataclass(frozen=True, slots=True)
class Network:
    territories: list[Territory]
    organisations: int
    cohorts: int
    running: int


def network(actor: Actor, today: dt.date) -> Network:
    """Totals only: the network sees no person. Three queries."""
    counts = Cohort.objects.visible_to(actor).aggregate(
        all=Count("pk"), running=Count("pk", filter=Q(state=CohortState.RUNNING))
    )
    return Network(
        territories=list(
            Territory.objects.visible_to(actor)
            .annotate(cohort_count=Count("cohorts"))
            .order_by("name")
        ),
        organisations=Organisation.objects.visible_to(actor).count(),
        cohorts=counts["all"],
        running=counts["running"],
    )
