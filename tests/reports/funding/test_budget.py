"""What a cohort costs: the accounts to the coordination, what was published to those who pay."""

import datetime as dt
from decimal import Decimal

import pytest

from ct_platform.kit.money import ZERO
from payroll.enums import EntryKind
from payroll.models import AccountEntry, PayRun
from projects.enums import WorkKind
from reports.models import CostLine
from reports.rules.funding import is_told_together, kept_until, shared_again
from reports.selectors.budget import budget_of
from reports.services.funding.costs import note_cost, withdraw_cost
from tests import factories as make
from tests.factories import NOW
from tests.reports import funding_verbs as funds
from tests.reports.scene import sent_report, set_scene

E = Decimal


def test_the_total_of_all_is_told_when_it_names_nobody():
    assert is_told_together(E(5), [])
    assert not is_told_together(E(5), [E(3)])
    assert not is_told_together(E(5), [E(3), E(3)])
    assert is_told_together(E(5), [E(3), E(3), E(3)])
    assert not is_told_together(E(5), [E(90), E(3), E(3)])


def test_parts_shrink_alike_and_none_is_left_at_nothing():
    assert shared_again(E("0.01"), {1: E("5.00"), 2: E("5.00")}) == {1: E("0.01")}
    assert sum(shared_again(E("10.00"), dict.fromkeys((3, 1, 2), E("1.00"))).values()) == E("10.00")


def test_proofs_are_kept_from_the_31_december_of_the_last_payment():
    days = [funds.D(2026, 3, 2), funds.D(2027, 1, 4)]
    assert kept_until(days, 5) == funds.D(2032, 12, 31)
    assert kept_until([], 5) is None


@pytest.fixture
def paid_world(people):
    """Fifteen people paid 82.10 each, an operation that pays 9,000, costs of two kinds, a report sent."""
    scene = set_scene(people)
    run = PayRun.objects.get(cohort=people.a.cohort)
    AccountEntry.objects.bulk_create(
        AccountEntry(
            enrolment=one, kind=EntryKind.COST, amount=E("-82.10"), at=NOW, sentence="Paie", run=run
        )
        for one in scene.members
    )
    make.WorkEntryFactory(enrolment=scene.members[0], minutes=60, kind=WorkKind.MEETING)
    funds.agreed(people, "9000.00")
    funds.cost(people, "4000.00")
    funds.cost(people, "800.00", kind="travel")
    return scene


def amounts(lines):
    return {one.label: one.amount for one in lines}


@pytest.mark.django_db
def test_the_coordination_reads_the_accounts_and_types_no_pay(people, paid_world):
    budget = budget_of(people.a.cohort, people.actor("driss"))
    costs = amounts(budget.costs)
    assert costs["Rémunération des coopérants"] == E("1231.50")
    assert costs["Dépenses des activités"] == E("315.55")
    assert budget.total_costs == E("4000.00") + E("800.00") + E("1231.50") + E("315.55")
    assert budget.total_resources == E("9000.00") + E("4385.45")
    assert budget.entered == 16
    assert budget.gap == budget.total_costs - budget.total_resources
    assert budget.per_person == E("396.69")


@pytest.mark.django_db
def test_a_funder_reads_what_was_published_and_no_kind_of_cost(people, paid_world):
    elsa = people.actor("elsa")
    before = budget_of(people.a.cohort, elsa)
    assert before.total_costs is None and before.per_person is None
    report = sent_report(people)
    budget = budget_of(people.a.cohort, elsa)
    assert budget.snapshot == report.snapshot
    assert budget.costs[0].label == "Coordination, tous coûts ensemble"
    assert amounts(budget.costs)["Coordination, tous coûts ensemble"] == E("4800.00")
    assert amounts(budget.costs)["Pot commun partagé entre les coopérants"] == E("1231.50")
    assert not budget.costs_noted


