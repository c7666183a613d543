"""Tasks and orders that wait in a cohort: short of people, not ticked, handed over and not sold."""

import datetime as dt
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cohorts import waiting
from cohorts.enums import CohortState
from cohorts.models import Cohort
from cohorts.waiting import Line, Pile, Source, door
from projects.enums import OrderState, TaskState
from projects.models import Order, Task

SOON = dt.timedelta(days=2)


def _short(pile: Pile, cohort: Cohort, today: dt.date) -> Line:
    title = ngettext("%(n)s tâche cherche du monde", "%(n)s tâches cherchent du monde", pile.count)
    text = _("D’ici deux jours, et des places sont libres.")
    return Line(
        "groupe", title % {"n": pile.count}, text, door("projects:cohort_tasks", pile),
        state=_("Bientôt"), tone="warn",
    )  # fmt: skip


def _to_tick(pile: Pile, cohort: Cohort, today: dt.date) -> Line:
    title = ngettext(
        "%(n)s tâche passée sans présence", "%(n)s tâches passées sans présence", pile.count
    )
    text = _("Dites qui est venu : leurs heures se proposeront.")
    return Line(
        "ok-rond", title % {"n": pile.count}, text, door("projects:cohort_tasks", pile),
        state=_("Avant la paie"), tone="warn",
    )  # fmt: skip


def _to_sell(pile: Pile, cohort: Cohort, today: dt.date) -> Line:
    title = ngettext(
        "%(n)s commande remise à noter en vente",
        "%(n)s commandes remises à noter en vente",
        pile.count,
    )
    text = _("Tant que la vente n’est pas notée, elle n’entre pas dans le pot.")
    return Line(
        "vente", title % {"n": pile.count}, text, door("projects:activities", pile),
        state=_("Avant la paie"), tone="warn",
    )  # fmt: skip


def _open() -> Any:
    # Nobody comes any more to a cohort that is over.
    return Task.objects.filter(state=TaskState.OPEN).exclude(cohort__state=CohortState.ARCHIVED)


SOURCES = (
    Source(
        "tasks_short", 33,
        lambda today: _open().filter(
            day__gte=today, day__lte=today + SOON, taken__lt=F("needed")
        ),
        _short, cohort="cohort_id",
    ),
    Source("tasks_to_tick", 34, lambda today: _open().filter(day__lt=today), _to_tick, cohort="cohort_id"),
    Source(
        "orders_to_sell", 38,
        lambda today: Order.objects.filter(state=OrderState.HANDED, sale__isnull=True),
        _to_sell, cohort="offer__project__cohort_id",
    ),
)  # fmt: skip


def register_all() -> None:
    for source in SOURCES:
        waiting.register(source)
