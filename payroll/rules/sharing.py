"""How a pot becomes parts: equal, by hours, or half and half. Pure; whole cents, whole minutes."""

from collections.abc import Collection, Mapping

from ct_platform.kit.errors import Refused
from ct_platform.kit.money import split

EQUAL, HOURS, HALF = "equal", "hours", "half"


class NoHoursToShareBy(Refused):
    """A rule that counts hours, and nobody has a counted minute."""

    def __init__(self) -> None:
        super().__init__(
            "Aucune heure confirmée ne compte dans la règle : "
            "le pot ne peut pas être partagé aux heures."
        )


class NobodyToShareWith(Refused):
    """A pot, and an empty list of people."""

    def __init__(self) -> None:
        super().__init__("Il n’y a personne avec qui partager le pot.")


def shares_in_cents(kind: str, pot_cents: int, minutes: Mapping[int, int]) -> dict[int, int]:
    """Share `pot_cents` between the keys of `minutes`: the parts sum to the pot, to the cent.

    Units: cents in and out; minutes that count in the rule, per enrolment id. Everybody listed
    takes part in an equal share, also with 0 minutes; by hours, 0 minutes is 0 cents. Leftover
    cents go by largest remainder, then by smallest id, so listing order changes nothing.
    "half": the equal half takes the odd cent of an odd pot, then each half is shared on its own.

    Raises NobodyToShareWith, NoHoursToShareBy ("hours" and "half" with no counted minute, unless
    the pot is 0), ValueError for a negative pot, negative minutes or an unknown kind.
    Source: the rule adopted by the cohort.
    """
    parts = parts_in_cents(kind, pot_cents, minutes)
    return {key: equal + by_hours for key, (equal, by_hours) in parts.items()}


def parts_in_cents(
    kind: str, pot_cents: int, minutes: Mapping[int, int]
) -> dict[int, tuple[int, int]]:
    """The same shares in two pieces, in cents: what is equal for all, what the hours bring.

    Same units, errors and order as `shares_in_cents`, whose parts are the sums of these.
    """
    if kind not in (EQUAL, HOURS, HALF):
        raise ValueError(f"unknown sharing rule {kind!r}")
    if not minutes:
        raise NobodyToShareWith
    keys = sorted(minutes)
    worked = [minutes[key] for key in keys]
    if kind != EQUAL and pot_cents and not any(worked):
        raise NoHoursToShareBy
    by_hours = {EQUAL: 0, HOURS: pot_cents, HALF: pot_cents // 2}[kind]
    equal_parts = split(pot_cents - by_hours, [1] * len(keys))
    hour_parts = split(by_hours, worked)
    return {key: (equal_parts[i], hour_parts[i]) for i, key in enumerate(keys)}


def counted_minutes(
    by_kind: Mapping[int, Mapping[str, int]], counted_kinds: Collection[str]
) -> dict[int, int]:
    """Minutes that count in a rule, per enrolment id; who has none of these kinds stays, with 0."""
    return {
        key: sum(minutes for kind, minutes in kinds.items() if kind in counted_kinds)
        for key, kinds in by_kind.items()
    }
