"""Activités through the door: record, correct, say paid, strike out."""

import datetime as dt
import re
import uuid
from decimal import Decimal

import pytest

from projects.models import Expense, MoneyChange, Project, Sale
from projects.services import money
from tests.factories import NOW, ExpenseFactory, ProjectFactory, SaleFactory
from tests.projects.test_my_hours_page import hidden, text
from tests.projects.verbs import kitchen, sell, spend


def page_of(people, extra: str = "") -> str:
    return f"/cohortes/{people.a.cohort.pk}/activites/{extra}"


def sale_fields(people, **more):
    return {
        "submission_key": str(uuid.uuid4()),
        "project": kitchen(people).pk,
        "label": "Repas du marché",
        "customer": "Mairie",
        "amount": "120,50",
        "vat_rate": "10",
        "sold_on": "2026-11-07",
        "paid_on": "",
    } | more


def settle(people):
    money.settle_for_run(run_key=7, cohort_id=people.a.cohort.pk, last_day=dt.date(2026, 11, 25))


def test_it_records_a_sale_not_yet_paid(people, enter):
    answer = enter("driss").post(
        page_of(people, "ventes/nouvelle/"), sale_fields(people), follow=True
    )

    assert "C’est noté : Repas du marché, 120,50 €." in text(answer)
    assert "Pas encore payé" in text(answer)
    sale = Sale.objects.get()
    assert (sale.amount, sale.vat_rate, sale.moved_on) == (Decimal("120.50"), Decimal("10"), None)
    assert sale.recorded_by == people.driss


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("1 234,50", "1234.50"),
        ("1234.5", "1234.50"),
        ("12 €", "12.00"),
        ("1\u202f000,00\u00a0€", "1000.00"),
    ],
)
def test_it_reads_amounts_as_people_write_them(people, enter, typed, amount):
    enter("driss").post(page_of(people, "ventes/nouvelle/"), sale_fields(people, amount=typed))

    assert Sale.objects.get().amount == Decimal(amount)


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"amount": ""}, "Il manque le montant."),
        ({"amount": "beaucoup"}, "Il faut un montant en chiffres"),
        ({"amount": "12,345"}, "Il faut un montant en chiffres"),
        ({"amount": "0"}, "Le montant est plus grand que zéro."),
        ({"amount": "-5"}, "Le montant est plus grand que zéro."),
        ({"amount": "999999999999"}, "Il faut un montant en chiffres"),
        ({"label": "  "}, "Dites ce que c’est."),
        ({"vat_rate": "7"}, "Choisissez un taux."),
        ({"project": "0"}, "Choisissez une activité."),
        ({"sold_on": "2026-11-26"}, "Cette date est dans le futur."),
        ({"sold_on": "2026-09-06"}, "La coopérative a commencé le 7 septembre 2026."),
        ({"sold_on": "31/02/2026"}, "Il faut une date"),
        ({"paid_on": "2026-12-01"}, "Cette date est dans le futur."),
        ({"paid_on": "2026-08-01"}, "La coopérative a commencé le 7 septembre 2026."),
    ],
)
def test_it_says_what_is_wrong_beside_the_field_and_records_nothing(people, enter, sent, sentence):
    answer = enter("driss").post(page_of(people, "ventes/nouvelle/"), sale_fields(people, **sent))

    assert answer.status_code == 200
    assert sentence in text(answer)
    assert 'class="invalid-feedback' in answer.content.decode()
    assert not Sale.objects.exists()


def test_a_double_submit_records_once(people, enter):
    client, sent = enter("driss"), sale_fields(people)

    for _tap in range(2):
        answer = client.post(page_of(people, "ventes/nouvelle/"), sent)

    assert answer.status_code == 302
    assert Sale.objects.count() == 1


def test_a_project_of_another_cohort_is_not_a_choice(people, enter):
    theirs = ProjectFactory(cohort=people.b.cohort)
    sent = sale_fields(people, project=theirs.pk)

    answer = enter("driss").post(page_of(people, "ventes/nouvelle/"), sent)

    assert "Choisissez une activité." in text(answer)
    assert not Sale.objects.exists()


def test_it_records_an_expense(people, enter):
    sent = sale_fields(
        people,
        supplier="Primeur",
        spent_on="03/11/2026",
        total="127,13",
        vat="6,63",
        advanced_by="",
    )

    answer = enter("driss").post(page_of(people, "depenses/nouvelle/"), sent, follow=True)

    assert "Dépenses (1)" in text(answer)
    expense = Expense.objects.get()
    assert (expense.amount, expense.moved_on) == (Decimal("120.50"), dt.date(2026, 11, 3))


