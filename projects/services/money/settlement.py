"""What a pay run does with money: count what was paid, give it back when it is reopened."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from ct_platform.kit.errors import Stale
from projects.models import Expense, Sale


@dataclass(frozen=True, slots=True)
class Settlement:
    """The money one run counts: paid sales and expenses, euros excl. VAT, each with its project."""

    sales: list[Sale]
    expenses: list[Expense]


@transaction.atomic
def settle_for_run(*, run_key: int, cohort_id: int, last_day: dt.date) -> Settlement:
    """Stamp the run on the sales paid and the expenses made up to `last_day` included.

    Only what no run has counted yet, and nothing struck out: a late payment goes to the next run.
    A run that has money already gets the same again: repeating is quiet. What is corrected or
    struck out meanwhile is wholly in or wholly out. Eight queries, whatever the number of rows.
    """
    if not _is_settled(run_key):
        for model in (Sale, Expense):
            _stamp(model, run_key, cohort_id, last_day)
    return settlement_of(run_key)


@transaction.atomic
def unsettle_run(*, run_key: int) -> None:
    """Give back everything a run had counted. Repeating is quiet."""
    for model in (Sale, Expense):
        model.objects.filter(pay_run_key=run_key).update(pay_run_key=None, version=F("version") + 1)


def settlement_of(run_key: int) -> Settlement:
    """What a run holds, in the order it moved. Two queries."""
    return Settlement(
        sales=list(_held(Sale, run_key)),
        expenses=list(_held(Expense, run_key)),
    )


def _held(model: Any, run_key: int) -> Any:
    rows = model.objects.filter(pay_run_key=run_key).select_related("project")
    return rows.order_by("moved_on", "pk")


def _is_settled(run_key: int) -> bool:
    return any(m.objects.filter(pay_run_key=run_key).exists() for m in (Sale, Expense))


def _stamp(model: Any, run_key: int, cohort_id: int, last_day: dt.date) -> None:
    """Lock, read the conditions again under the lock, then one conditional UPDATE."""
    found = (
        model.objects.of_cohort(cohort_id)
        .unsettled_until(last_day)
        .select_for_update(of=("self",))
        .only("pk")
        .order_by("pk")
    )
    keys = [row.pk for row in found]
    touched = model.objects.filter(
        pk__in=keys, pay_run_key__isnull=True, withdrawn_at__isnull=True
    ).update(pay_run_key=run_key, version=F("version") + 1)
    if touched != len(keys):
        raise Stale(_("Une vente ou une dépense vient de changer. Recommencez."))
