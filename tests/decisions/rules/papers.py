"""Documents of ballots for tests, said in few words."""

from collections.abc import Iterable, Sequence
from typing import Any

from decisions.rules.tally import tally

NONCE = "00112233445566778899aabbccddeeff"
LOT = {"nonce": NONCE}


def paper(
    method: str,
    ballots: Sequence[dict[str, Any]],
    options: Iterable[str] | dict[str, int] = (),
    rule: dict[str, Any] | None = None,
    **more: Any,
) -> dict[str, Any]:
    """A document whose roll is those who voted, unless said. `options` with costs: a dict."""
    given: dict[str, Any] = {
        "format": "ct-ballots/1",
        "method": method,
        "poll": "poll-7",
        "roll": sum(ballot.get("count", 1) for ballot in ballots),
        "rule": rule or {},
        "ballots": list(ballots),
    }
    if options:
        given["options"] = [
            {"id": one, "cost": options[one]} if isinstance(options, dict) else {"id": one}
            for one in options
        ]
    return given | more


def count(*args: Any, **more: Any) -> dict[str, Any]:
    return tally(paper(*args, **more))


def times(number: int, **ballot: Any) -> dict[str, Any]:
    return ballot | {"count": number}


def blanks(number: int = 1) -> dict[str, Any]:
    return {"blank": True, "count": number}


def board_of(*letters: str) -> list[str]:
    return [letter * 64 for letter in letters]
