from django.db import models
from django.utils.translation import gettext_lazy as _


class TestimonialState(models.TextChoices):
    TOLD = "told", _("à mettre par écrit")
    SUBMITTED = "submitted", _("à relire")
    PROPOSED = "proposed", _("attend son auteur")
    APPROVED = "approved", _("relu et accepté")
    DECLINED = "declined", _("non publié")
    WITHDRAWN = "withdrawn", _("retiré")


_S = TestimonialState
TESTIMONIAL_ALLOWED: dict[str, frozenset[str]] = {
    _S.TOLD: frozenset({_S.SUBMITTED, _S.PROPOSED, _S.DECLINED, _S.WITHDRAWN}),
    _S.SUBMITTED: frozenset({_S.APPROVED, _S.PROPOSED, _S.DECLINED, _S.WITHDRAWN}),
    _S.PROPOSED: frozenset({_S.APPROVED, _S.SUBMITTED, _S.TOLD, _S.DECLINED, _S.WITHDRAWN}),
    # An edit by the author opens the reading again.
    _S.APPROVED: frozenset({_S.SUBMITTED, _S.DECLINED, _S.WITHDRAWN}),
    _S.DECLINED: frozenset({_S.SUBMITTED, _S.WITHDRAWN}),
    _S.WITHDRAWN: frozenset[str](),
}


class Way(models.TextChoices):
    """How the words came."""

    WRITTEN = "written", _("écrit")
    DICTATED = "dictated", _("dicté")
    HELPED = "helped", _("écrit avec de l’aide")


class Use(models.TextChoices):
    SITE = "site", _("le site public")
    SOCIAL = "social", _("les réseaux sociaux")
    REPORT = "report", _("les rapports aux partenaires")
    PRESS = "press", _("la presse")


class What(models.TextChoices):
    WORDS = "words", _("les mots")
    PHOTO = "photo", _("la photo")


class Area(models.TextChoices):
    """Where what is published may be read: an agreement names its territory (C. civ. art. 9)."""

    WORLD = "world", _("partout dans le monde, par internet")
    FRANCE = "france", _("en France")


AREAS: dict[str, Area] = {
    Use.SITE: Area.WORLD,
    Use.SOCIAL: Area.WORLD,
    Use.REPORT: Area.FRANCE,
    Use.PRESS: Area.FRANCE,
}


class AgreedHow(models.TextChoices):
    PHONE = "phone", _("sur son téléphone")
    PAPER = "paper", _("sur un papier signé")


class EndedWhy(models.TextChoices):
    WITHDRAWN = "withdrawn", _("retiré par l’auteur")
    ASKED = "asked", _("retiré à la demande d’un proche")
    EXPIRED = "expired", _("arrivé à sa fin")
    REPLACED = "replaced", _("remplacé par un nouvel accord")


class AskedBy(models.TextChoices):
    """Who may ask in the stead of an author (loi 78-17 art. 85; C. civ. art. 371-1)."""

    AUTHOR = "author", _("l’auteur, de vive voix ou par écrit")
    NAMED = "named", _("la personne désignée par l’auteur de son vivant")
    HEIR = "heir", _("un héritier, après le décès")
    PARENT = "parent", _("un titulaire de l’autorité parentale")


class ParentalHow(models.TextChoices):
    PAPER = "paper", _("papier signé")
    MAIL = "mail", _("courrier ou e-mail")


class Said(models.TextChoices):
    """What somebody answers when asked for a story."""

    LATER = "later", _("plus tard")
    NEVER = "never", _("ne plus demander")


class NoticeKind(models.TextChoices):
    PROPOSED = "proposed", _("une version à relire")
    PUBLISHED = "published", _("publié")
    ENDS_SOON = "ends_soon", _("accord bientôt fini")
