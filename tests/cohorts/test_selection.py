"""The board: who reads, who gives an opinion, who decides, and the person an application becomes."""

import datetime as dt

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from cohorts.models import (
    Application,
    ApplicationReading,
    Contract,
    Enrolment,
    Opinion,
    Partnership,
)
from cohorts.services.enrolments import admit, welcome
from cohorts.services.selection import Entry, decide, enrol, give_opinion
from ct_platform.kit.errors import Refused
from ct_platform.kit.models import TransitionLog
from members.models import Consent, Person
from tests import factories as make
from tests.cohorts.applying import committee_member, decided, recruiting_cohort, somebody
from tests.factories import NOW


@pytest.fixture
def cohort(people):
    return recruiting_cohort(people)


@pytest.fixture
def driss(people):
    return people.actor("driss")


def client_of(people, settings, name: str) -> Client:
    settings.SECOND_FACTOR_REQUIRED = False
    client = Client()
    client.force_login(people.user(name), backend="django.contrib.auth.backends.ModelBackend")
    return client


def page_of(name: str, application: Application) -> str:
    return reverse(f"cohorts:{name}", args=[application.cohort_id, application.pk])


# --- who reads


def test_a_committee_reads_what_it_needs_and_no_contact(people, cohort, settings):
    committee_member(people)
    one = somebody(
        cohort, last_name="Martinez", email="zoe@exemple.fr", address="8 allée des Tilleuls",
        helper_name="Luc Petit", helper_link="voisin", helper_contact="06 39 98 00 01",
        helper_wording="d’accord",
    )  # fmt: skip
    malik = client_of(people, settings, "malik")
    malik.post(page_of("read_application", one))
    for page in (
        reverse("cohorts:applications", args=[cohort.pk]),
        page_of("application", one),
    ):
        body = malik.get(page).content.decode()
        assert "Zoé M." in body
        for private in ("Martinez", "12 34", "exemple.fr", "Tilleuls", "Luc Petit", "39 98 00 01"):
            assert private not in body, private
    assert "J’aime cuisiner." in malik.get(page_of("application", one)).content.decode()
    assert cohort.name in malik.get(reverse("cohorts:selections")).content.decode()


@pytest.mark.parametrize(
    ("tie", "status"),
    [
        ({"role": "funder"}, 403),
        ({"role": "local_committee", "ends_on": dt.date(2026, 11, 24)}, 404),
        ({"role": "local_committee", "starts_on": dt.date(2026, 11, 26)}, 404),
    ],
)
def test_another_tie_or_another_time_is_not_the_committee(people, cohort, settings, tie, status):
    committee_member(people)
    Partnership.objects.filter(role="local_committee").update(**tie)
    one, malik = somebody(cohort), client_of(people, settings, "malik")
    assert malik.get(reverse("cohorts:applications", args=[cohort.pk])).status_code == status
    assert malik.get(page_of("application", one)).status_code == status
    assert malik.post(page_of("opine", one), {"stance": "yes"}).status_code == status
    assert cohort.name not in malik.get(reverse("cohorts:selections")).content.decode()
    assert not Opinion.objects.exists()


def test_the_committee_of_one_cohort_reads_that_one(people, cohort, settings):
    sister = make.CohortFactory(territory=people.a.territory, state="recruiting", name="Sœur")
    committee_member(people, cohort=cohort)
    malik = client_of(people, settings, "malik")
    assert malik.get(reverse("cohorts:applications", args=[cohort.pk])).status_code == 200
    assert malik.get(reverse("cohorts:applications", args=[sister.pk])).status_code == 404


@pytest.mark.parametrize(
    ("name", "status"),
    [("dalia", 404), ("farid", 404), ("chloe", 404), ("helene", 403), ("elsa", 403)],
)
def test_nobody_else_reads_an_application(people, cohort, enter, name, status):
    one = somebody(cohort)
    assert enter(name).get(page_of("application", one)).status_code == status


# --- opinions


def test_a_visit_shows_nothing_and_reading_is_kept_once_a_day(people, cohort, settings, enter):
    committee_member(people)
    one = somebody(cohort)
    malik, driss = client_of(people, settings, "malik"), enter("driss")
    page = page_of("application", one)
    for client in (malik, driss):
        assert "J’aime cuisiner." not in client.get(page).content.decode()
    assert not ApplicationReading.objects.exists()
    malik.post(page_of("read_application", one))
    malik.post(page_of("read_application", one))
    assert "J’aime cuisiner." in malik.get(page).content.decode()
    assert "J’aime cuisiner." not in driss.get(page).content.decode()
    kept = ApplicationReading.objects.get()
    assert (kept.by.first_name, kept.by_seat) == ("Malik", "partenaire, Mission locale")
    assert "Malik Comité" in driss.get(page).content.decode()
    assert "Qui a lu" not in malik.get(page).content.decode()
    with pytest.raises(DatabaseError), transaction.atomic():
        ApplicationReading.objects.update(by_seat="personne")


