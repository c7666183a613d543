"""Majority judgment: grade every option, compare the sequences of medians. Integers only. Pure.

A missing grade on an expressed ballot is the lowest, so every option has as many grades. Source:
voting.md, §2, after Balinski and Laraki.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from decisions.rules.method import Counted, Election, elect, layers
from decisions.rules.reading import BadBallots, integer, keys, known, listed, mapping, member

CODE, HAS_OPTIONS = "majority-judgment", True
MAX_GRADES = 20
# The answer writes every median: options × ballots numbers.
MAX_MEDIANS = 1_000_000


def check_rule(rule: object, options: Sequence[str], roll: int | None, path: str) -> dict[str, Any]:
    given = keys(rule, path, optional=("grades", "min_grade"))
    grades = integer(given.get("grades", 5), member(path, "grades"), 2, MAX_GRADES)
    least = integer(given.get("min_grade", 1), member(path, "min_grade"), 0, grades - 1)
    if "tied" in options:
        raise BadBallots(path, "une option ne peut pas s’appeler « tied » ici.")
    if roll is not None and len(options) * roll > MAX_MEDIANS:
        raise BadBallots(path, f"options × inscrits dépasse {MAX_MEDIANS}.")
    return {"grades": grades, "min_grade": least}


def check_ballot(
    ballot: object, options: Sequence[str], rule: Mapping[str, Any], path: str, *, casting: bool
) -> dict[str, Any]:
    where = member(path, "grades")
    grades = mapping(keys(ballot, path, required=("grades",))["grades"], where)
    for option, grade in grades.items():
        known(option, member(where, option), options)
        integer(grade, member(where, option), 0, rule["grades"] - 1)
    return {"grades": {option: grades[option] for option in options if option in grades}}


def gather(
    ballots: Iterable[tuple[Mapping[str, Any], int]],
    options: Sequence[str],
    rule: Mapping[str, Any],
) -> dict[str, list[int]]:
    """Per option, how many ballots give each grade, worst first."""
    votes = {option: [0] * rule["grades"] for option in options}
    for ballot, number in ballots:
        for option in options:
            votes[option][ballot["grades"].get(option, 0)] += number
    return votes


def check_aggregate(
    aggregate: object, options: Sequence[str], rule: Mapping[str, Any], filled: int, path: str
) -> dict[str, list[int]]:
    given = keys(aggregate, path, required=options)
    votes = {}
    for option in options:
        where = member(path, option)
        numbers = listed(given[option], where, rule["grades"])
        votes[option] = [
            integer(number, member(where, grade), 0, filled) for grade, number in enumerate(numbers)
        ]
        if len(numbers) != rule["grades"] or sum(votes[option]) != filled:
            raise BadBallots(where, f"il faut {rule['grades']} nombres de somme {filled}.")
    return votes


def medians(counts: Sequence[int]) -> tuple[int, ...]:
    """The lower middle of the sorted grades, then of what is left without it, to the last one.

    The grades below the middle leave downwards, the others upwards, by turns: no removal needed.
    """
    grades = [grade for grade, number in enumerate(counts) for _ in range(number)]
    low, high = (len(grades) + 1) // 2, len(grades) // 2  # how many are left on either side
    sequence = []
    while low or high:
        if low >= high:
            low -= 1
            sequence.append(grades[low])
        else:
            sequence.append(grades[-high])
            high -= 1
    return tuple(sequence)


def count(votes: Mapping[str, list[int]], election: Election) -> Counted:
    """Elect the best sequence, if its first median is `min_grade` at least."""
    sequences = {option: medians(votes[option]) for option in election.options}
    detail: dict[str, Any] = {
        option: {
            "counts": votes[option],
            "median": sequence[0] if sequence else None,
            "sequence": list(sequence),
        }
        for option, sequence in sequences.items()
    }
    ranking = layers(election.options, sequences)
    best = sequences[ranking[0][0]]
    worthy = ranking[:1] if best and best[0] >= election.rule["min_grade"] else []
    return elect(election, expressed=len(best), detail=detail, ranking=ranking, worthy=worthy)


def longest(options: Sequence[str], rule: Mapping[str, Any]) -> dict[str, Any]:
    return {"grades": dict.fromkeys(options, rule["grades"] - 1)}
