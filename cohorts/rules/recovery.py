"""Who may let somebody back in. Pure."""

from dataclasses import dataclass

# A card of recovery is short-lived: it opens a whole account.
CARD_DAYS = 14
# Requests that are over keep a name and a contact no longer than needed to answer a complaint.
KEPT_MONTHS = 12
# How long the link sent to the old contact still throws an intruder out, after an entry.
BLOCK_DAYS = 60


@dataclass(frozen=True, slots=True)
class Signer:
    """A person in a seat, as far as this rule cares: `is_host` is the host CAE, else coordination."""

    person_id: int
    is_host: bool


def may_sign_second(*, first: Signer, second: Signer) -> bool:
    """Whether `second` may approve what `first` checked: another person, and the host is one of the two."""
    return first.person_id != second.person_id and (first.is_host or second.is_host)
