"""A cohort too large to exist: what makes a pay run long enough to be killed in its middle."""

import datetime as dt
from decimal import Decimal

from cohorts.models import Cohort, Contract, Enrolment
from members.models import Person
from members.rules import search_key
from projects.enums import WorkState
from projects.models import WorkEntry
from tests.factories import NOW
from tests.payroll.scene import Scene, set_scene
from tests.personas import People


def set_crowd(people: People, count: int) -> Scene:
    """`count` people in cohort A, each with hours of November of their own; a sale for all."""
    scene = set_scene(people, kind="half", sales=Decimal(450 * count))
    add_people(scene.cohort, count - 2)
    # Nobody confirms their own hours.
    WorkEntry.objects.of_cohort(scene.cohort.pk).update(confirmed_by=people.driss)
    return scene


def add_people(cohort: Cohort, count: int, month: dt.date = dt.date(2026, 11, 1)) -> None:
    """People under a CAPE with a few confirmed hours each, four inserts in all."""
    persons = Person.objects.bulk_create(
        Person(
            first_name=f"Prénom{n}", last_name=f"Foule{n}", search_key=search_key(f"Prénom{n}", f"Foule{n}"),
            birth_date=dt.date(1990, 1, 1), address="8 allée des Tilleuls", postcode="99100", city="Valbrune",
        )
        for n in range(count)
    )  # fmt: skip
    enrolments = Enrolment.objects.bulk_create(
        Enrolment(cohort=cohort, person=person, state="active", votes_from=cohort.starts_on)
        for person in persons
    )
    Contract.objects.bulk_create(
        Contract(
            enrolment=enrolment, kind="cape", starts_on=cohort.starts_on, ends_on=cohort.ends_on
        )
        for enrolment in enrolments
    )
    work(enrolments, month)


def work(enrolments: list[Enrolment], month: dt.date) -> None:
    """One confirmed day each, of a length of its own."""
    WorkEntry.objects.bulk_create(
        WorkEntry(
            enrolment=enrolment, entered_by_id=enrolment.person_id, day=month.replace(day=2 + n % 20),
            minutes=180 + 7 * (n % 60), kind="production", state=WorkState.CONFIRMED,
            confirmed_at=NOW, confirmed_by_id=enrolment.person_id,
        )
        for n, enrolment in enumerate(enrolments)
    )  # fmt: skip
