"""Letters that ask people to come: facts of the session, one per person, replaced when they change."""

import datetime as dt

import pytest
from django.urls import reverse

from cohorts.papers.convocations import CONVOCATION, law_of, public_facts
from cohorts.services.convocations import (
    issue_convocations,
    occasion_of_session,
    print_convocations,
    valid_letters,
)
from cohorts.services.sessions import cancel_session
from ct_platform.kit.errors import Refused
from documents.models import Document
from documents.services.render import draw
from tests.cohorts.calendar_verbs import plan_all
from tests.factories import NOW, TODAY


@pytest.fixture
def session(people):
    (planned,) = plan_all(people, day=TODAY + dt.timedelta(days=7), place="Salle des Halles")
    return planned


def call(people, session, *names):
    return issue_convocations(
        cohort=people.a.cohort,
        enrolments=[people.enrolments[name] for name in names],
        occasion=occasion_of_session(session),
        actor=people.actor("driss"),
        at=NOW,
    )


def test_a_letter_says_what_when_where_and_stands_in_the_papers_of_the_person(people, session):
    (letter,) = call(people, session, "amina")
    assert letter.subject == people.amina
    assert letter.snapshot["place"] == "Salle des Halles"
    assert letter.issuer_name == "Le Ferment"
    page = CONVOCATION.context(letter.snapshot)
    assert page["moments"][0][0].date() == session.day
    assert draw(letter).startswith(b"%PDF")


def test_the_same_facts_are_one_letter_and_another_place_replaces_it(people, session):
    first = call(people, session, "amina", "bastien")
    assert call(people, session, "amina", "bastien") == first
    session.place = "Ailleurs"
    (second,) = call(people, session, "amina")
    assert second not in first
    first[0].refresh_from_db()
    assert (first[0].status, first[0].replaced_by) == ("replaced", second)
    assert {one.subject for one in valid_letters(occasion_of_session(session))} == {
        people.amina, people.bastien,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "time", "words"),
    [
        ("cape", "training", "contrat d’appui"),
        ("cape", "", ""),
        ("cdd", "training", "L6321-2"),
        ("cdd", "work", "L3121-1"),
        ("cdd", "", ""),
        ("", "work", ""),
    ],
)
def test_the_sentence_of_the_law_is_that_of_the_contract(kind, time, words):
    said = law_of(kind, time)
    assert words in said
    assert bool(said) == bool(words)
    if kind == "cape":
        assert "employeur" not in said
        assert "payé" not in said


def test_nothing_is_made_for_the_past_or_for_nobody(people, session):
    with pytest.raises(Refused):
        call(people, session)
    session.day = TODAY - dt.timedelta(days=1)
    with pytest.raises(Refused, match="passé"):
        call(people, session, "amina")
    assert not Document.objects.filter(kind="convocation").exists()


def test_whoever_checks_the_letter_learns_neither_name_nor_place(people, session):
    (letter,) = call(people, session, "amina")
    told = " ".join(fact.value for fact in public_facts(letter.snapshot))
    assert "Sarr" not in told
    assert "Halles" not in told


def test_one_file_prints_them_all(people, session):
    with pytest.raises(Refused):
        print_convocations(papers=[])
    content = print_convocations(papers=call(people, session, "amina", "bastien"))
    assert content.startswith(b"%PDF")


def test_the_page_ticks_who_has_no_mail_and_shows_the_progress(people, session, enter):
    client = enter("driss")
    at = [people.a.cohort.pk, session.pk]
    page = reverse("cohorts:session_convocations", args=at)
    assert page in client.get(reverse("cohorts:session", args=at)).content.decode()
    assert "sans e-mail" in client.get(page).content.decode()
    own = people.enrolments["amina"].pk
    assert client.post(page, {"people": [own]}).status_code == 302
    assert "déjà convoqué" in client.get(page).content.decode()
    printed = client.get(reverse("cohorts:print_session_convocations", args=at))
    assert printed.headers["Content-Type"] == "application/pdf"


def test_people_of_elsewhere_are_not_called(people, session, enter):
    page = reverse("cohorts:session_convocations", args=[people.a.cohort.pk, session.pk])
    answer = enter("driss").post(page, {"people": [people.enrolments["chloe"].pk]})
    assert answer.status_code == 200
    assert not Document.objects.filter(kind="convocation").exists()


def test_nobody_is_called_to_a_session_that_was_cancelled(people, session, enter):
    cancel_session(
        session=session, with_following=False, reason="Grève", actor=people.actor("driss"), at=NOW
    )
    page = reverse("cohorts:session_convocations", args=[people.a.cohort.pk, session.pk])
    assert enter("driss").get(page).status_code == 403
