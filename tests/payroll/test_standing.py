"""Où on en est: each figure, what negative sales do, who reads it, what it costs."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from payroll.rules.envelope import EmptyPot, FeeTerms, envelope_of, fee_of, require_something
from payroll.rules.standing import Ledger, margin_by_hour
from payroll.selectors.pot import pot_of
from payroll.selectors.rules import simulate
from payroll.selectors.standing import standing_of
from projects.models import Sale
from tests import factories as make
from tests.factories import TODAY
from tests.payroll.scene import SALES, set_scene
from tests.projects.issued import invoiced_sale
from tests.projects.test_my_hours_page import text


def credit(scene, amount: str, *, paid: bool = True) -> Sale:
    """What a credit note writes: a negative sale, of an invoice."""
    return invoiced_sale(scene.project, Decimal(amount), paid=paid)


def standing(people):
    return standing_of(people.a.cohort, TODAY)


def test_each_figure_of_an_activity(people):
    scene = set_scene(people)
    scene.sell("300.00", moved_on=None)
    make.ExpenseFactory(project=scene.project, recorded_by=people.driss, amount=Decimal("100.00"))
    scene.work("amina", 600, day=dt.date(2026, 11, 9), project=scene.project)
    make.WorkEntryFactory(
        enrolment=people.enrolments["bastien"], minutes=120, project=scene.project
    )

    (row,) = [one for one in standing(people).projects if one.project == scene.project]

    assert row.ledger == Ledger(
        paid=SALES, unpaid=Decimal("300.00"), spent=Decimal("100.00"), verified=600, awaiting=120,
        production=720,
    )  # fmt: skip
    assert row.ledger.margin == SALES + 200
    assert row.ledger.by_hour == Decimal("92.67")  # 1112.04 € for 12 h


def test_meetings_count_in_the_hours_and_in_no_margin(people):
    scene = set_scene(people)
    scene.work("amina", 120, day=dt.date(2026, 11, 10), kind="meeting")

    page = standing(people)

    assert {kind.label: kind.verified for kind in page.kinds}["Réunion"] == 120
    assert page.total.minutes == page.total.production + 120


@pytest.mark.parametrize(
    ("margin", "minutes", "by_hour"),
    [("100", 0, None), ("100", 60, "100.00"), ("-30", 120, "-15.00"), ("0", 60, "0.00"), ("10", 180, "3.33")],
)  # fmt: skip
def test_a_margin_for_each_hour(margin, minutes, by_hour):
    found = margin_by_hour(Decimal(margin), minutes)

    assert found == (None if by_hour is None else Decimal(by_hour))


def test_the_pot_is_the_one_a_draft_would_show(people):
    scene = set_scene(people)
    make.ExpenseFactory(project=scene.project, recorded_by=people.driss)

    before = standing(people).pot.amount
    run = scene.open()

    assert before == pot_of(run, people.a.host.pay_settings.get()).amount
    assert standing(people).pot.amount == before


def test_what_a_pay_counted_is_no_more_in_the_pot(people):
    scene = set_scene(people)
    scene.issued()

    page = standing(people)

    assert page.pot.amount == 0
    assert "Rien n’attend d’être partagé" in page.pot.sentence
    assert page.total.paid == SALES


def test_a_credit_note_lowers_what_was_sold_and_the_week(people):
    scene = set_scene(people)
    credit(scene, "-112.04")

    page = standing(people)

    assert page.total.sold == page.total.paid == Decimal("800.00")
    assert sum(week.sold for week in page.weeks) == Decimal("800.00")


def test_a_pot_below_zero_has_its_sentence(people, enter):
    scene = set_scene(people, sales=Decimal("50.00"))
    credit(scene, "-80.00")

    page = standing(people)

    assert page.pot.amount == Decimal("-30.00")  # the host takes nothing of less than nothing
    assert "Les avoirs rendus aux clients dépassent" in page.pot.sentence
    assert "Les avoirs rendus" in text(enter("amina").get("/ou-on-en-est/"))
    run = scene.open()
    assert pot_of(run, people.a.host.pay_settings.get()).amount == Decimal("-30.00")
    assert (
        enter("driss").get(f"/cohortes/{people.a.cohort.pk}/paie/{run.pk}/pot/").status_code == 200
    )


def test_a_negative_pot_is_not_photographed_and_says_why(people):
    terms = FeeTerms(base="sales", rate=Decimal(10))
    fee = fee_of(sales=Decimal(-80), expenses=Decimal(0), terms=terms)
    pot = envelope_of(sales=Decimal(-80), expenses=Decimal(0), reserve=Decimal(0), fee=fee)

    assert (fee.amount, pot.amount) == (0, -80)
    with pytest.raises(EmptyPot, match="avoirs"):
        require_something(pot)


def test_a_sharing_rule_is_tried_on_an_invented_pot_when_less_than_nothing_is_left(people):
    scene = set_scene(people, sales=Decimal("50.00"))
    credit(scene, "-80.00")

    trial = simulate(people.a.cohort.pk, ["production"], TODAY)

    assert trial.pot > 0


def test_every_page_of_money_opens_below_zero(people, enter):
    scene = set_scene(people, sales=Decimal("50.00"))
    credit(scene, "-80.00")
    credit(scene, "-10.00", paid=False)
    run, key = scene.open(), people.a.cohort.pk
    client = enter("driss")

    for url in (f"/cohortes/{key}/", f"/cohortes/{key}/activites/", f"/cohortes/{key}/paie/{run.pk}/",
                f"/cohortes/{key}/resultats/", f"/cohortes/{key}/ou-on-en-est/"):  # fmt: skip
        answer = client.get(url)
        assert answer.status_code == 200, url
        assert 'width="-' not in answer.content.decode(), url
    assert "ne couvrent pas" not in text(client.get(f"/cohortes/{key}/paie/{run.pk}/"))


def test_expenses_above_sales_have_another_sentence(people):
    scene = set_scene(people, sales=Decimal("50.00"))
    make.ExpenseFactory(project=scene.project, recorded_by=people.driss, amount=Decimal("90.00"))

    assert "ne couvre pas encore les dépenses" in standing(people).pot.sentence


def test_weeks_without_anything_are_zeros_not_holes(people):
    set_scene(people)

    mondays = [week.monday for week in standing(people).weeks]

    assert mondays == [dt.date(2026, 9, 7) + dt.timedelta(days=7 * n) for n in range(12)]


def test_nobody_is_named(people, enter):
    scene = set_scene(people)
    scene.work("amina", 60, day=dt.date(2026, 11, 9), project=scene.project)

    for answer in (
        enter("driss").get(f"/cohortes/{people.a.cohort.pk}/ou-on-en-est/"),
        enter("bastien").get("/ou-on-en-est/"),
    ):
        page = text(answer)
        assert "Amina" not in page and "Sarr" not in page


@pytest.mark.parametrize(
    ("who", "status"),
    [("driss", 200), ("helene", 200), ("amina", 403), ("elsa", 403), ("nora", 403), ("dalia", 404),
     ("hugo", 404), ("chloe", 404)],
)  # fmt: skip
def test_who_opens_the_printed_page(people, enter, who, status):
    set_scene(people)
    assert enter(who).get(f"/cohortes/{people.a.cohort.pk}/ou-on-en-est/").status_code == status


def test_a_coop_that_sold_nothing_yet(people, enter):
    assert "Pas encore d’activité" in text(
        enter("driss").get(f"/cohortes/{people.a.cohort.pk}/ou-on-en-est/")
    )
    assert enter("chloe").get("/ou-on-en-est/").status_code == 200


def test_it_costs_the_same_for_one_sale_and_for_many(people, enter):
    scene = set_scene(people)
    client, url = enter("driss"), f"/cohortes/{people.a.cohort.pk}/ou-on-en-est/"
    client.get(url)

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        return len(queries)

    few = cost()
    Sale.objects.bulk_create(
        Sale(project=scene.project, label="x", amount=Decimal("1.10"), sold_on=TODAY, moved_on=TODAY,
             recorded_by=people.driss)
        for _n in range(300)
    )  # fmt: skip

    assert cost() == few <= 15
