"""Being asked for news: a yes with its sentence, its way and its end; a no as easy."""

import datetime as dt

import pytest
from django.db import DatabaseError, transaction

from cohorts.enums.follow_ups import ChoiceSaid
from cohorts.models import FollowUpChoice
from cohorts.selectors.follow_ups import choice_of
from cohorts.services.follow_up_choices import NO, choose, stop_by_link
from ct_platform.kit.errors import Refused
from members.models import Consent, Person
from tests import factories as make
from tests.factories import NOW, TODAY


@pytest.fixture
def refuse(people, amina):
    def say(by="amina"):
        return choose(
            enrolment=amina, wish=NO, said=ChoiceSaid.SELF, actor=people.actor(by), at=NOW
        )

    return say


def test_a_yes_keeps_the_sentence_the_way_the_number_and_an_end(agree, amina):
    kept = agree()
    assert (kept.agrees, kept.channel, kept.phone) == (True, "sms", "+33639980012")
    consent = kept.consent
    assert "par SMS" in consent.wording and "quand je veux" in consent.wording
    assert consent.purpose == "follow_up" and consent.expires_on == dt.date(2028, 2, 18)


def test_the_same_yes_twice_is_one(agree):
    assert agree() == agree()
    assert Consent.objects.count() == 1


def test_another_number_keeps_the_consent_another_way_asks_for_a_new_one(agree, amina):
    first = agree()
    moved = agree(by="amina", phone="06 39 98 00 13")
    assert moved.consent == first.consent and choice_of(amina).phone == "+33639980013"

    called = agree(by="amina", channel="call")
    first.consent.refresh_from_db()
    assert called.consent != first.consent and first.consent.withdrawn_at == NOW


def test_a_no_withdraws_and_is_kept(agree, refuse, amina):
    given = agree()
    refuse()
    given.consent.refresh_from_db()
    assert given.consent.withdrawn_at == NOW
    assert (choice_of(amina).agrees, choice_of(amina).phone) == (False, "")
    assert FollowUpChoice.objects.count() == 2


def test_a_link_stops_as_well_as_the_coordination(agree, amina):
    agree()
    stop_by_link(enrolment=amina, at=NOW)
    stop_by_link(enrolment=amina, at=NOW)
    assert choice_of(amina).said == ChoiceSaid.LINK and FollowUpChoice.objects.count() == 2
    assert not Consent.objects.in_force(TODAY).exists()


def test_a_stop_is_heard_for_every_cohort_the_person_was_in_and_for_nobody_else(
    agree, amina, people
):
    again = make.EnrolmentFactory(
        cohort=make.CohortFactory(territory=people.a.territory), person=amina.person
    )
    bastien = people.enrolments["bastien"]
    for one in (amina, again, bastien):
        agree(enrolment=one)
    stop_by_link(enrolment=amina, at=NOW)
    assert [choice_of(one).agrees for one in (amina, again, bastien)] == [False, False, True]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"channel": ""}, "channel"), ({"phone": ""}, "phone"), ({"phone": "12"}, "phone"),
        ({"channel": "mail", "email": ""}, "email"), ({"channel": "mail", "email": "a@"}, "email"),
    ],
)  # fmt: skip
def test_a_yes_without_a_way_to_arrive_is_refused_beside_its_field(agree, wrong, field):
    with pytest.raises(Refused) as refusal:
        agree(**wrong)
    assert refusal.value.field == field
    assert not FollowUpChoice.objects.exists() and not Consent.objects.exists()


@pytest.mark.parametrize("who", ["bastien", "dalia", "helene", "elsa"])
def test_nobody_else_says_it(agree, who):
    with pytest.raises(Refused):
        agree(by=who)
    assert not FollowUpChoice.objects.exists()


def test_a_minor_agrees_with_a_guardian_and_until_eighteen(agree, people):
    Person.objects.filter(pk=people.amina.pk).update(birth_date=dt.date(2009, 3, 1))
    with pytest.raises(Refused) as refusal:
        agree()
    assert refusal.value.field == "guardian"
    kept = agree(guardian="Rokia Sarr")
    assert (kept.consent.given_by, kept.consent.expires_on) == ("Rokia Sarr", dt.date(2027, 3, 1))


def test_what_was_said_cannot_be_edited(agree):
    agree()
    with pytest.raises(DatabaseError), transaction.atomic():
        FollowUpChoice.objects.update(phone="")
