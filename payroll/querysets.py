import datetime as dt
from typing import Any, Self

from django.db import models
from django.db.models import Q

from cohorts.querysets import CohortScopedQuerySet, cohort_scope
from ct_platform.kit.actor import Actor, SeatKind
from payroll.enums import ISSUED_STATES, SlipKind


class HostOwnedQuerySet(models.QuerySet[Any]):
    def visible_to(self, actor: Actor) -> Self:
        match actor.kind:
            case SeatKind.HOST:
                return self.filter(host_id=actor.organisation_id)
            case SeatKind.COORDINATOR:
                return self.filter(host__hosted_cohorts__territory_id=actor.territory_id).distinct()
            case _:
                return self.none()

    def confirmed(self) -> Self:
        """Profiles a slip may be issued under, by kind of contract, the newest first."""
        return self.filter(confirmed_at__isnull=False).order_by("code", "-version")

    def in_force(self, day: dt.date) -> Self:
        """Latest first: take the first row."""
        return self.filter(in_force_from__lte=day).order_by("-in_force_from", "-id")


class OwnPayQuerySet(CohortScopedQuerySet):
    """Pay of one person: seen by that person and the host's seats, never by a co-worker."""

    enrolment_path = "enrolment"
    seen_by = frozenset({SeatKind.HOST})

    def visible_to(self, actor: Actor) -> Self:
        own = self._own(actor)
        if actor.kind in self.seen_by:
            return self.filter(own | cohort_scope(actor, self.cohort_path))
        return self.filter(own)

    def of_person(self, actor: Actor) -> Self:
        """The actor's own, whatever their seat."""
        return self.filter(self._own(actor))

    def _own(self, actor: Actor) -> Q:
        return Q(**{f"{self.enrolment_path}__person_id": actor.person_id})


class StaffPayQuerySet(CohortScopedQuerySet):
    """Runs show everybody's pay: staff only."""

    def visible_to(self, actor: Actor) -> Self:
        if actor.kind in (SeatKind.COORDINATOR, SeatKind.HOST):
            return self.filter(cohort_scope(actor, self.cohort_path))
        return self.none()

    def with_people(self) -> Self:
        """With everything the page of a run names: who did what, for whom, under which profile."""
        return self.select_related(
            "cohort__host", "rule", "settings", "profile", "reviewed_by", "approved_by", "issued_by",
            "reserve_decision__poll__proposal",
        )  # fmt: skip


class ShareQuerySet(OwnPayQuerySet):
    """Shares stand on the run's page, which the coordinator reads and answers for."""

    cohort_path = "run__cohort"
    seen_by = frozenset({SeatKind.COORDINATOR, SeatKind.HOST})

    def issued(self) -> Self:
        """Of runs that are issued: before that, a figure may still change."""
        return self.filter(run__state__in=ISSUED_STATES)

    def with_run(self) -> Self:
        """With the run, the person, every slip made of the share, every correction. Three more queries."""
        return self.select_related(
            "run__cohort__host", "run__settings", "enrolment__person"
        ).prefetch_related("slips__document", "corrections")

    def to_correct(self) -> Self:
        """With what asking the engine again and printing a new slip read. Five more queries."""
        return self.select_related(
            "run__cohort__host", "run__profile", "run__settings", "run__rule", "enrolment__person"
        ).prefetch_related(
            "slips__document",
            "slips__correction",
            "corrections__profile",
            "withholdings__adjustment__decision",
        )


class PayslipQuerySet(OwnPayQuerySet):
    """A slip carries an address and a tax rate: the person and the host, not the coordinator."""

    cohort_path = "share__run__cohort"
    enrolment_path = "share__enrolment"

    def of_run(self, run: models.Model) -> Self:
        """Every slip of a run already in sight, for who follows where slips are without opening them."""
        return self.filter(share__run=run)

    def standing(self) -> Self:
        """Neither a counter-slip nor a slip one cancelled: one a share."""
        return self.filter(kind=SlipKind.SLIP, cancelled_by__isnull=True)


class AccountEntryQuerySet(OwnPayQuerySet):
    cohort_path = "enrolment__cohort"


class HostPayQuerySet(CohortScopedQuerySet):
    """What only the host's seats handle: payments, corrections, uploads, personal terms."""

    def visible_to(self, actor: Actor) -> Self:
        if actor.kind is SeatKind.HOST:
            return self.filter(cohort_scope(actor, self.cohort_path))
        return self.none()


class EnrolmentPayQuerySet(HostPayQuerySet):
    cohort_path = "enrolment__cohort"


class RunScopedQuerySet(HostPayQuerySet):
    cohort_path = "run__cohort"


class ShareScopedQuerySet(HostPayQuerySet):
    cohort_path = "share__run__cohort"

    def with_papers(self) -> Self:
        """With what the page of a correction reads. One more query."""
        return self.select_related(
            "share__run__cohort__host",
            "share__enrolment__person",
            "corrects__correction",
            "proposed_by",
            "decided_by",
        ).prefetch_related("slips__document")


class UploadQuerySet(HostPayQuerySet):
    pass


class UploadedSlipQuerySet(HostPayQuerySet):
    cohort_path = "upload__cohort"


class PersonPayQuerySet(models.QuerySet[Any]):
    """Acts of a person about their own pay: theirs, whatever the seat."""

    def of_person(self, person_id: int) -> Self:
        return self.filter(person_id=person_id)
