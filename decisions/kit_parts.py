"""What a group decided, left to the next one as proposals: it adopts them, or not.

Nothing here is in force in the new cohort: each is a text to talk about and to put to a vote.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _say
from django.utils.translation import gettext_lazy as _

from cohorts.models import Cohort
from cohorts.rules.skills import LONGEST_MEANING, LONGEST_TITLE, SkillWords, write_grid
from cohorts.selectors.skills import words_of
from cohorts.services.skill_grids import grid_sentence
from cohorts.starter_kit import Item, Part, register
from ct_platform.kit.actor import Actor
from decisions import effects
from decisions.enums import Base, OutcomeKind, TieRule
from decisions.models import Outcome, Statutes
from decisions.services.proposals import write_proposal
from decisions.services.statutes import RULES

_NUMBERS = {
    "quorum_numerator": (0, 99), "quorum_denominator": (1, 99), "notice_hours": (0, 336),
    "proxies_per_holder": (0, 5), "consent_rounds": (1, 9), "contest_days": (1, 60),
}  # fmt: skip
_YES_NO = ("seal_persons", "seal_money", "concerned_vote")


def _propose(
    cohort: Cohort,
    code: str,
    settings: Mapping[str, Any],
    actor: Actor,
    at: dt.datetime,
    **said: str,
) -> None:
    """A proposal that nobody carries yet: a coopérant takes it up, or it is left aside."""
    effect = effects.get(code)
    write_proposal(
        cohort=cohort,
        title=said.get("title") or str(effect.question),
        text=said.get("text", ""),
        effect_code=code,
        effect_settings=effect.settings(settings),
        actor=actor,
        at=at,
    )


# --- statutes


def _statutes(cohort: Cohort) -> list[dict[str, Any]]:
    latest = Statutes.objects.of_cohort(cohort.pk).order_by("-version").first()
    if latest is None:
        return []
    names = (*RULES, "quorum_numerator", "quorum_denominator")
    return [{name: getattr(latest, name) for name in names}]


def _statutes_fault(item: Item) -> str:
    for name, (low, high) in _NUMBERS.items():
        found = item.get(name)
        if not isinstance(found, int) or isinstance(found, bool) or not low <= found <= high:
            return _say("Les statuts ont un nombre impossible.")
    if item["quorum_numerator"] > item["quorum_denominator"]:
        return _say("Le quorum des statuts est plus grand que le groupe.")
    if item.get("majority_base") not in Base.values or item.get("tie_rule") not in TieRule.values:
        return _say("Les statuts ont une règle inconnue.")
    if not all(isinstance(item.get(name), bool) for name in _YES_NO):
        return _say("Les statuts ont une réponse qui n’est ni oui ni non.")
    return ""


def _statutes_said(item: Item) -> str:
    quorum = f"{item['quorum_numerator']}/{item['quorum_denominator']}"
    return _say("Règles de vote : quorum %(quorum)s, majorité %(base)s") % {
        "quorum": quorum,
        "base": Base(item["majority_base"]).label,
    }


def _propose_statutes(
    cohort: Cohort, items: Sequence[Item], actor: Actor, at: dt.datetime
) -> list[str]:
    for item in items:
        quorum = f"{item['quorum_numerator']}/{item['quorum_denominator']}"
        _propose(
            cohort, "statutes", {**item, "quorum": quorum}, actor, at,
            text=_say("Ces règles viennent d’un autre groupe. Le vôtre les adopte, les change ou les laisse."),
        )  # fmt: skip
    return []


# --- the grid of skills


def _skills(cohort: Cohort) -> list[dict[str, Any]]:
    return [{"title": one.title, "meaning": one.meaning} for one in words_of(cohort.pk)]


def _skill_fault(item: Item) -> str:
    title, meaning = item.get("title"), item.get("meaning", "")
    if (
        not isinstance(title, str)
        or not title.strip()
        or len(title) > LONGEST_TITLE
        or ":" in title
    ):
        return _say("Une compétence n’a pas de titre, ou un titre trop long.")
    if not isinstance(meaning, str) or len(meaning) > LONGEST_MEANING:
        return _say("L’explication d’une compétence est trop longue.")
    return ""


def _propose_skills(
    cohort: Cohort, items: Sequence[Item], actor: Actor, at: dt.datetime
) -> list[str]:
    words = [SkillWords(item["title"], item.get("meaning", "")) for item in items]
    if not words:
        return []
    sentence = grid_sentence(words)
    if sentence:
        return [sentence]
    _propose(cohort, "skill_grid", {"words": write_grid(words)}, actor, at)
    return []


# --- rules and recipes the group lived with


def _rules(cohort: Cohort) -> list[dict[str, Any]]:
    """Texts adopted and never repealed: rules of life, recipes, ways of doing."""
    rows = (
        Outcome.objects.of_cohort(cohort.pk)
        .filter(
            kind=OutcomeKind.ADOPTED,
            poll__proposal__effect_code="living_rule",
            repealed_by__isnull=True,
        )
        .order_by("number")
        .values_list("poll__proposal__title", "poll__version__text")
    )
    return [{"title": title, "text": text} for title, text in rows]


def _rule_fault(item: Item) -> str:
    title, text = item.get("title"), item.get("text", "")
    if not isinstance(title, str) or not title.strip() or len(title) > 140:
        return _say("Un texte du groupe n’a pas de titre, ou un titre trop long.")
    if not isinstance(text, str) or len(text) > 2000:
        return _say("Un texte du groupe est trop long : 2 000 signes au plus.")
    return ""


def _propose_rules(
    cohort: Cohort, items: Sequence[Item], actor: Actor, at: dt.datetime
) -> list[str]:
    for item in items:
        _propose(
            cohort, "living_rule", {}, actor, at, title=item["title"], text=item.get("text", "")
        )
    return []


def register_parts() -> None:
    """Called once, from DecisionsConfig.ready()."""
    register(
        Part(
            "statutes", _("Les statuts, à proposer au groupe"), _statutes, _statutes_said, _statutes_fault,
            _propose_statutes,
        )
    )  # fmt: skip
    register(
        Part(
            "skills", _("La grille de compétences, à proposer au groupe"), _skills,
            lambda item: f"{item['title']} : {item['meaning']}" if item.get("meaning") else str(item["title"]),
            _skill_fault, _propose_skills,
        )
    )  # fmt: skip
    register(
        Part(
            "rules", _("Les textes et recettes du groupe, à proposer"), _rules,
            lambda item: str(item["title"]), _rule_fault, _propose_rules,
        )
    )  # fmt: skip
