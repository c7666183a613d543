"""What must always be true of published words."""

from collections.abc import Iterable

from ct_platform.kit.invariants import Invariant, register
from testimonials.enums import TestimonialState
from testimonials.models import Publication


def _standing_without_right() -> Iterable[str]:
    standing = Publication.objects.filter(taken_down_at__isnull=True).select_related(
        "testimonial__consent"
    )
    for publication in standing:
        words = publication.testimonial
        if words.state != TestimonialState.APPROVED or words.consent.withdrawn_at is not None:
            yield f"Le témoignage {words.pk} est publié sans accord."


def register_all() -> None:
    register(
        Invariant(
            "testimonials.consent",
            "Aucun témoignage n’est publié sans accord.",
            _standing_without_right,
        )
    )
