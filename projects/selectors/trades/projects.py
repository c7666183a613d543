"""One project in the words of its trade: what is offered, ordered, harvested, kept, and by whom."""

import datetime as dt
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Prefetch, QuerySet

from cohorts.enums import EnrolmentState
from cohorts.models import Enrolment
from ct_platform.kit.clock import format_day, format_period
from ct_platform.kit.money import euros
from projects.enums import OrderState
from projects.models import Idea, Lot, Offer, Order, Product, Project, ProjectMember
from projects.trade_words import TradeWords, words_of

SHOWN_LOTS, SHOWN_OFFERS, SHOWN_IDEAS, SHOWN_ORDERS = 8, 12, 6, 200


def when_of(offer: Offer) -> str:
    """ "jeudi 26 novembre"; "du 23 au 29 novembre 2026"."""
    if offer.is_one_day:
        return format_day(offer.starts_on, weekday=True, year=False)
    return format_period(offer.starts_on, offer.ends_on)


@dataclass(frozen=True, slots=True)
class OfferLine:
    offer: Offer

    @property
    def text(self) -> str:
        return f"{when_of(self.offer).capitalize()}, {euros(self.offer.unit_price)}"


@dataclass(frozen=True, slots=True)
class DayOfOrders:
    """The orders of one day: how many things, in how many orders."""

    day: dt.date
    orders: list[Order]

    @property
    def quantity(self) -> int:
        return sum(one.quantity for one in self.orders)

    @property
    def waiting(self) -> int:
        return sum(1 for one in self.orders if one.state == OrderState.TAKEN)


@dataclass(frozen=True, slots=True)
class ProjectPage:
    project: Project
    words: TradeWords
    team: list[ProjectMember]
    offers: list[OfferLine]  # of today or later, drafts and the last past ones after
    days: list[DayOfOrders]  # from today on
    lots: list[Lot]
    ideas: list[Idea]

    @property
    def referents(self) -> list[ProjectMember]:
        return [one for one in self.team if one.is_referent]


def project_page(project: Project, today: dt.date) -> ProjectPage:
    """Five queries, whatever there is of each."""
    offers = Offer.objects.filter(project=project)
    orders = (
        Order.objects.standing()
        .filter(offer__project=project, day__gte=today)
        .select_related("offer")
        .order_by("day", "hour", "pk")[:SHOWN_ORDERS]
    )
    lots = Lot.objects.filter(product__project=project).select_related("product")
    return ProjectPage(
        project=project,
        words=words_of(project.trade),
        team=members_of(project),
        offers=[OfferLine(one) for one in offers.order_by("-ends_on", "-pk")[:SHOWN_OFFERS]],
        days=[DayOfOrders(day, list(rows)) for day, rows in groupby(orders, lambda one: one.day)],
        lots=list(lots.order_by("-day", "-pk")[:SHOWN_LOTS]),
        ideas=_in_season(ideas_of(project), today)[:SHOWN_IDEAS],
    )


def members_of(project: Project) -> list[ProjectMember]:
    """The team of today, referents first; who left the cooperative is in none. One query."""
    rows = ProjectMember.objects.filter(
        project=project, ends_on__isnull=True, enrolment__state=EnrolmentState.ACTIVE
    )
    return list(
        rows.select_related("enrolment__person").order_by(
            "-is_referent", "enrolment__person__first_name", "pk"
        )
    )


def ideas_of(project: Project) -> "QuerySet[Idea]":
    """What stands, by name. One query when read."""
    found: QuerySet[Idea] = Idea.objects.filter(project=project, archived_at=None).select_related(
        "author"
    )
    return found.order_by("title", "pk")


def _in_season(ideas: "QuerySet[Idea]", today: dt.date) -> list[Idea]:
    """Those of this month first, then those of all the year, then the others."""

    def rank(idea: Idea) -> int:
        if today.month in idea.months:
            return 0
        return 1 if not idea.months else 2

    return sorted(ideas[:100], key=rank)


def projects_with_team(cohort_id: int) -> list[Project]:
    """The projects of a cohort, each with its `team`. Two queries."""
    team = ProjectMember.objects.filter(
        ends_on__isnull=True, enrolment__state=EnrolmentState.ACTIVE
    ).select_related("enrolment__person")
    rows = Project.objects.of_cohort(cohort_id).prefetch_related(
        Prefetch("members", queryset=team, to_attr="team")
    )
    return list(rows.order_by("name", "pk"))


def every_idea_of(project: Project) -> "QuerySet[Idea]":
    """Those put away too: an address kept opens them. One query when read."""
    found: QuerySet[Idea] = Idea.objects.filter(project=project).select_related(
        "project__cohort", "author"
    )
    return found


def lots_of(project: Project) -> "QuerySet[Lot]":
    """One query when read."""
    found: QuerySet[Lot] = Lot.objects.filter(product__project=project).select_related(
        "product__project__cohort", "noted_by"
    )
    return found


def products_of(project: Project) -> list[Product]:
    """Those still sold, by name. One query."""
    return list(Product.objects.filter(project=project, is_active=True).order_by("name", "pk"))


def people_of(project: Project) -> list[Enrolment]:
    """Those still in the cooperative, by first name. One query."""
    rows = Enrolment.objects.of_cohort(project.cohort_id).active().select_related("person")
    return list(rows.order_by("person__first_name", "person__last_name", "pk"))
