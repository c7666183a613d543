"""Invoices at the same moment, on PostgreSQL: no gap, no double, days in the order of the numbers."""

import subprocess
import sys
from decimal import Decimal as D

import pytest

from ct_platform.kit.errors import Refused
from ct_platform.kit.invariants import all_invariants
from documents.models import Counter, Document
from projects.models import Invoice, Sale
from projects.services import invoices
from tests import workers
from tests.at_once import together
from tests.factories import NOW
from tests.projects.invoicing import set_scene

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

PROCESSES, DRAFTS = 8, 100


@pytest.fixture
def scene(people):
    return set_scene(people)


def race(scene, tmp_path, *shares, day_after=0):
    """A process for each share of drafts; all begin together."""
    crew = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.projects.issue_in_a_process",
             str(scene.driss.person_id), str(day_after), *(str(one.pk) for one in share)],
            cwd=workers.ROOT, env=workers.environment(tmp_path), text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )
        for share in shares
    ]  # fmt: skip
    for one in crew:
        assert one.stdout.readline() == "ready\n"
    for one in crew:
        one.stdin.write("go\n")
        one.stdin.flush()
    assert [one.wait(timeout=120) for one in crew] == [0] * len(crew)


@pytest.mark.parametrize("day_after", [0, 1])
def test_a_hundred_invoices_from_eight_processes_have_a_hundred_numbers(scene, tmp_path, day_after):
    drafts = [scene.draft() for _ in range(DRAFTS)]
    # Each share overlaps the next one: some drafts are issued twice at the same moment.
    shares = [
        drafts[n::PROCESSES] + drafts[(n + 1) % PROCESSES :: PROCESSES][:2]
        for n in range(PROCESSES)
    ]
    race(scene, tmp_path, *shares, day_after=day_after)
    rows = list(Invoice.objects.order_by("number").values_list("number", "issued_on", "state"))
    assert [number for number, *_ in rows] == [f"2026-CT-{n:05d}" for n in range(1, DRAFTS + 1)]
    days = [day for _, day, _ in rows]
    assert days == sorted(days)
    assert len(set(days)) == 1 + day_after
    assert {state for *_, state in rows} == {"issued"}
    assert Counter.objects.get().last == DRAFTS
    assert Document.objects.count() == Sale.objects.count() == DRAFTS
    breaches = [
        one
        for rule in all_invariants()
        if rule.code.startswith("projects.")
        for one in rule.check()
    ]
    assert breaches == []


def test_a_crash_in_the_middle_leaves_no_gap(scene, monkeypatch):
    drafts = [scene.draft() for _ in range(6)]
    from projects.services.invoices import issuing

    plain = issuing.write_turnover

    def dies_for_one(*, invoice, **more):
        if invoice.pk == drafts[2].pk:
            raise Refused("power cut")
        return plain(invoice=invoice, **more)

    monkeypatch.setattr(issuing, "write_turnover", dies_for_one)
    together(*[lambda d=d: scene.issue(d) for d in drafts])
    numbers = sorted(Invoice.objects.issued().values_list("number", flat=True))
    assert numbers == [f"2026-CT-{n:05d}" for n in range(1, 6)]


def test_of_two_credit_notes_at_once_only_one_takes_the_whole(scene):
    invoice = scene.issued()
    notes = [
        invoices.credit_whole(invoice=invoice, reason="Erreur", actor=scene.driss, at=NOW)
        for _ in range(2)
    ]
    answers = together(*[lambda n=n: scene.issue(n) for n in notes])
    assert sorted(type(one).__name__ for one in answers) == ["Invoice", "Refused"]
    assert sum(Sale.objects.values_list("amount", flat=True)) == D(0)


def test_of_two_invoices_at_once_only_one_takes_a_deposit_off(scene):
    import datetime as dt

    asked = scene.issue(
        invoices.ask_deposit(
            quote=scene.quote(),
            percent=D(30),
            sold_until=dt.date(2026, 12, 12),
            actor=scene.driss,
            at=NOW,
        )
    )

    def takes():
        return scene.draft(scene.line(quantity=D(9), vat_percent=D(10)), deposits=[asked])

    answers = together(takes, takes)
    assert sorted(type(one).__name__ for one in answers) == ["Invoice", "Refused"]


def test_a_double_click_on_two_servers_gives_one_number(scene):
    draft = scene.draft()
    answers = together(*[lambda: scene.issue(draft)] * 4)
    assert {one.number for one in answers} == {"2026-CT-00001"}
    assert Counter.objects.get().last == 1


def test_approving_and_changing_at_once_never_approves_another_version(people):
    scene = set_scene(people, asks_to_validate=True)
    draft = scene.draft()
    invoices.submit_invoice(invoice=draft, seen_version=1, actor=scene.driss, at=NOW)

    def approves():
        return invoices.approve_invoice(invoice=draft, seen_version=1, actor=scene.helene, at=NOW)

    def changes():
        return invoices.change_draft(
            invoice=draft,
            seen_version=1,
            customer=scene.shop,
            title="Autre",
            lines=[scene.line(quantity=D(7))],
            sold_from=draft.sold_from,
            sold_until=draft.sold_until,
            actor=scene.driss,
            at=NOW,
        )

    together(approves, changes)
    draft.refresh_from_db()
    assert (draft.state, draft.version, draft.title) == ("draft", 2, "Autre")
