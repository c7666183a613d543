"""People with addresses, and what reached their mailbox."""

import re
from typing import Any

from django.core import mail

from cohorts.models import Enrolment
from members.models import Person
from tests.personas import People


def write_to(people: People, *names: str, opens: bool = True) -> None:
    """Give these people an address; `opens`: it is also the one their account opens with."""
    for name in names:
        give_address(people.persons[name], f"{name}@exemple.test", opens=opens)


def give_address(person: Person, address: str, *, opens: bool = True) -> None:
    person.email = address
    person.save()
    if opens and person.user is not None:
        person.user.email = address
        person.user.save()


def with_addresses(voters: list[Enrolment]) -> None:
    for number, voter in enumerate(voters):
        give_address(voter.person, f"votant{number}@exemple.test")


def received(name: str) -> list[Any]:
    return [letter for letter in mail.outbox if letter.to == [f"{name}@exemple.test"]]


def link_in(letter: Any) -> str:
    """The path of the link of a letter."""
    found = re.search(r"https?://[^/\s]+(/vote/\S+/)", letter.body)
    assert found is not None, letter.body
    return found.group(1)
