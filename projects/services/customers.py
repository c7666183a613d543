"""Who buys from a cohort: noted, corrected, put away. Papers keep the name they printed."""

import datetime as dt
import re
import uuid
from dataclasses import dataclass, fields
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from stdnum.eu import vat as eu_vat
from stdnum.exceptions import ValidationError
from stdnum.fr import siret as siret_number

from cohorts.models import Cohort
from cohorts.services.closing import refuse_archived
from ct_platform.kit.actor import Actor
from ct_platform.kit.errors import Refused, Stale
from members.rules import fold, normal_phone
from projects.enums import CustomerKind
from projects.models import Customer
from projects.rules import vat_number_of


class AlreadyThere(Refused):
    """A customer of the cohort looks the same. `twin`: that one."""

    def __init__(self, sentence: str, twin: Customer) -> None:
        super().__init__(sentence)
        self.twin = twin


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerSaid:
    """A customer as typed. Of a person, nothing but what selling to them needs (RGPD art. 5.1 c)."""

    kind: str
    name: str
    siret: str = ""
    vat_number: str = ""
    address: str = ""
    postcode: str = ""
    city: str = ""
    delivery_address: str = ""
    delivery_postcode: str = ""
    delivery_city: str = ""
    email: str = ""
    phone: str = ""
    service_code: str = ""


@transaction.atomic
def add_customer(
    *,
    cohort: Cohort,
    said: CustomerSaid,
    actor: Actor,
    key: uuid.UUID | None = None,
    anyway: bool = False,
) -> Customer:
    """Note a customer of the cohort; the same `key` gives the one already noted.

    Raises Refused (field): no name, a SIRET, a VAT number or a phone that is wrong; AlreadyThere when
    one of the same SIRET, or of the same name and postcode, stands, unless `anyway`.
    """
    refuse_archived(cohort)
    if key is not None:
        known: Customer | None = (
            Customer.objects.of_cohort(cohort.pk).filter(client_uuid=key).first()
        )
        if known is not None:
            return known
    values = _checked(said)
    if not anyway:
        _refuse_twin(cohort, values)
    made: Customer = Customer.objects.create(
        cohort=cohort, client_uuid=key or uuid.uuid4(), **values
    )
    return made


@transaction.atomic
def change_customer(
    *, customer: Customer, said: CustomerSaid, seen_version: int, actor: Actor, anyway: bool = False
) -> Customer:
    """Correct or rename a customer, at any time. Changing nothing is quiet.

    Raises as `add_customer`, and Stale when somebody changed it since `seen_version`.
    """
    refuse_archived(customer.cohort)
    values = _checked(said)
    row: Customer = Customer.objects.get(pk=customer.pk)
    changed = {name: value for name, value in values.items() if getattr(row, name) != value}
    if not changed:
        return row
    if not anyway and changed.keys() & {"siret", "name", "postcode"}:
        _refuse_twin(customer.cohort, values, but=row.pk)
    touched = Customer.objects.filter(pk=row.pk, version=seen_version).update(
        **changed, version=F("version") + 1
    )
    if not touched:
        raise Stale(_("Quelqu’un vient de corriger ce client. Rechargez la page."))
    row.refresh_from_db()
    return row


@transaction.atomic
def put_away(*, customer: Customer, actor: Actor, at: dt.datetime) -> None:
    """Take a customer out of the lists to choose from; their papers stay. Twice is quiet."""
    refuse_archived(customer.cohort)
    Customer.objects.filter(pk=customer.pk, archived_at__isnull=True).update(archived_at=at)


@transaction.atomic
def take_out(*, customer: Customer, actor: Actor) -> None:
    """Put a customer back in the lists. Twice is quiet."""
    refuse_archived(customer.cohort)
    Customer.objects.filter(pk=customer.pk).update(archived_at=None)


def _checked(said: CustomerSaid) -> dict[str, Any]:
    values = {one.name: " ".join(str(getattr(said, one.name)).split()) for one in fields(said)}
    if said.kind not in CustomerKind.values:
        raise Refused(_("Choisissez une des réponses proposées."), field="kind")
    if not values["name"]:
        raise Refused(_("Écrivez le nom du client."), field="name")
    is_person = said.kind == CustomerKind.PERSON
    if is_person:
        # What a person has no use for is not kept, whatever the form sent.
        values |= {"siret": "", "vat_number": "", "service_code": ""}
    values["siret"] = _siret(values["siret"])
    values["vat_number"] = _vat_number(values["vat_number"], values["siret"])
    if values["phone"]:
        phone = normal_phone(values["phone"])
        if phone is None:
            raise Refused(_("Ce numéro de téléphone n’est pas juste."), field="phone")
        values["phone"] = phone
    return values


def _siret(typed: str) -> str:
    """Fourteen digits with their key; La Poste has its own rule, which the library knows."""
    number = re.sub(r"[\s.]", "", typed)
    if not number:
        return ""
    try:
        checked: str = siret_number.validate(number)
    except ValidationError:
        raise Refused(
            _("Ce SIRET n’est pas juste : 14 chiffres, relisez-les."), field="siret"
        ) from None
    return checked


def _vat_number(typed: str, siret: str) -> str:
    if not typed:
        return ""
    try:
        number: str = eu_vat.validate(typed)
    except ValidationError:
        raise Refused(_("Ce numéro de TVA n’est pas juste."), field="vat_number") from None
    if number.startswith("FR") and siret and number[4:] != siret[:9]:
        expected = {"number": vat_number_of(siret[:9])}
        raise Refused(
            _("Ce numéro n’est pas celui de ce SIRET : ce serait %(number)s.") % expected,
            field="vat_number",
        )
    return number


def _refuse_twin(cohort: Cohort, values: dict[str, Any], but: int | None = None) -> None:
    """Three hundred customers at most in a cohort: names are compared here, accents apart."""
    rows = Customer.objects.of_cohort(cohort.pk).exclude(pk=but)
    if values["siret"]:
        twin = rows.filter(siret=values["siret"]).order_by("pk").first()
        if twin is not None:
            words = {"name": twin.name}
            raise AlreadyThere(_("« %(name)s » a déjà ce SIRET.") % words, twin)
    name = fold(values["name"])
    for one in rows.filter(postcode=values["postcode"]).order_by("pk"):
        if fold(one.name) == name:
            words = {"name": one.name}
            raise AlreadyThere(_("« %(name)s » est déjà noté, au même code postal.") % words, one)
