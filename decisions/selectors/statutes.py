"""The cohort's rules of voting, and how to say them."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cohorts.models import Enrolment
from ct_platform.kit.clock import civil_day, format_day
from decisions.enums import Base, TieRule
from decisions.models import Outcome, Statutes
from decisions.querysets import OfOneCohortQuerySet
from decisions.rules import quorum


def statutes_in_force(cohort_id: int, day: dt.date) -> Statutes | None:
    """The latest version begun on `day`; failing that the earliest to come; None without any.

    One query, two while the first statutes are still to come.
    """
    found: Statutes | None = _holding(Statutes.objects.of_cohort(cohort_id), day)
    return found


def _holding(own: OfOneCohortQuerySet, day: dt.date) -> Any:
    """The row of `own` that holds on `day`, with what was annotated on it."""
    rows = own.select_related("decided_by")
    begun = rows.filter(in_force_from__lte=day).order_by("-version").first()
    return begun or rows.order_by("version").first()


def adoptable(versions: Sequence[Statutes], *, counted: bool) -> bool:
    """Whether the group may still adopt its first rules: none adopted, and no vote counted by any."""
    return not counted and not any(one.is_adopted for one in versions)


def may_still_adopt(cohort_id: int) -> bool:
    """Two queries."""
    counted = Outcome.objects.of_cohort(cohort_id).exists()
    return adoptable(list(Statutes.objects.of_cohort(cohort_id)), counted=counted)


@dataclass(frozen=True, slots=True)
class VotingRules:
    """The rules in plain words, one sentence a line. `written` false: what the first vote writes.

    `origin`: where they come from, in one sentence. `adopted`: the group agreed on them.
    """

    sentences: tuple[str, ...]
    version: int
    written: bool
    adopted: bool
    origin: str


def voting_rules(cohort_id: int, day: dt.date, voters: int) -> VotingRules:
    """Say the statutes of that day for `voters` people. Costs `statutes_in_force`."""
    return _told(statutes_in_force(cohort_id, day), voters)


def _told(found: Statutes | None, voters: int) -> VotingRules:
    statutes = found or Statutes()
    return VotingRules(
        said(statutes, voters),
        statutes.version,
        bool(found),
        statutes.is_adopted,
        _origin(statutes) if found else _("Elles seront écrites à l’ouverture du premier vote."),
    )


def rules_on(cohort_id: int, day: dt.date) -> VotingRules:
    """The rules for those who may vote on `day`. One query, three while nothing is written."""
    entitled = Enrolment.objects.entitled_to_vote(day).order_by()
    each = entitled.filter(cohort_id=OuterRef("cohort_id")).values("cohort_id")
    voters = Coalesce(Subquery(each.annotate(n=Count("pk")).values("n")), 0)
    found = _holding(Statutes.objects.of_cohort(cohort_id).annotate(voters=voters), day)
    if found is None:
        return voting_rules(cohort_id, day, entitled.filter(cohort_id=cohort_id).count())
    return _told(found, found.voters)


def said(statutes: Statutes, voters: int) -> tuple[str, ...]:
    """Every rule, one sentence each, in words for everybody. No query."""
    return (
        *_quorum(statutes, voters),
        _("Un vote blanc compte parmi les présents, pas parmi les voix exprimées."),
        _majority(statutes),
        _tie(statutes),
        _notice(statutes),
        _proxies(statutes),
        *_sealed(statutes),
        _concerned(statutes),
        _consent(statutes),
        _("Un résultat peut être contesté pendant %(days)s jours.")
        % {"days": statutes.contest_days},
    )


def _origin(statutes: Statutes) -> str:
    if statutes.decided_by_id is not None:
        return _("Version %(version)s, changée par la décision n° %(number)s.") % {
            "version": statutes.version,
            "number": statutes.decided_by.number if statutes.decided_by else "",
        }
    if statutes.adopted_at is not None:
        return ngettext(
            "Version %(version)s, adoptée le %(day)s : %(people)s personne d’accord.",
            "Version %(version)s, adoptée le %(day)s : %(people)s personnes d’accord.",
            statutes.adopted_by_count or 0,
        ) % {
            "version": statutes.version,
            "day": format_day(civil_day(statutes.adopted_at)),
            "people": statutes.adopted_by_count,
        }
    return _("Version %(version)s : règles de départ, le groupe ne les a pas encore adoptées.") % {
        "version": statutes.version
    }


def part_of(numerator: int, denominator: int) -> str:
    """A fraction of people as one says it: "la moitié", "un tiers", "3/5"."""
    words = {
        (1, 1): _("tout le monde"),
        (1, 2): _("la moitié"),
        (1, 3): _("un tiers"),
        (2, 3): _("deux tiers"),
        (1, 4): _("un quart"),
        (3, 4): _("trois quarts"),
    }
    return words.get((numerator, denominator), f"{numerator}/{denominator}")


def _quorum(statutes: Statutes, voters: int) -> tuple[str, ...]:
    top, bottom = statutes.quorum_numerator, statutes.quorum_denominator
    if top == 0:
        return (_("Un vote compte quel que soit le nombre de personnes qui votent."),)
    if top == bottom:
        return (_("Un vote compte si toutes les personnes inscrites ont voté."),)
    return (
        _("Un vote compte si %(part)s des personnes inscrites au moins a voté.")
        % {"part": part_of(top, bottom)},
        ngettext(
            "Aujourd’hui : %(needed)s sur %(voters)s personne.",
            "Aujourd’hui : %(needed)s sur %(voters)s personnes.",
            voters,
        )
        % {"needed": quorum.required(top, bottom, voters), "voters": voters},
    )


def _majority(statutes: Statutes) -> str:
    base = {
        Base.EXPRESSED: _("« Deux tiers » se compte sur les voix pour ou contre, sans les blancs."),
        Base.PRESENT: _("« Deux tiers » se compte sur les personnes qui ont voté, blancs compris."),
        Base.ROLL: _("« Deux tiers » se compte sur toute la liste, même qui n’a pas voté."),
    }
    return base[Base(statutes.majority_base)]


def _tie(statutes: Statutes) -> str:
    if statutes.tie_rule == TieRule.LOT:
        return _("Entre deux réponses à égalité, on tire au sort.")
    return _("Entre deux réponses à égalité, on revote.")


def _notice(statutes: Statutes) -> str:
    if not statutes.notice_hours:
        return _("Pas de délai minimum entre l’ouverture et la fin d’un vote.")
    return _("Au moins %(hours)s heures entre l’ouverture et la fin d’un vote.") % {
        "hours": statutes.notice_hours
    }


def _proxies(statutes: Statutes) -> str:
    if not statutes.proxies_per_holder:
        return _("Pas de procuration : chacun vote soi-même.")
    return ngettext(
        "Une personne peut porter la voix d’%(n)s autre, par écrit.",
        "Une personne peut porter la voix de %(n)s autres, par écrit.",
        statutes.proxies_per_holder,
    ) % {"n": _("une") if statutes.proxies_per_holder == 1 else statutes.proxies_per_holder}


def _sealed(statutes: Statutes) -> tuple[str, ...]:
    shut, shown = _("scellés : personne ne voit les choix"), _("ouverts : on voit les choix")
    return (
        _("Les votes sur des personnes sont %(how)s, sauf avis contraire.")
        % {"how": shut if statutes.seal_persons else shown},
        _("Les votes sur l’argent sont %(how)s, sauf avis contraire.")
        % {"how": shut if statutes.seal_money else shown},
    )


def _concerned(statutes: Statutes) -> str:
    if statutes.concerned_vote:
        return _("La personne dont on parle vote aussi.")
    return _("La personne dont on parle ne vote pas.")


def _consent(statutes: Statutes) -> str:
    return ngettext(
        "Consentement : %(n)s tour, puis on vote à la majorité.",
        "Consentement : %(n)s tours au plus, puis on vote à la majorité.",
        statutes.consent_rounds,
    ) % {"n": statutes.consent_rounds}
