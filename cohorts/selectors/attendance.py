"""Presences as tables: one session, or all the half-days of a cohort. What funders count."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from cohorts.enums.sessions import CAME, CorrectionState, Presence, Way
from cohorts.models import (
    Attendance,
    AttendanceChange,
    AttendanceSignature,
    Cohort,
    CorrectionRequest,
    Enrolment,
    Session,
    SessionTrainer,
    Slot,
    TrainerSignature,
)
from cohorts.selectors.roll import expected_at, is_expected, members_of
from ct_platform.kit.templatetags.words import hour_fr


@dataclass(frozen=True, slots=True)
class Badge:
    tone: str
    icon: str
    label: str


_SIGNED_ICONS = {Way.PHONE: "telephone", Way.TABLET: "oeil", Way.PAPER: "papier"}


@dataclass(frozen=True, slots=True)
class Cell:
    """One person on one half-day. `signed_at`: their signature; `attendance`: what is held true."""

    slot: Slot
    is_expected: bool
    attendance: Attendance | None
    signature: AttendanceSignature | None
    is_questioned: bool = False

    @property
    def is_signed(self) -> bool:
        return self.signature is not None

    @property
    def text(self) -> str:
        """What the sheet says: "Signé à 8 h 57", "Absence excusée", or that nobody signed."""
        if not self.is_expected:
            return ""
        if self.attendance is None:
            return _("Pas signé")
        label = Presence(self.attendance.presence).label
        if self.signature is not None and self.attendance.came:
            if self.signature.way == Way.PAPER:
                return _("Signé sur papier")
            signed = _("Signé à %s") % hour_fr(self.signature.at)
            return f"{signed}, {label}" if self.attendance.presence == Presence.LATE else signed
        return str(label).capitalize()

    @property
    def badge(self) -> Badge:
        if self.is_questioned:
            return Badge("warn", "bulle", self.text)
        if self.attendance is None:
            return Badge("warn", "stylo", self.text)
        if self.attendance.came:
            return Badge("ok", "ok", self.text)
        icon = "info" if self.attendance.presence == Presence.EXCUSED else "non-rond"
        return Badge("wait", icon, self.text)

    @property
    def way_icon(self) -> str:
        return _SIGNED_ICONS.get(Way(self.signature.way), "") if self.signature else ""

    @property
    def way_label(self) -> str:
        if self.signature is not None:
            return str(Way(self.signature.way).label)
        return str(Way(self.attendance.way).label) if self.attendance else ""


@dataclass(frozen=True, slots=True)
class Line:
    enrolment: Enrolment
    cells: list[Cell]

    @property
    def name(self) -> str:
        return str(self.enrolment.person.full_name)

    @property
    def is_expected(self) -> bool:
        return any(cell.is_expected for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Column:
    """One half-day and how complete its sheet is."""

    slot: Slot
    trainers: list[SessionTrainer]
    trainer_signatures: list[TrainerSignature]
    expected: int
    came: int
    signed: int
    known: int

    @property
    def missing(self) -> int:
        """Neither a signature nor a note."""
        return self.expected - self.known

    @property
    def is_complete(self) -> bool:
        return self.missing == 0 and len(self.trainer_signatures) >= len(self.trainers)


@dataclass(frozen=True, slots=True)
class Unsigned:
    """A box of the sheet that nobody signed: what a paper sheet may fill."""

    value: str  # "slot:enrolment"
    name: str
    half: str

    @property
    def label(self) -> str:
        return f"{self.name}, {self.half}"


@dataclass(frozen=True, slots=True)
class Table:
    columns: list[Column]
    lines: list[Line]
    sessions: list[Session] = field(default_factory=list)

    @property
    def missing(self) -> list[tuple[Line, Cell]]:
        return [
            (line, cell)
            for line in self.lines
            for cell in line.cells
            if cell.is_expected and cell.attendance is None
        ]

    def unsigned(self, at: dt.datetime) -> list[Unsigned]:
        """The empty boxes of the half-days that have begun, half-day by half-day."""
        return [
            Unsigned(
                f"{column.slot.pk}:{line.enrolment.pk}",
                line.name,
                str(column.slot.get_half_display()),
            )
            for number, column in enumerate(self.columns)
            if column.slot.starts_at <= at
            for line in self.lines
            if line.cells[number].is_expected and not line.cells[number].is_signed
        ]


def table_of_session(session: Session) -> Table:
    """Seven queries, eight when only some people are invited."""
    slots = list(session.slots.all())
    for slot in slots:
        slot.session = session  # read already: no query to come back to it
    return _table(session.cohort_id, slots, [session])


def table_of_cohort(
    cohort: Cohort, first: dt.date | None = None, last: dt.date | None = None
) -> Table:
    """Every half-day that stands between two days (both included), oldest first. Eight queries."""
    rows = Slot.objects.of_cohort(cohort.pk).planned().in_order()
    if first is not None and last is not None:
        rows = rows.between(first, last)
    slots = list(rows.select_related("session").prefetch_related("session__invited"))
    sessions: dict[int, Session] = {}
    for slot in slots:
        # Half-days of one session share it.
        slot.session = sessions.setdefault(slot.session_id, slot.session)
        slot.session.cohort = cohort
    return _table(cohort.pk, slots, list(sessions.values()))


def _table(cohort_id: int, slots: Sequence[Slot], sessions: list[Session]) -> Table:
    members = members_of(cohort_id)
    awaited = {s.pk: {one.pk for one in expected_at(s, members)} for s in sessions}
    keys = [slot.pk for slot in slots]
    known = {(a.slot_id, a.enrolment_id): a for a in Attendance.objects.filter(slot__in=keys)}
    signed = {
        (a.slot_id, a.enrolment_id): a for a in AttendanceSignature.objects.filter(slot__in=keys)
    }
    asked = set(
        CorrectionRequest.objects.filter(slot__in=keys, state=CorrectionState.OPEN).values_list(
            "slot_id", "enrolment_id"
        )
    )
    lines = []
    for member in members:
        cells = [
            _cell(slot, member.pk, awaited[slot.session_id], known, signed, asked) for slot in slots
        ]
        if any(cell.is_expected or cell.attendance for cell in cells):
            lines.append(Line(member, cells))
    return Table(_columns(slots, lines, sessions), lines, sessions)


def _cell(slot: Slot, key: int, awaited: set[int], known: Any, signed: Any, asked: Any) -> Cell:
    here = (slot.pk, key)
    return Cell(
        slot, key in awaited or here in known, known.get(here), signed.get(here), here in asked
    )


def _columns(
    slots: Sequence[Slot], lines: Sequence[Line], sessions: Sequence[Session]
) -> list[Column]:
    keys = [slot.pk for slot in slots]
    trainers: dict[int, list[SessionTrainer]] = {one.pk: [] for one in sessions}
    for trainer in SessionTrainer.objects.filter(session__in=trainers):
        trainers[trainer.session_id].append(trainer)
    signatures: dict[int, list[TrainerSignature]] = {key: [] for key in keys}
    for one in TrainerSignature.objects.filter(slot__in=keys).select_related("trainer"):
        signatures[one.slot_id].append(one)
    found = []
    for number, slot in enumerate(slots):
        cells = [line.cells[number] for line in lines if line.cells[number].is_expected]
        found.append(
            Column(
                slot=slot,
                trainers=trainers[slot.session_id],
                trainer_signatures=signatures[slot.pk],
                expected=len(cells),
                came=sum(1 for cell in cells if cell.attendance and cell.attendance.came),
                signed=sum(1 for cell in cells if cell.is_signed),
                known=sum(1 for cell in cells if cell.attendance),
            )
        )
    return found


@dataclass(frozen=True, slots=True)
class CellPage:
    """One person on one half-day, with everything that was said about it."""

    slot: Slot
    enrolment: Enrolment
    cell: Cell
    changes: list[AttendanceChange]
    requests: list[CorrectionRequest]

    @property
    def open_request(self) -> CorrectionRequest | None:
        return next((one for one in self.requests if one.is_open), None)


def cell_page(slot: Slot, enrolment: Enrolment) -> CellPage:
    """Six queries."""
    same = {"slot": slot, "enrolment": enrolment}
    requests = list(
        CorrectionRequest.objects.filter(**same).select_related("asked_by", "answered_by")
    )
    cell = Cell(
        slot,
        is_expected(slot.session, enrolment),
        Attendance.objects.filter(**same).first(),
        AttendanceSignature.objects.filter(**same).first(),
        any(one.is_open for one in requests),
    )
    changes = list(AttendanceChange.objects.filter(**same).select_related("by"))
    return CellPage(slot, enrolment, cell, changes, requests)


@dataclass(frozen=True, slots=True)
class Half:
    """Half-days of one person, counted."""

    enrolment: Enrolment
    expected: int
    present: int
    late: int
    excused: int
    absent: int
    unknown: int
    signed: int
    minutes: int  # of the half-days attended


def counted(table: Table, until: dt.datetime) -> list[Half]:
    """The half-days already over, person by person. No query."""
    found = []
    for line in table.lines:
        cells = [c for c in line.cells if c.is_expected and c.slot.ends_at <= until]
        tally = dict.fromkeys(Presence.values, 0)
        for cell in cells:
            if cell.attendance is not None:
                tally[cell.attendance.presence] += 1
        found.append(
            Half(
                enrolment=line.enrolment,
                expected=len(cells),
                present=tally[Presence.PRESENT],
                late=tally[Presence.LATE],
                excused=tally[Presence.EXCUSED],
                absent=tally[Presence.ABSENT],
                unknown=sum(1 for cell in cells if cell.attendance is None),
                signed=sum(1 for cell in cells if cell.is_signed),
                minutes=sum(
                    c.slot.minutes for c in cells if c.attendance and c.attendance.presence in CAME
                ),
            )
        )
    return found
