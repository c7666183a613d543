"""Opening and freezing a run: what enters the photograph, what waits for the next."""

import datetime as dt
from decimal import Decimal

import pytest

from ct_platform.kit.errors import Frozen, Refused
from payroll.models import HostSettings, PayRun, SplitRule
from payroll.rules.photographs import fingerprint
from payroll.services.runs import change_draft, freeze_run, open_run, reopen_run
from projects.enums import WorkState
from projects.models import Expense, Sale, WorkEntry
from tests import factories as make
from tests.factories import NOW
from tests.payroll.scene import NOVEMBER, PAID_ON, SALES, adopt, set_scene


@pytest.fixture
def scene(people):
    return set_scene(people)


def test_it_photographs_hours_sales_rule_settings_and_pot(scene):
    run = scene.frozen()
    run.refresh_from_db()
    assert run.state == "frozen"
    assert run.sales == SALES
    assert run.contribution == Decimal("91.20")
    assert run.envelope == Decimal("820.84")
    assert run.rule == scene.rule and run.profile == scene.profile
    assert {p["name"]: p["minutes_by_kind"] for p in run.photograph["people"]} == {
        "Amina Sarr": {"production": 2610},
        "Bastien Cherif": {"production": 1260},
    }
    assert run.photograph_hash == fingerprint(run.photograph)
    assert set(WorkEntry.objects.values_list("state", "pay_run_key")) == {
        (WorkState.LOCKED, run.pk)
    }
    assert set(Sale.objects.values_list("pay_run_key", flat=True)) == {run.pk}


def test_it_leaves_what_comes_after_the_month_or_is_not_confirmed_to_the_next_run(scene):
    late = scene.work("amina", 60, day=dt.date(2026, 12, 1))
    waiting = scene.work("amina", 60, confirmed=False)
    unpaid = scene.sell("50.00", moved_on=None)
    run = scene.frozen()
    assert run.envelope == Decimal("820.84")
    for row in (late, waiting, unpaid):
        row.refresh_from_db()
        assert row.pay_run_key is None


def test_it_counts_late_hours_of_earlier_months_nobody_paid(scene):
    scene.work("bastien", 120, day=dt.date(2026, 10, 30))
    run = scene.frozen()
    bastien = next(p for p in run.photograph["people"] if p["name"] == "Bastien Cherif")
    assert bastien["minutes_by_kind"] == {"production": 1380}


def test_freezing_twice_changes_nothing(scene):
    run = scene.frozen()
    scene.work("amina", 60)
    again = freeze_run(run=run, actor=scene.driss, at=NOW)
    assert again.photograph_hash == run.photograph_hash


def test_it_takes_the_rule_in_force_on_the_last_day_of_the_month(scene):
    newer = adopt(scene.cohort, scene.people.driss, "hours", dt.date(2026, 11, 20))
    adopt(scene.cohort, scene.people.driss, "half", dt.date(2026, 12, 1))
    assert scene.frozen().rule == newer


def test_it_takes_the_first_rule_adopted_since_when_none_was_in_force(scene):
    SplitRule.objects.all().delete()
    since = adopt(scene.cohort, scene.people.amina, "hours", dt.date(2026, 11, 25))
    scene.work("amina", 60, day=dt.date(2026, 10, 12))
    scene.sell("100.00", moved_on=dt.date(2026, 10, 12))
    run = scene.frozen(month=dt.date(2026, 10, 1))
    assert run.rule == since


def test_it_refuses_without_a_voted_rule_and_locks_nothing(scene):
    SplitRule.objects.all().delete()
    run = scene.open()
    with pytest.raises(Refused, match="pas encore voté"):
        freeze_run(run=run, actor=scene.driss, at=NOW)
    assert not WorkEntry.objects.filter(pay_run_key__isnull=False).exists()


def test_it_refuses_without_settings_or_profile_of_the_host(scene):
    run = scene.open()
    HostSettings.objects.filter(host=scene.world.host).delete()
    with pytest.raises(Refused, match="réglages de paie"):
        freeze_run(run=run, actor=scene.driss, at=NOW)
    make.HostSettingsFactory(host=scene.world.host)
    scene.profile.delete()
    with pytest.raises(Refused, match="profil de cotisations"):
        freeze_run(run=run, actor=scene.driss, at=NOW)


def test_it_refuses_an_empty_pot_and_gives_everything_back(scene):
    make.ExpenseFactory(
        project=scene.project, amount=Decimal("900.00"), recorded_by=scene.people.driss
    )
    run = scene.open()
    with pytest.raises(Refused, match="rien à partager"):
        freeze_run(run=run, actor=scene.driss, at=NOW)
    run.refresh_from_db()
    assert run.state == "draft"
    assert not Expense.objects.filter(pay_run_key__isnull=False).exists()
    assert not WorkEntry.objects.filter(state=WorkState.LOCKED).exists()


