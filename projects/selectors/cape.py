"""Until when the people of a cohort are under CAPE: papers of sale say it (C. com. R127-3)."""

import datetime as dt

from django.db.models import Max

from cohorts.enums.contracts import ContractKind, ContractState
from cohorts.models import Cohort, Contract


def cape_until(cohort: Cohort, day: dt.date) -> dt.date:
    """The latest end of the CAPEs signed in the cohort, else its own last day. One query."""
    rows = Contract.objects.filter(
        enrolment__cohort=cohort,
        kind=ContractKind.CAPE,
        state=ContractState.SIGNED,
        ends_on__gte=day,
    )
    latest: dt.date | None = rows.aggregate(latest=Max("ends_on"))["latest"]
    return latest or cohort.ends_on