def test_without_a_project_it_leads_to_opening_one(people, enter):
    answer = enter("driss").get(page_of(people, "ventes/nouvelle/"), follow=True)

    assert "Ouvrez d’abord une activité." in text(answer)
    assert answer.request["PATH_INFO"] == page_of(people, "nouvelle/")


def test_it_opens_a_project_once_and_names_are_not_repeated(people, enter):
    client = enter("driss")
    sent = {"submission_key": str(uuid.uuid4()), "name": " La  Marmite ", "trade": "cuisine"}

    client.post(page_of(people, "nouvelle/"), sent)
    client.post(page_of(people, "nouvelle/"), sent)
    again = client.post(
        page_of(people, "nouvelle/"),
        sent | {"submission_key": str(uuid.uuid4()), "name": "la marmite"},
    )

    assert "porte déjà ce nom" in text(again)
    assert [project.name for project in Project.objects.all()] == ["La Marmite"]


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"name": ""}, "Donnez un nom"),
        ({"trade": ""}, "Choisissez un métier"),
        ({"trade": "pêche"}, "Choisissez un métier"),
    ],
)
def test_a_project_needs_a_name_and_a_trade(people, enter, sent, sentence):
    fields = {"submission_key": str(uuid.uuid4()), "name": "La Marmite", "trade": "cuisine"}

    answer = enter("driss").post(page_of(people, "nouvelle/"), fields | sent)

    assert sentence in text(answer)
    assert not Project.objects.exists()


def test_totals_are_said_per_project_and_for_the_cohort(people, enter):
    sell(people)
    sell(people, "80.00", paid_on=None)
    spend(people)
    SaleFactory(project=ProjectFactory(cohort=people.b.cohort), amount=Decimal("999"))

    page = text(enter("driss").get(page_of(people)))

    assert "Cuisine La Grande Marmite 120,00 € 80,00 € 20,00 € 100,00 €" in page
    assert "Toute la coopérative 120,00 € 80,00 € 20,00 € 100,00 €" in page
    assert "999" not in page


def test_the_money_of_a_sale_comes_on_a_day(people, enter):
    sale = sell(people, paid_on=None)
    client, url = enter("driss"), page_of(people, f"ventes/{sale.pk}/payee/")
    assert 'value="2026-11-25"' in client.get(url).content.decode()

    for _tap in range(2):
        client.post(url, {"paid_on": "2026-11-20", "version": 1})

    sale.refresh_from_db()
    assert sale.moved_on == dt.date(2026, 11, 20)
    assert MoneyChange.objects.filter(sale=sale, sentence__startswith="Corrigé").count() == 1


def test_a_paid_sale_is_not_paid_again_on_another_day(people, enter):
    sale = sell(people)

    answer = enter("driss").post(
        page_of(people, f"ventes/{sale.pk}/payee/"), {"paid_on": "2026-11-20", "version": 1}
    )

    assert "déjà payée, le 7 novembre 2026" in text(answer)


def test_of_two_coordinators_editing_a_sale_the_second_is_told_and_sees_the_first(people, enter):
    sale = sell(people)
    client, url = enter("driss"), page_of(people, f"ventes/{sale.pk}/")
    version = hidden(client.get(url), "version")

    client.post(url, sale_fields(people, amount="130", paid_on="2026-11-07", version=version))
    second = client.post(
        url, sale_fields(people, amount="140", paid_on="2026-11-07", version=version), follow=True
    )

    assert "Quelqu’un vient de modifier cette ligne." in text(second)
    assert 'value="130,00"' in second.content.decode()
    sale.refresh_from_db()
    assert sale.amount == Decimal("130.00")


def test_the_same_correction_sent_twice_is_quiet(people, enter):
    sale = sell(people)
    sent = sale_fields(people, amount="130", paid_on="2026-11-07", version=1)
    client = enter("driss")

    for _tap in range(2):
        answer = client.post(page_of(people, f"ventes/{sale.pk}/"), sent)
        assert answer.status_code == 302

    assert MoneyChange.objects.filter(sale=sale, sentence__startswith="Corrigé").count() == 1


def test_striking_out_keeps_the_line_and_takes_it_out_of_the_totals(people, enter):
    sale = sell(people)
    client = enter("driss")

    for _tap in range(2):
        page = client.post(
            page_of(people, f"ventes/{sale.pk}/retirer/"), {"version": 1}, follow=True
        )

    assert "<s>Repas du marché</s>" in page.content.decode()
    assert "Toute la coopérative 0,00 €" in text(page)
    assert MoneyChange.objects.filter(sentence__startswith="Retiré").count() == 1


