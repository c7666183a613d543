"""What must always be true of published words."""

from collections.abc import Iterable

from django.db.models import Exists, F, OuterRef, Q

from ct_platform.kit.invariants import Invariant, register
from testimonials.enums import TestimonialState, Use, What
from testimonials.models import Agreement, Publication, Testimonial, Version


def _standing_without_right() -> Iterable[str]:
    agreed = Agreement.objects.open().filter(
        testimonial=OuterRef("testimonial"),
        use=Use.SITE,
        what=What.WORDS,
        consent__withdrawn_at__isnull=True,
    )
    rows = Publication.objects.standing().filter(use=Use.SITE)
    wrong = rows.filter(~Q(testimonial__state=TestimonialState.APPROVED) | ~Exists(agreed))
    for key in wrong.values_list("testimonial_id", flat=True):
        yield f"Le témoignage {key} est publié sans accord."


def _accepted_otherwise() -> Iterable[str]:
    agreed = Version.objects.filter(
        testimonial=OuterRef("pk"), agreed_at__isnull=False, text=OuterRef("text")
    )
    rows = Testimonial.objects.filter(state=TestimonialState.APPROVED)
    for key in rows.filter(~Exists(agreed)).values_list("pk", flat=True):
        yield f"Le témoignage {key} est accepté dans une version que son auteur n’a pas acceptée."


def _ended_apart() -> Iterable[str]:
    """An agreement and the consent it rests on end together."""
    rows = Agreement.objects.filter(consent__withdrawn_at__isnull=False, ended_at__isnull=True)
    for key in rows.values_list("pk", flat=True):
        yield f"L’accord de publication {key} tient encore, et son consentement est retiré."


def _forgotten_places() -> Iterable[str]:
    """Once nothing stands for a use, every place of that use elsewhere is flagged."""
    agreed = Agreement.objects.open().filter(
        testimonial=OuterRef("testimonial"), use=OuterRef("use"), what=What.WORDS
    )
    rows = Publication.objects.exclude(use=Use.SITE).filter(~Exists(agreed), flagged_at=None)
    for key in rows.annotate(told=F("testimonial_id")).values_list("told", flat=True):
        yield f"Le témoignage {key} est encore ailleurs, sans accord, et personne n’a à le retirer."


def register_all() -> None:
    for code, title, check in (
        ("consent", "Aucun témoignage n’est publié sans accord.", _standing_without_right),
        ("version", "Ce qui est publié est ce que l’auteur a accepté.", _accepted_otherwise),
        ("agreements", "Un accord finit avec son consentement.", _ended_apart),
        ("places", "Un retrait atteint chaque endroit.", _forgotten_places),
    ):
        register(Invariant(f"testimonials.{code}", title, check))
