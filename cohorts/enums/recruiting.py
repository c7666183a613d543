from django.db import models
from django.utils.translation import gettext_lazy as _


class ApplicationState(models.TextChoices):
    RECEIVED = "received", _("reçue")
    SELECTED = "selected", _("retenue")
    WAITING = "waiting", _("liste d’attente")
    DECLINED = "declined", _("pas cette fois")
    WITHDRAWN = "withdrawn", _("se retire")
    DUPLICATE = "duplicate", _("en double")


APPLICATION_ALLOWED: dict[str, frozenset[str]] = {
    ApplicationState.RECEIVED: frozenset(
        {
            ApplicationState.SELECTED,
            ApplicationState.WAITING,
            ApplicationState.DECLINED,
            ApplicationState.WITHDRAWN,
            ApplicationState.DUPLICATE,
        }
    ),
    ApplicationState.WAITING: frozenset(
        {
            ApplicationState.SELECTED,
            ApplicationState.DECLINED,
            ApplicationState.WITHDRAWN,
            ApplicationState.DUPLICATE,
        }
    ),
    # A place frees up, or a hand slipped: a no may become a yes, and be said again.
    ApplicationState.DECLINED: frozenset(
        {ApplicationState.SELECTED, ApplicationState.WAITING, ApplicationState.WITHDRAWN}
    ),
    ApplicationState.SELECTED: frozenset(
        {ApplicationState.WAITING, ApplicationState.DECLINED, ApplicationState.WITHDRAWN}
    ),
    ApplicationState.WITHDRAWN: frozenset({ApplicationState.SELECTED, ApplicationState.WAITING}),
    ApplicationState.DUPLICATE: frozenset[str](),
}
# What somebody is told: who withdrew, or wrote twice, waits for nothing.
ANSWERED_STATES = (
    ApplicationState.SELECTED,
    ApplicationState.WAITING,
    ApplicationState.DECLINED,
)


class Availability(models.TextChoices):
    MORNING = "morning", _("le matin")
    AFTERNOON = "afternoon", _("l’après-midi")
    EVENING = "evening", _("le soir")
    SATURDAY = "saturday", _("le samedi")


class Stance(models.TextChoices):
    YES = "yes", _("oui")
    TALK = "talk", _("à discuter")
    NO = "no", _("non")


class AnswerWay(models.TextChoices):
    MAIL = "mail", _("e-mail")
    SMS = "sms", _("SMS")
    LETTER = "letter", _("lettre")


class VoiceFormat(models.TextChoices):
    """What phones record. The type is read from the first bytes, never from the name."""

    OGG = "audio/ogg", "Ogg"
    WEBM = "audio/webm", "WebM"
    MP4 = "audio/mp4", "MP4"
    MP3 = "audio/mpeg", "MP3"
    WAV = "audio/wav", "WAV"
    AAC = "audio/aac", "AAC"
    AMR = "audio/amr", "AMR"
