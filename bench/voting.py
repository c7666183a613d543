"""Time the count of a vote, by method: a cohort, a crowd, and a large reserve.

    python -m bench.voting

Prints one row per measure. Random ballots, same seed every time; the worst of some elections.
"""

import time
from random import Random
from typing import Any

from decisions.rules.tally import METHODS, tally

NAMES = "abcdefgh"
ELECTIONS = 5


def ballot(method: str, chance: Random, names: str) -> dict[str, Any]:
    if method == "majority":
        return {"choice": chance.choice(["for", "against", "abstain"])}
    if method == "consent":
        return {"voice": chance.choice(["consent", "concern", "abstain"])}
    if method == "majority-judgment":
        return {"grades": {name: chance.randrange(5) for name in names}}
    if method == "ranked":
        return {"ranking": [[name] for name in chance.sample(names, len(names))]}
    if method == "choice":
        return {"choice": chance.choice(names)}
    return {"approve": [name for name in names if chance.random() < 0.4]}


def election(method: str, people: int, chance: Random, *, budget: int = 300_000) -> dict[str, Any]:
    """`budget` in cents; uses cost from a fiftieth to a half of it."""
    document: dict[str, Any] = {
        "format": "ct-ballots/1",
        "method": method,
        "poll": "bench",
        "roll": people,
        "ballots": [ballot(method, chance, NAMES) for _ in range(people)],
        "lot": {"nonce": "0" * 32},
    }
    if METHODS[method].HAS_OPTIONS:
        document["options"] = [{"id": name} for name in NAMES]
    if method == "equal-shares":
        document["rule"] = {"budget": budget}
        for option in document["options"]:
            option["cost"] = chance.randrange(budget // 50, budget // 2)
    return document


def worst(method: str, people: int, **more: int) -> float:
    """The longest time of processor, in seconds, of a count with its reading."""
    chance, longest = Random(2026), 0.0
    for _ in range(ELECTIONS):
        document = election(method, people, chance, **more)
        start = time.process_time()
        tally(document)
        longest = max(longest, time.process_time() - start)
    return longest


def main() -> None:
    print(f"{'eight options':<44}{'worst of ' + str(ELECTIONS):>14}")
    for method in METHODS:
        for people in (15, 1000):
            print(
                f"{method + ', ' + str(people) + ' people':<44}{worst(method, people) * 1000:>11.1f} ms"
            )
    row = "equal-shares, 15 people, 1 000 000 euros"
    print(f"{row:<44}{worst('equal-shares', 15, budget=100_000_000) * 1000:>11.1f} ms")


if __name__ == "__main__":
    main()
