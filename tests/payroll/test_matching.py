"""Whose slip is this page: names as software prints them, and everything that only looks like one."""

import datetime as dt
from decimal import Decimal

import pytest

from payroll.rules.matching import LIKELY, NONE, SURE, Candidate, Match, match_name, match_page
from payroll.rules.reading import PageText, group_pages, read_figures

AMINA = Candidate(1, "Amina", "Sarr", birth_date=dt.date(1990, 5, 17))
BASTIEN = Candidate(2, "Bastien", "Cherif")
MARTIN = Candidate(3, "Julie", "Martin")
LE_GOFF = Candidate(4, "Jean-Marie", "Le Goff")
FATOU = Candidate(5, "Fatoumata", "N’Diaye", used_name="Fatou")
ELOISE = Candidate(6, "Éloïse", "Besançon-Dupré")
PEOPLE = [AMINA, BASTIEN, MARTIN, LE_GOFF, FATOU, ELOISE]
PLACES = ["Le Ferment", "Saint-Martin-d’Hères", "Les Racines du Plateau"]


def whose(*lines, people=PEOPLE):
    found = match_page(lines, people, PLACES)
    return found.kind, found.key


@pytest.mark.parametrize(
    ("lines", "key"),
    [
        (["Mme Amina SARR"], 1),
        (["SARR Amina"], 1),
        (["sarr, amina"], 1),
        (["M. CHÉRIF Bastien"], 2),
        (["Nom : SARR    Prénom : Amina"], 1),
        (["Nom", "SARR", "Prénom", "Amina"], 1),
        (["LE GOFF Jean Marie"], 4),
        (["Jean-Marie Le Goff"], 4),
        (["Madame N'DIAYE Fatoumata"], 5),
        (["Fatou NDIAYE", "N DIAYE Fatou"], 5),
        (["ELOISE BESANCON DUPRE"], 6),
        (["12 rue des Lilas", "Mme Julie MARTIN"], 3),
        (["38400 Saint-Martin-d'Hères   MARTIN Julie"], 3),
    ],
)
def test_a_whole_name_is_sure_in_any_order_case_and_accent(lines, key):
    assert whose(*lines) == (SURE, key)


