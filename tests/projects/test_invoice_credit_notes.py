"""Credit notes and deposits: what was wrong is given back by another paper, never more than there was."""

import datetime as dt
from decimal import Decimal as D

import pytest

from ct_platform.kit.errors import Refused
from projects.models import Invoice, Sale
from projects.services import invoices
from tests.factories import NOW, CustomerFactory
from tests.projects.invoicing import set_scene


@pytest.fixture
def scene(people):
    return set_scene(people)


def credit(scene, invoice, **more):
    act = {"reason": "Paniers abîmés", "actor": scene.driss, "at": NOW, **more}
    if "taken" in act:
        return invoices.credit_lines(invoice=invoice, **act)
    if "amounts" in act:
        return invoices.credit_amounts(invoice=invoice, **act)
    return invoices.credit_whole(invoice=invoice, **act)


def rows_of(invoice):
    return list(Sale.objects.filter(invoice=invoice).values_list("amount", flat=True))


def test_a_whole_credit_note_takes_everything_back_in_the_same_series(scene):
    invoice = scene.issued()
    note = scene.credited(invoice)
    assert note.number == "2026-CT-00002"
    assert (note.net_amount, note.total_amount) == (D("20.00"), D("21.10"))
    assert rows_of(invoice) == [D("20.00")] and rows_of(note) == [D("-20.00")]
    told = note.document.snapshot
    assert told["corrects"]["number"] == "2026-CT-00001"
    assert told["reason"] == "Erreur de quantité"
    assert note.document.kind == "credit_note"


def test_a_part_is_taken_back_by_its_lines(scene):
    invoice = scene.issued(scene.line(), scene.line(designation="Miel", vat_percent=D("5.5")))
    line = invoice.lines.get(position=1)
    note = scene.issue(credit(scene, invoice, taken={line.pk: D(1)}))
    assert note.net_amount == D("10.00")
    assert [one.designation for one in note.lines.all()] == ["Panier moyen"]


def test_a_sum_is_given_back_at_its_rate(scene):
    invoice = scene.issued()
    group = (scene.garden.pk, "goods", D("5.50000"))
    note = scene.issue(credit(scene, invoice, amounts={group: D("4.00")}))
    assert (note.net_amount, note.vat_amount) == (D("4.00"), D("0.22"))


def test_partial_credits_never_lose_nor_make_a_cent(scene):
    invoice = scene.issued(scene.line(quantity=D(1), unit_price=D("10.0500")))
    group = (scene.garden.pk, "goods", D("5.5"))
    first = scene.issue(credit(scene, invoice, amounts={group: D("5.02")}))
    second = scene.credited(invoice)
    assert first.total_amount + second.total_amount == invoice.total_amount
    assert invoices.is_wholly_credited(invoice)


def test_a_credit_note_larger_than_its_invoice_is_refused(scene):
    invoice = scene.issued()
    group = (scene.garden.pk, "goods", D("5.5"))
    with pytest.raises(
        Refused, match="dépasse ce qui reste de la facture n° 2026-CT-00001 à 5,5 %"
    ):
        credit(scene, invoice, amounts={group: D("20.01")})
    assert Invoice.objects.count() == 1


def test_two_drafts_of_the_whole_only_one_is_issued(scene):
    invoice = scene.issued()
    first, second = credit(scene, invoice), credit(scene, invoice)
    scene.issue(first)
    with pytest.raises(Refused, match="dépasse ce qui reste"):
        scene.issue(second)
    assert rows_of(second) == []
    with pytest.raises(Refused, match="déjà entièrement"):
        credit(scene, invoice)


def test_more_of_a_line_than_was_sold_is_refused(scene):
    invoice = scene.issued()
    line = invoice.lines.get()
    with pytest.raises(Refused, match="pas plus que ce qui est vendu") as refusal:
        credit(scene, invoice, taken={line.pk: D(3)})
    assert refusal.value.field == f"line_{line.pk}"


def test_a_credit_note_says_why(scene):
    with pytest.raises(Refused, match="pourquoi") as refusal:
        credit(scene, scene.issued(), reason="  ")
    assert refusal.value.field == "reason"


def test_a_draft_and_a_credit_note_are_not_credited(scene):
    with pytest.raises(Refused, match="n’est pas émis"):
        credit(scene, scene.draft())
    note = scene.credited(scene.issued())
    with pytest.raises(Refused, match="par un avoir"):
        credit(scene, note)


def test_a_wrong_customer_is_mended_by_a_credit_note_and_a_new_invoice(scene):
    invoice = scene.issued()
    both = invoices.reissue(invoice=invoice, reason="Mauvais client", actor=scene.driss, at=NOW)
    scene.issue(both.credit_note)
    right = CustomerFactory(cohort=scene.cohort, name="La Bonne Épicerie")
    mended = invoices.change_draft(
        invoice=both.invoice,
        seen_version=1,
        customer=right,
        title=both.invoice.title,
        lines=[scene.line()],
        sold_from=invoice.sold_from,
        sold_until=invoice.sold_until,
        actor=scene.driss,
        at=NOW,
    )
    assert scene.issue(mended).number == "2026-CT-00003"
    assert sum(Sale.objects.values_list("amount", flat=True)) == D("20.00")


