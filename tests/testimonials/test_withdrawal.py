"""Taking back: by a link without an account, by who may ask for the author, and every place found."""

import datetime as dt
import logging

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cohorts.waiting import waiting_of
from ct_platform.kit.errors import Refused
from ct_platform.kit.invariants import all_invariants
from ct_platform.kit.middleware import HideKeys
from testimonials import quoted
from testimonials.enums import AskedBy, TestimonialState
from testimonials.models import Agreement, Publication, WithdrawalLink, WithdrawalRequest
from testimonials.quoted import Quoted
from testimonials.services import links
from testimonials.services.publications import note_publication, settle
from testimonials.services.withdrawals import withdraw_for, withdraw_words
from tests.factories import TODAY
from tests.testimonials.conftest import TEXT

_S = TestimonialState


@pytest.fixture
def place(people, at):
    def made(told, use="report", name="Rapport n° 12", who="driss", **more) -> Publication:
        return note_publication(
            testimonial=told, use=use, name=name, published_on=TODAY, actor=people.actor(who), at=at,
            **more,
        )  # fmt: skip

    return made


def by_link(secret: str) -> str:
    return reverse("testimonials:withdraw_by_link", args=[secret])


def test_the_link_takes_everything_back_without_an_account(publish, client, at):
    told = publish()
    secret = links.make(testimonial=told, at=at)
    page = Client()
    shown = page.get(by_link(secret))
    assert TEXT in shown.content.decode() and "Sarr" not in shown.content.decode()
    assert shown.headers["Cache-Control"] == "no-store, private"
    page.post(by_link(secret), {"all": "yes"})
    told.refresh_from_db()
    assert told.state == _S.WITHDRAWN
    assert client.get(reverse("testimonials:story", args=[told.code])).status_code == 410
    assert TEXT not in page.get(by_link(secret)).content.decode()


