"""Statutes, texts, picks and orders, and the end of an earlier decision."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from cohorts.models import Enrolment, Mandate
from decisions import effects
from decisions.models import Outcome, Statutes
from decisions.selectors.register import all_in_force, in_force
from projects.models import AgreedPrice, SpendingLimit
from projects.selectors import prices_on
from tests import factories as make
from tests.decisions.assembly import ask, close, decide, everybody, typed_settings
from tests.factories import NOW, TODAY

FRIDAY = dt.date(2026, 11, 27)
YES = {"choice": "for"}
AGREE = {"voice": "consent"}
NEXT_WEEK = {"at": NOW + dt.timedelta(days=7), "closes_at": NOW + dt.timedelta(days=8)}
NEXT_DAY = dt.date(2026, 12, 3)


def shown(people, code):
    """The values that a form proposes, as if sent back untouched."""
    form = effects.get(code).form(cohort=people.a.cohort)
    names = form.fields.items()
    return {name: form.get_initial_for_field(field, name) for name, field in names}


# Statutes.


def test_a_decision_writes_the_next_statutes_and_what_it_leaves_stays(people):
    Statutes.objects.filter(cohort=people.a.cohort).update(notice_hours=24)
    typed = shown(people, "statutes") | {"quorum": "2/3", "in_force_from": "2026-12-01"}
    outcome = decide(people, "statutes", typed_settings(people, "statutes", typed), YES)
    first, second = Statutes.objects.of_cohort(people.a.cohort.pk)
    assert (second.version, second.decided_by, second.is_adopted) == (2, outcome, True)
    assert (second.quorum_numerator, second.quorum_denominator) == (2, 3)
    assert (second.notice_hours, second.in_force_from) == (24, dt.date(2026, 12, 1))
    assert (first.quorum_numerator, outcome.law) == (1, "statutes")


def test_statutes_need_two_thirds(people):
    poll = ask(people, "statutes", typed_settings(people, "statutes", shown(people, "statutes")))
    assert (poll.rule["majority"], poll.rule["fraction"]) == ("qualified", "2/3")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"notice_hours": "-1"}, "notice_hours"),
        ({"consent_rounds": "0"}, "consent_rounds"),
        ({"contest_days": "61"}, "contest_days"),
        ({"proxies_per_holder": "deux"}, "proxies_per_holder"),
        ({"quorum": "5/4"}, "quorum"),
    ],
)
def test_statutes_out_of_bounds_are_told(people, changes, field):
    typed = shown(people, "statutes") | changes
    form = effects.get("statutes").form(typed, cohort=people.a.cohort)
    assert list(form.errors) == [field]


def test_a_quorum_that_no_list_holds_is_offered_as_it_is(people):
    Statutes.objects.filter(cohort=people.a.cohort).update(quorum_numerator=3, quorum_denominator=5)
    settings = typed_settings(people, "statutes", shown(people, "statutes"))
    assert settings["quorum"] == "3/5"


# Texts, picks, orders.


def test_a_living_rule_has_its_owner_and_its_review(people):
    amina = people.enrolments["amina"]
    typed = {"owner": amina.pk, "review_on": "2026-12-10"}
    settings = typed_settings(people, "living_rule", typed)
    outcome = decide(people, "living_rule", settings, AGREE)
    assert (outcome.effect_state, outcome.review_on) == ("applied", dt.date(2026, 12, 10))
    assert outcome.effect_sentence == (
        "Ce texte vaut à partir du 27 novembre 2026. Amina Sarr en prend soin. "
        "On en reparle le 10 décembre 2026."
    )


def test_a_review_lies_ahead(people, at):
    form = effects.get("living_rule").form({"review_on": "2026-11-25"}, cohort=people.a.cohort)
    assert form.errors["review_on"] == ["Ce jour est passé. Il faut un jour à venir."]


def test_a_rule_whose_owner_left_waits_for_another(people):
    bastien = people.enrolments["bastien"]
    settings = typed_settings(people, "living_rule", {"owner": bastien.pk})
    poll = ask(people, "living_rule", settings)
    everybody(poll, AGREE)
    Enrolment.objects.filter(pk=bastien.pk).update(state="left", left_on=TODAY)
    assert close(poll).effect_state == "blocked"


def test_a_pick_says_what_was_chosen(people):
    settings = typed_settings(people, "pick", {"answers": "Les Radis\nLa Botte\n"})
    outcome = decide(people, "pick", settings, {"approve": ["answer-2"]})
    assert outcome.answer == "La Botte"
    assert outcome.effect_sentence == "Choisi : La Botte, à partir du 27 novembre 2026."


def test_an_order_is_said_whole(people):
    settings = typed_settings(people, "order", {"answers": "Serre\nFour\nVélo"})
    ranking = {"ranking": [["answer-3"], ["answer-1"], ["answer-2"]]}
    outcome = decide(people, "order", settings, ranking)
    assert outcome.effect_sentence == "L’ordre : 1. Vélo ; 2. Serre ; 3. Four."


@pytest.mark.parametrize("answers", ["Seule", "Deux\ndeux", f"Courte\n{'x' * 141}"])
def test_answers_that_make_no_choice_are_refused(people, answers):
    form = effects.get("pick").form({"answers": answers}, cohort=people.a.cohort)
    assert list(form.errors) == ["answers"]


# The end of a decision.


def repeal(people, number, **changes):
    """A week later, the group ends that decision."""
    with time_machine.travel(changes.get("at", NEXT_WEEK["at"]), tick=False):
        settings = typed_settings(people, "repeal", {"decision": number})
    return decide(people, "repeal", settings, YES, **NEXT_WEEK | changes)


def living(people, **typed):
    return decide(people, "living_rule", typed_settings(people, "living_rule", typed), AGREE)


def test_a_repealed_text_is_no_longer_the_law(people):
    rule = living(people)
    ended = repeal(people, rule.number)
    assert (ended.repeals, ended.effect_state) == (rule, "applied")
    cohort = people.a.cohort.pk
    assert in_force(cohort, rule.law, NEXT_DAY - dt.timedelta(days=1)) == rule
    assert in_force(cohort, rule.law, NEXT_DAY) is None
    assert all_in_force(cohort, NEXT_DAY) == []
    assert ended.effect_sentence == (
        f"La décision n° {rule.number} n’est plus en vigueur depuis le 3 décembre 2026. "
        "Ce qui a déjà été fait reste fait."
    )


def test_repealing_an_election_ends_its_mandate_and_brings_nobody_back(people):
    amina, bastien = people.enrolments["amina"], people.enrolments["bastien"]
    for number, person in enumerate((amina, bastien)):
        typed = {"title": "Caisse", "people": [person.pk], "replaces": "on"}
        start = NOW + dt.timedelta(days=number)
        decide(
            people,
            "mandate",
            typed_settings(people, "mandate", typed),
            {"grades": {f"person-{person.pk}": 4}},
            at=start,
            closes_at=start + dt.timedelta(hours=1),
        )
    first, second = Outcome.objects.order_by("number")
    ended = repeal(people, second.number)
    assert ended.effect_state == "applied"
    assert Mandate.objects.get(enrolment=bastien).ends_on == NEXT_DAY - dt.timedelta(days=1)
    assert Mandate.objects.get(enrolment=amina).ends_on == TODAY
    assert in_force(people.a.cohort.pk, first.law, NEXT_DAY) is None


def test_repealing_a_spending_closes_it(people):
    settings = typed_settings(people, "spending_limit", {"label": "Bâche", "amount": "90"})
    allowed = decide(people, "spending_limit", settings, YES)
    ended = repeal(people, allowed.number)
    assert SpendingLimit.objects.get().ends_on == NEXT_DAY - dt.timedelta(days=1)
    assert "On ne dépense plus pour « Bâche »." in ended.effect_sentence


def test_a_decision_is_repealed_once(people):
    rule = living(people)
    with time_machine.travel(NEXT_WEEK["at"], tick=False):
        settings = typed_settings(people, "repeal", {"decision": rule.number})
    assert decide(people, "repeal", settings, YES, **NEXT_WEEK).effect_state == "applied"
    again = decide(people, "repeal", settings, YES, **NEXT_WEEK)
    assert (again.kind, again.effect_state) == ("adopted", "blocked")
    assert again.effect_sentence.endswith("n’est déjà plus en vigueur.")


def test_a_decision_of_another_cohort_cannot_be_repealed(people):
    rule = living(people)
    form = effects.get("repeal").form({"decision": rule.number}, cohort=people.b.cohort)
    assert form.errors["decision"] == ["Il manque un choix dans la liste."]
    forged = effects.get("repeal").settings({}) | {"decision": "77"}
    outcome = decide(people, "repeal", forged, YES, **NEXT_WEEK)
    assert outcome.effect_sentence == "La décision n° 77 n’est pas dans ce registre."
    assert outcome.repeals is None


def test_repealing_a_price_ends_it_and_brings_no_earlier_one_back(people):
    garden = make.ProjectFactory(cohort=people.a.cohort)
    typed = {"project": garden.pk, "label": "Panier", "amount": "12"}
    old = decide(people, "price", typed_settings(people, "price", typed), YES)
    late = typed | {"amount": "14", "in_force_from": "2026-12-01"}
    new = decide(people, "price", typed_settings(people, "price", late), YES)
    ended = repeal(people, new.number)
    assert ended.effect_state == "applied"
    assert ended.effect_sentence.endswith("Plus de prix décidé pour « Panier ».")
    cohort, last = people.a.cohort.pk, NEXT_DAY - dt.timedelta(days=1)
    assert [one.amount for one in prices_on(cohort, last)] == [14]
    assert prices_on(cohort, NEXT_DAY) == []
    assert in_force(cohort, old.law, NEXT_DAY) is None
    price = AgreedPrice.objects.get(decision_number=new.number)
    assert (price.ends_on, price.ended_by_number) == (last, ended.number)


def test_the_end_of_a_price_may_be_announced(people):
    garden = make.ProjectFactory(cohort=people.a.cohort)
    typed = {"project": garden.pk, "label": "Panier", "amount": "12"}
    price = decide(people, "price", typed_settings(people, "price", typed), YES)
    forged = {"decision": str(price.number), "title": "", "in_force_from": "2027-01-01"}
    assert decide(people, "repeal", forged, YES, **NEXT_WEEK).effect_state == "applied"
    assert AgreedPrice.objects.get().ends_on == dt.date(2026, 12, 31)
    assert len(prices_on(people.a.cohort.pk, dt.date(2026, 12, 31))) == 1
    assert prices_on(people.a.cohort.pk, dt.date(2027, 1, 1)) == []


def test_a_price_set_after_the_end_is_the_price(people):
    garden = make.ProjectFactory(cohort=people.a.cohort)
    typed = {"project": garden.pk, "label": "Panier", "amount": "12"}
    settings = typed_settings(people, "price", typed)
    repeal(people, decide(people, "price", settings, YES).number)
    again = settings | {"amount": "15.00", "in_force_from": "2026-12-20"}
    decide(people, "price", again, YES, **NEXT_WEEK)
    assert prices_on(people.a.cohort.pk, dt.date(2026, 12, 19)) == []
    assert [one.amount for one in prices_on(people.a.cohort.pk, dt.date(2026, 12, 20))] == [15]


SHARING = {"counted_kinds": ["production"], "in_force_from": "2026-12-01", "kind": "equal"}


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        (
            "statutes",
            "Des statuts ne se retirent pas : on en adopte d’autres, par un nouveau vote.",
        ),
        (
            "one_sharing_rule",
            "Une règle de partage ne se retire pas : on en choisit une autre, par un nouveau vote. "
            "Sans règle, rien ne se partage.",
        ),
    ],
)
def test_statutes_and_the_sharing_rule_are_replaced_never_repealed(people, enter, code, sentence):
    typed = shown(people, code) if code == "statutes" else SHARING
    outcome = decide(people, code, typed_settings(people, code, typed), YES)
    with time_machine.travel(NEXT_WEEK["at"], tick=False):
        form = effects.get("repeal").form({"decision": outcome.number}, cohort=people.a.cohort)
        assert form.errors["decision"] == [sentence]
        assert sentence in form.fields["decision"].help_text
        register = enter("amina").get(reverse("decisions:register")).content.decode()
        assert sentence in register
    forged = effects.get("repeal").settings({}) | {"decision": str(outcome.number)}
    blocked = decide(people, "repeal", forged, YES, **NEXT_WEEK)
    assert (blocked.effect_state, blocked.effect_sentence) == ("blocked", sentence)
    assert in_force(people.a.cohort.pk, outcome.law, NEXT_DAY) == outcome


def test_nothing_is_said_of_what_is_not_in_force(people):
    form = effects.get("repeal").form(cohort=people.a.cohort)
    assert form.fields["decision"].help_text == ""


# Every effect.


@pytest.mark.parametrize("effect", effects.all_effects(), ids=lambda effect: effect.code)
def test_every_effect_can_be_shown_before_anything_is_typed(people, effect):
    """A page may try an empty form: nothing breaks, nothing is said with holes."""
    form = effect.form(cohort=people.a.cohort, initial={"in_force_from": TODAY})
    initial = {name: form.get_initial_for_field(one, name) for name, one in form.fields.items()}
    settings = effect.settings(initial)
    assert all(effect.preview(settings, TODAY))
    assert len(effect.law(settings)) <= 80
    effect.choices(settings), effect.concerned(settings), effect.repeals(settings)
    assert form.as_div()
    assert effect.label and effect.summary and effect.question
