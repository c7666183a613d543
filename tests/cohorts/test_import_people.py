"""A list of people: uploaded, previewed, confirmed once."""

import uuid
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.urls import reverse

from cohorts.enums import CohortState, ImportState
from cohorts.models import Cohort, Contract, Enrolment, EnrolmentImport
from members.models import Person
from tests.cohorts.lists import HEAD, confirm, names_in, preview_url, send, started
from tests.cohorts.sheets import csv_bytes

DEMO = Path(django_settings.BASE_DIR) / "demo"


@pytest.mark.parametrize("name", ["cooperants.csv", "cooperants.xlsx"])
def test_the_sample_of_the_demo_enters_whole(people, enter, cohort, name):
    client = enter("driss")
    send(client, cohort, (DEMO / name).read_bytes(), name)
    found = EnrolmentImport.objects.get()
    assert Enrolment.objects.of_cohort(cohort.pk).count() == 0
    page = client.get(preview_url(found))
    assert "Confirmer 15 personnes" in page.content.decode()
    answer = confirm(client, found)
    assert answer.headers["Location"] == reverse("cohorts:people", args=[cohort.pk])
    assert Enrolment.objects.of_cohort(cohort.pk).active().count() == 15
    linh = Enrolment.objects.select_related("person").get(person__used_name="Linh")
    assert (linh.person.last_name, linh.person.phone) == ("N’Guyen", "+33639981009")
    assert (linh.votes_from, linh.activity, linh.planned_weekly_minutes) == (
        cohort.starts_on,
        "fleurs",
        600,
    )
    contract = Contract.objects.get(enrolment=linh)
    assert (contract.kind, contract.starts_on, contract.ends_on) == (
        "cape",
        cohort.starts_on,
        cohort.ends_on,
    )


def test_the_sample_with_errors_says_each_with_row_column_and_reason(enter, cohort):
    client = enter("driss")
    send(client, cohort, (DEMO / "cooperants-avec-erreurs.csv").read_bytes(), "avec-erreurs.csv")
    page = client.get(preview_url(EnrolmentImport.objects.get()))
    said = [problem.sentence for problem in page.context["preview"].errors]
    assert "Ligne 3, colonne « Né(e) le » : le 31/02/1988 n’existe pas." in said
    assert "Ligne 4, colonne « prenom » : cette case est vide." in said
    assert (
        "Ligne 10, colonne « NOM » : la cellule A10 contient une formule. Écrivez la valeur elle-même."
        in said
    )
    assert len(said) == 10
    text = page.content.decode()
    assert "tout entre ensemble, ou rien" in text
    assert "Colonnes non lues : « Couleur »." in text


def test_nobody_enters_while_an_error_remains(enter, cohort):
    client = enter("driss")
    found = started(client, cohort, "Sarr;Aminata;14/03/1991;;", "Cherif;Bas;31/02/1990;;")
    answer = confirm(client, found)
    assert "Corrigez les erreurs" in answer.content.decode()
    assert names_in(cohort) == set()
    assert Person.objects.filter(first_name="Aminata").count() == 0


def test_all_enter_or_none(enter, cohort, monkeypatch):
    client = enter("driss")
    found = started(client, cohort, "Un;Aline;14/03/1991;;", "Deux;Benoît;14/03/1992;;")

    def broken(**kwargs):
        raise OSError("disk full")

    monkeypatch.setattr("cohorts.services.imports.enter_cohort", broken)
    client.raise_request_exception = False
    seen = client.get(preview_url(found)).context["preview"].seen
    assert client.post(preview_url(found), {"seen": seen}).status_code == 500
    assert not Person.objects.filter(last_name__in=["Un", "Deux"]).exists()
    found.refresh_from_db()
    assert found.state == ImportState.DRAFT


# --- who may


@pytest.mark.parametrize(
    ("name", "status"),
    [("dalia", 404), ("chloe", 404), ("hugo", 404), ("amina", 403), ("helene", 403), ("elsa", 403),
     ("nora", 403)],
)  # fmt: skip
def test_nobody_else_imports_into_it(people, enter, name, status):
    client = enter(name)
    assert client.get(reverse("cohorts:import", args=[people.a.cohort.pk])).status_code == status
    assert send(client, people.a.cohort, csv_bytes(HEAD, "a;b;14/03/1991;;")).status_code == status
    assert EnrolmentImport.objects.count() == 0


