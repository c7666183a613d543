"""Corrections, while no pay run has counted the money; afterwards only another movement corrects.

Every write is one conditional UPDATE on the version that was shown: of two coordinators editing
the same sale, the second is told instead of erasing the first.
"""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from cohorts.models import Enrolment
from cohorts.services.closing import refuse_archived
from ct_platform.kit import clock
from ct_platform.kit.actor import Actor
from ct_platform.kit.errors import Frozen, Refused, Stale
from ct_platform.kit.money import cents
from projects import advances
from projects.models import Expense, MoneyMovement, Project, Receipt, Sale, SpendingLimit
from projects.rules import former
from projects.services.money._judgement import (
    describe,
    figures,
    refuse_amount,
    refuse_day,
    refuse_sold_late,
    tell,
)
from projects.services.money._limits import judge_limit, refuse_stranger


@transaction.atomic
def change_sale(
    *,
    sale: Sale,
    seen_version: int,
    project: Project,
    label: str,
    customer: str,
    amount: Decimal,
    vat_rate: Decimal,
    sold_on: dt.date,
    paid_on: dt.date | None,
    actor: Actor,
    at: dt.datetime,
) -> Sale:
    """Correct a sale (euros excl. VAT). Changing nothing is quiet.

    Frozen when a pay run counted it, Refused when struck out or as `record_sale`, Stale when
    somebody changed it since `seen_version`.
    """
    refuse_archived(sale.project.cohort)
    today = clock.civil_day(at)
    _refuse_other_cohort(sale.project, project)
    refuse_amount(amount)
    refuse_day(project.cohort, sold_on, today, field="sold_on")
    refuse_sold_late(project.cohort, sold_on)
    if paid_on is not None:
        refuse_day(project.cohort, paid_on, today, field="paid_on")
    values = {
        "project": project,
        "label": label,
        "customer": customer,
        "amount": amount,
        "vat_rate": vat_rate,
        "sold_on": sold_on,
        "moved_on": paid_on,
    }
    changed: Sale = _change(sale, seen_version, values, actor, at)
    return changed


@transaction.atomic
def change_expense(
    *,
    expense: Expense,
    seen_version: int,
    project: Project,
    label: str,
    supplier: str,
    amount: Decimal,
    vat_rate: Decimal,
    spent_on: dt.date,
    actor: Actor,
    at: dt.datetime,
    vat_amount: Decimal | None = None,
    advanced_by: Enrolment | None = None,
    spending_limit: SpendingLimit | None = None,
    beyond_reason: str = "",
    receipt: Receipt | None = None,
) -> Expense:
    """Correct an expense (euros excl. VAT). Errors as `change_sale`, and as `record_expense`.

    `receipt` None keeps the one it has. What somebody advanced is written on their account: neither
    its total nor the person changes any more.
    """
    refuse_archived(expense.project.cohort)
    _refuse_other_cohort(expense.project, project)
    refuse_amount(amount)
    refuse_day(project.cohort, spent_on, clock.civil_day(at), field="spent_on")
    if vat_amount is None:
        vat_amount = cents(amount * vat_rate / 100)
    refuse_stranger(project.cohort_id, advanced_by)
    _refuse_owed(expense, amount + vat_amount, advanced_by)
    told = judge_limit(
        spending_limit, cohort_id=project.cohort_id, spent_on=spent_on, total=amount + vat_amount,
        because=beyond_reason, but_expense=expense.pk,
    )  # fmt: skip
    begins = advanced_by is not None and expense.advanced_by_id is None
    values = {
        "vat_amount": vat_amount,
        "advanced_by": advanced_by,
        "spending_limit": spending_limit,
        "beyond_reason": beyond_reason.strip() if told.is_beyond else "",
        **({"receipt": receipt} if receipt is not None else {}),
        "project": project,
        "label": label,
        "supplier": supplier,
        "amount": amount,
        "vat_rate": vat_rate,
        "moved_on": spent_on,
    }
    changed: Expense = _change(expense, seen_version, values, actor, at)
    if begins:
        advances.owe(changed, at)
    return changed


