"""Two coordinators at the very same moment. SQLite serialises writers and hides these: PostgreSQL only."""

import uuid

import pytest

from cohorts.models import Cohort, Enrolment
from cohorts.selectors.preview import preview_of
from cohorts.services.cards import AlreadyPrinted, print_cards
from cohorts.services.cohorts import CohortChanged, CohortWishes, begin_closing, edit_cohort
from cohorts.services.imports import confirm_import, start_import
from ct_platform.kit.errors import Stale
from ct_platform.kit.models import TransitionLog
from members.models import JoinCard, Person
from tests.cohorts.sheets import csv_bytes
from tests.factories import NOW
from tests.projects.races import while_uncommitted

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

LIST = csv_bytes("Nom;Prénom;Date de naissance", "Un;Aline;14/03/1991", "Deux;Benoît;02/01/1988")


def begun(people):
    return start_import(
        cohort=people.a.cohort, name="liste.csv", content=LIST, actor=people.actor("driss")
    )


def confirmation(people, found):
    actor = people.actor("driss")
    seen = preview_of(found, people.a.cohort, actor).seen
    return lambda: confirm_import(
        enrolment_import=found, choices={}, seen=seen, actor=actor, at=NOW
    )


def test_one_list_confirmed_twice_at_once_enters_once(people):
    found = begun(people)
    again = type(found).objects.get(pk=found.pk)
    while_uncommitted(confirmation(people, found), confirmation(people, again))
    assert Person.objects.filter(last_name__in=["Un", "Deux"]).count() == 2
    assert TransitionLog.objects.filter(model="cohorts.enrolmentimport").count() == 1


def test_two_lists_of_the_same_people_at_once_do_not_double_them(people):
    first, second = begun(people), begun(people)
    _done, error = while_uncommitted(confirmation(people, first), confirmation(people, second))
    assert isinstance(error, Stale)
    assert Person.objects.filter(last_name__in=["Un", "Deux"]).count() == 2
    assert Enrolment.objects.filter(person__last_name__in=["Un", "Deux"]).count() == 2


def test_two_edits_at_once_keep_the_first_and_tell_the_second(people):
    cohort, actor = people.a.cohort, people.actor("driss")

    def edit(name: str):
        wishes = CohortWishes(
            name, "", cohort.programme, cohort.host, cohort.starts_on, cohort.ends_on, cohort.seats
        )
        return lambda: edit_cohort(
            cohort=cohort, wishes=wishes, seen_version=1, actor=actor, at=NOW
        )

    _saved, error = while_uncommitted(edit("Premier"), edit("Second"))
    assert isinstance(error, CohortChanged)
    assert Cohort.objects.get(pk=cohort.pk).name == "Premier"


def test_two_moves_at_once_make_one_step(people):
    actor = people.actor("driss")

    def close():
        begin_closing(cohort=Cohort.objects.get(pk=people.a.cohort.pk), actor=actor, at=NOW)

    while_uncommitted(close, close)
    assert TransitionLog.objects.filter(model="cohorts.cohort").count() == 1


def test_one_form_of_cards_sent_twice_at_once_prints_once(people):
    key, actor = uuid.uuid4(), people.actor("driss")

    def print_them():
        return print_cards(
            cohort=people.a.cohort,
            enrolments=[people.enrolments["amina"]],
            submission_key=key,
            actor=actor,
            at=NOW,
        )

    _pdf, error = while_uncommitted(print_them, print_them)
    assert isinstance(error, AlreadyPrinted)
    assert JoinCard.objects.count() == 1
