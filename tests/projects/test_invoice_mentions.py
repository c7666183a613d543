"""What an invoice says, by who buys, what is sold and how the host stands towards VAT."""

import datetime as dt
from decimal import Decimal

import pytest

from projects.papers.invoice_mentions import FRANCHISE, ON_DEBITS, Case, mentions_of

ALWAYS = {"nature", "cape"}


def said(**changes):
    case = {
        "kind": "invoice",
        "customer_kind": "firm",
        "natures": frozenset({"goods"}),
        "regime": "normal",
        "on_debits": False,
        "total": Decimal("100.00"),
        "late_rate": Decimal("12.15"),
        "early_terms": "Pas d’escompte pour paiement anticipé.",
        "host": "Le Ferment",
        "host_place": "12 rue des Halles 99100 Valbrune",
        "host_number": "732829320",
        "cohort": "Les Racines",
        "cape_until": dt.date(2027, 1, 31),
        **changes,
    }
    return {one.code: one.words for one in mentions_of(Case(**case))}


GOODS, SERVICES = frozenset({"goods"}), frozenset({"services"})
MIXED = GOODS | SERVICES
PRO = {"early", "late", "recovery"}


@pytest.mark.parametrize(
    ("buyer", "natures", "regime", "debits", "more"),
    [
        ("person", GOODS, "normal", False, {"early"}),
        ("person", GOODS, "normal", True, {"early"}),
        ("person", SERVICES, "normal", False, {"early", "note"}),
        ("person", SERVICES, "normal", True, {"early", "note", "debits"}),
        ("person", MIXED, "normal", True, {"early", "note", "debits"}),
        ("person", GOODS, "franchise", False, {"early", "franchise"}),
        ("person", SERVICES, "franchise", True, {"early", "note", "franchise"}),
        ("firm", GOODS, "normal", False, PRO),
        ("firm", GOODS, "normal", True, PRO),
        ("firm", SERVICES, "normal", True, PRO | {"debits"}),
        ("firm", MIXED, "normal", True, PRO | {"debits"}),
        ("firm", MIXED, "normal", False, PRO),
        ("firm", GOODS, "franchise", False, PRO | {"franchise"}),
        ("firm", SERVICES, "franchise", True, PRO | {"franchise"}),
        ("authority", GOODS, "normal", False, PRO),
        ("authority", SERVICES, "normal", True, PRO | {"debits"}),
        ("authority", MIXED, "franchise", False, PRO | {"franchise"}),
    ],
)
def test_what_is_said_by_case(buyer, natures, regime, debits, more):
    found = said(customer_kind=buyer, natures=natures, regime=regime, on_debits=debits)
    assert set(found) == ALWAYS | more


@pytest.mark.parametrize(
    ("natures", "words"),
    [
        (GOODS, "livraison de biens"),
        (SERVICES, "prestation de services"),
        (MIXED, "livraison de biens et prestation de services"),
    ],
)
def test_the_nature_of_the_operation_is_said(natures, words):
    assert said(natures=natures)["nature"].endswith(words)


def test_the_words_of_the_law_are_the_laws():
    assert said(regime="franchise")["franchise"] == FRANCHISE
    assert FRANCHISE == "TVA non applicable, article 293 B du CGI"
    assert said(natures=SERVICES, on_debits=True)["debits"] == ON_DEBITS
    assert ON_DEBITS == "Option pour le paiement de la taxe d’après les débits"


def test_a_firm_is_told_its_late_rate_and_the_40_euros():
    found = said()
    assert "12,15 %" in found["late"]
    assert "40 €" in found["recovery"] and "L441-10" in found["recovery"]


def test_without_an_agreed_rate_the_laws_own_is_said():
    assert "majoré de 10 points" in said(late_rate=Decimal(0))["late"]


def test_an_authority_pays_by_public_purchase_law():
    found = said(customer_kind="authority")
    assert "R2192-31" in found["late"] and "D2192-35" in found["recovery"]


def test_a_consumer_is_never_threatened_with_the_40_euros():
    assert "40 €" not in " ".join(said(customer_kind="person").values())


def test_a_small_service_needs_no_note():
    small = said(customer_kind="person", natures=SERVICES, total=Decimal("24.99"))
    assert "note" not in small


def test_the_cape_mention_names_the_host_its_place_its_number_and_the_end():
    words = said()["cape"]
    for part in ("Le Ferment", "12 rue des Halles 99100 Valbrune", "732829320", "31 janvier 2027"):
        assert part in words
    assert "R127-3" in words


def test_without_a_contract_in_force_no_end_is_invented():
    assert "jusqu’au" not in said(cape_until=None)["cape"]


def test_a_line_without_vat_says_why():
    assert said(exemption="article 294 du CGI.")["exempt"] == "TVA à 0 % : article 294 du CGI"


def test_a_credit_note_says_what_becomes_of_the_sum():
    assert "déduite" in said(kind="credit_note")["credit"]
