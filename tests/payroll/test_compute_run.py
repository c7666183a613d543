"""From the photograph to shares: the pot to the cent, the engine's answer stored."""

import datetime as dt
from decimal import Decimal

import pytest

from ct_platform.kit.errors import Refused
from payroll.models import Share
from payroll.rules.stored_slips import slip_from_json, slip_to_json
from payroll.services import computing
from payroll.services.computing import Unbalanced, compute_run
from tests import factories as make
from tests.factories import NOW
from tests.payroll.scene import SHARE, set_scene

D = Decimal


def by_name(run):
    return {
        s.enrolment.person.first_name: s for s in run.shares.select_related("enrolment__person")
    }


def test_it_turns_the_worked_example_into_gross_and_net(people):
    """payroll.md §9: CAPE, AT 1.55, 49 staff: a share of 410.42 gives 300.00 gross, 249.52 net."""
    amina = by_name(set_scene(people).computed())["Amina"]
    assert amina.amount == amina.cost == SHARE
    assert (amina.gross, amina.net_paid, amina.net_social) == (
        D("300.00"),
        D("249.52"),
        D("249.52"),
    )
    assert (amina.net_taxable, amina.tax, amina.remainder) == (D("258.06"), D("0.00"), D("0.00"))


def test_shares_sum_to_the_pot_and_each_is_cost_and_remainder(people):
    run = set_scene(people, kind="half", sales=D("1001.82")).computed()
    shares = list(run.shares.all())
    assert sum(s.amount for s in shares) == run.envelope
    assert all(s.amount + s.carried_in == s.cost + s.remainder for s in shares)


def test_it_shares_by_hours_when_the_group_voted_so(people):
    shares = by_name(set_scene(people, kind="hours").computed())
    assert shares["Amina"].amount == D("553.59")  # 820.84 × 2610 / 3870
    assert shares["Bastien"].amount == D("267.25")


def test_who_has_no_hours_gets_nothing_by_hours_and_no_slip(people):
    scene = set_scene(people, kind="hours")
    new = make.EnrolmentFactory(cohort=scene.cohort, person=make.PersonFactory(first_name="Nour"))
    make.ContractFactory(enrolment=new)
    nour = by_name(scene.computed())["Nour"]
    assert (nour.amount, nour.cost, nour.remainder, nour.slip) == (D(0), D(0), D(0), None)


def test_the_slip_is_stored_digit_for_digit(people):
    share = by_name(set_scene(people).computed())["Amina"]
    slip = slip_from_json(share.slip["slip"])
    assert slip_to_json(slip) == share.slip["slip"]
    assert sum(line.amount for line in slip.lines if line.side == "ee") == D("50.48")
    assert sum(line.amount for line in slip.lines if line.side == "er") == D("110.42")
    assert share.slip["after_slip"] is None


def test_computing_twice_changes_nothing(people):
    scene = set_scene(people)
    run = scene.computed()
    before = list(Share.objects.values())
    compute_run(run=run, actor=scene.driss, at=NOW)
    assert list(Share.objects.values()) == before


def test_it_refuses_a_draft(people):
    scene = set_scene(people)
    with pytest.raises(Refused, match="Photographiez"):
        compute_run(run=scene.open(), actor=scene.driss, at=NOW)


def test_it_refuses_to_share_by_hours_nobody_has(people):
    scene = set_scene(people, kind="hours")
    scene.people.enrolments["amina"].work_entries.all().delete()
    scene.people.enrolments["bastien"].work_entries.all().delete()
    run = scene.frozen()
    with pytest.raises(Refused, match="Aucune heure confirmée"):
        compute_run(run=run, actor=scene.driss, at=NOW)
    run.refresh_from_db()
    assert run.state == "frozen"


def test_a_cent_that_appears_rolls_everything_back(people, monkeypatch):
    scene = set_scene(people)
    run = scene.frozen()
    true = computing.shares_in_cents
    monkeypatch.setattr(
        computing, "shares_in_cents", lambda *a: {k: v + 1 for k, v in true(*a).items()}
    )
    with pytest.raises(Unbalanced):
        compute_run(run=run, actor=scene.driss, at=NOW)
    run.refresh_from_db()
    assert run.state == "frozen"
    assert not Share.objects.exists()


def test_the_next_run_starts_from_the_kept_cents_and_the_year_to_date(people):
    scene = set_scene(people, kind="hours", sales=D("1001.82"))
    october = {"month": dt.date(2026, 10, 1), "paid_on": dt.date(2026, 11, 10)}
    scene.sell("700.00", moved_on=dt.date(2026, 10, 7))
    scene.work("amina", 300, day=dt.date(2026, 10, 8))
    scene.work("bastien", 200, day=dt.date(2026, 10, 8))
    first = by_name(scene.issued(**october))
    second = by_name(scene.computed())
    for name in ("Amina", "Bastien"):
        assert second[name].carried_in == first[name].remainder
        after = first[name].slip["slip"]["ytd_after"]
        assert second[name].slip["ytd_before"] == after
        assert second[name].slip["after_slip"] == first[name].payslip.pk
    assert any(share.carried_in for share in second.values())


def test_a_wage_asks_for_hours_and_otherwise_carries(people):
    """Under the employee profile an equal share without hours cannot be a wage."""
    scene = set_scene(people)
    scene.people.enrolments["bastien"].work_entries.all().delete()
    for name in ("amina", "bastien"):
        scene.people.enrolments[name].contracts.update(kind="cdd")
    make.ContributionProfileFactory(host=scene.world.host, code="employee")
    shares = by_name(scene.computed())
    assert shares["Amina"].gross is not None
    assert (shares["Bastien"].slip, shares["Bastien"].remainder) == (None, SHARE)
