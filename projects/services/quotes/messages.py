"""A quote by mail: written with the press of the button, sent outside it, each with its own link."""

import datetime as dt
import uuid

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from cohorts.services.closing import refuse_archived
from ct_platform.kit.actor import Actor
from ct_platform.kit.clock import civil_day
from ct_platform.kit.delivery import deliver, send_keys
from ct_platform.kit.errors import Refused
from ct_platform.kit.mail import Mail
from projects.models import Quote, QuoteMessage
from projects.selectors.selling import answers_to
from projects.services.quotes.links import fresh

TASK = "projects.tasks.send_quote_messages"


@transaction.atomic
def mail_quote(
    *, quote: Quote, to: str, word: str, key: uuid.UUID, actor: Actor, at: dt.datetime
) -> QuoteMessage:
    """Write the mail that takes a sent quote to its customer; the same `key` writes it once.

    Raises Refused when the quote waits for no answer any more, or without an address.
    """
    refuse_archived(quote.cohort)
    known: QuoteMessage | None = QuoteMessage.objects.filter(quote=quote, client_uuid=key).first()
    if known is not None:
        return known
    if reason := _why_not(quote, at):
        raise Refused(reason)
    if not to:
        raise Refused(_("Écrivez l’adresse du client."), field="to")
    made = QuoteMessage.objects.create(
        quote=quote, to=to, word=" ".join(word.split())[:300], client_uuid=key, sent_at=at
    )
    transaction.on_commit(lambda: send([made.pk]), robust=True)
    return made


def send(keys: list[int]) -> int:
    return send_keys(TASK, keys)


def tell(*, message_id: int, at: dt.datetime) -> bool:
    """Send one mail if its quote still waits; True when this call did it.

    Claimed before it is sent, outside any transaction: a duplicate task is a quiet no-op. A mail tried
    again carries another link: the first never arrived.
    """
    token = QuoteMessage.objects.claim(message_id, at)
    if token is None:
        return False
    message = QuoteMessage.objects.select_related("quote__cohort__host", "quote__customer").get(
        pk=message_id
    )
    if reason := _why_not(message.quote, at):
        QuoteMessage.objects.drop(message_id, token, reason)
        return False
    url, digest = fresh(message.quote_id)
    # Before it leaves: whoever reads their mail at once finds the door open.
    QuoteMessage.objects.filter(pk=message_id, lease_token=token).update(link_digest=digest)
    return deliver(message, token, lambda: _deliver(message, url, at), at=at)


def sweep(*, at: dt.datetime) -> int:
    """Send again what a broker lost, a dead worker held or a mail server refused; how many."""
    lost = QuoteMessage.objects.take_lost(at, _("Le message n’est pas parti, après trois essais."))
    return send(lost) if lost else 0


def _why_not(quote: Quote, at: dt.datetime) -> str:
    if not quote.is_sent:
        return _("Ce devis n’attend pas de réponse.")
    if quote.valid_until is not None and civil_day(at) > quote.valid_until:
        return _("Ce devis n’est plus valable.")
    return ""


def _deliver(message: QuoteMessage, url: str, at: dt.datetime) -> None:
    quote = message.quote
    with translation.override("fr"):
        subject = _("Devis %(number)s : %(title)s") % {
            "number": quote.number,
            "title": quote.title,
        }
        context = {"message": message, "quote": quote, "url": url}
        body = render_to_string("projects/mail/quote.txt", context)
    reply_to = answers_to(quote.cohort.host_id, civil_day(at))
    Mail(subject=subject, body=body, to=[message.to], reply_to=reply_to).send()
