"""Mandates, entering and leaving: what a decision about somebody does, and when it cannot."""

import datetime as dt

import pytest

from cohorts.models import Cohort, Enrolment, Mandate
from decisions import effects
from decisions.models import Elector, Statutes
from tests.decisions.assembly import ask, close, decide, everybody, member, typed_settings
from tests.factories import NOW, TODAY

FRIDAY = dt.date(2026, 11, 27)
YES = {"choice": "for"}


@pytest.fixture
def amina(people):
    return people.enrolments["amina"]


@pytest.fixture
def bastien(people):
    return people.enrolments["bastien"]


def election(people, *candidates, code="mandate", **typed):
    asked = {"title": "Trésorerie", "people": [one.pk for one in candidates], "replaces": "on"}
    return typed_settings(people, code, asked | typed)


def best(enrolment, *others):
    grades = {f"person-{enrolment.pk}": 4} | {f"person-{one.pk}": 1 for one in others}
    return {"grades": grades}


def held(people):
    rows = Mandate.objects.of_cohort(people.a.cohort.pk).order_by("pk")
    return [(one.enrolment.person.called, one.title, one.starts_on, one.ends_on) for one in rows]


def test_the_one_elected_holds_the_mandate_from_the_count(people, amina, bastien):
    outcome = decide(people, "mandate", election(people, amina, bastien), best(bastien, amina))
    assert held(people) == [("Bastien", "Trésorerie", FRIDAY, None)]
    assert Mandate.objects.get().decision_number == outcome.number
    assert (outcome.effect_state, outcome.law) == ("applied", "mandate:tresorerie")
    assert outcome.effect_sentence == (
        "Mandat « Trésorerie » donné à Bastien Cherif, à partir du 27 novembre 2026."
    )


def test_a_dated_mandate_ends_with_its_decision(people, amina):
    typed = {"in_force_from": "2026-12-01", "ends_on": "2026-12-18"}
    outcome = decide(people, "mandate", election(people, amina, **typed), best(amina))
    assert held(people) == [("Amina", "Trésorerie", dt.date(2026, 12, 1), dt.date(2026, 12, 18))]
    assert outcome.ends_on == dt.date(2026, 12, 18)


def test_approval_fills_several_seats(people, amina, bastien):
    third = member(people.a.cohort)
    settings = election(people, amina, bastien, third, code="mandates", seats=2)
    poll = ask(people, "mandates", settings)
    assert poll.rule["seats"] == 2
    everybody(poll, {"approve": [f"person-{amina.pk}", f"person-{third.pk}"]})
    close(poll)
    assert {one.enrolment_id for one in Mandate.objects.all()} == {amina.pk, third.pk}


def test_a_new_election_ends_the_mandate_of_who_was_there(people, amina, bastien):
    decide(people, "mandate", election(people, amina), best(amina))
    later = {"at": NOW + dt.timedelta(days=5), "closes_at": NOW + dt.timedelta(days=6)}
    outcome = decide(people, "mandate", election(people, bastien), best(bastien), **later)
    assert held(people) == [
        ("Amina", "Trésorerie", FRIDAY, dt.date(2026, 11, 30)),
        ("Bastien", "Trésorerie", dt.date(2026, 12, 1), None),
    ]
    assert Mandate.objects.first().ended_by_number == outcome.number


def test_two_mandates_that_cross_leave_the_second_blocked(people, amina, bastien):
    decide(people, "mandate", election(people, amina, in_force_from="2026-12-01"), best(amina))
    settings = election(people, bastien, in_force_from="2026-12-01")
    outcome = decide(people, "mandate", settings, best(bastien))
    assert (outcome.kind, outcome.effect_state) == ("elected", "blocked")
    assert "Amina Sarr a déjà ce mandat" in outcome.effect_sentence
    assert [name for name, *_rest in held(people)] == ["Amina"]


def test_who_joins_a_commission_does_not_end_the_others(people, amina, bastien):
    decide(people, "mandate", election(people, amina, replaces=""), best(amina))
    joined = decide(people, "mandate", election(people, bastien, replaces=""), best(bastien))
    assert joined.effect_state == "applied"
    again = decide(people, "mandate", election(people, amina, replaces=""), best(amina))
    assert again.effect_sentence == "Amina Sarr a déjà ce mandat à ces dates."
    assert [one[3] for one in held(people)] == [None, None]


def test_who_left_before_the_count_is_given_nothing(people, amina, bastien):
    poll = ask(people, "mandate", election(people, amina, bastien))
    everybody(poll, best(amina, bastien))
    Enrolment.objects.filter(pk=amina.pk).update(state="left", left_on=TODAY)
    outcome = close(poll)
    assert (outcome.kind, outcome.effect_state) == ("elected", "blocked")
    assert outcome.effect_sentence == (
        "Amina Sarr n’est plus dans la coopérative : le mandat n’est pas donné."
    )
    assert not Mandate.objects.exists()


def test_somebody_of_another_cohort_is_not_offered_and_never_given_a_mandate(people, amina):
    """The near miss: a coopérante too, of the other cohort."""
    chloe = people.enrolments["chloe"]
    form = effects.get("mandate").form(
        {"title": "Trésorerie", "people": [chloe.pk]}, cohort=people.a.cohort
    )
    assert form.errors["people"] == ["Il faut cocher des personnes de la liste."]
    forged = election(people, amina) | {"people": [str(chloe.pk)]}
    outcome = decide(people, "mandate", forged, best(chloe))
    assert outcome.effect_sentence == "Cette personne n’est pas de la coopérative."
    assert not Mandate.objects.exists()


