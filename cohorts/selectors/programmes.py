"""Kinds of programmes, as forms and pages show them."""

from django.db.models import QuerySet

from cohorts.models import Cohort, Programme
from ct_platform.kit.actor import Actor


def programmes_for(actor: Actor, cohort: Cohort | None = None) -> QuerySet[Programme]:
    """What a coordinator may choose for a new cohort, or for one that already has its own."""
    seen: QuerySet[Programme] = Programme.objects.visible_to(actor).select_related("organisation")
    return seen.offered() if cohort is None else seen.offered_or(cohort.programme_id)  # type: ignore[attr-defined,no-any-return]


def programmes_page(actor: Actor) -> list[Programme]:
    """The network's programmes, then the host's own; closed ones last. One query."""
    rows = Programme.objects.visible_to(actor).select_related("organisation")
    return sorted(rows, key=lambda one: (one.closed_on is not None, one.organisation_id or 0))
