"""Two people on one wrong slip at the same moment: threads on PostgreSQL, where locks are real."""

import datetime as dt

import pytest

from ct_platform.kit.errors import DomainError
from documents.models import Document
from payroll.invariants import corrections as correction_invariants
from payroll.invariants import pay as invariants
from payroll.models import AccountEntry, Correction, Payslip
from payroll.services.corrections import drop_correction, issue_correction
from payroll.services.runs import issue_run
from tests.at_once import together
from tests.factories import NOW
from tests.payroll.correcting import add_colleague, proposed, share_of
from tests.payroll.scene import set_scene

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def scene(people):
    add_colleague(people)
    return set_scene(people)


def numbers():
    return sorted(Payslip.objects.values_list("number", flat=True))


def test_a_double_click_and_two_issuers_make_one_pair(scene):
    run = scene.issued()
    correction, irene = proposed(scene, run), scene.people.actor("irene")
    answers = together(*[lambda: issue_correction(correction=correction, actor=irene, at=NOW)] * 4)
    assert [type(answer) for answer in answers] == [Correction] * 4
    assert numbers() == [f"2026-R-0000{n}" for n in (1, 2, 3, 4)]
    assert Document.objects.filter(kind="payslip_counter").count() == 1
    assert AccountEntry.objects.filter(correction=correction, kind="net").count() == 2


def test_two_people_propose_and_one_proposal_waits(scene):
    run = scene.issued()
    answers = together(*[lambda: proposed(scene, run)] * 3)
    assert Correction.objects.count() == 1
    assert sum(isinstance(answer, DomainError) for answer in answers) == 2


def test_issuing_races_dropping_and_one_of_them_wins(scene):
    run = scene.issued()
    correction = proposed(scene, run)
    irene, helene = scene.people.actor("irene"), scene.helene
    answers = together(
        lambda: issue_correction(correction=correction, actor=irene, at=NOW),
        lambda: drop_correction(correction=correction, actor=helene, at=NOW),
    )
    correction.refresh_from_db()
    assert sum(isinstance(answer, DomainError) for answer in answers) == 1
    assert Payslip.objects.count() == (4 if correction.state == "issued" else 2)


def test_two_slips_of_one_run_are_corrected_side_by_side_without_a_gap(scene):
    run = scene.issued()
    both = [proposed(scene, run, name) for name in ("Amina", "Bastien")]
    irene = scene.people.actor("irene")
    together(*[lambda c=c: issue_correction(correction=c, actor=irene, at=NOW) for c in both])
    assert numbers() == [f"2026-R-0000{n}" for n in range(1, 7)]
    for name in ("Amina", "Bastien"):
        pair = share_of(run, name).slips.filter(correction__isnull=False).order_by("number")
        first, second = (int(slip.number[-1]) for slip in pair)
        assert second == first + 1


def test_the_next_pay_races_the_correction_and_whoever_comes_second_is_told(scene):
    scene.sell("500.00", moved_on=dt.date(2026, 10, 7))
    scene.work("amina", 600, day=dt.date(2026, 10, 8))
    october = scene.issued(month=dt.date(2026, 10, 1), paid_on=dt.date(2026, 11, 10))
    november = scene.approved()
    correction = proposed(scene, october)
    irene, driss = scene.people.actor("irene"), scene.driss
    answers = together(
        lambda: issue_correction(correction=correction, actor=irene, at=NOW),
        lambda: issue_run(run=november, actor=driss, at=NOW),
    )
    assert sum(isinstance(answer, DomainError) for answer in answers) == 1
    after = [share.slip["after_slip"] for share in november.shares.all()]
    november.refresh_from_db()
    if november.state == "issued":
        assert share_of(october).payslip.pk in after
    assert list(invariants.the_account_says_what_was_issued()) == []
    assert list(correction_invariants.slip_numbers_follow_each_other()) == []
