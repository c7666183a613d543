"""Hours that a signed half-day proposes: one gesture, two facts. Nothing is written here."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from cohorts.enums.sessions import SessionKind
from cohorts.models import Attendance, Enrolment
from cohorts.selectors.my_agenda import Attended, attended_between
from projects.enums import WorkKind
from projects.models import WorkEntry
from projects.selectors.my_hours import OwnWeek

KINDS = {
    SessionKind.TRAINING: WorkKind.TRAINING,
    SessionKind.PRODUCTION: WorkKind.PRODUCTION,
    SessionKind.MEETING: WorkKind.MEETING,
    SessionKind.ASSEMBLY: WorkKind.MEETING,
}
# An attendance always makes the same entry: confirming it twice, or from two phones, notes it once.
_SPACE = uuid.UUID("5f0c4b0e-7d0a-4f4c-9b1b-3a2d8c6f1e90")


def entry_key(attendance_id: int) -> uuid.UUID:
    return uuid.uuid5(_SPACE, f"attendance:{attendance_id}")


@dataclass(frozen=True, slots=True)
class ProposedHours:
    """What a half-day proposes. `is_covered`: hours of that kind already stand on the day."""

    attended: Attended
    kind: WorkKind
    is_covered: bool
    already_minutes: int  # of that kind, noted by hand on that day

    @property
    def attendance_id(self) -> int:
        return int(self.attended.attendance.pk)

    @property
    def minutes(self) -> int:
        return self.attended.minutes

    @property
    def needs_project(self) -> bool:
        return self.kind == WorkKind.PRODUCTION

    @property
    def day(self) -> dt.date:
        found: dt.date = self.attended.session.day
        return found


def proposed_in_week(enrolment_id: int, week: OwnWeek) -> list[ProposedHours]:
    """The half-days of a week that are no hours yet, beside what the week holds. Two queries at most."""
    attended = attended_between(enrolment_id, week.monday, week.sunday)
    return _proposed(attended, [*week.entries, *week.withdrawn])


def proposed_between(enrolment_id: int, first: dt.date, last: dt.date) -> list[ProposedHours]:
    """The same between two days, both included. What was struck out is not proposed again."""
    attended = attended_between(enrolment_id, first, last)
    if not attended:
        return []
    entries = WorkEntry.objects.filter(enrolment_id=enrolment_id).between(first, last)
    return _proposed(attended, list(entries))


def _proposed(attended: list[Attended], entries: Iterable[WorkEntry]) -> list[ProposedHours]:
    made = {entry_key(one.attendance.pk) for one in attended}
    keys: set[uuid.UUID] = set()
    by_hand: dict[tuple[dt.date, str], int] = defaultdict(int)
    for entry in entries:
        keys.add(entry.client_uuid)
        counts = not (entry.is_withdrawn or entry.is_offered)
        if counts and entry.client_uuid not in made:
            by_hand[entry.day, entry.kind] += entry.minutes
    left = dict(by_hand)
    found = []
    for one in attended:
        if entry_key(one.attendance.pk) in keys:
            continue
        kind = KINDS[SessionKind(one.session.kind)]
        place = (one.session.day, kind)
        is_covered = left.get(place, 0) >= one.minutes
        if is_covered:
            left[place] -= one.minutes
        found.append(ProposedHours(one, kind, is_covered, by_hand.get(place, 0)))
    return found


def own_attendances(own: Enrolment) -> QuerySet[Attendance]:
    """The presences of one person, with their half-days."""
    found: QuerySet[Attendance] = Attendance.objects.filter(enrolment=own).select_related(
        "slot__session"
    )
    return found
