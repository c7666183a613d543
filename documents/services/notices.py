"""Telling a person that their paper is ready: written with the paper, sent outside, at least once."""

import datetime as dt
from collections.abc import Sequence

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from ct_platform.kit.delivery import deliver, send_keys
from ct_platform.kit.mail import Mail
from documents import kinds
from documents.models import Document, Notice

TASK = "documents.tasks.tell_people"
# A mail server that is down is not back in a minute: one hour, then two.
_WAIT = dt.timedelta(hours=1)


@transaction.atomic
def announce(*, document: Document, at: dt.datetime) -> Notice | None:
    """Write that the person of a ready paper is to be told, once; send when the transaction holds.

    None when nobody is to be told: a kind that is not announced, a person without an address or
    who asked for paper, a paper that is not ready. Announcing again changes nothing.
    """
    kind = kinds.get(document.kind) if document.kind in kinds.codes() else None
    person = document.subject
    if kind is None or person is None or not person.email or not document.is_ready:
        return None
    if not kind.announced_to(person.pk):
        return None
    notice: Notice
    notice, created = Notice.objects.get_or_create(
        document=document, recipient=person, defaults={"sent_at": at}
    )
    if created:
        transaction.on_commit(lambda: send([notice.pk]), robust=True)
    return notice


def send(keys: Sequence[int]) -> int:
    """Queue these messages now; a dead broker is logged, and the sweep sends them later."""
    return send_keys(TASK, keys)


def tell(*, notice_id: int, at: dt.datetime) -> bool:
    """Send one message if it is still to be sent; True when this call did it.

    Claimed before it is sent, outside any transaction: a duplicate task is a quiet no-op. A worker
    killed between the sending and its note sends again: twice is better than never. A failure is
    written in the row as a sentence; the paper itself is untouched.
    """
    token = Notice.objects.claim(notice_id, at)
    if token is None:
        return False
    notice = Notice.objects.select_related("document", "recipient").get(pk=notice_id)
    return deliver(notice, token, lambda: message_of(notice).send(), at=at, wait=_WAIT)


def message_of(notice: Notice) -> Mail:
    """The mail: who, which paper, where. No amount, no attachment, no code."""
    document, person = notice.document, notice.recipient
    context = {
        "person": person,
        "title": document.title,
        "issuer": document.issuer_name,
        "url": f"{settings.PUBLIC_ORIGIN}{reverse('documents:mine')}",
    }
    with translation.override("fr"):
        body = render_to_string("documents/mail/ready.txt", context)
        subject = _("Ton papier est prêt")
    return Mail(subject=subject, body=body, to=[person.email])


def sweep(*, at: dt.datetime) -> int:
    """Send again what a broker lost, a dead worker held or a mail server refused; returns how many."""
    lost = Notice.objects.take_lost(at, _("Le message n’est pas parti, après trois essais."))
    return send(lost) if lost else 0
