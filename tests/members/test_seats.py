from cohorts.models import Cohort, CoordinatorSeat
from ct_platform.kit.actor import SeatKind
from members.models import Person
from members.seats import seat_by_key, seats_of
from tests.factories import TODAY


def test_it_finds_the_seat_of_each_persona(people):
    assert people.seat("driss").kind is SeatKind.COORDINATOR
    assert people.seat("helene").kind is SeatKind.HOST
    assert people.seat("elsa").kind is SeatKind.PARTNER
    assert people.seat("nora").kind is SeatKind.NETWORK
    assert people.seat("amina").cohort_id == people.a.cohort.pk


def test_a_seat_key_of_somebody_else_opens_nothing(people):
    key = people.seat("dalia").key
    assert seat_by_key(people.driss.pk, key, TODAY) is None


def test_an_ended_seat_is_no_seat(people):
    CoordinatorSeat.objects.filter(person=people.driss).update(ends_on="2026-11-24")
    assert seats_of(people.driss.pk, TODAY) == []


def test_a_seat_sees_the_persons_of_its_cohorts_only(people):
    seen = set(
        Person.objects.visible_to(people.actor("driss")).values_list("first_name", flat=True)
    )
    assert {"Amina", "Bastien", "Driss"} <= seen
    assert "Chloé" not in seen


def test_partners_see_cohorts_they_follow_and_no_person_but_themselves(people):
    actor = people.actor("elsa")
    assert list(Cohort.objects.visible_to(actor)) == [people.a.cohort]
    assert list(Person.objects.visible_to(actor)) == [people.elsa]
