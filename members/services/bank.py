"""Where a person's money is sent: an IBAN sealed at entry, shown by its last four signs, never again whole."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from ct_platform.kit.actor import Actor
from ct_platform.kit.crypto import blind_indexes, seal, unseal
from ct_platform.kit.errors import Refused
from ct_platform.kit.models import TransitionLog
from members.models import BankDetails, Person, SealedIban
from members.rules import IbanProblem, clean_text, iban_length, read_iban

_LONGEST_HOLDER = 70  # of a name in a SEPA file (pain.001, Max70Text)


@transaction.atomic
def enter_bank_details(
    *, person: Person, iban: str, holder: str, actor: Actor, at: dt.datetime
) -> BankDetails:
    """Keep the account a person is paid on; the one before ends, and stays for what was paid on it.

    The same account and holder again change nothing. Raises Refused (field "iban" or "holder") with
    a sentence for each way an IBAN is wrong. Source: ISO 13616; SEPA scope, EPC409-09.
    """
    number, name = possible_iban(iban), possible_holder(holder)
    current = _hold_current(person)
    if current is not None:
        if open_iban(current) == number and current.holder == name:
            return current
        _end(current, actor=actor, at=at)
    details = BankDetails(person=person, holder=name, entered_by_id=actor.person_id, entered_at=at)
    seal_into(details, number)
    details.save()
    return details


@transaction.atomic
def remove_bank_details(*, person: Person, actor: Actor, at: dt.datetime) -> None:
    """The person is paid by cheque from now on. Nothing to remove: a quiet no-op."""
    current = _hold_current(person)
    if current is not None:
        _end(current, actor=actor, at=at)


def possible_iban(typed: str) -> str:
    """The compact IBAN. Raises Refused on field "iban", with what to do about it."""
    read = read_iban(typed)
    if not isinstance(read, IbanProblem):
        return read
    raise Refused(_sentence(read, typed), field="iban")


def possible_holder(typed: str) -> str:
    """The name on the account. Raises Refused on field "holder" when missing or too long."""
    name = clean_text(typed)
    if not name:
        raise Refused(_("Le nom du titulaire du compte manque."), field="holder")
    if len(name) > _LONGEST_HOLDER:
        raise Refused(
            _("Le nom du titulaire a %(n)s lettres au plus.") % {"n": _LONGEST_HOLDER},
            field="holder",
        )
    return name


def seal_into(row: SealedIban, iban: str) -> None:
    """Write an IBAN into an unsaved row: sealed for its place, its last four, its keyed hash."""
    row.sealed = seal(place_of(row), iban)
    row.last4 = iban[-4:]
    row.blind = blind_of(iban)


def open_iban(row: SealedIban) -> str:
    """The whole number, for the bank file only. ValueError when altered or moved from another row."""
    return unseal(place_of(row), row.sealed)


def place_of(row: SealedIban) -> str:
    return f"{row._meta.db_table}|iban|{row.key}"


def blind_of(iban: str) -> str:
    """One place for every table: an account of the host given by a person is recognised too."""
    return blind_indexes("iban", iban)[0]


def _hold_current(person: Person) -> BankDetails | None:
    """Under the lock of the person: two who type at once come one after the other."""
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    current: BankDetails | None = BankDetails.objects.of_person(person.pk).current().first()
    return current


def _end(details: BankDetails, *, actor: Actor, at: dt.datetime) -> None:
    details.ended_at = at
    details.save(update_fields=["ended_at"])
    # Who ended it, since the row only says when.
    TransitionLog.objects.create(
        model=details._meta.label_lower,
        row_id=details.pk,
        old="current",
        new="ended",
        by_person_id=actor.person_id,
        at=at,
    )


def _sentence(problem: IbanProblem, typed: str) -> str:
    """Never repeats what was typed: a page, a log or a screenshot may keep it."""
    match problem:
        case IbanProblem.EMPTY:
            return _("L’IBAN manque. Il est sur le RIB de la banque.")
        case IbanProblem.COUNTRY:
            return _(
                "Un IBAN commence par les deux lettres d’un pays. En France : FR. "
                "Vérifier les deux premières lettres."
            )
        case IbanProblem.OUTSIDE_SEPA:
            return _(
                "Cette banque est hors de la zone SEPA : un virement en euros ne peut pas y aller. "
                "Donner un autre compte, ou choisir le chèque."
            )
        case IbanProblem.LENGTH:
            signs = "".join(char for char in typed.upper() if char.isalnum()).removeprefix("IBAN")
            return _(
                "Cet IBAN a %(found)s lettres et chiffres. Il en faut %(wanted)s. "
                "Il en manque, ou il y en a trop."
            ) % {"found": len(signs), "wanted": iban_length(signs[:2])}
        case IbanProblem.SIGNS:
            return _(
                "Une lettre est à la place d’un chiffre, ou l’inverse : O et 0, I et 1, S et 5. "
                "Comparer avec le RIB."
            )
        case IbanProblem.CHECKSUM:
            return _(
                "Un chiffre est faux, ou deux sont inversés. Comparer avec le RIB, quatre par quatre."
            )
