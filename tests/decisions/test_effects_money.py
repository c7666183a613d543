"""Prices, spending limits and a reserve spent over several uses."""

import datetime as dt
from decimal import Decimal

import pytest

from cohorts.models import Enrolment
from ct_platform.kit.errors import Refused
from decisions import effects
from payroll.models import SplitRule
from projects.models import AgreedPrice, SpendingLimit
from tests import factories as make
from tests.decisions.assembly import ask, close, decide, everybody, put_to_vote, typed_settings
from tests.factories import TODAY

FRIDAY = dt.date(2026, 11, 27)
YES = {"choice": "for"}


@pytest.fixture
def garden(people):
    return make.ProjectFactory(cohort=people.a.cohort, name="Le jardin")


def price(people, garden, amount="12,50", **typed):
    asked = {"project": garden.pk, "label": "Panier moyen", "unit": "le panier", "amount": amount}
    return typed_settings(people, "price", asked | typed)


def test_a_price_is_written_with_the_number_of_its_decision(people, garden):
    settings = price(people, garden, in_force_from="2026-12-01")
    outcome = decide(people, "price", settings, YES)
    found = AgreedPrice.objects.get()
    assert (found.project, found.label, found.unit) == (garden, "Panier moyen", "le panier")
    assert (found.amount, found.starts_on) == (Decimal("12.50"), dt.date(2026, 12, 1))
    assert found.decision_number == outcome.number
    assert outcome.law == f"price:{garden.pk}:panier-moyen"
    assert outcome.effect_sentence == (
        "Prix de « Panier moyen » : 12,50\u00a0€ le panier, TVA comprise, à partir du 1er décembre 2026."
    )


def test_one_price_among_several(people, garden):
    typed = {
        "project": garden.pk, "label": "Panier moyen", "unit": "le panier",
        "amounts": "15\n12,50\n\n10,00 €",
    }  # fmt: skip
    settings = typed_settings(people, "prices", typed)
    poll = ask(people, "prices", settings)
    assert list(poll.options.values_list("code", "label")) == [
        ("price-1000", "10,00\u00a0€ le panier"),
        ("price-1250", "12,50\u00a0€ le panier"),
        ("price-1500", "15,00\u00a0€ le panier"),
    ]
    everybody(poll, {"approve": ["price-1250"]})
    assert close(poll).effect_state == "applied"
    assert AgreedPrice.objects.get().amount == Decimal("12.50")


@pytest.mark.parametrize(
    ("amounts", "sentence"),
    [
        ("12", "Il faut de 2 à 8 prix, un par ligne."),
        ("12\n12,00", "Un prix est écrit 2 fois."),
        ("12\ndouze", "« douze » n’est pas un prix. Par exemple : 12,50."),
        ("12\n-3", "« -3 » n’est pas un prix. Par exemple : 12,50."),
        ("", "Il manque les prix, un par ligne."),
    ],
)
def test_prices_that_cannot_be_read_are_told(people, garden, amounts, sentence):
    typed = {"project": garden.pk, "label": "Panier", "amounts": amounts}
    form = effects.get("prices").form(typed, cohort=people.a.cohort)
    assert form.errors["amounts"] == [sentence]


@pytest.mark.parametrize("amount", ["0", "-5", "1000000,01"])
def test_a_price_is_above_zero(people, garden, amount):
    typed = {"project": garden.pk, "label": "Panier", "amount": amount}
    form = effects.get("price").form(typed, cohort=people.a.cohort)
    assert form.errors["amount"] == ["Le montant est plus grand que zéro."]


def test_an_activity_of_another_cohort_is_not_offered_and_never_priced(people, garden):
    theirs = make.ProjectFactory(cohort=people.b.cohort)
    typed = {"project": theirs.pk, "label": "Panier", "amount": "12"}
    form = effects.get("price").form(typed, cohort=people.a.cohort)
    assert form.errors["project"] == ["Il manque un choix dans la liste."]
    forged = price(people, garden) | {"project": str(theirs.pk)}
    outcome = decide(people, "price", forged, YES)
    assert outcome.effect_sentence == "Cette activité n’est pas de la coopérative."
    assert not AgreedPrice.objects.exists()


def test_a_no_changes_no_price(people, garden):
    outcome = decide(people, "price", price(people, garden), {"choice": "against"})
    assert (outcome.kind, outcome.effect_state) == ("rejected", "none")
    assert not AgreedPrice.objects.exists()


def limit(people, **typed):
    return typed_settings(people, "spending_limit", {"label": "Bâche", "amount": "90"} | typed)


def test_a_spending_is_allowed_to_somebody_until_a_day(people):
    amina = people.enrolments["amina"]
    settings = limit(people, holder=amina.pk, ends_on="2026-12-18")
    outcome = decide(people, "spending_limit", settings, YES)
    found = SpendingLimit.objects.get()
    assert (found.cohort, found.label, found.amount) == (people.a.cohort, "Bâche", Decimal(90))
    assert (found.holder, found.starts_on, found.ends_on) == (
        amina,
        FRIDAY,
        dt.date(2026, 12, 18),
    )
    assert (found.decision_number, outcome.ends_on) == (outcome.number, found.ends_on)


