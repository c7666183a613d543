"""What the invariants and the closing see of invoices."""

from decimal import Decimal as D

import pytest
from django.urls import reverse

from ct_platform.kit.invariants import all_invariants
from documents.models import Counter
from projects.models import Invoice, Sale
from projects.services import invoices
from tests.factories import NOW
from tests.projects.invoicing import set_scene
from tests.projects.test_my_hours_page import text


@pytest.fixture
def scene(people):
    return set_scene(people)


def breaches(code):
    (rule,) = [one for one in all_invariants() if one.code == f"projects.{code}"]
    return list(rule.check())


def test_a_life_of_invoices_breaks_no_invariant(scene):
    quote = scene.quote()
    import datetime as dt

    asked = invoices.ask_deposit(
        quote=quote, percent=D(30), sold_until=dt.date(2026, 12, 12), actor=scene.driss, at=NOW
    )
    scene.issue(asked)
    day = dt.date(2026, 11, 25)
    whole = scene.issue(
        invoices.invoice_quote(
            quote=quote, sold_from=day, sold_until=day, actor=scene.driss, at=NOW
        )
    )
    scene.credited(whole)
    scene.draft()
    found = [
        one
        for rule in all_invariants()
        if rule.code.startswith("projects.")
        for one in rule.check()
    ]
    assert found == []


def test_a_number_given_and_lost_is_seen(scene):
    scene.issued()
    Counter.objects.update(last=3)
    assert [one[:27] for one in breaches("invoice_numbers_have_no_gap")] == [
        "Facture n° 2026-CT-00002 : ",
        "Facture n° 2026-CT-00003 : ",
    ]


def test_turnover_that_is_not_the_net_is_seen(scene):
    scene.issued()
    Sale.objects.update(amount=D("19.99"))
    assert "19,99" in breaches("invoice_turnover_is_net")[0]


def test_totals_that_are_not_the_lines_are_seen(scene):
    Invoice.objects.filter(pk=scene.draft().pk).update(net_amount=D("1.00"), total_amount=D("2.10"))
    assert len(breaches("invoice_totals_are_lines")) == 1


def test_the_closing_names_drafts_and_unpaid_invoices(scene, enter):
    scene.issued()
    scene.draft(title="Encore à écrire")
    scene.cohort.state = "closing"
    scene.cohort.save()
    page = text(enter("driss").get(reverse("cohorts:closing", args=[scene.cohort.pk])))
    assert "Factures pas encore émises" in page and "Encore à écrire" in page
    assert "Factures pas encore payées" in page and "2026-CT-00001" in page


def test_it_waits_on_the_board_until_it_is_issued(people, enter):
    scene = set_scene(people, asks_to_validate=True)
    draft = scene.draft()
    invoices.submit_invoice(invoice=draft, seen_version=1, actor=scene.driss, at=NOW)
    board = reverse("home:cohort_dashboard", args=[scene.cohort.pk])
    assert "1 facture chez l’hôte" in text(enter("driss").get(board))
    invoices.approve_invoice(invoice=draft, seen_version=1, actor=scene.helene, at=NOW)
    assert "1 facture validée, pas encore émise" in text(enter("driss").get(board))
