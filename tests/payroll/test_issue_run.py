"""Issuing: once, with gapless numbers, slips, papers, ledger, whatever is pressed twice."""

import datetime as dt
from decimal import Decimal

import pytest
from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

from ct_platform.kit.errors import Refused, Stale
from documents.models import Document, Rendering
from payroll.models import AccountEntry, Payslip, PayslipLine, Share
from payroll.services import issuing
from payroll.services.corrections import issue_correction, propose_correction
from payroll.services.runs import (
    approve_run,
    compute_run,
    freeze_run,
    issue_run,
    reopen_run,
    review_run,
)
from projects.models import WorkEntry
from tests.factories import NOW
from tests.payroll.correcting import NEW_RATE, add_colleague
from tests.payroll.scene import set_scene

D = Decimal


@pytest.fixture
def scene(people):
    return set_scene(people)


def test_it_writes_numbered_slips_with_lines_that_sum_to_their_totals(scene):
    run = scene.issued()
    slips = list(Payslip.objects.order_by("number"))
    assert [slip.number for slip in slips] == ["2026-R-00001", "2026-R-00002"]
    for slip in slips:
        lines = list(slip.lines.all())
        withheld = sum(line.amount for line in lines if line.side == "ee")
        on_top = sum(line.amount for line in lines if line.side == "er")
        assert slip.gross - withheld == slip.net_before_tax == D("249.52")
        assert slip.gross + on_top == slip.total_cost == D("410.42")
    assert run.state == "issued" and run.issued_by == scene.people.driss


def test_it_gives_each_person_a_slip_their_hours_and_an_attestation_in_one_batch(scene):
    run = scene.issued()
    kinds = Document.objects.filter(batch=run.batch).values_list("subject__first_name", "kind")
    assert sorted(kinds) == [
        ("Amina", "hours_statement"), ("Amina", "participation"), ("Amina", "payslip"),
        ("Bastien", "hours_statement"), ("Bastien", "participation"), ("Bastien", "payslip"),
    ]  # fmt: skip
    assert Rendering.objects.count() == 6


def test_the_account_says_share_cost_and_remainder_then_the_net_that_is_owed(people):
    scene = set_scene(people, kind="hours", sales=D("1001.82"))
    run = scene.issued()
    for share in run.shares.all():
        found = dict(share.enrolment.account_entries.values_list("kind", "amount"))
        assert found["share"] == share.amount
        assert found["cost"] == -share.cost
        assert found.get("remainder", D(0)) == -share.remainder
        assert found["share"] + found["cost"] + found.get("remainder", D(0)) == 0
        assert sum(found.values()) == found["net"] == share.net_paid
    assert any(share.remainder for share in run.shares.all())


def test_issuing_twice_gives_one_set_of_papers_and_numbers(scene):
    run = scene.issued()
    counts = [model.objects.count() for model in (Payslip, PayslipLine, Document, AccountEntry)]
    again = issue_run(run=run, actor=scene.helene, at=NOW)
    assert again.issued_by == scene.people.driss
    assert [m.objects.count() for m in (Payslip, PayslipLine, Document, AccountEntry)] == counts
    assert set(Payslip.objects.values_list("number", flat=True)) == {"2026-R-00001", "2026-R-00002"}


def test_it_waits_for_the_agreement_of_the_host(scene):
    run = scene.reviewed()
    with pytest.raises(Refused, match="pas encore donné son accord"):
        issue_run(run=run, actor=scene.driss, at=NOW)
    assert not Payslip.objects.exists() and not Document.objects.exists()


def test_a_profile_that_is_no_longer_confirmed_stops_everything(scene):
    run = scene.approved()
    type(scene.profile).objects.update(confirmed_at=None, confirmed_by=None)
    with pytest.raises(Refused, match="sans valeur de bulletin"):
        issue_run(run=run, actor=scene.driss, at=NOW)
    assert not Payslip.objects.exists()


def test_a_failure_gives_the_numbers_back(scene, monkeypatch):
    run = scene.approved()

    def fails(**_):
        raise RuntimeError("disk full")

    with monkeypatch.context() as patched:
        patched.setattr(issuing, "issue_participation", fails)
        with pytest.raises(RuntimeError):
            issue_run(run=run, actor=scene.driss, at=NOW)
    run.refresh_from_db()
    assert run.state == "approved"
    assert not Payslip.objects.exists() and not AccountEntry.objects.exists()
    issue_run(run=run, actor=scene.driss, at=NOW)
    assert min(Payslip.objects.values_list("number", flat=True)) == "2026-R-00001"


