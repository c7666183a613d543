"""A person in one seat: who acts, from where. A frozen value; scoping and permissions read it."""

from dataclasses import dataclass, field
from enum import StrEnum


class SeatKind(StrEnum):
    COORDINATOR = "coordinator"  # of one territory
    COOPERANT = "cooperant"  # of one cohort
    HOST = "host"  # at one host organisation (CAE)
    PARTNER = "partner"  # at one partner organisation
    NETWORK = "network"  # administrator of the whole network


# A stolen phone of a coopérant opens one person's papers; a stolen staff session opens everybody's.
NEEDS_SECOND_FACTOR = frozenset(
    {SeatKind.COORDINATOR, SeatKind.HOST, SeatKind.PARTNER, SeatKind.NETWORK}
)


@dataclass(frozen=True, slots=True)
class Seat:
    """One place a person may act from. `key` is stable, e.g. "coordinator:12"."""

    kind: SeatKind
    key: str
    label: str  # what the person is, in French: "coordinatrice", "coopérant"
    place: str  # where: territory, cohort or organisation name
    territory_id: int | None = None
    cohort_id: int | None = None
    enrolment_id: int | None = None
    organisation_id: int | None = None
    trades: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Actor:
    """`person_id` acting through `seat`. `user_id` is the account that signed in."""

    user_id: int
    person_id: int
    person_name: str
    seat: Seat

    @property
    def kind(self) -> SeatKind:
        return self.seat.kind

    @property
    def seat_label(self) -> str:
        return self.seat.label

    @property
    def place_label(self) -> str:
        return self.seat.place

    @property
    def initials(self) -> str:
        words = [word for word in self.person_name.replace("-", " ").split() if word]
        return (words[0][0] + words[-1][0]).upper() if words else "?"

    @property
    def territory_id(self) -> int | None:
        return self.seat.territory_id

    @property
    def cohort_id(self) -> int | None:
        return self.seat.cohort_id

    @property
    def enrolment_id(self) -> int | None:
        return self.seat.enrolment_id

    @property
    def organisation_id(self) -> int | None:
        return self.seat.organisation_id

    @property
    def is_coordinator(self) -> bool:
        return self.kind is SeatKind.COORDINATOR

    @property
    def is_cooperant(self) -> bool:
        return self.kind is SeatKind.COOPERANT

    @property
    def is_host(self) -> bool:
        return self.kind is SeatKind.HOST

    @property
    def is_partner(self) -> bool:
        return self.kind is SeatKind.PARTNER

    @property
    def is_network(self) -> bool:
        return self.kind is SeatKind.NETWORK
