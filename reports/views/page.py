"""The page of a report, for each who reads it: the figures are the same, the acts are not."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render

from ct_platform.kit import clock
from ct_platform.kit.http import ActorRequest
from reports import perms
from reports.forms import AnswerForm, CommentForm, QuestionForm, ReasonForm, ShareForm
from reports.models import Report, Snapshot
from reports.reading import read
from reports.selectors.exchange import Exchange, exchange_of
from reports.services.sharing import shown_once


def report_page(
    request: ActorRequest, snapshot: Snapshot, status: int = 200, **bound: forms.Form
) -> HttpResponse:
    """`bound`: a form that was refused, under its name here ("question", "comment"…)."""
    report: Report | None = getattr(snapshot, "report", None)
    page: dict[str, Any] = {"snapshot": snapshot, "report": read(snapshot.figures)}
    page["can_freeze"] = perms.can_freeze(request.actor)
    if report is not None:
        exchange = exchange_of(request.actor, report)
        page |= {"life": report, "exchange": exchange, "sign": report.sign}
        page |= _acts(request, report, exchange) | bound
    return render(request, "reports/snapshot.html", page, status=status)


def _acts(request: ActorRequest, report: Report, exchange: Exchange) -> dict[str, Any]:
    """What this seat may do with the report now: a form, or None."""
    actor = request.actor
    figures = report.snapshot.figures
    asks = perms.can_ask(actor, report, exchange.own)
    return {
        "can_review": perms.can_review(actor, report),
        "can_correct": perms.can_correct(actor, report),
        "comment": CommentForm() if perms.can_comment(actor, report) else None,
        "reason": ReasonForm() if perms.can_correct(actor, report) else None,
        "question": QuestionForm(figures=figures) if asks else None,
        "can_accept": asks,
        "answer": AnswerForm() if perms.can_answer(actor) else None,
        "share": share_form(request, report, exchange),
        "new_link": shown_once(request.session, report.pk),
    }


def share_form(
    request: ActorRequest, report: Report, exchange: Exchange, typed: Any = None
) -> ShareForm | None:
    """Organisations offered: all that received it to the coordination, one's own to a partner."""
    choices = [(one.organisation_id, one.organisation.name) for one in exchange.recipients]
    if not choices or not perms.can_share(request.actor) or not report.stands:
        return None
    return ShareForm(typed, organisations=choices, today=clock.today())
