"""The coordinator's page of one session: the sheet as it stands, what is missing, its papers."""

import datetime as dt
from dataclasses import dataclass

from cohorts.models import Session, SheetScan, Slot
from cohorts.papers.attendance_sheets import KIND
from cohorts.selectors.attendance import Cell, Column, Line, Table, table_of_session
from cohorts.selectors.calendar import conflicts_of, hours_of
from documents.models import Document


@dataclass(frozen=True, slots=True)
class SessionPage:
    session: Session
    hours: str
    table: Table
    conflicts: list[str]
    scans: list[SheetScan]
    open_slot: Slot | None  # the half-day being signed now
    closed: list[Column]  # over, with somebody neither signed nor noted
    has_begun: bool

    @property
    def missing(self) -> list[tuple[Line, Cell]]:
        """Who has not signed the half-days begun so far."""
        begun = {column.slot.pk for column in self.closed} | (
            {self.open_slot.pk} if self.open_slot else set()
        )
        return [(line, cell) for line, cell in self.table.missing if cell.slot.pk in begun]


def session_page(session: Session, at: dt.datetime) -> SessionPage:
    """Ten queries when nothing crosses the session; fourteen at most."""
    table = table_of_session(session)
    return SessionPage(
        session=session,
        hours=hours_of(session.slots.all()),
        table=table,
        conflicts=conflicts_of(session),
        scans=list(session.scans.all()),
        open_slot=next((c.slot for c in table.columns if c.slot.is_signable(at)), None),
        closed=[c for c in table.columns if c.slot.closes_at < at and c.missing],
        has_begun=any(c.slot.starts_at <= at for c in table.columns),
    )


def sheets_of(cohort_id: int) -> list[Document]:
    """The last sheets issued. One query."""
    rows = Document.objects.filter(cohort_key=cohort_id, kind=KIND)
    return list(rows.order_by("-issued_at", "-pk")[:30])