def test_a_list_of_another_territory_is_unknown(people, enter, cohort):
    found = started(enter("driss"), cohort, "Un;Aline;14/03/1991;;")
    dalia = enter("dalia")
    own = reverse("cohorts:import_preview", args=[people.b.cohort.pk, found.pk])
    for address in (preview_url(found), own):
        assert dalia.get(address).status_code == 404
        assert dalia.post(address, {"seen": "x"}).status_code == 404
    discard = reverse("cohorts:import_discard", args=[people.b.cohort.pk, found.pk])
    assert dalia.post(discard).status_code == 404
    found.refresh_from_db()
    assert found.state == ImportState.DRAFT
    assert names_in(people.b.cohort) == {"Chloé Voisine"}


def test_a_list_is_found_under_its_own_cohort_only(people, enter, cohort):
    found = started(enter("driss"), cohort, "Un;Aline;14/03/1991;;")
    crossed = reverse("cohorts:import_preview", args=[people.a.cohort.pk, found.pk])
    assert enter("driss").get(crossed).status_code == 404


def test_persons_of_another_territory_are_never_told(people, enter, cohort):
    """Chloé is in cohort B: a coordinator of A who types her name learns nothing."""
    chloe = people.chloe
    client = enter("driss")
    found = started(client, cohort, f"{chloe.last_name};{chloe.first_name};01/01/1990;;")
    assert client.get(preview_url(found)).context["preview"].to_decide == []
    assert "est-ce la même" not in client.get(preview_url(found)).content.decode().lower()


def test_a_foreign_person_sent_as_an_answer_is_unknown(people, enter, cohort):
    client = enter("driss")
    found = started(client, cohort, "Sarr;Amina;01/01/1990;;")
    answer = confirm(client, found, **{"row-2": f"person:{people.chloe.pk}"})
    assert answer.status_code == 404
    assert names_in(cohort) == set()
    assert confirm(client, found, **{"row-2": "person:; drop"}).status_code == 404


def test_a_closing_cohort_lets_nobody_in(enter, cohort):
    found = started(enter("driss"), cohort, "Un;Aline;14/03/1991;;")
    Cohort.objects.filter(pk=cohort.pk).update(state=CohortState.CLOSING)
    assert enter("driss").post(preview_url(found), {"seen": "x"}).status_code == 403
    assert names_in(cohort) == set()


# --- files


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("liste.csv", b"", "vide (0 octet)"),
        ("liste.csv", b"x" * (20 * 1024 * 1024), "pèse 20 Mo"),
        ("photo.csv", b"\x89PNG\r\n\x1a\n", "pas ce que dit son nom"),
        ("liste.xlsx", b"PK\x03\x04 torn", "abîmé"),
        ("liste.csv", csv_bytes("Couleur;Taille", "bleu;M"), "Il manque les colonnes"),
        ("liste.csv", csv_bytes(HEAD), "que ses titres"),
        ("liste.doc", b"hello", "ne se lit pas ici"),
    ],
)
def test_it_refuses_a_file_in_a_sentence_beside_the_field(enter, cohort, name, content, words):
    answer = send(enter("driss"), cohort, content, name)
    assert answer.status_code == 200
    assert words in " ".join(answer.context["form"].errors["file"])
    assert words in answer.content.decode()
    assert EnrolmentImport.objects.count() == 0


def test_it_asks_for_a_file(enter, cohort):
    answer = enter("driss").post(
        reverse("cohorts:import", args=[cohort.pk]), {"submission_key": uuid.uuid4()}
    )
    assert "Choisissez un fichier" in " ".join(answer.context["form"].errors["file"])


def test_what_a_file_says_is_shown_as_text(enter, cohort):
    client = enter("driss")
    found = started(client, cohort, "<script>alert(1)</script>;x;14/03/1991;;")
    text = client.get(preview_url(found)).content.decode()
    assert "<script>alert" not in text
    assert "&lt;script&gt;" in text


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_the_model_is_read_back_as_an_empty_list(enter, cohort, suffix):
    client = enter("driss")
    model = client.get(reverse("cohorts:import_model", args=[cohort.pk, suffix]))
    assert f"modele-cooperants.{suffix}" in model.headers["Content-Disposition"]
    answer = send(client, cohort, model.content, f"modele.{suffix}")
    assert "que ses titres" in " ".join(answer.context["form"].errors["file"])


