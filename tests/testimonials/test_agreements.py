"""Consent use by use: specific, dated, ended one by one, and over by itself."""

import datetime as dt

import pytest
import time_machine
from django.core import mail
from django.urls import reverse

from ct_platform.kit.errors import Refused
from members.models import Consent
from testimonials.enums import TestimonialState
from testimonials.models import Agreement, AuthorNotice, Publication
from testimonials.services import moderation, notices
from testimonials.services.agreements import Given
from testimonials.services.publications import note_publication
from testimonials.services.withdrawals import hide_expired, withdraw_words
from tests.kit.test_sounds import m4a
from tests.testimonials.conftest import TEXT, UNTIL


def test_each_use_has_its_sentence_its_territory_and_its_day(leave, at):
    leave(uses=("site", "press"))
    site, press = Agreement.objects.order_by("-area")
    assert (site.use, site.area, press.use, press.area) == ("site", "world", "press", "france")
    assert "le site public, partout dans le monde" in site.consent.wording
    assert "31 décembre 2027" in press.consent.wording and "la presse" in press.consent.wording
    assert site.consent.given_at == at


def test_a_photo_has_its_own_consent_and_stands_beside_words(leave):
    with pytest.raises(Refused, match="coche d’abord"):
        leave(uses=("site",), photo_uses=("press",), photo=b"x")
    leave(uses=("site", "press"), photo_uses=("site",), photo=b"x")
    assert set(Agreement.objects.values_list("what", "use")) == {
        ("words", "site"), ("words", "press"), ("photo", "site"),
    }  # fmt: skip
    assert Consent.objects.filter(purpose="image").count() == 1


def test_without_agreement_for_the_site_accepted_words_stay_off_it(client, publish):
    told = publish(uses=("press",))
    assert told.state == TestimonialState.APPROVED
    assert TEXT not in client.get("/").content.decode()


def test_one_use_taken_back_leaves_the_others(people, publish, client, at):
    told = publish(uses=("site", "press"))
    withdraw_words(testimonial=told, only=[("words", "site")], actor=people.actor("amina"), at=at)
    told.refresh_from_db()
    assert told.state == TestimonialState.APPROVED
    assert TEXT not in client.get("/").content.decode()
    assert [one.use for one in Agreement.objects.open()] == ["press"]


def test_the_last_use_taken_back_takes_the_words_back(people, publish, at):
    told = publish()
    withdraw_words(testimonial=told, only=[("words", "site")], actor=people.actor("amina"), at=at)
    told.refresh_from_db()
    assert told.state == TestimonialState.WITHDRAWN


def test_a_use_more_publishes_what_only_lacked_it(enter, publish, client):
    told = publish(uses=("press",))
    enter("amina").post(
        reverse("testimonials:agree_more", args=[told.pk]),
        {"plus-uses": ["site"], "plus-consent_until": UNTIL.isoformat()},
    )
    assert TEXT in client.get("/").content.decode()


def test_a_later_end_replaces_the_agreement_and_keeps_the_first_as_proof(people, publish, at):
    told = publish()
    later = UNTIL + dt.timedelta(days=90)
    moderation.agree_to_more(
        testimonial=told, given=Given(later, ("site",)), actor=people.actor("amina"), at=at
    )
    first, second = Agreement.objects.order_by("id")
    assert first.ended_why == "replaced" and second.consent.expires_on == later
    assert Publication.objects.standing().count() == 1


def test_its_author_is_told_a_month_before_once_and_it_ends_by_itself(people, publish, client, at):
    people.amina.email = "amina@exemple.test"
    people.amina.save()
    told = publish(consent_until=dt.date(2026, 12, 20))
    AuthorNotice.objects.all().delete()
    for _run in range(2):
        notices.tell_ends_soon(at=at)
    notice = AuthorNotice.objects.get(kind="ends_soon")
    assert notices.tell(notice_id=notice.pk, at=at) is True
    assert notices.tell(notice_id=notice.pk, at=at) is False
    assert "20 décembre 2026" in mail.outbox[-1].body and "/reprendre/" in mail.outbox[-1].body

    after = at + dt.timedelta(days=27)
    with time_machine.travel(after):
        address = reverse("testimonials:story", args=[told.code])
        assert client.get(address).status_code == 410  # before any sweep
        assert [hide_expired(at=after) for _run in range(2)] == [1, 0]
    assert Agreement.objects.get().ended_why == "expired"
    assert Publication.objects.standing().count() == 0


def test_an_end_flags_the_places_elsewhere(people, publish, at):
    told = publish(uses=("social",), consent_until=dt.date(2026, 12, 20))
    note_publication(
        testimonial=told, use="social", name="Page", published_on=at.date(),
        actor=people.actor("driss"), at=at,
    )  # fmt: skip
    hide_expired(at=at + dt.timedelta(days=27))
    assert Publication.objects.to_contact().count() == 1


def test_who_died_is_sent_nothing(people, publish, at):
    from cohorts.models import ExitSituation

    people.amina.email = "amina@exemple.test"
    people.amina.save()
    publish(consent_until=dt.date(2026, 12, 20))
    AuthorNotice.objects.all().delete()
    ExitSituation.objects.create(
        enrolment=people.enrolments["amina"], number=1, written_by=people.driss, written_at=at,
        left_on=at.date(), known_on=at.date(), status="death",
    )  # fmt: skip
    notices.tell_ends_soon(at=at)
    assert AuthorNotice.objects.count() == 0


def test_ma_coop_says_that_an_agreement_ends_where_no_message_can(enter, publish):
    publish(consent_until=dt.date(2026, 12, 20))
    assert (
        "Accord bientôt fini" in enter("amina").get(reverse("testimonials:mine")).content.decode()
    )


def test_a_voice_stays_no_longer_than_the_last_agreement(
    people, publish, at, django_capture_on_commit_callbacks
):
    """As the page on personal data promises; one use that still stands keeps it."""
    told = publish(recording=(m4a(), "m4a"), consent_until=dt.date(2026, 12, 31))
    storage, path = told.recording.storage, told.recording.name
    moderation.agree_to_more(
        testimonial=told, given=Given(dt.date(2027, 6, 30), uses=("press",)),
        actor=people.actor("amina"), at=at,
    )  # fmt: skip
    hide_expired(at=at + dt.timedelta(days=60))
    told.refresh_from_db()
    assert told.recording and storage.exists(path)
    with django_capture_on_commit_callbacks(execute=True):
        hide_expired(at=at + dt.timedelta(days=365))
    told.refresh_from_db()
    assert not told.recording and not storage.exists(path)
