"""The pages of a quote, from the first line typed to the customer's yes."""

from decimal import Decimal

import pytest
from django.urls import reverse

from projects.models import Quote
from tests.factories import CustomerFactory, ProductFactory, ProjectFactory, SellerTermsFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop(people):
    people.product = ProductFactory(project=ProjectFactory(cohort=people.a.cohort))
    people.customer = CustomerFactory(cohort=people.a.cohort)
    people.room = {"cohort_id": people.a.cohort.pk}
    return people


def typed(shop, client, **lines):
    address = reverse("projects:add_quote", kwargs=shop.room)
    key = client.get(address).context["form"]["submission_key"].value()
    rows = {f"lignes-{name.replace('__', '-')}": value for name, value in lines.items()}
    return {
        "submission_key": key,
        "customer": shop.customer.pk,
        "title": "Buffet",
        "prices": "ttc",
        "lignes-TOTAL_FORMS": "3",
        "lignes-INITIAL_FORMS": "0",
    } | rows


def test_asking_for_rows_keeps_what_was_typed_and_writes_nothing(shop, enter):
    client = enter("driss")
    address = reverse("projects:add_quote", kwargs=shop.room)
    asked = typed(shop, client, **{"0__quantity": "2", "0__designation": "Tonte"})
    page = client.post(address, asked | {"ajouter_lignes": "1"})
    assert page.context["lines"].total_form_count() == 6
    assert 'value="Tonte"' in page.content.decode() and 'value="Buffet"' in page.content.decode()
    assert not Quote.objects.exists()
    # The six rows, once completed, are written.
    more = asked | {"lignes-TOTAL_FORMS": "6", "lignes-0-price": "12", "lignes-0-vat": "20"}
    assert client.post(address, more).status_code == 302
    assert Quote.objects.get().total_amount == Decimal(24)


def test_a_mistake_is_told_in_its_row_and_nothing_is_lost(shop, enter):
    client = enter("driss")
    asked = typed(shop, client, **{"1__thing": f"{shop.product.pk}:storable", "1__quantity": "-3"})
    page = client.post(reverse("projects:add_quote", kwargs=shop.room), asked)
    assert "plus grande que zéro" in page.context["lines"].forms[1].errors["quantity"][0]
    assert 'value="-3"' in page.content.decode() and not Quote.objects.exists()


def test_a_double_tap_writes_one(shop, enter):
    client, address = enter("driss"), reverse("projects:add_quote", kwargs=shop.room)
    asked = typed(shop, client, **{"0__thing": f"{shop.product.pk}:storable"})
    first, second = client.post(address, asked), client.post(address, asked)
    assert first.headers["Location"] == second.headers["Location"]
    assert Quote.objects.count() == 1


def test_from_the_first_line_to_the_yes_of_the_customer(shop, enter, client):
    SellerTermsFactory(host=shop.a.host, asks_to_validate=True)
    driss, helene = enter("driss"), enter("helene")
    asked = typed(shop, driss, **{"0__thing": f"{shop.product.pk}:storable", "0__quantity": "10"})
    driss.post(reverse("projects:add_quote", kwargs=shop.room), asked)
    quote = Quote.objects.get()
    here = shop.room | {"quote_id": quote.pk}

    def at(name):
        return reverse(f"projects:{name}", kwargs=here)

    driss.post(at("submit_quote"))
    assert quote.title in helene.get(reverse("home:to_approve")).content.decode()
    assert "pas assez" in str(
        helene.post(
            at("send_back_quote"), {"reason": "Ce n’est pas assez cher"}, follow=True
        ).content,
        "utf-8",
    )
    driss.post(at("submit_quote"))
    helene.post(at("approve_quote"))
    driss.post(at("send_quote"))
    shown = driss.post(at("link_quote"))
    link = shown.context["link"]
    assert "no-store" in shown.headers["Cache-Control"]
    client.post(
        link[link.index("/devis/") :], {"answer": "yes", "name": "M. Canal", "agreed": "on"}
    )
    page = driss.get(at("quote")).content.decode()
    assert "M. Canal" in page and Quote.objects.get().state == "accepted"


def test_a_sent_quote_opens_no_form_any_more(shop, enter):
    SellerTermsFactory(host=shop.a.host)
    driss = enter("driss")
    asked = typed(shop, driss, **{"0__thing": f"{shop.product.pk}:storable"})
    driss.post(reverse("projects:add_quote", kwargs=shop.room), asked)
    here = shop.room | {"quote_id": Quote.objects.get().pk}
    assert driss.get(reverse("projects:edit_quote", kwargs=here)).status_code == 200
    driss.post(reverse("projects:send_quote", kwargs=here))
    assert driss.get(reverse("projects:edit_quote", kwargs=here)).status_code == 302


def test_without_a_customer_one_is_asked_first(people, enter):
    ProjectFactory(cohort=people.a.cohort)
    answer = enter("driss").get(reverse("projects:add_quote", args=[people.a.cohort.pk]))
    assert answer.headers["Location"] == reverse("projects:add_customer", args=[people.a.cohort.pk])
