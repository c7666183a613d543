"""The meter of completeness, and the FSE+ file read back by a spreadsheet library, field by field."""

import csv
import datetime as dt
import io

import openpyxl
import pytest
from django.urls import reverse

from cohorts.exports.participants import header
from cohorts.models import Enrolment
from cohorts.selectors.participants import meter_of, participants_of
from cohorts.services.entry_files import write_address, write_contact
from cohorts.services.exits import note_exit
from cohorts.services.places import locate_by_hand
from cohorts.services.questionnaires import name_operation
from cohorts.services.sensitive import write_sensitive
from members.models import AccessRecord, Person
from tests import factories as make
from tests.cohorts.files.conftest import EVE
from tests.factories import NOW, TODAY

ANSWERS = {
    "labour": "registered", "seeking_since": "2025-01-15", "minimum_income": "rsa",
    "diploma": "vocational", "household": "single_parent", "housing": "refused", "rural": "no",
    "sex": "F", "birth_place": "=1+1",
}  # fmt: skip


def cell_day(*parts):
    """A date as the spreadsheet library gives it back."""
    return dt.datetime.combine(dt.date(*parts), dt.time())


@pytest.fixture
def full(people, amina, answer):
    """Amina's file, complete; her birth place looks like a formula."""
    told = {"enrolment": amina, "actor": people.actor("driss"), "at": EVE}
    write_contact(phone="06 39 98 12 34", email="", referent="", **told)
    answer(ANSWERS, at=EVE)
    write_address(
        address="3 rue des Lilas", postcode="93200", city="Saint-Denis", insee="93066", **told
    )
    people.a.territory.qpv_code = "QN09901"
    people.a.territory.save()
    locate_by_hand(quarter_code="QN09901", evidence="carte officielle", **told)
    write_sensitive(answers={"disability": "yes", "homeless": "refused"}, **told)


def lines(people, enter, suffix="xlsx"):
    url = reverse("cohorts:files_export", args=[people.a.cohort.pk, suffix])
    answer = enter("driss").post(url)
    assert answer.status_code == 200
    return answer


def table(answer):
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    first, *rest = book.worksheets[0].iter_rows(values_only=True)
    return book, [dict(zip(first, row, strict=True)) for row in rest]


def test_each_field_of_the_file_is_what_was_said(people, amina, full, enter):
    note_exit(
        enrolment=amina, left_on=dt.date(2026, 11, 20), status="fixed_term", contract_months=6,
        qualification="yes", known_on=TODAY, actor=people.actor("driss"), at=NOW,
    )  # fmt: skip
    book, rows = table(lines(people, enter))
    assert list(rows[0]) == header()
    (row,) = [one for one in rows if one["Prénom"] == "Amina"]
    expected = {
        "Identifiant": people.amina.pk, "Nom": "Sarr", "Date de naissance": cell_day(1990, 1, 1),
        "Commune ou pays de naissance": "'=1+1", "Sexe": "F", "Adresse à l’entrée": "3 rue des Lilas",
        "Code postal": "93200", "Commune": "Saint-Denis", "Code INSEE": "93066",
        "Téléphone": "06\xa039\xa098\xa012\xa034", "Cohorte": "Les Racines du Plateau",
        "Date d’entrée": cell_day(2026, 9, 7), "Âge à l’entrée": 36,
        "Situation d’emploi": "Au chômage, inscription à France Travail",
        "Au chômage depuis": cell_day(2025, 1, 15), "Minimum social": "RSA",
        "Diplôme": "CAP ou BEP", "Foyer": "Parent seul, avec enfant",
        "Logement": "ne souhaite pas répondre", "Zone rurale": "Non", "QPV": "oui",
        "Code QPV": "QN09901", "Millésime QPV": 2024,
        "EECO01 participants": "oui", "EECO02 au chômage": "oui",
        "EECO03 au chômage de longue durée": "oui", "EECO04 inactifs": "non",
        "EECO05 en emploi": "non", "EECO06 moins de 18 ans": "non", "EECO07 de 18 à 29 ans": "non",
        "EECO08 55 ans et plus": "non", "EECO09 CITE 0 à 2": "non", "EECO10 CITE 3 et 4": "oui",
        "EECO11 CITE 5 à 8": "non", "EECO12 handicap": "oui", "EECO13 pays tiers": None,
        "EECO14 origine étrangère": None, "EECO15 minorités": None,
        "EECO16 sans domicile": "ne souhaite pas répondre", "EECO17 zone rurale": "non",
        "Revenu plus tard": "non", "Date de sortie": cell_day(2026, 11, 20),
        "Constatée dans les quatre semaines": "oui",
        "Situation à la sortie": "Emploi en CDD", "Durée du contrat (mois)": 6, "Jours en plus": 0,
        "Catégorie de sortie": "emploi de transition",
        "À confirmer": "à confirmer : six mois exactement",
        "EECR01 en recherche d’emploi": "non", "EECR02 en études ou formation": "non",
        "EECR03 qualification": "oui", "EECR04 en emploi": "oui",
        "Six mois après : constatée le": None, "Situation six mois après": None,
        "Catégorie six mois après": None, "EECR05 en emploi six mois après": None,
        "EECR06 meilleure situation d’emploi six mois après": None,
        "Questionnaire signé": "non", "Dossier complet": "oui", "Il manque": None,
    }  # fmt: skip
    assert {name: row[name] for name in expected} == expected
    assert set(header()) - set(expected) == {
        "Prénom", "E-mail", "Personne relais", "Opération", "Sortie constatée le",
    }  # fmt: skip
    assert all(cell.data_type != "f" for sheet in book for line in sheet for cell in line)
    codes = [line[0] for line in book.worksheets[1].iter_rows(values_only=True)]
    assert {"Situation d’emploi la veille de l’entrée", "Sexe", "Catégorie de sortie"} <= set(codes)


