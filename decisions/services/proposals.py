"""What is put to the group, written down: a question, and a text in versions."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from cohorts.enums import CohortState
from cohorts.models import Cohort
from ct_platform.kit.actor import Actor
from ct_platform.kit.errors import Refused
from decisions import effects
from decisions.enums import PollState
from decisions.models import Poll, Proposal, ProposalVersion


@transaction.atomic
def write_proposal(
    *,
    cohort: Cohort,
    title: str,
    text: str = "",
    effect_code: str,
    effect_settings: Mapping[str, Any],
    actor: Actor,
    at: dt.datetime,
) -> Proposal:
    """Write a proposal and its first version: its question and what its adoption does.

    Whoever writes as a coopérant owns it. Raises Refused: empty question, unknown effect, archived
    cohort.
    """
    if not title.strip():
        raise Refused(_("Écrivez la question."), field="title")
    if effects.find(effect_code) is None:
        raise Refused(_("Ce que fait cette décision est inconnu."))
    if cohort.state == CohortState.ARCHIVED:
        raise Refused(_("La cohorte est archivée : on n’y vote plus."))
    proposal: Proposal = Proposal.objects.create(
        cohort=cohort,
        title=title.strip(),
        effect_code=effect_code,
        written_by_id=actor.person_id,
        owner_id=actor.enrolment_id if actor.is_cooperant else None,
    )
    ProposalVersion.objects.create(
        proposal=proposal,
        number=1,
        text=text.strip(),
        effect_settings=dict(effect_settings),
        written_by_id=actor.person_id,
        written_at=at,
    )
    return proposal


@transaction.atomic
def write_version(
    *,
    proposal: Proposal,
    text: str,
    effect_settings: Mapping[str, Any],
    change: str,
    actor: Actor,
    at: dt.datetime,
) -> ProposalVersion:
    """Write the next version of a proposal; `change` says in one sentence what is new.

    A wording that is the same changes nothing and gives the latest again. Raises Refused: a vote
    is under way on it, it was adopted or withdrawn, or the change is not said.
    """
    locked: Proposal = Proposal.objects.select_for_update().get(pk=proposal.pk)
    require_undecided(locked)
    latest = latest_version(locked)
    if (latest.text, latest.effect_settings) == (text.strip(), dict(effect_settings)):
        return latest
    if not change.strip():
        raise Refused(_("Dis en une phrase ce qui change."), field="change")
    return ProposalVersion.objects.create(
        proposal=locked,
        number=latest.number + 1,
        text=text.strip(),
        effect_settings=dict(effect_settings),
        change=change.strip(),
        written_by_id=actor.person_id,
        written_at=at,
    )


def require_undecided(proposal: Proposal) -> None:
    """Raises Refused when the text may no longer change: withdrawn, being voted, or adopted."""
    if proposal.is_withdrawn:
        raise Refused(_("Cette proposition a été retirée."))
    if not Proposal.objects.undecided().filter(pk=proposal.pk).exists():
        raise Refused(_("On vote sur ce texte, ou le vote l’a adopté : il ne change plus."))


def latest_version(proposal: Proposal) -> ProposalVersion:
    """The wording that a vote opened now would freeze. One query."""
    return proposal.versions.order_by("-number")[0]


def times_opened(proposal: Proposal) -> int:
    """The number of the last round, cancelled ones included; 0 before any vote. One query."""
    last: int | None = (
        Poll.objects.filter(proposal=proposal)
        .exclude(state=PollState.DRAFT)
        .aggregate(last=Max("round"))["last"]
    )
    return last or 0
