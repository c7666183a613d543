"""Hours written for a colleague: nobody's until that person says yes."""

import datetime as dt
import uuid

import pytest

from ct_platform.kit.errors import Refused
from ct_platform.kit.invariants import all_invariants
from projects import selectors
from projects.models import WorkChange, WorkEntry
from projects.services import work
from tests.factories import NOW, TODAY, ProjectFactory, WorkEntryFactory
from tests.projects.verbs import MONDAY, TUESDAY, confirm, kitchen, lock, note


def offer(people, by="bastien", to="amina", *, minutes=180, day=TUESDAY, **more):
    return work.offer_hours(
        enrolment=people.enrolments[to],
        day=day,
        minutes=minutes,
        kind=more.pop("kind", "production"),
        project=more.pop("project", None) or kitchen(people),
        client_uuid=more.pop("client_uuid", None) or uuid.uuid4(),
        actor=people.actor(by),
        at=NOW,
        **more,
    )


def accept(people, entry, by="amina"):
    work.accept_hours(entry=entry, actor=people.actor(by), at=NOW)
    entry.refresh_from_db()
    return entry


def history(entry):
    return list(WorkChange.objects.filter(entry=entry).values_list("sentence", flat=True))


def test_it_waits_for_the_person_and_counts_nowhere(people):
    entry = offer(people)

    assert (entry.state, entry.entered_by) == ("offered", people.bastien)
    assert history(entry) == ["Noté pour Amina : 3\u00a0h, Cuisine, La Grande Marmite."]
    assert selectors.own_week(people.enrolments["amina"].pk, MONDAY).minutes == 0
    assert not WorkEntry.objects.awaiting().exists()
    assert lock(people) == []


def test_a_yes_makes_them_hours_that_a_third_person_confirms(people):
    entry = accept(people, offer(people))

    assert entry.state == "open"
    assert history(entry)[-1] == "Accepté : 3\u00a0h, Cuisine, La Grande Marmite."
    with pytest.raises(Refused, match="ne confirme pas ses propres heures"):
        confirm(people, "bastien", entry)
    with pytest.raises(Refused, match="ne confirme pas ses propres heures"):
        confirm(people, "amina", entry)
    assert confirm(people, "driss", entry) == 1


def test_the_coordination_may_write_too_and_then_does_not_confirm(people):
    entry = accept(people, offer(people, by="driss"))

    with pytest.raises(Refused, match="ne confirme pas ses propres heures"):
        confirm(people, "driss", entry)
    assert confirm(people, "bastien", entry) == 1


def test_a_yes_in_a_week_called_complete_declares_them(people):
    entry = offer(people)
    work.declare_week(
        enrolment=people.enrolments["amina"], monday=MONDAY, actor=people.actor("amina"), at=NOW
    )
    entry.refresh_from_db()
    assert entry.state == "offered"

    assert accept(people, entry).state == "declared"


def test_a_no_strikes_them_out_with_their_history(people):
    entry = offer(people)

    for _twice in range(2):
        work.decline_hours(entry=entry, actor=people.actor("amina"), at=NOW)

    entry.refresh_from_db()
    assert (entry.state, entry.withdrawn_at) == ("offered", NOW)
    assert history(entry)[1:] == ["Refusé : 3\u00a0h, Cuisine, La Grande Marmite."]
    with pytest.raises(Refused, match="retirées"):
        accept(people, entry)


@pytest.mark.parametrize("who", ["bastien", "driss", "chloe"])
def test_nobody_else_answers(people, who):
    entry = offer(people)

    for act in (work.accept_hours, work.decline_hours):
        with pytest.raises(Refused, match="à Amina de répondre"):
            act(entry=entry, actor=people.actor(who), at=NOW)

    entry.refresh_from_db()
    assert (entry.state, entry.withdrawn_at) == ("offered", None)


@pytest.mark.parametrize("act", ["confirm_one", "question_hours", "change_hours", "withdraw_hours"])
def test_nothing_else_is_done_with_them_before_the_answer(people, act):
    entry = offer(people)
    more = {
        "confirm_one": {"seen_version": 1},
        "question_hours": {"seen_version": 1, "sentence": "À midi ?"},
        "change_hours": {"minutes": 60, "kind": "meeting", "project": None, "seen_version": 1},
        "withdraw_hours": {},
    }[act]
    who = "amina" if act in ("change_hours", "withdraw_hours") else "driss"

    with pytest.raises(Refused, match="attendent d’abord la réponse d"):
        getattr(work, act)(entry=entry, actor=people.actor(who), at=NOW, **more)

    entry.refresh_from_db()
    assert (entry.state, entry.minutes, entry.withdrawn_at) == ("offered", 180, None)


def test_who_wrote_may_take_it_back_until_the_answer(people):
    entry, answered = offer(people), accept(people, offer(people, day=MONDAY))

    with pytest.raises(Refused, match="personne qui a noté"):
        work.take_back_hours(entry=entry, actor=people.actor("driss"), at=NOW)
    for _twice in range(2):
        work.take_back_hours(entry=entry, actor=people.actor("bastien"), at=NOW)
    with pytest.raises(Refused, match="Amina a déjà dit oui"):
        work.take_back_hours(entry=answered, actor=people.actor("bastien"), at=NOW)

    assert history(entry)[1:] == ["Repris : 3\u00a0h, Cuisine, La Grande Marmite."]


def test_the_same_form_twice_is_one_entry(people):
    key = uuid.uuid4()
    first, second = offer(people, client_uuid=key), offer(people, client_uuid=key)

    assert first == second == WorkEntry.objects.get()
    with pytest.raises(Refused, match="déjà servi"):
        offer(people, client_uuid=key, minutes=60)


@pytest.mark.parametrize(
    ("what", "sentence"),
    [
        ({"by": "amina"}, "Pour toi"),
        ({"to": "gael"}, "Le parcours de Gaël est terminé"),
        ({"day": TODAY + dt.timedelta(days=1)}, "pas encore là"),
        ({"minutes": 25 * 60}, "24 heures"),
        ({"starts_at": 1440}, "0 h à 23 h 59"),
    ],
)
def test_it_refuses_what_cannot_be(people, what, sentence):
    with pytest.raises(Refused, match=sentence):
        offer(people, **what)

    assert not WorkEntry.objects.exists()


def test_it_refuses_an_activity_of_another_cohort(people):
    with pytest.raises(Refused, match="pas dans ta coopérative"):
        offer(people, project=ProjectFactory(cohort=people.b.cohort))


def test_nobody_is_buried_under_what_others_write_and_still_notes_their_own_day(people):
    offer(people, minutes=20 * 60)

    with pytest.raises(Refused, match="Avec ce qui attend"):
        offer(people, by="driss", minutes=5 * 60)
    assert note(people, "amina", day=TUESDAY, minutes=300).state == "open"


def test_a_yes_that_would_fill_the_day_beyond_24_hours_is_refused(people):
    entry = offer(people, minutes=20 * 60)
    note(people, "amina", day=TUESDAY, minutes=300)

    with pytest.raises(Refused, match="24 heures au plus"):
        accept(people, entry)

    entry.refresh_from_db()
    assert entry.state == "offered"


def test_the_house_sees_hours_of_another_without_a_yes(people):
    law = next(one for one in all_invariants() if one.code == "projects.accepted_by_the_person")
    accept(people, offer(people))
    offer(people)
    assert list(law.check()) == []

    WorkEntryFactory(enrolment=people.enrolments["amina"], entered_by=people.bastien)

    assert len(list(law.check())) == 1
