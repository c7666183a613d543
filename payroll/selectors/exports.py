"""What the page of the exports says of each file before it is made, and who took one last."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, Sum

from ct_platform.kit.actor import Actor
from ct_platform.kit.models import TransitionLog
from ct_platform.kit.money import ZERO, cents
from documents.models import Document
from members.models import Person
from payroll.enums import PaymentState
from payroll.models import Payment, PayRun, Payslip

# A download is no change of state; the shared log carries it under a name of its own.
LOGGED_AS = "payroll.export"
BOOKS_LOGGED_AS = "payroll.cohort_book"


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """Counts and sums in euros, counter-slips included with their opposite amounts."""

    people: int
    slips: int
    movements: int
    net_paid: Decimal
    contributions: Decimal
    papers: int
    papers_drawn: int
    papers_bytes: int

    @property
    def papers_ready(self) -> bool:
        return self.papers > 0 and self.papers == self.papers_drawn


def summary_of(run: PayRun, actor: Actor) -> Summary:
    """Costs three queries."""
    slips = Payslip.objects.filter(share__run=run).aggregate(
        slips=Count("pk"),
        net_paid=Sum("net_paid"),
        cost=Sum("total_cost"),
        net=Sum("net_before_tax"),
    )
    sent = Payment.objects.filter(order__run=run).aggregate(
        paid=Count("pk", filter=Q(state__in=(PaymentState.PAID, PaymentState.REJECTED))),
        rejected=Count("pk", filter=Q(state=PaymentState.REJECTED)),
    )
    papers = (
        papers_of(run, actor)
        .order_by()
        .aggregate(n=Count("pk"), drawn=Count("pk", filter=~Q(sha256="")), size=Sum("size"))
    )
    # SQLite sums floats: back to whole cents.
    return Summary(
        people=len(run.photograph["people"]) if run.photograph else 0,
        slips=slips["slips"],
        movements=sent["paid"] + sent["rejected"],
        net_paid=cents(slips["net_paid"] or ZERO),
        contributions=cents((slips["cost"] or ZERO) - (slips["net"] or ZERO)),
        papers=papers["n"],
        papers_drawn=papers["drawn"],
        papers_bytes=papers["size"] or 0,
    )


def papers_of(run: PayRun, actor: Actor) -> Any:
    """Slips, counter-slips and attestations of a run that the actor's seat may open. A queryset."""
    return (
        Document.objects.visible_to(actor)
        .of_cohort(run.cohort_id)
        .filter(Q(batch=run.batch) | Q(payslip__share__run=run))
        .select_related("subject")
        .defer("snapshot")
        .order_by("kind", "subject__last_name", "subject__first_name", "pk")
    )


@dataclass(frozen=True, slots=True)
class Taken:
    """The last time a file was downloaded."""

    name: str
    at: dt.datetime


def last_taken(run: PayRun) -> dict[str, Taken]:
    """By file, who took it last and when. Costs two queries."""
    return _taken(LOGGED_AS, run.pk)


def books_taken(cohort_id: int) -> dict[str, Taken]:
    """The same of the books of a cohort. Costs two queries."""
    return _taken(BOOKS_LOGGED_AS, cohort_id)


def _taken(model: str, row_id: int) -> dict[str, Taken]:
    logs = {
        log.new: log
        for log in TransitionLog.objects.filter(model=model, row_id=row_id).order_by("at", "pk")
    }
    people = Person.objects.in_bulk({log.by_person_id for log in logs.values()} - {None})
    return {
        code: Taken(people[log.by_person_id].full_name, log.at)
        for code, log in logs.items()
        if log.by_person_id in people
    }
