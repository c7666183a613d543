"""The account a host pays from: sealed like a person's, one current, the earlier ones kept."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.models import Organisation
from ct_platform.kit.actor import Actor
from ct_platform.kit.errors import Refused
from members.rules import bic_of
from members.services.bank import open_iban, possible_holder, possible_iban, seal_into
from payroll.models import HostBankDetails


@transaction.atomic
def enter_host_bank(
    *, host: Organisation, iban: str, holder: str, bic: str, actor: Actor, at: dt.datetime
) -> HostBankDetails:
    """Keep the account transfers leave from; the one before ends. The same one changes nothing.

    `bic` may be empty: inside SEPA the IBAN is enough (regulation 260/2012, art. 5). Raises Refused
    on field "iban", "holder" or "bic".
    """
    number, name, bank = possible_iban(iban), possible_holder(holder), bic_of(bic)
    if bank is None:
        raise Refused(
            _("Un BIC a 8 ou 11 lettres et chiffres. Vous pouvez aussi le laisser vide."),
            field="bic",
        )
    Organisation.objects.select_for_update(no_key=True).get(pk=host.pk)
    current: HostBankDetails | None = HostBankDetails.objects.filter(
        host=host, ended_at__isnull=True
    ).first()
    if current is not None:
        if (open_iban(current), current.holder, current.bic) == (number, name, bank):
            return current
        current.ended_at = at
        current.save(update_fields=["ended_at"])
    details = HostBankDetails(
        host=host, holder=name, bic=bank, entered_by_id=actor.person_id, entered_at=at
    )
    seal_into(details, number)
    details.save()
    return details
