"""A month of CAPE without pay costs a flat contribution, once, out of the next pot."""

import datetime as dt
from decimal import Decimal

import pytest

from ct_platform.kit.errors import Stale
from payroll.invariants import pay as invariants
from payroll.models import HostSettings
from payroll.services.computing import compute_run
from payroll.services.freezing import freeze_run, reopen_run
from payroll.services.issuing import issue_run
from payroll.services.runs import approve_run, open_run, review_run
from tests import factories as make
from tests.factories import NOW
from tests.payroll.scene import PAID_ON, adopt, set_scene

D = Decimal
OCTOBER = dt.date(2026, 10, 1)
COST = D("3.95")


@pytest.fixture
def scene(people):
    """Amina, Bastien and Gaël, under CAPE since 7 September; Gaël left on 1 October."""
    HostSettings.objects.filter(host=people.a.host).update(idle_month_cost=COST)
    return set_scene(people, kind="hours")


def idle(run):
    return [(row["name"], row["month"][:7], row["amount"]) for row in run.photograph["idle"]]


def test_every_month_begun_without_pay_is_charged_to_the_pot(scene):
    run = scene.frozen()
    assert idle(run) == [
        ("Amina Sarr", "2026-09", "3.95"), ("Bastien Cherif", "2026-09", "3.95"),
        ("Gaël Parti", "2026-09", "3.95"), ("Amina Sarr", "2026-10", "3.95"),
        # Gaël's last day is 1 October: a month begun counts whole.
        ("Bastien Cherif", "2026-10", "3.95"), ("Gaël Parti", "2026-10", "3.95"),
    ]  # fmt: skip
    assert run.idle_cost == 6 * COST
    assert run.envelope == D("820.84") - 6 * COST


def test_what_an_issued_run_paid_or_charged_is_not_charged_again(scene):
    scene.sell("700.00", moved_on=dt.date(2026, 10, 7))
    for name in ("amina", "bastien"):
        scene.work(name, 300, day=dt.date(2026, 10, 8))
    first = scene.issued(month=OCTOBER, paid_on=dt.date(2026, 11, 10))
    assert {month for _name, month, _cost in idle(first)} == {"2026-09"}
    assert first.idle_cost == 3 * COST
    # October was paid to two of them; Gaël, who was there on the 1st, had no slip.
    assert idle(scene.frozen()) == [("Gaël Parti", "2026-10", "3.95")]


def test_a_month_whose_cost_was_unknown_waits_to_be_charged(scene):
    HostSettings.objects.filter(host=scene.world.host).update(idle_month_cost=0)
    scene.sell("700.00", moved_on=dt.date(2026, 10, 7))
    for name in ("amina", "bastien"):
        scene.work(name, 300, day=dt.date(2026, 10, 8))
    first = scene.issued(month=OCTOBER, paid_on=dt.date(2026, 11, 10))
    assert first.idle_cost == 0 and len(idle(first)) == 3
    HostSettings.objects.filter(host=scene.world.host).update(idle_month_cost=COST)
    assert scene.frozen().idle_cost == 4 * COST


def test_a_contract_of_employment_has_no_idle_month(scene):
    for enrolment in scene.people.enrolments.values():
        enrolment.contracts.update(kind="cdd")
    make.ContributionProfileFactory(host=scene.world.host, code="employee")
    assert idle(scene.frozen()) == []


def next_door(scene):
    """Amina is also in another cohort of the host; its October is approved."""
    other = make.CohortFactory(territory=scene.world.territory, host=scene.world.host)
    make.ContractFactory(enrolment=make.EnrolmentFactory(cohort=other, person=scene.people.amina))
    adopt(other, scene.people.driss)
    make.SaleFactory(
        project=make.ProjectFactory(cohort=other), amount=D("500.00"),
        moved_on=dt.date(2026, 10, 9), recorded_by=scene.people.driss,
    )  # fmt: skip
    run = open_run(cohort=other, month=OCTOBER, paid_on=PAID_ON, actor=scene.driss, at=NOW)
    run = freeze_run(run=run, actor=scene.driss, at=NOW)
    run = compute_run(run=run, actor=scene.driss, at=NOW)
    run = review_run(run=run, actor=scene.driss, at=NOW)
    return approve_run(run=run, actor=scene.helene, at=NOW)


def test_a_month_paid_by_another_cohort_of_the_host_is_not_idle(scene):
    """The host owes the flat amount for a person without pay: Amina was paid next door."""
    issue_run(run=next_door(scene), actor=scene.driss, at=NOW)
    # Neither October, paid there, nor September, charged there.
    assert "Amina Sarr" not in {name for name, _month, _cost in idle(scene.frozen())}


def test_two_runs_that_photographed_the_same_month_charge_it_once(scene):
    first, second = next_door(scene), scene.approved()
    issue_run(run=second, actor=scene.driss, at=NOW)
    with pytest.raises(Stale, match="mois sans paie de Amina Sarr"):
        issue_run(run=first, actor=scene.driss, at=NOW)
    first.refresh_from_db()
    assert (first.state, first.shares.first().payslip) == ("approved", None)


def test_the_slip_and_its_reader_are_told(scene, enter):
    run = scene.issued()
    share = run.shares.get(enrolment__person__first_name="Amina")
    assert share.payslip.document.snapshot["ladder"]["idle"] == "23.70"
    page = enter("amina").get("/ma-paie/").content.decode()
    assert "23,70\xa0€ de cotisations pour des mois sans paie" in page


def test_the_pot_still_adds_up_for_the_consistency_check(scene):
    scene.issued()
    assert list(invariants.the_photograph_is_unaltered()) == []


def test_an_altered_idle_cost_is_seen(scene):
    run = scene.issued()
    type(run).objects.filter(pk=run.pk).update(
        idle_cost=run.idle_cost + 1, envelope=run.envelope - 1
    )
    assert len(list(invariants.the_photograph_is_unaltered())) == 1


def test_reopening_gives_the_months_back(scene):
    run = reopen_run(run=scene.frozen(), reason="Une erreur", actor=scene.driss, at=NOW)
    assert run.idle_cost == 0
    assert freeze_run(run=run, actor=scene.driss, at=NOW).idle_cost == 6 * COST
