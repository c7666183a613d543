from django.db import models
from django.utils.translation import gettext_lazy as _


class PollState(models.TextChoices):
    DRAFT = "draft", _("en préparation")
    ANNOUNCED = "announced", _("annoncé, les clés se préparent")
    OPEN = "open", _("on vote")
    CLOSED = "closed", _("voix en cours de compte")
    COUNTED = "counted", _("compté")
    CANCELLED = "cancelled", _("annulé")


POLL_ALLOWED: dict[str, frozenset[str]] = {
    PollState.DRAFT: frozenset({PollState.ANNOUNCED, PollState.OPEN, PollState.CANCELLED}),
    # Only a sealed poll waits here, for the three people who keep its keys.
    PollState.ANNOUNCED: frozenset({PollState.OPEN, PollState.CANCELLED}),
    PollState.OPEN: frozenset({PollState.CLOSED, PollState.CANCELLED}),
    # Closed never reopens. A sealed urn waits for two keys; without them the poll is void.
    PollState.CLOSED: frozenset({PollState.COUNTED, PollState.CANCELLED}),
    PollState.COUNTED: frozenset[str](),
    PollState.CANCELLED: frozenset[str](),
}


class Method(models.TextChoices):
    """How voices become a result. The codes are those of the ballots file (rules/tally.py)."""

    CHOICE = "choice", _("choisir une réponse")
    MAJORITY = "majority", _("pour ou contre")
    CONSENT = "consent", _("consentement")
    JUDGMENT = "majority-judgment", _("jugement majoritaire")
    APPROVAL = "approval", _("approbation")
    RANKED = "ranked", _("classement")
    EQUAL_SHARES = "equal-shares", _("parts égales")

    @property
    def has_options(self) -> bool:
        """For or against, and consent, are said of one text; the others choose among answers."""
        return self not in (Method.MAJORITY, Method.CONSENT)


class Secrecy(models.TextChoices):
    OPEN = "open", _("ouvert")
    SECRET = "secret", _("secret")
    SEALED = "sealed", _("scellé")


class Publication(models.TextChoices):
    FULL = "full", _("tout, avec les noms")
    COUNTS = "counts", _("les nombres de voix")
    OUTCOME_ONLY = "outcome_only", _("le résultat seulement")


class Base(models.TextChoices):
    EXPRESSED = "expressed", _("des voix exprimées")
    PRESENT = "present", _("des personnes présentes")
    ROLL = "roll", _("de la liste entière")


class TieRule(models.TextChoices):
    ROUND = "round", _("on revote")
    LOT = "lot", _("on tire au sort")


class Channel(models.TextChoices):
    """By what way an elector voted; never what."""

    NONE = "", _("pas encore")
    PHONE = "phone", _("à l’écran")
    ROOM = "room", _("à main levée")
    PAPER = "paper", _("sur papier")


class OutcomeKind(models.TextChoices):
    ADOPTED = "adopted", _("adopté")
    ELECTED = "elected", _("choisi")
    REJECTED = "rejected", _("pas adopté")
    OBJECTED = "objected", _("une objection reste")
    TIE = "tie", _("égalité")
    NO_WINNER = "no_winner", _("pas de majorité")
    QUORUM_MISSED = "quorum_missed", _("quorum manqué")


# The outcomes that become the law of the cohort and have an effect.
ADOPTING = frozenset({OutcomeKind.ADOPTED, OutcomeKind.ELECTED})


class EffectState(models.TextChoices):
    NONE = "none", _("sans effet")
    APPLIED = "applied", _("appliqué")
    PARTLY = "partly", _("appliqué en partie")
    BLOCKED = "blocked", _("bloqué")


# What is the law, also when a part of it waits; and what waits for somebody to do something.
IN_EFFECT = frozenset({EffectState.APPLIED, EffectState.PARTLY})
WAITING = frozenset({EffectState.PARTLY, EffectState.BLOCKED})


class ContributionKind(models.TextChoices):
    PRO = "pro", _("pour")
    CON = "con", _("contre")
    QUESTION = "question", _("question")
    ANSWER = "answer", _("réponse")
    AMENDMENT = "amendment", _("changement proposé")


class AssemblyState(models.TextChoices):
    CONVENED = "convened", _("convoquée")
    OPEN = "open", _("en cours")
    CLOSED = "closed", _("levée")
    SIGNED = "signed", _("PV signé")
    CANCELLED = "cancelled", _("annulée")


ASSEMBLY_ALLOWED: dict[str, frozenset[str]] = {
    AssemblyState.CONVENED: frozenset({AssemblyState.OPEN, AssemblyState.CANCELLED}),
    AssemblyState.OPEN: frozenset({AssemblyState.CLOSED}),
    AssemblyState.CLOSED: frozenset({AssemblyState.SIGNED}),
    AssemblyState.SIGNED: frozenset[str](),
    AssemblyState.CANCELLED: frozenset[str](),
}


class Presence(models.TextChoices):
    PRESENT = "present", _("présent·e")
    REPRESENTED = "represented", _("représenté·e")
    ABSENT = "absent", _("absent·e")


class RoomCountKind(models.TextChoices):
    HANDS = "hands", _("mains levées")
    PAPER = "paper", _("bulletins de papier")


class NoticeKind(models.TextChoices):
    OPENING = "opening", _("ouverture")
    REMINDER = "reminder", _("rappel")
    KEY = "key", _("clé à prendre")
    CONVENING = "convening", _("convocation")


class NoticeWay(models.TextChoices):
    MAIL = "mail", _("e-mail")
    SMS = "sms", _("SMS")
