"""The first coordinators, hosts and partners of a site are let in by its operator."""

import io

import pytest
from django.core.management import CommandError, call_command

from cohorts.models import CoordinatorSeat, HostSeat
from ct_platform.kit.actor import SeatKind
from members.models import Person, User
from members.seats import seats_of
from tests.factories import TODAY


def open_seat(*words: str) -> None:
    call_command("open_seat", *words, stdout=io.StringIO())


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        (("--coordinator", "Le Plateau"), SeatKind.COORDINATOR),
        (("--host", "Le Ferment"), SeatKind.HOST),
        (("--partner", "Chambre de Valbrune"), SeatKind.PARTNER),
        (("--network",), SeatKind.NETWORK),
    ],
)
def test_it_opens_an_account_and_its_seat(people, place, kind):
    open_seat("Rita@Exemple.test", "Rita", "Neuve", *place)
    user = User.objects.get(email="rita@exemple.test")
    assert not user.has_usable_password()
    assert [seat.kind for seat in seats_of(user.person.pk, TODAY)] == [kind]


def test_asking_twice_opens_one(people):
    for _ in range(2):
        open_seat("rita@exemple.test", "Rita", "Neuve", "--coordinator", "Le Plateau")
    assert Person.objects.filter(last_name="Neuve").count() == 1
    assert CoordinatorSeat.objects.filter(person__last_name="Neuve").count() == 1


def test_somebody_known_takes_one_more_seat(people):
    open_seat("driss@exemple.test", "Driss", "Marchal", "--host", "Le Ferment")
    assert HostSeat.objects.filter(person=people.driss).count() == 1
    assert Person.objects.filter(user__email="driss@exemple.test").count() == 1


def test_an_unknown_place_opens_nothing(people):
    before = User.objects.count()
    with pytest.raises(CommandError, match="Connus : En Bas, Le Plateau"):
        open_seat("rita@exemple.test", "Rita", "Neuve", "--coordinator", "Ailleurs")
    assert User.objects.count() == before
