"""Publishing and taking back at the same moment: whoever wins, nothing stays visible (PostgreSQL)."""

import datetime as dt

import pytest

from testimonials.models import Publication, Testimonial
from testimonials.services import moderation, words
from testimonials.services.publications import note_publication
from testimonials.services.withdrawals import withdraw_by_link, withdraw_words
from tests import personas
from tests.at_once import together
from tests.factories import NOW, TODAY

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def left(people, **more) -> Testimonial:
    return words.submit_words(
        enrolment=people.enrolments["amina"], text="On a tenu jusqu’au bout.", signed_as="A.",
        trade="cuisine", consent_until=dt.date(2027, 6, 1), actor=people.actor("amina"), at=NOW, **more,
    )  # fmt: skip


@pytest.mark.parametrize("attempt", range(4))
def test_taken_back_while_it_is_published_it_is_not_visible(attempt):
    people = personas.build()
    told = left(people)
    driss, amina = people.actor("driss"), people.actor("amina")
    together(
        lambda: moderation.approve_words(testimonial=told, actor=driss, at=NOW),
        lambda: withdraw_words(testimonial=told, actor=amina, at=NOW),
        lambda: moderation.approve_words(testimonial=told, actor=driss, at=NOW),
    )
    assert not Testimonial.objects.on_site(TODAY).exists()
    assert Publication.objects.standing().filter(use="site").count() == 0
    told.refresh_from_db()
    assert told.state == "withdrawn"


@pytest.mark.parametrize("attempt", range(3))
def test_a_place_noted_while_it_is_taken_back_is_flagged_or_refused(attempt):
    people = personas.build()
    told = left(people, uses=("press", "site"))
    driss = people.actor("driss")
    moderation.approve_words(testimonial=told, actor=driss, at=NOW)
    together(
        lambda: note_publication(
            testimonial=told,
            use="press",
            name="La Gazette",
            published_on=TODAY,
            actor=driss,
            at=NOW,
        ),
        lambda: withdraw_by_link(testimonial=told, at=NOW),
    )
    elsewhere = Publication.objects.filter(use="press")
    assert elsewhere.filter(flagged_at__isnull=True).count() == 0


def test_two_taps_on_publish_publish_once():
    people = personas.build()
    told, driss = left(people), people.actor("driss")
    together(
        *[
            lambda: moderation.approve_words(testimonial=told, actor=driss, at=NOW)
            for _tap in range(3)
        ]
    )
    assert Publication.objects.count() == 1


def test_an_answer_and_a_withdrawal_at_once_leave_nothing_public():
    people = personas.build()
    told, driss, amina = left(people), people.actor("driss"), people.actor("amina")
    version = moderation.propose_version(testimonial=told, text="On a tenu.", actor=driss, at=NOW)
    together(
        lambda: moderation.answer_version(
            testimonial=told, number=version.number, accepts=True, actor=amina, at=NOW
        ),
        lambda: withdraw_words(testimonial=told, actor=amina, at=NOW),
    )
    assert not Testimonial.objects.on_site(TODAY).exists()
    assert Publication.objects.standing().count() == 0
