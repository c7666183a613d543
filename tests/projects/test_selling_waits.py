"""What waits in the room of selling, on the coordinator's board."""

import datetime as dt

import pytest

from cohorts.waiting import waiting_of
from projects.models import Quote
from projects.services import quotes
from tests.factories import (
    NOW,
    TODAY,
    CustomerFactory,
    ProductFactory,
    ProjectFactory,
    SellerTermsFactory,
)
from tests.selling import a_line, sent, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop(people):
    SellerTermsFactory(host=people.a.host, asks_to_validate=False)
    people.product = ProductFactory(project=ProjectFactory(cohort=people.a.cohort))
    people.customer = CustomerFactory(cohort=people.a.cohort)
    people.driss_acts = people.actor("driss")
    return people


def told(shop):
    lines = waiting_of([shop.a.cohort], TODAY)[shop.a.cohort.pk]
    return [line for line in lines if "devis" in line.title]


def test_a_draft_and_a_quote_far_from_its_end_wait_for_nobody(shop):
    write(shop.customer, a_line(shop.product), actor=shop.driss_acts)
    sent(shop.customer, a_line(shop.product), actor=shop.driss_acts)
    assert told(shop) == []


def test_a_quote_that_ends_soon_has_its_day(shop):
    quote = sent(shop.customer, a_line(shop.product), actor=shop.driss_acts)
    day = TODAY + dt.timedelta(days=3)
    Quote.objects.filter(pk=quote.pk).update(valid_until=day)
    [line] = told(shop)
    assert (line.title, line.due_on) == ("1 devis sans réponse finit bientôt", day)


def test_an_accepted_quote_waits_for_its_invoice(shop):
    for _one in range(2):
        quote = sent(shop.customer, a_line(shop.product), actor=shop.driss_acts)
        quotes.accept_quote(quote=quote, name="X", actor=None, at=NOW)
    [line] = told(shop)
    assert line.title == "2 devis acceptés, sans facture" and "vue=acceptes" in line.url


def test_one_at_the_host_is_told_as_the_hosts(shop):
    SellerTermsFactory(host=shop.a.host, in_force_from=TODAY, asks_to_validate=True)
    quote = write(shop.customer, a_line(shop.product), actor=shop.driss_acts)
    quotes.submit_quote(quote=quote, actor=shop.driss_acts, at=NOW)
    [line] = told(shop)
    assert line.by_host
    quotes.approve_quote(quote=quote, actor=shop.actor("helene"), at=NOW)
    [line] = told(shop)
    assert not line.by_host and "pas encore envoyé" in line.title
