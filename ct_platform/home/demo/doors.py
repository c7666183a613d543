"""Whom one may enter as, in the demo."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from ct_platform.kit import clock
from ct_platform.kit.actor import SeatKind
from members.models import Person, User
from members.seats import seats_of

_TITLES = (
    (SeatKind.COOPERANT, "personne"),
    (SeatKind.COORDINATOR, "groupe"),
    (SeatKind.HOST, "cle"),
    (SeatKind.PARTNER, "graphique"),
    (SeatKind.NETWORK, "oeil"),
)


@dataclass(frozen=True, slots=True)
class Door:
    key: str
    name: str
    what: str
    icon: str


def demo_people() -> list[tuple[str, list[Door]]]:
    """Everybody with an account and a seat, by kind of seat. Some queries per person: demo only."""
    words = {
        SeatKind.COOPERANT: _("Coopérantes et coopérants"),
        SeatKind.COORDINATOR: _("Coordination"),
        SeatKind.HOST: _("Coopérative hôte"),
        SeatKind.PARTNER: _("Partenaires"),
        SeatKind.NETWORK: _("Réseau"),
    }
    found: dict[SeatKind, list[Door]] = {kind: [] for kind, _icon in _TITLES}
    icons = dict(_TITLES)
    people = Person.objects.filter(user__isnull=False, user__is_active=True).order_by(
        "last_name", "pk"
    )
    for person in people:
        for seat in seats_of(person.pk, clock.today())[:1]:
            what = f"{seat.label}, {seat.place}"
            found[seat.kind].append(
                Door(str(person.user_id), person.full_name, what, icons[seat.kind])
            )
    return [(words[kind], doors[:16]) for kind, doors in found.items() if doors]


def demo_user(key: str) -> User | None:
    """The account of a door; None for anything else. Never outside the demo."""
    if not settings.DEMO or not key.isdigit():
        return None
    return User.objects.filter(pk=int(key), is_active=True).first()
