"""What the projects hold, found by the coordination, the host and, for their work, the coopérants.

Two tables that read alike are asked together: a search stays within fifteen queries.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.db.models import CharField, F, QuerySet, Value
from django.urls import reverse
from django.utils.translation import gettext_lazy

from ct_platform.kit.actor import Actor, SeatKind
from ct_platform.kit.clock import format_day
from ct_platform.kit.money import euros
from members import search
from members.search import SHOWN, Finder, Hit, Query, matching
from projects.models import Customer, Invoice, Order, Quote, Sale, Task


def find_sales(actor: Actor, query: Query) -> Iterator[Hit]:
    rows = Sale.objects.visible_to(actor).standing()
    found = matching(rows, query, "label", "customer").select_related("project__cohort")
    for one in found.order_by("-sold_on", "-pk")[: SHOWN + 1]:
        said = [one.customer, euros(one.amount), format_day(one.sold_on), one.project.cohort.name]
        url = reverse("projects:activities", args=[one.project.cohort_id])
        yield Hit(one.label, ", ".join(part for part in said if part), url, "vente")


def find_customers(actor: Actor, query: Query) -> Iterator[Hit]:
    rows = Customer.objects.visible_to(actor).filter(archived_at__isnull=True)
    found = matching(rows, query, "name", "city", "siret").select_related("cohort")
    for one in found.order_by("name", "pk")[: SHOWN + 1]:
        said = [one.get_kind_display(), one.city, one.cohort.name]
        url = reverse("projects:customer", args=[one.cohort_id, one.pk])
        yield Hit(one.name, ", ".join(part for part in said if part), url, "personne")


# The word and the sign of each, by the name of its page.
_PAPERS = {
    "quote": (gettext_lazy("devis"), "papier"),
    "invoice": (gettext_lazy("facture"), "vente"),
}


def find_papers_of_sale(actor: Actor, query: Query) -> Iterator[Hit]:
    """Quotes and invoices by their number, what they sell or to whom; the host reads invoices only."""
    columns = ("number", "title", "customer__name")
    rows: QuerySet[Any, Any] = _paper_rows(
        matching(Invoice.objects.visible_to(actor), query, *columns), "invoice"
    )
    if actor.is_coordinator:
        quotes = matching(Quote.objects.visible_to(actor), query, *columns)
        rows = rows.union(_paper_rows(quotes, "quote"), all=True)
    for one in rows.order_by("-at", "-pk")[: SHOWN + 1]:
        sort, pk, _at, title, number, customer, amount, cohort_id, cohort = one
        paper, icon = _PAPERS[sort]
        said = [f"{paper} {number}".strip(), customer, euros(Decimal(amount)), cohort]
        url = reverse(f"projects:{sort}", args=[cohort_id, pk])
        yield Hit(title, ", ".join(part for part in said if part), url, icon)


def _paper_rows(rows: QuerySet[Any], sort: str) -> QuerySet[Any, Any]:
    found: QuerySet[Any, Any] = (
        rows.order_by()
        .annotate(sort=Value(sort, output_field=CharField()), at=F("created_at"))
        .values_list(
            "sort", "pk", "at", "title", "number", "customer__name", "total_amount", "cohort_id",
            "cohort__name",
        )
    )  # fmt: skip
    return found


def find_work(actor: Actor, query: Query) -> Iterator[Hit]:
    """Tasks by what and where, orders by whom and of what; the latest days first."""
    tasks = matching(Task.objects.visible_to(actor).standing(), query, "title", "place", "note")
    orders = matching(
        Order.objects.visible_to(actor).standing(), query, "name", "offer__title", "note"
    )
    rows = _work_rows(
        tasks, "task", F("title"), F("place"), cohort="cohort", project="project_id", page="pk"
    ).union(
        _work_rows(
            orders, "order", F("name"), F("offer__title"), cohort="offer__project__cohort",
            project="offer__project_id", page="offer_id",
        ),
        all=True,
    )  # fmt: skip
    for one in rows.order_by("-day", "-pk")[: SHOWN + 1]:
        sort, _pk, day, title, text, cohort_id, cohort, project_id, page = one
        if sort == "order":
            url, icon = reverse("projects:offer", args=[project_id, page]), "vente"
        elif actor.is_cooperant:
            url, icon = reverse("projects:my_task", args=[page]), "calendrier"
        else:
            url, icon = reverse("projects:cohort_task", args=[cohort_id, page]), "calendrier"
        said = [text, format_day(day), "" if actor.is_cooperant else cohort]
        yield Hit(title, ", ".join(part for part in said if part), url, icon)


def _work_rows(
    rows: QuerySet[Any], sort: str, title: F, text: F, *, cohort: str, project: str, page: str
) -> QuerySet[Any, Any]:
    found: QuerySet[Any, Any] = (
        rows.order_by()
        .annotate(
            sort=Value(sort, output_field=CharField()), said=title, more=text, group=F(f"{cohort}_id"),
            group_name=F(f"{cohort}__name"), line=F(project), page=F(page),
        )
        .values_list(
            "sort", "pk", "day", "said", "more", "group", "group_name", "line", "page"
        )
    )  # fmt: skip
    return found


def register() -> None:
    desk, host = SeatKind.COORDINATOR, SeatKind.HOST
    for finder in (
        Finder("sales", 70, gettext_lazy("Ventes"), frozenset({desk}), find_sales),
        Finder("customers", 72, gettext_lazy("Clients"), frozenset({desk}), find_customers),
        Finder(
            "papers_of_sale", 74, gettext_lazy("Devis et factures"), frozenset({desk, host}),
            find_papers_of_sale,
        ),
        Finder(
            "work", 68, gettext_lazy("Tâches et commandes"),
            frozenset({desk, SeatKind.COOPERANT}), find_work,
        ),
    ):  # fmt: skip
        search.register(finder)
