"""A quote: a draft that changes, validated when the host asks, sent once with its number and paper."""

import datetime as dt
import uuid
from decimal import Decimal

import pytest

from ct_platform.kit.errors import Frozen, Refused, Stale
from ct_platform.kit.invariants import all_invariants
from documents.models import Document
from projects.enums import QuoteState, WayOfSale
from projects.models import Quote, VatDecision
from projects.selectors.quotes import quotes_to_approve
from projects.services import invoices
from projects.services import quotes as services
from projects.services.quotes import QuoteSaid
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
DAY = dt.timedelta(days=1)


@pytest.fixture
def shop(people):
    """A customer, a product, and a host that lets quotes go without its look."""
    project = ProjectFactory(cohort=people.a.cohort)
    SellerTermsFactory(host=people.a.host)
    people.customer = CustomerFactory(cohort=people.a.cohort, name="Épicerie du Canal")
    people.product = ProductFactory(project=project, name="Panier moyen")
    people.driss_acts = people.actor("driss")
    return people


def send(shop, quote, at=NOW):
    return services.send_quote(quote=quote, actor=shop.driss_acts, at=at)


def test_a_draft_has_totals_and_no_number(shop):
    quote = write(shop.customer, a_line(shop.product), actor=shop.driss_acts)
    assert (quote.state, quote.number, quote.document) == (QuoteState.DRAFT, "", None)
    assert (quote.net_amount, quote.total_amount) == (Decimal("22.75"), Decimal("24.00"))


def test_a_double_tap_writes_one_draft(shop):
    key = uuid.uuid4()
    said = QuoteSaid(customer=shop.customer, title="Buffet", lines=[a_line(shop.product)])
    for _tap in range(2):
        services.write_quote(
            cohort=shop.a.cohort, said=said, actor=shop.driss_acts, at=NOW, key=key
        )
    assert Quote.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title": " "}, "title"),
        ({"valid_until": TODAY - DAY}, "valid_until"),
        ({"valid_until": TODAY + 400 * DAY}, "valid_until"),
    ],
)
def test_a_draft_makes_sense(shop, wrong, field):
    with pytest.raises(Refused) as refusal:
        write(shop.customer, a_line(shop.product), actor=shop.driss_acts, **wrong)
    assert refusal.value.field == field


def test_a_customer_of_another_cohort_is_not_ours(shop):
    said = QuoteSaid(
        customer=CustomerFactory(cohort=shop.b.cohort), title="X", lines=[a_line(shop.product)]
    )
    with pytest.raises(Refused) as refusal:
        services.write_quote(cohort=shop.a.cohort, said=said, actor=shop.driss_acts, at=NOW)
    assert refusal.value.field == "customer"


def test_a_draft_changes_and_a_colleague_is_not_erased(shop):
    quote = write(shop.customer, a_line(shop.product), actor=shop.driss_acts)
    said = QuoteSaid(
        customer=shop.customer, title="Buffet", lines=[a_line(shop.product, WayOfSale.READY)]
    )
    change = {"said": said, "actor": shop.driss_acts, "at": NOW}
    services.change_quote(quote=quote, seen_version=1, **change)
    assert [line.vat_percent for line in quote.lines.all()] == [Decimal(10)]
    with pytest.raises(Stale):
        services.change_quote(quote=quote, seen_version=1, **change)
    send(shop, quote)
    with pytest.raises(Frozen):
        services.change_quote(quote=quote, seen_version=2, **change)


def test_sending_gives_number_paper_and_validity_at_once(shop):
    quote = sent(shop.customer, a_line(shop.product), actor=shop.driss_acts)
    assert (quote.state, quote.number) == (QuoteState.SENT, "2026-D-00001")
    assert quote.valid_until == TODAY + 30 * DAY
    photograph = quote.document.snapshot
    assert photograph["totals"]["gross"] == "24.00"
    assert photograph["customer"]["name"] == "Épicerie du Canal"
    assert photograph["paper"]["number"] == quote.number
    assert "L127-1" in photograph["cape"]
    for rule in all_invariants():
        assert list(rule.check()) == [], rule.code


def test_sending_twice_is_one_number_and_one_paper(shop):
    quote = write(shop.customer, a_line(shop.product), actor=shop.driss_acts)
    assert send(shop, quote).number == send(shop, quote).number
    assert Document.objects.filter(kind="quote").count() == 1
    assert sent(shop.customer, a_line(shop.product), actor=shop.driss_acts).number == "2026-D-00002"


def test_a_customer_renamed_afterwards_changes_no_paper(shop):
    quote = sent(shop.customer, a_line(shop.product), actor=shop.driss_acts)
    shop.customer.name = "Le Canal"
    shop.customer.save()
    assert Document.objects.get().snapshot["customer"]["name"] == "Épicerie du Canal"
    assert quote.customer_id == shop.customer.pk


