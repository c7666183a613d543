"""Quotes pressed twice at once: one number, one answer. On PostgreSQL only."""

import pytest

from ct_platform.kit.errors import DomainError
from documents.models import Counter, Document
from projects.models import Quote
from projects.services import quotes
from tests.at_once import together
from tests.factories import NOW, CustomerFactory, ProductFactory, ProjectFactory, SellerTermsFactory
from tests.projects.races import while_uncommitted
from tests.selling import a_line, sent, write

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def shop(people):
    SellerTermsFactory(host=people.a.host)
    people.product = ProductFactory(project=ProjectFactory(cohort=people.a.cohort))
    people.customer = CustomerFactory(cohort=people.a.cohort)
    people.driss_acts = people.actor("driss")
    return people


def drafts(shop, count):
    line = a_line(shop.product)
    return [write(shop.customer, line, actor=shop.driss_acts) for _n in range(count)]


def send(shop, quote):
    return quotes.send_quote(
        quote=Quote.objects.get(pk=quote.pk), actor=shop.driss_acts, at=NOW
    ).number


def test_a_double_click_gives_one_number(shop):
    [quote] = drafts(shop, 1)
    first, second = while_uncommitted(lambda: send(shop, quote), lambda: send(shop, quote))
    assert first == second == "2026-D-00001"
    assert Document.objects.count() == 1 and Counter.objects.get().last == 1


def test_quotes_sent_together_have_numbers_without_gap(shop):
    numbers = together(*[lambda one=one: send(shop, one) for one in drafts(shop, 6)])
    assert sorted(numbers) == [f"2026-D-{n:05d}" for n in range(1, 7)]


def test_of_yes_and_no_at_once_one_stands(shop):
    quote = sent(shop.customer, a_line(shop.product), actor=shop.driss_acts)
    yes, no = while_uncommitted(
        lambda: quotes.accept_quote(quote=quote, name="A", actor=None, at=NOW),
        lambda: quotes.refuse_quote(quote=quote, name="B", actor=None, at=NOW),
    )
    assert isinstance(no, DomainError) and not isinstance(yes, Exception)
    row = Quote.objects.get()
    assert (row.state, row.answered_name) == ("accepted", "A")


def test_a_quote_pressed_twice_to_be_replaced_has_one_successor(shop):
    quote = sent(shop.customer, a_line(shop.product), actor=shop.driss_acts)

    def again():
        return quotes.replace_quote(quote=quote, actor=shop.driss_acts, at=NOW)

    first, second = while_uncommitted(again, again)
    assert first == second and Quote.objects.count() == 2
