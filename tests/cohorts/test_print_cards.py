"""Join cards: printed once per form, for people of the cohort only, and worth a key."""

import io
import re
import uuid

import pytest
from django.urls import reverse
from pypdf import PdfReader

from cohorts.enums import CohortState
from cohorts.models import Cohort, Enrolment
from cohorts.services.cards import print_cards
from ct_platform.kit.errors import Refused
from documents.engine.render import RenderRefused
from members.models import JoinCard
from members.services.join_cards import find_card
from tests import factories as make


def url(cohort: Cohort) -> str:
    return reverse("cohorts:join_cards", args=[cohort.pk])


@pytest.fixture
def newcomers(people) -> list[Enrolment]:
    names = [f"Zoé{letter}" for letter in "abcdefghi"]
    return [
        make.EnrolmentFactory(cohort=people.a.cohort, person=make.PersonFactory(first_name=name))
        for name in names
    ]


def order(*enrolments: Enrolment, key: uuid.UUID | None = None) -> dict:
    return {"submission_key": key or uuid.uuid4(), "people": [one.pk for one in enrolments]}


def text_of(answer) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)


def codes_in(text: str) -> list[str]:
    return re.findall(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}\b", text)


def test_it_answers_with_the_cards_eight_to_a_page(people, enter, newcomers):
    answer = enter("driss").post(url(people.a.cohort), order(*newcomers))
    assert answer.headers["Content-Type"] == "application/pdf"
    assert 'filename="cartes-les-racines-du-plateau.pdf"' in answer.headers["Content-Disposition"]
    assert "no-store" in answer.headers["Cache-Control"]
    assert len(PdfReader(io.BytesIO(answer.content)).pages) == 2
    text = text_of(answer)
    assert "Zoéa" in text
    assert "24 janvier 2027" in text
    assert len(codes_in(text)) == 9
    assert JoinCard.objects.filter(cohort_key=people.a.cohort.pk).count() == 9


def test_after_the_archive_one_person_alone_prints_no_card(people, enter, newcomers, at):
    Cohort.objects.filter(pk=people.a.cohort.pk).update(state=CohortState.ARCHIVED)
    driss = enter("driss")
    assert driss.get(url(people.a.cohort)).status_code == 403
    assert driss.post(url(people.a.cohort), order(newcomers[0])).status_code in (403, 409)
    people.a.cohort.refresh_from_db()
    with pytest.raises(Refused, match="archivée"):
        print_cards(
            cohort=people.a.cohort, enrolments=newcomers[:1], submission_key=uuid.uuid4(),
            actor=people.actor("driss"), at=at,
        )  # fmt: skip
    page = driss.get(reverse("cohorts:people", args=[people.a.cohort.pk])).content.decode()
    assert url(people.a.cohort) not in page and not JoinCard.objects.exists()


def test_the_printed_code_opens_the_door_of_its_person(people, enter, newcomers, at):
    answer = enter("driss").post(url(people.a.cohort), order(newcomers[0]))
    (code,) = codes_in(text_of(answer))
    assert find_card(code=code).person_id == newcomers[0].person_id


def test_who_has_no_way_in_is_ticked_first(people, enter, newcomers):
    client = enter("driss")
    client.post(url(people.a.cohort), order(newcomers[0]))
    page = client.get(url(people.a.cohort))
    assert set(page.context["chosen"]) == {one.pk for one in newcomers[1:]}


def test_one_card_is_printed_again_for_one_person(people, enter, newcomers):
    client = enter("driss")
    client.post(url(people.a.cohort), order(*newcomers[:2]))
    page = client.get(url(people.a.cohort), {"personne": newcomers[0].pk})
    assert page.context["chosen"] == [newcomers[0].pk]
    client.post(url(people.a.cohort), order(newcomers[0]))
    cards = JoinCard.objects.filter(person=newcomers[0].person)
    assert [card.revoked_at is None for card in cards] == [True, False]
    assert JoinCard.objects.get(person=newcomers[1].person).revoked_at is None


