"""The cohort's own rules of voting."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max

from decisions.models import Outcome, Statutes
from decisions.selectors.statutes import statutes_in_force

# What a decision may change: every rule but the quorum, whose two numbers go together.
RULES = (
    "majority_base",
    "tie_rule",
    "notice_hours",
    "proxies_per_holder",
    "consent_rounds",
    "contest_days",
    "seal_persons",
    "seal_money",
    "concerned_vote",
)


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


@transaction.atomic
def write_next(*, outcome: Outcome, rules: Mapping[str, Any], day: dt.date) -> Statutes:
    """Write the next version of the cohort's statutes, decided by `outcome`, in force from `day`.

    `rules`: values by field name, the quorum as numerator and denominator. Votes already open keep
    the statutes they were opened under. The caller holds the cohort's lock.
    """
    own = Statutes.objects.of_cohort(outcome.cohort_id)
    last = own.aggregate(last=Max("version"))["last"] or 0
    return Statutes.objects.create(
        cohort_id=outcome.cohort_id,
        version=last + 1,
        in_force_from=day,
        decided_by=outcome,
        **rules,
    )