def test_it_refuses_two_sorts_of_contracts_in_one_run(scene):
    make.ContractFactory(enrolment=scene.people.enrolments["bastien"], kind="cdd")
    with pytest.raises(Refused, match="une sorte de contrat"):
        freeze_run(run=scene.open(), actor=scene.driss, at=NOW)


def test_it_refuses_a_second_run_while_one_is_under_way(scene):
    scene.frozen(month=dt.date(2026, 11, 1))
    october = scene.open(month=dt.date(2026, 10, 1))
    with pytest.raises(Refused, match="novembre 2026 n’est pas terminée"):
        freeze_run(run=october, actor=scene.driss, at=NOW)


def test_it_refuses_a_month_without_confirmed_parameters(scene):
    """2025 is outside the parameter file: last year's rates are never carried."""
    scene.cohort.starts_on = dt.date(2025, 9, 1)
    scene.cohort.save()
    scene.sell("100.00", moved_on=dt.date(2025, 11, 7))
    HostSettings.objects.update(in_force_from=dt.date(2025, 1, 1))
    scene.profile.in_force_from = dt.date(2025, 1, 1)
    scene.profile.save()
    run = scene.open(month=dt.date(2025, 11, 1), paid_on=dt.date(2025, 12, 1))
    with pytest.raises(Refused, match="Aucun paramètre de paie"):
        freeze_run(run=run, actor=scene.driss, at=NOW)
    assert not Sale.objects.filter(pay_run_key__isnull=False).exists()


def test_somebody_who_left_before_the_month_takes_no_part(scene):
    names = [p["name"] for p in scene.frozen().photograph["people"]]
    assert "Gaël Parti" not in names


def test_somebody_who_left_but_worked_late_hours_does(scene):
    scene.work("gael", 90, day=dt.date(2026, 9, 30))
    assert "Gaël Parti" in [p["name"] for p in scene.frozen().photograph["people"]]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"month": dt.date(2026, 12, 1)}, "pas encore commencé"),
        ({"month": dt.date(2026, 8, 1)}, "précède le premier jour"),
        ({"paid_on": dt.date(2026, 10, 31)}, "ne peut pas précéder"),
        ({"reserve": Decimal("-1.00")}, "ne peut pas être négative"),
    ],
)
def test_opening_refuses_what_cannot_be_with_a_sentence(scene, changes, sentence):
    with pytest.raises(Refused, match=sentence):
        scene.open(**changes)
    assert not PayRun.objects.exists()


def test_opening_refuses_a_second_run_of_the_month(scene):
    scene.open()
    with pytest.raises(Refused, match="existe déjà"):
        open_run(cohort=scene.cohort, month=NOVEMBER, paid_on=PAID_ON, actor=scene.driss, at=NOW)
    assert PayRun.objects.count() == 1


def test_a_draft_changes_its_reserve_and_a_frozen_run_does_not(scene):
    run = change_draft(run=scene.open(), reserve=Decimal("100.00"), paid_on=PAID_ON)
    run = freeze_run(run=run, actor=scene.driss, at=NOW)
    assert run.envelope == Decimal("720.84")
    with pytest.raises(Frozen, match="Rouvrez la paie"):
        change_draft(run=run, reserve=Decimal("0.00"), paid_on=PAID_ON)


def test_reopening_gives_hours_and_money_back_and_forgets_the_shares(scene):
    run = scene.reviewed()
    reopen_run(run=run, reason="Une vente manque.", actor=scene.driss, at=NOW)
    run.refresh_from_db()
    assert (run.state, run.envelope, run.photograph, run.reviewed_by) == ("draft", 0, None, None)
    assert not run.shares.exists()
    assert set(WorkEntry.objects.values_list("state", "pay_run_key")) == {
        (WorkState.CONFIRMED, None)
    }
    assert set(Sale.objects.values_list("pay_run_key", flat=True)) == {None}
    scene.sell("10.00")
    assert freeze_run(run=run, actor=scene.driss, at=NOW).sales == SALES + 10


def test_reopening_asks_for_a_reason_and_is_quiet_on_a_draft(scene):
    run = scene.computed()
    with pytest.raises(Refused, match="pourquoi"):
        reopen_run(run=run, reason="  ", actor=scene.driss, at=NOW)
    reopen_run(run=run, reason="Erreur", actor=scene.driss, at=NOW)
    assert reopen_run(run=run, reason="", actor=scene.driss, at=NOW).state == "draft"
