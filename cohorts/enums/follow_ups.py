"""Words of the exit interview and of the news asked three, six and twelve months later."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cohorts.enums.entry_files import ExitStatus


class PowerToAct(models.TextChoices):
    """How somebody feels upon leaving, in words that anybody would use."""

    MUCH = "much", _("Oui, beaucoup plus qu’avant")
    SOME = "some", _("Oui, un peu plus qu’avant")
    SAME = "same", _("Comme avant")
    LESS = "less", _("Moins qu’avant")
    REFUSED = "refused", _("Ne souhaite pas répondre")


class FollowUpChannel(models.TextChoices):
    SMS = "sms", _("par SMS")
    MAIL = "mail", _("par e-mail")
    CALL = "call", _("par un appel")


class ChoiceSaid(models.TextChoices):
    """Where somebody said yes or no to being asked for news."""

    INTERVIEW = "interview", _("à l’entretien de sortie")
    SELF = "self", _("dans son espace")
    LINK = "link", _("par le lien d’un message")
    COORDINATION = "desk", _("auprès de la coordination")


class FollowUpState(models.TextChoices):
    PLANNED = "planned", _("prévu")
    CALLED_OFF = "called_off", _("annulé")


FOLLOW_UP_ALLOWED: dict[str, frozenset[str]] = {
    FollowUpState.PLANNED: frozenset({FollowUpState.CALLED_OFF}),
    # An exit is corrected, somebody leaves again: the question is asked after all.
    FollowUpState.CALLED_OFF: frozenset({FollowUpState.PLANNED}),
}


class CallOffReason(models.TextChoices):
    """Never why somebody is prevented, nor of what they died (RGPD art. 9)."""

    NEUTRALISED = "neutralised", _("sortie neutralisée")
    RETURNED = "returned", _("de retour dans la coopérative")


class MessageKind(models.TextChoices):
    ASK = "ask", _("question")
    REMINDER = "reminder", _("rappel")


class AnswerWay(models.TextChoices):
    LINK = "link", _("par le lien")
    PHONE = "phone", _("au téléphone")


class Thanks(models.TextChoices):
    """What the cooperative has to do with it, in the person's eyes."""

    YES = "yes", _("Oui, beaucoup")
    PARTLY = "partly", _("Oui, un peu")
    NO = "no", _("Non")
    REFUSED = "refused", _("Ne souhaite pas répondre")


# The same list as upon leaving, so that one rule derives the category. Asked of the person: what
# they alone can say; a death or a long hindrance is noted by who coordinates.
ASKED_STATUSES = tuple(
    one
    for one in ExitStatus
    if one not in (ExitStatus.UNKNOWN, ExitStatus.PREVENTED, ExitStatus.MOVED, ExitStatus.DEATH)
)