def test_a_spending_whose_holder_left_is_blocked(people):
    bastien = people.enrolments["bastien"]
    poll = ask(people, "spending_limit", limit(people, holder=bastien.pk))
    everybody(poll, YES)
    Enrolment.objects.filter(pk=bastien.pk).update(state="left", left_on=TODAY)
    outcome = close(poll)
    assert outcome.effect_state == "blocked"
    assert "Bastien Cherif n’est plus dans la coopérative" in outcome.effect_sentence
    assert not SpendingLimit.objects.exists()


def test_a_holder_of_another_cohort_is_refused(people):
    chloe = people.enrolments["chloe"]
    typed = {"label": "Bâche", "amount": "90", "holder": chloe.pk}
    form = effects.get("spending_limit").form(typed, cohort=people.a.cohort)
    assert form.errors["holder"] == ["Il manque un choix dans la liste."]
    outcome = decide(people, "spending_limit", limit(people) | {"holder": str(chloe.pk)}, YES)
    assert outcome.effect_state == "blocked"
    assert not SpendingLimit.objects.exists()


def test_an_end_before_the_start_is_told_in_the_form(people):
    typed = {
        "label": "Bâche", "amount": "90", "in_force_from": "2026-12-10", "ends_on": "2026-12-01",
    }  # fmt: skip
    form = effects.get("spending_limit").form(typed, cohort=people.a.cohort)
    assert form.errors["ends_on"] == ["La fin vient avant le début."]


def test_an_end_before_the_count_leaves_it_blocked(people):
    outcome = decide(people, "spending_limit", limit(people, ends_on="2026-11-26"), YES)
    assert outcome.effect_state == "blocked"
    assert outcome.effect_sentence == "Le jour de fin est passé avant que la décision soit prise."
    assert not SpendingLimit.objects.exists()


USES = "Outils : 120,00\nFête : 150\nDon : 60\nBâche : 90"


def test_a_reserve_opens_one_spending_per_use_bought(people):
    settings = typed_settings(people, "spend_reserve", {"budget": "300", "uses": USES})
    poll = ask(people, "spend_reserve", settings)
    assert (poll.rule["budget"], poll.lot_commitment != "") == (30000, True)
    assert poll.options.get(code="use-1").cost_cents == 12000
    everybody(poll, {"approve": ["use-1", "use-4"]})
    outcome = close(poll)
    bought = SpendingLimit.objects.values_list("label", "amount", "decision_number")
    assert set(bought) == {
        ("Outils", Decimal(120), outcome.number),
        ("Bâche", Decimal(90), outcome.number),
    }
    assert outcome.effect_sentence.startswith("210,00\u00a0€ à dépenser sur 300,00\u00a0€ : ")


@pytest.mark.parametrize(
    ("uses", "sentence"),
    [
        ("Outils : 120", "Il faut de 2 à 20 usages, un par ligne."),
        ("Outils : 120\noutils : 50", "Un usage est écrit 2 fois."),
        ("Outils : 120\nFête : 400", "« Fête » coûte plus que la réserve."),
        (
            "Outils : 120\nFête 50",
            "« Fête 50 » : il faut l’usage, deux-points, puis le prix. Outils : 120,00.",
        ),
        (
            "Outils : 120\n: 50",
            "« : 50 » : il faut l’usage, deux-points, puis le prix. Outils : 120,00.",
        ),
    ],
)
def test_uses_that_cannot_be_read_are_told(people, uses, sentence):
    form = effects.get("spend_reserve").form(
        {"budget": "300", "uses": uses}, cohort=people.a.cohort
    )
    assert form.errors["uses"] == [sentence]


def test_one_sharing_rule_is_adopted_by_a_yes(people):
    typed = {"kind": "half", "counted_kinds": ["production"], "in_force_from": "2026-12-01"}
    settings = typed_settings(people, "one_sharing_rule", typed)
    poll = ask(people, "one_sharing_rule", settings)
    assert (poll.rule["majority"], poll.rule["fraction"]) == ("qualified", "2/3")
    everybody(poll, YES)
    outcome = close(poll)
    rule = SplitRule.objects.get()
    assert (rule.kind, rule.counted_kinds, rule.outcome) == ("half", ["production"], outcome)
    assert (outcome.law, outcome.effect_state) == ("sharing_rule", "applied")


def test_one_rule_and_several_are_the_same_subject(people):
    typed = {"kind": "half", "counted_kinds": ["production"], "in_force_from": "2026-12-01"}
    put_to_vote(people)
    with pytest.raises(Refused, match="déjà ouvert"):
        ask(people, "one_sharing_rule", typed_settings(people, "one_sharing_rule", typed))
