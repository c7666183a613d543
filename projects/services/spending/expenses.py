"""An expense as its receipt prints it: the total paid, and the VAT in it."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.models import Enrolment
from ct_platform.kit.actor import Actor
from ct_platform.kit.errors import Refused
from ct_platform.kit.money import cents
from projects.enums import VatRegime
from projects.models import Expense, Project, SpendingLimit
from projects.rules import VAT_RATES, cost_of, too_much_vat
from projects.selectors.selling import terms_on
from projects.services.money import change_expense, record_expense
from projects.services.money._judgement import refuse_amount
from projects.services.spending.receipts import Proof, keep_receipt


def refuse_totals(total: Decimal, vat: Decimal) -> None:
    """Euros, VAT included, and the VAT in it. Raises Refused beside "total" or "vat"."""
    try:
        refuse_amount(total)
    except Refused as refusal:
        raise Refused(str(refusal), field="total") from refusal
    if vat < 0 or vat != cents(vat):
        raise Refused(_("La TVA est zéro, ou un montant en euros."), field="vat")
    if too_much_vat(total, vat):
        raise Refused(
            _(
                "C’est trop de TVA pour ce total : au plus haut, 20 % du prix sans TVA. Relisez le ticket."
            ),
            field="vat",
        )


@transaction.atomic
def note_expense(
    *,
    project: Project,
    label: str,
    supplier: str,
    total: Decimal,
    vat: Decimal,
    spent_on: dt.date,
    proof: Proof | None = None,
    advanced_by: Enrolment | None = None,
    spending_limit: SpendingLimit | None = None,
    beyond_reason: str = "",
    actor: Actor,
    at: dt.datetime,
) -> Expense:
    """Note an expense from its receipt: euros paid, VAT included, and the VAT printed.

    Raises Refused: a VAT the total cannot hold, and as `record_expense`.
    """
    receipt = keep_receipt(cohort=project.cohort, proof=proof, actor=actor) if proof else None
    return record_expense(
        project=project, label=label, supplier=supplier, spent_on=spent_on, actor=actor, at=at,
        advanced_by=advanced_by, spending_limit=spending_limit, beyond_reason=beyond_reason,
        receipt=receipt, **amounts_of(project, total, vat, spent_on),
    )  # fmt: skip


@transaction.atomic
def change_noted(
    *,
    expense: Expense,
    seen_version: int,
    project: Project,
    label: str,
    supplier: str,
    total: Decimal,
    vat: Decimal,
    spent_on: dt.date,
    proof: Proof | None = None,
    advanced_by: Enrolment | None = None,
    spending_limit: SpendingLimit | None = None,
    beyond_reason: str = "",
    actor: Actor,
    at: dt.datetime,
) -> Expense:
    """Correct an expense from its receipt; a new photo takes the place of the first, which is kept.

    Raises as `change_expense`.
    """
    more: dict[str, Any] = {}
    if proof:
        more["receipt"] = keep_receipt(cohort=project.cohort, proof=proof, actor=actor)
    if (total, vat) == (expense.total, expense.vat):
        amounts: dict[str, Any] = {
            "amount": expense.amount, "vat_rate": expense.vat_rate, "vat_amount": expense.vat,
        }  # fmt: skip
    else:
        amounts = amounts_of(project, total, vat, spent_on)
    return change_expense(
        expense=expense, seen_version=seen_version, project=project, label=label, supplier=supplier,
        spent_on=spent_on, actor=actor, at=at, advanced_by=advanced_by, spending_limit=spending_limit,
        beyond_reason=beyond_reason, **amounts, **more,
    )  # fmt: skip


def amounts_of(project: Project, total: Decimal, vat: Decimal, day: dt.date) -> dict[str, Decimal]:
    """What `record_expense` takes. One query: whether the host recovers its VAT that day."""
    refuse_totals(total, vat)
    terms = terms_on(project.cohort.host_id, day)
    recovers = terms is None or terms.vat_regime != VatRegime.FRANCHISE
    cost = cost_of(total, vat, rates=[rate.percent for rate in VAT_RATES], recovers_vat=recovers)
    return {"amount": cost.amount, "vat_rate": cost.rate, "vat_amount": cost.vat}
