"""What strangers read: fresh, structured, shareable, framed by anybody, and gone with the agreement."""

import datetime as dt
import io
import re

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from PIL import Image

from testimonials.models import Publication
from testimonials.services import share_cards
from testimonials.services.withdrawals import withdraw_words
from tests.testimonials.conftest import TEXT

PAGES = ("story", "story_card", "embed")


def at_(name: str, told) -> str:
    return reverse(f"testimonials:{name}", args=[told.code])


def test_a_story_has_its_page_its_data_and_its_card(client, publish):
    told = publish()
    page = client.get(at_("story", told)).content.decode()
    assert 'itemtype="https://schema.org/Quotation"' in page and 'itemprop="text"' in page
    assert f"{at_('story_card', told)}" in page and 'property="og:image"' in page
    assert "<script" not in page and "Sarr" not in page
    card = client.get(at_("story_card", told))
    assert Image.open(io.BytesIO(card.content)).size == (1200, 630)
    assert len(card.content) < 60_000


@pytest.mark.parametrize("words", [2, 40, 100])
def test_a_card_holds_the_longest_words(client, publish, words):
    told = publish(text=("encore " * words)[:600])
    assert client.get(at_("story_card", told)).status_code == 200


def test_taken_back_every_page_says_so_and_shows_nothing(client, people, publish, at):
    told = publish(photo=b"\xff\xd8\xff", photo_uses=("site",))
    assert client.get(at_("story_photo", told)).status_code == 200
    for name in PAGES:
        assert client.get(at_(name, told)).headers["Cache-Control"] == "no-store"
    withdraw_words(testimonial=told, actor=people.actor("amina"), at=at)
    for name in (*PAGES, "story_photo"):
        answer = client.get(at_(name, told))
        assert answer.status_code == 410, name
        assert TEXT not in answer.content.decode(errors="ignore")
    assert "repris" in client.get(at_("embed", told)).content.decode()


def test_what_was_never_public_is_unknown(client, leave):
    told = leave()
    for name in (*PAGES, "story_photo"):
        assert client.get(at_(name, told)).status_code == 404


def test_a_photo_shows_only_with_its_own_agreement(client, people, publish, at):
    told = publish(photo=b"\xff\xd8\xff", photo_uses=("site",))
    assert "photo.jpg" in client.get(at_("story", told)).content.decode()
    withdraw_words(testimonial=told, only=[("photo", "site")], actor=people.actor("amina"), at=at)
    assert "photo.jpg" not in client.get(at_("story", told)).content.decode()
    assert client.get(at_("story_photo", told)).status_code in (404, 410)


def test_the_list_narrows_by_trade_and_by_territory(client, people, publish, at):
    from testimonials.services import moderation, words

    publish()
    other = words.submit_words(
        enrolment=people.enrolments["chloe"], text="Chez nous on cuisine à vingt.", signed_as="C.",
        trade="cuisine", consent_until=dt.date(2027, 6, 1), actor=people.actor("chloe"), at=at,
    )  # fmt: skip
    moderation.approve_words(testimonial=other, actor=people.actor("dalia"), at=at)
    page = reverse("testimonials:public")

    def shown(query: str) -> tuple[bool, bool]:
        said = client.get(f"{page}?{query}").content.decode()
        return TEXT in said, other.text in said

    assert shown("") == (True, True)
    assert shown("metier=cuisine") == (False, True)
    assert shown(f"territoire={people.a.territory.pk}") == (True, False)
    assert shown("metier=inconnu&territoire=x") == (True, True)


# --- the frame that other sites show


def test_the_frame_may_be_shown_anywhere_and_nothing_else_may(client, publish):
    told = publish()
    frame = client.get(at_("embed", told))
    policy = frame.headers["Content-Security-Policy"]
    assert "frame-ancestors *" in policy and "default-src 'none'" in policy
    assert "X-Frame-Options" not in frame.headers
    page = client.get(at_("story", told))
    assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]
    assert page.headers["X-Frame-Options"] == "DENY"


def test_a_hostile_page_that_frames_it_learns_nothing_of_who_looks(enter, publish):
    told = publish()
    stranger, signed_in = Client(), enter("amina")
    seen = [one.get(at_("embed", told)) for one in (stranger, signed_in, enter("driss"))]
    assert len({answer.content for answer in seen}) == 1
    for answer in seen:
        assert not answer.cookies and "Cookie" not in answer.headers.get("Vary", "")
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert not re.search(r"<(script|form|img|iframe)", answer.content.decode())
    kept = {name: value for name, value in seen[1].headers.items() if name != "X-Request-ID"}
    assert kept == {n: v for n, v in seen[0].headers.items() if n != "X-Request-ID"}
    assert len(seen[0].content) < 2500


def test_the_frame_acts_on_nothing(client, publish):
    assert client.post(at_("embed", publish())).status_code == 405


def test_its_page_says_how_to_frame_it_without_a_tracker(client, publish):
    said = client.get(at_("story", publish())).content.decode()
    assert "integrer" in said and "referrerpolicy" in said


def test_publishing_again_gives_the_same_address(client, people, publish, at):
    from testimonials.services import moderation, words

    told = publish()
    actor = people.actor("amina")
    words.edit_words(
        testimonial=told, text="Dit autrement, enfin.", trade="cuisine", actor=actor, at=at
    )
    told.refresh_from_db()
    moderation.approve_words(testimonial=told, actor=people.actor("driss"), at=at)
    assert "Dit autrement" in client.get(at_("story", told)).content.decode()
    assert Publication.objects.count() == 2


def test_a_card_kept_in_the_cache_goes_with_the_words(
    client, people, publish, at, django_capture_on_commit_callbacks
):
    told = publish()
    key = share_cards._key(told)
    client.get(at_("story_card", told))
    assert cache.get(key)
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_words(testimonial=told, actor=people.actor("amina"), at=at)
    assert cache.get(key) is None
