"""From ballots to a count: one document, as anyone may recount it. Writes nothing."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from decisions import rules
from decisions.enums import Method
from decisions.models import Ballot, Elector, Poll, PollOption
from decisions.rules import publication, rounds, tally
from decisions.rules.document import FORMAT
from decisions.selectors.lots import lot_nonce

Document = dict[str, Any]


def ballots_document(poll: Poll, ballots: Iterable[Mapping[str, Any]]) -> Document:
    """The `ct-ballots/1` of a poll: its frozen terms and these ballots. Three queries.

    Hands counted in the room are ballots with a count. The lot's nonce is in it: never show this
    before the poll is closed.
    """
    method = Method(poll.method)
    written: Document = {
        "format": FORMAT,
        "method": method.value,
        "poll": str(poll.pk),
        "roll": Elector.objects.filter(poll=poll).count(),
        "present": present(poll),
        "quorum": poll.quorum,
        "rule": poll.rule,
        "ballots": [*ballots, *_hands(poll)],
    }
    if method.has_options:
        written["options"] = [_option(method, one) for one in poll.options.all()]
    if poll.lot_nonce:
        written["lot"] = {"nonce": lot_nonce(poll), "board": poll.board}
    return written


def _option(method: Method, option: PollOption) -> Document:
    cost = {"cost": option.cost_cents} if method == Method.EQUAL_SHARES else {}
    return {"id": option.code, "label": option.label} | cost


def _hands(poll: Poll) -> list[Document]:
    return [
        {"blank": True, "count": number}
        if answer == "blank"
        else {"choice": answer, "count": number}
        for answer, number in (poll.room_figures or {}).items()
        if number
    ]


def present(poll: Poll) -> int:
    """Who counts for the quorum: everybody who cast a ballot, blank or not. One query."""
    return Elector.objects.filter(poll=poll, used=True).count()


def open_ballots(poll: Poll) -> Sequence[Mapping[str, Any]]:
    """The named ballots of an open poll. One query."""
    return list(
        Ballot.objects.filter(elector__poll=poll)
        .order_by("elector__enrolment_id")
        .values_list("content", flat=True)
    )


def counted(poll: Poll, ballots: Iterable[Mapping[str, Any]]) -> Document:
    """What the register keeps of these ballots: a `ct-tally/1` as far as publication allows.

    Two keys more: `again`, the options of another round, and `winner_labels`. BadBallots when a
    ballot is not one of this poll: such a count must not be made.
    """
    result = tally.tally(ballots_document(poll, ballots))
    level = publication.level(
        secrecy=poll.secrecy,
        about_person=poll.about_person,
        roll=result["roll"],
        cast=result["cast"],
    )
    labels = {option.code: option.label for option in poll.options.all()}
    shown = publication.published(result, level)
    shown["again"] = rounds.options_again(
        result, list(labels), counts=level != publication.OUTCOME_ONLY
    )
    shown["winner_labels"] = [labels[code] for code in result["winners"]]
    return shown


@cache
def code_version() -> str:
    """By which rules a poll was counted: the start of a SHA-256 of decisions/rules/*.py, by name."""
    sources = sorted(Path(*rules.__path__).glob("*.py"))
    digest = hashlib.sha256()
    for source in sources:
        digest.update(source.name.encode() + b"\0" + source.read_bytes() + b"\0")
    return digest.hexdigest()[:16]
