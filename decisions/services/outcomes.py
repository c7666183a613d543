"""From a count to a line of the register and what it does. Called when a poll is closed only."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max, Q
from django.utils.translation import gettext as _

from cohorts.models import Cohort
from ct_platform.kit.actor import Actor
from ct_platform.kit.clock import civil_day
from ct_platform.kit.errors import Refused
from ct_platform.kit.models import TransitionLog
from decisions import effects
from decisions.enums import ADOPTING, IN_EFFECT, WAITING, EffectState, OutcomeKind
from decisions.models import Outcome, Poll
from decisions.services.counting import code_version, counted


@transaction.atomic
def count_poll(*, poll: Poll, ballots: Iterable[Mapping[str, Any]]) -> Outcome:
    """Count these ballots, write the outcome, numbered without gap in its cohort, apply its effect.

    The caller holds the poll's lock. A Refused effect leaves the outcome standing, "blocked" with
    its sentence, or "partly" when some of it could be done; any other error rolls the count back.
    """
    if poll.closed_at is None:
        raise ValueError("only a closed poll is counted")
    cohort_id = poll.proposal.cohort_id
    Cohort.objects.select_for_update(no_key=True).get(pk=cohort_id)
    tally = counted(poll, ballots)
    last = Outcome.objects.filter(cohort_id=cohort_id).aggregate(last=Max("number"))["last"] or 0
    kind = OutcomeKind(tally["outcome"])
    outcome = Outcome(
        poll=poll,
        number=last + 1,
        cohort_id=cohort_id,
        kind=kind,
        tally=tally,
        decided_at=poll.closed_at,
        code_version=code_version(),
    )
    if kind in ADOPTING:
        _adopt(outcome, poll)
    outcome.save()
    if kind in ADOPTING:
        _apply(outcome)
    return outcome


def _adopt(outcome: Outcome, poll: Poll) -> None:
    """What an adopted decision says of itself: its one answer, its law and its days."""
    effect, chosen = effects.get(poll.proposal.effect_code), poll.effect_settings
    if len(outcome.winners) == 1:
        outcome.winner = poll.options.get(code=outcome.winners[0])
    decided_on = civil_day(outcome.decided_at)
    outcome.in_force_from = max(effect.starts_on(chosen) or decided_on, decided_on)
    outcome.law = effect.law(chosen) or f"{effect.code}:{poll.proposal_id}"
    outcome.ends_on = effect.ends_on(chosen)
    outcome.review_on = effect.review_on(chosen)
    repealed = effect.repeals(chosen)
    if repealed is not None:
        outcome.repeals = Outcome.objects.filter(
            cohort_id=outcome.cohort_id, number=repealed
        ).first()


@transaction.atomic
def apply_again(*, outcome: Outcome, actor: Actor, at: dt.datetime) -> Outcome:
    """Try once more the effect of a decision that was blocked, whole or in part, as of its own day.

    The outcome itself never changes: only its effect goes on, to "partly" or "applied", and who
    tried is logged. One that is applied is given back as it is. Raises Refused with the reason when
    nothing more is possible, and when a later decision on the same subject holds or repealed it.
    """
    Cohort.objects.select_for_update(no_key=True).get(pk=outcome.cohort_id)
    found: Outcome = Outcome.objects.select_related("poll__proposal", "poll__version").get(
        pk=outcome.pk
    )
    if found.effect_state == EffectState.APPLIED:
        return found
    if found.effect_state not in WAITING:
        raise Refused(_("Cette décision n’a rien à appliquer."))
    before, said = found.effect_state, found.effect_sentence
    _refuse_overtaken(found)
    _apply(found)
    if found.effect_state == EffectState.BLOCKED or found.effect_sentence == said:
        raise Refused(found.effect_sentence)
    TransitionLog.objects.create(
        model=found._meta.label_lower,
        row_id=found.pk,
        old=before,
        new=found.effect_state,
        by_person_id=actor.person_id,
        at=at,
    )
    return found


def _refuse_overtaken(outcome: Outcome) -> None:
    """An older decision applied late would undo a newer one."""
    later = Outcome.objects.filter(
        Q(law=outcome.law) | Q(repeals=outcome),
        cohort_id=outcome.cohort_id,
        number__gt=outcome.number,
        effect_state__in=IN_EFFECT,
    )
    newest = later.order_by("-number").first()
    if newest is not None:
        raise Refused(
            _("La décision n° %(n)s, plus récente, porte sur le même sujet.") % {"n": newest.number}
        )


def _apply(outcome: Outcome) -> None:
    if outcome.in_force_from is None:
        raise ValueError("only an adopted decision applies")
    effect = effects.get(outcome.poll.proposal.effect_code)
    try:
        with transaction.atomic():
            if outcome.ends_on and outcome.ends_on < outcome.in_force_from:
                raise Refused(_("Le jour de fin est passé avant que la décision soit prise."))
            done = effect.apply(outcome, outcome.in_force_from)
        if isinstance(done, effects.Partly):
            reached, sentence = EffectState.PARTLY, f"{done.done} {done.missing}"
        else:
            reached, sentence = EffectState.APPLIED, done
    except Refused as refusal:
        reached, sentence = EffectState.BLOCKED, str(refusal)
    outcome.effect_state, outcome.effect_sentence = reached, _in_a_line(sentence)
    outcome.save(update_fields=["effect_state", "effect_sentence"])


def _in_a_line(sentence: str) -> str:
    """A sentence as the register can hold it: twenty names must not undo a count."""
    most = Outcome._meta.get_field("effect_sentence").max_length or 0
    return sentence if len(sentence) <= most else f"{sentence[: most - 1]}…"
