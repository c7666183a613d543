"""A sale is offered the prices the group agreed on, as they are on the day of the sale."""

import datetime as dt
import re
from decimal import Decimal

import pytest

from ct_platform.kit.errors import Refused
from projects.models import AgreedPrice, MoneyChange, Sale
from projects.rules import amount_before_vat
from projects.selectors import prices_on
from projects.services import agreed, money
from projects.services.money import AtPrice
from tests.factories import NOW, TODAY, ProjectFactory, SaleFactory
from tests.projects.test_activities_page import page_of, sale_fields
from tests.projects.test_my_hours_page import text
from tests.projects.verbs import kitchen

NEW = "ventes/nouvelle/"


def price(project, amount="12.50", starts_on="2026-11-01", number=4, **more):
    return AgreedPrice.objects.create(
        **{"project": project, "label": "Panier moyen", "unit": "le panier", "amount": Decimal(amount),
           "starts_on": dt.date.fromisoformat(starts_on), "decision_number": number, **more}
    )  # fmt: skip


def shown(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode())).replace(
        "\u00a0", " "
    )


@pytest.mark.parametrize(
    ("amount", "quantity", "percent", "before"),
    [
        ("12.50", "1", "0", "12.50"),
        ("12.50", "3", "5.5", "35.55"),  # 37,50 / 1,055 = 35,545…
        ("12.50", "1.5", "10", "17.05"),
        ("0.01", "1", "20", "0.01"),
    ],
)
def test_the_amount_before_vat_is_rounded_once(amount, quantity, percent, before):
    found = amount_before_vat(Decimal(amount), Decimal(quantity), Decimal(percent))
    assert found == Decimal(before)


# Offered.


def test_prices_of_the_day_are_offered_and_no_others(people, enter):
    project = kitchen(people)
    price(project)
    price(project, "14", "2026-12-01", number=6)  # not begun
    price(project, label="Heure de ménage", unit="l’heure", amount="25", number=5,
          ends_on=dt.date(2026, 11, 20))  # fmt: skip
    price(ProjectFactory(cohort=people.b.cohort), label="Panier des autres")
    page = shown(enter("driss").get(page_of(people, NEW)))
    assert "Panier moyen, 12,50 € le panier" in page
    for other in ("14,00", "Heure de ménage", "Panier des autres"):
        assert other not in page
    before = shown(enter("driss").get(page_of(people, NEW) + "?vendu_le=2026-11-20"))
    assert "Heure de ménage, 25,00 € l’heure" in before


def test_a_replaced_price_is_no_longer_offered(people, enter):
    project = kitchen(people)
    price(project, "10", "2026-10-01", number=1)
    price(project, "12.50", "2026-11-10", number=4)
    page = shown(enter("driss").get(page_of(people, NEW)))
    assert "10,00" not in page and "12,50 € le panier" in page
    then = shown(enter("driss").get(page_of(people, NEW) + "?vendu_le=2026-11-09"))
    assert "10,00 € le panier" in then and "12,50" not in then


def test_without_agreed_price_the_form_is_as_before(people, enter):
    kitchen(people)
    page = shown(enter("driss").get(page_of(people, NEW)))
    assert "Prix décidés" not in page and "Combien" not in page


def test_one_tap_fills_the_sale(people, enter):
    project = kitchen(people)
    SaleFactory(project=project, vat_rate=Decimal("5.5"))
    found = price(project)
    page = enter("driss").get(page_of(people, NEW) + f"?prix={found.pk}&quantite=3")
    initial = page.context["form"].initial
    assert (initial["label"], initial["amount"]) == ("Panier moyen", Decimal("35.55"))
    assert (initial["vat_rate"], initial["project"]) == ("5.5", str(project.pk))
    assert 'value="35,55"' in page.content.decode()


@pytest.mark.parametrize("asked", ["prix=abc", "prix=999999", "quantite=-3", "vendu_le=hier"])
def test_an_address_that_says_nothing_breaks_nothing(people, enter, asked):
    found = price(kitchen(people))
    page = enter("driss").get(page_of(people, NEW) + f"?{asked}&prix={found.pk}")
    assert page.status_code == 200


def test_the_price_of_another_cohort_is_never_taken(people, enter):
    kitchen(people)
    theirs = price(ProjectFactory(cohort=people.b.cohort))
    page = enter("driss").get(page_of(people, NEW) + f"?prix={theirs.pk}")
    assert page.context["form"].taken is None
    enter("driss").post(page_of(people, NEW), sale_fields(people, price=str(theirs.pk), amount=""))
    assert not Sale.objects.exists()