@transaction.atomic
def mark_paid(
    *, sale: Sale, seen_version: int, paid_on: dt.date, actor: Actor, at: dt.datetime
) -> Sale:
    """Say that the money of a sale came on `paid_on`. The same day twice is quiet.

    Refused when it is already paid on another day, for a date in the future or before the cohort;
    the rest as `change_sale`.
    """
    refuse_archived(sale.project.cohort)
    row: Sale = Sale.objects.select_related("project__cohort").get(pk=sale.pk)
    if row.moved_on == paid_on:
        return row
    if row.moved_on is not None:
        day = clock.format_day(row.moved_on)
        raise Refused(_("Cette vente est déjà payée, le %s.") % day, field="paid_on")
    refuse_day(row.project.cohort, paid_on, clock.civil_day(at), field="paid_on")
    changed: Sale = _change(sale, seen_version, {"moved_on": paid_on}, actor, at)
    return changed


@transaction.atomic
def withdraw_movement(
    *, movement: MoneyMovement, seen_version: int, actor: Actor, at: dt.datetime
) -> None:
    """Strike a sale or an expense out; the row and its history stay. Striking twice is quiet.

    Frozen when a pay run counted it, Stale when it changed since `seen_version`.
    """
    refuse_archived(movement.project.cohort)  # type: ignore[attr-defined] # a sale or an expense
    rows = type(movement)._default_manager
    if rows.filter(pk=movement.pk, withdrawn_at__isnull=False).exists():
        return
    _refuse_invoiced(movement)
    touched = rows.filter(
        pk=movement.pk, version=seen_version, pay_run_key__isnull=True, withdrawn_at__isnull=True
    ).update(withdrawn_at=at, withdrawn_by_id=actor.person_id, version=F("version") + 1)
    if touched != 1:
        _say_why(movement)
    tell(movement, _("Retiré : %s.") % describe(movement), by_person_id=actor.person_id, at=at)
    if isinstance(movement, Expense) and movement.advanced_by_id is not None:
        advances.forget(movement, at)


def _change(
    movement: MoneyMovement, seen: int, values: dict[str, Any], actor: Actor, at: dt.datetime
) -> Any:
    rows = type(movement)._default_manager
    row = rows.get(pk=movement.pk)
    if all(getattr(row, name) == value for name, value in values.items()):
        return row
    _refuse_invoiced(row)
    before, told = describe(row), figures(row)
    touched = rows.filter(
        pk=row.pk, version=seen, pay_run_key__isnull=True, withdrawn_at__isnull=True
    ).update(**values, version=F("version") + 1)
    if touched != 1:
        _say_why(row)
    row.refresh_from_db()
    sentence = _("Corrigé. Avant : %(before)s. Maintenant : %(now)s.")
    words = {"before": before, "now": describe(row)}
    kept = former.written(told) if former.corrects(told, figures(row)) else None
    tell(row, sentence % words, by_person_id=actor.person_id, at=at, before=kept)
    return row


def _refuse_invoiced(movement: MoneyMovement) -> None:
    """What an invoice wrote is corrected by a credit note, and paid by a payment, never by hand."""
    if isinstance(movement, Sale) and movement.is_invoiced:
        raise Frozen(
            _("Cette vente vient d’une facture. Elle se corrige par un avoir, sur la facture.")
        )
    if isinstance(movement, Sale) and movement.is_cash_total:
        raise Frozen(
            _("Cette vente vient d’un comptage de caisse. Elle se corrige sur le comptage.")
        )


def _refuse_owed(expense: Expense, total: Decimal, advanced_by: Enrolment | None) -> None:
    """What is on somebody's account is taken back and written anew, never edited."""
    if expense.advanced_by_id is None:
        return
    if total != expense.total or advanced_by is None or advanced_by.pk != expense.advanced_by_id:
        raise Refused(
            _(
                "Cette dépense est avancée par une personne : son montant est déjà sur son compte. "
                "Retirez-la, puis notez-la de nouveau."
            ),
            field="total",
        )


def _refuse_other_cohort(old: Project, new: Project) -> None:
    if new.cohort_id != old.cohort_id:
        raise Refused(_("Cette activité n’est pas dans la coopérative."), field="project")


def _say_why(movement: MoneyMovement) -> None:
    """The guarded UPDATE touched nothing: say which of the three reasons it was."""
    row = type(movement)._default_manager.get(pk=movement.pk)
    if row.is_counted:
        raise Frozen(
            _("Cette somme est comptée dans une paie. Elle ne change plus. Notez une autre ligne.")
        )
    if row.is_withdrawn:
        raise Refused(_("Cette ligne est retirée. Elle ne change plus."))
    raise Stale(
        _(
            "Quelqu’un vient de modifier cette ligne. Voici ce qui est noté maintenant. Vérifiez, puis recommencez."
        )
    )
