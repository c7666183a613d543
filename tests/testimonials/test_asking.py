"""Asked at the right moments: once, once again a week after "later", and never after "never"."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from cohorts.after_news import proposals_for
from testimonials.models import AskAnswer
from testimonials.rules.asking import Heard, Moment, asks_on, moment_of
from testimonials.selectors.asking import asked_of, own_stay
from testimonials.services.asking import answer_ask

END = dt.date(2026, 6, 30)


def day(n: int) -> dt.date:
    return END + dt.timedelta(days=n)


@pytest.mark.parametrize(
    ("today", "moment"),
    [
        (day(-15), None),
        (day(-14), Moment.END),
        (day(30), Moment.END),
        (day(31), None),
        (dt.date(2026, 9, 29), None),
        (dt.date(2026, 9, 30), Moment.MONTHS_3),
        (dt.date(2026, 10, 31), None),
        (dt.date(2026, 12, 30), Moment.MONTHS_6),
        (dt.date(2027, 6, 30), Moment.MONTHS_12),
        (dt.date(2027, 8, 1), None),
    ],
)
def test_the_moments_are_the_end_and_the_follow_ups(today, moment):
    found = moment_of(END, today)
    assert (found[0] if found else None) == moment


@pytest.mark.parametrize(
    ("heard", "today", "asked"),
    [
        (Heard(), day(0), True),
        (Heard(laters=[day(0)]), day(6), False),
        (Heard(laters=[day(0)]), day(7), True),
        (Heard(laters=[day(0), day(7)]), day(20), False),
        (Heard(laters=[day(0), day(7)]), dt.date(2026, 10, 1), True),  # another moment
        (Heard(never=True), day(0), False),
        (Heard(never=True), dt.date(2027, 7, 1), False),
    ],
)
def test_one_reminder_and_never_is_never(heard, today, asked):
    assert (asks_on(END, today, heard, told=False) is not None) is asked


def test_who_already_told_something_is_not_asked():
    assert asks_on(END, END, Heard(), told=True) is None


def ask_now(actor, today):
    return asked_of(own_stay(actor), today)


@pytest.fixture
def ending(people, at):
    """The last week of cohort A."""
    people.a.cohort.ends_on = at.date() + dt.timedelta(days=5)
    people.a.cohort.save()
    return people


def test_ma_coop_asks_at_the_end_and_hears_later(enter, ending, at):
    page = enter("amina")
    assert "Laisser mes mots" in page.get(reverse("home:my_coop")).content.decode()
    for _tap in range(2):
        page.post(reverse("testimonials:answer_ask"), {"said": "later"})
    assert AskAnswer.objects.count() == 1
    assert "Laisser mes mots" not in page.get(reverse("home:my_coop")).content.decode()
    assert "Mes mots" in page.get(reverse("home:my_coop")).content.decode()  # the door stays open
    with time_machine.travel(at + dt.timedelta(days=7)):
        assert "Laisser mes mots" in page.get(reverse("home:my_coop")).content.decode()


def test_it_is_not_asked_in_the_middle_of_a_cohort(people, at):
    people.a.cohort.ends_on = at.date() + dt.timedelta(days=60)
    people.a.cohort.save()
    assert ask_now(people.actor("amina"), at.date()) is None


def test_who_told_something_is_left_in_peace(ending, leave, at):
    leave()
    assert ask_now(ending.actor("amina"), at.date()) is None
    assert ask_now(ending.actor("bastien"), at.date()) is Moment.END


def test_an_odd_answer_is_refused(enter, ending):
    enter("amina").post(reverse("testimonials:answer_ask"), {"said": "whatever"})
    assert AskAnswer.objects.count() == 0


def test_who_gives_news_is_asked_beside_them_and_who_stops_is_not(people, at):
    enrolment = people.enrolments["gael"]  # left on 1 October
    january = dt.date(2027, 1, 5)
    assert [one.action for one in proposals_for(enrolment, january)] == ["Laisser mes mots"]
    assert proposals_for(enrolment, dt.date(2027, 2, 10)) == []
    answer_ask(enrolment=enrolment, said="never", actor=people.actor("gael"), at=at)
    assert proposals_for(enrolment, january) == []
