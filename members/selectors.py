"""What pages of members read, and the search for people we already know."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from members.models import AccessRecord, Person, User
from members.rules import Identity, Likeness, likely_same, marks_of, search_key

# How a person is told why two lines look alike.
LIKENESS_WORDS: dict[Likeness, Promise] = {
    Likeness.SAME_NAME_AND_BIRTH: _("même nom, même date de naissance"),
    Likeness.SAME_NAME_AND_CONTACT: _("même nom, même téléphone ou même e-mail"),
    Likeness.SAME_NAME: _("même nom, une date de naissance manque"),
    Likeness.BIRTH_MISTYPED: _("même nom, date de naissance presque pareille"),
    Likeness.CLOSE_NAME_AND_BIRTH: _("noms très proches, même date de naissance"),
    Likeness.CLOSE_NAME_AND_CONTACT: _("noms très proches, même téléphone ou même e-mail"),
}


def phone_factor_of(user: User) -> Authenticator:
    """The code generator just set up. One query."""
    found: Authenticator = Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP)
    return found


@dataclass(frozen=True, slots=True)
class Match:
    """A person we know who looks like somebody in a list, and why."""

    person: Person
    likeness: Likeness

    @property
    def words(self) -> str:
        return str(LIKENESS_WORDS[self.likeness])


def identity_of(person: Person) -> Identity:
    return Identity(
        person.first_name, person.last_name, person.birth_date, person.email, person.phone
    )


def likely_same_persons(
    *, identities: Sequence[Identity], among: QuerySet[Person]
) -> list[list[Match]]:
    """For each identity, the persons of `among` it may be, surest first.

    `among` is what the asker may see: existence is not told beyond it. Costs one query.
    """
    keys = {search_key(one.first_name, one.last_name) for one in identities}
    keys |= {search_key(one.last_name, one.first_name) for one in identities}
    near = Q(search_key__in=keys)
    if births := {one.birth_date for one in identities if one.birth_date}:
        near |= Q(birth_date__in=births)
    if emails := {one.email for one in identities if one.email}:
        near |= Q(email__in=emails)
    if phones := {one.phone for one in identities if one.phone}:
        near |= Q(phone__in=phones)
    known: dict[str, list[tuple[Person, Identity]]] = defaultdict(list)
    for person in among.filter(near).distinct():
        seen = identity_of(person)
        for mark in marks_of(seen):
            known[mark].append((person, seen))
    order = list(Likeness)
    found = []
    for identity in identities:
        candidates = {
            person.pk: (person, seen)
            for mark in marks_of(identity)
            for person, seen in known.get(mark, ())
        }
        matches = [
            Match(person, likeness)
            for person, seen in candidates.values()
            if (likeness := likely_same(identity, seen)) is not None
        ]
        found.append(
            sorted(matches, key=lambda match: (order.index(match.likeness), match.person.pk))
        )
    return found


@dataclass(frozen=True, slots=True)
class SecondFactor:
    """Whether an account has its second lock, and how many spare codes are left."""

    is_set: bool
    spare_codes: int


def second_factor_of(user_id: int) -> SecondFactor:
    """Costs one query."""
    found = {row.type: row for row in Authenticator.objects.filter(user_id=user_id)}
    spare = found.get(Authenticator.Type.RECOVERY_CODES)
    return SecondFactor(
        is_set=Authenticator.Type.TOTP in found,
        spare_codes=len(spare.wrap().get_unused_codes()) if spare is not None else 0,
    )


_RECORDS_SHOWN = 50


def access_records_about(person_id: int) -> list[AccessRecord]:
    """The last fifty times somebody opened or wrote what is sensitive about a person. One query."""
    rows = AccessRecord.objects.about(person_id).select_related("by_person")
    return list(rows.order_by("-at", "-pk")[:_RECORDS_SHOWN])
