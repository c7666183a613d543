"""A counted vote, told: what came out and why, who said what, the lot, and what comes next."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cohorts.enums import EnrolmentState
from cohorts.models import Enrolment
from ct_platform.kit.actor import Actor
from decisions import effects
from decisions.enums import Method, OutcomeKind
from decisions.models import Elector, Outcome, Poll, PollOption
from decisions.selectors.lots import lot_nonce
from decisions.selectors.rounds import next_step
from decisions.selectors.telling import tell
from decisions.selectors.told import Told
from decisions.selectors.wording import (
    consent_words,
    grades,
    in_words,
    majority_words,
    objection_words,
    order_in_words,
)


@dataclass(frozen=True, slots=True)
class Voices:
    """The people who gave one answer, by name, in alphabetical order."""

    label: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Argued:
    """An objection or a concern, with its author: they stood up to say it."""

    author: str
    text: str
    state: str  # in words; empty for a concern
    is_open: bool


@dataclass(frozen=True, slots=True)
class Lot:
    """A lot that was drawn: what anybody needs to draw it again (voting.md, §3)."""

    commitment: str
    nonce: str
    seed: str
    order: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """One counted vote for one reader. `voices` is None for who is not a member of the group."""

    poll: Poll
    outcome: Outcome
    told: Told
    turnout: str
    kept_back: str  # why the figures are not shown; empty when they are
    voices: tuple[Voices, ...] | None
    argued: tuple[Argued, ...]
    lot: Lot | None
    again: tuple[str, ...]  # labels of the options of a possible next round
    next_step: str
    next_round: Poll | None
    may_lift: bool = False  # this reader's own objection stands

    @property
    def headline(self) -> str:
        return self.told.headline

    @property
    def effect_icon(self) -> str:
        effect = effects.find(self.poll.proposal.effect_code)
        return effect.icon if effect else "urne"


def result_of(poll: Poll, actor: Actor) -> Result:
    """Tell a counted poll (with its outcome loaded). Costs three queries, one more for a coopérant."""
    outcome = Outcome.objects.select_related("winner").get(poll=poll)
    options = list(poll.options.all())
    kept = outcome.tally["again"]
    roll = _roll(poll) if actor.is_cooperant or not poll.is_secret else []
    member = actor.is_cooperant and _is_member(actor, roll)
    rounds = Poll.objects.filter(proposal_id=poll.proposal_id, round__gt=poll.round)
    return Result(
        poll=poll,
        outcome=outcome,
        told=tell(outcome, poll, options),
        turnout=turnout_sentence(outcome.tally),
        kept_back="" if "detail" in outcome.tally else _kept_back(poll, outcome),
        voices=_voices(poll, options, roll) if member else None,
        # Objections are open votes (rules/consent.py): a secret roll holds no ballot to quote.
        argued=_argued(roll) if member or actor.is_coordinator else (),
        lot=_lot(poll, outcome, options),
        again=tuple(option.label for option in options if option.code in kept),
        next_step=next_step(poll, outcome),
        next_round=(following := rounds.announced().order_by("round").first()),
        may_lift=member and following is None and _my_objection_stands(actor, outcome, roll),
    )


def turnout_sentence(tally: dict[str, Any]) -> str:
    """ "13 personnes sur 15 ont voté. Il en fallait 8." """
    came = ngettext(
        "%(present)s personne sur %(roll)s a voté.",
        "%(present)s personnes sur %(roll)s ont voté.",
        tally["present"],
    ) % {"present": tally["present"], "roll": tally["roll"]}
    needed = _("Il en fallait %(required)s.") % {"required": tally["quorum"]["required"]}
    return f"{came} {needed}" if tally["quorum"]["required"] else came


def _kept_back(poll: Poll, outcome: Outcome) -> str:
    if outcome.kind == OutcomeKind.QUORUM_MISSED:
        return _("L’urne est détruite sans être ouverte : personne ne lira ces bulletins.")
    if poll.about_person:
        return _("Le vote parle d’une personne : on dit le résultat, pas les nombres de voix.")
    return _(
        "Moins de 10 bulletins : avec les nombres, on pourrait deviner qui a voté quoi. "
        "On dit seulement le résultat."
    )


def _lot(poll: Poll, outcome: Outcome, options: list[PollOption]) -> Lot | None:
    """Revealed only when it served: otherwise nobody needs it."""
    drawn = outcome.tally.get("tie_break")
    if not drawn:
        return None
    labels = {option.code: option.label for option in options}
    order = tuple(labels[code] for code in drawn["order"])
    return Lot(poll.lot_commitment, lot_nonce(poll), drawn["seed"], order)


def _roll(poll: Poll) -> list[Elector]:
    return list(
        Elector.objects.filter(poll=poll)
        .select_related("enrolment__person", "ballot")
        .order_by("enrolment__person__first_name", "enrolment__person__last_name", "pk")
    )


def _is_member(actor: Actor, roll: list[Elector]) -> bool:
    """The promise made before voting: members of the cooperative see who chose what, nobody else."""
    return any(one.enrolment_id == actor.enrolment_id for one in roll) or _still_here(actor)


def _who_voted(roll: list[Elector]) -> tuple[Voices, ...]:
    """After a secret vote: who voted, never what. Nobody's proxy or channel is told either."""
    came = tuple(one.enrolment.person.full_name for one in roll if one.used)
    stayed = tuple(one.enrolment.person.full_name for one in roll if not one.used)
    told = (Voices(_("Ont voté"), came), Voices(_("N’ont pas voté"), stayed))
    return tuple(one for one in told if one.names)


