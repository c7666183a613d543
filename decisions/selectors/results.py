"""A counted vote, told: bars and table from the same numbers, who chose what, what it does."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cohorts.enums import EnrolmentState
from cohorts.models import Enrolment
from ct_platform.kit.actor import Actor
from ct_platform.kit.charts import GREY, PLUM, Bar, BarsChart, bars
from decisions.enums import OutcomeKind
from decisions.models import Elector, Outcome, Poll, PollOption

# Not option codes: codes are written by effects, and hold no space.
BLANK, ABSENT = "a blank", "no ballot"


@dataclass(frozen=True, slots=True)
class Voices:
    """The people who gave one answer, by name, in alphabetical order."""

    label: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """One counted vote for one reader. `voices` is None for who is not a member of the group."""

    poll: Poll
    outcome: Outcome
    headline: str
    turnout: str
    chart: BarsChart
    voices: tuple[Voices, ...] | None
    again: tuple[str, ...]  # labels of the options of a possible next round
    next_round: Poll | None


def result_of(poll: Poll, actor: Actor) -> Result:
    """Tell a counted poll (with its outcome loaded). Costs three queries, one more for a coopérant."""
    outcome = Outcome.objects.select_related("winner").get(poll=poll)
    options = list(poll.options.all())
    kept = outcome.tally["again"]
    return Result(
        poll=poll,
        outcome=outcome,
        headline=_headline(outcome),
        turnout=turnout_sentence(outcome.tally),
        chart=_chart(outcome, options),
        voices=_voices(poll, options, actor),
        again=tuple(option.label for option in options if option.code in kept),
        next_round=Poll.objects.filter(proposal_id=poll.proposal_id, round=poll.round + 1).first(),
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


def _headline(outcome: Outcome) -> str:
    match outcome.kind:
        case OutcomeKind.ELECTED if outcome.winner is not None:
            return _("Le groupe a choisi « %(label)s ».") % {"label": outcome.winner.label}
        case OutcomeKind.QUORUM_MISSED:
            return _("Il manque des voix. Le vote ne compte pas.")
        case _:
            return _("Aucune réponse n’a plus de la moitié des voix.")


def _chart(outcome: Outcome, options: Sequence[PollOption]) -> BarsChart:
    votes: dict[str, int] = outcome.tally["detail"]["votes"]
    rows = [
        Bar(option.label, votes[option.code], str(votes[option.code]), fill=PLUM)
        for option in options
    ]
    blank = outcome.tally["blank"]
    rows.append(Bar(_("Blanc"), blank, str(blank), fill=GREY))
    return bars(
        title=_("Le nombre de voix"),
        rows=rows,
        label_heading=_("Réponse"),
        value_heading=_("Voix"),
        whole=max(outcome.tally["present"], 1),
        total=(_("Ont voté"), str(outcome.tally["present"]), ""),
    )


def _voices(poll: Poll, options: Sequence[PollOption], actor: Actor) -> tuple[Voices, ...] | None:
    """The promise made before voting: members of the cooperative see who chose what, nobody else."""
    if not actor.is_cooperant:
        return None
    roll = list(
        Elector.objects.filter(poll=poll)
        .select_related("enrolment__person", "ballot")
        .order_by("enrolment__person__first_name", "enrolment__person__last_name", "pk")
    )
    if all(one.enrolment_id != actor.enrolment_id for one in roll) and not _still_here(actor):
        return None
    named: dict[str, list[str]] = {}
    for elector in roll:
        ballot = getattr(elector, "ballot", None)
        answer = ballot.content.get("choice", BLANK) if ballot else ABSENT
        named.setdefault(answer, []).append(elector.enrolment.person.full_name)
    heads = [(one.label, one.code) for one in options]
    heads += [(_("Blanc"), BLANK), (_("N’ont pas voté"), ABSENT)]
    return tuple(Voices(label, tuple(named[key])) for label, key in heads if key in named)


def _still_here(actor: Actor) -> bool:
    """In the group now, though not on that roll: a newcomer. One query."""
    own = Enrolment.objects.filter(pk=actor.enrolment_id or 0)
    return own.exclude(state=EnrolmentState.LEFT).exists()
