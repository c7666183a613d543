import datetime as dt

import pytest

from ct_platform.kit.errors import Refused
from members.models import Person
from members.rules import Identity, Likeness
from members.selectors import likely_same_persons
from members.services.people import create_person, update_person
from tests.factories import TODAY


def test_it_writes_a_person_clean(db, at):
    person = create_person(
        first_name="  Awa ", last_name="KEÏTA\u00a0", email="Awa@Exemple.FR", phone="06 39 98 00 12",
        birth_date=dt.date(1991, 4, 7), city="Valbrune", at=at,
    )  # fmt: skip
    person.refresh_from_db()
    assert (person.first_name, person.last_name) == ("Awa", "KEÏTA")
    assert (person.email, person.phone) == ("awa@exemple.fr", "+33639980012")
    assert person.search_key == "keita awa"
    assert person.user is None
    assert person.spoken_phone == "06 39 98 00 12"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"first_name": " "}, "first_name"),
        ({"last_name": ""}, "last_name"),
        ({"first_name": "A" * 81}, "first_name"),
        ({"email": "awa@"}, "email"),
        ({"phone": "06 39"}, "phone"),
        ({"birth_date": TODAY}, "birth_date"),
        ({"birth_date": dt.date(1899, 12, 31)}, "birth_date"),
    ],
)
def test_it_refuses_in_a_sentence_beside_the_field(db, at, wrong, field):
    with pytest.raises(Refused) as caught:
        create_person(**({"first_name": "Awa", "last_name": "Keïta", "at": at} | wrong))
    assert caught.value.field == field
    assert str(caught.value).endswith((".", "fr", "12"))
    assert not Person.objects.exists()


def test_a_coordinator_of_another_territory_corrects_nobody_here(people, at):
    for name in ("dalia", "helene", "elsa", "bastien"):
        with pytest.raises(Refused, match="ne pouvez pas"):
            update_person(
                person=people.amina, texts={"last_name": "X"}, actor=people.actor(name), at=at
            )
    people.amina.refresh_from_db()
    assert people.amina.last_name == "Sarr"


def test_the_coordinator_corrects_what_is_named_and_nothing_else(people, at):
    update_person(
        person=people.amina,
        texts={"last_name": "Sarre", "phone": "0639980012"},
        actor=people.actor("driss"),
        at=at,
    )
    people.amina.refresh_from_db()
    assert people.amina.search_key == "sarre amina"
    assert people.amina.phone == "+33639980012"
    assert people.amina.city == "Valbrune"


def test_a_name_cannot_be_emptied(people, at):
    with pytest.raises(Refused) as caught:
        update_person(
            person=people.amina, texts={"first_name": ""}, actor=people.actor("driss"), at=at
        )
    assert caught.value.field == "first_name"
    people.amina.refresh_from_db()
    assert people.amina.first_name == "Amina"


def test_it_finds_who_is_already_known_and_says_why(people, django_assert_num_queries):
    sight = Person.objects.visible_to(people.actor("driss"))
    with django_assert_num_queries(1):
        found = likely_same_persons(
            identities=[
                Identity("AMINA", "sarr", dt.date(1990, 1, 1)),
                Identity("Sarr", "Amina"),
                Identity("Awa", "Keïta", dt.date(1990, 1, 1)),
                Identity("Chloé", "Voisine", dt.date(1990, 1, 1)),
            ],
            among=sight,
        )
    assert [[match.person for match in matches] for matches in found] == [
        [people.amina], [people.amina], [], [],
    ]  # fmt: skip
    assert found[0][0].likeness is Likeness.SAME_NAME_AND_BIRTH
    assert found[1][0].words == "même nom, une date de naissance manque"


def test_every_likeness_has_its_words():
    from members.selectors import LIKENESS_WORDS

    assert set(LIKENESS_WORDS) == set(Likeness)
