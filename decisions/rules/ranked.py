"""Ranked: Schulze with winning votes, ties allowed, unranked options tied last. Pure.

Never breaks a tie with a drawn ballot: it would show one. Source: voting.md, §2, after M. Schulze,
"A new monotonic, clone-independent, reversal symmetric, and Condorcet-consistent method" (2011).
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations, permutations
from typing import Any

from decisions.rules.method import Counted, Election, elect
from decisions.rules.reading import BadBallots, integer, keys, known, listed, member

CODE, HAS_OPTIONS = "ranked", True
# Ballots × pairs of options: beyond, counting would take more than some seconds.
MAX_WORK = 10_000_000


def check_rule(rule: object, options: Sequence[str], roll: int | None, path: str) -> dict[str, Any]:
    keys(rule, path)
    return {}


def check_ballot(
    ballot: object, options: Sequence[str], rule: Mapping[str, Any], path: str, *, casting: bool
) -> dict[str, Any]:
    """Places from first to last; options that share a place are put in the order of the poll."""
    where = member(path, "ranking")
    places = listed(keys(ballot, path, required=("ranking",))["ranking"], where, len(options))
    named: set[str] = set()
    ranking = []
    for number, place in enumerate(places):
        here = member(where, number)
        if not listed(place, here, len(options)):
            raise BadBallots(here, "une place vide ne veut rien dire.")
        for rank, one in enumerate(place):
            if known(one, member(here, rank), options) in named:
                raise BadBallots(member(here, rank), "cette option est déjà nommée.")
            named.add(one)
        ranking.append([option for option in options if option in place])
    return {"ranking": ranking}


def gather(
    ballots: Iterable[tuple[Mapping[str, Any], int]],
    options: Sequence[str],
    rule: Mapping[str, Any],
) -> dict[str, int]:
    """d["a>b"]: how many ballots strictly prefer a to b."""
    votes = dict.fromkeys(pairs(options), 0)
    ballots = list(ballots)
    if len(ballots) * len(votes) > MAX_WORK:
        raise BadBallots("$.ballots", f"bulletins × paires d’options dépasse {MAX_WORK}.")
    for ballot, number in ballots:
        place = {one: rank for rank, tied in enumerate(ballot["ranking"]) for one in tied}
        for one, other in permutations(options, 2):
            if place.get(one, len(options)) < place.get(other, len(options)):
                votes[f"{one}>{other}"] += number
    return votes


def pairs(options: Sequence[str]) -> list[str]:
    return [f"{one}>{other}" for one, other in permutations(options, 2)]


def check_aggregate(
    aggregate: object, options: Sequence[str], rule: Mapping[str, Any], filled: int, path: str
) -> dict[str, int]:
    given = keys(aggregate, path, required=pairs(options))
    votes = {pair: integer(given[pair], member(path, pair), 0, filled) for pair in pairs(options)}
    for one, other in combinations(options, 2):
        if votes[f"{one}>{other}"] + votes[f"{other}>{one}"] > filled:
            where = member(path, f"{one}>{other}")
            raise BadBallots(where, "les deux sens dépassent le nombre de bulletins.")
    return votes


def widest(d: Mapping[str, int], options: Sequence[str]) -> dict[str, int]:
    """The strength of the widest path: a chain is worth its weakest link, a defeat is no link."""
    p = {
        f"{x}>{y}": d[f"{x}>{y}"] if d[f"{x}>{y}"] > d[f"{y}>{x}"] else 0
        for x, y in permutations(options, 2)
    }
    for middle in options:
        for x, y in permutations([one for one in options if one != middle], 2):
            through = min(p[f"{x}>{middle}"], p[f"{middle}>{y}"])
            p[f"{x}>{y}"] = max(p[f"{x}>{y}"], through)
    return p


def count(votes: Mapping[str, int], election: Election) -> Counted:
    """Rank in layers: take the unbeaten, remove them, repeat with the same paths."""
    p = widest(votes, election.options)
    ranking: list[list[str]] = []
    left = list(election.options)
    while left:
        unbeaten = [x for x in left if all(p[f"{x}>{y}"] >= p[f"{y}>{x}"] for y in left if y != x)]
        ranking.append(unbeaten)
        left = [one for one in left if one not in unbeaten]
    return elect(
        election,
        expressed=election.cast - election.blank,
        detail={"d": dict(votes), "p": p},
        ranking=ranking,
        worthy=ranking[:1],
    )


def longest(options: Sequence[str], rule: Mapping[str, Any]) -> dict[str, Any]:
    return {"ranking": [[option] for option in options]}
