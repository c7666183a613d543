"""A testimonial held while it changes: whoever publishes and whoever withdraws take turns."""

from django.utils.translation import gettext as _

from ct_platform.kit.actor import Actor
from ct_platform.kit.errors import Refused
from testimonials import perms
from testimonials.models import Testimonial, Version


def hold(testimonial: Testimonial) -> Testimonial:
    rows = Testimonial.objects.select_for_update(of=("self",))
    held: Testimonial = rows.select_related("enrolment__person", "enrolment__cohort").get(
        pk=testimonial.pk
    )
    return held


def hold_own(testimonial: Testimonial, actor: Actor) -> Testimonial:
    held = hold(testimonial)
    if not perms.is_author(actor, held):
        raise Refused(_("Chacun écrit ses propres mots."))
    return held


def hold_to_moderate(testimonial: Testimonial, actor: Actor) -> Testimonial:
    held = hold(testimonial)
    if not perms.can_moderate(actor) or held.enrolment.cohort.territory_id != actor.territory_id:
        raise Refused(_("Ces mots se relisent par la coordination du territoire."))
    return held


def last_version(held: Testimonial) -> Version | None:
    found: Version | None = held.versions.order_by("-number").first()
    return found


def next_number(held: Testimonial) -> int:
    last = last_version(held)
    return last.number + 1 if last else 1