def test_opening_the_link_writes_nothing(publish, at):
    told = publish()
    secret = links.make(testimonial=told, at=at)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        for _preview in range(3):
            Client().get(by_link(secret))
            Client().head(by_link(secret))
    written = [q["sql"] for q in queries if q["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert [sql for sql in written if "django_session" not in sql] == []
    told.refresh_from_db()
    assert told.state == _S.APPROVED


def test_the_link_takes_one_use_back(publish, at):
    told = publish(uses=("site", "press"))
    Client().post(by_link(links.make(testimonial=told, at=at)), {"only": "words:press"})
    assert [one.use for one in Agreement.objects.open()] == ["site"]
    told.refresh_from_db()
    assert told.state == _S.APPROVED


def test_an_odd_choice_takes_nothing_back(publish, at):
    told = publish()
    Client().post(by_link(links.make(testimonial=told, at=at)), {"only": "nothing:here"})
    told.refresh_from_db()
    assert told.state == _S.APPROVED


def test_a_double_tap_on_the_link_is_quiet(publish, at):
    told = publish()
    secret = links.make(testimonial=told, at=at)
    page = Client()
    assert [page.post(by_link(secret), {"all": "yes"}).status_code for _tap in range(2)] == [
        302,
        302,
    ]


def test_a_link_opens_the_words_of_nobody_else(publish, at):
    amina, bastien = publish(), publish("bastien", text="Les mots de mon collègue, ici.")
    Client().post(by_link(links.make(testimonial=bastien, at=at)), {"all": "yes"})
    amina.refresh_from_db()
    assert amina.state == _S.APPROVED


def test_a_wrong_link_says_so_and_tries_are_counted(publish, at):
    links.make(testimonial=publish(), at=at)
    statuses = [Client().get(by_link(f"secret-{n}")).status_code for n in range(32)]
    assert statuses[0] == 404 and statuses[-1] == 429


def test_only_a_digest_of_the_link_is_kept_and_no_log_shows_it(publish, at):
    secret = links.make(testimonial=publish(), at=at)
    assert secret not in str(WithdrawalLink.objects.values().get())
    record = logging.LogRecord("x", 30, "", 0, "Not Found: /reprendre/%s/", (secret,), None)
    HideKeys().filter(record)
    assert secret not in record.getMessage()


def test_an_author_gets_a_link_shown_once(enter, publish):
    told = publish()
    page = enter("amina")
    shown = page.post(reverse("testimonials:link", args=[told.pk])).content.decode()
    secret = shown.split("/reprendre/")[1].split("/")[0]
    assert links.look(secret=secret) == told
    assert secret not in page.get(reverse("testimonials:own", args=[told.pk])).content.decode()


# --- places


def test_taken_back_the_day_after_printing(enter, people, publish, place, at):
    told = publish(uses=("site", "report", "social"))
    place(told)
    place(told, "social", "Page du Plateau")
    quoted.register(
        "test", lambda keys: [Quoted(key, "Bilan imprimé", TODAY, sent_to="40 exemplaires") for key in keys]
    )  # fmt: skip
    try:
        withdraw_words(testimonial=told, actor=people.actor("amina"), at=at + dt.timedelta(days=1))
        assert Publication.objects.standing().filter(use="site").count() == 0
        assert Publication.objects.to_contact().count() == 2
        [line] = [
            one
            for one in waiting_of([people.a.cohort], TODAY)[people.a.cohort.pk]
            if "à retirer" in one.title
        ]
        assert line.title == "2 endroits où un témoignage est à retirer"
        desk = enter("driss")
        page = desk.get(reverse("testimonials:desk", args=[people.a.cohort.pk, told.pk]))
        assert (
            "Bilan imprimé" in page.content.decode() and "40 exemplaires" in page.content.decode()
        )
    finally:
        quoted.forget("test")
    for one in Publication.objects.to_contact():
        settle(publication=one, note="Déjà imprimé, prévenu.", actor=people.actor("driss"), at=at)
    assert Publication.objects.to_contact().count() == 0
    assert [said for one in all_invariants() for said in one.check()] == []


def test_one_use_taken_back_flags_its_places_alone(people, publish, place, at):
    told = publish(uses=("report", "social"))
    place(told)
    place(told, "social", "Page")
    withdraw_words(testimonial=told, only=[("words", "social")], actor=people.actor("amina"), at=at)
    assert [one.use for one in Publication.objects.to_contact()] == ["social"]


def test_no_place_without_the_agreement_for_it(publish, place):
    told = publish(uses=("site",))
    with pytest.raises(Refused, match="accord"):
        place(told)


def test_no_photo_elsewhere_without_its_own_agreement(publish, place):
    told = publish(uses=("site", "social"), photo_uses=("site",), photo=b"x")
    with pytest.raises(Refused, match="photo"):
        place(told, "social", "Page", with_photo=True)


def test_a_photo_taken_back_flags_where_it_was_and_is_erased(people, publish, place, at):
    told = publish(uses=("social",), photo_uses=("social",), photo=b"x")
    place(told, "social", "Avec", with_photo=True)
    place(told, "social", "Sans")
    withdraw_words(testimonial=told, only=[("photo", "social")], actor=people.actor("amina"), at=at)
    assert [one.name for one in Publication.objects.to_contact()] == ["Avec"]
    told.refresh_from_db()
    assert not told.photo and told.state == _S.APPROVED


def test_a_place_noted_twice_is_one(publish, place):
    told = publish(uses=("report",))
    assert place(told) == place(told)


@pytest.mark.parametrize("who", ["dalia", "amina", "helene"])
def test_only_the_coordination_notes_places(publish, place, who):
    with pytest.raises(Refused):
        place(publish(uses=("report",)), who=who)


def test_settling_says_what_was_done(people, publish, place, at):
    told = publish(uses=("report",))
    one = place(told)
    with pytest.raises(Refused):
        settle(publication=one, note="Fait", actor=people.actor("driss"), at=at)
    withdraw_words(testimonial=told, actor=people.actor("amina"), at=at)
    one.refresh_from_db()
    with pytest.raises(Refused, match="Dites"):
        settle(publication=one, note=" ", actor=people.actor("driss"), at=at)


# --- asked in the stead of the author


def test_the_family_of_who_died_asks_and_it_is_kept(enter, people, publish, client):
    told = publish(photo=b"x", photo_uses=("site",))
    values = {"asked_by": "heir", "name": "Awa Sarr, sa sœur", "reason": "La famille le souhaite."}
    desk = enter("driss")
    address = reverse("testimonials:withdraw_for", args=[people.a.cohort.pk, told.pk])
    for _tap in range(2):
        desk.post(address, values)
    kept = WithdrawalRequest.objects.get()
    assert (kept.asked_by, kept.noted_by_id) == ("heir", people.driss.pk)
    told.refresh_from_db()
    assert told.state == _S.WITHDRAWN and not told.photo
    assert set(Agreement.objects.values_list("ended_why", flat=True)) == {"asked"}
    assert TEXT not in client.get("/").content.decode()


@pytest.mark.parametrize("who", ["dalia", "helene", "bastien"])
def test_nobody_else_notes_such_a_request(people, publish, at, who):
    with pytest.raises(Refused):
        withdraw_for(
            testimonial=publish(), asked_by=AskedBy.HEIR, name="X", reason="Y",
            actor=people.actor(who), at=at,
        )  # fmt: skip
