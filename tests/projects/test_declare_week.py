import datetime as dt

import pytest

from ct_platform.kit.errors import Refused
from projects.models import WeekDeclaration
from projects.selectors import weeks_in_doubt
from projects.services import work
from tests.factories import NOW
from tests.projects.verbs import MONDAY, confirm, note


def declare(people, who, monday=MONDAY):
    return work.declare_week(
        enrolment=people.enrolments[who], monday=monday, actor=people.actor(who), at=NOW
    )


def test_open_hours_become_declared_and_confirmed_ones_stay(people):
    noted, seen = note(people, "amina"), note(people, "amina", kind="meeting")
    confirm(people, "bastien", seen)

    declare(people, "amina")

    noted.refresh_from_db()
    seen.refresh_from_db()
    assert (noted.state, seen.state) == ("declared", "confirmed")


def test_a_week_of_zero_hours_is_told_from_a_forgotten_one(people):
    declare(people, "amina")

    doubts = weeks_in_doubt(people.a.cohort.pk, MONDAY, MONDAY)

    assert [one.enrolment_id for one in doubts] == [people.enrolments["bastien"].pk]


def test_saying_it_twice_is_quiet(people):
    assert declare(people, "amina") == declare(people, "amina", MONDAY + dt.timedelta(days=3))
    assert WeekDeclaration.objects.count() == 1


@pytest.mark.parametrize(
    ("monday", "said"),
    [(dt.date(2026, 11, 30), "pas encore commencé"), (dt.date(2026, 8, 31), "en dehors")],
)
def test_it_refuses_a_week_to_come_or_outside_the_cohort(people, monday, said):
    with pytest.raises(Refused, match=said):
        declare(people, "amina", monday)

    assert not WeekDeclaration.objects.exists()


def test_it_refuses_who_left(people):
    with pytest.raises(Refused, match="parcours est terminé"):
        declare(people, "gael")


def test_hours_with_an_open_question_stay_open(people):
    entry = note(people, "amina")
    work.question_hours(
        entry=entry, sentence="Sûre ?", seen_version=1, actor=people.actor("bastien"), at=NOW
    )

    declare(people, "amina")

    entry.refresh_from_db()
    assert entry.state == "open"
