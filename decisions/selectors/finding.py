"""Proposals found by their question, by who runs the votes of that territory."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy

from ct_platform.kit.actor import Actor, SeatKind
from decisions.models import Proposal
from members import search
from members.search import SHOWN, Finder, Hit, Query, matching


def find_proposals(actor: Actor, query: Query) -> Iterator[Hit]:
    rows = Proposal.objects.visible_to(actor).alive()
    found = matching(rows, query, "title").select_related("cohort").order_by("-created_at", "-pk")
    for one in found[: SHOWN + 1]:
        yield Hit(one.title, one.cohort.name, reverse("decisions:proposal", args=[one.pk]), "urne")


def register() -> None:
    seats = frozenset({SeatKind.COORDINATOR})
    search.register(Finder("proposals", 50, gettext_lazy("Décisions"), seats, find_proposals))
