"""The network writes on the site: a draft, its preview on the real page, then everybody reads it."""

import datetime as dt
from html.parser import HTMLParser

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from ct_platform.home.models import TextPublication, TextVersion
from ct_platform.home.services import site_texts
from ct_platform.home.site_words import TEXTS, drawn, house_words
from ct_platform.kit.errors import Refused, Stale
from tests.factories import NOW
from tests.site_world import draft

WORDS = "Le groupe **décide** de tout."


def publish(people, number: int, *, seen: int = 0, minutes: int = 0):
    return site_texts.publish(
        code="idea_lead", number=number, seen=seen, actor=people.actor("nora"),
        at=NOW + dt.timedelta(minutes=minutes),
    )  # fmt: skip


def test_every_text_of_the_house_is_written_and_fits():
    for code in TEXTS:
        assert 20 < len(house_words(code)) <= 8000


def test_a_draft_is_seen_on_its_page_by_its_writer_alone_then_published_for_all(
    people, enter, client
):
    nora = enter("nora")
    write = reverse("home:site_text", args=["idea_lead"])
    answer = nora.post(write, {"body": WORDS, "seen": "0"})
    assert answer.status_code == 302
    seen = nora.get(answer.headers["Location"])
    assert "Le groupe <strong>décide</strong> de tout." in seen.content.decode()
    assert "Une semaine" in seen.content.decode()  # the page itself
    assert seen.headers["X-Robots-Tag"] == "noindex"
    assert "no-store" in seen.headers["Cache-Control"]
    assert "<strong>décide</strong>" not in client.get(reverse("home:idea")).content.decode()
    nora.post(reverse("home:site_publish", args=["idea_lead", 1]), {"seen": "0"})
    assert "<strong>décide</strong>" in client.get(reverse("home:idea")).content.decode()


def test_an_earlier_version_comes_back_and_so_do_the_words_of_the_house(people, client):
    draft(people, body="Premier jet.")
    draft(people, body="Second jet.", seen=1)
    first = publish(people, 2)
    second = publish(people, 1, seen=first.pk, minutes=1)
    assert "Premier jet." in client.get(reverse("home:idea")).content.decode()
    publish(people, 0, seen=second.pk, minutes=2)
    page = client.get(reverse("home:idea")).content.decode()
    assert "Premier jet." not in page
    assert "une quinzaine d’habitants qui ont envie de travailler" in page
    assert TextVersion.objects.count() == 2 and TextPublication.objects.count() == 3


def test_publishing_twice_is_quiet(people):
    draft(people)
    assert publish(people, 1).pk == publish(people, 1, minutes=1).pk


def test_of_two_who_write_the_second_is_told_and_loses_nothing(people, enter):
    draft(people, body="Les mots de l’autre.")
    write = reverse("home:site_text", args=["idea_lead"])
    late = enter("nora").post(write, {"body": "Mes mots à moi.", "seen": "0"})
    assert late.status_code == 422
    page = late.content.decode()
    assert "Nora Réseau a écrit une version" in page
    assert "Mes mots à moi." in page and "Les mots de l’autre." in page
    assert TextVersion.objects.count() == 1
    assert 'name="seen" value="1"' in page
    assert enter("nora").post(write, {"body": "Mes mots à moi.", "seen": "1"}).status_code == 302
    assert TextVersion.objects.get(number=2).body == "Mes mots à moi."


def test_of_two_who_publish_the_second_reads_again(people):
    draft(people, body="Un.")
    draft(people, body="Deux.", seen=1)
    publish(people, 1)
    with pytest.raises(Stale, match="Nora Réseau"):
        publish(people, 2, seen=0)
    assert TextPublication.objects.count() == 1


def test_an_empty_text_and_a_version_nobody_wrote_are_refused(people):
    with pytest.raises(Refused):
        draft(people, body="  \n ")
    with pytest.raises(Refused):
        publish(people, 7)
    assert not TextVersion.objects.exists() and not TextPublication.objects.exists()


def test_the_same_words_again_are_no_new_version(people):
    draft(people)
    assert draft(people, seen=1).number == 1


@pytest.mark.parametrize(
    "typed",
    [
        "<script>alert(1)</script>", "[x](javascript:alert(1))", "[x](data:text/html,<b>)",
        "<img src=x onerror=alert(1)>", "![x](https://exemple.test/p.png)", "[x](vbscript:a)",
        '[x](https://a.test "t\\" onclick=alert(1)")', "&lt;script&gt;", "`<iframe>`",
    ],
)  # fmt: skip
def test_what_somebody_types_runs_nothing_and_asks_nobody_for_anything(typed):
    read = Read()
    read.feed(drawn(typed))
    assert {tag for tag, _given in read.seen} <= {"p", "a", "strong", "em", "ul", "li"}
    for _tag, given in read.seen:
        assert set(given) <= {"href", "title"}, typed
        assert given.get("href", "https:").startswith("https:"), typed


class Read(HTMLParser):
    """What a browser would find: each element with its attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, dict(attrs)))


def test_a_title_never_outranks_those_of_the_page():
    assert drawn("# Un\n\n### Trois") == "<h3>Un</h3>\n<h3>Trois</h3>\n"


@pytest.mark.parametrize("model", [TextVersion, TextPublication])
def test_the_database_refuses_to_change_what_was_written(people, model):
    draft(people)
    publish(people, 1)
    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.update(code="autre")
    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.all().delete()


def test_an_unknown_text_or_version_is_not_there(people, enter):
    nora = enter("nora")
    for name, keys in (
        ("home:site_text", ["inconnu"]),
        ("home:site_preview", ["idea_lead", 4]),
        ("home:site_preview", ["inconnu", 0]),
    ):
        assert nora.get(reverse(name, args=keys)).status_code == 404
