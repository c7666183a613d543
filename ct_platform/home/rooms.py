"""What the other homes show: a coordinator's cohorts, what a host must approve, the network's totals."""

import datetime as dt
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
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

# Of the runs that ask nothing: the last ones, the others are on the page of their cohort.
LATEST = 20
TERRITORIES_ON_A_PAGE = 50
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
    notices, quotes, invoices, and the cohorts whose CAPEs end. Ten queries. The oldest of what waits comes first."""
    every = PayRun.objects.visible_to(actor).select_related("cohort", "reviewed_by")
    # A photograph holds every hour of its month.
    every = every.defer("photograph")
    # What waits, apart from the rest: behind two hundred paid runs nobody would see it.
    runs = list(every.filter(state__in=_AWAITING).order_by("month", "pk")[:limit])
    return ToApprove(
        to_approve=[run for run in runs if run.state == PayRunState.REVIEWED],
        to_issue=[run for run in runs if run.state == PayRunState.APPROVED],
        to_pay=[run for run in runs if run.state == PayRunState.ISSUED],
        others=list(every.exclude(state__in=_AWAITING).order_by("-month", "-pk")[:LATEST]),
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
    territories: Page[Territory]
    organisations: int
    cohorts: int
    running: int


def network(actor: Actor, number: str | None) -> Network:
    """Totals only, territories page after page: the network sees no person. Four queries."""
    counts = Cohort.objects.visible_to(actor).aggregate(
        all=Count("pk"), running=Count("pk", filter=Q(state=CohortState.RUNNING))
    )
    territories = Territory.objects.visible_to(actor).annotate(cohort_count=Count("cohorts"))
    return Network(
        territories=Paginator(territories.order_by("name"), TERRITORIES_ON_A_PAGE).get_page(number),
        organisations=Organisation.objects.visible_to(actor).count(),
        cohorts=counts["all"],
        running=counts["running"],
    )