# --- twice


def test_a_double_upload_makes_one_list(enter, cohort):
    client, key = enter("driss"), uuid.uuid4()
    content = csv_bytes(HEAD, "Un;Aline;14/03/1991;;")
    first, second = send(client, cohort, content, key=key), send(client, cohort, content, key=key)
    assert first.headers["Location"] == second.headers["Location"]
    assert EnrolmentImport.objects.count() == 1


def test_a_double_confirmation_enters_people_once(enter, cohort):
    client = enter("driss")
    found = started(client, cohort, "Un;Aline;14/03/1991;;")
    seen = client.get(preview_url(found)).context["preview"].seen
    for _tap in range(2):
        answer = client.post(preview_url(found), {"seen": seen})
        assert answer.status_code == 302
    assert names_in(cohort) == {"Aline Un"}
    assert Person.objects.filter(last_name="Un").count() == 1
    assert "déjà confirmée" in client.get(answer.headers["Location"]).content.decode()


def test_the_back_button_after_confirming_finds_a_closed_list(enter, cohort):
    client = enter("driss")
    found = started(client, cohort, "Un;Aline;14/03/1991;;")
    confirm(client, found)
    page = client.get(preview_url(found)).content.decode()
    assert "Cette liste est confirmée" in page
    assert "Confirmer 1 personne" not in page


def test_once_decided_a_list_forgets_its_names(enter, cohort):
    client = enter("driss")
    found = started(client, cohort, "Un;Aline;14/03/1991;;")
    confirm(client, found)
    found.refresh_from_db()
    assert found.rows == {"rows": [], "notes": []}


def test_a_discarded_list_stays_so(enter, cohort):
    client = enter("driss")
    found = started(client, cohort, "Un;Aline;14/03/1991;;")
    for _tap in range(2):
        client.post(reverse("cohorts:import_discard", args=[cohort.pk, found.pk]))
    answer = client.post(preview_url(found), {"seen": "x"})
    assert "a été abandonnée" in answer.content.decode()
    assert names_in(cohort) == set()


def test_a_confirmed_list_is_not_discarded(enter, cohort):
    client = enter("driss")
    found = started(client, cohort, "Un;Aline;14/03/1991;;")
    confirm(client, found)
    client.post(reverse("cohorts:import_discard", args=[cohort.pk, found.pk]))
    found.refresh_from_db()
    assert found.state == ImportState.CONFIRMED


def test_two_coordinators_with_the_same_list_do_not_double_people(enter, cohort):
    """Both preview, one confirms; the other is told that things changed, and then passes over."""
    one, other = enter("driss"), enter("driss")
    first = started(one, cohort, "Un;Aline;14/03/1991;;")
    send(other, cohort, csv_bytes(HEAD, "Un;Aline;14/03/1991;;"))
    second = EnrolmentImport.objects.exclude(pk=first.pk).get()
    seen = other.get(preview_url(second)).context["preview"].seen
    confirm(one, first)
    answer = other.post(preview_url(second), {"seen": seen})
    assert "La cohorte a changé depuis" in answer.content.decode()
    assert Person.objects.filter(last_name="Un").count() == 1
    # The page shown again carries what is true now: confirming it passes the person over.
    confirm(other, second)
    assert Person.objects.filter(last_name="Un").count() == 1
    assert names_in(cohort) == {"Aline Un"}


def test_answers_given_stay_when_the_page_comes_back(people, enter, cohort):
    client = enter("driss")
    found = started(client, cohort, "Sarr;Amina;01/01/1990;;")
    answer = client.post(preview_url(found), {"seen": "old", "row-2": "new"})
    assert answer.context["form"]["row-2"].value() == "new"
    assert answer.context["form"]["seen"].value() == answer.context["preview"].seen


# --- cost


@pytest.mark.parametrize("rows", [1, 200])
def test_the_preview_costs_the_same_whatever_its_length(
    enter, cohort, rows, django_assert_max_num_queries
):
    client = enter("driss")
    lines = [f"Nom{chr(97 + i // 26)}{chr(97 + i % 26)};Aline;14/03/1991;;" for i in range(rows)]
    found = started(client, cohort, *lines)
    with django_assert_max_num_queries(15):
        page = client.get(preview_url(found))
    assert len(page.context["preview"].rows) == rows
