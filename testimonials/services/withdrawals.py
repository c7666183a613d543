"""Taking back: use by use or all, from the account, by the link, or asked for by a relative.

Ours is left in the same transaction; every place elsewhere is flagged for somebody to contact.
"""

import datetime as dt
from collections.abc import Collection, Sequence

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from ct_platform.kit.actor import Actor
from ct_platform.kit.clock import civil_day
from ct_platform.kit.errors import Refused
from ct_platform.kit.states import move
from testimonials.enums import (
    TESTIMONIAL_ALLOWED,
    AskedBy,
    EndedWhy,
    TestimonialState,
    Use,
    What,
)
from testimonials.models import (
    Agreement,
    ParentalAgreement,
    Publication,
    Testimonial,
    WithdrawalRequest,
)
from testimonials.services import agreements, photos
from testimonials.services.holding import hold, hold_own, hold_to_moderate
from testimonials.services.publications import take_off_site

Choice = tuple[str, str]  # (what, use)
SWEPT_AT_ONCE = 500


@transaction.atomic
def withdraw_words(
    *,
    testimonial: Testimonial,
    only: Collection[Choice] | None = None,
    actor: Actor,
    at: dt.datetime,
) -> None:
    """The author takes back some uses, or everything (`only` None). Repeating is a quiet no-op."""
    held = hold_own(testimonial, actor)
    _withdraw(held, only, EndedWhy.WITHDRAWN, actor.person_id, at)


@transaction.atomic
def withdraw_by_link(
    *, testimonial: Testimonial, only: Collection[Choice] | None = None, at: dt.datetime
) -> None:
    """The same, for who holds the secret link, which `services.links` has already judged."""
    held = hold(testimonial)
    _withdraw(held, only, EndedWhy.WITHDRAWN, held.enrolment.person_id, at)


@transaction.atomic
def withdraw_for(
    *,
    testimonial: Testimonial,
    asked_by: str,
    name: str,
    reason: str,
    actor: Actor,
    at: dt.datetime,
) -> None:
    """Everything is taken back because somebody entitled asked: who, as what and why are kept.

    Not only after a death: by a parent of a minor, or the author on the telephone.
    Source: loi 78-17 art. 85 (a person's will about their data after death; else the heirs).
    """
    held = hold_to_moderate(testimonial, actor)
    if asked_by not in AskedBy.values:
        raise Refused(_("Dites qui demande."), field="asked_by")
    if not name.strip():
        raise Refused(_("Écrivez le nom de qui demande."), field="name")
    if not reason.strip():
        raise Refused(_("Écrivez la raison, en une phrase."), field="reason")
    if held.state == TestimonialState.WITHDRAWN:
        return
    WithdrawalRequest.objects.create(
        testimonial=held, asked_by=asked_by, name=name.strip(), reason=reason.strip(),
        noted_by_id=actor.person_id, noted_at=at,
    )  # fmt: skip
    why = EndedWhy.WITHDRAWN if asked_by == AskedBy.AUTHOR else EndedWhy.ASKED
    _withdraw(held, None, why, actor.person_id, at, reason=reason.strip())
    if asked_by == AskedBy.PARENT:
        ParentalAgreement.objects.standing().filter(testimonial=held).update(ended_at=at)


def _withdraw(
    held: Testimonial,
    only: Collection[Choice] | None,
    why: EndedWhy,
    by_id: int,
    at: dt.datetime,
    *,
    reason: str = "",
) -> None:
    open_ones = list(Agreement.objects.open().filter(testimonial=held).select_related("consent"))
    chosen = open_ones if only is None else _with_their_photo(open_ones, only)
    _end(held, chosen, why, at)
    left = {one.pk for one in open_ones} - {one.pk for one in chosen}
    if held.state != TestimonialState.WITHDRAWN and (only is None or (chosen and not left)):
        move(
            held,
            TestimonialState.WITHDRAWN,
            allowed=TESTIMONIAL_ALLOWED,
            by_person_id=by_id,
            at=at,
            reason=reason,
        )
        take_off_site(held, at)
        photos.erase(held, "photo", "recording")


def _with_their_photo(rows: Sequence[Agreement], only: Collection[Choice]) -> list[Agreement]:
    """A photo stands beside words: where these leave, it leaves."""
    return [
        one for one in rows if (one.what, one.use) in only or (What.WORDS.value, one.use) in only
    ]


def _end(held: Testimonial, chosen: Sequence[Agreement], why: EndedWhy, at: dt.datetime) -> None:
    agreements.end(chosen, why, at)
    words = {one.use for one in chosen if one.what == What.WORDS}
    pictures = {one.use for one in chosen if one.what == What.PHOTO}
    if Use.SITE in words:
        take_off_site(held, at)
    elsewhere = Publication.objects.filter(testimonial=held, flagged_at__isnull=True).exclude(
        use=Use.SITE
    )
    elsewhere.filter(Q(use__in=words) | Q(use__in=pictures, with_photo=True)).update(flagged_at=at)
    photos_left = Agreement.objects.open().filter(testimonial=held, what=What.PHOTO)
    if pictures and not photos_left.exists():
        photos.erase(held, "photo")
    if chosen and not Agreement.objects.open().filter(testimonial=held).exists():
        # A voice names its owner: it stays no longer than what was agreed to.
        photos.erase(held, "photo", "recording")


def hide_expired(*, at: dt.datetime) -> int:
    """End the agreements whose last day is over; how many. Run twice or late, it ends each once.

    The public pages do not wait for it: they ask the day. It flags the places elsewhere.
    """
    over = Agreement.objects.open().filter(consent__expires_on__lt=civil_day(at))
    keys = list(over.order_by("pk").values_list("testimonial_id", flat=True)[:SWEPT_AT_ONCE])
    ended = 0
    for key in dict.fromkeys(keys):
        with transaction.atomic():
            held = hold(Testimonial(pk=key))
            rows = list(over.filter(testimonial=held).select_related("consent"))
            _end(held, rows, EndedWhy.EXPIRED, at)
            ended += len(rows)
    return ended
