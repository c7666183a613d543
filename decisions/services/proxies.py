"""Voting for somebody who asked for it: a written power, for one vote, given before it opens."""

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.models import Enrolment
from ct_platform.kit.actor import Actor
from ct_platform.kit.clock import civil_day
from ct_platform.kit.errors import Refused
from decisions import perms
from decisions.enums import ADOPTING, PollState
from decisions.models import Elector, Outcome, Poll, Proposal, Proxy, Statutes
from decisions.rules.proxies import SENTENCES, refusals
from decisions.selectors.statutes import statutes_in_force
from decisions.services.locks import lock_poll


@transaction.atomic
def give_proxy(
    *,
    proposal: Proposal,
    giver: Enrolment,
    holder: Enrolment,
    actor: Actor,
    at: dt.datetime,
) -> Proxy:
    """Give one's voice to somebody for the next vote on a proposal, before it opens.

    By the giver, or noted by the coordinator from a signed paper. Giving it twice to the same person
    gives the same power. Raises PermissionDenied for anybody else, Refused: vote open or over,
    withdrawn proposal, either of them without vote that day, or what rules/proxies.py refuses.
    """
    noted = perms.may_run_votes(actor, proposal.cohort)
    if not noted and actor.enrolment_id != giver.pk:
        raise PermissionDenied
    locked: Proposal = Proposal.objects.select_for_update().get(pk=proposal.pk)
    _require_before_opening(locked)
    waiting = Proxy.objects.filter(proposal=locked, poll__isnull=True, revoked_at__isnull=True)
    already: Proxy | None = waiting.filter(giver=giver, holder=holder).first()
    if already is not None:
        return already
    day = civil_day(at)
    statutes = statutes_in_force(locked.cohort_id, day) or Statutes()
    entitled = Enrolment.objects.filter(cohort_id=locked.cohort_id).entitled_to_vote(day)
    roll = set(entitled.values_list("pk", flat=True))
    given = [*waiting.values_list("giver_id", "holder_id"), (giver.pk, holder.pk)]
    refused = refusals(given, roll, statutes.proxies_per_holder)
    if giver.pk in refused:
        raise Refused(_(SENTENCES[refused[giver.pk]]), field="holder")
    return Proxy.objects.create(
        proposal=locked,
        giver=giver,
        holder=holder,
        given_at=at,
        on_paper=noted,
        noted_by_id=actor.person_id,
    )


def _require_before_opening(proposal: Proposal) -> None:
    if proposal.is_withdrawn:
        raise Refused(_("Cette proposition a été retirée."))
    if Poll.objects.filter(
        proposal=proposal, state__in=[PollState.OPEN, PollState.CLOSED]
    ).exists():
        raise Refused(_("Le vote est ouvert : une procuration se donne avant."))
    if Outcome.objects.filter(poll__proposal=proposal, kind__in=ADOPTING).exists():
        raise Refused(_("Le groupe a déjà décidé."))


@transaction.atomic
def revoke_proxy(*, proxy: Proxy, actor: Actor, at: dt.datetime) -> Proxy:
    """Take one's voice back, as long as it was not used; the next click changes nothing.

    By the giver; a power noted from paper, by the coordinator too. Raises PermissionDenied for
    anybody else (the holder included), Refused once the ballot was cast.
    """
    noted = proxy.on_paper and perms.may_run_votes(actor, proxy.proposal.cohort)
    if not noted and actor.enrolment_id != proxy.giver_id:
        raise PermissionDenied
    if proxy.poll is not None:
        # Casts queue behind the same lock: used or revoked, never both.
        lock_poll(proxy.poll)
    locked: Proxy = Proxy.objects.select_for_update().get(pk=proxy.pk)
    if locked.revoked_at is not None:
        return locked
    if locked.poll_id is not None:
        line = Elector.objects.filter(poll_id=locked.poll_id, enrolment_id=locked.giver_id)
        if line.filter(used=True).exists():
            raise Refused(_("Cette voix a déjà servi : elle ne se reprend plus."))
        line.update(proxy_holder=None)
    locked.revoked_at = at
    locked.save(update_fields=["revoked_at"])
    return locked


def bind_proxies(*, poll: Poll, statutes: Statutes, at: dt.datetime) -> None:
    """At the opening, tie the waiting powers to this poll's roll; those that cannot serve end here.

    The statutes of that day decide how many one person may hold. The caller writes the roll first
    and opens the poll afterwards.
    """
    waiting = Proxy.objects.filter(
        proposal_id=poll.proposal_id, poll__isnull=True, revoked_at__isnull=True
    ).select_for_update()
    powers = list(waiting.order_by("given_at", "pk"))
    roll = set(Elector.objects.filter(poll=poll).values_list("enrolment_id", flat=True))
    given = [(power.giver_id, power.holder_id) for power in powers]
    refused = refusals(given, roll, statutes.proxies_per_holder)
    for power in powers:
        if power.giver_id in refused:
            power.revoked_at = at
        else:
            power.poll = poll
            Elector.objects.filter(poll=poll, enrolment_id=power.giver_id).update(
                proxy_holder_id=power.holder_id
            )
        power.save(update_fields=["poll", "revoked_at"])
