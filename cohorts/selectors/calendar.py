"""The calendar of a cohort: a month, its sessions and phases, and what crosses what."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Count, Prefetch
from django.utils.translation import gettext as _

from cohorts.gatherings import Gathering, gatherings_of
from cohorts.models import Cohort, Enrolment, Phase, Session, SessionTrainer, Slot
from cohorts.rules.sessions import cross
from cohorts.selectors.event_days import EventLine, events_between
from ct_platform.kit.clock import Month, monday_of
from ct_platform.kit.templatetags.words import hour_fr
from members.models import Person
from members.rules import fold


def hours_of(slots: Iterable[Slot]) -> str:
    """ "9 h – 12 h et 13 h 30 – 17 h"."""
    said = [f"{hour_fr(one.starts)} – {hour_fr(one.ends)}" for one in slots]
    return (
        _("%(first)s et %(last)s") % {"first": ", ".join(said[:-1]), "last": said[-1]}
        if len(said) > 1
        else "".join(said)
    )


@dataclass(frozen=True, slots=True)
class DayLine:
    """One session on a day of the calendar."""

    session: Session
    hours: str
    noted: int  # presences known so far, all half-days together


@dataclass(frozen=True, slots=True)
class CalendarDay:
    day: dt.date
    is_inside: bool  # of the month
    is_today: bool
    lines: list[DayLine]
    gatherings: list[Gathering]  # assemblies, said by the apps that know them
    events: list[EventLine]


@dataclass(frozen=True, slots=True)
class CalendarWeek:
    monday: dt.date
    days: list[CalendarDay]
    phases: list[Phase]

    @property
    def is_empty(self) -> bool:
        return not any(day.lines or day.events or day.gatherings for day in self.days)


@dataclass(frozen=True, slots=True)
class CalendarPage:
    cohort: Cohort
    month: Month
    weeks: list[CalendarWeek]
    before: str  # "2026-10", empty at the ends
    after: str
    count: int


def nearest_day(day: dt.date, cohort: Cohort) -> dt.date:
    """`day` brought back inside the cohort. No query."""
    return min(max(day, cohort.starts_on), cohort.ends_on)


def calendar_page(cohort: Cohort, asked: dt.date | None, today: dt.date) -> CalendarPage:
    """A month of the cohort (that of `asked`, else of today), whole weeks. Four queries."""
    month = Month.of(nearest_day(asked or today, cohort))
    first, last = monday_of(month.first), monday_of(month.last) + dt.timedelta(days=6)
    lines = _lines(cohort, first, last)
    events = events_between(cohort.pk, first, last)
    others = gatherings_of([cohort.pk], first, last)
    phases = list(cohort.phases.all())
    mondays = [first + dt.timedelta(weeks=n) for n in range((last - first).days // 7 + 1)]
    earlier = Month.of(month.first - dt.timedelta(days=1))
    weeks = [_week(monday, month, (lines, events, others), phases, today) for monday in mondays]
    return CalendarPage(
        cohort=cohort,
        month=month,
        weeks=weeks,
        before=f"{earlier.first:%Y-%m}" if earlier.last >= cohort.starts_on else "",
        after=f"{month.next.first:%Y-%m}" if month.next.first <= cohort.ends_on else "",
        count=sum(
            len(day.lines) + len(day.events) + len(day.gatherings)
            for week in weeks
            for day in week.days
        ),
    )


def _lines(cohort: Cohort, first: dt.date, last: dt.date) -> dict[dt.date, list[DayLine]]:
    rows = (
        Session.objects.of_cohort(cohort.pk)
        .between(first, last)
        .annotate(noted=Count("slots__attendances"))
        .prefetch_related("slots")
        .order_by("day", "pk")
    )
    found = [DayLine(one, hours_of(one.slots.all()), one.noted) for one in rows]
    return {
        day: sorted(several, key=lambda line: line.session.slots.all()[0].starts)
        for day, several in groupby(found, key=lambda line: line.session.day)
    }


def _week(
    monday: dt.date,
    month: Month,
    planned: tuple[dict[dt.date, list[DayLine]], dict[dt.date, list[EventLine]], list[Gathering]],
    phases: Sequence[Phase],
    today: dt.date,
) -> CalendarWeek:
    lines, events, others = planned
    days = [monday + dt.timedelta(days=n) for n in range(7)]
    return CalendarWeek(
        monday=monday,
        days=[
            CalendarDay(
                day=day,
                is_inside=month.first <= day <= month.last,
                is_today=day == today,
                lines=lines.get(day, []),
                events=events.get(day, []),
                gatherings=[one for one in others if one.day == day],
            )
            for day in days
        ],
        phases=[one for one in phases if one.starts_on <= days[-1] and one.ends_on >= monday],
    )


def conflicts_of(session: Session) -> list[str]:
    """What crosses a session, in sentences: same place, same trainer, same person awaited twice.

    Among the sessions of the territory, that day, and the events of the cohort. Three queries when
    nothing crosses, seven at most.
    """
    own = list(session.slots.all())
    if session.is_cancelled:
        return []
    events = _same_hours(session, own)
    others = (
        Slot.objects.planned()
        .filter(session__day=session.day, session__cohort__territory_id=session.cohort.territory_id)
        .exclude(session_id=session.pk)
        .select_related("session__cohort")
        .order_by("starts", "pk")
    )
    crossing = {
        other.session_id: other
        for other in others
        if any(cross((one.starts, one.ends), (other.starts, other.ends)) for one in own)
    }
    if not crossing:
        return events
    said = [
        _("« %(title)s » est au même endroit, %(hours)s.") % _named(other)
        for other in crossing.values()
        if fold(other.session.place) == fold(session.place)
    ]
    return said + _same_trainers(session, crossing) + _same_people(session, crossing) + events


def _same_hours(session: Session, own: Sequence[Slot]) -> list[str]:
    found = events_between(session.cohort_id, session.day, session.day).get(session.day, [])
    return [
        _("Le groupe est aussi attendu à « %(title)s », %(hours)s.")
        % {"title": line.event.title, "hours": line.moment}
        for line in found
        if not line.is_cancelled
        and any(cross((slot.starts, slot.ends), line.event.hours) for slot in own)
    ]


def _named(other: Slot) -> dict[str, str]:
    return {"title": other.session.title, "hours": hours_of([other])}


def _same_trainers(session: Session, crossing: dict[int, Slot]) -> list[str]:
    keys = [one.key for one in session.trainers.all()]
    if not keys:
        return []
    rows = SessionTrainer.objects.filter(session__in=crossing, key__in=keys).order_by("pk")
    return [
        _("%(name)s mène aussi « %(title)s », %(hours)s.")
        % {"name": one.name, **_named(crossing[one.session_id])}
        for one in rows
    ]


def _same_people(session: Session, crossing: dict[int, Slot]) -> list[str]:
    sessions = Session.objects.filter(pk__in=crossing).prefetch_related(
        Prefetch("invited", queryset=Enrolment.objects.select_related("person"))
    )
    mine = _awaited(session)
    said = []
    for other in sessions:
        both = [person for key, person in _awaited(other).items() if key in mine]
        if not both:
            continue
        words = _named(crossing[other.pk])
        if len(both) == 1:
            said.append(
                _("%(name)s est aussi attendu·e à « %(title)s », %(hours)s.")
                % {"name": both[0].full_name, **words}
            )
        else:
            said.append(
                _("%(n)d personnes sont aussi attendues à « %(title)s », %(hours)s.")
                % {"n": len(both), **words}
            )
    return said


def _awaited(session: Session) -> dict[int, Person]:
    rows = (
        Enrolment.objects.of_cohort(session.cohort_id).active().select_related("person")
        if session.is_for_all
        else session.invited.all()
    )
    return {one.person_id: one.person for one in rows}
