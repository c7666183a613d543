"""The words: left by their author, dictated, or typed for them; every version is kept."""

import datetime as dt
from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.models import Enrolment
from ct_platform.kit.actor import Actor
from ct_platform.kit.errors import Refused
from ct_platform.kit.states import move
from testimonials.enums import TESTIMONIAL_ALLOWED, AgreedHow, TestimonialState, Use, Way
from testimonials.models import Testimonial, Version
from testimonials.services import photos
from testimonials.services.agreements import Given, check, grant
from testimonials.services.holding import hold_own, next_number
from testimonials.services.publications import take_off_site


@transaction.atomic
def submit_words(
    *,
    enrolment: Enrolment,
    text: str,
    signed_as: str,
    trade: str,
    consent_until: dt.date,
    uses: Collection[str] = (Use.SITE,),
    photo_uses: Collection[str] = (),
    photo: bytes | None = None,
    recording: tuple[bytes, str] | None = None,
    actor: Actor,
    at: dt.datetime,
) -> Testimonial:
    """Keep the words (or the voice that tells them) and each consent they rest on, until a day included.

    Photo and recording come already cleaned (`services.photos`). Refused when nothing is told, no use
    is agreed to, or the end of the consent is past or further than three years. Open after the archive:
    stories are asked three, six and twelve months later.
    """
    if enrolment.person_id != actor.person_id:
        raise Refused(_("Chacun écrit ses propres mots."))
    text = text.strip()
    if not text and recording is None:
        raise Refused(_("Écris au moins une phrase, ou enregistre ta voix."), field="text")
    if not uses:
        raise Refused(
            _("Sans ton accord, on ne peut pas publier. Coche au moins un endroit."), field="uses"
        )
    given = Given(consent_until, uses, photo_uses)
    check(given, at)
    made = Testimonial(
        enrolment=enrolment,
        text=text,
        signed_as=signed_as.strip(),
        trade=trade,
        way=Way.WRITTEN if text else Way.DICTATED,
        state=TestimonialState.SUBMITTED if text else TestimonialState.TOLD,
    )
    photos.keep(made, photo=photo, recording=recording)
    made.save()
    grant(made, given, at)
    if text:
        _by_author(made, text, actor, at)
    return made


def _by_author(held: Testimonial, text: str, actor: Actor, at: dt.datetime) -> None:
    Version.objects.create(
        testimonial=held, number=next_number(held), text=text, written_by_id=actor.person_id,
        written_at=at, by_author=True, agreed_at=at, agreed_how=AgreedHow.PHONE,
    )  # fmt: skip


@transaction.atomic
def edit_words(
    *, testimonial: Testimonial, text: str, trade: str, actor: Actor, at: dt.datetime
) -> None:
    """The author says it otherwise: it leaves the site at once, and is read again. The same: nothing.

    What somebody had proposed meanwhile falls.
    """
    held = hold_own(testimonial, actor)
    text = text.strip()
    if held.state == TestimonialState.WITHDRAWN:
        raise Refused(_("Ces mots sont retirés. Tu peux en écrire d’autres."))
    if not text:
        raise Refused(_("Écris au moins une phrase."), field="text")
    if text == held.text and trade == held.trade and held.state != TestimonialState.PROPOSED:
        return
    take_off_site(held, at)
    _by_author(held, text, actor, at)
    Testimonial.objects.filter(pk=held.pk).update(text=text, trade=trade)
    if held.state != TestimonialState.SUBMITTED:
        move(
            held,
            TestimonialState.SUBMITTED,
            allowed=TESTIMONIAL_ALLOWED,
            by_person_id=actor.person_id,
            at=at,
        )


@transaction.atomic
def write_for(
    *,
    enrolment: Enrolment,
    text: str,
    signed_as: str,
    trade: str,
    actor: Actor,
    at: dt.datetime,
) -> Testimonial:
    """Type what somebody says, for them: nothing is agreed to until they say so themself."""
    if not actor.is_coordinator or enrolment.cohort.territory_id != actor.territory_id:
        raise Refused(_("Seule la coordination du territoire écrit pour quelqu’un."))
    if not text.strip():
        raise Refused(_("Écrivez au moins une phrase."), field="text")
    made: Testimonial = Testimonial.objects.create(
        enrolment=enrolment,
        signed_as=signed_as.strip(),
        trade=trade,
        way=Way.HELPED,
        state=TestimonialState.PROPOSED,
    )
    Version.objects.create(
        testimonial=made, number=1, text=text.strip(), written_by_id=actor.person_id,
        written_at=at, by_author=False,
    )  # fmt: skip
    return made