@pytest.mark.parametrize(
    "line",
    [
        "4 rue Saint-Martin, 38000 Grenoble", "4 rue Saint Martin", "38400 SAINT-MARTIN-D'HERES",
        "12 avenue Julie Martin", "Place Martin", "12 rue Jean Martin", "59000 Martin", "MARTINEZ Paul",
        "martin-pêcheur", "Le Ferment", "Sarrazin Amina", "Amina", "un sarr de blé", "Rue de la Sarr",
        "Amina SARR-DIOP", "Chérifa",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_name_matches_nobody(line):
    assert whose(line) == (NONE, None)


def test_a_host_that_bears_somebodys_name_takes_only_the_last_name_alone():
    people = [MARTIN]
    assert match_page(["MARTIN", "Bulletin"], people, ["Martin"]).kind == NONE
    assert match_page(["MARTIN", "Mme MARTIN Julie"], people, ["Martin"]).kind == SURE
    assert (
        match_page(["Coopérative Julie Martin"], people, ["Coopérative Julie Martin"]).kind == NONE
    )


def test_a_last_name_alone_is_likely_and_says_so():
    assert match_page(["Mme SARR"], PEOPLE) == Match(LIKELY, 1, "nom seul")
    assert match_page(["SARR A."], PEOPLE).reason == "nom, et une partie du prénom"


def test_a_last_name_two_people_bear_is_nobodys():
    moussa = Candidate(7, "Moussa", "Sarr")
    found = match_page(["SARR"], [*PEOPLE, moussa])
    assert (found.kind, found.reason) == (NONE, "nom seul, deux personnes le portent")
    assert whose("SARR M", people=[*PEOPLE, moussa]) == (LIKELY, 7)
    assert whose("SARR Moussa", people=[*PEOPLE, moussa]) == (SURE, 7)


# --- homonyms
OTHER = Candidate(8, "Amina", "Sarr", birth_date=dt.date(2001, 1, 2), address="3 rue du Lac")
PAIR = (AMINA, OTHER)


def test_the_birth_date_decides():
    assert whose("SARR Amina", "Née le 17/05/1990", people=PAIR) == (SURE, 1)
    assert whose("SARR Amina", "02.01.01", people=PAIR) == (SURE, 8)


def test_then_the_address():
    assert whose("SARR Amina", "3, rue du Lac", people=PAIR) == (SURE, 8)


def test_else_nobody_is_chosen():
    found = match_page(["SARR Amina"], PAIR)
    assert found == Match(NONE, None, "deux personnes portent ce nom et ce prénom")


def test_an_address_never_outweighs_two_birth_dates():
    lines = ("SARR Amina", "17/05/1990 02/01/2001", "3 rue du Lac")
    assert whose(*lines, people=PAIR) == (NONE, None)


def test_of_two_names_at_one_place_the_longer_is_meant():
    longer = Candidate(9, "Amina Fatou", "Sarr")
    assert whose("SARR Amina Fatou", people=[AMINA, longer]) == (SURE, 9)
    assert whose("SARR Amina", people=[AMINA, longer]) == (SURE, 1)


def test_another_birth_date_than_ours_is_only_likely():
    found = match_page(["SARR Amina", "Date de naissance", "18/05/1990"], PEOPLE)
    assert (found.kind, found.key) == (LIKELY, 1)
    assert "autre date de naissance" in found.reason


def test_a_page_that_names_several_people_is_nobodys():
    assert whose("SARR Amina", "CHERIF Bastien") == (NONE, None)


def test_the_name_of_a_file_is_likely_at_most():
    assert match_name("bulletin_SARR_Amina_2026-11.pdf", PEOPLE).kind == LIKELY
    assert match_name("bulletin_11.pdf", PEOPLE).kind == NONE


@pytest.mark.parametrize(
    ("line", "amount"),
    [
        ("Net payé : 1 234,56 €", "1234.56"),
        ("NET PAYÉ 1.234,56", "1234.56"),
        ("Net à payer au 10/12/2026 : 249,52 euros", "249.52"),
        ("MONTANT NET À PAYER\u00a01\u202f234,56", "1234.56"),
        ("Net versé 249.52", "249.52"),
    ],
)
def test_it_reads_the_net_as_french_software_prints_it(line, amount):
    assert read_figures([line]).net_paid == Decimal(amount)


@pytest.mark.parametrize(
    "line",
    [
        "Net à payer avant impôt sur le revenu 249,52", "Net imposable 258,06", "Montant net social 249,52",
        "Net payé cumul annuel 2 400,00", "Net à payer le 10/12/2026", "Net payé", "Net à payer 10.12.2026",
    ],
)  # fmt: skip
def test_other_amounts_are_not_the_net(line):
    assert read_figures([line]).net_paid is None


def test_it_reads_a_label_and_its_amount_on_two_lines_and_trusts_net_paid_most():
    before = ["Net à payer avant impôt sur le revenu", "260,00"]
    lines = [*before, "Montant net à payer", "255,00", "Net payé", "249,52"]
    assert read_figures(lines).net_paid == Decimal("249.52")
    assert read_figures(["TOTAL VERSÉ PAR L’EMPLOYEUR", "410,42"]).total_cost == Decimal("410.42")
    assert read_figures(["Coût total employeur : 410,42"]).total_cost == Decimal("410.42")


@pytest.mark.parametrize(
    ("lines", "month"),
    [
        (["Période du 01/11/2026 au 30/11/2026", "Payé le 10/12/2026"], (2026, 11)),
        (["Période : 11/2026"], (2026, 11)),
        (["Bulletin de paie novembre 2026"], (2026, 11)),
        (["Novembre 2026", "payé en décembre 2026"], None),
        (["Payé le 10/12/2026"], None),
    ],
)
def test_it_reads_the_month_or_says_nothing(lines, month):
    assert read_figures(lines).month == (dt.date(*month, 1) if month else None)


# --- pages
def cut(*pages):
    read = [PageText(tuple(page)) for page in pages]
    matches = [match_page(page.lines, PEOPLE, PLACES) for page in read]
    return [(one.first, one.last, one.match.key) for one in group_pages(read, matches)]


def test_each_person_on_their_page():
    assert cut(["SARR Amina"], ["CHERIF Bastien"]) == [(1, 1, 1), (2, 2, 2)]


def test_two_pages_that_name_the_same_person_are_one_slip():
    assert cut(["SARR Amina"], ["SARR Amina"], ["CHERIF Bastien"]) == [
        (1, 2, 1),
        (3, 3, 2),
    ]


def test_a_second_page_without_a_name_follows():
    assert cut(["SARR Amina", "page 1/2"], ["page 2/2", "Net payé 1,00"]) == [(1, 2, 1)]
    assert cut(["SARR Amina"], ["Congés acquis"], ["CHERIF Bastien"]) == [
        (1, 2, 1),
        (3, 3, 2),
    ]


def test_page_one_of_two_begins_another_slip_of_the_same_person():
    assert cut(["SARR Amina", "1/1"], ["SARR Amina", "1/1"]) == [(1, 1, 1), (2, 2, 1)]


def test_the_slip_of_a_stranger_never_joins_the_one_before():
    """The danger of the whole thing: somebody else's pay at the end of Amina's slip."""
    stranger = ["BULLETIN DE PAIE", "DURAND Paul", "Net payé 900,00"]
    assert cut(["SARR Amina"], stranger) == [(1, 1, 1), (2, 2, None)]
    in_file = [
        ["SARR Amina", "page 1/3"],
        [*stranger, "page 2/3"],
        ["CHERIF Bastien", "page 3/3"],
    ]
    assert cut(*in_file) == [(1, 1, 1), (2, 2, None), (3, 3, 2)]
    of_two = [["SARR Amina", "page 1/2"], [*stranger, "page 2/2"]]
    assert cut(*of_two) == [(1, 1, 1), (2, 2, None)]


def test_a_blank_back_follows_and_a_scan_does_not():
    amina = match_page(["SARR Amina"], PEOPLE)
    nobody = Match(NONE, None, "")
    pages = [PageText(("SARR Amina",)), PageText(()), PageText((), has_picture=True)]
    found = group_pages(pages, [amina, nobody, nobody])
    assert [(one.first, one.last) for one in found] == [(1, 2), (3, 3)]


def test_the_name_may_stand_on_the_second_page_only():
    assert cut(["Bulletin de paie", "page 1/2"], ["SARR Amina", "page 2/2"]) == [
        (1, 1, None), (2, 2, 1),
    ]  # fmt: skip
