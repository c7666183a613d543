"""Words of events, of their guests, and of the people met there."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EventKind(models.TextChoices):
    INAUGURATION = "inauguration", _("inauguration")
    MARKET = "market", _("marché")
    VISIT = "visit", _("visite")
    RESTITUTION = "restitution", _("restitution")
    OTHER = "other", _("autre rencontre")


EVENT_ICONS = {
    EventKind.INAUGURATION: "cle",
    EventKind.MARKET: "vente",
    EventKind.VISIT: "oeil",
    EventKind.RESTITUTION: "bulle",
    EventKind.OTHER: "groupe",
}


class EventState(models.TextChoices):
    PLANNED = "planned", _("prévu")
    CANCELLED = "cancelled", _("annulé")


EVENT_ALLOWED: dict[str, frozenset[str]] = {
    EventState.PLANNED: frozenset({EventState.CANCELLED}),
    EventState.CANCELLED: frozenset[str](),
}


class GuestKind(models.TextChoices):
    FIRM = "firm", _("entreprise")
    ELECTED = "elected", _("élu·e")
    ASSOCIATION = "association", _("association")
    AUTHORITY = "authority", _("administration")
    INHABITANT = "inhabitant", _("habitant·e")
    OTHER = "other", _("autre")


class GuestAnswer(models.TextChoices):
    NONE = "", _("pas encore de réponse")
    YES = "yes", _("vient")
    NO = "no", _("ne vient pas")


class AnsweredBy(models.TextChoices):
    """By the link of the invitation, or by word of mouth, written down for the guest."""

    NOBODY = "", _("personne")
    LINK = "link", _("avec son lien")
    NOTED = "noted", _("noté pour la personne")


class MessageKind(models.TextChoices):
    INVITATION = "invitation", _("invitation")
    MOVED = "moved", _("changement")
    CANCELLED = "cancelled", _("annulation")


class MessageWay(models.TextChoices):
    MAIL = "mail", _("e-mail")
    LETTER = "letter", _("lettre")


class ContactState(models.TextChoices):
    """Proposed by somebody of the group, then kept by the coordination for everybody."""

    PROPOSED = "proposed", _("proposé")
    KEPT = "kept", _("gardé")


CONTACT_ALLOWED: dict[str, frozenset[str]] = {
    ContactState.PROPOSED: frozenset({ContactState.KEPT}),
    ContactState.KEPT: frozenset[str](),
}


class Opening(models.TextChoices):
    """What a contact may open."""

    INTERNSHIP = "internship", _("un stage")
    JOB = "job", _("un emploi")
    ORDER = "order", _("une commande")
    PREMISES = "premises", _("un local")
    EQUIPMENT = "equipment", _("du matériel")
    ADVICE = "advice", _("un conseil")


class ConsentWay(models.TextChoices):
    """How somebody said that each of the group may keep their address."""

    NONE = "", _("pas encore demandé")
    ALOUD = "aloud", _("de vive voix")
    WRITTEN = "written", _("par écrit, signé")
    MAIL = "mail", _("par e-mail ou SMS")
