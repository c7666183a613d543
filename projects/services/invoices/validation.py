"""The host's look, when it asks for it: submitted, then approved or sent back with a sentence."""

import datetime as dt

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from cohorts.services.closing import refuse_archived
from ct_platform.kit import clock, states
from ct_platform.kit.actor import Actor
from ct_platform.kit.errors import Refused
from projects.enums import INVOICE_ALLOWED, InvoiceState
from projects.models import Invoice
from projects.services.invoices._rows import back_to_draft, hold, refuse_final, refuse_seen
from projects.services.invoices.issuing import issue_paper, judge


@transaction.atomic
def submit_invoice(
    *, invoice: Invoice, seen_version: int, actor: Actor, at: dt.datetime
) -> Invoice:
    """Send a draft to the host, to be approved, or to be invoiced by it when it delegated no series
    (a paper then asks it, without a number). Submitting twice is quiet.

    Refused when the host asked for neither, or when something the law wants is missing: the host
    looks at what may be issued as it stands.
    """
    row = hold(invoice)
    refuse_archived(row.cohort)
    if row.state in (InvoiceState.SUBMITTED, InvoiceState.APPROVED):
        return row
    refuse_final(row)
    refuse_seen(row, seen_version)
    day = clock.civil_day(at)
    judged = judge(row, day, at)
    if judged.terms.gives_numbers and not judged.terms.asks_to_validate:
        raise Refused(_("La coopérative hôte n’a pas demandé à valider : émettez la facture."))
    states.move(
        row, InvoiceState.SUBMITTED, allowed=INVOICE_ALLOWED, by_person_id=actor.person_id, at=at
    )
    paper = None
    if not judged.terms.gives_numbers:
        paper = issue_paper(row, judged, number="", day=day, actor=actor, at=at)
    Invoice.objects.filter(pk=row.pk).update(sent_back_because="", document=paper)
    row.refresh_from_db()
    return row


@transaction.atomic
def approve_invoice(
    *, invoice: Invoice, seen_version: int, actor: Actor, at: dt.datetime
) -> Invoice:
    """The host agrees with this exact version. Approving twice is quiet; Stale when it changed."""
    row = hold(invoice)
    refuse_archived(row.cohort)
    if row.state in (InvoiceState.APPROVED, InvoiceState.ISSUED):
        return row
    refuse_final(row)
    refuse_seen(row, seen_version)
    if row.state != InvoiceState.SUBMITTED:
        raise Refused(_("Cette facture n’est pas encore envoyée à la validation."))
    states.move(
        row,
        InvoiceState.APPROVED,
        allowed=INVOICE_ALLOWED,
        by_person_id=actor.person_id,
        at=at,
        approved_by_id=actor.person_id,
        approved_at=at,
    )
    return row


@transaction.atomic
def send_back_invoice(*, invoice: Invoice, because: str, actor: Actor, at: dt.datetime) -> Invoice:
    """The host asks for a change, in a sentence; the draft is open again. Refused without a sentence."""
    words = " ".join(because.split())
    if not words:
        raise Refused(_("Dites ce qu’il faut changer."), field="because")
    row = hold(invoice)
    refuse_archived(row.cohort)
    refuse_final(row)
    if row.state == InvoiceState.DRAFT:
        if row.sent_back_because == words:
            return row
        raise Refused(_("Cette facture n’est pas encore envoyée à la validation."))
    back_to_draft(row, actor=actor, at=at, reason=words)
    Invoice.objects.filter(pk=row.pk).update(
        sent_back_because=words[:300], version=F("version") + 1
    )
    row.refresh_from_db()
    return row
