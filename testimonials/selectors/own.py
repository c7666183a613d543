"""What an author sees of their own words."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from ct_platform.kit.actor import Actor
from testimonials.enums import TestimonialState, Use
from testimonials.models import Agreement, Testimonial, Version
from testimonials.rules.changes import Piece, changes
from testimonials.rules.sensitive import Finding, findings


def own_words(actor: Actor, day: dt.date) -> QuerySet[Testimonial]:
    """The actor's own, newest first; `ends_soon` says it where no message can. One query."""
    soon = Agreement.objects.ending(day).filter(testimonial=OuterRef("pk"))
    found: QuerySet[Testimonial] = (
        Testimonial.objects.visible_to(actor)
        .written_by(actor.person_id)
        .annotate(ends_soon=Exists(soon))
    )
    return found


@dataclass(frozen=True, slots=True)
class OwnStory:
    """One testimonial with everything its author decides about."""

    testimonial: Testimonial
    versions: list[Version]
    pending: Version | None
    pieces: list[Piece]
    agreements: list[Agreement]
    places: list[Any]
    findings: list[Finding]
    lacks_use: bool

    @property
    def on_site(self) -> bool:
        return any(one.use == Use.SITE and one.taken_down_at is None for one in self.places)


def own_story(found: Testimonial, day: dt.date) -> OwnStory:
    """Three queries."""
    versions = list(found.versions.select_related("written_by").order_by("number"))
    pending = pending_of(found, versions)
    agreed = list(
        Agreement.objects.standing(day).filter(testimonial=found).select_related("consent")
    )
    shown = pending.text if pending else found.text
    return OwnStory(
        testimonial=found,
        versions=versions,
        pending=pending,
        pieces=changes(found.text, pending.text) if pending and found.text else [],
        agreements=agreed,
        places=list(found.publications.order_by("-published_at")),
        findings=findings(shown),
        lacks_use=not any(one.what == "words" for one in agreed),
    )


def pending_of(found: Testimonial, versions: list[Version]) -> Version | None:
    """The version that waits for the author."""
    if found.state != TestimonialState.PROPOSED or not versions:
        return None
    return versions[-1]


def by_link(found: Testimonial, day: dt.date) -> list[Agreement]:
    """What still stands, for who holds the link. One query."""
    rows = Agreement.objects.standing(day).filter(testimonial=found).select_related("consent")
    return list(rows.order_by("what", "use"))
