"""The words of the keys of the demo's own sealed votes: told on the demo page, where nothing is secret.

Elsewhere words are drawn, shown once and kept nowhere. Only the loading of the demo uses these.
"""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings

from ct_platform.home.demo.scene import Scene
from decisions.models import KeyHolder, Poll
from decisions.services import sealing

OPEN_TITLE = "Qui sera dans la commission marché ?"
# One key each, in the order of the holders.
WORDS = (
    ("basilic", "promenade", "hamster", "rivage", "cahier", "lavande"),
    ("tortue", "guirlande", "biscuit", "metronome", "persil", "cinema"),
    ("betterave", "rossignol", "gymnase", "echarpe", "baguette", "mystere"),
)


def take_keys(scene: Scene, poll: Poll, at: dt.datetime) -> Poll:
    """The three holders take their keys; the third opens the vote."""
    for holder in _holders(poll):
        poll = sealing.take_key(
            poll=poll, words=WORDS[holder.position - 1], actor=scene.of(holder.person), at=at
        )
    return poll


def bring_keys(scene: Scene, poll: Poll, at: dt.datetime) -> None:
    """Two of them open the urn of a vote that is over."""
    for holder in _holders(poll)[:2]:
        sealing.open_share(
            poll=poll, words=WORDS[holder.position - 1], actor=scene.of(holder.person), at=at
        )


def _holders(poll: Poll) -> list[KeyHolder]:
    return list(KeyHolder.objects.filter(poll=poll).select_related("person").order_by("position"))


@dataclass(frozen=True, slots=True)
class DemoKey:
    name: str
    words: str


@dataclass(frozen=True, slots=True)
class DemoKeys:
    """Who keeps a key of the sealed vote of the demo, until it is counted."""

    title: str
    keys: list[DemoKey]


def demo_keys() -> DemoKeys | None:
    """None outside the demo, and once that vote is over. Two queries."""
    if not settings.DEMO:
        return None
    under_way = Poll.objects.under_way().filter(proposal__title=OPEN_TITLE)
    # The first: a visitor may ask the same question again, and draws words of their own.
    poll = under_way.filter(round=1).order_by("pk").first()
    if poll is None:
        return None
    said = [
        DemoKey(holder.person.full_name, " ".join(WORDS[holder.position - 1]))
        for holder in _holders(poll)
    ]
    return DemoKeys(OPEN_TITLE, said)
