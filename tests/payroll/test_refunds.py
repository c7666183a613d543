"""Money people advance: on their account once, given back once, and never pay."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from ct_platform.kit.errors import Refused, Stale
from payroll.enums import EntryKind
from payroll.invariants.refunds import (
    advanced_expenses_are_owed_once,
    refunds_are_on_the_account,
)
from payroll.models import AccountEntry, Refund
from payroll.selectors.account import owed
from payroll.selectors.account_page import own_account
from payroll.selectors.refunds import advanced, refunds_page
from payroll.services.refunds import cancel_refund, record_refund
from projects.models import Expense
from projects.services import money, spending
from tests.at_once import together
from tests.factories import NOW
from tests.payroll.scene import set_scene
from tests.projects.receipts import accept, send
from tests.projects.test_my_hours_page import text
from tests.projects.verbs import spend

TODAY = dt.date(2026, 11, 25)


def due(people, name: str = "amina") -> Decimal:
    key = people.enrolments[name].pk
    return advanced([key])[key]


def give_back(people, seen: str = "52.75", name: str = "amina", **more):
    values = {"means": "transfer", "paid_on": TODAY, "reference": ""} | more
    return record_refund(
        enrolment=people.enrolments[name], seen=Decimal(seen), actor=people.actor("helene"), at=NOW,
        **values,
    )  # fmt: skip


def strike(people, expense):
    money.withdraw_movement(
        movement=expense, seen_version=expense.version, actor=people.actor("driss"), at=NOW
    )


def test_an_accepted_expense_is_owed_to_who_paid_vat_included(people):
    accept(people, send(people))

    assert due(people) == Decimal("52.75")
    entry = AccountEntry.objects.get()
    assert (entry.kind, entry.sentence) == (
        EntryKind.ADVANCED,
        "Avancé le 3 novembre 2026 : Légumes",
    )


def test_it_is_not_pay(people):
    """Neither what a person is to be paid, nor anything of a run, knows of it."""
    scene = set_scene(people)
    before = scene.issued()
    accept(people, send(people))

    assert owed([people.enrolments["amina"].pk])[people.enrolments["amina"].pk] == sum(
        share.net_paid for share in before.shares.all() if share.enrolment.person == people.amina
    )
    assert not AccountEntry.objects.filter(expense__isnull=False, run__isnull=False).exists()


def test_the_coop_paid_nobody_is_owed(people):
    accept(people, send(people, is_advanced=False))

    assert not AccountEntry.objects.exists()


def test_giving_back_settles_it(people):
    accept(people, send(people))

    refund = give_back(people)

    assert (refund.amount, due(people)) == (Decimal("52.75"), 0)
    with pytest.raises(Refused, match="Rien à rembourser"):
        give_back(people)


def test_an_amount_that_moved_meanwhile_is_said(people):
    accept(people, send(people))
    accept(people, send(people, total=Decimal("10.00"), vat=Decimal(0)))

    with pytest.raises(Stale):
        give_back(people, "52.75")

    assert not Refund.objects.exists()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"paid_on": dt.date(2026, 11, 26)}, "pas encore venu"),
        ({"paid_on": dt.date(2026, 9, 1)}, "avant le début"),
        ({"means": "offset"}, "Choisissez un moyen"),
        ({"means": "card"}, "Choisissez un moyen"),
    ],
)
def test_what_a_refund_cannot_be(people, typed, sentence):
    accept(people, send(people))

    with pytest.raises(Refused, match=sentence):
        give_back(people, **typed)


def test_a_cancelled_refund_is_owed_again_once(people):
    accept(people, send(people))
    refund = give_back(people)

    cancel_refund(refund=refund, actor=people.actor("helene"), at=NOW)
    cancel_refund(refund=refund, actor=people.actor("helene"), at=NOW)

    assert due(people) == Decimal("52.75")
    assert AccountEntry.objects.count() == 3


def test_a_struck_expense_is_a_counter_entry(people):
    expense = accept(people, send(people))

    strike(people, expense)

    assert due(people) == 0
    assert [entry.amount for entry in AccountEntry.objects.order_by("pk")] == [
        Decimal("52.75"), Decimal("-52.75"),
    ]  # fmt: skip


def test_struck_after_it_was_given_back_says_too_much(people):
    expense = accept(people, send(people))
    give_back(people)
    strike(people, expense)

    page = refunds_page(people.a.cohort, NOW)

    assert due(people) == Decimal("-52.75")
    assert [row.enrolment.person for row in page.too_much] == [people.amina]
    assert own_account(people.actor("amina")).refunded_too_much == Decimal("52.75")


def test_what_is_on_an_account_is_not_edited(people):
    expense = accept(people, send(people))

    def change(**more):
        values = {
            "project": expense.project, "label": "Légumes bio", "supplier": "", "total": expense.total,
            "vat": expense.vat, "spent_on": expense.moved_on, "advanced_by": expense.advanced_by,
        } | more  # fmt: skip
        return spending.change_noted(
            expense=expense,
            seen_version=expense.version,
            actor=people.actor("driss"),
            at=NOW,
            **values,
        )

    for wrong in ({"total": Decimal("60.00")}, {"advanced_by": None},
                  {"advanced_by": people.enrolments["bastien"]}):  # fmt: skip
        with pytest.raises(Refused, match="déjà sur son compte"):
            change(**wrong)
    assert change().label == "Légumes bio"
    assert due(people) == Decimal("52.75")


def test_an_expense_said_later_to_be_advanced_is_owed_from_then(people):
    expense = spend(people, "20.00", vat_rate=Decimal(0))
    spending.change_noted(
        expense=expense, seen_version=1, project=expense.project, label=expense.label, supplier="",
        total=expense.total, vat=expense.vat, spent_on=expense.moved_on,
        advanced_by=people.enrolments["bastien"], actor=people.actor("driss"), at=NOW,
    )  # fmt: skip

    assert due(people, "bastien") == Decimal("20.00")


def test_the_person_reads_it_on_their_account(people, enter):
    accept(people, send(people))

    page = text(enter("amina").get("/ma-paie/mon-compte/"))

    assert "Encore à te rendre : 52,75 €" in page
    assert "Ce qu’on te doit encore : 0,00 €" in page  # pay is another line
    assert "52,75" not in text(enter("bastien").get("/ma-paie/mon-compte/"))


def test_the_host_gives_back_from_the_page_once(people, enter):
    accept(people, send(people))
    url = f"/cohortes/{people.a.cohort.pk}/paie/remboursements/{people.enrolments['amina'].pk}/"
    client = enter("helene")
    key = client.get(url).context["form"]["submission_key"].value()
    sent = {"submission_key": key, "seen": "52.75", "paid_on": "2026-11-25", "means": "cheque",
            "reference": "0000123"}  # fmt: skip

    client.post(url, sent)
    again = client.post(url, sent, follow=True)

    assert Refund.objects.count() == 1
    assert "Tout est rendu." in text(again)


@pytest.mark.parametrize(
    ("who", "listed", "one"),
    [
        ("driss", 200, 403), ("helene", 200, 200), ("amina", 403, 403), ("bastien", 403, 403),
        ("dalia", 404, 404), ("hugo", 404, 404), ("chloe", 404, 404), ("elsa", 403, 404),
    ],
)  # fmt: skip
def test_who_follows_and_who_gives_back(people, enter, who, listed, one):
    accept(people, send(people))
    client, url = enter(who), f"/cohortes/{people.a.cohort.pk}/paie/remboursements/"

    assert client.get(url).status_code == listed
    assert client.get(f"{url}{people.enrolments['amina'].pk}/").status_code == one
    assert not Refund.objects.exists()


def test_the_sweep_finds_what_the_account_does_not_say(people):
    accept(people, send(people))
    give_back(people)
    assert list(advanced_expenses_are_owed_once()) == list(refunds_are_on_the_account()) == []

    Expense.objects.update(amount=Decimal("99.00"))
    Refund.objects.update(amount=Decimal("1.00"))

    assert len(list(advanced_expenses_are_owed_once())) == 1
    assert len(list(refunds_are_on_the_account())) == 1


def test_the_database_refuses_a_second_movement(people):
    expense = accept(people, send(people))

    with pytest.raises(IntegrityError), transaction.atomic():
        AccountEntry.objects.create(
            enrolment=people.enrolments["amina"], kind=EntryKind.ADVANCED, amount=expense.total,
            at=NOW, sentence="encore", expense=expense,
        )  # fmt: skip


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_accepted_by_two_at_once_it_is_owed_once(people):
    claim = send(people)

    together(*[lambda: accept(people, claim)] * 4)

    assert due(people) == Decimal("52.75")
    assert Expense.objects.count() == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_given_back_by_four_at_once_it_leaves_once(people):
    accept(people, send(people))

    answers = together(*[lambda: give_back(people)] * 4)

    assert Refund.objects.count() == 1
    assert sum(isinstance(one, Refused) for one in answers) == 3