def test_the_csv_says_the_same_and_holds_no_formula(people, full, enter):
    text = lines(people, enter, "csv").content.decode("utf-8-sig")
    first, *rest = csv.reader(io.StringIO(text), delimiter=";")
    assert first == header()
    (row,) = [dict(zip(first, one, strict=True)) for one in rest if "Amina" in one]
    assert row["Commune ou pays de naissance"] == "'=1+1" and row["Date d’entrée"] == "07/09/2026"
    assert not [cell for line in rest for cell in line if cell.startswith(("=", "+", "@"))]


def test_a_blank_file_says_nothing_rather_than_no(people, enter):
    _book, rows = table(lines(people, enter))
    (row,) = [one for one in rows if one["Prénom"] == "Bastien"]
    for name in (
        "EECO02 au chômage",
        "EECO09 CITE 0 à 2",
        "EECO12 handicap",
        "EECR04 en emploi",
        "QPV",
    ):
        assert row[name] is None, name
    assert row["Dossier complet"] == "non" and "Diplôme" in row["Il manque"]


def test_the_export_is_recorded_for_each_person_and_shown_to_them(people, full, enter):
    lines(people, enter)
    exported = AccessRecord.objects.filter(act="exported")
    assert {one.person_id for one in exported} == {
        people.amina.pk, people.bastien.pk, people.gael.pk,
    }  # fmt: skip
    text = enter("amina").get(reverse("cohorts:my_file")).content.decode()
    assert "Driss Marchal" in text and "a mis dans un fichier" in text


def test_who_comes_back_in_another_cohort_of_the_operation_is_one_line(people, amina, full, enter):
    later = make.CohortFactory(
        territory=people.a.territory, host=people.a.host, operation="OP-1",
        starts_on=dt.date(2026, 11, 2), ends_on=dt.date(2027, 2, 26),
    )  # fmt: skip
    back = make.EnrolmentFactory(cohort=later, person=people.amina)
    elsewhere = make.CohortFactory(operation="OP-1")  # another territory and host
    make.EnrolmentFactory(cohort=elsewhere, person=people.chloe)
    alone = participants_of(people.a.cohort, TODAY)
    assert len(alone) == 3 and not any(one.participation.came_back for one in alone)
    name_operation(cohort=people.a.cohort, operation="OP-1", actor=people.actor("driss"))
    people.a.cohort.refresh_from_db()
    found = participants_of(people.a.cohort, TODAY)
    (one,) = [row for row in found if row.first.person == people.amina]
    assert len(found) == 3 and one.participation.came_back
    assert (one.first.enrolment, one.last.enrolment) == (amina, back)
    assert [row["Revenu plus tard"] for row in table(lines(people, enter))[1]].count("oui") == 1


# --- the meter


def test_the_meter_says_who_misses_what(people, full):
    meter = meter_of(people.a.cohort, TODAY)
    assert (meter.total, meter.complete_count, meter.percent, meter.is_alarming) == (3, 1, 67, True)
    (complete,) = [one for one in meter.files if one.is_complete]
    assert complete.person == people.amina
    assert "Diplôme le plus élevé" in meter.incomplete[0].missing_words


def test_the_alarm_stands_on_the_page_and_goes_when_files_are_complete(people, full, enter):
    url = reverse("cohorts:files", args=[people.a.cohort.pk])
    text = enter("driss").get(url).content.decode()
    assert "Au-dessus de 35 %" in text
    Enrolment.objects.exclude(person=people.amina).filter(cohort=people.a.cohort).update(
        state="selected", left_on=None
    )
    text = enter("driss").get(url).content.decode()
    assert "Au-dessus de 35 %" not in text and "Tous les dossiers sont complets" in text


def test_who_was_only_selected_is_no_participant(people):
    Enrolment.objects.filter(person=people.bastien).update(state="selected")
    assert people.bastien not in [one.person for one in meter_of(people.a.cohort, TODAY).files]


def test_an_exit_is_due_four_weeks_after_leaving(people):
    (due,) = meter_of(people.a.cohort, TODAY).exits_due
    assert (due[0].person, due[1], due[2]) == (people.gael, dt.date(2026, 10, 29), True)


def test_no_way_to_reach_somebody_is_incomplete(people, full):
    Person.objects.filter(pk=people.amina.pk).update(phone="", email="")
    assert (
        "contact"
        in next(
            one for one in meter_of(people.a.cohort, TODAY).files if one.person == people.amina
        ).missing
    )
