"""The bank of a host: statements brought in, their columns, their lines."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cohorts.models import Organisation
from ct_platform.kit import clock
from ct_platform.kit.errors import DomainError, Refused
from ct_platform.kit.http import ActorRequest, allow, form_page, reads, refuse_in, writes
from projects import perms
from projects.enums import StatementState
from projects.forms.bank import ColumnsForm, StatementForm
from projects.models import BankStatement
from projects.selectors.bank import doubt_of, forgettable, statement_page, statements_of
from projects.selectors.payments import debts_to_host
from projects.services.bank import choose_columns, drop_statement, forget_lines, import_statement


def _host(request: ActorRequest) -> Organisation:
    allow(perms.may_keep_bank(request.actor))
    rows = Organisation.objects.visible_to(request.actor)
    host: Organisation = get_object_or_404(rows, pk=request.actor.organisation_id)
    return host


def statement_in_sight(request: ActorRequest, statement_id: int) -> BankStatement:
    allow(perms.may_keep_bank(request.actor))
    found: BankStatement = get_object_or_404(statements_of(request.actor), pk=statement_id)
    return found


@form_page
def bank(request: ActorRequest) -> HttpResponse:
    """The statements, and the form of one more."""
    host = _host(request)
    form = StatementForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            brought = import_statement(
                host=host, name=file.name, content=file.read(), actor=request.actor, at=clock.now()
            )
            made = brought.statement
            _told(request, made, is_new=brought.is_new)
            name = "bank_columns" if made.state == StatementState.DRAFT else "bank_statement"
            return redirect(f"projects:{name}", made.pk)
        except Refused as refusal:
            refuse_in(form, refusal)
    context = {
        "form": form,
        "statements": statements_of(request.actor)[:50],
        "host": host,
        "debts": debts_to_host(host.pk),
    }
    return render(request, "projects/bank/statements.html", context)


def _told(request: ActorRequest, made: BankStatement, *, is_new: bool) -> None:
    if made.state != StatementState.IMPORTED:
        return
    if not is_new:
        day = clock.format_day(clock.civil_day(made.at))
        messages.info(request, _("Ce relevé est déjà là, depuis le %s. Rien n’a été ajouté.") % day)
        return
    said = ngettext(
        "%(n)d encaissement est lu.", "%(n)d encaissements sont lus.", made.kept
    ) % {"n": made.kept}  # fmt: skip
    if made.known:
        said += " " + ngettext(
            "%(n)d était déjà connu.", "%(n)d étaient déjà connus.", made.known
        ) % {"n": made.known}  # fmt: skip
    messages.success(request, said)


@form_page
def columns(request: ActorRequest, statement_id: int) -> HttpResponse:
    """A table whose columns are in doubt: its first rows, and a guess to confirm."""
    statement = statement_in_sight(request, statement_id)
    doubt = doubt_of(statement)
    if doubt is None:
        return redirect("projects:bank_statement", statement.pk)
    form = ColumnsForm(request.POST or None, doubt=doubt)
    if form.is_valid():
        try:
            made = choose_columns(
                statement=statement, columns=form.columns(), actor=request.actor, at=clock.now()
            )
            _told(request, made, is_new=True)
            return redirect("projects:bank_statement", made.pk)
        except Refused as refusal:
            refuse_in(form, refusal)
    context = {"statement": statement, "doubt": doubt, "form": form}
    return render(request, "projects/bank/columns.html", context)


@writes
def drop(request: ActorRequest, statement_id: int) -> HttpResponse:
    """Give a draft up; its file is thrown away."""
    statement = statement_in_sight(request, statement_id)
    try:
        drop_statement(statement=statement, actor=request.actor, at=clock.now())
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("projects:bank")


@reads
def statement(request: ActorRequest, statement_id: int) -> HttpResponse:
    """Its credits, what waits first, each with its proposals."""
    found = statement_in_sight(request, statement_id)
    if found.state == StatementState.DRAFT:
        return redirect("projects:bank_columns", found.pk)
    page = statement_page(found, request.GET.get("page", ""))
    return render(request, "projects/bank/statement.html", {"page": page})


@writes
def forget(request: ActorRequest, statement_id: int) -> HttpResponse:
    """These lines are other people's business: only their fingerprint stays."""
    found = statement_in_sight(request, statement_id)
    keys = forgettable(found, request.POST.getlist("line"))
    done = forget_lines(statement=found, keys=keys, actor=request.actor, at=clock.now())
    said = ngettext("%(n)d ligne est oubliée.", "%(n)d lignes sont oubliées.", done)
    messages.success(request, said % {"n": done})
    return redirect("projects:bank_statement", found.pk)
