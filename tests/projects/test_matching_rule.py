"""Which invoices a credit may pay: by number, by amount and name, several at once, in part."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.rules.matching import (
    SAME_NAME,
    Credit,
    OpenInvoice,
    Why,
    likeness,
    proposals,
    says_number,
)
from tests.examples import tried

DUE = dt.date(2026, 11, 30)


def owed(key, number, left, customer="Épicerie du Canal", customer_key=1, due_on=DUE):
    return OpenInvoice(key, number, customer_key, customer, left, due_on)


CANAL = owed(1, "CT-2026-0012", 12_000)
CANAL_TOO = owed(2, "CT-2026-0013", 5_000, due_on=DUE + dt.timedelta(days=5))
TOWN = owed(3, "CT-2026-0014", 12_000, "Ville de Valbrune", 2)
ALL = (CANAL, CANAL_TOO, TOWN)


@pytest.mark.parametrize(
    ("words", "number", "said"),
    [
        ("VIR SEPA CT-2026-0012 EPICERIE", "CT-2026-0012", True),
        ("FACTURE CT20260012", "CT-2026-0012", True),
        ("ct 2026/12 merci", "CT-2026-0012", True),
        ("CT-2026-00123", "CT-2026-0012", False),
        ("CT-2026-0112", "CT-2026-0012", False),
        ("ACT-2026-0012", "CT-2026-0012", False),
        ("F12", "F-12", True),
        ("F-123", "F-12", False),
        ("rien", "CT-2026-0012", False),
        ("le 12", "12", False),
        ("facture 20260012", "20260012", True),
        ("", "CT-2026-0012", False),
        ("tout", "", False),
    ],
)
def test_a_number_is_read_whatever_its_dress(words, number, said):
    assert says_number(words, number) is said


@pytest.mark.parametrize(
    ("name", "words", "alike"),
    [
        ("Épicerie du Canal", "VIR SEPA RECU EPICERIE DU CANAL", True),
        ("Épicerie du Canal", "VIR EPICERI CANAL", True),
        ("Association Les Voisins du Plateau", "VOISINS DU PLATEAU ASSO", True),
        ("Les Jardins de la Brune", "VIR LES JARDINS DE LA BR", True),
        ("Ville de Valbrune", "EPICERIE DU CANAL", False),
        ("SARL", "SARL DUPONT", False),
        ("Keller", "KELER SABINE", True),
    ],
)
def test_a_name_is_known_without_accents_cut_or_misspelt(name, words, alike):
    assert (likeness(name, words) >= SAME_NAME) is alike


def test_number_and_amount_are_nearly_certain():
    first, *_ = proposals(Credit("VIR EPICERIE CANAL CT-2026-0012", 12_000), ALL)
    assert first.parts == ((1, 12_000),) and first.score >= 100
    assert set(first.why) == {Why.NUMBER, Why.AMOUNT, Why.NAME}


def test_amount_and_name_come_before_amount_alone():
    first, second, *_ = proposals(Credit("VIR VILLE DE VALBRUNE TRESORERIE", 12_000), ALL)
    assert first.parts == ((3, 12_000),) and second.parts == ((1, 12_000),)
    assert first.score > second.score


def test_one_credit_for_several_invoices_named_or_not():
    named, *_ = proposals(Credit("CT-2026-0012 et CT-2026-0013", 17_000), ALL)
    assert named.parts == ((1, 12_000), (2, 5_000)) and Why.SEVERAL in named.why
    guessed, *_ = proposals(Credit("EPICERIE DU CANAL", 17_000), ALL)
    assert guessed.parts == ((1, 12_000), (2, 5_000))


def test_a_part_payment():
    first, *_ = proposals(Credit("CT-2026-0012 ACOMPTE", 3_000), ALL)
    assert first.parts == ((1, 3_000),) and Why.PART in first.why
    unnamed, *_ = proposals(Credit("EPICERIE DU CANAL", 3_000), ALL)
    assert unnamed.parts == ((1, 3_000),) and unnamed.why == (Why.NAME, Why.PART)


def test_more_than_is_left_leaves_a_rest():
    first, *_ = proposals(Credit("CT-2026-0012", 13_000), ALL)
    assert first.parts == ((1, 12_000),) and Why.MORE in first.why


def test_two_numbers_and_less_money_pays_the_oldest_first():
    first, *_ = proposals(Credit("CT-2026-0013 CT-2026-0012", 13_000), ALL)
    assert first.parts == ((1, 12_000), (2, 1_000))


def test_nothing_alike_proposes_nothing():
    assert proposals(Credit("REMISE CB 1234", 999), ALL) == []
    assert proposals(Credit("EPICERIE DU CANAL", 12_000), ()) == []


@tried
@given(
    st.integers(1, 30_000),
    st.lists(st.integers(1, 20_000), min_size=0, max_size=15),
    st.sampled_from(["EPICERIE DU CANAL", "F-1 F-2 F-3", "REMISE", ""]),
)
def test_no_proposal_passes_the_credit_or_what_is_left(amount, lefts, words):
    invoices = [owed(n, f"F-{n}", left, customer_key=n % 3) for n, left in enumerate(lefts)]
    found = proposals(Credit(words, amount), invoices)
    assert len(found) <= 3
    for one in found:
        assert sum(cents for _key, cents in one.parts) <= amount
        assert all(0 < cents <= lefts[key] for key, cents in one.parts)
        assert len({key for key, _ in one.parts}) == len(one.parts)