# --- deposits


def deposit(scene, quote, percent=30, **more):
    return invoices.ask_deposit(
        quote=quote,
        percent=D(percent),
        sold_until=dt.date(2026, 12, 12),
        actor=scene.driss,
        at=NOW,
        **more,
    )


def whole(scene, quote):
    day = dt.date(2026, 11, 25)
    return invoices.invoice_quote(
        quote=quote, sold_from=day, sold_until=day, actor=scene.driss, at=NOW
    )


def test_a_deposit_is_asked_on_an_accepted_quote_rate_by_rate(scene):
    quote = scene.quote(
        scene.line(quantity=D(10), vat_percent=D(10)),
        scene.line(designation="Service", nature="services", quantity=D(5), vat_percent=D(20)),
    )
    asked = scene.issue(deposit(scene, quote))
    assert asked.document.kind == "deposit_invoice"
    assert [(one.amount, one.vat_percent) for one in asked.lines.all()] == [
        (D("30.00"), D(10)),
        (D("15.00"), D(20)),
    ]
    assert asked.total_amount == D("33.00") + D("18.00")
    assert sorted(rows_of(asked)) == [D("15.00"), D("30.00")]


@pytest.mark.parametrize("state", ["draft", "sent", "refused", "lapsed"])
def test_a_quote_that_is_not_accepted_asks_no_deposit(scene, state):
    with pytest.raises(Refused, match="pas accepté"):
        deposit(scene, scene.quote(state=state))


@pytest.mark.parametrize("percent", [0, -5, 101])
def test_a_deposit_is_a_part_of_the_quote(scene, percent):
    with pytest.raises(Refused, match="de 1 à 100") as refusal:
        deposit(scene, scene.quote(), percent)
    assert refusal.value.field == "percent"


def test_deposits_never_exceed_their_quote(scene):
    quote = scene.quote()
    deposit(scene, quote, 60)
    with pytest.raises(Refused, match="il en reste 40,00"):
        deposit(scene, quote, 41)


def test_the_invoice_of_the_quote_takes_its_deposits_off(scene):
    quote = scene.quote()
    asked = scene.issue(deposit(scene, quote))
    invoice = scene.issue(whole(scene, quote))
    assert (invoice.net_amount, invoice.total_amount) == (D("70.00"), D("77.00"))
    taken = invoice.lines.get(deposit=asked)
    assert (taken.quantity, taken.amount) == (D(-1), D("-30.00"))
    assert rows_of(invoice) == [D("70.00")]
    assert invoice.document.snapshot["deposits"][0]["number"] == asked.number
    assert sum(Sale.objects.values_list("amount", flat=True)) == D("100.00")


def test_a_deposit_is_taken_off_once(scene):
    quote = scene.quote()
    asked = scene.issue(deposit(scene, quote))
    whole(scene, quote)
    with pytest.raises(Refused, match="déjà déduit") as refusal:
        scene.draft(scene.line(quantity=D(9)), deposits=[asked])
    assert refusal.value.field == "deposits"


def test_a_deposit_of_another_customer_is_not_taken_off(scene):
    asked = scene.issue(deposit(scene, scene.quote()))
    other = CustomerFactory(cohort=scene.cohort)
    with pytest.raises(Refused, match="autre client"):
        scene.draft(scene.line(quantity=D(9)), customer=other, deposits=[asked])


def test_a_deposit_not_issued_is_not_taken_off(scene):
    asked = deposit(scene, scene.quote())
    with pytest.raises(Refused, match="acompte émis"):
        scene.draft(scene.line(quantity=D(9)), deposits=[asked])


def test_deposits_larger_than_the_sale_are_refused(scene):
    asked = scene.issue(deposit(scene, scene.quote()))
    with pytest.raises(Refused, match="dépassent ce qui est vendu"):
        scene.draft(scene.line(vat_percent=D(10)), deposits=[asked])


def test_a_deposit_already_taken_off_is_not_credited(scene):
    quote = scene.quote()
    asked = scene.issue(deposit(scene, quote))
    scene.issue(whole(scene, quote))
    with pytest.raises(Refused, match="corrigez plutôt celle-là"):
        credit(scene, asked)


def test_once_its_invoice_is_credited_a_deposit_is_taken_off_again(scene):
    quote = scene.quote()
    asked = scene.issue(deposit(scene, quote))
    first = scene.issue(whole(scene, quote))
    scene.credited(first)
    again = scene.issue(whole(scene, quote))
    assert again.lines.filter(deposit=asked).exists()
    assert sum(Sale.objects.values_list("amount", flat=True)) == D("100.00")


def test_an_invoice_paid_by_its_deposits_has_nothing_left_to_bring(scene):
    quote = scene.quote()
    scene.issue(deposit(scene, quote, 100))
    invoice = scene.issue(whole(scene, quote))
    assert invoice.total_amount == 0
    assert rows_of(invoice) == []


def test_a_quote_is_invoiced_once(scene):
    quote = scene.quote()
    scene.issue(whole(scene, quote))
    with pytest.raises(Refused, match="déjà facturé"):
        whole(scene, quote)
