"""What is said of a proposal before the vote: for, against, questions, changes. Nothing is deleted."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.services.closing import refuse_archived
from ct_platform.kit.actor import Actor
from ct_platform.kit.errors import Refused
from decisions import perms
from decisions.enums import ContributionKind
from decisions.models import Contribution, Proposal, ProposalVersion
from decisions.services.proposals import require_undecided, write_version

SAID_BY_ANYBODY = frozenset(
    {
        ContributionKind.PRO,
        ContributionKind.CON,
        ContributionKind.QUESTION,
        ContributionKind.AMENDMENT,
    }
)


@transaction.atomic
def contribute(
    *, proposal: Proposal, kind: str, text: str, actor: Actor, at: dt.datetime
) -> Contribution:
    """Say something of a proposal. Saying the same again gives what was already said.

    Raises PermissionDenied for anybody but a coopérant still in the group, Refused when a vote is
    under way or made, the proposal is withdrawn, nothing is said, or `kind` is an answer.
    """
    refuse_archived(proposal.cohort)
    if not perms.may_discuss(actor, proposal):
        raise PermissionDenied
    if kind not in SAID_BY_ANYBODY:
        raise Refused(_("Choisis ce que tu veux dire."), field="kind")
    locked = _lock(proposal)
    return _say(locked, ContributionKind(kind), text, actor, at)


@transaction.atomic
def answer(*, question: Contribution, text: str, actor: Actor, at: dt.datetime) -> Contribution:
    """Answer a question: any coopérant, or the coordination, who knows facts.

    Raises PermissionDenied, and Refused as `contribute`, or when it is no question that stands.
    """
    if not perms.may_answer(actor, question.proposal):
        raise PermissionDenied
    locked = _lock(question.proposal)
    asked = Contribution.objects.select_for_update().get(pk=question.pk)
    if asked.kind != ContributionKind.QUESTION or asked.withdrawn_at is not None:
        raise Refused(_("Cette question n’est plus posée."), field="text")
    return _say(locked, ContributionKind.ANSWER, text, actor, at, answers=asked)


@transaction.atomic
def take_in(
    *,
    change: Contribution,
    text: str,
    effect_settings: Mapping[str, Any],
    said: str,
    actor: Actor,
    at: dt.datetime,
) -> ProposalVersion:
    """Write the version that takes a proposed change in. Twice, it gives the same version.

    Raises PermissionDenied for anybody but who carries the proposal; Refused as `write_version`,
    when the change was settled or withdrawn, or when the new wording changes nothing.
    """
    if not perms.may_carry(actor, change.proposal):
        raise PermissionDenied
    _lock(change.proposal)
    asked = _standing_change(change)
    if asked.taken_in is not None:
        return asked.taken_in
    before = change.proposal.versions.count()
    version = write_version(
        proposal=change.proposal,
        text=text,
        effect_settings=effect_settings,
        change=said,
        actor=actor,
        at=at,
    )
    if version.number == before:
        raise Refused(_("Le texte n’a pas changé."), field="text")
    asked.taken_in = version
    asked.save(update_fields=["taken_in"])
    return version


@transaction.atomic
def decline(*, change: Contribution, why: str, actor: Actor, at: dt.datetime) -> Contribution:
    """Say why a proposed change is not taken in. The same reason again changes nothing.

    Raises PermissionDenied for anybody but who carries the proposal, Refused without a reason or
    when the change was settled or withdrawn.
    """
    if not perms.may_carry(actor, change.proposal):
        raise PermissionDenied
    require_undecided(_lock(change.proposal))
    asked = _standing_change(change)
    if asked.taken_in is not None:
        raise Refused(_("Ce changement est déjà dans le texte."), field="why")
    if not why.strip():
        raise Refused(_("Dis pourquoi, en une phrase."), field="why")
    asked.declined_why = why.strip()
    asked.save(update_fields=["declined_why"])
    return asked


@transaction.atomic
def withdraw(*, contribution: Contribution, actor: Actor, at: dt.datetime) -> Contribution:
    """Take back what one said: the line stays, its words are no longer shown. Twice is once.

    Raises PermissionDenied for anybody but its author, Refused once a vote is under way or made, or
    when the change is already in the text.
    """
    if contribution.author_id != actor.person_id:
        raise PermissionDenied
    locked = _lock(contribution.proposal)
    own: Contribution = Contribution.objects.select_for_update().get(pk=contribution.pk)
    if own.withdrawn_at is not None:
        return own
    require_undecided(locked)
    if own.taken_in_id is not None:
        raise Refused(_("Ce changement est déjà dans le texte."))
    own.withdrawn_at = at
    own.save(update_fields=["withdrawn_at"])
    return own


@transaction.atomic
def withdraw_proposal(*, proposal: Proposal, actor: Actor, at: dt.datetime) -> Proposal:
    """Withdraw a whole proposal before any vote adopts it. Twice is once.

    Raises PermissionDenied for anybody but who carries it, Refused while a vote is under way.
    """
    if not perms.may_carry(actor, proposal):
        raise PermissionDenied
    locked = _lock(proposal)
    if locked.is_withdrawn:
        return locked
    require_undecided(locked)
    locked.withdrawn_at, locked.withdrawn_by_id = at, actor.person_id
    locked.save(update_fields=["withdrawn_at", "withdrawn_by"])
    return locked


def _say(
    proposal: Proposal,
    kind: ContributionKind,
    text: str,
    actor: Actor,
    at: dt.datetime,
    answers: Contribution | None = None,
) -> Contribution:
    require_undecided(proposal)
    if not text.strip():
        raise Refused(_("Écris ta phrase."), field="text")
    words = {"proposal": proposal, "kind": kind, "text": text.strip(), "answers": answers}
    again: Contribution | None = Contribution.objects.filter(
        author_id=actor.person_id, withdrawn_at__isnull=True, **words
    ).first()
    if again is not None:
        return again
    said: Contribution = Contribution.objects.create(author_id=actor.person_id, said_at=at, **words)
    return said


def _standing_change(change: Contribution) -> Contribution:
    asked: Contribution = Contribution.objects.select_for_update().get(pk=change.pk)
    if asked.kind != ContributionKind.AMENDMENT or asked.withdrawn_at is not None:
        raise Refused(_("Ce changement n’est plus proposé."))
    return asked


def _lock(proposal: Proposal) -> Proposal:
    locked: Proposal = Proposal.objects.select_for_update().get(pk=proposal.pk)
    return locked
