"""An author who is a minor: published with the yes of both holders of parental authority, or why one is alone."""

import datetime as dt

import pytest

from ct_platform.kit.errors import Refused
from members.models import Person
from testimonials.enums import TestimonialState
from testimonials.models import ParentalAgreement, Publication
from testimonials.services import moderation
from testimonials.services.publications import note_parental, note_publication
from testimonials.services.withdrawals import withdraw_for


@pytest.fixture
def young(people):
    Person.objects.filter(pk=people.amina.pk).update(birth_date=dt.date(2009, 5, 1))
    people.enrolments["amina"].person.refresh_from_db()
    return people


@pytest.fixture
def agree(people, at):
    def made(told, holder: str, **more) -> str:
        values = {"quality": "mère", "how": "paper", "proof": "Classeur 4", "agreed_on": at.date()}
        return note_parental(
            testimonial=told, holder=holder, actor=people.actor("driss"), at=at, **(values | more)
        )

    return made


def test_it_waits_for_both_parents(young, leave, agree, at):
    told = leave(uses=("site", "press"))
    lacking = moderation.approve_words(testimonial=told, actor=young.actor("driss"), at=at)
    assert "deux titulaires" in lacking
    told.refresh_from_db()
    assert told.state == TestimonialState.APPROVED
    assert "deux titulaires" in agree(told, "Awa Sarr")
    assert "deux titulaires" in agree(told, "awa sarr")  # the same parent twice is one
    assert Publication.objects.count() == 0
    assert agree(told, "Ibra Sarr", quality="père") == ""
    assert Publication.objects.standing().count() == 1


def test_one_alone_says_why(young, leave, agree, at):
    told = leave()
    moderation.approve_words(testimonial=told, actor=young.actor("driss"), at=at)
    assert agree(told, "Awa Sarr", alone_because="Jugement du 4 mai 2025") == ""


def test_nor_elsewhere_without_them(young, leave, at):
    told = leave(uses=("press",))
    moderation.approve_words(testimonial=told, actor=young.actor("driss"), at=at)
    with pytest.raises(Refused, match="mineur"):
        note_publication(
            testimonial=told, use="press", name="La Gazette", published_on=at.date(),
            actor=young.actor("driss"), at=at,
        )  # fmt: skip


def test_a_parent_takes_it_back(young, leave, agree, at):
    told = leave()
    moderation.approve_words(testimonial=told, actor=young.actor("driss"), at=at)
    agree(told, "Awa Sarr")
    agree(told, "Ibra Sarr")
    withdraw_for(
        testimonial=told, asked_by="parent", name="Awa Sarr", reason="Elle ne veut plus.",
        actor=young.actor("driss"), at=at,
    )  # fmt: skip
    assert Publication.objects.standing().count() == 0
    assert ParentalAgreement.objects.standing().count() == 0


def test_who_is_of_age_answers_alone(people, publish, agree):
    with pytest.raises(Refused, match="majeur"):
        agree(publish(), "Awa Sarr")
