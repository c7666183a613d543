"""One's own agenda: a secret address for a phone's calendar, and a reminder for who asked."""

import datetime as dt
import secrets

from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.enums.sessions import ReminderWay
from cohorts.models import Agenda
from cohorts.models.agenda import FEED_PLACE
from ct_platform.kit.crypto import blind_indexes, seal
from ct_platform.kit.errors import Refused
from members import sms
from members.models import Person

SECRET_BYTES = 16  # 128 bits


@transaction.atomic
def renew_feed(*, person: Person, at: dt.datetime) -> Agenda:
    """Give the person an address for their calendar; the one they had opens nothing any more."""
    agenda = _lock(person)
    secret = secrets.token_urlsafe(SECRET_BYTES)
    agenda.sealed_secret = seal(f"{FEED_PLACE}|{agenda.pk}", secret)
    agenda.secret_index = blind_indexes(FEED_PLACE, secret)[0]
    agenda.secret_at = at
    agenda.save(update_fields=["sealed_secret", "secret_index", "secret_at"])
    return agenda


@transaction.atomic
def close_feed(*, person: Person) -> None:
    """The address opens nothing any more, and there is no other. Closing twice is quiet."""
    agenda = _lock(person)
    agenda.sealed_secret, agenda.secret_index, agenda.secret_at = "", "", None
    agenda.save(update_fields=["sealed_secret", "secret_index", "secret_at"])


@transaction.atomic
def choose_reminder(*, person: Person, way: str, at: dt.datetime) -> Agenda:
    """Be reminded the day before by mail or SMS, or not at all (the default).

    Raises Refused when there is no such address, or when no SMS leaves this site.
    """
    if way == ReminderWay.MAIL and not person.email:
        raise Refused(_("Il n’y a pas d’e-mail dans ton compte. Choisis le SMS, ou ajoute-le."))
    if way == ReminderWay.SMS and not person.phone:
        raise Refused(_("Il n’y a pas de téléphone dans ton compte."))
    if way == ReminderWay.SMS and not sms.backend().delivers:
        raise Refused(_("Ici, les SMS ne partent pas encore. Choisis l’e-mail."))
    agenda = _lock(person)
    if agenda.remind_by != way:
        agenda.remind_by, agenda.remind_since = way, at if way else None
        agenda.save(update_fields=["remind_by", "remind_since"])
    return agenda


def _lock(person: Person) -> Agenda:
    Agenda.objects.get_or_create(person=person)
    agenda: Agenda = Agenda.objects.select_for_update(of=("self",)).get(person=person)
    return agenda