def test_what_a_pay_run_counted_is_shown_and_never_changed(people, enter):
    sale, expense = sell(people), spend(people)
    settle(people)
    client = enter("driss")

    page = client.get(page_of(people, f"ventes/{sale.pk}/"))
    assert "Cette somme est comptée dans une paie." in text(page)
    assert "<form" not in re.sub(
        r'<form (method="post" action="/sortir/"|class="ct-find")', "", page.content.decode()
    )
    sent = sale_fields(people, version=2)
    answer = client.post(page_of(people, f"ventes/{sale.pk}/"), sent, follow=True)
    assert "Elle ne change plus." in text(answer)
    client.post(page_of(people, f"ventes/{sale.pk}/retirer/"), {"version": 2})
    client.post(page_of(people, f"depenses/{expense.pk}/retirer/"), {"version": 2})

    sale.refresh_from_db()
    expense.refresh_from_db()
    assert (sale.amount, sale.withdrawn_at, expense.withdrawn_at) == (Decimal("120.00"), None, None)


def test_an_expense_is_corrected_and_tells_its_history(people, enter):
    expense = spend(people)
    client, url = enter("driss"), page_of(people, f"depenses/{expense.pk}/")

    client.post(url, sale_fields(people, spent_on="2026-11-03", total="25", version=1))

    page = text(client.get(url))
    assert "Corrigé. Avant : Légumes, 20,00 €" in page


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("dalia", 404),
        ("chloe", 404),
        ("hugo", 404),
        ("amina", 403),
        ("helene", 403),
        ("elsa", 403),
        ("nora", 403),
    ],
)
def test_only_the_coordination_of_the_territory_opens_it(people, enter, who, status):
    sale, expense = sell(people, paid_on=None), spend(people)
    client = enter(who)

    for path in ("", "nouvelle/", "ventes/nouvelle/", "depenses/nouvelle/", f"ventes/{sale.pk}/",
                 f"ventes/{sale.pk}/payee/", f"depenses/{expense.pk}/"):  # fmt: skip
        assert client.get(page_of(people, path)).status_code == status
    for path in (
        f"ventes/{sale.pk}/retirer/",
        f"depenses/{expense.pk}/retirer/",
        f"ventes/{sale.pk}/payee/",
    ):
        sent = {"version": 1, "paid_on": "2026-11-20"}
        assert client.post(page_of(people, path), sent).status_code == status

    sale.refresh_from_db()
    assert (sale.withdrawn_at, sale.moved_on) == (None, None)


def test_another_cohort_s_lines_are_not_found_through_mine(people, enter):
    theirs = SaleFactory(project=ProjectFactory(cohort=people.b.cohort))
    spent = ExpenseFactory(project=theirs.project)
    client = enter("driss")

    assert client.get(page_of(people, f"ventes/{theirs.pk}/")).status_code == 404
    assert client.get(page_of(people, f"depenses/{spent.pk}/")).status_code == 404
    assert (
        client.post(page_of(people, f"ventes/{theirs.pk}/retirer/"), {"version": 1}).status_code
        == 404
    )


def test_a_service_refuses_moving_money_to_another_cohort(people):
    from ct_platform.kit.errors import Refused

    sale, theirs = sell(people), ProjectFactory(cohort=people.b.cohort)

    with pytest.raises(Refused, match="pas dans la coopérative"):
        money.change_sale(
            sale=sale, seen_version=1, project=theirs, label="x", customer="", amount=Decimal("1"),
            vat_rate=Decimal("10"), sold_on=sale.sold_on, paid_on=None, actor=people.actor("driss"), at=NOW,
        )  # fmt: skip


def test_it_says_what_to_do_when_there_is_nothing(people, enter):
    client = enter("driss")
    assert "Pas encore d’activité" in text(client.get(page_of(people)))
    kitchen(people)

    assert "Pas encore de vente" in text(client.get(page_of(people)))
    assert "Pas encore de dépense" in text(client.get(page_of(people, "?vue=depenses")))


@pytest.mark.parametrize("rows", [1, 200])
def test_the_page_costs_the_same_for_one_row_and_for_two_hundred(
    people, enter, rows, django_assert_max_num_queries
):
    SaleFactory.create_batch(rows, project=kitchen(people), recorded_by=people.driss)
    ExpenseFactory.create_batch(rows, project=kitchen(people), recorded_by=people.driss)
    client = enter("driss")
    client.get(page_of(people))

    for view in ("ventes", "depenses"):
        with django_assert_max_num_queries(15):
            client.get(page_of(people, f"?vue={view}&page=2"))
