"""Join cards: printed for people without e-mail, single use, replaced by a newer one."""

import datetime as dt
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from ct_platform.kit.actor import NEEDS_SECOND_FACTOR, Actor, Seat, SeatKind
from ct_platform.kit.clock import civil_day, format_day
from ct_platform.kit.crypto import blind_indexes
from ct_platform.kit.errors import Refused
from members.models import JoinCard, Person, User
from members.rules import CODE_LENGTH, code_of, read_code
from members.seats import seats_of

# How long the browser that used a card may ask again, when the answer was lost on the way.
LOST_ANSWER = dt.timedelta(minutes=10)
_TOKEN, _CODE, _BROWSER = "join_card|token", "join_card|code", "join_card|browser"


class CardRefused(Refused):
    """The card opens nothing; `known` tells a wrong code from a card that is over."""

    def __init__(self, sentence: str, *, known: bool) -> None:
        super().__init__(sentence, field="code")
        self.known = known


@dataclass(frozen=True, slots=True)
class IssuedCard:
    """What is printed, once. Neither secret is kept, nor shown in a log."""

    person: Person
    token: str = field(repr=False)
    code: str = field(repr=False)
    expires_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Entry:
    """Who a card lets in, and in which seat."""

    user: User
    seat: Seat


# Run in the transaction of an entry, in this order; one that raises CardRefused keeps the door closed.
_at_entry: list[Callable[[JoinCard, Entry, dt.datetime], None]] = []


def at_entry(hook: Callable[[JoinCard, Entry, dt.datetime], None]) -> None:
    """Apps to the right say what else an entry by card does (cohorts: the end of a recovery)."""
    if hook not in _at_entry:
        _at_entry.append(hook)


@transaction.atomic
def issue_cards(
    *,
    persons: Iterable[Person],
    cohort_key: int,
    days: int | None = None,
    actor: Actor,
    at: dt.datetime,
) -> list[IssuedCard]:
    """Make one card per person, in the order given; their former unused cards open nothing any more.

    Valid for `days`, or settings.JOIN_CARD_DAYS days. Creates no account. Costs three queries, whatever the number.
    """
    wanted = list({person.pk: person for person in persons}.values())
    keys = [person.pk for person in wanted]
    # Two coordinators printing at once: the second waits, then replaces.
    list(Person.objects.select_for_update().filter(pk__in=keys).order_by("pk").values_list("pk"))
    JoinCard.objects.filter(
        person_id__in=keys, used_at__isnull=True, revoked_at__isnull=True
    ).update(revoked_at=at)
    expires_at = at + dt.timedelta(days=settings.JOIN_CARD_DAYS if days is None else days)
    issued = [
        IssuedCard(
            person=person,
            token=secrets.token_urlsafe(16),
            code=code_of(secrets.randbits(5 * CODE_LENGTH)),
            expires_at=expires_at,
        )
        for person in wanted
    ]
    JoinCard.objects.bulk_create(
        JoinCard(
            person=card.person,
            token_hash=blind_indexes(_TOKEN, card.token)[0],
            code_hash=blind_indexes(_CODE, card.code.replace("-", ""))[0],
            cohort_key=cohort_key,
            issued_by_id=actor.person_id,
            expires_at=expires_at,
        )
        for card in issued
    )
    return issued


def find_card(*, token: str = "", code: str = "") -> JoinCard:
    """The card of a token or of a typed code. Raises CardRefused when there is none."""
    card: JoinCard | None = None
    if token:
        card = JoinCard.objects.filter(token_hash__in=blind_indexes(_TOKEN, token)).first()
    elif read := read_code(code):
        card = JoinCard.objects.filter(code_hash__in=blind_indexes(_CODE, read)).first()
    if card is None:
        raise CardRefused(
            _(
                "Cette carte n’est pas connue. Vérifie le code, ou demande une nouvelle carte à la "
                "personne qui coordonne le groupe."
            ),
            known=False,
        )
    return card