# Recorded.


def taken(people, **more):
    project = kitchen(people)
    found = AgreedPrice.objects.first() or price(project)
    return (
        sale_fields(people, price=str(found.pk), quantity="3", vat_rate="5.5", amount="", reason="")
        | more
    )


def history():
    return MoneyChange.objects.get().sentence.replace("\u00a0", " ")


def test_an_empty_amount_is_the_agreed_one_and_the_history_says_so(people, enter):
    enter("driss").post(page_of(people, NEW), taken(people))
    assert Sale.objects.get().amount == Decimal("35.55")
    assert history().endswith("Décision n° 4 : 3 × 12,50 € le panier, soit 35,55 € hors TVA.")


def test_another_amount_warns_and_is_noted_once_its_reason_is_said(people, enter):
    driss = enter("driss")
    warned = driss.post(page_of(people, NEW), taken(people, amount="30"))
    assert "Décision n° 4 : 3 × 12,50 € le panier, soit 35,55 € hors TVA." in shown(warned)
    assert "Vous notez un autre montant : dites pourquoi" in shown(warned)
    assert not Sale.objects.exists()
    said = taken(people, amount="30", reason="Paniers abîmés")
    for _twice in range(2):
        assert driss.post(page_of(people, NEW), said).status_code == 302
    assert Sale.objects.get().amount == Decimal("30.00")
    assert history().endswith("Autre montant, parce que : « Paniers abîmés ».")


def test_the_price_is_the_one_of_the_day_of_the_sale(people, enter):
    project = kitchen(people)
    old = price(project, "10", "2026-10-01", number=1)
    price(project, "12.50", "2026-11-10", number=4)
    asked = taken(people, price=str(old.pk), sold_on="2026-11-10")
    enter("driss").post(page_of(people, NEW), asked)
    assert Sale.objects.get().amount == Decimal("35.55")
    asked = taken(people, price=str(old.pk), sold_on="2026-11-09")
    enter("driss").post(page_of(people, NEW), asked)
    assert {one.amount for one in Sale.objects.all()} == {Decimal("35.55"), Decimal("28.44")}


def test_before_any_price_the_amount_is_typed(people, enter):
    late = price(kitchen(people), starts_on="2026-11-10")
    asked = taken(people, price=str(late.pk), sold_on="2026-11-09")
    refused = shown(enter("driss").post(page_of(people, NEW), asked))
    assert "Le 9 novembre 2026, « Panier moyen » n’avait pas de prix décidé" in refused
    assert not Sale.objects.exists()
    enter("driss").post(page_of(people, NEW), asked | {"amount": "20"})
    assert Sale.objects.get().amount == Decimal("20.00")
    assert "Décision" not in history()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"quantity": "0"}, "Écrivez combien, en chiffres."),
        ({"quantity": "-2"}, "Écrivez combien, en chiffres."),
        ({"quantity": "trois"}, "Écrivez combien, en chiffres : 3 ou 1,5."),
    ],
)
def test_a_quantity_that_is_none_is_told(people, enter, changes, sentence):
    answer = enter("driss").post(page_of(people, NEW), taken(people, **changes))
    assert sentence in text(answer)
    assert not Sale.objects.exists()


def test_the_price_of_another_activity_is_refused(people):
    garden = ProjectFactory(cohort=people.a.cohort, name="Le jardin")
    with pytest.raises(Refused, match="Ce prix est celui de « Le jardin »"):
        money.record_sale(
            project=kitchen(people), label="Panier", customer="", amount=None,
            vat_rate=Decimal(0), sold_on=TODAY, paid_on=None, actor=people.actor("driss"), at=NOW,
            at_price=AtPrice(price(garden), Decimal(1)),
        )  # fmt: skip
    assert not Sale.objects.exists()


def test_a_price_that_ended_is_offered_until_its_last_day(people):
    found = price(kitchen(people), number=4)
    (ended,) = agreed.end_price(
        cohort_id=people.a.cohort.pk, given_by=4, last_day=dt.date(2026, 11, 20), decision_number=9
    )
    assert (ended, ended.ended_by_number) == (found, 9)
    assert prices_on(people.a.cohort.pk, dt.date(2026, 11, 20)) == [found]
    assert prices_on(people.a.cohort.pk, dt.date(2026, 11, 21)) == []
    again = agreed.end_price(
        cohort_id=people.a.cohort.pk, given_by=4, last_day=dt.date(2026, 11, 25), decision_number=9
    )
    assert again == []
