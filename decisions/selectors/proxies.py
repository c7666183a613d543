"""Powers to vote for somebody: given, held, and those one may still give."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet

from cohorts.models import Enrolment
from ct_platform.kit.actor import Actor
from decisions.enums import PollState
from decisions.models import Elector, Proposal, Proxy


@dataclass(frozen=True, slots=True)
class GivenPower:
    proxy: Proxy
    used: bool


@dataclass(frozen=True, slots=True)
class MyPowers:
    """What one person gave, holds for others, and may still give."""

    given: tuple[GivenPower, ...]
    held: tuple[Proxy, ...]
    proposals: tuple[Proposal, ...]  # not voted yet, and no power given


def standing(cohort_id: int) -> QuerySet[Proxy]:
    """Powers that wait for their vote or serve in one under way, oldest first. One query."""
    return (
        Proxy.objects.of_cohort(cohort_id)
        .filter(revoked_at__isnull=True)
        .exclude(poll__state__in=[PollState.COUNTED, PollState.CANCELLED])
        .select_related("proposal__cohort", "poll", "giver__person", "holder__person")
        .order_by("given_at", "pk")
    )


def votable(cohort_id: int) -> list[Proposal]:
    """Proposals for which a power may still be given: not voted yet. One query."""
    rows = Proposal.objects.of_cohort(cohort_id).undecided().select_related("cohort")
    return list(rows.order_by("-created_at", "-pk"))


def my_powers(actor: Actor) -> MyPowers:
    """Three queries."""
    mine = [
        proxy
        for proxy in standing(actor.cohort_id or 0)
        if actor.enrolment_id in (proxy.giver_id, proxy.holder_id)
    ]
    given = [proxy for proxy in mine if proxy.giver_id == actor.enrolment_id]
    polls = [proxy.poll_id for proxy in given if proxy.poll_id]
    own = Elector.objects.filter(poll_id__in=polls, enrolment_id=actor.enrolment_id or 0, used=True)
    used = set(own.values_list("poll_id", flat=True))
    waiting = {proxy.proposal_id for proxy in given if proxy.poll_id is None}
    return MyPowers(
        given=tuple(GivenPower(proxy, proxy.poll_id in used) for proxy in given),
        held=tuple(proxy for proxy in mine if proxy.holder_id == actor.enrolment_id),
        proposals=tuple(one for one in votable(actor.cohort_id or 0) if one.pk not in waiting),
    )


def people_who_vote(cohort_id: int, day: dt.date) -> QuerySet[Enrolment]:
    """Who may give or hold a power on that day, by name. One query."""
    return (
        Enrolment.objects.filter(cohort_id=cohort_id)
        .entitled_to_vote(day)
        .select_related("person")
        .order_by("person__first_name", "person__last_name", "pk")
    )


def others_who_vote(actor: Actor, day: dt.date) -> QuerySet[Enrolment]:
    """Whom this person may ask to vote for them. One query."""
    return people_who_vote(actor.cohort_id or 0, day).exclude(pk=actor.enrolment_id or 0)


def own_enrolment(actor: Actor) -> Enrolment:
    """The coopérant's own line in the cohort. One query."""
    own: Enrolment = Enrolment.objects.get(pk=actor.enrolment_id or 0)
    return own
