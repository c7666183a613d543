"""The demo cohort's calendar: a weekly meeting, trainings, workdays; past half-days are signed."""

import datetime as dt

from django.utils import timezone

from cohorts.enums.sessions import Presence, SessionKind, Way
from cohorts.models import (
    Attendance,
    AttendanceChange,
    AttendanceSignature,
    Cohort,
    Enrolment,
    Session,
    Slot,
    TrainerSignature,
)
from cohorts.selectors.roll import expected_at, members_of
from cohorts.services.session_wishes import HalfDay, Repeat, SessionWishes, TrainerName
from cohorts.services.sessions import cancel_session, plan_sessions
from ct_platform.home.demo.people import COOPERANTS
from ct_platform.home.demo.scene import QUIET, Scene
from ct_platform.kit.actor import Actor
from ct_platform.kit.clock import monday_of
from members.models import Person

MORNING = HalfDay("morning", dt.time(9), dt.time(12))
AFTERNOON = HalfDay("afternoon", dt.time(13, 30), dt.time(17))
ODILE = TrainerName("Odile Perrin", "Lycée des Halles")


def plan_and_sign(scene: Scene) -> None:
    """Meetings every Monday, a training each other Tuesday, one of them today; the past is signed."""
    cohort, people, at, today = scene.cohort, scene.people, scene.at, scene.today
    actor = scene.coordinator
    first = monday_of(cohort.starts_on) + dt.timedelta(days=7)
    last = min(cohort.ends_on, today + dt.timedelta(days=28))

    def planned(title: str, kind: str, day: dt.date, *halves: HalfDay, **more: object) -> None:
        wishes = SessionWishes(
            kind=kind,
            title=title,
            place=str(more.get("place", "Maison de quartier, Valbrune")),
            day=day,
            halves=halves,
            trainers=(ODILE,) if kind == SessionKind.TRAINING else (),
        )
        repeat = Repeat(last, int(str(more["weeks"]))) if more.get("weeks") else None
        plan_sessions(cohort=cohort, wishes=wishes, repeat=repeat, actor=actor, at=at)

    planned("Réunion de la semaine", SessionKind.MEETING, first, MORNING, weeks=1)
    planned(
        "Hygiène en cuisine", SessionKind.TRAINING, first + dt.timedelta(days=1),
        MORNING, AFTERNOON, weeks=2,
    )  # fmt: skip
    planned(
        "Récolte au jardin", SessionKind.PRODUCTION, first + dt.timedelta(days=3),
        MORNING, place="Le potager, chemin des Saules", weeks=1,
    )  # fmt: skip
    planned("Vendre au juste prix", SessionKind.TRAINING, today, AFTERNOON)
    _cancel_one(cohort, actor, today, at)
    _sign_the_past(cohort, people, today)


def _cancel_one(cohort: Cohort, actor: Actor, today: dt.date, at: dt.datetime) -> None:
    coming = Session.objects.of_cohort(cohort.pk).filter(day__gt=today, kind="production").first()
    if coming is not None:
        cancel_session(
            session=coming,
            reason="Il va geler : on reporte à la semaine d’après.",
            with_following=False,
            actor=actor,
            at=at,
        )


def _sign_the_past(cohort: Cohort, people: dict[str, Person], today: dt.date) -> None:
    """Written in bulk, as the people of the story would have signed, week after week."""
    members = members_of(cohort.pk)
    absent, excused = people[COOPERANTS[-1].last_name].pk, people[COOPERANTS[5].last_name].pk
    held, signed, lines, led = [], [], [], []
    slots = Slot.objects.of_cohort(cohort.pk).planned().filter(session__day__lt=today)
    for slot in slots.select_related("session").prefetch_related("session__trainers").in_order():
        week = slot.session.day.isocalendar().week
        for rank, member in enumerate(expected_at(slot.session, members)):
            when = slot.starts_at + dt.timedelta(minutes=(rank * 7 + week) % 17 - 9)
            presence = _presence(member, week, absent, excused)
            if member.person_id == absent and slot.session.day >= today - QUIET:
                presence = Presence.ABSENT
            came = presence == Presence.PRESENT
            by_id = member.person_id if came else people["ines"].pk
            way = Way.PHONE if rank % 5 else Way.TABLET
            held.append(
                Attendance(slot=slot, enrolment=member, presence=presence, noted_at=when,
                           way=way if came else Way.NOTED, noted_by_id=by_id)
            )  # fmt: skip
            lines.append(_line(slot, member, when, by_id, presence))
            if came:
                signed.append(
                    AttendanceSignature(slot=slot, enrolment=member, way=way, at=when, by_id=by_id)
                )
        led += [
            TrainerSignature(slot=slot, trainer=one, way=Way.LINK, at=slot.starts_at)
            for one in slot.session.trainers.all()
        ]
    Attendance.objects.bulk_create(held)
    AttendanceSignature.objects.bulk_create(signed)
    AttendanceChange.objects.bulk_create(lines)
    TrainerSignature.objects.bulk_create(led)


def _presence(member: Enrolment, week: int, absent: int, excused: int) -> Presence:
    if member.person_id == absent and week % 3 == 0:
        return Presence.ABSENT
    if member.person_id == excused and week % 4 == 0:
        return Presence.EXCUSED
    return Presence.PRESENT


def _line(
    slot: Slot, member: Enrolment, when: dt.datetime, by_id: int, presence: Presence
) -> AttendanceChange:
    said = f"Signé à {timezone.localtime(when):%H h %M}" if presence == Presence.PRESENT else "Noté"
    return AttendanceChange(
        slot=slot, enrolment=member, at=when, by_id=by_id, sentence=f"{said} : {presence.label}."
    )
