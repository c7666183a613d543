"""The customer's link: reads, accepts or refuses, without an account. A visit never answers."""

import datetime as dt
import uuid
from unittest.mock import patch

import pytest
from django.core import mail
from django.urls import reverse

from ct_platform.kit.delivery import DeliveryStatus
from ct_platform.kit.errors import Refused
from projects.enums import QuoteState
from projects.models import Quote, QuoteMessage
from projects.services import quotes as services
from projects.services.quotes import links, messages
from tests.factories import NOW, CustomerFactory, ProductFactory, ProjectFactory, SellerTermsFactory
from tests.selling import a_line, sent

pytestmark = pytest.mark.django_db
YES = {"answer": "yes", "name": "Mme Canal", "agreed": "on"}
NO = {"answer": "no", "name": "Mme Canal", "because": "Trop cher"}


@pytest.fixture
def quote(people):
    SellerTermsFactory(host=people.a.host, email="factures@leferment.example")
    product = ProductFactory(project=ProjectFactory(cohort=people.a.cohort))
    customer = CustomerFactory(cohort=people.a.cohort, email="canal@exemple.test")
    return sent(customer, a_line(product), actor=people.actor("driss"))


@pytest.fixture
def address(quote):
    url = links.make_link(quote=quote)
    return url[url.index("/devis/") :]


def state(quote):
    return Quote.objects.get(pk=quote.pk).state


def test_the_secret_is_nowhere_in_the_database(quote, address):
    secret = address.rstrip("/").rsplit("/", 1)[1]
    row = Quote.objects.get(pk=quote.pk)
    assert secret not in str(vars(row)) and len(row.link_digest) == 64


def test_a_visit_shows_and_answers_nothing(quote, address, client):
    page = client.get(address)
    assert page.status_code == 200 and "24,00" in page.content.decode()
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert "no-store" in page.headers["Cache-Control"]
    client.head(address)
    assert state(quote) == QuoteState.SENT


def test_yes_is_a_name_and_a_tick(quote, address, client):
    for wrong in ({**YES, "name": ""}, {k: v for k, v in YES.items() if k != "agreed"}):
        assert client.post(address, wrong).status_code == 200
        assert state(quote) == QuoteState.SENT
    assert client.post(address, YES).status_code == 302
    row = Quote.objects.get(pk=quote.pk)
    assert (row.state, row.answered_name) == (QuoteState.ACCEPTED, "Mme Canal")


def test_twice_is_quiet_and_yes_is_not_taken_back(quote, address, client):
    client.post(address, YES)
    answered = Quote.objects.get(pk=quote.pk).answered_at
    assert client.post(address, YES).status_code == 302
    assert "déjà accepté" in client.post(address, NO).content.decode()
    row = Quote.objects.get(pk=quote.pk)
    assert (row.state, row.answered_at) == (QuoteState.ACCEPTED, answered)


def test_no_may_say_why(quote, address, client):
    client.post(address, NO)
    row = Quote.objects.get(pk=quote.pk)
    assert (row.state, row.refused_because) == (QuoteState.REFUSED, "Trop cher")


def test_after_its_last_day_it_says_so_and_takes_no_answer(quote, address, client):
    Quote.objects.filter(pk=quote.pk).update(valid_until=dt.date(2026, 1, 5))
    page = client.get(address).content.decode()
    assert "plus valable" in page and "J’accepte" not in page
    client.post(address, YES)
    assert state(quote) == QuoteState.SENT
    with pytest.raises(Refused, match="valable jusqu’au"):
        services.accept_quote(quote=Quote.objects.get(pk=quote.pk), name="X", actor=None, at=NOW)


def test_its_last_day_still_counts(quote):
    services.accept_quote(quote=quote, name="X", actor=None, at=NOW + dt.timedelta(days=30))
    assert state(quote) == QuoteState.ACCEPTED


def test_a_wrong_secret_opens_nothing_and_twenty_close_the_door(quote, address, client):
    wrong = reverse("projects:quote_link", args=[quote.pk, "pas-le-bon-secret"])
    assert client.post(wrong, YES).status_code == 404
    for _try in range(20):
        client.get(wrong)
    assert client.get(wrong).status_code == 429
    assert state(quote) == QuoteState.SENT


def test_a_good_link_is_opened_as_often_as_one_likes(address, client):
    for _try in range(25):
        assert client.get(address).status_code == 200


def test_the_link_of_a_quote_opens_no_other(quote, address, client, people):
    product = ProductFactory(project=ProjectFactory(cohort=people.a.cohort))
    other = sent(quote.customer, a_line(product), actor=people.actor("driss"))
    secret = address.rstrip("/").rsplit("/", 1)[1]
    assert client.get(reverse("projects:quote_link", args=[other.pk, secret])).status_code == 404


def test_a_new_link_closes_the_one_copied_before(quote, address, client):
    links.make_link(quote=quote)
    assert client.get(address).status_code == 404


def test_a_replaced_quote_says_so(quote, address, client, people):
    second = services.replace_quote(quote=quote, actor=people.actor("driss"), at=NOW)
    services.send_quote(quote=second, actor=people.actor("driss"), at=NOW)
    assert "plus valable" in client.get(address).content.decode()
    assert "plus valable" in client.post(address, YES).content.decode()
    assert state(quote) == QuoteState.LAPSED


def test_an_archived_cohort_takes_no_answer(quote, address, client):
    cohort = quote.cohort
    type(cohort).objects.filter(pk=cohort.pk).update(state="archived")
    client.post(address, YES)
    assert state(quote) == QuoteState.SENT


def mailed(quote, people, key=None):
    return messages.mail_quote(
        quote=quote, to="canal@exemple.test", word="À bientôt", key=key or uuid.uuid4(),
        actor=people.actor("driss"), at=NOW,
    )  # fmt: skip


def test_a_mail_carries_its_own_link_and_leaves_once(quote, address, people, client):
    key = uuid.uuid4()
    message = mailed(quote, people, key)
    assert mailed(quote, people, key) == message
    assert messages.tell(message_id=message.pk, at=NOW)
    assert not messages.tell(message_id=message.pk, at=NOW)
    [letter] = mail.outbox
    assert letter.reply_to == ["factures@leferment.example"]
    assert letter.to == ["canal@exemple.test"] and "À bientôt" in letter.body
    url = next(line for line in letter.body.splitlines() if "/devis/" in line)
    assert client.get(url[url.index("/devis/") :]).status_code == 200
    assert client.get(address).status_code == 200  # the copied one stays open
    assert url.rstrip("/").rsplit("/", 1)[1] not in str(vars(QuoteMessage.objects.get()))


def test_a_mail_server_that_is_down_is_tried_again_later(quote, people):
    message = mailed(quote, people)
    with patch("django.core.mail.EmailMessage.send", side_effect=OSError):
        assert not messages.tell(message_id=message.pk, at=NOW)
    message.refresh_from_db()
    assert (message.status, message.sent_at > NOW) == (DeliveryStatus.WAITING, True)
    assert messages.sweep(at=NOW + dt.timedelta(hours=1)) == 1
    message.refresh_from_db()
    assert message.status == DeliveryStatus.DONE and len(mail.outbox) == 1


def test_a_quote_answered_meanwhile_is_not_sent(quote, people):
    message = mailed(quote, people)
    services.refuse_quote(quote=quote, name="X", actor=None, at=NOW)
    assert not messages.tell(message_id=message.pk, at=NOW)
    assert mail.outbox == []
    with pytest.raises(Refused):
        mailed(Quote.objects.get(pk=quote.pk), people)
