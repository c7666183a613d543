"""One quote: read by the coordination and the host, validated, sent, answered, replaced."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from ct_platform.kit import clock
from ct_platform.kit.errors import DomainError
from ct_platform.kit.http import ActorRequest, acted, allow, reads, writes
from projects import perms
from projects.forms.quotes import MailQuoteForm, NotedAnswerForm, ReasonForm
from projects.models import Quote
from projects.selectors.quotes import quote_page
from projects.services import quotes as services
from projects.services.quotes.links import make_link
from projects.services.quotes.messages import mail_quote as mail
from projects.services.quotes.sending import preview_quote


def _quote(request: ActorRequest, cohort_id: int, quote_id: int) -> Quote:
    """A quote in sight (404) that one may read (403): the coordination, and the host."""
    rows = Quote.objects.visible_to(request.actor).select_related(
        "cohort__host", "cohort__territory", "customer", "document", "replaces", "approved_by"
    )
    quote: Quote = get_object_or_404(rows, cohort_id=cohort_id, pk=quote_id)
    allow(perms.may_read_sales(request.actor, quote.cohort))
    return quote


def _to_run(request: ActorRequest, cohort_id: int, quote_id: int) -> Quote:
    quote = _quote(request, cohort_id, quote_id)
    allow(perms.may_run(request.actor, quote.cohort))
    return quote


def _acted(
    request: ActorRequest, quote: Quote, act: Callable[[], object], done: str
) -> HttpResponse:
    acted(request, act, done)
    return redirect("projects:quote", cohort_id=quote.cohort_id, quote_id=quote.pk)


@reads
def quote(request: ActorRequest, cohort_id: int, quote_id: int) -> HttpResponse:
    row = _quote(request, cohort_id, quote_id)
    request.page_cohort = row.cohort
    context = {
        "page": quote_page(row, clock.today()),
        "quote": row,
        "cohort": row.cohort,
        "may_run": perms.may_run(request.actor, row.cohort),
        "may_validate": perms.may_validate_sales(request.actor, row.cohort),
        "mail_form": MailQuoteForm(initial={"to": row.customer.email}),
        "answer_form": NotedAnswerForm(),
    }
    return render(request, "projects/selling/quote.html", context)


@reads
def quote_preview(request: ActorRequest, cohort_id: int, quote_id: int) -> HttpResponse:
    """The PDF as it would be today; nothing is written."""
    row = _quote(request, cohort_id, quote_id)
    try:
        content = preview_quote(quote=row, at=clock.now())
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("projects:quote", cohort_id=cohort_id, quote_id=row.pk)
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Cache-Control"] = "private, no-store"
    return response


@writes
def submit_quote(request: ActorRequest, cohort_id: int, quote_id: int) -> HttpResponse:
    row = _to_run(request, cohort_id, quote_id)
    return _acted(
        request, row,
        lambda: services.submit_quote(quote=row, actor=request.actor, at=clock.now()),
        _("La coopérative hôte est prévenue : elle relit ce devis."),
    )  # fmt: skip


@writes
def approve_quote(request: ActorRequest, cohort_id: int, quote_id: int) -> HttpResponse:
    row = _quote(request, cohort_id, quote_id)
    allow(perms.may_validate_sales(request.actor, row.cohort))
    return _acted(
        request, row,
        lambda: services.approve_quote(quote=row, actor=request.actor, at=clock.now()),
        _("Le devis est validé : la coordination peut l’envoyer."),
    )  # fmt: skip


@writes
def send_back_quote(request: ActorRequest, cohort_id: int, quote_id: int) -> HttpResponse:
    """By the host, with what to change; or taken back by the coordination."""
    row, form = _quote(request, cohort_id, quote_id), ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    return _acted(
        request, row,
        lambda: services.send_back_quote(
            quote=row, reason=reason, actor=request.actor, at=clock.now()
        ),
        _("Le devis est de nouveau un brouillon."),
    )  # fmt: skip


@writes
def send_quote(request: ActorRequest, cohort_id: int, quote_id: int) -> HttpResponse:
    row = _to_run(request, cohort_id, quote_id)
    return _acted(
        request, row,
        lambda: services.send_quote(quote=row, actor=request.actor, at=clock.now()),
        _("Le devis a son numéro. Envoyez-le au client : par message, ou par un lien à copier."),
    )  # fmt: skip


@writes
def link_quote(request: ActorRequest, cohort_id: int, quote_id: int) -> HttpResponse:
    """A link to copy or print, shown this once: it is kept nowhere."""
    row = _to_run(request, cohort_id, quote_id)
    if not row.is_sent:
        messages.error(request, _("Ce devis n’attend pas de réponse."))
        return redirect("projects:quote", cohort_id=cohort_id, quote_id=row.pk)
    context = {"quote": row, "cohort": row.cohort, "link": make_link(quote=row)}
    response = render(request, "projects/selling/quote_link.html", context)
    response.headers["Cache-Control"] = "private, no-store"
    return response


@writes
def mail_quote(request: ActorRequest, cohort_id: int, quote_id: int) -> HttpResponse:
    row, form = _to_run(request, cohort_id, quote_id), MailQuoteForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Cette adresse électronique n’est pas juste."))
        return redirect("projects:quote", cohort_id=cohort_id, quote_id=row.pk)
    typed = form.cleaned_data
    return _acted(
        request, row,
        lambda: mail(
            quote=row, to=typed["to"], word=typed["word"], key=typed["submission_key"],
            actor=request.actor, at=clock.now(),
        ),
        _("Le message part, avec un lien qui n’ouvre que ce devis."),
    )  # fmt: skip


@writes
def answer_quote(request: ActorRequest, cohort_id: int, quote_id: int) -> HttpResponse:
    """The customer answered on paper or by voice: noted in their name."""
    row, form = _to_run(request, cohort_id, quote_id), NotedAnswerForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Écrivez qui a répondu, et quoi."))
        return redirect("projects:quote", cohort_id=cohort_id, quote_id=row.pk)
    name, is_yes = form.cleaned_data["name"], form.cleaned_data["answer"] == "yes"
    act: Callable[..., Quote] = services.accept_quote if is_yes else services.refuse_quote
    return _acted(
        request, row,
        lambda: act(quote=row, name=name, actor=request.actor, at=clock.now()),
        _("La réponse est notée."),
    )  # fmt: skip


@writes
def lapse_quote(request: ActorRequest, cohort_id: int, quote_id: int) -> HttpResponse:
    row = _to_run(request, cohort_id, quote_id)
    return _acted(
        request, row,
        lambda: services.let_lapse(quote=row, actor=request.actor, at=clock.now()),
        _("Ce devis est classé sans suite."),
    )  # fmt: skip


@writes
def replace_quote(request: ActorRequest, cohort_id: int, quote_id: int) -> HttpResponse:
    """Another draft with the same lines: what was sent never changes."""
    row = _to_run(request, cohort_id, quote_id)
    try:
        made = services.replace_quote(quote=row, actor=request.actor, at=clock.now())
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("projects:quote", cohort_id=cohort_id, quote_id=row.pk)
    return redirect(reverse("projects:edit_quote", args=[cohort_id, made.pk]))
