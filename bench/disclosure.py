"""An attacker against 1,000 random report histories, and against every small world there is.

python -m bench.disclosure [--histories 1000] [--people 9]. Needs no database. Exits 1 on a recovered count.
"""

import argparse
import random
import sys
import time

from bench.table import show
from reports.disclosure import HOUSE, Thresholds
from tests.reports.attacker import Attack, hours_of_few, some_hours, some_world
from tests.reports.merged_attacker import some_nest

FEW = Thresholds(total=3, breakdown=4, amount=4)


def main() -> None:
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--histories", type=int, default=1000)
    reader.add_argument("--people", type=int, default=9)
    options = reader.parse_args()
    rows, broken = [], 0
    for label, rules, most in (
        ("11 and 5, up to 45 people", HOUSE, 45),
        ("4 and 3, up to 16", FEW, 16),
    ):
        started, targets, found = time.perf_counter(), 0, 0
        for seed in range(options.histories):
            dice = random.Random(seed)
            reports = dice.randint(1, 4)
            world = some_world(dice, reports, most)
            attack = Attack(rules, reports)
            targets += len(attack.targets(world, attack.published(world)))
            found += len(attack.recovered(world))
        broken += found
        rows.append([label, str(options.histories), str(targets), str(found), _took(started)])
        started = time.perf_counter()
        wrong = [
            hours_of_few(some_hours(random.Random(seed)), rules)
            for seed in range(options.histories)
        ]
        found = sum(map(len, wrong))
        broken += found
        rows.append([f"hours, {label}", str(options.histories), "–", str(found), _took(started)])
    for label, rules in (("11 and 5", HOUSE), ("4 and 3", FEW)):
        started, targets, found = time.perf_counter(), 0, 0
        for seed in range(options.histories):
            nest, world = some_nest(random.Random(seed), rules)
            targets += len(nest.targets(world, nest.published(world)))
            found += len(nest.recovered(world))
        broken += found
        label = f"merged years, territories and network, {label}"
        rows.append([label, str(options.histories), str(targets), str(found), _took(started)])
    started = time.perf_counter()
    found = len(list(Attack(FEW, 2).recovered_everywhere(options.people)))
    broken += found
    rows.append([f"every world to {options.people}", "all", "–", str(found), _took(started)])
    header = ["limits", "histories", "small counts", "recovered", "seconds"]
    show("An attacker of disclosure control", rows, header)
    sys.exit(1 if broken else 0)


def _took(started: float) -> str:
    return f"{time.perf_counter() - started:.1f}"


if __name__ == "__main__":
    main()
