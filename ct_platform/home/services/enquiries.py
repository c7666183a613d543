"""What people ask from the public site: kept, told to the network by mail, answered, erased in time."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from cohorts.models import NetworkSeat
from cohorts.rules.ages import add_months
from ct_platform.home.models import Enquiry, EnquiryMail
from ct_platform.kit.actor import Actor
from ct_platform.kit.clock import civil_day
from ct_platform.kit.db import refusing
from ct_platform.kit.delivery import deliver, send_keys
from ct_platform.kit.mail import Mail

TASK = "ct_platform.home.tasks.send_enquiry_mails"
# After it was answered, or came when nobody did.
KEPT_MONTHS = 12
_BLANK = ("name", "organisation", "place", "email", "phone", "message")


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody typed, once valid."""

    who: str
    name: str
    organisation: str
    place: str
    email: str
    phone: str
    message: str
    agreed_to: str


@transaction.atomic
def ask(*, key: uuid.UUID, asked: Asked, at: dt.datetime) -> Enquiry:
    """Keep an enquiry and tell everybody who sits for the network. The same key twice keeps one.

    Raises Refused without any way to answer.
    """
    found: Enquiry | None = Enquiry.objects.filter(key=key).first()
    if found is not None:
        return found
    with refusing(Enquiry):
        enquiry: Enquiry = Enquiry.objects.create(
            key=key, **{name: getattr(asked, name) for name in Asked.__slots__}
        )
    rows = [
        EnquiryMail.objects.create(enquiry=enquiry, person_id=person, sent_at=at).pk
        for person in _network(civil_day(at))
    ]
    if rows:
        transaction.on_commit(lambda: send_keys(TASK, rows), robust=True)
    return enquiry


def _network(day: dt.date) -> list[int]:
    seats = NetworkSeat.objects.in_force(day).exclude(
        Q(person__email="") & (Q(person__user__email=None) | Q(person__user__email=""))
    )
    return list(seats.order_by("person_id").values_list("person_id", flat=True).distinct())


def send(keys: Sequence[int]) -> int:
    return send_keys(TASK, keys)


def tell(*, mail_id: int, at: dt.datetime) -> bool:
    """Send one mail if it is still to be sent; True when this call did it."""
    token = EnquiryMail.objects.claim(mail_id, at)
    if token is None:
        return False
    mail = EnquiryMail.objects.select_related("enquiry", "person__user").get(pk=mail_id)
    if mail.enquiry.erased_at is not None:
        EnquiryMail.objects.drop(mail_id, token, _("La demande est effacée."))
        return False
    return deliver(mail, token, lambda: _deliver(mail), at=at)


def sweep(*, at: dt.datetime) -> int:
    """Send again what a broker lost, a dead worker held or a mail server refused; how many."""
    lost = EnquiryMail.objects.take_lost(at, _("Le message n’est pas parti, après trois essais."))
    return send(lost) if lost else 0


def _deliver(mail: EnquiryMail) -> None:
    person = mail.person
    account = person.user.email if person.user is not None else ""
    with translation.override("fr"):
        body = render_to_string(
            "home/mail/enquiry.txt",
            {
                "enquiry": mail.enquiry,
                "url": settings.PUBLIC_ORIGIN + reverse("home:enquiries"),
                "months": KEPT_MONTHS,
            },
        )
        subject = _("Une demande pour monter une coopérative")
    message = Mail(subject=subject, body=body, to=[person.email or account or ""])
    if mail.enquiry.email:
        message.reply_to = [mail.enquiry.email]
    message.send()


@transaction.atomic
def note_answered(*, enquiry: Enquiry, actor: Actor, at: dt.datetime) -> bool:
    """Say that somebody answered; True when this call said it. Twice is quiet."""
    return bool(
        Enquiry.objects.filter(pk=enquiry.pk, answered_at__isnull=True).update(
            answered_at=at, answered_by_id=actor.person_id
        )
    )


@transaction.atomic
def erase_old(*, at: dt.datetime) -> int:
    """Erase enquiries a year after they were answered, or came; how many. Twice erases nothing more.

    Source: GDPR art. 5(1)(e). When and where from a demand came stays, without anybody in it.
    """
    before = add_months(civil_day(at), -KEPT_MONTHS)
    old = Enquiry.objects.filter(erased_at__isnull=True).filter(
        Q(answered_at__date__lt=before) | Q(answered_at__isnull=True, created_at__date__lt=before)
    )
    EnquiryMail.objects.filter(enquiry__in=old.values("pk")).update(error="")
    return old.update(**dict.fromkeys(_BLANK, ""), erased_at=at)


def standing() -> QuerySet[Enquiry]:
    """Those not erased."""
    found: QuerySet[Enquiry] = Enquiry.objects.filter(erased_at__isnull=True)
    return found.select_related("answered_by")


def waiting_first(limit: int = 200) -> list[Enquiry]:
    """Those nobody answered, then the others. One query."""
    rows = standing()
    return sorted(rows[:limit], key=lambda one: one.answered_at is not None)
