"""What happens to a line: decided, agreed, paid, reported on, closed, dropped."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from ct_platform.kit import clock
from ct_platform.kit.http import ActorRequest, acted, form_page, writes
from reports.forms import funding as forms
from reports.services.funding import dues, lines, receipts
from reports.views.funding.lines import line_url, show_line
from reports.views.funding.scope import due_to_keep, line_to_keep, perform, receipt_to_keep


def _step(
    request: ActorRequest, funding_id: int, name: str, made: type[forms.LaidOut], auto_id: str,
    act: Callable[..., Any], done: str,
) -> HttpResponse:  # fmt: skip
    """One form of the page of a line: `name` in its template, `act` the service behind."""
    line = line_to_keep(request, funding_id)
    form = made(request.POST, auto_id=f"{auto_id}-%s")
    return perform(
        request, form, act, done=done, to=lambda _made: line_url(line),
        again=lambda: show_line(request, line, 422, **{name: form}), line=line,
    )  # fmt: skip


@writes
def grant(request: ActorRequest, funding_id: int) -> HttpResponse:
    done = _("Accord noté. Il reste à signer la convention.")
    return _step(request, funding_id, "grant", forms.GrantForm, "accord", lines.grant_line, done)


@writes
def refuse(request: ActorRequest, funding_id: int) -> HttpResponse:
    done = _("Refus noté.")
    return _step(
        request, funding_id, "refusal", forms.RefusalForm, "refus", lines.refuse_line, done
    )


@writes
def agree(request: ActorRequest, funding_id: int) -> HttpResponse:
    done = _("Convention notée. Les versements peuvent l’être.")
    made = forms.AgreementForm
    return _step(request, funding_id, "agreement", made, "convention", lines.agree_line, done)


@writes
def receive(request: ActorRequest, funding_id: int) -> HttpResponse:
    done = _("Versement noté.")
    return _step(
        request, funding_id, "receipt", forms.ReceiptForm, "versement", receipts.receive, done
    )


@writes
def plan(request: ActorRequest, funding_id: int) -> HttpResponse:
    done = _("Échéance notée. Elle paraît sur le tableau de bord des cohortes payées.")
    return _step(request, funding_id, "due", forms.DueForm, "echeance", dues.plan_due, done)


@writes
def close(request: ActorRequest, funding_id: int) -> HttpResponse:
    done = _("Ligne soldée. Elle ne change plus.")
    return _step(request, funding_id, "close", forms.CloseForm, "solde", lines.close_line, done)


@writes
def drop(request: ActorRequest, funding_id: int) -> HttpResponse:
    done = _("Ligne abandonnée.")
    return _step(request, funding_id, "drop", forms.ReasonForm, "abandon", lines.drop_line, done)


@form_page
def reverse(request: ActorRequest, money_id: int) -> HttpResponse:
    receipt = receipt_to_keep(request, money_id)
    sent = request.POST if request.method == "POST" else None
    form = forms.ReasonForm(sent)

    def page() -> HttpResponse:
        told = {"form": form, "receipt": receipt, "line": receipt.line}
        status = 422 if form.is_bound else 200
        return render(request, "reports/funding/reverse.html", told, status=status)

    if sent is None:
        return page()
    return perform(
        request, form, receipts.reverse, done=_("Versement annulé. Les deux lignes restent."),
        to=lambda _made: line_url(receipt.line), again=page, receipt=receipt,
    )  # fmt: skip


@form_page
def hand(request: ActorRequest, due_id: int) -> HttpResponse:
    due = due_to_keep(request, due_id)
    sent = request.POST if request.method == "POST" else None
    form = forms.HandForm(sent, initial={"handed_on": clock.today()})

    def page() -> HttpResponse:
        told = {"form": form, "due": due, "line": due.line}
        status = 422 if form.is_bound else 200
        return render(request, "reports/funding/hand.html", told, status=status)

    if sent is None:
        return page()
    return perform(
        request, form, dues.hand_over, done=_("C’est noté, avec sa preuve."),
        to=lambda _made: line_url(due.line), again=page, due=due,
    )  # fmt: skip


@writes
def call_off(request: ActorRequest, due_id: int) -> HttpResponse:
    due = due_to_keep(request, due_id)
    acted(
        request,
        lambda: dues.call_off(due=due, actor=request.actor, at=clock.now()),
        _("Cette échéance n’est plus demandée."),
    )
    return redirect(line_url(due.line))
