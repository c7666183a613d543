"""The life of a report between a coordination and its partners."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ReportState(models.TextChoices):
    PREPARED = "prepared", _("à relire")
    REVIEWED = "reviewed", _("relu, prêt à envoyer")
    SENT = "sent", _("envoyé")
    FINAL = "final", _("définitif")
    REPLACED = "replaced", _("remplacé")
    DROPPED = "dropped", _("écarté")


REPORT_ALLOWED: dict[str, frozenset[str]] = {
    ReportState.PREPARED: frozenset({ReportState.REVIEWED, ReportState.DROPPED}),
    ReportState.REVIEWED: frozenset({ReportState.SENT, ReportState.PREPARED, ReportState.DROPPED}),
    ReportState.SENT: frozenset({ReportState.FINAL, ReportState.REPLACED}),
    ReportState.FINAL: frozenset({ReportState.REPLACED}),
    ReportState.REPLACED: frozenset[str](),
    # The same figures asked for again on the same day are the same report.
    ReportState.DROPPED: frozenset({ReportState.PREPARED}),
}
# What partners hold in their hands. The others have only been read by the coordination.
OUT = frozenset({ReportState.SENT, ReportState.FINAL, ReportState.REPLACED})
STANDING = frozenset({ReportState.SENT, ReportState.FINAL})
AT_HOME = frozenset({ReportState.PREPARED, ReportState.REVIEWED})
# Tone and icon of the badge of each state.
SIGNS = {
    ReportState.PREPARED: ("wait", "attente"),
    ReportState.REVIEWED: ("wait", "ok"),
    ReportState.SENT: ("ok", "partage"),
    ReportState.FINAL: ("ok", "cadenas"),
    ReportState.REPLACED: ("warn", "refaire"),
    ReportState.DROPPED: ("warn", "non-rond"),
}


class Occasion(models.TextChoices):
    BY_HAND = "by_hand", _("préparé par la coordination")
    ASKED = "asked", _("demandé par un partenaire")
    QUARTER = "quarter", _("fin de trimestre")
    YEAR = "year", _("fin d’année")
    END = "end", _("fin de la cohorte")
    CORRECTION = "correction", _("correction")


class Section(models.TextChoices):
    """Where the coordination may write."""

    WHOLE = "whole", _("L’ensemble")
    SALES = "sales", _("Ventes et argent du groupe")
    PEOPLE = "people", _("Parcours des personnes")
    WORK = "work", _("Heures")
    VOICE = "voice", _("Décider, tenir parole, prouver")


class NoticeKind(models.TextChoices):
    SENT = "sent", _("rapport envoyé")
    ANSWER = "answer", _("réponse à une question")


class TokenState(models.TextChoices):
    OPEN = "open", _("ouvert")
    CLOSED = "closed", _("fermé")


TOKEN_ALLOWED: dict[str, frozenset[str]] = {
    TokenState.OPEN: frozenset({TokenState.CLOSED}),
    TokenState.CLOSED: frozenset[str](),
}


class ClosedWhy(models.TextChoices):
    OWN = "own", _("fermé par son organisation")
    NETWORK = "network", _("fermé par le réseau")
    SEAT = "seat", _("la personne qui l’a créé n’est plus dans l’organisation")
    PARTNERSHIP = "partnership", _("le partenariat est terminé")
    EXPIRED = "expired", _("son jour est passé")
