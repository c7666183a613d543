"""What getting paid leaves waiting: invoices that are late, cash boxes nobody finished counting."""

import datetime as dt
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cohorts import waiting
from cohorts.models import Cohort
from cohorts.waiting import Line, Pile, Source, door
from projects.models import CashCount, Invoice
from projects.selectors.payments import overdue


def _late_rows(today: dt.date) -> Any:
    return Invoice.objects.filter(pk__in=overdue(today).order_by().values("pk"))


def _late(pile: Pile, cohort: Cohort, today: dt.date) -> Line:
    title = ngettext("%(n)s facture en retard", "%(n)s factures en retard", pile.count)
    return Line(
        "vente", title % {"n": pile.count}, _("Relancer, ou noter le paiement."),
        door("projects:payments", pile), due_on=pile.due_on, tone="bad",
    )  # fmt: skip


def unfinished_boxes(today: dt.date) -> Any:
    """Of a day that is over: counted by nobody, by one, differently, or not shared out yet."""
    unsplit = Q(agreement__isnull=False, agreement__totals__isnull=True) & ~Q(
        agreement__cash_amount=0, agreement__card_amount=0, agreement__cheque_amount=0
    )
    rows = CashCount.objects.filter(counters__isnull=True, countered_by__isnull=True, day__lt=today)
    return rows.filter(Q(agreement__isnull=True) | unsplit)


def _box(pile: Pile, cohort: Cohort, today: dt.date) -> Line:
    title = ngettext("%(n)s caisse à finir", "%(n)s caisses à finir", pile.count)
    return Line(
        "cagnotte", title % {"n": pile.count}, _("Compter à deux, puis dire ce qui a été vendu."),
        door("projects:cohort_cash", pile), state=_("Avant la paie"), tone="warn",
    )  # fmt: skip


SOURCES = (
    Source("late_invoices", 33, _late_rows, _late, cohort="cohort_id", due="due_on"),
    Source("cash_boxes", 34, unfinished_boxes, _box, cohort="project__cohort_id"),
)


def register_all() -> None:
    for source in SOURCES:
        waiting.register(source)
