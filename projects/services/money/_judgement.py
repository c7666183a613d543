"""What an amount and a date must be, whoever types them, and the line of history."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from cohorts.models import Cohort
from ct_platform.kit import clock
from ct_platform.kit.errors import Refused
from ct_platform.kit.money import cents, euros
from projects.models import Expense, MoneyChange, MoneyMovement, Sale
from projects.rules import former

LARGEST = Decimal("99999999.99")  # numeric(10,2)


def refuse_amount(amount: Decimal) -> None:
    """Above zero, in whole cents. Euros excl. VAT."""
    if amount <= 0:
        raise Refused(_("Le montant est plus grand que zéro."), field="amount")
    if amount != cents(amount) or amount > LARGEST:
        raise Refused(_("Ce montant ne peut pas être noté."), field="amount")


def refuse_day(cohort: Cohort, day: dt.date, today: dt.date, *, field: str) -> None:
    """Not in the future, not before the cohort began. Money may come after its last day."""
    if day > today:
        raise Refused(_("Cette date est dans le futur."), field=field)
    if day < cohort.starts_on:
        first = clock.format_day(cohort.starts_on)
        raise Refused(_("La coopérative a commencé le %s.") % first, field=field)


def refuse_sold_late(cohort: Cohort, sold_on: dt.date) -> None:
    if sold_on > cohort.ends_on:
        last = clock.format_day(cohort.ends_on)
        raise Refused(_("La coopérative s’est terminée le %s.") % last, field="sold_on")


def describe(movement: MoneyMovement) -> str:
    """ "Paniers du samedi, 120,00 €, vendu le 7 novembre 2026, pas encore payé"."""
    words = [movement.label, euros(movement.amount)]
    if isinstance(movement, Sale):
        words.append(_("vendu le %s") % clock.format_day(movement.sold_on))
        words.append(
            _("payé le %s") % clock.format_day(movement.moved_on)
            if movement.moved_on
            else _("pas encore payé")
        )
    elif isinstance(movement, Expense):
        words.append(_("dépensé le %s") % clock.format_day(movement.moved_on))
    return ", ".join(words)


def tell(
    movement: MoneyMovement,
    sentence: str,
    *,
    by_person_id: int,
    at: dt.datetime,
    before: dict[str, Any] | None = None,
) -> None:
    """Add one line to the history of the movement; `before`: the figures it corrects."""
    place = {"sale": movement} if isinstance(movement, Sale) else {"expense": movement}
    MoneyChange.objects.create(at=at, by_id=by_person_id, sentence=sentence, before=before, **place)


def figures(movement: MoneyMovement) -> dict[str, Any]:
    """What books say of it."""
    names = former.SALE if isinstance(movement, Sale) else former.EXPENSE
    return {name: getattr(movement, name) for name in names}
