"""Reading a document `ct-ballots/1`: who may vote, on what, how, and the ballots. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from decisions.rules import (
    approval,
    choice,
    consent,
    equal_shares,
    judgment,
    majority,
    quorum,
    ranked,
)  # fmt: skip
from decisions.rules.lot import Draw, draw
from decisions.rules.method import Election, Method
from decisions.rules.reading import (
    MAX_OPTIONS,
    MAX_ROLL,
    BadBallots,
    fraction,
    identifier,
    integer,
    keys,
    listed,
    mapping,
    member,
    one_of,
    text,
)  # fmt: skip

FORMAT = "ct-ballots/1"
BLANK = {"blank": True}
NONCE, HASH = 32, 64  # hexadecimal letters
_MODULES: tuple[Method, ...] = (
    majority, consent, judgment, approval, ranked, equal_shares, choice,
)  # fmt: skip
METHODS: Mapping[str, Method] = MappingProxyType({method.CODE: method for method in _MODULES})


@dataclass(frozen=True, slots=True)
class Document:
    """A document that can be counted. `votes`: what its method counts; `required`: the quorum."""

    method: Method
    poll: str
    election: Election
    votes: Any
    required: int


def method_of(code: object) -> Method:
    return METHODS[one_of(code, "$.method", tuple(METHODS))]


def read(document: object) -> Document:
    given = keys(
        document,
        "$",
        required=("format", "method", "poll", "roll"),
        optional=("present", "quorum", "options", "rule", "ballots", "aggregate", "cast", "blank", "lot"),
    )  # fmt: skip
    one_of(given["format"], "$.format", (FORMAT,))
    method = method_of(given["method"])
    poll = identifier(given["poll"], "$.poll")
    roll = integer(given["roll"], "$.roll", 0, MAX_ROLL)
    ids = _ids(method, given.get("options", ()))
    rule = method.check_rule(given.get("rule", {}), ids, roll, "$.rule")
    costs = read_options(method, given.get("options", ()), rule)
    cast, blank, votes = _votes(given, method, ids, rule, roll)
    present = integer(given.get("present", cast), "$.present", cast, roll)
    share = fraction(given.get("quorum", "0"), "$.quorum")
    numerator, _, denominator = share.partition("/")
    needed = quorum.required(int(numerator), int(denominator or 1), roll)
    election = Election(
        options=ids,
        rule=rule,
        roll=roll,
        present=present,
        cast=cast,
        blank=blank,
        reached=quorum.reached(present, needed),
        costs=costs,
        draw=_draw(given["lot"], poll, ids) if "lot" in given else None,
    )
    return Document(method, poll, election, votes, needed)


def _ids(method: Method, options: object) -> tuple[str, ...]:
    if not method.HAS_OPTIONS:
        listed(options, "$.options", 0)
        return ()
    ids: dict[str, None] = {}
    for place, option in enumerate(listed(options, "$.options", MAX_OPTIONS)):
        path = member("$.options", place)
        given = keys(option, path, required=("id",), optional=("label", "cost"))
        one = identifier(given["id"], member(path, "id"))
        if one in ids:
            raise BadBallots(member(path, "id"), "deux options portent ce nom.")
        ids[one] = None
    if not ids:
        raise BadBallots("$.options", "il faut au moins une option.")
    return tuple(ids)


def read_options(method: Method, options: object, rule: Mapping[str, Any]) -> dict[str, int]:
    costs = dict.fromkeys(_ids(method, options), 0)
    priced = method is METHODS[equal_shares.CODE]
    for place, option in enumerate(listed(options, "$.options", MAX_OPTIONS)):
        path = member("$.options", place)
        keys(option, path, required=("id", "cost") if priced else ("id",), optional=("label",))
        text(option.get("label", ""), member(path, "label"))
        if priced:
            costs[option["id"]] = equal_shares.check_cost(
                option["cost"], rule, member(path, "cost")
            )
    return costs


def read_ballot(
    method: Method,
    ballot: object,
    options: Sequence[str],
    rule: Mapping[str, Any],
    path: str,
    *,
    casting: bool = False,
) -> dict[str, Any]:
    if isinstance(ballot, Mapping) and "blank" in ballot:
        if keys(ballot, path, required=("blank",))["blank"] is not True:
            raise BadBallots(member(path, "blank"), "seul true veut dire blanc.")
        return dict(BLANK)
    return method.check_ballot(ballot, options, rule, path, casting=casting)


def _votes(
    given: Mapping[str, Any], method: Method, ids: Sequence[str], rule: Mapping[str, Any], roll: int
) -> tuple[int, int, Any]:
    """Ballots cast, blanks among them, and what the method counts."""
    if ("ballots" in given) == ("aggregate" in given):
        raise BadBallots("$.ballots", "il faut soit ballots, soit aggregate.")
    if "aggregate" in given:
        keys(given, "$", required=("cast", "blank"), optional=tuple(given))
        cast = integer(given["cast"], "$.cast", 0, roll)
        blank = integer(given["blank"], "$.blank", 0, cast)
        return cast, blank, method.check_aggregate(
            given["aggregate"], ids, rule, cast - blank, "$.aggregate"
        )  # fmt: skip
    keys(given, "$", optional=[key for key in given if key not in ("cast", "blank")])
    cast, blank, filled = 0, 0, []
    for place, line in enumerate(listed(given["ballots"], "$.ballots", MAX_ROLL)):
        path = member("$.ballots", place)
        given_line = mapping(line, path)
        bare = {key: given_line[key] for key in given_line if key not in ("count", "voter")}
        many = integer(given_line.get("count", 1), member(path, "count"), 1, MAX_ROLL)
        ballot = read_ballot(method, bare, ids, rule, path)
        cast += many
        if cast > roll:
            raise BadBallots(path, "il y a plus de bulletins que d’inscrits.")
        if ballot == BLANK:
            blank += many
        else:
            filled.append((ballot, many))
    return cast, blank, method.gather(filled, ids, rule)


def _draw(lot: object, poll: str, ids: Sequence[str]) -> Draw:
    given = keys(lot, "$.lot", required=("nonce",), optional=("board",))
    board = listed(given.get("board", ()), "$.lot.board", MAX_ROLL)
    for place, one in enumerate(board):
        _hexadecimal(one, member("$.lot.board", place), HASH)
    if len(set(board)) != len(board):
        raise BadBallots("$.lot.board", "une empreinte y est deux fois.")
    return draw(poll, board, _hexadecimal(given["nonce"], "$.lot.nonce", NONCE), ids)


def _hexadecimal(value: object, path: str, letters: int) -> str:
    if not isinstance(value, str) or len(value) != letters or set(value) - set("0123456789abcdef"):
        raise BadBallots(path, f"il faut {letters} signes de 0 à 9 et de a à f.")
    return value
