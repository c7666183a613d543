"""A consent is given for one purpose and a time, and taken back at any moment."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from ct_platform.kit.clock import civil_day
from ct_platform.kit.errors import Refused
from members.models import Consent, ConsentPurpose, Person


@transaction.atomic
def give(
    *,
    person: Person,
    purpose: ConsentPurpose,
    wording: str,
    expires_on: dt.date,
    at: dt.datetime,
    given_by: str = "",
) -> Consent:
    """Keep the exact sentence a person agreed to, until `expires_on` (inclusive).

    `given_by` names who agreed in the person's stead; "" when they did themselves.
    Raises Refused without a sentence, or when it would end before it begins (GDPR, art. 7: the
    proof of what was agreed belongs to who relies on it).
    """
    if not wording.strip():
        raise Refused(_("Un accord se donne sur une phrase précise."))
    if expires_on <= civil_day(at):
        raise Refused(_("La fin de l’accord doit venir après aujourd’hui."), field="expires_on")
    return Consent.objects.create(
        person=person,
        purpose=purpose,
        wording=wording.strip(),
        given_by=given_by,
        given_at=at,
        expires_on=expires_on,
    )


@transaction.atomic
def withdraw(*, consent: Consent, at: dt.datetime) -> Consent:
    """Take a consent back, at once and for good. A second withdrawal changes nothing."""
    Consent.objects.filter(pk=consent.pk, withdrawn_at__isnull=True).update(withdrawn_at=at)
    consent.refresh_from_db(fields=["withdrawn_at"])
    return consent
