"""What the group decided may be spent: what is left, and what goes beyond it."""

import datetime as dt
from decimal import Decimal

import pytest

from ct_platform.kit.errors import Refused
from projects.models import Expense
from projects.selectors.spending import limits_of, spent_within
from projects.services import money, spending
from tests.factories import NOW
from tests.projects.receipts import allow
from tests.projects.verbs import spend

DAY = dt.date(2026, 11, 25)


def buy(people, amount: str, limit, **more):
    """`amount` excl. VAT, without VAT: the total is the same."""
    return spend(people, amount, vat_rate=Decimal(0), spending_limit=limit, **more)


def test_what_is_left_follows_expenses_vat_included(people):
    limit = allow(people)
    buy(people, "40.00", limit)
    spend(people, "20.00", vat_rate=Decimal("5.5"), spending_limit=limit)

    (left,) = limits_of(people.a.cohort.pk, day=DAY)

    assert (left.spent, left.left) == (Decimal("61.10"), Decimal("38.90"))


def test_to_the_last_cent_and_no_further(people):
    limit = allow(people)
    buy(people, "60.00", limit)
    buy(people, "40.00", limit)

    with pytest.raises(Refused, match="il reste 0,00\u00a0€, c’est 0,01\u00a0€ de trop") as refusal:
        buy(people, "0.01", limit)

    assert refusal.value.field == "beyond_reason"
    assert Expense.objects.count() == 2


def test_beyond_it_the_coordination_says_what_allows_it(people):
    limit = allow(people)

    expense = buy(people, "120.00", limit, beyond_reason="Décision n° 9 : 30 € de plus.")

    assert expense.beyond_reason == "Décision n° 9 : 30 € de plus."
    said = expense.changes.get().sentence.replace("\u00a0", " ")
    assert "dépassée de 20,00 €, parce que : « Décision n° 9 : 30 € de plus. »" in said


def test_a_reason_that_was_not_needed_is_not_kept(people):
    assert buy(people, "10.00", allow(people), beyond_reason="au cas où").beyond_reason == ""


def test_struck_out_it_gives_back_what_it_took(people):
    limit = allow(people)
    expense = buy(people, "60.00", limit)
    money.withdraw_movement(movement=expense, seen_version=1, actor=people.actor("driss"), at=NOW)

    assert spent_within(limit.pk) == 0
    buy(people, "100.00", limit)


def test_correcting_an_expense_does_not_count_it_twice(people):
    limit = allow(people)
    expense = buy(people, "60.00", limit)

    changed = spending.change_noted(
        expense=expense, seen_version=1, project=expense.project, label="Graines", supplier="",
        total=Decimal("95.00"), vat=Decimal(0), spent_on=expense.moved_on, spending_limit=limit,
        actor=people.actor("driss"), at=NOW,
    )  # fmt: skip

    assert changed.amount == Decimal("95.00")
    assert spent_within(limit.pk) == Decimal("95.00")


def test_a_day_outside_the_decision_is_refused(people):
    limit = allow(people, ends_on=dt.date(2026, 10, 31))

    with pytest.raises(Refused, match="la décision n° 4 ne s’appliquait pas"):
        buy(people, "10.00", limit)


def test_a_decision_of_another_cohort_is_refused(people):
    with pytest.raises(Refused, match="n’est pas de la coopérative"):
        buy(people, "10.00", allow(people, cohort=people.b.cohort))
