"""A coordinator suggests, the author answers: never public before both agree on one version."""

import pytest
from django.urls import reverse

from ct_platform.kit.errors import Refused, Stale
from testimonials.enums import TestimonialState
from testimonials.models import Publication, Testimonial, Version
from testimonials.rules.changes import changes
from testimonials.services import moderation, words
from tests.testimonials.conftest import TEXT, UNTIL

CUT = "Mon premier bulletin, je l’ai mis au mur."
_S = TestimonialState


@pytest.fixture
def propose(people, at):
    def made(told: Testimonial, text: str = CUT, name: str = "driss") -> Version:
        return moderation.propose_version(
            testimonial=told, text=text, note="Plus court.", actor=people.actor(name), at=at
        )

    return made


@pytest.fixture
def answer(people, at):
    def made(told: Testimonial, number: int, accepts: bool, name: str = "amina", **more) -> str:
        return moderation.answer_version(
            testimonial=told,
            number=number,
            accepts=accepts,
            actor=people.actor(name),
            at=at,
            **more,
        )

    return made


def state_of(told: Testimonial) -> str:
    told.refresh_from_db()
    return told.state


def test_a_proposal_is_not_public_until_its_author_says_yes(client, leave, propose, answer):
    told = leave()
    version = propose(told)
    assert state_of(told) == _S.PROPOSED
    assert CUT not in client.get("/").content.decode()
    assert answer(told, version.number, True) == ""
    assert state_of(told) == _S.APPROVED and told.text == CUT
    assert CUT in client.get("/").content.decode()
    assert TEXT not in client.get("/").content.decode()
    assert [one.text for one in told.versions.all()] == [TEXT, CUT]


def test_a_no_gives_the_words_back_as_they_were(client, leave, propose, answer):
    told = leave()
    answer(told, propose(told).number, False)
    assert state_of(told) == _S.SUBMITTED and told.text == TEXT
    assert Publication.objects.count() == 0


def test_a_yes_is_to_the_text_that_was_on_the_screen(leave, propose, answer):
    told = leave()
    seen = propose(told)
    propose(told, "Tout autre chose, glissé entre-temps.")
    with pytest.raises(Stale):
        answer(told, seen.number, True)
    assert state_of(told) == _S.PROPOSED


def test_a_double_tap_answers_once(leave, propose, answer):
    told = leave()
    version = propose(told)
    assert [answer(told, version.number, True) for _tap in range(2)] == ["", ""]
    assert Publication.objects.count() == 1


def test_the_same_proposal_twice_is_one_version(leave, propose):
    told = leave()
    assert propose(told) == propose(told)


@pytest.mark.parametrize("name", ["bastien", "driss", "chloe"])
def test_nobody_else_says_yes(leave, propose, answer, name):
    told = leave()
    version = propose(told)
    with pytest.raises(Refused):
        answer(told, version.number, True, name)
    assert state_of(told) == _S.PROPOSED


def test_the_coordinator_of_elsewhere_proposes_nothing(leave, propose):
    with pytest.raises(Refused):
        propose(leave(), name="dalia")


def test_the_coordinator_cannot_publish_while_the_author_is_asked(people, leave, propose, at):
    told = leave()
    propose(told)
    with pytest.raises(Refused):
        moderation.approve_words(testimonial=told, actor=people.actor("driss"), at=at)


def test_an_edit_leaves_the_site_and_is_read_again(client, people, publish, at):
    told = publish()
    words.edit_words(
        testimonial=told, text="Autrement dit, je suis fière.", trade="fleuriste",
        actor=people.actor("amina"), at=at,
    )  # fmt: skip
    assert state_of(told) == _S.SUBMITTED
    assert client.get(reverse("testimonials:story", args=[told.code])).status_code == 410
    assert [one.number for one in told.versions.all()] == [1, 2]


def test_the_author_may_say_it_otherwise_instead(people, leave, propose, at):
    told = leave()
    propose(told)
    words.edit_words(
        testimonial=told,
        text="Je l’ai encadré.",
        trade="cuisine",
        actor=people.actor("amina"),
        at=at,
    )
    assert state_of(told) == _S.SUBMITTED and told.text == "Je l’ai encadré."


def test_the_author_answers_from_their_phone(enter, leave, propose):
    told = leave()
    version = propose(told)
    page = enter("amina")
    shown = page.get(reverse("testimonials:own", args=[told.pk])).content.decode()
    assert "<del>" in shown and "Plus court." in shown
    page.post(
        reverse("testimonials:answer", args=[told.pk]), {"answer": "yes", "number": version.number}
    )
    assert state_of(told) == _S.APPROVED


def test_changes_make_both_texts_again():
    pieces = changes("Au jardin, Ali m’a aidé hier.", "Au jardin, on m’a aidé.")
    assert "".join(p.text for p in pieces if p.kind != "added") == "Au jardin, Ali m’a aidé hier."
    assert "".join(p.text for p in pieces if p.kind != "cut") == "Au jardin, on m’a aidé."


# --- typed for somebody, or dictated


def helped(people, at) -> Testimonial:
    return words.write_for(
        enrolment=people.enrolments["amina"], text=CUT, signed_as="A.", trade="cuisine",
        actor=people.actor("driss"), at=at,
    )  # fmt: skip


def test_words_typed_for_somebody_wait_for_their_yes_and_their_agreement(
    enter, people, client, answer, at
):
    told = helped(people, at)
    assert state_of(told) == _S.PROPOSED and told.agreements.count() == 0
    with pytest.raises(Refused, match="Coche"):
        answer(told, 1, True)
    enter("amina").post(
        reverse("testimonials:answer", args=[told.pk]),
        {"answer": "yes", "number": 1, "uses": ["site"], "consent_until": UNTIL.isoformat()},
    )
    assert state_of(told) == _S.APPROVED
    assert CUT in client.get("/").content.decode()


def test_a_signed_paper_says_who_saw_it_and_where_it_lies(enter, people, at):
    told = helped(people, at)
    desk = enter("driss")
    address = reverse("testimonials:on_paper", args=[people.a.cohort.pk, told.pk])
    values = {"uses": ["press"], "consent_until": UNTIL.isoformat(), "proof": "Classeur 4"}
    assert desk.post(address, values).status_code == 422
    desk.post(address, values | {"witness": "Paul Rivière"})
    agreed = told.agreements.get()
    assert (agreed.use, agreed.how, agreed.witness, agreed.proof) == (
        "press", "paper", "Paul Rivière", "Classeur 4",
    )  # fmt: skip
    assert state_of(told) == _S.APPROVED
    assert Publication.objects.count() == 0  # nothing was agreed for the site


def test_what_is_dictated_is_typed_then_accepted(people, leave, propose, answer):
    told = leave(text="", recording=(b"#!AMR\n.", "amr"))
    assert state_of(told) == _S.TOLD
    answer(told, propose(told).number, True)
    assert state_of(told) == _S.APPROVED and told.text == CUT


def test_a_no_to_what_was_typed_leaves_it_to_type_again(leave, propose, answer):
    told = leave(text="", recording=(b"#!AMR\n.", "amr"))
    answer(told, propose(told).number, False)
    assert state_of(told) == _S.TOLD


def test_only_the_coordination_writes_for_somebody(people, at):
    for name in ("dalia", "helene", "bastien"):
        with pytest.raises(Refused):
            words.write_for(
                enrolment=people.enrolments["amina"], text=CUT, signed_as="A.", trade="cuisine",
                actor=people.actor(name), at=at,
            )  # fmt: skip
