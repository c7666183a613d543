"""A poll from opening to count. Its roll and terms are frozen when it opens; closed never reopens."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.models import Cohort, Enrolment
from ct_platform.kit import states
from ct_platform.kit.actor import Actor
from ct_platform.kit.clock import civil_day
from ct_platform.kit.errors import Refused
from decisions import effects
from decisions.effects import Choice
from decisions.enums import POLL_ALLOWED, OutcomeKind, PollState
from decisions.models import Elector, Outcome, Poll, PollOption, Proposal, Statutes
from decisions.rules.roll import roll_hash
from decisions.services.outcomes import count_poll
from decisions.services.proposals import write_proposal
from decisions.services.statutes import ensure_statutes

# A typing mistake in the year must not keep a question open for ever.
LONGEST = dt.timedelta(days=31)


@transaction.atomic
def put_to_vote(
    *,
    cohort: Cohort,
    title: str,
    text: str = "",
    effect_code: str,
    effect_settings: Mapping[str, Any],
    closes_at: dt.datetime,
    actor: Actor,
    at: dt.datetime,
) -> Poll:
    """Write a proposal and open its first vote, both or neither. Raises Refused as they do."""
    proposal = write_proposal(
        cohort=cohort,
        title=title,
        text=text,
        effect_code=effect_code,
        effect_settings=effect_settings,
        actor=actor,
        at=at,
    )
    return open_poll(proposal=proposal, closes_at=closes_at, actor=actor, at=at)


@transaction.atomic
def open_poll(*, proposal: Proposal, closes_at: dt.datetime, actor: Actor, at: dt.datetime) -> Poll:
    """Open the first round of a proposal: freeze roll, options, statutes and end.

    The roll is who may vote on the civil day of `at`. Repeating on a proposal already put to vote
    gives its poll. Raises Refused: end in the past, before the notice of the statutes or more than
    31 days away, effect that would begin before the end, nobody to vote, same subject being voted.
    """
    _lock_cohort(proposal.cohort_id)
    already: Poll | None = Poll.objects.filter(proposal=proposal).order_by("-round").first()
    if already is not None:
        return already
    effect = effects.get(proposal.effect_code)
    if effect.starts_on(proposal.effect_settings) < civil_day(closes_at):
        raise Refused(
            _("La règle ne peut pas commencer avant la fin du vote."), field="in_force_from"
        )
    return _open_round(proposal, effect.choices(proposal.effect_settings), closes_at, actor, at)


@transaction.atomic
def open_next_round(*, poll: Poll, closes_at: dt.datetime, actor: Actor, at: dt.datetime) -> Poll:
    """Open another round of a vote that adopted nothing, between the options its count kept.

    A repeated call gives the round already opened. Raises Refused as `open_poll` does, and when
    the poll is not counted or adopted an option.
    """
    _lock_cohort(poll.proposal.cohort_id)
    already: Poll | None = Poll.objects.filter(
        proposal_id=poll.proposal_id, round=poll.round + 1
    ).first()
    if already is not None:
        return already
    outcome = Outcome.objects.filter(poll=poll).exclude(kind=OutcomeKind.ELECTED).first()
    if outcome is None:
        raise Refused(_("Un nouveau tour n’est possible qu’après un vote compté, sans choix."))
    kept = [
        Choice(option.code, option.label, option.help_text)
        for option in poll.options.all()
        if option.code in outcome.tally["again"]
    ]
    return _open_round(poll.proposal, kept, closes_at, actor, at, number=poll.round + 1)


@transaction.atomic
def close_poll(*, poll: Poll, actor: Actor | None, at: dt.datetime, reason: str = "") -> Outcome:
    """Close, count and apply in one transaction; `actor` None is the clock itself.

    Before the hour: only when everybody voted or with a written `reason` (kept and shown), and
    never within the notice of the statutes. A counted poll gives its outcome again, quietly.
    Raises Refused; any other error of the effect rolls everything back and the count may be retried.
    """
    locked = lock_poll(poll)
    if locked.state == PollState.COUNTED:
        found: Outcome = Outcome.objects.select_related("winner").get(poll=locked)
        return found
    if locked.state != PollState.OPEN:
        raise Refused(_("Ce vote a été annulé : il n’y a rien à compter."))
    early = at < locked.closes_at
    if early:
        _check_early_closing(locked, reason.strip(), at)
    by = actor.person_id if actor else None
    states.move(
        locked,
        PollState.CLOSED,
        allowed=POLL_ALLOWED,
        by_person_id=by,
        at=at,
        reason=reason.strip() if early else "",
        # A count made late by a tired machine decides nothing later: the group decided at the hour.
        closed_at=min(at, locked.closes_at),
        early_closing_reason=reason.strip() if early else "",
    )
    outcome = count_poll(poll=locked)
    states.move(locked, PollState.COUNTED, allowed=POLL_ALLOWED, by_person_id=by, at=at)
    return outcome


@transaction.atomic
def cancel_poll(*, poll: Poll, reason: str, actor: Actor, at: dt.datetime) -> Poll:
    """Cancel an open poll; the reason is shown to everybody. Cancelling twice changes nothing.

    Raises Refused: no reason, or a poll already counted.
    """
    locked = lock_poll(poll)
    if locked.state == PollState.CANCELLED:
        return locked
    if locked.state != PollState.OPEN:
        raise Refused(_("Ce vote est fini : il ne peut plus être annulé."))
    if not reason.strip():
        raise Refused(_("Écrivez pourquoi : tout le monde le lira."), field="reason")
    states.move(
        locked,
        PollState.CANCELLED,
        allowed=POLL_ALLOWED,
        by_person_id=actor.person_id,
        at=at,
        reason=reason.strip(),
        cancel_reason=reason.strip(),
    )
    return locked


def lock_poll(poll: Poll) -> Poll:
    """The poll's fresh row, locked until the end of the transaction: casts and closing queue here."""
    locked: Poll = Poll.objects.select_for_update().get(pk=poll.pk)
    return locked


