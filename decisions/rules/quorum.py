"""Quorum: how many must be present for a vote to count. Integers only. Pure."""


def required(numerator: int, denominator: int, roll: int) -> int:
    """The smallest number of people present: ⌈numerator × roll / denominator⌉.

    1/2 of 15 is 8, 1/3 of 14 is 5. Raises ValueError unless 0 ≤ numerator ≤ denominator, with a
    positive denominator and a roll that is not negative. Source: the statutes of the cohort.
    """
    if denominator < 1 or not 0 <= numerator <= denominator or roll < 0:
        raise ValueError("a quorum is a fraction between 0 and 1 of a roll")
    return -(-numerator * roll // denominator)


def reached(present: int, needed: int) -> bool:
    """Blank ballots are present people."""
    return present >= needed


# Under five present, a secret result says too much about each.
LEAST_SECRET = 5


def for_poll(numerator: int, denominator: int, roll: int, *, secret: bool) -> int:
    """The quorum of one poll: that of the statutes, and at least 5 present when it is secret.

    In a document of ballots it is written f"{needed}/{roll}", which gives it back exactly. Raises
    ValueError as `required`. Source: voting.md, §1.
    """
    needed = required(numerator, denominator, roll)
    return max(needed, LEAST_SECRET) if secret else needed


def of_fraction(text: str, roll: int) -> int:
    """How many must be present by a quorum written "1/2", "8/15" or "0". ValueError as `required`."""
    numerator, _, denominator = text.partition("/")
    return required(int(numerator), int(denominator or 1), roll)
