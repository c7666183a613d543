"""Expenses a coopérant sends from a phone: they count once the coordination has looked at them."""

import datetime as dt
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.models import Enrolment
from cohorts.services.closing import refuse_archived
from ct_platform.kit import clock, states
from ct_platform.kit.actor import Actor
from ct_platform.kit.db import refusing
from ct_platform.kit.errors import Refused
from members.rules import clean_text
from projects.enums import CLAIM_ALLOWED, ClaimState
from projects.models import Expense, ExpenseClaim, Project, SpendingLimit
from projects.services.money import record_expense
from projects.services.money._judgement import refuse_day
from projects.services.spending.expenses import amounts_of, refuse_totals
from projects.services.spending.receipts import Proof, keep_receipt


@transaction.atomic
def send_claim(
    *,
    enrolment: Enrolment,
    project: Project,
    label: str,
    supplier: str,
    total: Decimal,
    vat: Decimal,
    spent_on: dt.date,
    is_advanced: bool,
    spending_limit: SpendingLimit | None = None,
    proof: Proof | None = None,
    actor: Actor,
    at: dt.datetime,
) -> ExpenseClaim:
    """Send an expense to the coordination, in euros VAT included. It counts nowhere yet.

    Beyond a limit it may be sent all the same: the coordination answers. Raises Refused: no total, a
    VAT the total cannot hold, a day to come or before the cohort, another cohort's activity.
    """
    refuse_archived(enrolment.cohort)
    refuse_totals(total, vat)
    refuse_day(enrolment.cohort, spent_on, clock.civil_day(at), field="spent_on")
    if project.cohort_id != enrolment.cohort_id:
        raise Refused(_("Cette activité n’est pas de la coopérative."), field="project")
    if spending_limit is not None and spending_limit.cohort_id != enrolment.cohort_id:
        raise Refused(_("Cette décision n’est pas de la coopérative."), field="spending_limit")
    receipt = keep_receipt(cohort=enrolment.cohort, proof=proof, actor=actor) if proof else None
    with refusing(ExpenseClaim):
        claim: ExpenseClaim = ExpenseClaim.objects.create(
            enrolment=enrolment, project=project, label=clean_text(label)[:140],
            supplier=clean_text(supplier)[:140], total=total, vat=vat, spent_on=spent_on,
            is_advanced=is_advanced, spending_limit=spending_limit, receipt=receipt,
        )  # fmt: skip
    return claim


@transaction.atomic
def take_back_claim(*, claim: ExpenseClaim, actor: Actor, at: dt.datetime) -> ExpenseClaim:
    """Its sender takes it back before any answer; again: nothing. Raises Refused once answered."""
    held = _hold(claim)
    if held.state != ClaimState.TAKEN_BACK:
        states.move(
            held, ClaimState.TAKEN_BACK, allowed=CLAIM_ALLOWED, by_person_id=actor.person_id, at=at
        )
    return held


@transaction.atomic
def accept_claim(
    *,
    claim: ExpenseClaim,
    project: Project,
    label: str,
    supplier: str,
    total: Decimal,
    vat: Decimal,
    spent_on: dt.date,
    spending_limit: SpendingLimit | None,
    beyond_reason: str,
    actor: Actor,
    at: dt.datetime,
) -> Expense:
    """Accept what was sent, as sent or as the coordination corrects it: an Expense, from now on counted.

    Whoever paid with their own money is owed the total at once. Accepting again gives the same
    expense. Raises Refused when it was refused or taken back, and as `note_expense`.
    """
    held = _hold(claim)
    if held.expense is not None:
        return held.expense
    expense = record_expense(
        project=project, label=label, supplier=supplier, spent_on=spent_on, actor=actor, at=at,
        advanced_by=held.enrolment if held.is_advanced else None, spending_limit=spending_limit,
        beyond_reason=beyond_reason, receipt=held.receipt,
        **amounts_of(project, total, vat, spent_on),
    )  # fmt: skip
    states.move(
        held, ClaimState.ACCEPTED, allowed=CLAIM_ALLOWED, by_person_id=actor.person_id, at=at,
        answered_by_id=actor.person_id, answered_at=at, expense=expense,
    )  # fmt: skip
    return expense


@transaction.atomic
def refuse_claim(
    *, claim: ExpenseClaim, because: str, actor: Actor, at: dt.datetime
) -> ExpenseClaim:
    """Say no, and why: the person reads it. Refusing again changes nothing. Raises Refused without a
    reason, or once accepted."""
    held = _hold(claim)
    if held.state == ClaimState.REFUSED:
        return held
    why = clean_text(because)[:200]
    if not why:
        raise Refused(_("Dites pourquoi : la personne le lira."), field="because")
    states.move(
        held, ClaimState.REFUSED, allowed=CLAIM_ALLOWED, by_person_id=actor.person_id, at=at,
        reason=why, answered_by_id=actor.person_id, answered_at=at, refused_because=why,
    )  # fmt: skip
    return held


def _hold(claim: ExpenseClaim) -> ExpenseClaim:
    """Of two answers at once, the second reads what the first wrote."""
    held: ExpenseClaim = (
        ExpenseClaim.objects.select_for_update(of=("self",))
        .select_related("enrolment__cohort", "receipt", "expense")
        .get(pk=claim.pk)
    )
    refuse_archived(held.enrolment.cohort)
    return held