@pytest.mark.parametrize(("name", "status"), [("dalia", 404), ("helene", 403), ("elsa", 403)])
def test_nobody_else_reads_and_nothing_is_kept(cohort, enter, name, status):
    one = somebody(cohort)
    assert enter(name).post(page_of("read_application", one)).status_code == status
    assert not ApplicationReading.objects.exists()


def test_reasons_stay_between_their_author_and_the_coordinators(people, cohort, settings, enter):
    malik = committee_member(people)
    one = somebody(cohort)
    give_opinion(application=one, stance="yes", reasons="Très motivée.", actor=malik, at=NOW)
    give_opinion(
        application=one, stance="talk", reasons="Horaires ?", actor=people.actor("driss"), at=NOW
    )
    seen = client_of(people, settings, "malik").get(page_of("application", one)).content.decode()
    assert "Très motivée." in seen
    assert "Horaires ?" not in seen
    for words in ("Très motivée.", "Horaires ?"):
        assert words in enter("driss").get(page_of("application", one)).content.decode()
    board = enter("driss").get(reverse("cohorts:applications", args=[cohort.pk])).content.decode()
    assert "1 oui, 1 à discuter" in board


def test_a_second_opinion_of_the_same_person_replaces_the_first(people, cohort, driss):
    one = somebody(cohort)
    for stance in ("no", "yes"):
        give_opinion(application=one, stance=stance, reasons="", actor=driss, at=NOW)
    assert Opinion.objects.get().stance == "yes"


def test_a_committee_neither_decides_nor_enrols_nor_answers(people, cohort, settings):
    committee_member(people)
    one, malik = somebody(cohort), client_of(people, settings, "malik")
    assert malik.post(page_of("decide_application", one), {"to": "selected"}).status_code == 403
    assert malik.post(page_of("enrol_application", one)).status_code == 403
    assert malik.get(reverse("cohorts:answers", args=[cohort.pk])).status_code == 403
    one.refresh_from_db()
    assert one.state == "received"


# --- decisions


def test_a_decision_is_logged_with_its_author_and_its_private_reason(people, cohort, enter):
    one = somebody(cohort)
    enter("driss").post(page_of("decide_application", one), {"to": "waiting", "note": "Complet."})
    one.refresh_from_db()
    assert (one.state, one.note, one.decided_by) == ("waiting", "Complet.", people.driss)
    log = TransitionLog.objects.get(model="cohorts.application", row_id=one.pk)
    assert (log.old, log.new, log.reason) == ("received", "waiting", "")


def test_deciding_the_same_twice_is_quiet(people, cohort, driss):
    one = decided(cohort, people, "selected")
    decide(application=one, to="selected", note="", actor=driss, at=NOW)
    assert TransitionLog.objects.filter(model="cohorts.application").count() == 1


def test_a_duplicate_is_over(people, cohort, driss):
    one = decided(cohort, people, "duplicate")
    with pytest.raises(Refused):
        decide(application=one, to="selected", note="", actor=driss, at=NOW)


def test_the_same_person_in_two_spellings_is_shown(cohort, enter):
    somebody(cohort, first_name="Zoé", last_name="Martin-Dupré")
    second = somebody(cohort, first_name="ZOE", last_name="martin dupre", phone="+33639980000")
    board = enter("driss").get(reverse("cohorts:applications", args=[cohort.pk])).content.decode()
    assert "Déjà candidat·e ?" in board
    page = enter("driss").get(page_of("application", second)).content.decode()
    assert "Peut-être la même personne" in page


# --- the person


def test_a_selected_application_becomes_a_person_who_waits_to_enter(people, cohort, driss):
    one = decided(cohort, people, "selected", email="zoe@exemple.fr")
    for _tap in range(2):
        enrolment = enrol(application=one, entry=Entry(), actor=driss, at=NOW)
    assert (enrolment.state, enrolment.votes_from) == ("selected", None)
    assert (enrolment.person.civil_name, enrolment.person.email) == ("Zoé Martin", "zoe@exemple.fr")
    assert Enrolment.objects.filter(cohort=cohort).count() == 1
    one.refresh_from_db()
    assert one.enrolment == enrolment


def test_who_is_not_selected_is_not_enrolled(people, cohort, driss):
    with pytest.raises(Refused, match="pas retenue"):
        enrol(application=somebody(cohort), entry=Entry(), actor=driss, at=NOW)
    assert not Enrolment.objects.filter(cohort=cohort).exists()


def test_somebody_alike_is_asked_about_and_never_merged_in_silence(people, cohort, driss):
    one = decided(
        cohort,
        people,
        "selected",
        first_name="Amina",
        last_name="SARR",
        birth_date=dt.date(1990, 1, 1),
    )
    with pytest.raises(Refused) as refusal:
        enrol(application=one, entry=Entry(), actor=driss, at=NOW)
    assert refusal.value.field == "who"
    same = Entry(who=f"person:{people.amina.pk}")
    enrolment = enrol(application=one, entry=same, actor=driss, at=NOW)
    assert enrolment.person == people.amina
    people.amina.refresh_from_db()
    assert people.amina.phone == "+33639981234"  # completed, for it was empty


