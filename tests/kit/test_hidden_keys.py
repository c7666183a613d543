"""No line of the log shows an address that lets somebody in, whichever the page."""

import datetime as dt
import logging

import pytest
from django.test import Client
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLPattern, URLResolver

from ct_platform.kit.middleware import HideKeys
from reports.services.sharing import make_link
from tests.factories import NOW, TODAY
from tests.reports.scene import sent_report, set_scene

SECRET = "Zk3_x-9QvT7w2LrYp0"
# What a stranger may know, or a paper shows to anybody who holds it.
PUBLIC_WORDS = {
    "trade_code", "story_code", "text_code", "effect_code", "name", "kind", "step", "check", "book",
    "export", "rest", "batch", "code",
}  # fmt: skip


def _named(patterns: list[object], space: str = "") -> list[tuple[str, dict[str, object]]]:
    """(name, arguments) of each address that has a word in it."""
    found: list[tuple[str, dict[str, object]]] = []
    for one in patterns:
        if isinstance(one, URLResolver):
            if one.namespace != "admin":
                inner = f"{space}{one.namespace}:" if one.namespace else space
                found += _named(one.url_patterns, inner)
        elif isinstance(one, URLPattern) and one.name:
            given = {
                name: 7 if "Int" in type(kind).__name__ else SECRET
                for name, kind in one.pattern.converters.items()
            }
            if SECRET in given.values():
                found.append((f"{space}{one.name}", given))
    return found


KEYED = [
    (name, given)
    for name, given in _named(get_resolver().url_patterns)
    if {key for key, value in given.items() if value == SECRET} - PUBLIC_WORDS
]


def told(message: str, *args: object) -> str:
    record = logging.LogRecord("django.request", logging.WARNING, "", 0, message, args, None)
    assert HideKeys().filter(record)
    return record.getMessage()


def test_every_key_of_the_house_is_walked():
    assert len(KEYED) >= 14
    assert "reports:shared_pdf" in dict(KEYED)


@pytest.mark.parametrize(("name", "given"), KEYED, ids=[name for name, _given in KEYED])
def test_the_key_in_an_address_stays_out_of_the_log(name, given):
    """A 429, a refused form or a breakdown writes the address, of a key that still opens."""
    path = reverse(name, kwargs=given)
    assert SECRET in path
    for line in (f"Forbidden: {path}", f'"GET {path}?x=1 HTTP/1.1" 429 "https://ct.example{path}"'):
        assert SECRET not in told(line)
    assert SECRET not in told("%s: %s", "Internal Server Error", path)


def test_a_link_that_still_opens_is_not_written_by_the_limit(people, caplog):
    """Forty wrong addresses from one office, then a good one: it is refused, and not told to the log."""
    set_scene(people)
    _link, secret = make_link(
        report=sent_report(people), organisation_id=people.a.partner.pk,
        label="La direction", expires_on=TODAY + dt.timedelta(days=9), actor=people.actor("elsa"), at=NOW,
    )  # fmt: skip
    caplog.handler.addFilter(HideKeys())
    client = Client()
    answers = [client.get(f"/partage/nothing-{n}/").status_code for n in range(40)]
    assert set(answers) == {404}
    assert client.get(f"/partage/{secret}/").status_code == 429
    assert "Too Many Requests" in caplog.text and secret not in caplog.text
