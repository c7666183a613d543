"""The cohort's own rules of voting."""

import datetime as dt

from django.db import transaction

from decisions.models import Statutes
from decisions.selectors.statutes import statutes_in_force


@transaction.atomic
def ensure_statutes(*, cohort_id: int, day: dt.date) -> Statutes:
    """The statutes in force on `day` (included); writes the first ones when the cohort has none.

    First statutes: quorum one half of the roll, no notice, in force from `day`. Of statutes that
    only begin later, the earliest serve already: a cohort is never without.
    """
    found = statutes_in_force(cohort_id, day)
    if found is None:
        found, _created = Statutes.objects.get_or_create(
            cohort_id=cohort_id, version=1, defaults={"in_force_from": day}
        )
    return found