@pytest.mark.django_db
def test_a_pay_that_changed_since_the_report_moves_nothing_for_a_funder(people, paid_world):
    """Counted afresh, the difference of two visits would be one person's pay."""
    sent_report(people)
    elsa = people.actor("elsa")
    before = budget_of(people.a.cohort, elsa)
    AccountEntry.objects.create(
        enrolment=paid_world.members[0], kind=EntryKind.COST, amount=E("-40.00"), at=NOW,
        sentence="Une personne de plus",
    )  # fmt: skip
    assert budget_of(people.a.cohort, elsa).total_costs == before.total_costs
    assert budget_of(people.a.cohort, people.actor("nora")).per_person == before.per_person


@pytest.mark.django_db
def test_one_kind_of_cost_alone_is_a_salary_and_stays_masked(people):
    funds.agreed(people)
    funds.cost(people, "2500.00")
    budget = budget_of(people.a.cohort, people.actor("elsa"))
    assert amounts(budget.costs)["Coordination, tous coûts ensemble"] is None


WHOLE = "Coordination, tous coûts ensemble"


@pytest.mark.django_db
@pytest.mark.parametrize("withdrawn", [False, True])
def test_a_cost_noted_since_the_report_moves_nothing_for_a_funder(people, paid_world, withdrawn):
    """The difference of two visits would be the salary of the month."""
    sent_report(people)
    elsa = people.actor("elsa")
    before = budget_of(people.a.cohort, elsa)
    assert amounts(before.costs)[WHOLE] == E("4800.00")
    later = {"actor": people.actor("driss"), "at": NOW + dt.timedelta(days=1)}
    if withdrawn:
        withdraw_cost(cost=CostLine.objects.first(), **later)
    else:
        note_cost(
            cohort=people.a.cohort, kind="people", label="Temps", amount=E("2345.67"),
            spent_on=NOW.date(), **later,
        )  # fmt: skip
    assert budget_of(people.a.cohort, elsa).costs == before.costs
    assert len(budget_of(people.a.cohort, people.actor("driss")).costs_noted) == (
        1 if withdrawn else 3
    )


@pytest.mark.django_db
@pytest.mark.parametrize(("travel", "told"), [("1.00", False), ("441.17", False), ("441.18", True)])
def test_a_salary_beside_one_ticket_is_still_a_salary(people, travel, told):
    set_scene(people)
    funds.agreed(people)
    funds.cost(people, "2500.00")
    funds.cost(people, travel, kind="travel")
    sent_report(people)
    line = amounts(budget_of(people.a.cohort, people.actor("elsa")).costs)[WHOLE]
    assert (line is not None) is told


@pytest.mark.django_db
def test_a_funder_never_reads_what_another_gives(people):
    funds.agreed(people, "9000.00")
    funds.agreed(people, "500.00", by=people.b.partner, number="AUTRE")
    mine = budget_of(people.a.cohort, people.actor("elsa"))
    assert amounts(mine.resources)["Autres financeurs, ensemble"] is None
    assert mine.total_resources is None and mine.gap is None
    for rank, amount in enumerate(("700.00", "800.00")):
        one = make.OrganisationFactory(name=f"Fondation {rank}")
        funds.agreed(people, amount, by=one, number=f"F-{rank}")
    told = amounts(budget_of(people.a.cohort, people.actor("elsa")).resources)
    assert told["Autres financeurs, ensemble"] == E("2000.00")


@pytest.mark.django_db
def test_a_cost_struck_out_stays_and_counts_no_more(people):
    cost, driss = funds.cost(people, "500.00"), people.actor("driss")
    assert budget_of(people.a.cohort, driss).total_costs == E("500.00")
    for _time in range(2):
        withdraw_cost(cost=cost, actor=driss, at=NOW)
    assert budget_of(people.a.cohort, driss).total_costs == ZERO
    cost.refresh_from_db()
    assert cost.withdrawn_by_id == driss.person_id
