"""Which contracts bind, and since when: the clauses that pay and papers share."""

import datetime as dt
from typing import Any, Self

from django.db import models
from django.db.models import Q

from cohorts.enums.contracts import BINDING, AuthorityNoticeState, ContractState
from cohorts.querysets import EnrolmentScopedQuerySet
from ct_platform.kit.actor import Actor, SeatKind


def counted(path: str = "") -> Q:
    """Contracts that pay goes by, reached by `path` ("", "contracts__").

    A first contract counts from its dates, signed or not: many cohorts sign on paper and record it
    late, and somebody at work is paid. A renewal counts once both have signed it, and what was
    cancelled never does. Written without negation, which would ask about all the contracts at once.
    """
    begun = [ContractState.DRAFT, ContractState.TO_SIGN]
    return Q(**{f"{path}state__in": BINDING}) | Q(
        **{f"{path}state__in": begun, f"{path}renews__isnull": True}
    )


def reaching(first: dt.date, last: dt.date, path: str = "") -> Q:
    """Contracts with a day between two dates, both counted; an early end is the end."""
    planned = Q(**{f"{path}ended_on__isnull": True, f"{path}ends_on__gte": first})
    early = Q(**{f"{path}ended_on__gte": first})
    return Q(**{f"{path}starts_on__lte": last}) & (planned | early)


class ContractQuerySet(EnrolmentScopedQuerySet):
    def visible_to(self, actor: Actor) -> Self:
        """A coopérant sees their own; the coordinator and the host, those of their cohorts."""
        if actor.kind == SeatKind.COOPERANT:
            return self.filter(enrolment_id=actor.enrolment_id)
        return super().visible_to(actor)

    def counted(self) -> Self:
        return self.filter(counted())

    def reaching(self, first: dt.date, last: dt.date) -> Self:
        return self.filter(reaching(first, last))

    def standing(self) -> Self:
        return self.exclude(state=ContractState.CANCELLED)

    def binding(self) -> Self:
        """Signed by both, still running or not."""
        return self.filter(state__in=BINDING)

    def in_state(self, *states: ContractState) -> Self:
        return self.filter(state__in=states)

    def running_on(self, day: dt.date) -> Self:
        return self.filter(state=ContractState.SIGNED, starts_on__lte=day, ends_on__gte=day)

    def ending_between(self, first: dt.date, last: dt.date) -> Self:
        """Signed, and whose last day comes between two dates, with no renewal both have signed."""
        return self.filter(
            state=ContractState.SIGNED, ends_on__gte=first, ends_on__lte=last
        ).exclude(renewals__state__in=BINDING)


class OfContractQuerySet(EnrolmentScopedQuerySet):
    """Rows that belong to a contract: its points, files, amendments, notices."""

    cohort_path = "contract__enrolment__cohort"

    def visible_to(self, actor: Actor) -> Self:
        if actor.kind == SeatKind.COOPERANT:
            return self.filter(contract__enrolment_id=actor.enrolment_id)
        return super().visible_to(actor)

    def due(self) -> Self:
        """Notices still to be sent."""
        return self.filter(state=AuthorityNoticeState.DUE)


class ContractTermsQuerySet(models.QuerySet[Any]):
    def visible_to(self, actor: Actor) -> Self:
        """A host's own settings: nobody else reads them."""
        return self.filter(host_id=actor.organisation_id) if actor.is_host else self.none()

    def in_force(self, day: dt.date) -> Self:
        """Those in force on a day, the newest first."""
        return self.filter(in_force_from__lte=day).order_by("-in_force_from", "-pk")
