"""Contracts on screen: the batch of the host, what the coordinator reads, what a coopérant is told."""

import datetime as dt

import pytest
from django.urls import reverse

from cohorts.models import AuthorityNotice, Contract
from tests.cohorts.contracting import Contracting

D = dt.date
FORBIDDEN = ("salaire", "employeur", "licenciement")


@pytest.fixture
def host(people):
    return Contracting(people)


def at(people, name, **more):
    return reverse(f"cohorts:{name}", kwargs={"cohort_id": people.a.cohort.pk, **more})


def test_the_host_prepares_asks_issues_and_signs(people, enter, host):
    client, key = enter("helene"), host.first.pk
    client.post(at(people, "prepare_contracts"))
    listed = client.get(at(people, "contracts")).content.decode()
    assert "Demander si un emploi" in listed
    client.post(
        at(people, "contract_questions"), {"stated_on": "2026-09-01", f"full_time_{key}": "no"}
    )
    answer = client.post(at(people, "contracts"), {"contracts": [key]}, follow=True)
    assert "1 contrat est à signer" in answer.content.decode()
    signed = {"person_signed_on": "2026-09-04", "host_signed_on": "2026-09-05", "proof": "Classeur"}
    client.post(at(people, "sign_contract", contract_id=key), signed)
    assert Contract.objects.get(pk=key).is_signed
    todo = client.get(reverse("cohorts:contract_notices")).content.decode()
    assert "France Travail, signature et terme prévu : Amina Sarr" in todo and "En retard" in todo
    notice = AuthorityNotice.objects.first()
    sent = {"sent_on": "2026-09-06", "way": "email", "reference": "n° 12"}
    client.post(reverse("cohorts:contract_notice", args=[notice.pk]), sent)
    notice.refresh_from_db()
    assert notice.state == "sent"


def test_an_incomplete_contract_ticked_by_hand_is_refused_in_words(people, enter, host):
    answer = enter("helene").post(at(people, "contracts"), {"contracts": [host.first.pk]})
    assert "points à compléter : 1°, 2°" in answer.content.decode()
    assert host.first.is_draft


def test_the_points_are_typed_and_come_back_when_one_is_wrong(people, enter, host):
    page = at(people, "contract_points", contract_id=host.first.pk)
    wrong = enter("helene").post(page, {"text_4": "Rien seul.", "amount_4": "beaucoup"})
    assert "Il faut un montant" in wrong.content.decode() and "Rien seul." in wrong.content.decode()
    enter("helene").post(page, {"text_4": "Rien seul.", "more_4": "La CAE", "amount_4": "1 200,50"})
    assert str(host.first.points.get(number=4).amount) == "1200.50"


@pytest.mark.parametrize(
    ("name", "status"), [("driss", 403), ("hugo", 404), ("amina", 403), ("chloe", 404)]
)
def test_nobody_but_the_host_issues(people, enter, host, name, status):
    host.asked(host.prepared())
    answer = enter(name).post(at(people, "contracts"), {"contracts": [host.first.pk]})
    assert answer.status_code == status and host.first.is_draft


def test_my_contract_says_until_when_what_it_is_not_and_whom_to_ask(people, enter):
    page = enter("amina").get(reverse("cohorts:my_contract")).content.decode()
    for words in ("18 décembre 2026", "n’est pas un contrat de travail", "Driss Marchal", "Le Ferment",
                  "bénéficie d’un contrat d’appui"):  # fmt: skip
        assert words in page, words
    for word in FORBIDDEN:
        assert word not in page.lower()


def test_who_has_no_contract_is_told_whom_to_ask(people, enter):
    people.enrolments["amina"].contracts.all().delete()
    assert (
        "Pas encore de contrat"
        in enter("amina").get(reverse("cohorts:my_contract")).content.decode()
    )


def test_homes_say_the_ends_that_come_and_what_is_unsigned(people, enter, host):
    home = enter("helene").get(reverse("home:to_approve")).content.decode()
    assert "finissent bientôt" in home and "Dans 23 jours" in home
    board = enter("driss").get(reverse("home:cohort_dashboard", args=[people.a.cohort.pk]))
    assert "1 personne sans contrat signé" in board.content.decode()


def test_a_host_writes_its_terms_once_for_a_double_tap(people, enter):
    page = reverse("cohorts:contract_terms", args=["cape"])
    sent = {
        "submission_key": "0b3f5c0e-1111-4222-8333-944444444444", "in_force_from": "2026-11-25",
        "notice_days": "5", "text_6": "Un mois de délai.",
    }  # fmt: skip
    for _tap in range(2):
        enter("helene").post(page, sent)
    terms = people.a.host.contract_terms.get()
    assert terms.notice_days == 5 and terms.points["6"]["text"] == "Un mois de délai."
    assert enter("helene").get(reverse("cohorts:contract_terms", args=["nope"])).status_code == 404


def test_a_file_is_handed_out_as_it_came_and_never_shown_in_the_site(people, enter, host):
    from cohorts.services.contract_signing import Signature, sign_contract

    day = D(2026, 9, 4)
    signed = sign_contract(
        contract=host.issued(), signature=Signature(day, day, scan=b"%PDF-1.7 x"), **host.who
    )
    address = reverse("cohorts:contract_file", args=[signed.scan_id])
    answer = enter("amina").get(address)
    assert answer.content == b"%PDF-1.7 x" and "attachment" in answer.headers["Content-Disposition"]
    assert enter("bastien").get(address).status_code == 404
