"""What a coordinator adds: a line of business, a sale, an expense."""

import datetime as dt
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.models import Cohort, Enrolment
from cohorts.services.closing import refuse_archived
from ct_platform.kit import clock, trades
from ct_platform.kit.actor import Actor
from ct_platform.kit.db import refusing
from ct_platform.kit.errors import Refused
from ct_platform.kit.money import cents
from projects import advances
from projects.models import Expense, Project, Receipt, Sale, SpendingLimit
from projects.services.money._agreed import AtPrice, judge
from projects.services.money._judgement import (
    describe,
    refuse_amount,
    refuse_day,
    refuse_sold_late,
    tell,
)
from projects.services.money._limits import judge_limit, refuse_stranger


@transaction.atomic
def add_project(
    *,
    cohort: Cohort,
    name: str,
    trade: str,
    actor: Actor,
    at: dt.datetime,
    trade_label: str = "",
) -> Project:
    """Open a line of business; `trade_label` is the word of a trade of one's own ("Couture").

    Refused without a name, for an unknown trade, an own trade without its word, a name already taken.
    """
    refuse_archived(cohort)
    words = " ".join(name.split())
    if not words:
        raise Refused(_("Donnez un nom à l’activité."), field="name")
    if trade not in trades.TRADES:
        raise Refused(_("Choisissez un métier."), field="trade")
    label = " ".join(trade_label.split()) if trade == trades.OWN else ""
    if trade == trades.OWN and not label:
        raise Refused(_("Dites quel métier : couture, vélo, numérique…"), field="trade_label")
    if Project.objects.of_cohort(cohort.pk).filter(name__iexact=words).exists():
        raise Refused(_("Une activité de la coopérative porte déjà ce nom."), field="name")
    with refusing(Project):
        made: Project = Project.objects.create(
            cohort=cohort, name=words, trade=trade, trade_label=label
        )
    return made


@transaction.atomic
def record_sale(
    *,
    project: Project,
    label: str,
    customer: str,
    amount: Decimal | None,
    vat_rate: Decimal,
    sold_on: dt.date,
    paid_on: dt.date | None,
    actor: Actor,
    at: dt.datetime,
    at_price: AtPrice | None = None,
) -> Sale:
    """Record a sale in euros excl. VAT; `vat_rate` in percent, for information.

    `paid_on` is None while the customer has not paid: only paid sales enter the pot. `at_price`:
    the thing sold has an agreed price; without `amount` it gives it. Refused for an amount of zero
    or less, a date in the future or before the cohort, another price than agreed without a reason.
    """
    refuse_archived(project.cohort)
    today = clock.civil_day(at)
    told = ""
    if at_price is not None:
        amount, told = judge(
            at_price, project=project, sold_on=sold_on, vat_rate=vat_rate, amount=amount
        )
    if amount is None:
        raise Refused(_("Écrivez le montant."), field="amount")
    refuse_amount(amount)
    refuse_day(project.cohort, sold_on, today, field="sold_on")
    refuse_sold_late(project.cohort, sold_on)
    if paid_on is not None:
        refuse_day(project.cohort, paid_on, today, field="paid_on")
    with refusing(Sale):
        sale: Sale = Sale.objects.create(
            project=project,
            label=label,
            customer=customer,
            amount=amount,
            vat_rate=vat_rate,
            sold_on=sold_on,
            moved_on=paid_on,
            recorded_by_id=actor.person_id,
        )
    sentence = f"{_('Noté : %s.') % describe(sale)} {told}".rstrip()
    tell(sale, sentence, by_person_id=actor.person_id, at=at)
    return sale


@transaction.atomic
def record_expense(
    *,
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
    """Record an expense in euros excl. VAT, paid on `spent_on`. Refused as `record_sale`.

    `vat_amount`: as the receipt prints it; reckoned from `vat_rate` when None. `advanced_by` is owed
    the total, at once. Beyond its `spending_limit`, refused without `beyond_reason`.
    """
    refuse_archived(project.cohort)
    refuse_amount(amount)
    refuse_day(project.cohort, spent_on, clock.civil_day(at), field="spent_on")
    if vat_amount is None:
        vat_amount = cents(amount * vat_rate / 100)
    refuse_stranger(project.cohort_id, advanced_by)
    told = judge_limit(
        spending_limit, cohort_id=project.cohort_id, spent_on=spent_on, total=amount + vat_amount,
        because=beyond_reason,
    )  # fmt: skip
    with refusing(Expense):
        expense: Expense = Expense.objects.create(
            project=project,
            label=label,
            supplier=supplier,
            amount=amount,
            vat_rate=vat_rate,
            vat_amount=vat_amount,
            advanced_by=advanced_by,
            spending_limit=spending_limit,
            beyond_reason=beyond_reason.strip() if told.is_beyond else "",
            receipt=receipt,
            moved_on=spent_on,
            recorded_by_id=actor.person_id,
        )
    sentence = f"{_('Noté : %s.') % describe(expense)} {told.sentence}".rstrip()
    tell(expense, sentence, by_person_id=actor.person_id, at=at)
    if advanced_by is not None:
        advances.owe(expense, at)
    return expense
