"""The host's account numbers: a new dated version of its settings, all else copied."""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.models import Organisation
from ct_platform.kit.actor import Actor
from ct_platform.kit.errors import Refused
from payroll.models import HostSettings
from payroll.rules.accounts import PLAN, own_numbers, wrong_number

# What belongs to one version and is not copied to the next.
_OF_ONE_VERSION = frozenset({"id", "created_at", "in_force_from", "accounts", "written_by"})


@transaction.atomic
def set_accounts(
    *, host: Organisation, in_force_from: dt.date, numbers: Mapping[str, str], actor: Actor
) -> HostSettings:
    """Add a version of the settings that differs from the one in force by its accounts only.

    `numbers`: role → account, every role or the default one. A month already paid is no obstacle:
    no figure of a pay depends on an account, and the run keeps its own version of the settings.
    The same numbers again change nothing. Raises Refused: no settings yet at that date, a version
    of that day already exists, a number that does not suit its role.
    """
    Organisation.objects.select_for_update(no_key=True).get(pk=host.pk)
    for role in PLAN:
        sentence = wrong_number(role, numbers.get(role, PLAN[role].number))
        if sentence:
            raise Refused(sentence, field=role)
    versions = HostSettings.objects.filter(host=host)
    current: HostSettings | None = versions.in_force(in_force_from).first()
    if current is None:
        raise Refused(_("Vos réglages de paie commencent après cette date."), field="in_force_from")
    own = own_numbers(numbers)
    if current.accounts == own:
        return current
    if current.in_force_from == in_force_from:
        raise Refused(_("Une version existe déjà à cette date."), field="in_force_from")
    copied = {
        field.attname: getattr(current, field.attname)
        for field in HostSettings._meta.concrete_fields
        if field.name not in _OF_ONE_VERSION
    }
    version: HostSettings = HostSettings.objects.create(
        **copied, in_force_from=in_force_from, accounts=own, written_by_id=actor.person_id
    )
    return version
