"""Accounts and sessions: opening, closing, and taking a seat."""

import datetime as dt

from allauth.account.internal.flows.login import get_authentication_records
from django.contrib.auth import login
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from ct_platform.kit.actor import Seat
from ct_platform.kit.errors import Refused
from members.models import Person, User
from members.seats import seat_by_key
from members.services.people import possible_email

# Where the session keeps the seat one acts from.
SEAT_KEY = "seat"
# Where a session that came by a link keeps the one address it opens, and what is under it.
ONLY_KEY = "only"
MARK_KEY = "link_used"
BY_LINK = dt.timedelta(hours=2)
_BACKEND = "django.contrib.auth.backends.ModelBackend"


@transaction.atomic
def open_account(*, person: Person, email: str = "") -> User:
    """Give a person an account that opens with a code sent to `email`, or only with cards when "".

    An account that exists keeps its key and takes the address. Raises Refused when the address cannot
    be one or opens somebody else's account.
    """
    address = possible_email(email) or None
    person = Person.objects.select_for_update(of=("self",)).select_related("user").get(pk=person.pk)
    owner = User.objects.filter(email=address).first() if address else None
    if owner is not None and owner.pk != person.user_id:
        raise Refused(_("Cette adresse ouvre déjà le compte de quelqu’un d’autre."), field="email")
    if person.user is None:
        person.user = User.objects.create_user(address)
        person.save(update_fields=["user"])
    elif address and person.user.email != address:
        person.user.email = address
        person.user.save(update_fields=["email"])
    return person.user


@transaction.atomic
def end_sessions(*, user: User) -> None:
    """Every open session of the account dies at its next request; the account itself stays open.

    `user` is changed in place: a session opened with it afterwards lives.
    """
    # Sessions are bound to this field (see close_account).
    user.set_unusable_password()
    user.save(update_fields=["password"])


@transaction.atomic
def close_account(*, user: User) -> None:
    """Close an account: it enters by no door, and its sessions die at their next request, for good."""
    user.is_active = False
    # Sessions are bound to this field: changing it means that opening the account again revives none.
    user.set_unusable_password()
    user.save(update_fields=["is_active", "password"])


def open_session(
    request: HttpRequest, *, user: User, seat: Seat, only: str = "", mark: str = ""
) -> None:
    """Sign `user` in with a session of their own, new whatever was there before.

    `only`: the session opens this address and what is under it, nothing else, for two hours.
    `mark`: which link it was; the anonymous session keeps it, for a tap whose answer was lost.
    """
    before = request.session
    if request.user.is_authenticated:
        before.flush()
    elif mark:
        before[MARK_KEY] = mark
        before.save()
    # The anonymous session stays: a second tap on the button still carries it (see use_card).
    request.session = type(before)()
    login(request, user, backend=_BACKEND)
    request.session[SEAT_KEY] = seat.key
    if only:
        request.session[ONLY_KEY] = only
        request.session.set_expiry(int(BY_LINK.total_seconds()))


def take_seat(request: HttpRequest, *, person: Person, key: str, day: dt.date) -> Seat:
    """Act from another of one's seats. Raises Refused when it is not, or no longer, one's own."""
    seat = seat_by_key(person.pk, key, day)
    if seat is None:
        raise Refused(_("Cette place n’est plus ouverte. Choisissez-en une autre."))
    request.session[SEAT_KEY] = seat.key
    return seat


def factors_shown(request: HttpRequest) -> list[int]:
    """Keys of the second factors this very session has shown, at its beginning or since. No query."""
    if not request.user.is_authenticated:
        return []
    return [
        int(record["id"])
        for record in get_authentication_records(request, request.user)
        if record.get("method") == "mfa" and "id" in record
    ]
