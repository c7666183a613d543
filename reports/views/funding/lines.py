"""Lines of funding: the list, one line, asking, sharing, correcting its words."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from ct_platform.kit import clock
from ct_platform.kit.http import ActorRequest, allow, form_page, reads
from reports.forms import funding as forms
from reports.models import FundingLine
from reports.perms import funding as perms
from reports.selectors import funding
from reports.services.funding import hold, lines
from reports.views.funding.scope import line_in_sight, line_to_keep, perform


@reads
def of_seat(request: ActorRequest) -> HttpResponse:
    allow(perms.can_read_funding(request.actor))
    page = {
        "funding": funding.funding_page(request.actor, request.GET.get("page"), clock.today()),
        "can_keep": perms.can_keep_funding(request.actor),
        "by_place": request.actor.is_network or request.actor.is_partner,
    }
    return render(request, "reports/funding/list.html", page)


@form_page
def ask(request: ActorRequest) -> HttpResponse:
    allow(perms.can_keep_funding(request.actor))
    actor, sent = request.actor, request.POST if request.method == "POST" else None
    form = forms.AskForm(
        sent,
        organisations=funding.possible_funders(),
        cohorts=funding.cohorts_to_fund(actor),
        operations=funding.operations_of(actor),
        initial={"asked_on": clock.today(), "aim": "cohorts"},
    )

    def page() -> HttpResponse:
        status = 422 if form.is_bound else 200
        return render(request, "reports/funding/ask.html", {"form": form}, status=status)

    if sent is None:
        return page()
    return perform(
        request, form, lines.ask_in_own_territory, done=_("C’est noté."), to=line_url, again=page
    )


def line_url(line: FundingLine) -> str:
    return reverse("reports:funding_line", args=[line.pk])


@reads
def line(request: ActorRequest, funding_id: int) -> HttpResponse:
    return show_line(request, line_in_sight(request, funding_id))


def show_line(
    request: ActorRequest, line: FundingLine, status: int = 200, **bound: Any
) -> HttpResponse:
    """One line, with the form of its next step. `bound`: a form that was refused, by its name."""
    today, actor = clock.today(), request.actor
    page = {
        "page": funding.line_page(line, today),
        "line": line,
        "today": today,
        "can_edit": perms.can_edit_line(actor, line),
        "can_receive": perms.can_receive(actor, line),
        "can_drop": perms.can_drop(actor, line),
        "own": actor.is_partner,
        "forms": blank_forms(line) | bound if perms.can_edit_line(actor, line) else {},
    }
    return render(request, "reports/funding/line.html", page, status=status)


def blank_forms(line: FundingLine) -> dict[str, Any]:
    """Each with ids of its own: several stand on the page."""
    today = clock.today()
    return {
        "grant": forms.GrantForm(
            auto_id="accord-%s",
            initial={"decided_on": today, "granted_amount": line.asked_amount},
        ),
        "refusal": forms.RefusalForm(auto_id="refus-%s", initial={"decided_on": today}),
        "agreement": forms.AgreementForm(
            auto_id="convention-%s", initial={"agreed_on": today, "conditions": line.conditions}
        ),
        "receipt": forms.ReceiptForm(auto_id="versement-%s", initial={"received_on": today}),
        "due": forms.DueForm(auto_id="echeance-%s"),
        "close": forms.CloseForm(auto_id="solde-%s", initial={"closed_on": today}),
        "drop": forms.ReasonForm(auto_id="abandon-%s"),
    }


@form_page
def share(request: ActorRequest, funding_id: int) -> HttpResponse:
    line = line_to_keep(request, funding_id)
    sent = request.POST if request.method == "POST" else None
    cohorts = hold.cohorts_for(
        territory_id=line.territory_id, aim=line.aim, operation=line.operation
    )
    form = forms.SharesForm(sent, cohorts=list(cohorts.values()), given=hold.shares_of(line))

    def page() -> HttpResponse:
        status = 422 if form.is_bound else 200
        told = {"form": form, "line": line, "cohorts": cohorts}
        return render(request, "reports/funding/shares.html", told, status=status)

    if sent is None:
        return page()
    return perform(
        request, form, lines.share_line, done=_("Les parts sont enregistrées."),
        to=lambda _made: line_url(line), again=page, line=line,
    )  # fmt: skip


@form_page
def words(request: ActorRequest, funding_id: int) -> HttpResponse:
    line = line_to_keep(request, funding_id)
    sent = request.POST if request.method == "POST" else None
    names = ("name", "measure", "conditions", "is_eu", "keep_years", "keep_source")
    kept = {name: getattr(line, name) for name in names} | {"seen_version": line.version}
    form = forms.WordsForm(sent, initial=kept)

    def page() -> HttpResponse:
        status = 422 if form.is_bound else 200
        told = {"form": form, "line": line}
        return render(request, "reports/funding/words.html", told, status=status)

    if sent is None:
        return page()
    return perform(
        request, form, lines.edit_line, done=_("C’est enregistré."),
        to=lambda _made: line_url(line), again=page, line=line,
    )  # fmt: skip
