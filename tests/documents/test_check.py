"""The public check page: anybody with the code, no private fact, a bounded number of guesses."""

from dataclasses import replace

import pytest
from django.urls import reverse

from documents import kinds, limits
from documents.kinds import PublicFact
from documents.services.replace import replace_document
from documents.services.revoke import revoke_document
from tests.documents.samples import SAMPLE, SNAPSHOT


def address(code: str) -> str:
    return reverse("documents:check", args=[code])


def body(response) -> str:
    return response.content.decode().replace("\xa0", " ")


def test_it_says_that_a_paper_is_valid_and_by_whom(client, drawn):
    paper = drawn("amina")
    response = client.get(address(paper.code))
    assert response.status_code == 200
    page = body(response)
    for words in (
        "Ce papier est valable",
        "Il vient bien de Le Ferment",
        "Papier d’essai",
        "A. S.",
        "du 1er au 31 octobre 2026",
        "25 novembre 2026",
        "fleuriste",
        paper.sha256,
    ):
        assert words in page


def test_it_shows_no_amount_no_name_and_no_address(client, drawn):
    page = body(client.get(address(drawn("amina").code)))
    for words in ("249,52", "300,00", "Sarr", "Amina", "Tilleuls", "1990"):
        assert words not in page


def test_it_says_each_thing_once(client, drawn, monkeypatch):
    own = replace(SAMPLE, public_facts=lambda snapshot: [PublicFact("Période", "octobre 2026")])
    monkeypatch.setitem(kinds._kinds, "sample", own)
    assert body(client.get(address(drawn("amina").code))).count("Période") == 1


def test_it_is_the_same_page_for_someone_signed_in(enter, drawn):
    assert enter("chloe").get(address(drawn("amina").code)).status_code == 200


def test_it_is_discreet(client, drawn):
    response = client.get(address(drawn("amina").code))
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["X-Robots-Tag"].startswith("noindex")
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert "Set-Cookie" not in response.headers
    assert not response.cookies


def test_it_says_that_a_paper_was_replaced_without_giving_the_new_one(client, drawn, at):
    paper = drawn("amina")
    new = replace_document(document=paper, snapshot=SNAPSHOT, actor=None, at=at)
    page = body(client.get(address(paper.code)))
    assert "Ce papier a été remplacé" in page
    assert "depuis le 25 novembre 2026" in page
    assert new.code not in page


def test_it_says_that_a_paper_was_revoked_and_why(client, drawn, at):
    paper = drawn("amina")
    revoke_document(document=paper, reason="erreur de personne", actor=None, at=at)
    page = body(client.get(address(paper.code)))
    assert "Ce papier est annulé" in page
    assert "erreur de personne" in page


def test_it_says_that_a_paper_is_being_made(client, issue):
    page = body(client.get(address(issue("amina").code)))
    assert "Ce papier se prépare" in page
    assert "data-ct-compare" not in page


@pytest.mark.parametrize("code", ["0" * 26, "abc", "é", "a" * 250, "..", "%00"])
def test_it_does_not_know_other_codes(client, drawn, code):
    drawn("amina")
    response = client.get(address(code))
    assert response.status_code == 404
    assert "Ce code est inconnu" in body(response)


def test_it_reads_a_code_as_people_type_it(client, drawn):
    code = drawn("amina").code
    dashed = "-".join(code[n : n + 4] for n in range(0, 26, 4)).lower()
    misread = code.replace("0", "o").replace("1", "l")
    for typed in (dashed, misread, f" {code} "):
        assert client.get(address(typed)).status_code == 200


