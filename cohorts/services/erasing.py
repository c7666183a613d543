"""Erasing what people told to apply, when its time is over. The row stays, without anybody in it."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models.functions import Coalesce, Greatest

from cohorts.erasers import all_erasers
from cohorts.models import (
    Application,
    ApplicationAnswer,
    MeetingGuest,
    Opinion,
    RecoveryNotice,
    RecoveryRequest,
    Voice,
)
from cohorts.rules.ages import add_months
from cohorts.rules.recovery import KEPT_MONTHS as RECOVERIES_KEPT_MONTHS
from cohorts.rules.recruiting import GUESTS_KEPT_DAYS, KEPT_MONTHS, LOOSE_VOICE_HOURS
from cohorts.services.contact_erasing import erase_old_contacts, erase_old_guests
from ct_platform.kit.clock import PARIS, civil_day

_BLANK = (
    "first_name", "last_name", "phone", "email", "address", "postcode", "city", "motivation", "wishes",
    "availability", "helper_name", "helper_link", "helper_contact", "helper_wording", "note",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Erased:
    applications: int
    guests: int
    voices: int  # recordings of forms that never came whole
    recoveries: int  # requests to enter again, over for a year
    event_guests: int
    contacts: int  # people met
    others: tuple[tuple[str, int], ...]  # of other rooms, in their words


@transaction.atomic
def erase_what_is_old(*, at: dt.datetime) -> Erased:
    """Erase applications two years after the last contact, guests ninety days after their meeting,
    recordings of unsent forms after two days, requests to enter again a year after their end; guests of
    events and people met, each in their time (services.contact_erasing), and what other rooms
    registered. Running it twice erases nothing more.

    Source: GDPR art. 5(1)(e); CNIL, recruiting: two years after the last contact. Who entered keeps
    their place in `Person`, under its own rule; what they wrote to apply is erased all the same.
    """
    return Erased(
        _applications(at),
        _guests(at),
        _loose_voices(at),
        _recoveries(at),
        erase_old_guests(at=at),
        erase_old_contacts(at=at),
        tuple((words, erase(at=at)) for words, erase in all_erasers().items()),
    )


def _applications(at: dt.datetime) -> int:
    before = dt.datetime.combine(
        add_months(civil_day(at), -KEPT_MONTHS) + dt.timedelta(days=1), dt.time(), tzinfo=PARIS
    )
    # Nobody told anything since: the last contact is the later of what was received, decided and said.
    recent = ApplicationAnswer.objects.filter(finished_at__gte=before).values("application_id")
    old = (
        Application.objects.standing()
        .annotate(last=Greatest("created_at", Coalesce("decided_at", "created_at")))
        .filter(last__lt=before)
        .exclude(pk__in=recent)
    )
    keys = list(old.values_list("pk", flat=True))
    Opinion.objects.filter(application__in=keys).update(reasons="")
    ApplicationAnswer.objects.filter(application__in=keys).update(word="", error="")
    _drop(Voice.objects.filter(application__in=keys))
    return Application.objects.filter(pk__in=keys).update(
        **dict.fromkeys(_BLANK, ""), birth_date=None, available=[], erased_at=at
    )


def _guests(at: dt.datetime) -> int:
    return MeetingGuest.objects.filter(
        erased_at__isnull=True, meeting__starts_at__lt=at - dt.timedelta(days=GUESTS_KEPT_DAYS)
    ).update(name="", contact="", erased_at=at)


def _recoveries(at: dt.datetime) -> int:
    """Who decided stays, with the log of states; what was typed at the door goes."""
    before = dt.datetime.combine(
        add_months(civil_day(at), -RECOVERIES_KEPT_MONTHS), dt.time(), tzinfo=PARIS
    )
    keys = list(RecoveryRequest.objects.to_erase(before).values_list("pk", flat=True))
    RecoveryNotice.objects.filter(request__in=keys).update(to="", sealed="")
    return RecoveryRequest.objects.filter(pk__in=keys).update(
        first_name="", last_name="", search_key="", birth_date=None, said="", phone="", email="",
        check_note="", block_index="", erased_at=at,
    )  # fmt: skip


def _loose_voices(at: dt.datetime) -> int:
    return _drop(Voice.objects.loose(at - dt.timedelta(hours=LOOSE_VOICE_HOURS)))


def _drop(voices: Iterable[Voice]) -> int:
    """The row now, the file once the transaction holds: a rolled-back erasure loses nothing."""
    found = list(voices)
    files = [str(voice.file) for voice in found]
    Voice.objects.filter(pk__in=[voice.pk for voice in found]).delete()
    transaction.on_commit(partial(_forget, files), robust=True)
    return len(found)


def _forget(files: Iterable[str]) -> None:
    for file in files:
        default_storage.delete(file)
