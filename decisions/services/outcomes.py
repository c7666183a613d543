"""From closed ballots to a line of the register and what it does. Called by close_poll only."""

from typing import Any

from django.db import transaction
from django.db.models import Count, Max

from cohorts.models import Cohort
from ct_platform.kit.clock import civil_day
from ct_platform.kit.errors import Refused
from decisions import effects
from decisions.enums import EffectState, OutcomeKind
from decisions.models import Ballot, Elector, Outcome, Poll
from decisions.rules.choice import Verdict, decide


def recount(poll: Poll) -> Verdict:
    """Count the ballots of a poll by its frozen roll and statutes. Three queries; writes nothing."""
    if poll.statutes is None:
        raise ValueError("a poll that was never opened has no statutes to be counted by")
    counts = dict(
        Ballot.objects.filter(elector__poll=poll)
        .values_list("option__code")
        .annotate(number=Count("pk"))
        .order_by()
    )
    blank = counts.pop(None, 0)
    return decide(
        options=[option.code for option in poll.options.all()],
        votes=counts,
        blank=blank,
        roll=Elector.objects.filter(poll=poll).count(),
        quorum_numerator=poll.statutes.quorum_numerator,
        quorum_denominator=poll.statutes.quorum_denominator,
    )


def tally_of(verdict: Verdict, votes: dict[str, int]) -> dict[str, Any]:
    """What the register keeps: the counts and nothing of who."""
    return {
        "roll": verdict.roll,
        "present": verdict.present,
        "blank": verdict.blank,
        "expressed": verdict.expressed,
        "required": verdict.required,
        "votes": votes,
        "again": list(verdict.again),
    }


def votes_by_code(poll: Poll) -> dict[str, int]:
    """Ballots per option code, zeros included, in the order of the options. One query."""
    options = poll.options.annotate(number=Count("ballots")).order_by("position")
    return {option.code: option.number for option in options}


@transaction.atomic
def count_poll(*, poll: Poll) -> Outcome:
    """Write the outcome of a closed poll, numbered without gap in its cohort, and apply its effect.

    The caller holds the poll's lock. A Refused effect leaves the outcome standing, "blocked" with
    its sentence; any other error rolls the whole count back.
    """
    if poll.closed_at is None:
        raise ValueError("only a closed poll is counted")
    cohort_id = poll.proposal.cohort_id
    Cohort.objects.select_for_update(no_key=True).get(pk=cohort_id)
    verdict = recount(poll)
    elected = verdict.kind == OutcomeKind.ELECTED
    last = Outcome.objects.filter(cohort_id=cohort_id).aggregate(last=Max("number"))["last"] or 0
    effect = effects.get(poll.proposal.effect_code)
    begins = max(effect.starts_on(poll.proposal.effect_settings), civil_day(poll.closed_at))
    outcome: Outcome = Outcome.objects.create(
        poll=poll,
        number=last + 1,
        cohort_id=cohort_id,
        kind=verdict.kind,
        winner=poll.options.get(code=verdict.winner) if elected else None,
        tally=tally_of(verdict, votes_by_code(poll)),
        decided_at=poll.closed_at,
        in_force_from=begins if elected else None,
    )
    if elected:
        _apply(outcome, effect)
    return outcome


def _apply(outcome: Outcome, effect: effects.Effect) -> None:
    if outcome.in_force_from is None:
        raise ValueError("only an elected option applies")
    try:
        with transaction.atomic():
            sentence = effect.apply(outcome, outcome.in_force_from)
        reached = EffectState.APPLIED
    except Refused as refusal:
        reached, sentence = EffectState.BLOCKED, str(refusal)
    outcome.effect_state, outcome.effect_sentence = reached, sentence
    outcome.save(update_fields=["effect_state", "effect_sentence"])
