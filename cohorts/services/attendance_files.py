"""Attendance for funders' spreadsheets: half-days person by person, and every line behind them.

Reasons of absence are in neither: the coordination and the person read them, nobody else.
"""

import datetime as dt
import io
from decimal import Decimal

import xlsxwriter
from django.utils.translation import gettext as _

from cohorts.enums.sessions import Presence
from cohorts.models import Cohort
from cohorts.selectors.attendance import Table, counted, table_of_cohort
from ct_platform.kit.exports import Cell, csv_of, write_table
from ct_platform.kit.templatetags.words import hour_fr


def attendance_csv(*, cohort: Cohort, at: dt.datetime) -> bytes:
    """One line a person and half-day, in order. Nine queries."""
    return csv_of(_detail_header(), _detail(table_of_cohort(cohort)))


def attendance_workbook(*, cohort: Cohort, at: dt.datetime) -> bytes:
    """Two sheets: half-days counted by person (those that are over), and the detail. Nine queries."""
    table = table_of_cohort(cohort)
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "default_date_format": "dd/mm/yyyy"})
    formats = {
        "head": book.add_format({"bold": True, "bottom": 1, "text_wrap": True}),
        "date": book.add_format({"num_format": "dd/mm/yyyy"}),
        "amount": book.add_format({"num_format": "0.00"}),
    }
    sheet = book.add_worksheet(_("Par personne"))
    sheet.set_column(0, 1, 22)
    sheet.set_column(2, 10, 13)
    sheet.freeze_panes(1, 2)
    write_table(sheet, _total_header(), _totals(table, at), formats)
    sheet = book.add_worksheet(_("Détail"))
    sheet.set_column(0, 10, 16)
    sheet.freeze_panes(1, 0)
    write_table(sheet, _detail_header(), _detail(table), formats)
    book.close()
    return file.getvalue()


def _total_header() -> list[str]:
    return [
        _("Nom"), _("Prénom"), _("Demi-journées prévues"), _("Présences"), _("Dont retards"),
        _("Absences excusées"), _("Absences"), _("Pas notées"), _("Signées"), _("Heures suivies"),
        _("Assiduité, en %"),
    ]  # fmt: skip


def _totals(table: Table, at: dt.datetime) -> list[list[Cell]]:
    rows: list[list[Cell]] = []
    for one in counted(table, at):
        came = one.present + one.late
        rate = Decimal(100 * came) / one.expected if one.expected else None
        rows.append(
            [
                one.enrolment.person.last_name, one.enrolment.person.first_name, one.expected, came,
                one.late, one.excused, one.absent, one.unknown, one.signed,
                (Decimal(one.minutes) / 60).quantize(Decimal("0.01")),
                rate.quantize(Decimal("0.1")) if rate is not None else None,
            ]
        )  # fmt: skip
    return rows


def _detail_header() -> list[str]:
    return [
        _("Date"), _("Demi-journée"), _("Début"), _("Fin"), _("Séance"), _("Genre"), _("Lieu"),
        _("Nom"), _("Prénom"), _("Présence"), _("Comment"), _("Signé à"), _("Minutes"),
    ]  # fmt: skip


def _detail(table: Table) -> list[list[Cell]]:
    rows: list[list[Cell]] = []
    for number, column in enumerate(table.columns):
        slot, session = column.slot, column.slot.session
        for line in table.lines:
            cell = line.cells[number]
            if not cell.is_expected:
                continue
            person, held = line.enrolment.person, cell.attendance
            rows.append(
                [
                    session.day, str(slot.get_half_display()), hour_fr(slot.starts), hour_fr(slot.ends),
                    session.title, str(session.get_kind_display()), session.place,
                    person.last_name, person.first_name,
                    str(Presence(held.presence).label) if held else "", cell.way_label,
                    hour_fr(cell.signature.at) if cell.signature else "",
                    slot.minutes if held and held.came else 0,
                ]
            )  # fmt: skip
    return rows
