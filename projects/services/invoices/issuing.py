"""Issuing: number, paper and turnover in one transaction, once, whatever is pressed twice."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.models import Contract
from ct_platform.kit import clock, states
from ct_platform.kit.actor import Actor
from ct_platform.kit.errors import Refused, Stale
from documents import kinds
from documents.models import Document
from documents.services.issue import issue_document
from documents.services.numbers import take_numbers
from documents.services.render import render_transient
from projects.enums import INVOICE_ALLOWED, CustomerKind, InvoiceKind, InvoiceState
from projects.models import Invoice, InvoiceLine, SellerTerms
from projects.papers.invoice import kind_of, title_of
from projects.papers.invoice_photograph import Facts, photograph
from projects.rules import totals_of_lines
from projects.rules.billing import due_on
from projects.rules.totals import Totals
from projects.services.archived import is_hosts_alone, refuse_closed_invoice
from projects.services.invoices._ready import exemption_of, refuse_unready
from projects.services.invoices._rows import (
    amounts,
    hold,
    lines_of,
    refuse_days,
    refuse_final,
    total_columns,
)
from projects.services.invoices.crediting import credited_totals
from projects.services.invoices.deposits import refuse_deposits, taken_off
from projects.services.invoices.turnover import write_turnover


@dataclass(frozen=True, slots=True)
class Judged:
    """A draft that may be issued as it stands: everything it is issued with but its number."""

    lines: list[InvoiceLine]
    totals: Totals
    terms: SellerTerms
    deposits: list[Invoice]
    exemption: str


@transaction.atomic
def issue_invoice(*, invoice: Invoice, actor: Actor, at: dt.datetime) -> Invoice:
    """Issue a draft (or an approved one when the host asks to look): gapless number, paper, turnover.

    All in one transaction; the PDF is drawn afterwards by the workers. Issuing an issued invoice
    changes nothing: of a double click, the second finds the number of the first. The day of issue is
    the civil day of `at`. Raises Refused for what the law or the host still wants, Stale when the day
    changed while waiting: numbers and dates go the same way.
    Source: CGI ann. II art. 242 nonies A, I-7° (a continuous chronological sequence); art. 289.
    """
    row = hold(invoice)
    if row.is_issued:
        return row
    refuse_closed_invoice(row, actor)
    refuse_final(row)
    day = clock.civil_day(at)
    judged = judge(row, day, at)
    if not is_hosts_alone(row.cohort, actor):
        _require_agreed(row, judged.terms)
    if not judged.terms.gives_numbers:
        raise Refused(
            _("La coopérative hôte n’a pas délégué de série de numéros : demandez-lui de facturer.")
        )
    number = _next_number(row, judged.terms, day)
    document = issue_paper(row, judged, number=number, day=day, actor=actor, at=at)
    finish(row, judged, number=number, issued_on=day, document=document, actor=actor, at=at)
    return row


def preview_invoice(*, invoice: Invoice, at: dt.datetime) -> bytes:
    """Draw a draft as it would be today: no number, no code, no XML, nothing written. Refused as issuing.

    To be called inside a transaction: it judges as issuing does, locks included.
    """
    day = clock.civil_day(at)
    row = hold(invoice)
    told = picture(row, judge(row, day, at), number="", day=day)
    kind = kinds.get(kind_of(row.kind, ""))
    paper = {"title": _("Aperçu"), "issuer": row.host.name, "issued_on": day.isoformat()}
    return render_transient(
        kind.template, {**kind.context(told), "paper": paper, "is_preview": True}
    )


def judge(invoice: Invoice, day: dt.date, at: dt.datetime) -> Judged:
    """Everything that may refuse, before any number is taken. Locks what it takes from or corrects."""
    terms = refuse_unready(invoice, day)
    lines, deposits = lines_of(invoice), taken_off(invoice)
    if invoice.kind != InvoiceKind.CREDIT_NOTE:
        refuse_days(invoice.cohort, invoice.sold_from, invoice.sold_until, kind=invoice.kind, at=at)
    exemption = exemption_of(invoice, lines, terms, day)
    refuse_deposits(invoice, deposits)
    totals = _credited(invoice, lines) if invoice.is_credit else totals_of_lines(amounts(lines))
    if totals.gross < 0:
        raise Refused(_("Les acomptes déduits dépassent ce qui est vendu."))
    if totals.net == 0 and not deposits:
        raise Refused(_("Il n’y a rien à facturer : le total est à zéro."))
    return Judged(lines, totals, terms, deposits, exemption)


def issue_paper(
    invoice: Invoice,
    judged: Judged,
    *,
    number: str,
    day: dt.date,
    actor: Actor,
    at: dt.datetime,
) -> Document:
    """The photograph and its rendering row; a request to the host when there is no number."""
    code = kind_of(invoice.kind, number)
    return issue_document(
        kind=code,
        title=title_of(invoice.kind, number),
        number=number,
        issuer_key=invoice.host_id,
        issuer_name=invoice.host.name,
        subject=None,
        snapshot=picture(invoice, judged, number=number, day=day),
        effect_key=f"{code}:{invoice.pk}:{invoice.version}",
        cohort_key=invoice.cohort_id,
        territory_key=invoice.cohort.territory_id,
        batch=f"invoice:{invoice.pk}",
        period_from=invoice.sold_from,
        period_to=invoice.sold_until,
        actor=actor,
        at=at,
    )


def picture(invoice: Invoice, judged: Judged, *, number: str, day: dt.date) -> dict[str, object]:
    return photograph(
        Facts(
            invoice=invoice,
            lines=judged.lines,
            totals=judged.totals,
            terms=judged.terms,
            issued_on=day,
            due_on=_due(invoice, judged.terms, day),
            number=number,
            cape_until=_cape_until(invoice, day),
            deposits=judged.deposits,
            exemption=judged.exemption,
        )
    )


def finish(
    invoice: Invoice,
    judged: Judged,
    *,
    number: str,
    issued_on: dt.date,
    document: Document | None,
    actor: Actor,
    at: dt.datetime,
    numbered_by_host: bool = False,
) -> None:
    """The last write on the row: from here the database refuses any other. Then its turnover."""
    states.move(
        invoice,
        InvoiceState.ISSUED,
        allowed=INVOICE_ALLOWED,
        by_person_id=actor.person_id,
        at=at,
        number=number,
        numbered_by_host=numbered_by_host,
        issued_on=issued_on,
        due_on=_due(invoice, judged.terms, issued_on),
        document_id=document.pk if document else None,
        issued_by_id=actor.person_id,
        issued_at=at,
        sent_back_because="",
        **total_columns(judged.totals),
    )
    write_turnover(invoice=invoice, lines=judged.lines, issued_by_id=actor.person_id)


def _require_agreed(invoice: Invoice, terms: SellerTerms) -> None:
    if not terms.asks_to_validate or invoice.state == InvoiceState.APPROVED:
        return
    if invoice.state == InvoiceState.SUBMITTED:
        raise Refused(_("La coopérative hôte n’a pas encore donné son accord."))
    raise Refused(_("La coopérative hôte demande à valider : envoyez-lui d’abord la facture."))


def _next_number(invoice: Invoice, terms: SellerTerms, day: dt.date) -> str:
    """The counter of the series stays locked until commit, so the check of dates stands."""
    (number,) = take_numbers(
        issuer_key=invoice.host_id, series=terms.series, year=day.year, count=1
    )
    later = Invoice.objects.issued().filter(
        host_id=invoice.host_id,
        numbered_by_host=False,
        number__startswith=number[:-5],
        issued_on__gt=day,
    )
    if later.exists():
        raise Stale(
            _("Une facture de la même série porte déjà une date plus récente. Recommencez.")
        )
    return number


def _credited(invoice: Invoice, lines: list[InvoiceLine]) -> Totals:
    """Locks the invoice it corrects: two credit notes at once never take more than there is."""
    corrected = Invoice.objects.select_for_update(of=("self",)).get(pk=invoice.corrects_id)
    return credited_totals(corrected, lines)


def _due(invoice: Invoice, terms: SellerTerms, day: dt.date) -> dt.date:
    is_authority = invoice.customer.kind == CustomerKind.AUTHORITY
    return due_on(day, terms.due_days, to_authority=is_authority)


def _cape_until(invoice: Invoice, day: dt.date) -> dt.date | None:
    """The latest end of the contracts that run in the cohort that day (see billing.mentions)."""
    running = Contract.objects.of_cohort(invoice.cohort_id).running_on(day)
    ends: list[dt.date] = list(running.order_by("-ends_on").values_list("ends_on", flat=True)[:1])
    return ends[0] if ends else None
