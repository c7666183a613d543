"""Invoices found by their number, what they sell or to whom: by the coordination and the host."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy

from ct_platform.kit.actor import Actor, SeatKind
from ct_platform.kit.money import euros
from members import search
from members.search import SHOWN, Finder, Hit, Query, matching
from projects.models import Invoice


def find_invoices(actor: Actor, query: Query) -> Iterator[Hit]:
    rows = Invoice.objects.visible_to(actor)
    found = matching(rows, query, "number", "title", "customer__name")
    for one in found.select_related("customer", "cohort").order_by("-pk")[: SHOWN + 1]:
        said = [one.number, one.customer.name, euros(one.total_amount), one.cohort.name]
        url = reverse("projects:invoice", args=[one.cohort_id, one.pk])
        yield Hit(one.title, ", ".join(part for part in said if part), url, "vente")


def register() -> None:
    seats = frozenset({SeatKind.COORDINATOR, SeatKind.HOST})
    search.register(Finder("invoices", 76, gettext_lazy("Factures"), seats, find_invoices))