@pytest.mark.parametrize(
    "typed", ["{code}", " {code} ", "https://coop.exemple.fr/verifier/{code}/"]
)
def test_it_finds_the_paper_from_the_form(client, drawn, typed):
    code = drawn("amina").code
    response = client.get("/verifier/", {"code": typed.format(code=code.lower())})
    assert response.status_code == 302
    assert response.url == address(code)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "Écrivez le code"),
        ("ABC", "Il manque 23 lettres ou chiffres"),
        ("A" * 25, "Il manque 1 lettre ou chiffre"),
        ("A" * 27, "trop long"),
        ("U" + "A" * 25, "n’a pas de « U »"),
        ("a" * 400, "trop long"),
    ],
)
def test_it_says_what_is_wrong_with_a_code_beside_the_field(client, db, typed, words):
    response = client.get("/verifier/", {"code": typed})
    assert response.status_code == 200
    assert words in body(response)
    assert not response.cookies


def test_it_shows_an_empty_form_without_reproach(client, db):
    page = body(client.get("/verifier/"))
    assert "Tapez le code" in page
    assert "Écrivez le code" not in page


@pytest.mark.parametrize("name", ["Amina Sarr", "amina sarr", "SARR Amina", " Amina  SÄRR "])
def test_it_says_yes_to_the_printed_name(client, drawn, name):
    page = body(client.post(address(drawn("amina").code), {"name": name}))
    assert "Oui, c’est le nom écrit" in page


@pytest.mark.parametrize("name", ["Amina", "Amina S.", "Bastien Cherif", "Amina Sarr Sarr"])
def test_it_says_no_to_another_name_and_shows_nothing_more(client, drawn, name):
    page = body(client.post(address(drawn("amina").code), {"name": name}))
    assert "Non, ce n’est pas le nom écrit" in page
    assert "Amina Sarr<" not in page


def test_it_asks_for_a_name_when_none_is_given(client, drawn):
    page = body(client.post(address(drawn("amina").code), {"name": ""}))
    assert "Écrivez le prénom et le nom." in page


def test_it_stops_guesses_after_five_even_the_right_one(client, drawn):
    code = drawn("amina").code
    for _ in range(5):
        client.post(address(code), {"name": "Quelqu’un"})
    page = body(client.post(address(code), {"name": "Amina Sarr"}))
    assert "Trop d’essais pour ce papier" in page
    assert "Oui, c’est" not in page
    other = body(client.post(address(drawn("bastien").code), {"name": "Bastien Cherif"}))
    assert "Oui, c’est" in other


def test_it_stops_guesses_from_many_addresses(client, drawn):
    code = drawn("amina").code
    for n in range(25):
        client.post(address(code), {"name": "Non"}, REMOTE_ADDR=f"192.0.2.{n}")
    page = body(client.post(address(code), {"name": "Amina Sarr"}, REMOTE_ADDR="198.51.100.1"))
    assert "Trop d’essais" in page


def test_it_answers_when_a_browser_sends_no_origin(drawn):
    """`no-referrer` makes a browser send "Origin: null"; the page must still answer."""
    from django.test import Client

    strict = Client(enforce_csrf_checks=True, headers={"origin": "null"})
    page = body(strict.post(address(drawn("amina").code), {"name": "Amina Sarr"}))
    assert "Oui, c’est" in page


def test_it_slows_down_who_asks_too_much(client, db):
    for _ in range(60):
        assert client.get("/verifier/").status_code == 200
    response = client.get("/verifier/")
    assert response.status_code == 429
    assert client.get("/verifier/", REMOTE_ADDR="192.0.2.9").status_code == 200


def test_it_stays_open_but_guards_names_when_the_cache_is_dead(client, drawn, monkeypatch):
    class Dead:
        def add(self, *args):
            raise ConnectionError

    code = drawn("amina").code
    monkeypatch.setattr(limits, "cache", Dead())
    assert client.get(address(code)).status_code == 200
    assert "Trop d’essais" in body(client.post(address(code), {"name": "Amina Sarr"}))


def test_it_survives_the_account(client, drawn, people):
    paper = drawn("amina")
    people.user("amina").is_active = False
    people.amina.user = None
    people.amina.save(update_fields=["user"])
    page = body(client.get(address(paper.code)))
    assert "A. S." in page
