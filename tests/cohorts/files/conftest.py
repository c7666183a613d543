import datetime as dt

import pytest

from cohorts.services.entry_files import write_answers
from tests.factories import NOW

EVE = dt.datetime(2026, 9, 4, 9, 0, tzinfo=dt.UTC)  # before the entry of 7 September
FIRST_DAY = dt.datetime(2026, 9, 7, 9, 0, tzinfo=dt.UTC)


@pytest.fixture
def amina(people):
    return people.enrolments["amina"]


@pytest.fixture
def answer(people, amina):
    """`answer({"labour": "employed"}, by="amina", at=EVE)`; the coordinator, today, by default."""

    def write(answers, by="driss", at=NOW, enrolment=None, **more):
        return write_answers(
            enrolment=enrolment or amina, answers=answers, actor=people.actor(by), at=at, **more
        )

    return write