def test_candidates_may_be_kept_off_the_roll_by_the_statutes(people, amina, bastien):
    member(people.a.cohort)
    Statutes.objects.filter(cohort=people.a.cohort).update(concerned_vote=False)
    poll = ask(people, "mandate", election(people, amina, bastien))
    assert Elector.objects.filter(poll=poll).count() == 1


def test_a_mandate_is_ended_the_day_before_and_its_election_is_over(people, amina):
    given = decide(people, "mandate", election(people, amina), best(amina))
    later = {"at": NOW + dt.timedelta(days=5), "closes_at": NOW + dt.timedelta(days=6)}
    form = effects.get("mandate_end").form(
        {"mandate": Mandate.objects.get().pk}, cohort=people.a.cohort
    )
    form.today = FRIDAY
    form.offer()
    assert form.is_valid(), form.errors
    settings = effects.get("mandate_end").settings(form.cleaned_data)
    outcome = decide(people, "mandate_end", settings, YES, **later)
    assert outcome.repeals == given
    assert held(people) == [("Amina", "Trésorerie", FRIDAY, dt.date(2026, 11, 30))]
    assert effects.get("mandate_end").concerned(settings) == {amina.pk}


def test_a_mandate_of_another_cohort_is_not_ended(people):
    other = Mandate.objects.create(
        enrolment=people.enrolments["chloe"], title="Caisse", starts_on=TODAY, decision_number=1
    )
    effect = effects.get("mandate_end")
    form = effect.form({"mandate": other.pk}, cohort=people.a.cohort)
    assert form.errors["mandate"] == ["Il manque un choix dans la liste."]
    forged = effect.settings({}) | {"mandate": str(other.pk)}
    outcome = decide(people, "mandate_end", forged, YES)
    assert outcome.effect_state == "blocked"
    other.refresh_from_db()
    assert other.ends_on is None


def test_somebody_selected_enters_and_votes_from_that_day(people):
    waiting = member(people.a.cohort, state="selected", votes_from=None)
    typed = {"person": waiting.pk, "in_force_from": "2026-12-01"}
    outcome = decide(people, "admit", typed_settings(people, "admit", typed), YES)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.votes_from) == ("active", dt.date(2026, 12, 1))
    assert outcome.effect_state == "applied"


def test_only_people_waiting_at_this_cohort_may_be_let_in(people, amina):
    elsewhere = member(people.b.cohort, state="selected")
    for person in (elsewhere, amina):
        form = effects.get("admit").form({"person": person.pk}, cohort=people.a.cohort)
        assert form.errors["person"] == ["Il manque un choix dans la liste."]
    forged = effects.get("admit").settings({}) | {"person": str(elsewhere.pk)}
    assert decide(people, "admit", forged, YES).effect_state == "blocked"
    elsewhere.refresh_from_db()
    assert elsewhere.state == "selected"


def exclusion(people, person, heard_on="2026-11-24"):
    return typed_settings(people, "exclude", {"person": person.pk, "heard_on": heard_on})


def test_who_is_excluded_leaves_on_the_day_of_the_count_with_their_mandates(people, amina, bastien):
    Mandate.objects.create(
        enrolment=bastien, title="Caisse", starts_on=dt.date(2026, 10, 1), decision_number=1
    )
    outcome = decide(people, "exclude", exclusion(people, bastien), YES)
    bastien.refresh_from_db()
    assert (bastien.state, bastien.left_on, bastien.left_reason) == ("left", FRIDAY, "decision")
    assert Mandate.objects.get().ends_on == FRIDAY
    assert outcome.effect_sentence == (
        "Bastien Cherif quitte la coopérative. Dernier jour : le 27 novembre 2026."
    )


@pytest.mark.parametrize(
    ("heard_on", "sentence"),
    [
        ("", "On écoute d’abord la personne, puis on écrit le jour."),
        ("hier", "Il faut une date, par exemple 25/11/2026."),
        ("2026-11-26", "Ce jour n’est pas encore venu : on l’écoute d’abord."),
    ],
)
def test_nobody_is_excluded_unheard(people, bastien, at, heard_on, sentence):
    typed = {"person": bastien.pk, "heard_on": heard_on}
    form = effects.get("exclude").form(typed, cohort=people.a.cohort)
    assert form.errors["heard_on"] == [sentence]


def test_an_exclusion_heard_after_the_opening_is_blocked(people, bastien):
    forged = exclusion(people, bastien) | {"heard_on": "2026-11-26"}
    outcome = decide(people, "exclude", forged, YES)
    assert outcome.effect_sentence == "La personne n’a pas été écoutée avant le vote."
    bastien.refresh_from_db()
    assert bastien.state == "active"


def test_who_left_meanwhile_is_not_excluded_again(people, bastien):
    poll = ask(people, "exclude", exclusion(people, bastien))
    everybody(poll, YES)
    Enrolment.objects.filter(pk=bastien.pk).update(state="left", left_on=TODAY, left_reason="job")
    outcome = close(poll)
    assert outcome.effect_state == "blocked"
    bastien.refresh_from_db()
    assert (bastien.left_on, bastien.left_reason) == (TODAY, "job")


def test_an_archived_cohort_gives_no_mandate(people, amina):
    poll = ask(people, "mandate", election(people, amina))
    everybody(poll, best(amina))
    Cohort.objects.filter(pk=people.a.cohort.pk).update(state="archived")
    assert close(poll).effect_state == "blocked"
    assert not Mandate.objects.exists()
