import datetime as dt
import uuid

import pytest
from django.urls import reverse

from ct_platform.kit.errors import Refused
from members.models import Consent
from testimonials.enums import TestimonialState
from testimonials.models import Publication, Testimonial
from testimonials.rules.sensitive import sensitive_words
from testimonials.services import moderation, words
from testimonials.services.withdrawals import withdraw_words

TEXT = "Mon premier bulletin, je l’ai mis au mur de la cuisine."


@pytest.fixture
def leave(people, at):
    def submit(name: str = "amina", **changes) -> Testimonial:
        values = {
            "text": TEXT,
            "signed_as": "Amina",
            "trade": "fleuriste",
            "consent_until": dt.date(2027, 12, 31),
        } | changes
        return words.submit_words(
            enrolment=people.enrolments[name], actor=people.actor(name), at=at, **values
        )

    return submit


def form_values(**changes) -> dict[str, str]:
    return {
        "submission_key": str(uuid.uuid4()),
        "text": TEXT,
        "signed_as": "Amina",
        "trade": "fleuriste",
        "consent_until": "2027-12-31",
        "uses": "site",
    } | changes


def test_it_stands_on_the_public_home_once_approved(enter, people, leave, client):
    left = leave()
    assert TEXT not in client.get("/").content.decode()
    page = enter("driss")
    page.post(reverse("testimonials:approve", args=[people.a.cohort.pk, left.pk]))
    home = client.get("/").content.decode()
    assert TEXT in home
    assert "31 décembre 2027" in home
    assert "Sarr" not in home


def test_withdrawing_takes_it_down_at_once(enter, people, leave, client, at):
    left = leave()
    moderation.approve_words(testimonial=left, actor=people.actor("driss"), at=at)
    enter("amina").post(reverse("testimonials:withdraw", args=[left.pk]))
    assert TEXT not in client.get("/").content.decode()
    assert TEXT not in client.get(reverse("testimonials:public")).content.decode()
    left.refresh_from_db()
    assert left.state == TestimonialState.WITHDRAWN
    assert Consent.objects.get().withdrawn_at is not None
    assert Publication.objects.filter(taken_down_at__isnull=True).count() == 0


def test_it_disappears_by_itself_after_the_day_agreed(people, leave, client, at):
    left = leave(consent_until=dt.date(2026, 11, 26))
    moderation.approve_words(testimonial=left, actor=people.actor("driss"), at=at)
    assert TEXT in client.get("/").content.decode()
    import time_machine

    with time_machine.travel(at + dt.timedelta(days=2)):
        assert TEXT not in client.get("/").content.decode()


@pytest.mark.parametrize("name", ["bastien", "chloe"])
def test_a_neighbour_cannot_withdraw_it(enter, leave, name):
    left = leave()
    answer = enter(name).post(reverse("testimonials:withdraw", args=[left.pk]))
    assert answer.status_code == 404
    left.refresh_from_db()
    assert left.state == TestimonialState.SUBMITTED


@pytest.mark.parametrize(
    ("name", "status"), [("dalia", 404), ("helene", 404), ("amina", 403), ("elsa", 404)]
)
def test_only_the_coordinator_of_the_territory_publishes(enter, people, leave, name, status):
    left = leave()
    answer = enter(name).post(reverse("testimonials:approve", args=[people.a.cohort.pk, left.pk]))
    assert answer.status_code == status
    left.refresh_from_db()
    assert left.state == TestimonialState.SUBMITTED


def test_nothing_is_kept_without_consent(enter, people):
    values = form_values()
    del values["uses"]
    answer = enter("amina").post(reverse("testimonials:mine"), values)
    assert answer.status_code == 422
    assert "Sans ton accord" in answer.content.decode()
    assert Testimonial.objects.count() == Consent.objects.count() == 0


def test_a_double_tap_leaves_one(enter, people):
    page, values = enter("amina"), form_values()
    for _ in range(2):
        assert page.post(reverse("testimonials:mine"), values).status_code == 302
    assert Testimonial.objects.count() == 1


def test_the_same_key_with_other_words_is_refused(enter, people):
    page, values = enter("amina"), form_values()
    page.post(reverse("testimonials:mine"), values)
    answer = page.post(
        reverse("testimonials:mine"), values | {"text": "Tout autre chose, dit autrement."}
    )
    assert "déjà été envoyé" in answer.content.decode()
    assert Testimonial.objects.get().text == TEXT


@pytest.mark.parametrize("day", [dt.date(2026, 11, 25), dt.date(2030, 1, 1)])
def test_a_consent_ends_on_a_day_to_come_and_not_too_far(leave, day):
    with pytest.raises(Refused):
        leave(consent_until=day)
    assert Consent.objects.count() == 0


def test_words_whose_consent_was_withdrawn_cannot_be_published(people, leave, at):
    left = leave()
    withdraw_words(testimonial=left, actor=people.actor("amina"), at=at)
    left.refresh_from_db()
    with pytest.raises(Refused):
        moderation.approve_words(testimonial=left, actor=people.actor("driss"), at=at)
    assert Publication.objects.count() == 0


def test_approving_twice_publishes_once(people, leave, at):
    left = leave()
    for _ in range(2):
        moderation.approve_words(testimonial=left, actor=people.actor("driss"), at=at)
    assert Publication.objects.count() == 1


def test_html_in_the_words_is_shown_as_typed(people, leave, client, at):
    left = leave(text="<script>alert(1)</script> et puis <b>gras</b>")
    moderation.approve_words(testimonial=left, actor=people.actor("driss"), at=at)
    home = client.get("/").content.decode()
    assert "<script>alert" not in home
    assert "&lt;script&gt;" in home


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Je touchais le RSA, maintenant j’ai une paie.", ["RSA"]),
        ("J’étais à l’hôpital avant.", ["hôpital"]),
        ("On a bien rigolé au marché.", []),
        ("Un grasset de légumes", []),
    ],
)
def test_it_warns_of_words_that_reveal_a_situation(text, found):
    assert sensitive_words(text) == found
