"""Who somebody is: making and correcting a person."""

import datetime as dt
from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from ct_platform.kit.actor import Actor
from ct_platform.kit.clock import civil_day
from ct_platform.kit.errors import Refused
from members.models import Person
from members.perms import can_edit_person
from members.rules import clean_text, normal_email, normal_phone, search_key

OLDEST = dt.date(1900, 1, 1)
_TEXTS = ("first_name", "last_name", "used_name", "address", "postcode", "city")


@transaction.atomic
def create_person(
    *,
    first_name: str,
    last_name: str,
    used_name: str = "",
    birth_date: dt.date | None = None,
    email: str = "",
    phone: str = "",
    address: str = "",
    postcode: str = "",
    city: str = "",
    at: dt.datetime,
) -> Person:
    """Write down a person, without any account.

    `email` is kept in lower case and `phone` as E.164. Raises Refused, naming the field, when a name
    is missing or an e-mail, a phone or a birth date cannot be.
    """
    person = Person()
    _write(
        person,
        {
            "first_name": first_name,
            "last_name": last_name,
            "used_name": used_name,
            "email": email,
            "phone": phone,
            "address": address,
            "postcode": postcode,
            "city": city,
        },
    )
    person.birth_date = _possible_birth(birth_date, at)
    person.save()
    return person


@transaction.atomic
def update_person(
    *,
    person: Person,
    texts: Mapping[str, str],
    birth_date: dt.date | None = None,
    actor: Actor,
    at: dt.datetime,
) -> Person:
    """Correct the named text fields of a person, and the birth date when one is given.

    `texts` names any of first_name, last_name, used_name, email, phone, address, postcode, city; what
    is not named stays. Raises Refused as `create_person` does, or when the seat may not.
    """
    if not can_edit_person(actor, person):
        raise Refused(_("Vous ne pouvez pas modifier cette personne."))
    _write(person, texts)
    changed = [*texts, "search_key"]
    if birth_date is not None:
        person.birth_date = _possible_birth(birth_date, at)
        changed.append("birth_date")
    person.save(update_fields=changed)
    return person


# What a person says of themself; names and birth date are on papers, the coordination corrects them.
_OWN = frozenset({"phone", "email", "address", "postcode", "city"})


@transaction.atomic
def update_contact(*, person: Person, texts: Mapping[str, str], actor: Actor) -> Person:
    """Write how a person can be reached and where they live: by themself, or by who coordinates them.

    `texts` names any of phone, email, address, postcode, city; what is not named stays. Contact is
    never a way in, so changing it opens nothing. Raises Refused as `create_person` does, or when
    the seat may not; KeyError for another field.
    """
    if set(texts) - _OWN:
        raise KeyError(", ".join(sorted(set(texts) - _OWN)))
    if actor.person_id != person.pk and not can_edit_person(actor, person):
        raise Refused(_("Vous ne pouvez pas modifier cette personne."))
    _write(person, texts)
    person.save(update_fields=[*texts, "search_key"])
    return person


def _write(person: Person, texts: Mapping[str, str]) -> None:
    for name, text in texts.items():
        if name in _TEXTS:
            setattr(person, name, _fitting(name, clean_text(text)))
        elif name == "email":
            person.email = possible_email(text)
        elif name == "phone":
            person.phone = _possible_phone(text)
        else:
            raise KeyError(name)
    if not person.first_name:
        raise Refused(_("Écrivez le prénom."), field="first_name")
    if not person.last_name:
        raise Refused(_("Écrivez le nom."), field="last_name")
    person.search_key = search_key(person.first_name, person.last_name)


def _fitting(name: str, text: str) -> str:
    longest = getattr(Person._meta.get_field(name), "max_length", 0)
    if len(text) > longest:
        raise Refused(
            _("C’est trop long : %(longest)s caractères au plus.") % {"longest": longest},
            field=name,
        )
    return text


def possible_email(text: str) -> str:
    """The address in lower case; "" stays "". Raises Refused when it cannot be one."""
    email = normal_email(text)
    if email:
        try:
            validate_email(email)
        except ValidationError as error:
            raise Refused(
                _("Cette adresse e-mail n’est pas complète. Exemple : prenom.nom@exemple.fr"),
                field="email",
            ) from error
    return email


def _possible_phone(text: str) -> str:
    phone = normal_phone(text)
    if phone is None:
        raise Refused(
            _("Ce numéro de téléphone n’est pas complet. Exemple : 06 39 98 00 12"), field="phone"
        )
    return phone


def _possible_birth(birth_date: dt.date | None, at: dt.datetime) -> dt.date | None:
    if birth_date is not None and not OLDEST <= birth_date < civil_day(at):
        raise Refused(_("Cette date de naissance n’est pas possible."), field="birth_date")
    return birth_date
