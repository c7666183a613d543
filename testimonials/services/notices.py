"""Messages to authors about their own words, each once: a version to read, published, soon over.

By e-mail, else by SMS where one leaves; without an address, *Ma coop* says it. Each carries a fresh
link that takes the words back without an account.
"""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from cohorts.enums.entry_files import ExitStatus
from cohorts.models import ExitSituation, FollowUpAnswer
from ct_platform.kit.clock import civil_day, format_day
from ct_platform.kit.delivery import deliver, send_keys
from ct_platform.kit.mail import Mail
from members import sms
from members.models import Person
from testimonials.enums import NoticeKind, TestimonialState
from testimonials.models import Agreement, AuthorNotice, Testimonial
from testimonials.services import links

TASK = "testimonials.tasks.send_author_notices"


def write_notice(held: Testimonial, kind: NoticeKind, *, key: str, at: dt.datetime) -> None:
    """Write one message, sent after the commit; the same key again: nothing."""
    way = _way(held.enrolment.person)
    if not way or _died(held.enrolment.person_id):
        return
    made, new = AuthorNotice.objects.get_or_create(
        testimonial=held, kind=kind, key=key, defaults={"way": way, "sent_at": at}
    )
    if new:
        transaction.on_commit(lambda: send([made.pk]), robust=True)


def tell_ends_soon(*, at: dt.datetime) -> int:
    """Tell the authors whose agreement ends within a month, once an end; how many rows were looked at."""
    today = civil_day(at)
    soon = (
        Agreement.objects.ending(today)
        .exclude(testimonial__state=TestimonialState.WITHDRAWN)
        .select_related("testimonial__enrolment__person", "consent")
    )
    seen = {(one.testimonial_id, one.consent.expires_on): one for one in soon}
    for (_key, day), one in seen.items():
        write_notice(one.testimonial, NoticeKind.ENDS_SOON, key=day.isoformat(), at=at)
    return len(seen)


def send(keys: Sequence[int]) -> int:
    return send_keys(TASK, keys)


def tell(*, notice_id: int, at: dt.datetime) -> bool:
    """Send one message if it still makes sense; True when this call did it. Outside any transaction."""
    token = AuthorNotice.objects.claim(notice_id, at)
    if token is None:
        return False
    notice = AuthorNotice.objects.select_related("testimonial__enrolment__person").get(pk=notice_id)
    if reason := _why_silent(notice):
        AuthorNotice.objects.drop(notice_id, token, reason)
        return False
    return deliver(notice, token, lambda: _deliver(notice, at), at=at)


def sweep(*, at: dt.datetime) -> int:
    lost = AuthorNotice.objects.take_lost(at, _("Le message n’est pas parti, après trois essais."))
    return send(lost) if lost else 0


def _way(person: Person) -> str:
    if person.email:
        return "mail"
    return "sms" if person.phone and sms.backend().delivers else ""


def _died(person_id: int) -> bool:
    rows = (
        ExitSituation.objects.filter(enrolment__person_id=person_id, status=ExitStatus.DEATH),
        FollowUpAnswer.objects.filter(
            follow_up__enrolment__person_id=person_id, status=ExitStatus.DEATH
        ),
    )
    return any(one.exists() for one in rows)


def _why_silent(notice: AuthorNotice) -> str:
    held: Testimonial = notice.testimonial
    if held.state == TestimonialState.WITHDRAWN:
        return _("Ces mots sont retirés.")
    if _died(held.enrolment.person_id):
        return _("Cette personne est décédée.")
    if notice.kind == NoticeKind.PROPOSED and held.state != TestimonialState.PROPOSED:
        return _("La version a déjà sa réponse.")
    return "" if _way(held.enrolment.person) else _("Il n’y a pas d’adresse où écrire.")


def _deliver(notice: AuthorNotice, at: dt.datetime) -> None:
    held: Testimonial = notice.testimonial
    person: Person = held.enrolment.person
    url = links.address(links.make(testimonial=held, at=at))
    with translation.override("fr"):
        words = {"name": person.called, "url": url, "day": ""}
        if notice.kind == NoticeKind.ENDS_SOON:
            words["day"] = format_day(dt.date.fromisoformat(notice.key))
        subject, short = _said(NoticeKind(notice.kind), words)
        if _way(person) == "sms":
            sms.backend().send(person.phone, short)
            return
        page = {"person": person, "notice": notice, "short": short, "url": url}
        body = render_to_string("testimonials/mail/notice.txt", page)
    Mail(subject=subject, body=body, to=[person.email]).send()


def _said(kind: NoticeKind, words: dict[str, str]) -> tuple[str, str]:
    match kind:
        case NoticeKind.PROPOSED:
            subject = _("Tes mots, à relire")
            short = _(
                "%(name)s, une version de tes mots attend ta réponse dans Ma coop, Mes mots. Rien ne "
                "paraît sans toi. Tout retirer : %(url)s"
            )
        case NoticeKind.PUBLISHED:
            subject = _("Tes mots sont publiés")
            short = _("%(name)s, tes mots sont sur le site. Les retirer quand tu veux : %(url)s")
        case NoticeKind.ENDS_SOON:
            subject = _("Ton accord se termine bientôt")
            short = _(
                "%(name)s, ton accord pour tes mots finit le %(day)s : ils disparaîtront. Pour "
                "prolonger : Ma coop, Mes mots. Pour retirer avant : %(url)s"
            )
    return subject, short % words
