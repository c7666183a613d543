"""The life of a testimonial: written with consent, read, published, taken down."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.models import Enrolment
from cohorts.services.closing import refuse_archived
from ct_platform.kit.actor import Actor
from ct_platform.kit.clock import civil_day, format_day
from ct_platform.kit.errors import Refused
from ct_platform.kit.states import move
from members.models import ConsentPurpose
from members.services.consents import give, withdraw
from testimonials.enums import TESTIMONIAL_ALLOWED, Place, TestimonialState
from testimonials.models import Publication, Testimonial

MAX_YEARS = 3  # a consent without a near end is forgotten by both sides


@transaction.atomic
def submit_words(
    *,
    enrolment: Enrolment,
    text: str,
    signed_as: str,
    trade: str,
    consent_until: dt.date,
    actor: Actor,
    at: dt.datetime,
) -> Testimonial:
    """Keep the words and the consent they rest on, for the public site, until a day (included).

    Refused when the end of the consent is past or further than three years.
    Source: Code civil, art. 9; GDPR art. 7 (specific, dated, withdrawable consent).
    """
    refuse_archived(enrolment.cohort)
    if enrolment.person_id != actor.person_id:
        raise Refused(_("Chacun écrit ses propres mots."))
    today = civil_day(at)
    if consent_until <= today:
        raise Refused(_("Choisis une date à venir."), field="consent_until")
    if consent_until > today.replace(year=today.year + MAX_YEARS, day=min(today.day, 28)):
        raise Refused(_("Choisis une date dans les trois ans."), field="consent_until")
    consent = give(
        person=enrolment.person,
        purpose=ConsentPurpose.PUBLIC_SITE,
        wording=consent_wording(signed_as=signed_as, until=consent_until),
        expires_on=consent_until,
        at=at,
    )
    return Testimonial.objects.create(
        enrolment=enrolment,
        text=text.strip(),
        signed_as=signed_as.strip(),
        trade=trade,
        consent=consent,
    )


def consent_wording(*, signed_as: str, until: dt.date) -> str:
    """The exact sentence agreed to: kept with the consent, so that the proof does not change."""
    return _(
        "J’accepte que mes mots, signés « %(name)s », soient publiés sur le site public jusqu’au %(day)s. "
        "Je peux les retirer à tout moment."
    ) % {"name": signed_as, "day": format_day(until)}


@transaction.atomic
def approve_words(*, testimonial: Testimonial, actor: Actor, at: dt.datetime) -> None:
    """Publish on the public home. Repeating is a quiet no-op; refused once the consent is gone."""
    refuse_archived(testimonial.enrolment.cohort)
    if testimonial.state == TestimonialState.APPROVED:
        return
    consent = testimonial.consent
    if consent.withdrawn_at is not None or consent.expires_on < civil_day(at):
        raise Refused(
            _("Le consentement n’est plus valable : ces mots ne peuvent pas être publiés.")
        )
    move(
        testimonial,
        TestimonialState.APPROVED,
        allowed=TESTIMONIAL_ALLOWED,
        by_person_id=actor.person_id,
        at=at,
        decided_by_id=actor.person_id,
        decided_at=at,
    )
    Publication.objects.create(testimonial=testimonial, place=Place.PUBLIC_HOME, published_at=at)


@transaction.atomic
def decline_words(*, testimonial: Testimonial, actor: Actor, at: dt.datetime) -> None:
    """Do not publish, or take down what was published; the author still sees their words."""
    if testimonial.state == TestimonialState.DECLINED:
        return
    move(
        testimonial,
        TestimonialState.DECLINED,
        allowed=TESTIMONIAL_ALLOWED,
        by_person_id=actor.person_id,
        at=at,
        decided_by_id=actor.person_id,
        decided_at=at,
    )
    _take_down(testimonial, at)


@transaction.atomic
def withdraw_words(*, testimonial: Testimonial, actor: Actor, at: dt.datetime) -> None:
    """The author takes the consent back: every place is left at once. Repeating is a quiet no-op."""
    if testimonial.state == TestimonialState.WITHDRAWN:
        return
    withdraw(consent=testimonial.consent, at=at)
    move(
        testimonial,
        TestimonialState.WITHDRAWN,
        allowed=TESTIMONIAL_ALLOWED,
        by_person_id=actor.person_id,
        at=at,
    )
    _take_down(testimonial, at)


def _take_down(testimonial: Testimonial, at: dt.datetime) -> None:
    testimonial.publications.filter(taken_down_at__isnull=True).update(taken_down_at=at)
