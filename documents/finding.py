"""Papers found by their number, or one's own by their title; only those the seat may open."""

from collections.abc import Iterator

from django.db.models import Q, Value
from django.db.models.functions import Replace, Upper
from django.urls import reverse
from django.utils.translation import gettext_lazy

from ct_platform.kit.actor import Actor, SeatKind
from ct_platform.kit.clock import civil_day, format_day
from documents.kinds import icon_of
from documents.models import Document
from members import search
from members.search import SHOWN, Finder, Hit, Query, matching


def find_papers(actor: Actor, query: Query) -> Iterator[Hit]:
    """Staff look for a number, with or without its dashes; a person, for words as well."""
    seen = Document.objects.visible_to(actor)
    asked = Q(pk__in=[])
    number = query.text.replace(" ", "").replace("-", "").upper()
    if query.digits:
        asked |= Q(tight__contains=number)
    if actor.is_cooperant:
        asked |= Q(pk__in=matching(seen, query, "title").values("pk"))
    tight = Upper(Replace(Replace("number", Value("-"), Value("")), Value(" "), Value("")))
    found = seen.alias(tight=tight).filter(asked).order_by("-issued_at", "-pk")
    for one in found[: SHOWN + 1]:
        text = format_day(civil_day(one.issued_at))
        if one.number:
            text = f"n° {one.number}, {text}"
        yield Hit(one.title, text, reverse("documents:download", args=[one.pk]), icon_of(one.kind))


def register() -> None:
    seats = frozenset({SeatKind.COORDINATOR, SeatKind.HOST, SeatKind.COOPERANT})
    search.register(Finder("papers", 80, gettext_lazy("Papiers"), seats, find_papers))