def opens_by_card_only(person: Person, at: dt.datetime) -> bool:
    """Whether a paper may open this account: no seat of staff, no second factor. Six queries."""
    seats = seats_of(person.pk, civil_day(at))
    return not any(seat.kind in NEEDS_SECOND_FACTOR for seat in seats) and not (
        _has_more_than_a_card(person.user)
    )


def who_may_enter(*, card: JoinCard, at: dt.datetime) -> Seat:
    """The seat a card opens now, changing nothing. Raises CardRefused with what to do."""
    if card.used_at is not None:
        raise _already_used()
    return _seat_of(card, at)


@transaction.atomic
def use_card(*, token: str = "", code: str = "", browser: str = "", at: dt.datetime) -> Entry:
    """Consume a card and say who enters; gives an account, without e-mail, to who has none.

    `browser` is a secret of the visitor's session: the same browser asking again within ten minutes is
    let in again, since on a poor network the first answer may be lost. Anybody else is refused.
    Raises CardRefused when the card is unknown, used, replaced or over, when the account is closed, or
    when the person holds a seat that a card may not open.
    """
    card = find_card(token=token, code=code)
    marks = blind_indexes(_BROWSER, browser) if browser else [""]
    if card.used_at is None:
        seat = _seat_of(card, at)
        if JoinCard.objects.usable(at).filter(pk=card.pk).update(used_at=at, used_from=marks[0]):
            entry = Entry(_account_of(card.person_id), seat)
            for hook in _at_entry:
                hook(card, entry, at)
            return entry
        card.refresh_from_db()  # somebody was faster: perhaps this very browser, tapping twice
    if not _is_same_act(card, marks, at):
        raise _already_used()
    return Entry(_account_of(card.person_id), _seat_of(card, at))


def _is_same_act(card: JoinCard, marks: list[str], at: dt.datetime) -> bool:
    return (
        card.used_at is not None
        and bool(card.used_from)
        and card.used_from in marks
        and at - card.used_at <= LOST_ANSWER
    )


def _account_of(person_id: int) -> User:
    person = Person.objects.select_for_update(of=("self",)).select_related("user").get(pk=person_id)
    if person.user is None:
        person.user = User.objects.create_user()
        person.save(update_fields=["user"])
    user: User = person.user
    return user


def _seat_of(card: JoinCard, at: dt.datetime) -> Seat:
    if card.revoked_at is not None:
        raise CardRefused(
            _("Une carte plus récente remplace celle-ci. Prends la dernière que tu as reçue."),
            known=True,
        )
    if card.expires_at <= at:
        day = format_day(civil_day(card.expires_at))
        raise _over(_("Cette carte n’est plus valable depuis le %(day)s.") % {"day": day})
    person = Person.objects.select_related("user").get(pk=card.person_id)
    seats = seats_of(person.pk, civil_day(at))
    if any(seat.kind in NEEDS_SECOND_FACTOR for seat in seats) or _has_more_than_a_card(
        person.user
    ):
        raise CardRefused(
            _(
                "Cette carte ne peut pas ouvrir ce compte : il s’ouvre par e-mail, avec un second code."
            ),
            known=True,
        )
    if person.user is not None and not person.user.is_active:
        raise CardRefused(
            _("Ce compte est fermé. Parles-en à la personne qui coordonne le groupe."), known=True
        )
    for seat in seats:
        if seat.kind is SeatKind.COOPERANT and seat.cohort_id == card.cohort_key:
            return seat
    raise CardRefused(
        _("Ta place dans le groupe n’est pas encore ouverte. Garde ta carte et reviens plus tard."),
        known=True,
    )


def _has_more_than_a_card(user: User | None) -> bool:
    """An administrator, or somebody who chose a second factor: a paper may not go round it."""
    return user is not None and (
        user.is_staff or user.is_superuser or Authenticator.objects.filter(user_id=user.pk).exists()
    )


def _already_used() -> CardRefused:
    return _over(_("Cette carte a déjà servi. Une carte sert une seule fois."))


def _over(sentence: str) -> CardRefused:
    ask = _("Demande une nouvelle carte à la personne qui coordonne le groupe.")
    return CardRefused(f"{sentence} {ask}", known=True)
