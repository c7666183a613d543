"""How secret votes may be here, and what is said of it before anybody votes."""

from dataclasses import dataclass

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from decisions.enums import PollState, Secrecy
from decisions.models import Poll


def offered() -> tuple[Secrecy, ...]:
    """The levels this house can keep. Where the database is one file, "secret" would not be."""
    if connection.vendor == "sqlite":
        return (Secrecy.OPEN, Secrecy.SEALED)
    return (Secrecy.OPEN, Secrecy.SECRET, Secrecy.SEALED)


def why_not_offered(secrecy: str) -> str:
    """Why a level is not offered, in one sentence; "" when it is."""
    if secrecy in offered():
        return ""
    return _(
        "Ici, toute la base est dans un seul fichier, à côté de ses clés : la personne qui l’ouvre "
        "lirait les bulletins. "
        "Choisissez un vote scellé."
    )


@dataclass(frozen=True, slots=True)
class Promise:
    """What a level of secrecy promises, and what it does not."""

    title: str
    sentences: tuple[str, ...]
    icon: str


def said(poll: Poll) -> Promise:
    """Said before voting, and never more than is true. No query; one from the second round on."""
    match poll.secrecy:
        case Secrecy.SECRET:
            return Promise(_("Vote secret."), (*_secret(), *_compared(poll)), "cadenas")
        case Secrecy.SEALED:
            return Promise(_("Vote scellé."), (*_sealed(), *_compared(poll)), "cadenas")
        case _:
            told = _("Les membres de la coopérative verront ce que tu as choisi.")
            return Promise(_("Vote ouvert."), (told,), "oeil")


def _secret() -> tuple[str, ...]:
    return (
        _("Personne de la coopérative ne verra ton choix."),
        _("À la fin, on verra seulement que tu as voté."),
        _("%(keeper)s pourrait, en cherchant, retrouver un choix.") % {"keeper": server_keeper()},
        _("Cela t’inquiète ? Demande le papier."),
        _("Si le serveur est remis d’une sauvegarde pendant le vote, on revote."),
        _("Si tout le monde vote pareil, tout le monde le saura."),
    )


def _sealed() -> tuple[str, ...]:
    return (
        _("Ton bulletin est enfermé."),
        _("Il faut 2 clés sur 3 pour ouvrir l’urne, après la fin."),
        _("Une copie de la base ne montre rien."),
        _("Limites : un serveur piraté pendant ton vote, ou quelqu’un qui regarde ton écran."),
        _("Le serveur est tenu par %(keeper)s.") % {"keeper": server_keeper()},
        _("Si deux clés sont perdues, ou si le serveur est remis d’une sauvegarde, on revote."),
        _("Si tout le monde vote pareil, tout le monde le saura."),
    )


def _compared(poll: Poll) -> tuple[str, ...]:
    """Two counts of nearly the same people tell what changed between them."""
    earlier = Poll.objects.filter(proposal_id=poll.proposal_id, round__lt=poll.round)
    counted = earlier.exclude(secrecy=Secrecy.OPEN).filter(state=PollState.COUNTED)
    if poll.round == 1 or not counted.exists():
        return ()
    return (
        _(
            "On a déjà voté en secret sur cette question. En comparant les deux résultats, "
            "on pourrait deviner un choix qui a changé."
        ),
    )


def server_keeper() -> str:
    """Who runs the server, as the setting SERVER_KEEPER names them."""
    return settings.SERVER_KEEPER or _("la personne qui gère le site")
