"""Sales, customers and quotes found by the coordination of their territory."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy

from ct_platform.kit.actor import Actor, SeatKind
from ct_platform.kit.clock import format_day
from ct_platform.kit.money import euros
from members import search
from members.search import SHOWN, Finder, Hit, Query, matching
from projects.models import Customer, Quote, Sale


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


def find_quotes(actor: Actor, query: Query) -> Iterator[Hit]:
    rows = Quote.objects.visible_to(actor)
    found = matching(rows, query, "number", "title", "customer__name")
    for one in found.select_related("customer", "cohort").order_by("-pk")[: SHOWN + 1]:
        said = [one.number, one.customer.name, euros(one.total_amount), one.cohort.name]
        url = reverse("projects:quote", args=[one.cohort_id, one.pk])
        yield Hit(one.title, ", ".join(part for part in said if part), url, "papier")


def register() -> None:
    seats = frozenset({SeatKind.COORDINATOR})
    search.register(Finder("sales", 70, gettext_lazy("Ventes"), seats, find_sales))
    search.register(Finder("customers", 72, gettext_lazy("Clients"), seats, find_customers))
    search.register(Finder("quotes", 74, gettext_lazy("Devis"), seats, find_quotes))
