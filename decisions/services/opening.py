"""Opening a poll: text, options, method, roll and statutes are frozen, and the database keeps them so."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.models import Cohort
from cohorts.services.closing import refuse_archived
from ct_platform.kit.actor import Actor
from ct_platform.kit.clock import civil_day
from ct_platform.kit.errors import Refused
from decisions import effects
from decisions.effects import Choice
from decisions.enums import (
    ADOPTING,
    Method,
    PollState,
    Publication,
    Secrecy,
)
from decisions.models import (
    Outcome,
    Poll,
    PollOption,
    Proposal,
    ProposalVersion,
)
from decisions.rules import rounds, tally
from decisions.rules.rounds import terms_again
from decisions.rules.terms import Terms
from decisions.selectors.rounds import objection_stands, stuck_sentence
from decisions.services import rolls
from decisions.services.keys import announce
from decisions.services.proposals import latest_version, times_opened, write_proposal
from decisions.services.statutes import ensure_statutes

BY_CHOICE = Terms()


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
    terms: Terms = BY_CHOICE,
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
    return open_poll(proposal=proposal, closes_at=closes_at, actor=actor, at=at, terms=terms)


@transaction.atomic
def open_poll(
    *,
    proposal: Proposal,
    closes_at: dt.datetime,
    actor: Actor,
    at: dt.datetime,
    terms: Terms = BY_CHOICE,
) -> Poll:
    """Open a vote on the latest version of a proposal: freeze roll, options, terms, statutes and end.

    The roll is who may vote on the civil day of `at`; a sealed vote is announced first, and opens
    with its third key (sealing.py). Repeating on a proposal already put to vote
    gives its poll; after a cancelled one, a new round opens. Raises Refused: withdrawn proposal, end
    in the past, before the notice of the statutes or more than 31 days away, effect that would begin
    before the end, nobody to vote, terms that do not fit, same subject being voted.
    """
    refuse_archived(proposal.cohort)
    lock_cohort(proposal.cohort_id)
    already: Poll | None = Poll.objects.filter(proposal=proposal).order_by("-round").first()
    if already is not None and already.state != PollState.CANCELLED:
        return already
    version, effect = latest_version(proposal), effects.get(proposal.effect_code)
    starts = effect.starts_on(version.effect_settings)
    if starts is not None and starts < civil_day(closes_at):
        raise Refused(
            _("La règle ne peut pas commencer avant la fin du vote."), field="in_force_from"
        )
    choices = effect.choices(version.effect_settings)
    statutes = ensure_statutes(cohort_id=proposal.cohort_id, day=civil_day(at))
    terms = terms_again(terms, round_number=1, max_rounds=statutes.consent_rounds)
    return _open_round(proposal, version, choices, terms, closes_at, actor, at)


@transaction.atomic
def open_next_round(*, poll: Poll, closes_at: dt.datetime, actor: Actor, at: dt.datetime) -> Poll:
    """Open another round of a vote that adopted nothing, by the same method and secrecy.

    On an unchanged text: between the options its count kept. On a newer version: between that
    version's options. A consent that ran out of rounds is put to its fallback majority. A repeated
    call gives the round already opened. Raises Refused as `open_poll` does, when the poll is not
    counted or adopted something, and when a text refused or still objected to has not changed.
    """
    lock_cohort(poll.proposal.cohort_id)
    already: Poll | None = (
        Poll.objects.filter(proposal_id=poll.proposal_id, round__gt=poll.round)
        .exclude(state=PollState.CANCELLED)
        .order_by("round")
        .first()
    )
    if already is not None:
        return already
    outcome = Outcome.objects.filter(poll=poll).exclude(kind__in=ADOPTING).first()
    if outcome is None:
        raise Refused(_("Un nouveau tour n’est possible qu’après un vote compté, sans choix."))
    version = latest_version(poll.proposal)
    changed = version.pk != poll.version_id
    statutes = ensure_statutes(cohort_id=poll.proposal.cohort_id, day=civil_day(at))
    terms = terms_again(
        Terms(poll.method, poll.rule, poll.secrecy),
        round_number=times_opened(poll.proposal) + 1,
        max_rounds=statutes.consent_rounds,
    )
    standing = objection_stands(poll)
    if rounds.stuck(outcome.kind, changed=changed, terms=terms, standing=standing):
        raise Refused(stuck_sentence(outcome))
    if changed:
        choices = effects.get(poll.proposal.effect_code).choices(version.effect_settings)
    else:
        choices = [
            Choice(option.code, option.label, option.help_text, option.cost_cents)
            for option in poll.options.all()
            if option.code in outcome.tally["again"]
        ]
    return _open_round(poll.proposal, version, choices, terms, closes_at, actor, at)


def lock_cohort(cohort_id: int) -> None:
    """Openings and counts of one cohort go one after the other."""
    Cohort.objects.select_for_update(no_key=True).get(pk=cohort_id)


def _open_round(
    proposal: Proposal,
    version: ProposalVersion,
    choices: Sequence[Choice],
    terms: Terms,
    closes_at: dt.datetime,
    actor: Actor,
    at: dt.datetime,
) -> Poll:
    """Write the draft and its options, then its roll, and open it: from there triggers refuse changes."""
    if proposal.is_withdrawn:
        raise Refused(_("Cette proposition a été retirée."))
    statutes = ensure_statutes(cohort_id=proposal.cohort_id, day=civil_day(at))
    rolls.check_end(closes_at, statutes, at)
    _refuse_same_subject(proposal, version)
    poll = _draft(proposal, version, choices, terms, closes_at)
    if poll.is_sealed:
        voters = rolls.voters_of(poll, statutes, civil_day(at))
        rolls.require_secrecy(poll.secrecy, len(voters))
        return announce(poll=poll, voters=voters, actor=actor, at=at)
    return rolls.start(poll=poll, statutes=statutes, actor=actor, at=at)


def _draft(
    proposal: Proposal,
    version: ProposalVersion,
    choices: Sequence[Choice],
    terms: Terms,
    closes_at: dt.datetime,
) -> Poll:
    effect = effects.get(proposal.effect_code)
    asked = effect.rule(version.effect_settings, terms.method)
    terms = replace(terms, rule={**terms.rule, **asked})
    poll: Poll = Poll.objects.create(
        proposal=proposal,
        version=version,
        round=times_opened(proposal) + 1,
        closes_at=closes_at,
        method=terms.method,
        rule=_checked(terms, choices),
        secrecy=terms.secrecy,
        publication=_publication(terms, effect),
        about_person=effect.about_person,
    )
    PollOption.objects.bulk_create(
        PollOption(
            poll=poll,
            position=position,
            code=choice.code,
            label=choice.label,
            help_text=choice.help_text,
            cost_cents=choice.cents,
        )
        for position, choice in enumerate(choices, start=1)
    )
    return poll


def _checked(terms: Terms, choices: Sequence[Choice]) -> dict[str, Any]:
    """The whole rule, its defaults written out; Refused when method, rule and answers do not fit."""
    method = Method(terms.method)
    if method.has_options != bool(choices):
        raise Refused(_("Cette façon de voter ne va pas avec cette question."), field="method")
    priced = method == Method.EQUAL_SHARES
    options = [{"id": one.code} | ({"cost": one.cents} if priced else {}) for one in choices]
    try:
        rule = tally.check_rule(
            method=method.value, rule=terms.rule, options=[one.code for one in choices]
        )
        tally.check_options(method=method.value, options=options, rule=rule)
    except tally.BadBallots as refusal:
        raise Refused(str(refusal), field="method") from refusal
    return rule


def _publication(terms: Terms, effect: effects.Effect) -> Publication:
    """The most that may ever be shown; few ballots show less (rules/publication.py)."""
    if terms.secrecy == Secrecy.OPEN:
        return Publication.FULL
    return Publication.OUTCOME_ONLY if effect.about_person else Publication.COUNTS


def _refuse_same_subject(proposal: Proposal, version: ProposalVersion) -> None:
    """Two votes at once on one law would leave it to the last to end."""
    effect = effects.get(proposal.effect_code)
    law = effect.law(version.effect_settings)
    under_way = (
        Poll.objects.of_cohort(proposal.cohort_id)
        .under_way()
        .select_related("proposal", "version")
        .exclude(proposal=proposal)
    )
    for poll in under_way:
        other = effects.get(poll.proposal.effect_code)
        if law and other.law(poll.effect_settings) == law:
            raise Refused(_("Un vote sur ce sujet est déjà ouvert."))
