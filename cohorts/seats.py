"""What cohorts tells `members.seats`: the dated seats, and whom each seat may see."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from cohorts.enums import EnrolmentState
from cohorts.models import CoordinatorSeat, Enrolment, HostSeat, NetworkSeat, PartnerSeat
from ct_platform.kit.actor import Actor, Seat, SeatKind
from members.seats import SeatSource, register_sight, register_source


def coordinators_of(person_id: int, row: int | None, day: dt.date) -> Iterable[Seat]:
    rows = CoordinatorSeat.objects.in_force(day).filter(person_id=person_id)
    for seat in (rows.filter(pk=row) if row else rows).select_related("territory"):
        yield Seat(
            SeatKind.COORDINATOR,
            f"coordinator:{seat.pk}",
            _("coordination"),
            seat.territory.name,
            territory_id=seat.territory_id,
        )


def _host(person_id: int, row: int | None, day: dt.date) -> Iterable[Seat]:
    rows = HostSeat.objects.in_force(day).filter(person_id=person_id)
    for seat in (rows.filter(pk=row) if row else rows).select_related("organisation"):
        yield Seat(
            SeatKind.HOST,
            f"host:{seat.pk}",
            _("coopérative hôte"),
            seat.organisation.name,
            organisation_id=seat.organisation_id,
        )


def _partner(person_id: int, row: int | None, day: dt.date) -> Iterable[Seat]:
    rows = PartnerSeat.objects.in_force(day).filter(person_id=person_id)
    for seat in (rows.filter(pk=row) if row else rows).select_related("organisation"):
        yield Seat(
            SeatKind.PARTNER,
            f"partner:{seat.pk}",
            _("partenaire"),
            seat.organisation.name,
            organisation_id=seat.organisation_id,
        )


def _network(person_id: int, row: int | None, day: dt.date) -> Iterable[Seat]:
    rows = NetworkSeat.objects.in_force(day).filter(person_id=person_id)
    for seat in rows.filter(pk=row) if row else rows:
        yield Seat(SeatKind.NETWORK, f"network:{seat.pk}", _("réseau"), _("Le réseau"))


def _cooperant(person_id: int, row: int | None, day: dt.date) -> Iterable[Seat]:
    """Who left keeps a door to their own pay and papers; who was only selected has none yet."""
    rows = Enrolment.objects.filter(person_id=person_id).exclude(state=EnrolmentState.SELECTED)
    found = (
        rows.filter(pk=row) if row else rows.order_by("-cohort__starts_on", "-id")
    ).select_related("cohort")
    for enrolment in found:
        yield Seat(
            SeatKind.COOPERANT,
            f"cooperant:{enrolment.pk}",
            _("coopérant·e"),
            enrolment.cohort.name,
            territory_id=None,
            cohort_id=enrolment.cohort_id,
            enrolment_id=enrolment.pk,
        )


def _persons_of_cohorts(actor: Actor) -> QuerySet[Any]:
    return Enrolment.objects.visible_to(actor).values("person_id")


def register() -> None:
    register_source(SeatSource("network", _network))
    register_source(SeatSource("coordinator", coordinators_of))
    register_source(SeatSource("host", _host))
    register_source(SeatSource("partner", _partner))
    register_source(SeatSource("cooperant", _cooperant))
    register_sight(_persons_of_cohorts)
