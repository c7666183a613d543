import datetime as dt
import threading

import pytest
from django.db import connections

from cohorts.models import CoordinatorSeat, Enrolment
from members.models import JoinCard, Person, User
from members.services.join_cards import CardRefused, issue_cards, use_card
from members.services.sign_in import close_account
from tests.factories import EnrolmentFactory, PersonFactory
from tests.members.door import install_factor


@pytest.fixture
def newcomer(people) -> Person:
    """In cohort A, without any account."""
    return EnrolmentFactory(cohort=people.a.cohort, person=PersonFactory(first_name="Awa")).person


@pytest.fixture
def give(people, at):
    def card_for(person: Person, cohort=None):
        (card,) = issue_cards(
            persons=[person],
            cohort_key=(cohort or people.a.cohort).pk,
            actor=people.actor("driss"),
            at=at,
        )
        return card

    return card_for


def refused(at, **key: str) -> str:
    with pytest.raises(CardRefused) as caught:
        use_card(at=at, **key)
    return str(caught.value)


def test_a_token_lets_in_and_makes_the_account(newcomer, give, people, at):
    card = give(newcomer)
    assert newcomer.user is None
    entry = use_card(token=card.token, at=at)
    newcomer.refresh_from_db()
    assert entry.user == newcomer.user
    assert entry.user.email is None
    assert not entry.user.has_usable_password()
    assert entry.seat.cohort_id == people.a.cohort.pk
    assert JoinCard.objects.get().used_at == at


def test_a_typed_code_does_the_same_however_it_is_written(newcomer, give, at):
    card = give(newcomer)
    typed = f" {card.code.lower().replace('-', ' ').replace('0', 'o').replace('1', 'l')} "
    assert use_card(code=typed, at=at).user.person == newcomer


def test_printing_makes_no_account(newcomer, give):
    accounts = User.objects.count()
    give(newcomer)
    assert User.objects.count() == accounts


def test_an_account_that_exists_is_used(people, give, at):
    accounts = User.objects.count()
    assert use_card(token=give(people.amina).token, at=at).user == people.user("amina")
    assert User.objects.count() == accounts


def test_the_database_keeps_no_key(newcomer, give):
    card = give(newcomer)
    row = JoinCard.objects.get()
    assert card.token not in (row.token_hash, row.code_hash)
    assert len(card.token) == 22
    assert card.code not in str(vars(row))
    assert card.token not in repr(card) and card.code not in repr(card)


def test_a_bare_hash_would_not_find_the_code(newcomer, give):
    """40 bits are soon enumerated: the hash is keyed, and the key is not in the database."""
    import hashlib

    card = give(newcomer)
    bare = hashlib.sha256(card.code.replace("-", "").encode()).hexdigest()
    assert JoinCard.objects.get().code_hash != bare


def test_former_keys_still_open_printed_cards(newcomer, give, settings, at):
    card = give(newcomer)
    settings.FIELD_KEYS = ["bmV3LWtleS1uZXcta2V5LW5ldy1rZXktbmV3LWtleTE=", *settings.FIELD_KEYS]
    assert use_card(token=card.token, at=at).user.person == newcomer


def test_a_card_serves_once(newcomer, give, at):
    card = give(newcomer)
    use_card(token=card.token, at=at)
    assert "a déjà servi" in refused(at, token=card.token)
    assert "a déjà servi" in refused(at, code=card.code)


def test_the_browser_that_lost_the_answer_may_ask_again_for_ten_minutes(newcomer, give, at):
    card = give(newcomer)
    first = use_card(token=card.token, browser="this browser", at=at)
    soon, late = at + dt.timedelta(minutes=9), at + dt.timedelta(minutes=11)
    assert use_card(token=card.token, browser="this browser", at=soon).user == first.user
    assert "a déjà servi" in refused(soon, token=card.token, browser="another one")
    assert "a déjà servi" in refused(soon, token=card.token)
    assert "a déjà servi" in refused(late, token=card.token, browser="this browser")
    assert JoinCard.objects.get().used_at == at


def test_a_card_used_without_a_browser_is_not_reopened_without_one(newcomer, give, at):
    card = give(newcomer)
    use_card(token=card.token, browser="", at=at)
    assert "a déjà servi" in refused(at, token=card.token, browser="")


def test_a_newer_card_replaces_the_former(newcomer, give, at):
    former, newer = give(newcomer), give(newcomer)
    assert "plus récente" in refused(at, token=former.token)
    assert use_card(token=newer.token, at=at)


def test_replacing_leaves_the_cards_of_others(people, newcomer, give, at):
    other = give(people.bastien)
    give(newcomer)
    assert use_card(token=other.token, at=at)