def test_without_conditions_of_the_host_nothing_leaves(people):
    project = ProjectFactory(cohort=people.a.cohort)
    SellerTermsFactory(host=people.b.host)  # another host's are no help
    customer = CustomerFactory(cohort=people.a.cohort)
    quote = write(customer, a_line(ProductFactory(project=project)), actor=people.actor("driss"))
    with pytest.raises(Refused, match="conditions de vente"):
        services.send_quote(quote=quote, actor=people.actor("driss"), at=NOW)
    assert not Document.objects.exists()


def test_a_rate_that_changed_since_the_draft_stops_the_sending(shop):
    quote = write(shop.customer, a_line(shop.product), actor=shop.driss_acts)
    VatDecision.objects.create(
        host=shop.a.host, category="food", way="storable", percent=Decimal("2.1"),
        in_force_from=TODAY, reason="Réponse écrite", written_by=shop.helene,
    )  # fmt: skip
    with pytest.raises(Refused, match="plus son taux"):
        send(shop, quote)


@pytest.fixture
def watched(shop):
    """The host asks to validate first."""
    SellerTermsFactory(host=shop.a.host, in_force_from=TODAY, asks_to_validate=True)
    shop.quote = write(shop.customer, a_line(shop.product), actor=shop.driss_acts)
    return shop


def test_a_host_that_asks_validates_before_anything_leaves(watched):
    quote, helene = watched.quote, watched.actor("helene")
    with pytest.raises(Refused, match="valide d’abord"):
        send(watched, quote)
    services.submit_quote(quote=quote, actor=watched.driss_acts, at=NOW)
    services.submit_quote(quote=quote, actor=watched.driss_acts, at=NOW)
    assert quotes_to_approve(helene) == [quote]
    assert quotes_to_approve(watched.actor("hugo")) == []
    with pytest.raises(Refused, match="valide d’abord"):
        send(watched, quote)
    services.approve_quote(quote=quote, actor=helene, at=NOW)
    services.approve_quote(quote=quote, actor=helene, at=NOW)
    assert send(watched, quote).number


def test_the_host_sends_back_with_a_reason(watched):
    quote, helene = watched.quote, watched.actor("helene")
    services.submit_quote(quote=quote, actor=watched.driss_acts, at=NOW)
    with pytest.raises(Refused) as refusal:
        services.send_back_quote(quote=quote, reason=" ", actor=helene, at=NOW)
    assert refusal.value.field == "reason"
    services.send_back_quote(quote=quote, reason="Le prix du cidre", actor=helene, at=NOW)
    quote.refresh_from_db()
    assert (quote.state, quote.sent_back_because) == (QuoteState.DRAFT, "Le prix du cidre")


def test_what_was_validated_and_taken_back_is_validated_anew(watched):
    quote, helene = watched.quote, watched.actor("helene")
    services.submit_quote(quote=quote, actor=watched.driss_acts, at=NOW)
    services.approve_quote(quote=quote, actor=helene, at=NOW)
    services.send_back_quote(quote=quote, reason="", actor=watched.driss_acts, at=NOW)
    quote.refresh_from_db()
    assert quote.approved_by is None
    with pytest.raises(Refused, match="valide d’abord"):
        send(watched, quote)


def test_a_change_after_sending_is_another_quote(shop):
    first = sent(shop.customer, a_line(shop.product), actor=shop.driss_acts)
    again = {"actor": shop.driss_acts, "at": NOW}
    second = services.replace_quote(quote=first, **again)
    assert services.replace_quote(quote=first, **again) == second
    assert (second.replaces, second.total_amount) == (first, first.total_amount)
    assert second.lines.count() == 1
    first.refresh_from_db()
    assert first.state == QuoteState.SENT  # still open to an answer until the other leaves
    send(shop, second)
    first.refresh_from_db()
    assert first.state == QuoteState.LAPSED
    second.refresh_from_db()
    assert second.document.snapshot["replaces"] == first.number


def test_an_accepted_quote_gives_its_lines_to_an_invoice(shop):
    quote = sent(
        shop.customer,
        a_line(shop.product),
        a_line(shop.product, WayOfSale.READY, row=1),
        actor=shop.driss_acts,
    )
    asked = {"quote": quote, "sold_until": TODAY, "actor": shop.driss_acts, "at": NOW}
    with pytest.raises(Refused, match="pas accepté"):
        invoices.invoice_quote(sold_from=TODAY, **asked)
    services.accept_quote(quote=quote, name="M. Canal", actor=None, at=NOW)
    taken = invoices.invoice_quote(sold_from=TODAY, **asked)
    assert (taken.total_amount, taken.quote) == (quote.total_amount, quote)
    assert [line.way for line in taken.lines.all()] == ["storable", "ready"]
    whole = invoices.ask_deposit(percent=Decimal(100), **asked)
    assert whole.net_amount == quote.net_amount and whole.lines.count() == 2
