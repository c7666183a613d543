"""Somebody applies: their words, their voice, once."""

import datetime as dt
import uuid
from dataclasses import asdict, dataclass

from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from cohorts.enums import CohortState
from cohorts.models import Application, Cohort, Voice
from cohorts.rules.recruiting import VOICE_BYTES, voice_format
from cohorts.services.ages import require_age
from ct_platform.kit.clock import civil_day
from ct_platform.kit.db import refusing
from ct_platform.kit.errors import Refused
from documents.services import storing

FOLDER = "voices"


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody tells of themselves. `phone` is E.164, `email` in lower case."""

    first_name: str
    last_name: str
    birth_date: dt.date
    phone: str = ""
    email: str = ""
    address: str = ""
    postcode: str = ""
    city: str = ""
    motivation: str = ""
    wishes: str = ""
    available: tuple[str, ...] = ()
    availability: str = ""
    helper_name: str = ""
    helper_link: str = ""
    helper_contact: str = ""
    helper_wording: str = ""


@transaction.atomic
def apply(*, cohort: Cohort, key: uuid.UUID, said: Said, at: dt.datetime) -> Application:
    """Write an application down, with the voice its form already sent; `key` names the form.

    The same key with the same words is the application that exists. Raises Refused, beside the field
    at fault: other words under the same key, nothing said nor written, no way to answer, an age the
    programme does not take, a birth date to come, a cohort that does not recruit.
    """
    seen = Application.objects.filter(key=key).first()
    if seen is not None:
        return _same_or_refused(seen, cohort, said)
    if cohort.state != CohortState.RECRUITING:
        raise Refused(_("Cette coopérative ne recrute plus."))
    if said.birth_date >= civil_day(at):
        raise Refused(_("Cette date de naissance n’est pas possible."), field="birth_date")
    require_age(cohort=cohort, born=said.birth_date)
    voice = Voice.objects.select_for_update().filter(key=key, cohort=cohort).first()
    if voice is None and not said.motivation.strip():
        raise Refused(_("Écrivez quelques mots, ou joignez un message vocal."), field="motivation")
    try:
        with transaction.atomic(), refusing(Application):
            application = Application.objects.create(cohort=cohort, key=key, **_columns(said))
    except IntegrityError:
        # The other tap of a double tap was quicker.
        return _same_or_refused(Application.objects.get(key=key), cohort, said)
    if voice is not None:
        Voice.objects.filter(pk=voice.pk).update(application=application)
    return application


def _columns(said: Said) -> dict[str, object]:
    return {**asdict(said), "available": list(said.available)}


def _same_or_refused(seen: Application, cohort: Cohort, said: Said) -> Application:
    same = seen.cohort_id == cohort.pk and all(
        getattr(seen, name) == value for name, value in _columns(said).items()
    )
    if not same:
        raise Refused(
            _(
                "Cette candidature est déjà partie, avec d’autres réponses. Pour les changer, appelez "
                "les accompagnateurs ; vos nouvelles réponses sont encore ci-dessous."
            )
        )
    return seen


def keep_voice(*, cohort: Cohort, key: uuid.UUID, content: bytes) -> Voice:
    """Keep a recording under its form's key, before the rest is right; a later one replaces it.

    Not atomic: the bytes are stored before the row. Raises Refused beside the field "voice" when it is
    no recording or is too big, or when the application it belongs to is already sent.
    """
    kind = voice_format(content[:12])
    if kind is None:
        raise Refused(
            _("Ce fichier n’est pas un enregistrement que nous savons lire."), field="voice"
        )
    if len(content) > VOICE_BYTES:
        raise Refused(_("Ce message est trop long : dix minutes au plus."), field="voice")
    seen = Voice.objects.filter(key=key).first()
    if seen is not None and (seen.application_id is not None or seen.cohort_id != cohort.pk):
        return _sent_already(seen, cohort)
    name = storing.store(uuid.uuid4().hex, content, folder=FOLDER, suffix=".bin")
    try:
        voice, made = Voice.objects.update_or_create(
            key=key,
            defaults={"cohort": cohort, "file": name, "format": kind, "size": len(content)},
        )
    except BaseException:
        default_storage.delete(name)
        raise
    if not made and seen is not None:
        default_storage.delete(str(seen.file))
    return voice


def _sent_already(seen: Voice, cohort: Cohort) -> Voice:
    if seen.cohort_id != cohort.pk:
        raise Refused(_("Ce formulaire a déjà servi. Ouvrez-en un nouveau."), field="voice")
    return seen
