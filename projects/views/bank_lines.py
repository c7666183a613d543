"""One credit of a statement: which invoices it pays, said by the host, and unsaid."""

from decimal import Decimal

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from ct_platform.kit import clock
from ct_platform.kit.errors import DomainError, Refused
from ct_platform.kit.http import ActorRequest, allow, form_page, refuse_in, writes
from projects import perms
from projects.forms.bank import ChooseInvoiceForm, ProposalForm
from projects.models import BankLine, BankMatch
from projects.selectors.bank import line_view, shares_of
from projects.selectors.payments import owed_to_host
from projects.services.bank import confirm_match, tell_apart, undo_match


def _line(request: ActorRequest, line_id: int) -> BankLine:
    allow(perms.may_keep_bank(request.actor))
    rows = BankLine.objects.visible_to(request.actor).select_related("statement")
    line: BankLine = get_object_or_404(rows, pk=line_id)
    return line


def _confirm(request: ActorRequest, line: BankLine, parts: list[tuple[int, Decimal]]) -> None:
    shares = shares_of(line.host_id, parts)
    if shares is None:
        raise Http404
    confirm_match(line=line, shares=shares, actor=request.actor, at=clock.now())
    messages.success(request, _("C’est noté : le paiement est sur la facture."))


@writes
def confirm(request: ActorRequest, line_id: int) -> HttpResponse:
    """ "C’est ça": one press, as it was shown."""
    line = _line(request, line_id)
    form = ProposalForm(request.POST)
    try:
        if not form.is_valid():
            raise Refused(_("Cette page n’est plus à jour. Rechargez-la."))
        _confirm(request, line, form.cleaned_data["parts"])
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("projects:bank_statement", line.statement_id)


@writes
def separate(request: ActorRequest, line_id: int) -> HttpResponse:
    """ "Ce sont deux virements": it repeats no other."""
    line = _line(request, line_id)
    tell_apart(line=line)
    messages.success(request, _("C’est noté : ce sont deux virements."))
    return redirect("projects:bank_statement", line.statement_id)


@form_page
def choose(request: ActorRequest, line_id: int) -> HttpResponse:
    """Another invoice than those proposed, or a part of the line."""
    line = _line(request, line_id)
    if line.is_forgotten:
        raise Http404
    view, owed = line_view(line), owed_to_host(line.host_id)
    form = ChooseInvoiceForm(request.POST or None, owed=owed, initial={"amount": view.left})
    if form.is_valid():
        try:
            _confirm(request, line, form.parts())
            return redirect("projects:bank_statement", line.statement_id)
        except Refused as refusal:
            refuse_in(form, refusal)
    context = {"line": line, "view": view, "form": form, "owed": owed}
    return render(request, "projects/bank/choose.html", context)


@writes
def undo(request: ActorRequest, match_id: int) -> HttpResponse:
    """A wrong match: its payment is reversed, and the line waits again."""
    allow(perms.may_keep_bank(request.actor))
    rows = BankMatch.objects.visible_to(request.actor).select_related("line", "payment__invoice")
    match: BankMatch = get_object_or_404(rows, pk=match_id)
    try:
        undo_match(match=match, actor=request.actor, at=clock.now())
        messages.success(request, _("C’est défait : le paiement est annulé, la ligne attend."))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("projects:bank_statement", match.line.statement_id)
