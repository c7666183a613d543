"""Words of the calendar and of attendance."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SessionKind(models.TextChoices):
    TRAINING = "training", _("formation")
    PRODUCTION = "production", _("production")
    MEETING = "meeting", _("réunion")
    ASSEMBLY = "assembly", _("assemblée")


SESSION_ICONS = {
    SessionKind.TRAINING: "attestation",
    SessionKind.PRODUCTION: "services",
    SessionKind.MEETING: "groupe",
    SessionKind.ASSEMBLY: "urne",
}


class SessionState(models.TextChoices):
    PLANNED = "planned", _("prévue")
    CANCELLED = "cancelled", _("annulée")


SESSION_ALLOWED: dict[str, frozenset[str]] = {
    SessionState.PLANNED: frozenset({SessionState.CANCELLED}),
    SessionState.CANCELLED: frozenset[str](),
}


class Half(models.TextChoices):
    """A half-day: the unit that funders count."""

    MORNING = "morning", _("matin")
    AFTERNOON = "afternoon", _("après-midi")
    EVENING = "evening", _("soir")


class Presence(models.TextChoices):
    PRESENT = "present", _("présent·e")
    LATE = "late", _("en retard")
    ABSENT = "absent", _("absent·e")
    EXCUSED = "excused", _("absence excusée")


CAME = frozenset({Presence.PRESENT, Presence.LATE})


class Way(models.TextChoices):
    """How a presence came to be known; only the first three are signatures of the person."""

    PHONE = "phone", _("téléphone")
    TABLET = "tablet", _("tablette")
    PAPER = "paper", _("papier")
    NOTED = "noted", _("noté par la coordination")
    AGREED = "agreed", _("correction acceptée")
    LINK = "link", _("lien personnel")  # a trainer without an account


SIGNS = frozenset({Way.PHONE, Way.TABLET, Way.PAPER})


class CorrectionSide(models.TextChoices):
    """Who asks; the other side answers."""

    PERSON = "person", _("la personne")
    COORDINATION = "coordination", _("la coordination")


class CorrectionState(models.TextChoices):
    OPEN = "open", _("attend une réponse")
    ACCEPTED = "accepted", _("acceptée")
    REFUSED = "refused", _("refusée")


CORRECTION_ALLOWED: dict[str, frozenset[str]] = {
    CorrectionState.OPEN: frozenset({CorrectionState.ACCEPTED, CorrectionState.REFUSED}),
    CorrectionState.ACCEPTED: frozenset[str](),
    CorrectionState.REFUSED: frozenset[str](),
}


class ReminderWay(models.TextChoices):
    """How a person asked to be reminded; nobody is unless they asked."""

    NONE = "", _("aucun rappel")
    MAIL = "mail", _("par e-mail")
    SMS = "sms", _("par SMS")


class SessionNoticeKind(models.TextChoices):
    REMINDER = "reminder", _("rappel de la veille")
    CANCELLED = "cancelled", _("annulation")
    MOVED = "moved", _("changement de jour, d’heure ou de lieu")
