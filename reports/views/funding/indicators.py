"""The FSE+ tables of an operation, raw, for the coordination that owns the file."""

from collections.abc import Sequence

from django.http import HttpResponse
from django.shortcuts import render

from ct_platform.kit import clock
from ct_platform.kit.http import ActorRequest, allow, reads, writes
from reports.exports.indicators import GENDER_WORDS, label_of, workbook
from reports.exports.xlsx import Workbook
from reports.models import Operation
from reports.perms import funding as perms
from reports.rules.indicators import Row
from reports.selectors.indicators import tables_of
from reports.selectors.published_indicators import published_indicators
from reports.services.funding.indicators import open_tables
from reports.views.funding.scope import operation_in_sight

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _operation(request: ActorRequest, operation_id: int) -> Operation:
    found = operation_in_sight(request, operation_id)
    allow(perms.can_read_participants(request.actor))
    return found


@reads
def indicators(request: ActorRequest, operation_id: int) -> HttpResponse:
    operation = _operation(request, operation_id)
    tables = tables_of(operation, clock.today())
    found = tables.indicators
    page = {
        "operation": operation,
        "tables": tables,
        "genders": list(GENDER_WORDS.values()),
        "parts": [
            ("realisations", _lines(found.outputs)),
            ("sorties", _lines(found.results)),
            ("apres", _lines(found.later)),
        ],
        "today": clock.today(),
    }
    return render(request, "reports/funding/indicators.html", page)


def _lines(rows: Sequence[Row]) -> list[tuple[str, Row]]:
    return [(label_of(one.code), one) for one in rows]


@reads
def published(request: ActorRequest, operation_id: int) -> HttpResponse:
    """What whoever pays may read: published years of merged cohorts, never the operation alone."""
    operation = operation_in_sight(request, operation_id)
    page = {"operation": operation, "found": published_indicators(operation, request.actor)}
    return render(request, "reports/funding/published.html", page)


@writes
def export(request: ActorRequest, operation_id: int) -> HttpResponse:
    """POST: sensitive answers are opened, and each opening recorded."""
    operation = _operation(request, operation_id)
    tables = open_tables(operation=operation, actor=request.actor, at=clock.now())
    return sheet_answer(workbook(operation, tables, clock.today()))


def sheet_answer(book: Workbook) -> HttpResponse:
    answer = HttpResponse(book.content, content_type=XLSX)
    answer.headers["Content-Disposition"] = f'attachment; filename="{book.filename}"'
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