def test_a_dead_broker_loses_nothing(scene, monkeypatch, django_capture_on_commit_callbacks):
    run = scene.approved()

    def refuses(*_, **__):
        raise OperationalError("no broker")

    monkeypatch.setattr(
        current_app.tasks["documents.tasks.render_documents"], "apply_async", refuses
    )
    with django_capture_on_commit_callbacks(execute=True):
        issue_run(run=run, actor=scene.driss, at=NOW)
    run.refresh_from_db()
    assert run.state == "issued"
    assert set(Rendering.objects.values_list("status", flat=True)) == {"waiting"}


def test_an_issued_run_is_never_reopened(scene):
    run = scene.issued()
    with pytest.raises(Refused, match="ne changent plus"):
        reopen_run(run=run, reason="Erreur", actor=scene.driss, at=NOW)
    assert WorkEntry.objects.filter(pay_run_key=run.pk).exists()


def test_late_hours_go_to_the_next_run(scene):
    scene.issued(month=dt.date(2026, 11, 1))
    late = scene.work("amina", 120, day=dt.date(2026, 11, 20))
    scene.sell("100.00", moved_on=dt.date(2026, 11, 28))
    december = dt.datetime(2026, 12, 31, 12, tzinfo=dt.UTC)
    run = issuing.PayRun.objects.create(
        cohort=scene.cohort, month=dt.date(2026, 12, 1), paid_on=dt.date(2027, 1, 10)
    )
    run = freeze_run(run=run, actor=scene.driss, at=december)
    amina = next(p for p in run.photograph["people"] if p["name"] == "Amina Sarr")
    assert amina["entries"] == [[late.pk, "2026-11-20", 120, "production"]]


def test_the_account_says_whether_cents_were_put_aside_or_taken_back(people):
    irene = add_colleague(people)
    scene = set_scene(people)
    kept = AccountEntry.objects.create(
        enrolment=people.enrolments["bastien"], kind="remainder", amount=D("-0.05"), at=NOW,
        sentence="Reste mis de côté", run=None,
    )  # fmt: skip
    run = scene.issued()
    share = Share.objects.get(enrolment__person__first_name="Bastien")
    said = AccountEntry.objects.filter(kind="remainder", enrolment=kept.enrolment_id, run=run)
    assert share.carried_in > share.remainder
    assert said.get().sentence == "Reste repris, novembre 2026"
    correction = propose_correction(
        share=share, reason="Taux faux.", asked=NEW_RATE, actor=scene.helene, at=NOW
    )
    issue_correction(correction=correction, actor=irene, at=NOW)
    last = said.order_by("pk").last()
    assert (last.amount > 0) == last.sentence.startswith("Reste repris")
    assert last.sentence.endswith(", novembre 2026, version 2")


def test_a_pay_issued_meanwhile_elsewhere_makes_the_computation_stale(scene):
    """Bastien's kept cents moved since the shares were computed: nothing is issued on old figures."""
    run = scene.approved()
    AccountEntry.objects.create(
        enrolment=scene.people.enrolments["bastien"], kind="remainder", amount=D("-0.05"), at=NOW,
        sentence="Reste mis de côté", run=None,
    )  # fmt: skip
    with pytest.raises(Stale, match="Rouvrez cette paie"):
        issue_run(run=run, actor=scene.driss, at=NOW)
    assert not Payslip.objects.exists()
    reopen_run(run=run, reason="Recalcul", actor=scene.driss, at=NOW)
    run = freeze_run(run=run, actor=scene.driss, at=NOW)
    run = review_run(run=compute_run(run=run, actor=scene.driss, at=NOW), actor=scene.driss, at=NOW)
    run = approve_run(run=run, actor=scene.helene, at=NOW)
    assert issue_run(run=run, actor=scene.driss, at=NOW).state == "issued"
    assert Share.objects.get(enrolment__person__first_name="Bastien").carried_in == D("0.05")


def test_a_wage_under_the_smic_is_refused_at_issue(people):
    scene = set_scene(people)
    for name in ("amina", "bastien", "gael"):
        scene.people.enrolments[name].contracts.update(kind="cdd")
    scene.profile.code = "employee"
    scene.profile.save()
    run = scene.approved()
    with pytest.raises(Refused, match="sous le SMIC"), transaction.atomic():
        issue_run(run=run, actor=scene.driss, at=NOW)
    assert not Payslip.objects.exists()


def test_a_second_cohort_of_the_host_continues_the_series(scene):
    scene.issued()
    assert issuing.take_numbers(issuer_key=scene.world.host.pk, series="R", year=2026, count=1) == [
        "2026-R-00003"
    ]
