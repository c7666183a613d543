"""A corrected month in a year: later pays start from the corrected amounts, and the year adds up."""

import datetime as dt
from decimal import Decimal

import pytest

from ct_platform.kit.errors import Refused, Stale
from payroll.engine.params import load_params
from payroll.engine.solve import solve_gross
from payroll.engine.types import Ytd
from payroll.rules.stored_slips import slip_from_json, ytd_from_json
from payroll.services.computing import pay_input
from payroll.services.corrections import issue_correction
from payroll.services.ledger import kept_cents
from payroll.services.runs import issue_run
from tests.factories import NOW
from tests.payroll.correcting import add_colleague, corrected, proposed, share_of
from tests.payroll.scene import set_scene

D = Decimal
OCTOBER = {"month": dt.date(2026, 10, 1), "paid_on": dt.date(2026, 11, 10)}


@pytest.fixture
def scene(people):
    """Wages of two people over two months: little in October, above the ceilings in November."""
    add_colleague(people)
    scene = set_scene(people, sales=D("14000.00"))
    for name in ("amina", "bastien", "gael"):
        people.enrolments[name].contracts.update(kind="cdd")
    scene.profile.code = "employee"
    scene.profile.save()
    scene.sell("2500.00", moved_on=dt.date(2026, 10, 7))
    for name in ("amina", "bastien"):
        scene.work(name, 1200, day=dt.date(2026, 10, 8))
    return scene


def month_by_hand(run, name, before, **asked):
    """The engine itself, outside every service, for one person of a run."""
    share = share_of(run, name)
    person = next(p for p in run.photograph["people"] if p["enrolment"] == share.enrolment_id)
    photograph = {**run.photograph, "settings": run.photograph["settings"] | asked}
    return solve_gross(
        share.amount + share.carried_in,
        pay_input(photograph, person, run.month),
        before,
        load_params(run.month),
    )


def test_november_starts_from_octobers_corrected_amounts(scene):
    """Reduction and ceilings regularise over the year as if October had been right at first."""
    october = scene.issued(**OCTOBER)
    corrected(scene, october, asked={"minutes": 3420}, reason="Des heures manquaient.")
    november = scene.issued()
    share = share_of(october)
    person = next(p for p in october.photograph["people"] if p["enrolment"] == share.enrolment_id)
    person["minutes_by_kind"] = {"production": 3420}
    first, _rest = month_by_hand(october, "Amina", Ytd.empty())
    second, rest = month_by_hand(november, "Amina", first.ytd_after)
    stored = share_of(november)
    assert slip_from_json(stored.slip["slip"]) == second
    assert stored.remainder == rest
    assert ytd_from_json(stored.slip["ytd_before"]) == first.ytd_after
    # And it is not what the uncorrected October would have led to.
    wrong = slip_from_json(share.slip["slip"]).ytd_after
    assert month_by_hand(november, "Amina", wrong)[0].rgdu != second.rgdu


def test_the_second_month_is_corrected_from_the_same_start(scene):
    october, november = scene.issued(**OCTOBER), scene.issued()
    correction = corrected(scene, november)
    before = slip_from_json(share_of(october).slip["slip"]).ytd_after
    expected, rest = month_by_hand(november, "Amina", before, atmp_rate="2.10")
    assert slip_from_json(correction.answer["slip"]) == expected
    assert correction.remainder == rest


def test_only_the_last_slip_of_the_year_is_corrected(scene):
    october, november = scene.issued(**OCTOBER), scene.issued()
    later = share_of(november).payslip.number
    with pytest.raises(Refused, match=f"plus récent existe : n° {later}, de novembre 2026"):
        proposed(scene, october)


def test_a_proposal_is_overtaken_by_the_next_pay(scene):
    october = scene.issued(**OCTOBER)
    correction = proposed(scene, october)
    scene.issued()
    with pytest.raises(Refused, match="plus récent existe"):
        issue_correction(correction=correction, actor=scene.people.actor("irene"), at=NOW)


def test_a_pay_computed_before_the_correction_is_computed_again(scene):
    october = scene.issued(**OCTOBER)
    november = scene.approved()
    corrected(scene, october)
    with pytest.raises(Stale, match="Rouvrez cette paie"):
        issue_run(run=november, actor=scene.driss, at=NOW)


def test_the_corrected_remainder_goes_to_the_next_pay(scene):
    october = scene.issued(**OCTOBER)
    correction = corrected(scene, october)
    enrolment = correction.share.enrolment_id
    assert kept_cents([enrolment])[enrolment] == correction.remainder
    assert share_of(scene.computed()).carried_in == correction.remainder