@pytest.mark.parametrize(
    ("name", "status"),
    [("dalia", 404), ("chloe", 404), ("hugo", 404), ("amina", 403), ("helene", 403), ("elsa", 403),
     ("nora", 403)],
)  # fmt: skip
def test_nobody_else_prints(people, enter, newcomers, name, status):
    client = enter(name)
    assert client.get(url(people.a.cohort)).status_code == status
    assert client.post(url(people.a.cohort), order(newcomers[0])).status_code == status
    assert JoinCard.objects.count() == 0


def test_a_foreign_person_among_the_ticked_is_unknown_and_nothing_is_printed(
    people, enter, newcomers
):
    client = enter("driss")
    answer = client.post(url(people.a.cohort), order(newcomers[0], people.enrolments["chloe"]))
    assert answer.status_code == 404
    assert (
        client.get(url(people.a.cohort), {"personne": people.enrolments["chloe"].pk}).status_code
        == 404
    )
    assert JoinCard.objects.count() == 0


def test_nobody_ticked_is_said(people, enter, newcomers):
    answer = enter("driss").post(url(people.a.cohort), {"submission_key": uuid.uuid4()})
    assert "au moins une personne" in answer.content.decode()
    assert JoinCard.objects.count() == 0


def test_a_second_tap_prints_nothing_and_asks(people, enter, newcomers):
    client, sent = enter("driss"), order(*newcomers[:2])
    client.post(url(people.a.cohort), sent)
    answer = client.post(url(people.a.cohort), sent)
    assert answer.status_code == 409
    text = answer.content.decode()
    assert "viennent d’être imprimées" in text
    assert "Réimprimer ces cartes" in text
    assert JoinCard.objects.count() == 2
    assert set(answer.context["chosen"]) == {one.pk for one in newcomers[:2]}
    # The page asked for again carries a key of its own: it prints, and the first cards are dead.
    fresh = answer.context["form"]["submission_key"].value()
    again = client.post(url(people.a.cohort), {**sent, "submission_key": fresh})
    assert again.headers["Content-Type"] == "application/pdf"
    assert JoinCard.objects.filter(revoked_at__isnull=True).count() == 2


@pytest.mark.parametrize("failure", [RenderRefused("no"), OSError(28, "disk full")])
def test_when_the_drawing_fails_the_cards_given_before_still_open(
    people, enter, newcomers, monkeypatch, failure
):
    client, sent = enter("driss"), order(newcomers[0])
    client.post(url(people.a.cohort), order(newcomers[0]))

    def broken(*args):
        raise failure

    with monkeypatch.context() as patched:
        patched.setattr("cohorts.services.cards.render_transient", broken)
        answer = client.post(url(people.a.cohort), sent)
    assert "n’ont pas pu être dessinées" in answer.content.decode()
    assert JoinCard.objects.get(person=newcomers[0].person).revoked_at is None
    # The key is free again: the same form may be sent once more.
    assert client.post(url(people.a.cohort), sent).headers["Content-Type"] == "application/pdf"


def test_an_empty_cohort_has_no_card_to_print(people, enter):
    cohort = make.CohortFactory(territory=people.a.territory)
    assert "Pas encore de carte" in enter("driss").get(url(cohort)).content.decode()


def test_a_name_cannot_write_in_the_card(people, enter):
    hostile = make.EnrolmentFactory(
        cohort=people.a.cohort,
        person=make.PersonFactory(first_name='<img src="file:///etc/passwd">', last_name="X"),
    )
    answer = enter("driss").post(url(people.a.cohort), order(hostile))
    assert "<img src" in text_of(answer).replace("\n", " ")


@pytest.mark.parametrize("count", [1, 200])
def test_the_page_costs_the_same_whatever_the_number(
    people, enter, count, django_assert_max_num_queries
):
    cohort = make.CohortFactory(territory=people.a.territory)
    make.EnrolmentFactory.create_batch(count, cohort=cohort)
    client = enter("driss")
    client.get(url(cohort))  # the first page of a session also finds the seat
    with django_assert_max_num_queries(15):
        page = client.get(url(cohort))
    assert len(page.context["rows"]) == count