def _my_objection_stands(actor: Actor, outcome: Outcome, roll: list[Elector]) -> bool:
    if outcome.kind != OutcomeKind.OBJECTED:
        return False
    mine = next((one for one in roll if one.enrolment_id == actor.enrolment_id), None)
    ballot = getattr(mine, "ballot", None)
    if ballot is None or ballot.lifted_at is not None:
        return False
    return bool(ballot.content.get("state") == "open")


def _still_here(actor: Actor) -> bool:
    """In the group now, though not on that roll: a newcomer. One query."""
    own = Enrolment.objects.filter(pk=actor.enrolment_id or 0)
    return own.exclude(state=EnrolmentState.LEFT).exists()


def _voices(poll: Poll, options: list[PollOption], roll: list[Elector]) -> tuple[Voices, ...]:
    if poll.is_secret:
        return _who_voted(roll)
    labels = {option.code: option.label for option in options}
    named: dict[str, list[str]] = {}
    for elector in roll:
        for answer in _answers(poll, elector, labels):
            named.setdefault(answer, []).append(elector.enrolment.person.full_name)
    heads = [*_heads(poll, labels), *sorted(named, key=lambda answer: -len(named[answer]))]
    last = (_("Blanc"), _("Dans la salle, à main levée"), _("N’ont pas voté"))
    order = [*(head for head in dict.fromkeys(heads) if head not in last), *last]
    return tuple(Voices(head, tuple(named[head])) for head in order if head in named)


def _answers(poll: Poll, elector: Elector, labels: dict[str, str]) -> list[str]:
    """What one person said, as the headings under which their name stands."""
    ballot = getattr(elector, "ballot", None)
    if ballot is None:
        return [_("Dans la salle, à main levée") if elector.used else _("N’ont pas voté")]
    content, method = ballot.content, Method(poll.method)
    if content.get("blank"):
        return [_("Blanc")]
    if method == Method.RANKED:
        return [order_in_words(content["ranking"], labels)]
    said = in_words(method, content, labels)
    return [said[0]] if method == Method.CONSENT else list(said)


def _heads(poll: Poll, labels: dict[str, str]) -> list[str]:
    """The headings in the order of the poll; what people said otherwise comes after."""
    match Method(poll.method):
        case Method.MAJORITY:
            return list(majority_words().values())
        case Method.CONSENT:
            return list(consent_words().values())
        case Method.JUDGMENT:
            best_first = grades(poll.rule["grades"])[::-1]
            return [
                _("%(label)s : %(grade)s") % {"label": label, "grade": grade}
                for label in labels.values()
                for grade in best_first
            ]
        case _:
            return list(labels.values())


def _argued(roll: list[Elector]) -> tuple[Argued, ...]:
    """Objections first, then concerns that were written."""
    found = []
    for elector in roll:
        ballot = getattr(elector, "ballot", None)
        content = ballot.content if ballot else {}
        voice, text = content.get("voice"), content.get("text", "")
        if voice == "objection" or (voice == "concern" and text):
            state = content.get("state", "")
            words = objection_words()[state] if state else ""
            lifted = ballot is not None and ballot.lifted_at is not None
            if lifted:
                words = _("objection retirée après le vote")
            name = elector.enrolment.person.full_name
            found.append(Argued(name, text, words, state == "open" and not lifted))
    return tuple(sorted(found, key=lambda one: not one.state))
