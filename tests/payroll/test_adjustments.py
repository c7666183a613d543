"""Advances and deductions: on the account at once, on the next slip, never below a net of zero."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse

from ct_platform.kit.errors import Frozen, Refused, Stale
from documents.models import Document
from documents.services.render import draw
from payroll.models import AccountEntry, Adjustment, Share, Withholding
from payroll.selectors.account import balances, owed
from payroll.services.adjustments import cancel_adjustment, record_advance, record_deduction
from payroll.services.runs import issue_run, reopen_run
from tests.factories import NOW
from tests.payroll.scene import adopt, set_scene
from tests.payroll.test_payslip_paper import words

NET = Decimal("249.52")
OCTOBER = {"month": dt.date(2026, 10, 1), "paid_on": dt.date(2026, 11, 10)}


@pytest.fixture
def scene(people):
    return set_scene(people)


def advance(scene, amount, name="amina", day=dt.date(2026, 11, 12), **changes):
    asked = {"reason": "pour le loyer", "actor": scene.helene, "at": NOW} | changes
    return record_advance(
        enrolment=scene.people.enrolments[name], amount=Decimal(amount), given_on=day, **asked
    )


def deduct(scene, amount, decision, name="amina", day=dt.date(2026, 11, 13)):
    return record_deduction(
        enrolment=scene.people.enrolments[name], amount=Decimal(amount), given_on=day,
        reason="la casse", decision=decision, actor=scene.helene, at=NOW,
    )  # fmt: skip


def share(run, name="Amina"):
    return Share.objects.get(run=run, enrolment__person__first_name=name)


def test_an_advance_comes_off_the_account_at_once_and_off_the_next_slip(scene, people):
    amina = people.enrolments["amina"].pk
    given = advance(scene, "100")
    entry = AccountEntry.objects.get(adjustment=given)
    assert (entry.kind, entry.amount) == ("advance", Decimal("-100.00"))
    assert entry.sentence == "Acompte du 12 novembre 2026 : pour le loyer"
    assert (balances([amina])[amina], owed([amina])[amina]) == (Decimal("-100.00"), 0)
    run = scene.issued()
    paid = share(run)
    assert (paid.withheld, paid.to_pay, paid.payslip.withheld) == (100, NET - 100, 100)
    assert paid.net_paid == NET
    assert balances([amina])[amina] == owed([amina])[amina] == NET - 100
    assert share(run, "Bastien").withheld == 0


def test_the_slip_prints_it_in_its_eighth_section_and_both_nets_follow(scene, people):
    advance(scene, "100")
    deduct(scene, "9.52", scene.rule.outcome)
    scene.issued()
    _pages, text = words(draw(Document.objects.get(kind="payslip", subject=people.amina)))
    start = text.index("REMBOURSEMENTS ET DÉDUCTIONS DIVERSES")
    assert text.index("MONTANT NET SOCIAL") < start < text.index("MONTANT NET À PAYER AVANT")
    for words_of_it in (
        "Acompte reçu le 12 novembre 2026, pour le loyer",
        "Retenue du 13 novembre 2026, décision n° 1 : la casse",
        "109,52 € déjà reçus ou retenus",
    ):
        assert words_of_it in text, words_of_it
    assert text.count("140,00 €") == 4  # before tax, paid, on the ladder, without tax
    assert "249,52 €" in text  # the net social does not move


def test_it_takes_the_oldest_first_up_to_the_net_and_the_rest_waits(scene, people):
    amina = people.enrolments["amina"].pk
    late = advance(scene, "200", day=dt.date(2026, 11, 20))
    early = advance(scene, "100", day=dt.date(2026, 11, 5))
    run = scene.issued()
    taken = {w.adjustment_id: w.amount for w in Withholding.objects.filter(share=share(run))}
    assert taken == {early.pk: 100, late.pk: NET - 100}
    assert share(run).to_pay == 0
    assert balances([amina])[amina] == NET - 300 and owed([amina])[amina] == 0


def test_what_waited_comes_off_the_pay_after(scene, people):
    amina = people.enrolments["amina"].pk
    scene.sell("700.00", moved_on=dt.date(2026, 10, 7))
    scene.work("amina", 300, day=dt.date(2026, 10, 8))
    scene.work("bastien", 300, day=dt.date(2026, 10, 8))
    advance(scene, "300", day=dt.date(2026, 11, 2))
    first = share(scene.issued(**OCTOBER))
    assert first.withheld == first.net_paid < 300
    second = share(scene.issued())
    assert second.withheld == 300 - first.withheld
    assert balances([amina])[amina] == owed([amina])[amina] == second.to_pay > 0


def test_an_advance_after_the_slip_waits_for_the_next_and_the_slip_is_paid_as_printed(
    scene, people
):
    amina = people.enrolments["amina"].pk
    scene.issued()
    scene.work("amina", 60, day=dt.date(2026, 11, 20))
    advance(scene, "30")
    assert (balances([amina])[amina], owed([amina])[amina]) == (NET - 30, NET)


def test_reopening_forgets_what_was_withheld_and_computing_finds_it_again(scene):
    given = advance(scene, "100")
    run = scene.computed()
    assert share(run).withheld == 100
    with pytest.raises(Frozen):
        cancel_adjustment(adjustment=given, actor=scene.helene, at=NOW)
    reopen_run(run=run, reason="Erreur", actor=scene.driss, at=NOW)
    assert not Withholding.objects.exists() and Adjustment.objects.get().cancelled_at is None
    cancel_adjustment(adjustment=given, actor=scene.helene, at=NOW)


def test_issuing_refuses_figures_that_an_advance_overtook(scene):
    run = scene.approved()
    advance(scene, "10")
    with pytest.raises(Stale, match="Amina Sarr"):
        issue_run(run=run, actor=scene.driss, at=NOW)
    assert not Document.objects.exists()


def test_cancelling_writes_the_opposite_once(scene, people):
    amina = people.enrolments["amina"].pk
    given = advance(scene, "100")
    for _time in "12":
        cancel_adjustment(adjustment=given, actor=scene.helene, at=NOW)
    first, second = AccountEntry.objects.order_by("pk")
    assert (second.reverses, second.amount, second.kind) == (first, 100, "advance")
    assert balances([amina])[amina] == owed([amina])[amina] == 0
    assert share(scene.computed()).withheld == 0


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"amount": "0"}, "amount"),
        ({"amount": "-5"}, "amount"),
        ({"amount": "5", "reason": "  "}, "reason"),
        ({"amount": "5", "day": dt.date(2026, 11, 26)}, "given_on"),
        ({"amount": "5", "name": "gael"}, "enrolment"),  # no hour of his waits for a pay
    ],
)
def test_an_advance_is_refused_beside_its_field(scene, changes, field):
    with pytest.raises(Refused) as refusal:
        advance(scene, **changes)
    assert refusal.value.field == field
    assert not Adjustment.objects.exists() and not AccountEntry.objects.exists()


def test_work_that_a_slip_paid_gives_no_advance_any_more(scene):
    scene.issued()
    with pytest.raises(Refused, match="travail déjà fait"):
        advance(scene, "5")


def test_a_deduction_rests_on_a_decision_of_the_same_group(scene, people):
    other = adopt(people.b.cohort, people.dalia).outcome
    for decision in (None, other):
        with pytest.raises(Refused) as refusal:
            deduct(scene, "5", decision)
        assert refusal.value.field == "decision"
    assert deduct(scene, "5", scene.rule.outcome).decision == scene.rule.outcome


def test_an_employment_contract_knows_no_deduction(scene, people):
    people.enrolments["amina"].contracts.update(kind="cdd")
    with pytest.raises(Refused, match="L1331-2"):
        deduct(scene, "5", scene.rule.outcome)
    assert not Adjustment.objects.exists()


def form(people, **changes):
    return {
        "submission_key": "5f0c8e0a-6f2f-4a57-9f0b-1c0b3a1d2e3f", "kind": "advance", "amount": "100,00",
        "enrolment": people.enrolments["amina"].pk, "given_on": "2026-11-12", "reason": "loyer",
    } | changes  # fmt: skip


def test_the_host_records_on_the_page_once_and_takes_back(scene, people, enter):
    helene, door = enter("helene"), reverse("payroll:adjustments", args=[scene.cohort.pk])
    for _time in "12":
        assert helene.post(door, form(people)).url == door
    given = Adjustment.objects.get()
    assert "Amina Sarr\xa0: 100,00\xa0€" in helene.get(door).content.decode()
    helene.post(reverse("payroll:cancel_adjustment", args=[scene.cohort.pk, given.pk]))
    assert "Annulé" in helene.get(door).content.decode()


def test_a_person_or_decision_of_another_cohort_cannot_be_slipped_in(scene, people, enter):
    helene, door = enter("helene"), reverse("payroll:adjustments", args=[scene.cohort.pk])
    other = adopt(people.b.cohort, people.dalia).outcome
    for changes in (
        {"enrolment": people.enrolments["chloe"].pk},
        {"kind": "deduction", "decision": other.pk},
    ):
        assert helene.post(door, form(people, **changes)).status_code == 200
    assert not Adjustment.objects.exists()
