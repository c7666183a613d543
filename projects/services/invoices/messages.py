"""An issued invoice leaves: a link by mail, written with the press of the button and sent outside it."""

import datetime as dt
import uuid

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from ct_platform.kit.actor import Actor
from ct_platform.kit.clock import civil_day
from ct_platform.kit.delivery import DeliveryStatus, deliver, send_keys
from ct_platform.kit.errors import Refused
from ct_platform.kit.mail import Mail
from projects.models import Invoice, InvoiceMessage
from projects.selectors.selling import answers_to
from projects.services.archived import refuse_closed_invoice
from projects.services.invoices.links import link_of

TASK = "projects.tasks.send_invoice_messages"


@transaction.atomic
def mail_invoice(
    *, invoice: Invoice, to: str, word: str, key: uuid.UUID, actor: Actor, at: dt.datetime
) -> InvoiceMessage:
    """Write the mail that takes an issued invoice to its customer, as a link; the same `key` once.

    Raises Refused for a draft, a paper that is only a request, or without an address.
    """
    refuse_closed_invoice(invoice, actor)
    known: InvoiceMessage | None = InvoiceMessage.objects.filter(
        invoice=invoice, client_uuid=key
    ).first()
    if known is not None:
        return known
    _refuse_not_ours(invoice)
    if not to:
        raise Refused(_("Écrivez l’adresse du client."), field="to")
    made: InvoiceMessage = InvoiceMessage.objects.create(
        invoice=invoice,
        to=to,
        word=" ".join(word.split())[:300],
        sent_by_id=actor.person_id,
        client_uuid=key,
        sent_at=at,
    )
    transaction.on_commit(lambda: send([made.pk]), robust=True)
    return made


@transaction.atomic
def note_handed(
    *, invoice: Invoice, key: uuid.UUID, actor: Actor, at: dt.datetime
) -> InvoiceMessage:
    """The customer took the paper from somebody's hands, or by post. The same `key` notes it once."""
    refuse_closed_invoice(invoice, actor)
    _refuse_not_ours(invoice)
    noted: InvoiceMessage
    noted, _created = InvoiceMessage.objects.get_or_create(
        client_uuid=key,
        defaults={
            "invoice": invoice,
            "by_hand": True,
            "sent_by_id": actor.person_id,
            "sent_at": at,
            "status": DeliveryStatus.DONE,
            "finished_at": at,
        },
    )
    return noted


def send(keys: list[int]) -> int:
    return send_keys(TASK, keys)


def tell(*, message_id: int, at: dt.datetime) -> bool:
    """Send one mail if it is still to be sent; True when this call did it.

    Claimed before it is sent, outside any transaction: a duplicate task is a quiet no-op.
    """
    token = InvoiceMessage.objects.claim(message_id, at)
    if token is None:
        return False
    message: InvoiceMessage = InvoiceMessage.objects.select_related(
        "invoice__cohort", "invoice__host", "invoice__customer"
    ).get(pk=message_id)
    return deliver(message, token, lambda: message_of(message, at).send(), at=at)


def sweep(*, at: dt.datetime) -> int:
    """Send again what a broker lost, a dead worker held or a mail server refused; how many."""
    lost = InvoiceMessage.objects.take_lost(
        at, _("Le message n’est pas parti, après trois essais.")
    )
    return send(lost) if lost else 0


def message_of(message: InvoiceMessage, at: dt.datetime) -> Mail:
    """Which invoice, from whom, where to read it. No attachment: a link opens the paper."""
    invoice = message.invoice
    with translation.override("fr"):
        subject = _("%(what)s %(number)s : %(title)s") % {
            "what": invoice.get_kind_display().capitalize(),
            "number": invoice.number,
            "title": invoice.title,
        }
        body = render_to_string(
            "projects/mail/invoice.txt",
            {"message": message, "invoice": invoice, "url": link_of(invoice.pk)},
        )
    reply_to = answers_to(invoice.host_id, civil_day(at))
    return Mail(subject=subject, body=body, to=[message.to], reply_to=reply_to)


def _refuse_not_ours(invoice: Invoice) -> None:
    if not invoice.is_issued:
        raise Refused(_("Cette facture n’est pas émise."))
    if invoice.numbered_by_host:
        raise Refused(_("La coopérative hôte a émis cette facture : c’est elle qui l’envoie."))
