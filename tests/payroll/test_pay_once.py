"""Pressed in two browsers at once, delivered five times at once: one run, one set of papers."""

import time
from collections import Counter

import pytest
from django.test import Client
from django.urls import reverse

from ct_platform.kit.models import TransitionLog
from documents import tasks
from documents.models import Document, Rendering
from documents.services import render, sending
from payroll.models import AccountEntry, PayRun, Payslip
from payroll.services.runs import approve_run, review_run
from tests.at_once import together
from tests.factories import NOW
from tests.payroll.scene import PAID_ON, set_scene

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def press(browsers: list[Client], step: str, run: PayRun) -> list[int]:
    """The same button in every browser at the same moment; returns the statuses."""
    address = reverse(f"payroll:{step}", args=[run.cohort_id, run.pk])
    answers = together(*[lambda browser=browser: browser.post(address) for browser in browsers])
    return [answer.status_code for answer in answers]


def test_a_run_taken_through_its_steps_in_three_browsers_is_one_run(people, enter):
    scene = set_scene(people)
    run = scene.open()
    browsers = [enter("driss"), enter("driss"), enter("driss")]
    assert press(browsers, "freeze", run) == [302] * 3
    assert press(browsers, "compute", run) == [302] * 3
    run.refresh_from_db()
    assert run.state == "computed" and run.shares.count() == 2

    review_run(run=run, paid_on=PAID_ON, actor=scene.driss, at=NOW)
    approve_run(run=run, actor=scene.helene, at=NOW)
    assert press(browsers, "issue", run) == [302] * 3
    run.refresh_from_db()
    assert run.state == "issued"
    numbers = sorted(Payslip.objects.values_list("number", flat=True))
    assert numbers == ["2026-R-00001", "2026-R-00002"]
    assert Document.objects.filter(batch=run.batch, kind="payslip").count() == 2
    assert AccountEntry.objects.filter(run=run, kind="net").count() == 2
    steps = TransitionLog.objects.filter(model="payroll.payrun", row_id=run.pk).order_by("pk")
    assert list(steps.values_list("new", flat=True)) == [
        "frozen", "computed", "reviewed", "approved", "issued",
    ]  # fmt: skip


def test_a_task_delivered_five_times_at_once_draws_each_paper_once(people, monkeypatch):
    # The queue of the suite draws at once: here the papers wait for their messages.
    monkeypatch.setattr(sending, "send", len)
    run = set_scene(people).issued()
    drawn: Counter[int] = Counter()

    def slowly(document: Document) -> bytes:
        drawn[document.pk] += 1
        time.sleep(0.02)
        return b"%PDF-1.7 " + str(document.pk).encode()

    monkeypatch.setattr(render, "draw", slowly)
    keys = list(Document.objects.filter(batch=run.batch).values_list("pk", flat=True))
    together(*[lambda: tasks.render_documents.run(keys)] * 5)
    assert drawn == dict.fromkeys(keys, 1)
    assert set(Rendering.objects.values_list("status", "attempts")) == {("done", 1)}
    assert Document.objects.exclude(sha256="").count() == len(keys)
