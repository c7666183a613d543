"""What each kind of contract entails: the law of it, which no host edits. Pure.

Source: CAPE, C. com. L127-1 to L127-7 and R127-1; CESA, C. trav. L7331-1 to L7332-7; other contracts
of employment are drawn by the host's own tools, and only their dates and proof are kept here.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Nature:
    """`most_months` is the longest term, `most_renewals` how many follow the first; None: no limit here.

    `is_employment` decides the vocabulary and the papers: a CAPE is never told in words of employment.
    `is_drawn_here`: the platform draws the contract, so the eight points must be answered.
    """

    code: str
    is_employment: bool
    is_drawn_here: bool
    most_months: int | None
    most_renewals: int | None
    is_told_to_authorities: bool
    papers: tuple[str, ...]


CAPE = Nature(
    code="cape",
    is_employment=False,
    is_drawn_here=True,
    most_months=12,
    most_renewals=2,
    is_told_to_authorities=True,
    papers=("cape_contract", "cape_renewal", "cape_amendment", "cape_end", "participation"),
)
NATURES = {
    nature.code: nature
    for nature in (
        CAPE,
        *(
            Nature(
                code=code,
                is_employment=True,
                is_drawn_here=False,
                most_months=None,
                most_renewals=None,
                is_told_to_authorities=False,
                papers=("participation",),
            )
            for code in ("cdd", "cesa", "other_job")
        ),
    )
}


def nature_of(kind: str) -> Nature:
    """The nature of a kind. Raises KeyError for an unknown one."""
    return NATURES[kind]


def is_employment(kind: str) -> bool:
    """Whether a kind is a contract of employment: its own profile of contributions, its own words."""
    return NATURES[kind].is_employment


EMPLOYMENT_KINDS = frozenset(code for code, one in NATURES.items() if one.is_employment)
