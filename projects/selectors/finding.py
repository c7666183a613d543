"""Sales found by what was sold or to whom, by the coordination of that territory."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy

from ct_platform.kit.actor import Actor, SeatKind
from ct_platform.kit.clock import format_day
from ct_platform.kit.money import euros
from members import search
from members.search import SHOWN, Finder, Hit, Query, matching
from projects.models import Sale


def find_sales(actor: Actor, query: Query) -> Iterator[Hit]:
    rows = Sale.objects.visible_to(actor).standing()
    found = matching(rows, query, "label", "customer").select_related("project__cohort")
    for one in found.order_by("-sold_on", "-pk")[: SHOWN + 1]:
        said = [one.customer, euros(one.amount), format_day(one.sold_on), one.project.cohort.name]
        url = reverse("projects:activities", args=[one.project.cohort_id])
        yield Hit(one.label, ", ".join(part for part in said if part), url, "vente")


def register() -> None:
    seats = frozenset({SeatKind.COORDINATOR})
    search.register(Finder("sales", 70, gettext_lazy("Ventes"), seats, find_sales))
