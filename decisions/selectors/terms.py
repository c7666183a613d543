"""From what is decided to how: the chooser and the cohort's own rules, in sentences."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cohorts.models import Enrolment
from decisions import effects
from decisions.enums import Method, Secrecy
from decisions.models import Elector, Poll, Proposal, Statutes
from decisions.rules import publication, tally
from decisions.rules.chooser import ABOUT_A_PERSON, Advice, Subject, advise
from decisions.rules.terms import Terms
from decisions.selectors import secrecy

ABOUT_MONEY = frozenset({Subject.ONE_SHARING_RULE, Subject.SEVERAL_SHARING_RULES})
# What a question may also be taken for; the others are what their effect says they are.
KIN: Mapping[Subject, tuple[Subject, ...]] = {
    Subject.LIVING_RULE: (Subject.LIVING_RULE, Subject.YES_NO),
    Subject.YES_NO: (Subject.YES_NO, Subject.LIVING_RULE),
    Subject.PICK: (Subject.PICK, Subject.ORDER),
    Subject.ORDER: (Subject.ORDER, Subject.PICK),
}
# A text that binds people or the rules themselves is never adopted by less than two thirds.
TWO_THIRDS_AT_LEAST = frozenset({Subject.STATUTES, Subject.EXCLUDE, Subject.ADMIT})


def subjects_of(effect: effects.Effect) -> tuple[Subject, ...]:
    """What the question of this effect may be, its own subject first."""
    return KIN.get(effect.subject, (effect.subject,))


def advised(
    effect: effects.Effect,
    settings: effects.Settings,
    statutes: Statutes,
    subject: Subject | None = None,
) -> Terms:
    """The terms the chooser and the statutes propose for this effect, secrecy included. No query."""
    advice = advise(subject or effect.subject)
    return Terms(
        advice.method,
        rule_of(effect, settings, statutes, advice.method, subject),
        _secrecy(advice, subject or effect.subject, statutes),
    )


def rule_of(
    effect: effects.Effect,
    settings: effects.Settings,
    statutes: Statutes,
    method: str,
    subject: Subject | None = None,
) -> dict[str, Any]:
    """The proposed rule of one method: what the chooser says, on the base the statutes count on."""
    asked = subject or effect.subject
    advice = advise(asked)
    rule: dict[str, Any] = dict(advice.rule) if advice.method == method else {}
    if method == Method.MAJORITY:
        rule = _on_base(rule, statutes) or {"majority": "simple"}
        if asked in TWO_THIRDS_AT_LEAST | {Subject.ONE_SHARING_RULE} and "fraction" not in rule:
            rule = {"majority": "qualified", "fraction": "2/3", "base": statutes.majority_base}
    if method == Method.CONSENT:
        two_thirds = {"majority": "qualified", "fraction": "2/3", "base": "expressed"}
        fallback = _on_base(dict(rule.get("fallback") or two_thirds), statutes)
        rule = {"max_rounds": statutes.consent_rounds, "fallback": fallback}
    return {**rule, **effect.rule(settings, method)}


def _on_base(rule: dict[str, Any], statutes: Statutes) -> dict[str, Any]:
    """A simple majority counts the voices expressed; where the chooser asks the roll, it stays."""
    if rule.get("majority") in (None, "simple") or rule.get("base") == "roll":
        return rule
    return {**rule, "base": statutes.majority_base}


def _secrecy(advice: Advice, subject: Subject, statutes: Statutes) -> str:
    if subject in ABOUT_A_PERSON:
        return advice.secrecy if statutes.seal_persons else Secrecy.OPEN.value
    if subject in ABOUT_MONEY:
        return advice.secrecy if statutes.seal_money else Secrecy.OPEN.value
    return advice.secrecy


def methods_for(
    effect: effects.Effect,
    settings: effects.Settings,
    statutes: Statutes,
    subject: Subject | None = None,
) -> list[Method]:
    """The advised method, then those that also fit and whose rule is complete. No query."""
    advice = advise(subject or effect.subject)
    choices = effect.choices(settings)
    fitting = []
    for code in (advice.method, *advice.alternatives):
        rule = rule_of(effect, settings, statutes, code, subject)
        if code == advice.method or _fits(code, rule, choices):
            fitting.append(Method(code))
    return fitting


def _fits(method: str, rule: Mapping[str, Any], choices: Sequence[effects.Choice]) -> bool:
    if Method(method).has_options != bool(choices):
        return False
    try:
        tally.check_rule(method=method, rule=rule, options=[one.code for one in choices])
    except tally.BadBallots:
        return False
    return True


def secrecies_for(method: str, roll: int) -> list[Secrecy]:
    """How secret a vote by this method may be on this roll: consent and equal shares are open."""
    if method in (Method.CONSENT, Method.EQUAL_SHARES):
        return [Secrecy.OPEN]
    return [one for one in secrecy.offered() if publication.may_open(one.value, roll)]


@dataclass(frozen=True, slots=True)
class AskedAgain:
    """An earlier secret vote on the same question: two results compared may tell one ballot."""

    poll: Poll
    same_people: int


def asked_again(
    cohort_id: int,
    effect: effects.Effect,
    settings: effects.Settings,
    day: dt.date,
    proposal: Proposal | None = None,
) -> AskedAgain | None:
    """The latest counted secret vote on this law or proposal whose voters would vote again.

    One query, and one for the vote found. Source: voting.md, §7, leak 18.
    """
    earlier = (
        Poll.objects.of_cohort(cohort_id)
        .over()
        .exclude(secrecy=Secrecy.OPEN)
        .filter(opened_at__isnull=False)
        .select_related("proposal", "version")
        .order_by("-opened_at")
    )
    law = effect.law(settings)
    for poll in earlier:
        other = effects.get(poll.proposal.effect_code)
        same_law = bool(law) and other.law(poll.effect_settings) == law
        if not same_law and (proposal is None or poll.proposal_id != proposal.pk):
            continue
        today = Enrolment.objects.filter(cohort_id=cohort_id).entitled_to_vote(day)
        both = Elector.objects.filter(poll=poll, enrolment__in=today).count()
        if both:
            return AskedAgain(poll, both)
    return None
