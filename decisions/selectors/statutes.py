"""The cohort's rules of voting, and how to say them."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from decisions.models import Statutes
from decisions.rules import quorum


def statutes_in_force(cohort_id: int, day: dt.date) -> Statutes | None:
    """The latest version begun on `day`; failing that the earliest to come; None without any.

    One query, two while the first statutes are still to come.
    """
    own = Statutes.objects.of_cohort(cohort_id)
    begun: Statutes | None = own.filter(in_force_from__lte=day).order_by("-version").first()
    return begun or own.order_by("version").first()


@dataclass(frozen=True, slots=True)
class VotingRules:
    """The rules in plain words, one sentence a line. `written` false: what the first vote writes."""

    sentences: tuple[str, ...]
    version: int
    written: bool


def voting_rules(cohort_id: int, day: dt.date, voters: int) -> VotingRules:
    """Say the statutes of that day for `voters` people. Costs `statutes_in_force`."""
    found = statutes_in_force(cohort_id, day)
    statutes = found or Statutes()
    return VotingRules(
        (*_quorum(statutes, voters), *_laws(statutes)), statutes.version, bool(found)
    )


def _quorum(statutes: Statutes, voters: int) -> tuple[str, ...]:
    top, bottom = statutes.quorum_numerator, statutes.quorum_denominator
    if top == 0:
        return (_("Un vote compte quel que soit le nombre de personnes qui votent."),)
    part = _("la moitié") if top * 2 == bottom else f"{top}/{bottom}"
    return (
        _("Un vote compte si %(part)s des personnes inscrites au moins a voté.") % {"part": part},
        ngettext(
            "Aujourd’hui : %(needed)s sur %(voters)s personne.",
            "Aujourd’hui : %(needed)s sur %(voters)s personnes.",
            voters,
        )
        % {"needed": quorum.required(top, bottom, voters), "voters": voters},
    )


def _laws(statutes: Statutes) -> tuple[str, ...]:
    notice = (
        _("Au moins %(hours)s heures entre l’ouverture et la fin d’un vote.")
        % {"hours": statutes.notice_hours}
        if statutes.notice_hours
        else _("Pas de délai minimum entre l’ouverture et la fin d’un vote.")
    )
    return (
        _("Une réponse est adoptée avec plus de la moitié des voix exprimées."),
        _("Un vote blanc compte parmi les présents, pas parmi les voix exprimées."),
        notice,
    )