def _lock_cohort(cohort_id: int) -> None:
    Cohort.objects.select_for_update(no_key=True).get(pk=cohort_id)


def _check_early_closing(poll: Poll, reason: str, at: dt.datetime) -> None:
    statutes = poll.statutes
    if statutes and poll.opened_at and at < poll.opened_at + _notice(statutes):
        raise Refused(_("Le délai prévu par vos statuts n’est pas écoulé."), field="reason")
    waiting = Elector.objects.filter(poll=poll, ballot__isnull=True).exists()
    if waiting and not reason:
        raise Refused(
            _("Tout le monde n’a pas voté. Écrivez pourquoi finir avant l’heure."), field="reason"
        )


def _notice(statutes: Statutes) -> dt.timedelta:
    return dt.timedelta(hours=statutes.notice_hours)


def _open_round(
    proposal: Proposal,
    choices: Sequence[Choice],
    closes_at: dt.datetime,
    actor: Actor,
    at: dt.datetime,
    number: int = 1,
) -> Poll:
    """Write the draft, its options and its roll, then open it: from there triggers refuse changes."""
    statutes = ensure_statutes(cohort_id=proposal.cohort_id, day=civil_day(at))
    _check_end(closes_at, statutes, at)
    same = Poll.objects.of_cohort(proposal.cohort_id).open()
    if same.filter(proposal__effect_code=proposal.effect_code).exists():
        raise Refused(_("Un vote sur ce sujet est déjà ouvert."))
    voters = list(
        Enrolment.objects.filter(cohort_id=proposal.cohort_id)
        .entitled_to_vote(civil_day(at))
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    if not voters:
        raise Refused(_("Personne ne peut encore voter dans cette cohorte."))
    poll: Poll = Poll.objects.create(proposal=proposal, round=number, closes_at=closes_at)
    PollOption.objects.bulk_create(
        PollOption(
            poll=poll,
            position=position,
            code=choice.code,
            label=choice.label,
            help_text=choice.help_text,
        )
        for position, choice in enumerate(choices, start=1)
    )
    Elector.objects.bulk_create(Elector(poll=poll, enrolment_id=voter) for voter in voters)
    states.move(
        poll,
        PollState.OPEN,
        allowed=POLL_ALLOWED,
        by_person_id=actor.person_id,
        at=at,
        opened_at=at,
        statutes=statutes,
        roll_hash=roll_hash(poll.pk, voters),
    )
    return poll


def _check_end(closes_at: dt.datetime, statutes: Statutes, at: dt.datetime) -> None:
    if closes_at <= at:
        raise Refused(_("La fin du vote est déjà passée."), field="closes_on")
    if closes_at < at + _notice(statutes):
        raise Refused(
            _("Vos statuts demandent %(hours)s heures au moins entre l’ouverture et la fin.")
            % {"hours": statutes.notice_hours},
            field="closes_on",
        )
    if closes_at > at + LONGEST:
        raise Refused(_("Un vote dure 31 jours au plus."), field="closes_on")
