"""What a cohort costs its coordination."""

import datetime as dt
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.models import Cohort
from ct_platform.kit.actor import Actor
from ct_platform.kit.errors import Refused
from reports.models import CostLine
from reports.services.funding.hold import past

# Costs before the first day (recruiting, premises) and after the last (closing, follow-ups).
AROUND = dt.timedelta(days=366)


@transaction.atomic
def note_cost(
    *,
    cohort: Cohort,
    kind: str,
    label: str,
    amount: Decimal,
    spent_on: dt.date,
    proof: str = "",
    actor: Actor,
    at: dt.datetime,
) -> CostLine:
    """Note a cost of the coordination. Raises Refused for nothing, a day to come or far from the cohort."""
    if amount <= 0:
        raise Refused(_("Un montant est plus grand que zéro."), field="amount")
    past(spent_on, "spent_on", at)
    if not cohort.starts_on - AROUND <= spent_on <= cohort.ends_on + AROUND:
        raise Refused(_("Cette date est loin de la cohorte : vérifiez l’année."), field="spent_on")
    noted: CostLine = CostLine.objects.create(
        cohort=cohort,
        kind=kind,
        label=label,
        amount=amount,
        spent_on=spent_on,
        proof=proof,
        recorded_by_id=actor.person_id,
        recorded_at=at,
    )
    return noted


def withdraw_cost(*, cost: CostLine, actor: Actor, at: dt.datetime) -> None:
    """Strike out a cost noted by mistake: it stays, and counts no more. Twice is once."""
    CostLine.objects.filter(pk=cost.pk, withdrawn_at__isnull=True).update(
        withdrawn_at=at, withdrawn_by_id=actor.person_id
    )