def test_a_key_that_was_not_offered_is_nobody(people, cohort, driss):
    one = decided(cohort, people, "selected")
    with pytest.raises(Refused):
        enrol(application=one, entry=Entry(who=f"person:{people.chloe.pk}"), actor=driss, at=NOW)
    assert not Enrolment.objects.filter(cohort=cohort).exists()


def test_who_is_already_in_the_cohort_is_told(people, cohort, driss):
    make.EnrolmentFactory(cohort=cohort, person=people.amina)
    one = decided(
        cohort,
        people,
        "selected",
        first_name="Amina",
        last_name="Sarr",
        birth_date=dt.date(1990, 1, 1),
    )
    with pytest.raises(Refused, match="déjà dans la cohorte"):
        enrol(application=one, entry=Entry(who=f"person:{people.amina.pk}"), actor=driss, at=NOW)


def test_a_minor_is_enrolled_with_the_dated_agreement_of_a_guardian(people, cohort, enter):
    one = decided(cohort, people, "selected", birth_date=dt.date(2010, 1, 15))
    page = page_of("enrol_application", one)
    answer = enter("driss").post(page, {"guardian_name": "", "guardian_agreed_on": ""})
    assert "représentant légal" in answer.content.decode()
    assert not Person.objects.filter(last_name="Martin").exists()
    enter("driss").post(page, {"guardian_name": "Luc Martin", "guardian_agreed_on": "2026-11-20"})
    assert Consent.objects.get().given_by == "Luc Martin"
    assert Enrolment.objects.get(cohort=cohort).state == "selected"


def test_who_withdraws_before_entering_leaves_the_list(people, cohort, driss):
    one = decided(cohort, people, "selected")
    enrol(application=one, entry=Entry(), actor=driss, at=NOW)
    with pytest.raises(Refused, match="déjà inscrite"):
        decide(application=one, to="declined", note="", actor=driss, at=NOW)
    decide(application=one, to="withdrawn", note="A trouvé un emploi.", actor=driss, at=NOW)
    assert not Enrolment.objects.filter(cohort=cohort).exists()
    one.refresh_from_db()
    assert (one.state, one.enrolment) == ("withdrawn", None)


def test_who_entered_does_not_withdraw_by_their_application(people, cohort, driss):
    one = decided(cohort, people, "selected")
    enrolment = enrol(application=one, entry=Entry(), actor=driss, at=NOW)
    welcome(enrolments=[enrolment], actor=driss, at=NOW)
    with pytest.raises(Refused, match="départ"):
        decide(application=one, to="withdrawn", note="", actor=driss, at=NOW)
    enrolment.refresh_from_db()
    assert enrolment.state == "active"


# --- entering: two ways


def test_before_the_start_the_coordinator_lets_in_as_a_list_does(people, cohort, driss, enter):
    one = decided(cohort, people, "selected")
    enrolment = enrol(application=one, entry=Entry(), actor=driss, at=NOW)
    page = reverse("cohorts:welcome", args=[cohort.pk])
    for _tap in range(2):
        enter("driss").post(page, {"people": [enrolment.pk]})
    enrolment.refresh_from_db()
    assert (enrolment.state, enrolment.votes_from) == ("active", cohort.starts_on)
    terms = Contract.objects.get(enrolment=enrolment)
    assert (terms.starts_on, terms.ends_on) == (cohort.starts_on, cohort.ends_on)


def test_once_it_runs_the_group_lets_in_by_a_vote(people, cohort, driss, enter):
    waiting = make.EnrolmentFactory(cohort=people.a.cohort, state="selected", votes_from=None)
    page = reverse("cohorts:welcome", args=[people.a.cohort.pk])
    assert enter("driss").post(page, {"people": [waiting.pk]}).status_code == 403
    with pytest.raises(Refused, match="vote"):
        welcome(enrolments=[waiting], actor=driss, at=NOW)
    waiting.refresh_from_db()
    assert waiting.state == "selected"
    admit(enrolment=waiting, votes_from=dt.date(2026, 11, 25), actor=None, at=NOW)
    assert waiting.state == "active"


def test_only_its_coordinator_lets_in_and_only_its_own(people, cohort, driss, enter):
    elsewhere = make.EnrolmentFactory(cohort=people.b.cohort, state="selected", votes_from=None)
    page = reverse("cohorts:welcome", args=[cohort.pk])
    assert enter("driss").post(page, {"people": [elsewhere.pk]}).status_code == 404
    assert enter("dalia").post(page, {"people": [elsewhere.pk]}).status_code == 404
    assert enter("helene").post(page, {"people": [elsewhere.pk]}).status_code == 403
    elsewhere.refresh_from_db()
    assert elsewhere.state == "selected"


def test_the_list_of_people_tells_who_waits_from_who_left(people, cohort, driss, enter):
    one = decided(cohort, people, "selected")
    enrol(application=one, entry=Entry(), actor=driss, at=NOW)
    body = enter("driss").get(reverse("cohorts:people", args=[cohort.pk])).content.decode()
    assert "1 retenu·e" in body
    assert "parcours fini" not in body
    assert "Faire entrer" in body
