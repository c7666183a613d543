"""From one person's share to each of their hours, and from each hour to its part of the net. Pure."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from ct_platform.kit.money import split


@dataclass(frozen=True, slots=True)
class Worked:
    """One photographed entry: whole minutes, and the kind of work (a WorkKind code)."""

    key: int
    minutes: int
    kind: str


@dataclass(frozen=True, slots=True)
class Worth:
    """What something brings: cents of share, and cents of net (None when there is no slip)."""

    share: int
    net: int | None


@dataclass(frozen=True, slots=True)
class MinuteTrace:
    """Every cent of a share, laid on what brought it. `by_entry` sums with the two others to `total`."""

    by_entry: dict[int, Worth]
    equal: Worth  # the same for everybody, whatever the hours
    carried: Worth  # kept from the pay before
    total: Worth


def trace_minutes(
    entries: Sequence[Worked],
    counted_kinds: Collection[str],
    *,
    equal: int,
    by_hours: int,
    carried: int,
    net: int | None,
) -> MinuteTrace:
    """Lay a share on the entries it came from: nothing is lost, nothing is invented.

    Units: cents and whole minutes. `equal` and `by_hours` are the two pieces of the share
    (`sharing.parts_in_cents`), `carried` the cents kept from the pay before, `net` what the slip
    pays. `by_hours` goes to the entries whose kind counts, minute for minute; the others bring 0.
    The net then follows the share, piece for piece. Leftover cents go by largest remainder, then by
    the order of the entries. Raises ValueError for negative figures, hours paid without a counted
    minute, or a net without a share.
    Source: the rule adopted by the cohort; the net of the slip.
    """
    counted = [entry.minutes if entry.kind in counted_kinds else 0 for entry in entries]
    shares = [*split(by_hours, counted), equal, carried]
    if min(shares) < 0:
        raise ValueError("a part of a share cannot be negative")
    nets: list[int | None] = [None] * len(shares) if net is None else [*split(net, shares)]
    *parts, of_equal, of_carried = (Worth(*pair) for pair in zip(shares, nets, strict=True))
    return MinuteTrace(
        by_entry={entry.key: part for entry, part in zip(entries, parts, strict=True)},
        equal=of_equal,
        carried=of_carried,
        total=Worth(sum(shares), net),
    )
