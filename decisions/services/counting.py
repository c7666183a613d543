"""From ballots to a count: one document, as anyone may recount it. Writes nothing."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ct_platform.kit.errors import Refused
from decisions import rules
from decisions.enums import Channel, Method
from decisions.models import (
    AgendaItem,
    Ballot,
    Elector,
    Outcome,
    Poll,
    PollOption,
)
from decisions.rules import publication, rounds, tally
from decisions.rules.document import FORMAT
from decisions.selectors.lots import lot_nonce
from decisions.selectors.presence import present_of

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
    """Who counts for the quorum: who cast a ballot, blank or not, and who sits in the assembly it is of.

    Of the roll only, each once. Attendance goes on changing until the assembly closes: once the poll
    is closed, the presence is the one of its closing. One query, two more for a vote of an assembly.
    """
    if poll.closing_presence is not None:
        noted: int = poll.closing_presence
        return noted
    roll = Elector.objects.filter(poll=poll)
    if not AgendaItem.objects.filter(poll=poll).exists():
        return roll.filter(used=True).count()
    # Counted before presence was noted at closing.
    kept: int | None = (
        Outcome.objects.filter(poll=poll).values_list("tally__present", flat=True).first()
    )
    if kept is not None:
        return kept
    return present_of(roll).count()


def require_whole_room(poll: Poll) -> None:
    """Raises Refused unless who is counted by hand and who voted alone make the used electors.

    And unless every paper announced is in the urn.
    """
    lines = Elector.objects.filter(poll=poll)
    ticked = lines.filter(channel=Channel.ROOM).count()
    hands = sum((poll.room_figures or {}).values())
    if ticked != hands:
        raise Refused(
            _(
                "%(n)s personnes sont cochées dans la salle, %(hands)s mains sont comptées. "
                "Comptez les mains, ou décochez."
            )
            % {"n": ticked, "hands": hands}
        )
    papers = lines.filter(channel=Channel.PAPER, used=False).count()
    if papers:
        raise Refused(
            ngettext(
                "%(n)s personne est cochée sur papier, son bulletin n’est pas tapé. "
                "Tapez-le, ou décochez.",
                "%(n)s personnes sont cochées sur papier, leurs bulletins ne sont pas tapés. "
                "Tapez-les, ou décochez.",
                papers,
            )
            % {"n": papers}
        )
    if not poll.is_secret:
        alone = Ballot.objects.filter(elector__poll=poll).count()
        if alone + hands != lines.filter(used=True).count():
            raise Refused(_("La salle et les téléphones ne font pas le compte des votants."))


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
