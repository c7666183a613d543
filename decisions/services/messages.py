"""The words of messages about votes: what it is, until when, an address. No choice, no figure."""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from cohorts.models import Cohort
from ct_platform.kit.mail import Mail
from ct_platform.kit.templatetags.words import moment_fr
from decisions.enums import NoticeKind, NoticeWay, PollState
from decisions.models import KeyHolder, VoteNotice
from members import sms
from members.models import Person


@dataclass(frozen=True, slots=True)
class Message:
    subject: str
    body: str
    short: str  # the SMS


def way_to(person: Person) -> NoticeWay | None:
    """How a person is written to: by mail, else by SMS where SMS really leave; None by no way."""
    if person.email:
        return NoticeWay.MAIL
    return NoticeWay.SMS if person.phone and sms.backend().delivers else None


def message_of(notice: VoteNotice, token: str) -> Message:
    """`token` opens the confirm page of a vote; key and convening notices carry a plain address."""
    with translation.override("fr"):
        subject, short = _said(notice)
        url = settings.PUBLIC_ORIGIN + _address(notice, token)
        cohort: Cohort = _cohort(notice)
        context = {
            "person": notice.recipient,
            "poll": notice.poll,
            "assembly": notice.assembly,
            "cohort": cohort,
            "url": url,
        }
        body = render_to_string(f"decisions/mail/{_template(notice)}.txt", context)
    return Message(subject, body, f"{short} {url}")


def deliver(notice: VoteNotice, message: Message) -> None:
    """Hand a message over to its way. OSError or SMTPException when it did not leave."""
    person: Person = notice.recipient
    if notice.way == NoticeWay.SMS:
        sms.backend().send(person.phone, message.short)
    else:
        Mail(subject=message.subject, body=message.body, to=[person.email]).send()


def _said(notice: VoteNotice) -> tuple[str, str]:
    """Subject and short form. The question is not in them: a lock screen shows them to anybody."""
    match notice.kind:
        case NoticeKind.REMINDER:
            end = _until(notice)
            return _("On attend ta voix"), _("On attend ta voix jusqu’à %s :") % end
        case NoticeKind.KEY:
            return _("Tu gardes une clé du vote"), _("Tu gardes une clé du vote :")
        case NoticeKind.CONVENING:
            day = _when(notice.meeting.starts_at)
            return _("Assemblée : tu es invité·e"), _("Assemblée %s :") % day
    return _("Un vote est ouvert"), _("Un vote est ouvert jusqu’à %s :") % _until(notice)


def _until(notice: VoteNotice) -> str:
    return _when(notice.vote.closes_at)


def _when(instant: dt.datetime) -> str:
    said: str = moment_fr(instant)
    return said


def _template(notice: VoteNotice) -> str:
    if notice.kind == NoticeKind.KEY and notice.vote.state == PollState.CLOSED:
        return "key_to_open"
    return str(notice.kind)


def _cohort(notice: VoteNotice) -> Cohort:
    cohort: Cohort = notice.vote.proposal.cohort if notice.poll else notice.meeting.cohort
    return cohort


def _address(notice: VoteNotice, token: str) -> str:
    if token:
        return reverse("decisions:vote_link", args=[token])
    if notice.poll is None:
        return reverse("decisions:to_decide")
    if KeyHolder.objects.filter(
        poll=notice.poll, person=notice.recipient_id, is_coordinator=True
    ).exists():
        return reverse("decisions:poll_of_cohort", args=[_cohort(notice).pk, notice.poll.pk])
    if notice.kind == NoticeKind.KEY:
        return reverse("decisions:key", args=[notice.poll.pk])
    return reverse("decisions:poll", args=[notice.poll.pk])
