"""Messages about sessions, to who asked for them: the day before, when one moves or is cancelled.

Written with the act that causes them, sent outside it, at least once, to each person once.
"""

import datetime as dt
from collections.abc import Sequence

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from cohorts.enums.sessions import ReminderWay, SessionNoticeKind
from cohorts.models import Agenda, Session, SessionNotice
from cohorts.rules.attendance import reminder_due
from cohorts.selectors.roll import expected_at, members_of
from ct_platform.kit.clock import civil_day, format_day
from ct_platform.kit.delivery import deliver, send_keys
from ct_platform.kit.mail import Mail
from ct_platform.kit.templatetags.words import hour_fr
from members import sms
from members.models import Person

TASK = "cohorts.tasks.send_session_notices"


def remind_due(*, at: dt.datetime) -> int:
    """On the eve, from 17 h, write the reminder of each session of tomorrow; how many are new.

    Run twice or late in the evening, each person has each session once. Three queries a session.
    """
    tomorrow = civil_day(at) + dt.timedelta(days=1)
    if not reminder_due(tomorrow, timezone.localtime(at)):
        return 0
    sessions = Session.objects.planned().between(tomorrow, tomorrow).select_related("cohort")
    return sum(
        _write(session, SessionNoticeKind.REMINDER, at)
        for session in sessions.prefetch_related("invited")
    )


def announce_cancellation(*, session: Session, at: dt.datetime) -> int:
    """Tell who asked for reminders that a session to come is cancelled, in the caller's transaction."""
    if session.day < civil_day(at):
        return 0
    return _write(session, SessionNoticeKind.CANCELLED, at)


def announce_move(*, session: Session, before: dt.date, at: dt.datetime) -> int:
    """Tell who asked for reminders that a session has another day, hour or place, in the caller's
    transaction; `before` is the day it was on. Nobody is told of what is over, before and after."""
    if max(session.day, before) < civil_day(at):
        return 0
    return _write(session, SessionNoticeKind.MOVED, at, version=session.version)


@transaction.atomic
def _write(session: Session, kind: str, at: dt.datetime, version: int = 0) -> int:
    expected = expected_at(session, members_of(session.cohort_id))
    asked = Agenda.objects.reminded().filter(person__in=[one.person_id for one in expected])
    same = {"session": session, "kind": kind, "day": session.day, "version": version}
    before = set(SessionNotice.objects.filter(**same).values_list("pk", flat=True))
    SessionNotice.objects.bulk_create(
        [
            SessionNotice(**same, recipient_id=one.person_id, way=one.remind_by, sent_at=at)
            for one in asked
        ],
        ignore_conflicts=True,
    )
    written = SessionNotice.objects.filter(**same).values_list("pk", flat=True)
    new = [key for key in written if key not in before]
    if new:
        transaction.on_commit(lambda: send(new), robust=True)
    return len(new)


def send(keys: Sequence[int]) -> int:
    """Queue these messages by their keys alone; what a dead broker refuses is left to the sweep."""
    return send_keys(TASK, keys)


def tell(*, notice_id: int, at: dt.datetime) -> bool:
    """Send one message if it is still to be sent; True when this call did it.

    Claimed before it is sent, outside any transaction: a duplicate task is a quiet no-op.
    """
    token = SessionNotice.objects.claim(notice_id, at)
    if token is None:
        return False
    notice = SessionNotice.objects.select_related("session__cohort", "recipient__agenda").get(
        pk=notice_id
    )
    if reason := _why_not(notice, at):
        SessionNotice.objects.drop(notice_id, token, reason)
        return False
    return deliver(notice, token, lambda: _deliver(notice), at=at)


def sweep(*, at: dt.datetime) -> int:
    """Send again what a broker lost, a dead worker held or a mail server refused; how many."""
    lost = SessionNotice.objects.take_lost(at, _("Le message n’est pas parti, après trois essais."))
    return send(lost) if lost else 0


def _why_not(notice: SessionNotice, at: dt.datetime) -> str:
    """Why a message is no longer to be sent; "" when it is."""
    session: Session = notice.session
    person: Person = notice.recipient
    if notice.kind == SessionNoticeKind.REMINDER:
        if session.is_cancelled or session.day != notice.day:
            return _("La séance n’est plus ce jour-là.")
        if civil_day(at) > notice.day:
            return _("La séance est passée.")
    if notice.kind == SessionNoticeKind.MOVED and (
        session.is_cancelled or _moved_again(notice) or civil_day(at) > session.day
    ):
        return _("La séance a encore changé, ou elle est passée.")
    if not person.agenda.remind_by:
        return _("La personne ne veut plus de rappel.")
    address = person.phone if notice.way == ReminderWay.SMS else person.email
    return "" if address else _("Il n’y a plus d’adresse où écrire.")


def _moved_again(notice: SessionNotice) -> bool:
    """A later move has its own message, with the facts of today: one is enough."""
    later = SessionNotice.objects.filter(
        session_id=notice.session_id,
        recipient_id=notice.recipient_id,
        kind=SessionNoticeKind.MOVED,
        version__gt=notice.version,
    )
    return bool(later.exists())


def _deliver(notice: SessionNotice) -> None:
    session: Session = notice.session
    person: Person = notice.recipient
    first = session.slots.order_by("starts").first()
    with translation.override("fr"):
        when = format_day(session.day, weekday=True, year=False)
        if first is not None:
            when = f"{when}, {hour_fr(first.starts)}"
        words = {"title": session.title, "when": when, "place": session.place}
        if notice.kind == SessionNoticeKind.CANCELLED:
            subject = _("Séance annulée : %(title)s") % words
            short = _("Annulé : %(title)s, %(when)s.") % words
        elif notice.kind == SessionNoticeKind.MOVED:
            subject = _("Séance déplacée : %(title)s") % words
            short = _("Changement : %(title)s, maintenant %(when)s, %(place)s.") % words
        else:
            subject = _("Demain : %(title)s") % words
            short = _("Demain : %(title)s, %(when)s, %(place)s.") % words
        url = settings.PUBLIC_ORIGIN + reverse("cohorts:my_agenda")
        context = {"person": person, "session": session, "when": when, "url": url}
        body = render_to_string(f"cohorts/mail/{notice.kind}.txt", context)
    if notice.way == ReminderWay.SMS:
        sms.backend().send(person.phone, short)
    else:
        Mail(subject=subject, body=body, to=[person.email]).send()