def test_it_is_over_after_its_days_and_says_since_when(newcomer, give, at, settings):
    card = give(newcomer)
    later = at + dt.timedelta(days=settings.JOIN_CARD_DAYS)
    assert "24 janvier 2027" in refused(later, token=card.token)
    assert use_card(token=card.token, at=later - dt.timedelta(seconds=1))


def test_unknown_keys_open_nothing(newcomer, give, at):
    give(newcomer)
    for key in ({"token": "x" * 22}, {"code": "7GK2-9QXM"}, {"code": "court"}, {"token": "\x00é"}):
        assert "n’est pas connue" in refused(at, **key)
    assert JoinCard.objects.get().used_at is None


def test_it_never_opens_a_staff_seat(people, newcomer, give, at):
    card = give(newcomer)
    CoordinatorSeat.objects.create(
        person=newcomer, territory=people.b.territory, starts_on="2026-11-01"
    )
    assert "par e-mail" in refused(at, token=card.token)
    assert JoinCard.objects.get().used_at is None
    newcomer.refresh_from_db()
    assert newcomer.user is None


def test_a_staff_seat_that_ended_no_longer_hinders(people, newcomer, give, at):
    card = give(newcomer)
    CoordinatorSeat.objects.create(
        person=newcomer, territory=people.b.territory, starts_on="2026-01-01", ends_on="2026-10-31"
    )
    assert use_card(token=card.token, at=at)


def test_it_does_not_go_round_a_second_factor_nor_into_the_admin(people, give, at):
    install_factor(people.user("amina"))
    assert "par e-mail" in refused(at, token=give(people.amina).token)
    User.objects.filter(pk=people.user("bastien").pk).update(is_superuser=True)
    assert "par e-mail" in refused(at, token=give(people.bastien).token)


def test_it_does_not_open_a_closed_account(people, give, at):
    close_account(user=people.user("amina"))
    assert "Ce compte est fermé" in refused(at, token=give(people.amina).token)


def test_a_seat_that_is_not_open_yet_leaves_the_card_whole(people, newcomer, give, at):
    card = give(newcomer)
    Enrolment.objects.filter(person=newcomer).update(state="selected")
    assert "pas encore ouverte" in refused(at, token=card.token)
    Enrolment.objects.filter(person=newcomer).update(state="active")
    assert use_card(token=card.token, at=at)


def test_a_card_of_another_cohort_opens_no_seat_here(people, newcomer, give, at):
    card = give(newcomer, cohort=people.b.cohort)
    assert "pas encore ouverte" in refused(at, token=card.token)


def test_the_seat_is_the_one_of_the_card_among_several(people, newcomer, give, at):
    EnrolmentFactory(cohort=people.b.cohort, person=newcomer)
    card = give(newcomer, cohort=people.b.cohort)
    assert use_card(token=card.token, at=at).seat.cohort_id == people.b.cohort.pk


def test_thirty_cards_cost_no_more_queries_than_one(people, at, django_assert_num_queries):
    persons, actor = [PersonFactory() for _number in range(30)], people.actor("driss")
    with django_assert_num_queries(5):  # two of them are the savepoint's
        cards = issue_cards(persons=persons, cohort_key=people.a.cohort.pk, actor=actor, at=at)
    assert [card.person for card in cards] == persons
    assert len({card.token for card in cards} | {card.code for card in cards}) == 60


def test_the_same_person_twice_in_a_list_gets_one_card(people, newcomer, at):
    cards = issue_cards(
        persons=[newcomer, newcomer], cohort_key=1, actor=people.actor("driss"), at=at
    )
    assert len(cards) == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_browsers_at_once_and_one_enters(people, newcomer, give, at):
    card = give(newcomer)
    start, answers = threading.Barrier(8), []

    def tap(number: int) -> None:
        start.wait()
        try:
            answers.append(use_card(token=card.token, browser=f"browser {number}", at=at).user.pk)
        except CardRefused:
            answers.append(None)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=tap, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    newcomer.refresh_from_db()
    assert sorted(answers, key=str) == sorted([newcomer.user_id] + [None] * 7, key=str)
    assert User.objects.filter(person=newcomer).count() == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_coordinators_printing_at_once_leave_one_open_card(people, newcomer, at):
    start, actor, failures = threading.Barrier(4), people.actor("driss"), []

    def print_card() -> None:
        start.wait()
        try:
            issue_cards(persons=[newcomer], cohort_key=people.a.cohort.pk, actor=actor, at=at)
        except Exception as error:
            failures.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=print_card) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert JoinCard.objects.usable(at).count() == 1
    assert JoinCard.objects.count() == 4
