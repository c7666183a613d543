"""The cash box: two people, blind; equal it is agreed, different both stay; sales follow."""

import datetime as dt
import uuid
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from cohorts.enums import CohortState
from cohorts.models import Cohort
from ct_platform.kit.errors import Frozen, Refused
from projects.models import CashAgreement, CashCount, CashHandover, CashTally, CashTotal, Sale
from projects.rules.cash import Counted, CountStep, standing_of, total_of
from projects.selectors.cash import cash_box, count_rows, count_view
from projects.services import cash, money
from tests import factories as make
from tests.factories import NOW, TODAY
from tests.projects.verbs_of_cash import agreed, begin, counts, shares

DAY = dt.timedelta(days=1)


@pytest.fixture
def project(people):
    return make.ProjectFactory(cohort=people.a.cohort)


def test_pieces_make_a_sum():
    assert total_of({5000: 2, 200: 3, 1: 7}) == 10_607
    for wrong in ({300: 1}, {500: -1}, {500: 10_000}):
        with pytest.raises(ValueError, match="euro notes"):
            total_of(wrong)


def test_two_equal_figures_end_a_round_and_two_others_begin_one():
    one, same, other = Counted(1, 7, (5, 0, 0)), Counted(1, 8, (5, 0, 0)), Counted(1, 8, (6, 0, 0))
    assert standing_of([]).step == CountStep.FIRST
    assert standing_of([one]).step == CountStep.SECOND
    assert standing_of([one, same]).figures == (5, 0, 0)
    again = standing_of([one, other])
    assert (again.step, again.round, again.differed) == (CountStep.FIRST, 2, True)
    assert standing_of([one, other, Counted(2, 9, (5, 0, 0))]).counted_by == (9,)


def test_two_people_who_find_the_same_agree(people, project):
    count = agreed(people, project)
    found = count.agreement
    assert (found.cash_amount, found.card_amount, found.total) == (
        Decimal("74.00"), Decimal("16.50"), Decimal("90.50"),
    )  # fmt: skip


def test_the_second_never_sees_the_figures_of_the_first(people, project):
    count = begin(people, project)
    counts(people, count, "amina", twenties=6)
    row = count_rows(people.actor("bastien")).get(pk=count.pk)
    view = count_view(row, people.bastien.pk)
    assert view.shown == [] and view.mine is None and view.standing.step == CountStep.SECOND
    assert count_view(row, people.amina.pk).mine.cash_amount == Decimal("120.00")


def test_the_same_person_does_not_count_twice(people, project):
    count = begin(people, project)
    counts(people, count, "amina", twenties=6)
    with pytest.raises(Refused, match="autre personne"):
        counts(people, count, "amina", twenties=6)
    assert not CashAgreement.objects.exists()


def test_two_figures_that_differ_both_stay_and_both_count_again(people, project):
    count = begin(people, project)
    counts(people, count, "amina", twenties=6)
    counts(people, count, "bastien", twenties=5)
    assert not CashAgreement.objects.exists()
    counts(people, count, "driss", twenties=5)
    counts(people, count, "amina", twenties=5)
    assert CashAgreement.objects.get().cash_amount == Decimal("50.00")
    assert CashTally.objects.count() == 4


def test_the_coordination_decides_where_figures_differ_and_says_why(people, project):
    count, told = begin(people, project), {"actor": people.actor("driss"), "at": NOW}
    figures = {"cash": Decimal("120.00"), "card": Decimal(0), "cheque": Decimal(0)}
    counts(people, count, "amina", twenties=6)
    with pytest.raises(Refused, match="Deux personnes"):
        cash.decide(count=count, reason="Parce que", **figures, **told)
    counts(people, count, "bastien", twenties=5)
    with pytest.raises(Refused, match="pourquoi"):
        cash.decide(count=count, reason=" ", **figures, **told)
    with pytest.raises(Refused, match="moins dans la caisse"):
        cash.decide(count=count, reason="X", **(figures | {"cash": Decimal("49.99")}), **told)
    found = cash.decide(count=count, reason="Un billet était tombé", **figures, **told)
    assert found.cash_amount == Decimal("70.00")
    assert cash.decide(count=count, reason="Encore", **figures, **told) == found
    assert CashTally.objects.count() == 2


def test_a_box_below_its_float_is_counted_again(people, project):
    count = begin(people, project)
    with pytest.raises(Refused, match="fond du départ"):
        counts(people, count, "amina", twenties=2)


def test_a_day_and_a_stall_are_counted_once(people, project):
    first = begin(people, project)
    assert begin(people, project, who="bastien", start="10.00") == first
    agreed(people, project)
    with pytest.raises(Refused, match="déjà comptée"):
        begin(people, project)
    assert begin(people, project, label="Petit étal") != first
    assert begin(people, make.ProjectFactory(cohort=people.a.cohort)) != first


@pytest.mark.parametrize("day", [TODAY + DAY, dt.date(2020, 1, 1)])
def test_a_day_is_past_and_of_the_cohort(people, project, day):
    with pytest.raises(Refused):
        begin(people, project, day=day)


def test_takings_become_paid_sales_by_what_was_sold_and_how(people, project):
    count = agreed(people, project)
    shares(people, count, ("food", "storable", "52.75"), ("raw_plants", "plain", "37.75"))
    sales = Sale.objects.filter(project=project).order_by("pk")
    assert [(s.amount, s.vat_rate, s.moved_on, s.sold_on) for s in sales] == [
        (Decimal("50.00"), Decimal("5.5"), TODAY, TODAY),
        (Decimal("34.32"), Decimal("10"), TODAY, TODAY),
    ]
    again = shares(people, count, ("food", "storable", "90.50"))
    assert [t.gross_amount for t in again] == [Decimal("52.75"), Decimal("37.75")]
    assert Sale.objects.filter(project=project).count() == 2
    assert "grand" not in sales[0].label and "Caisse du 25 novembre" in sales[0].label


def test_what_the_host_decided_of_vat_prevails(people, project):
    from projects.models import VatDecision

    VatDecision.objects.create(
        host=people.a.host, category="food", way="storable", percent=Decimal("2.1"),
        in_force_from=dt.date(2026, 1, 1), reason="Outre-mer", written_by=people.helene,
    )  # fmt: skip
    [total] = shares(people, agreed(people, project), ("food", "storable", "90.50"))
    assert total.vat_percent == Decimal("2.1")


def test_a_host_below_the_threshold_adds_no_vat(people, project):
    make.SellerTermsFactory(host=people.a.host, vat_regime="franchise")
    [total] = shares(people, agreed(people, project), ("food", "storable", "90.50"))
    assert (total.vat_percent, total.net_amount) == (0, Decimal("90.50"))


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ([("food", "storable", "90.49")], "recette du jour"),
        ([("food", "storable", "100.00"), ("other", "plain", "-9.50")], "plus grand que zéro"),
        ([("food", "storable", "45.25"), ("food", "storable", "45.25")], "deux fois"),
        ([("food", "plain", "90.50")], "de cette façon"),
        ([], "recette du jour"),
    ],
)
def test_parts_make_exactly_the_takings(people, project, parts, words):
    with pytest.raises(Refused, match=words):
        shares(people, agreed(people, project), *parts)
    assert not Sale.objects.filter(project=project).exists() and not CashTotal.objects.exists()


def test_nothing_is_shared_before_two_people_agree(people, project):
    count = begin(people, project)
    with pytest.raises(Refused, match="Deux personnes"):
        shares(people, count, ("food", "storable", "90.50"))


def test_a_sale_of_the_box_is_not_edited_by_hand(people, project):
    shares(people, agreed(people, project), ("food", "storable", "90.50"))
    sale = Sale.objects.get(project=project)
    with pytest.raises(Frozen, match="comptage de caisse"):
        money.withdraw_movement(movement=sale, seen_version=1, actor=people.actor("driss"), at=NOW)
    assert not sale.is_open


def test_an_agreed_count_is_corrected_by_a_counter_count(people, project):
    count = agreed(people, project)
    shares(people, count, ("food", "storable", "90.50"))
    told = {"client_uuid": uuid.uuid4(), "actor": people.actor("driss"), "at": NOW}
    with pytest.raises(Refused, match="pourquoi"):
        cash.counter_count(count=count, reason="", **told)
    counter = cash.counter_count(count=count, reason="Les deux ont compté le fond", **told)
    assert cash.counter_count(count=count, reason="Encore", **told) == counter
    assert counter.agreement.total == Decimal("-90.50")
    assert sum(s.amount for s in Sale.objects.filter(project=project)) == 0
    assert cash_box(people.a.cohort.pk).left == 0
    with pytest.raises(Refused):
        cash.counter_count(count=counter, reason="Non", **told)
    again = agreed(people, project, twenties=5)
    shares(people, again, ("food", "storable", "70.50"))
    assert again.attempt == 3
    assert cash_box(people.a.cohort.pk).left == Decimal("54.00")


def test_cash_goes_to_the_host_and_the_box_is_known(people, project):
    agreed(people, project)

    def hand(amount, **more):
        asked = {"handed_on": TODAY, "given_by": "Amina", "given_to": "Hélène", "note": ""} | more
        return cash.hand_over(
            cohort=people.a.cohort, amount=Decimal(amount), client_uuid=uuid.uuid4(),
            actor=people.actor("driss"), at=NOW, **asked,
        )  # fmt: skip

    with pytest.raises(Refused, match=r"contient 74,00\s€"):
        hand("74.01")
    with pytest.raises(Refused, match="nom"):
        hand("10.00", given_to=" ")
    line = hand("60.00")
    assert cash_box(people.a.cohort.pk).left == Decimal("14.00")
    back = cash.take_back(handover=line, actor=people.actor("driss"), at=NOW)
    assert cash.take_back(handover=line, actor=people.actor("driss"), at=NOW) == back
    assert cash_box(people.a.cohort.pk).left == Decimal("74.00")


def test_an_archived_cohort_counts_no_more(people, project):
    count = begin(people, project)
    Cohort.objects.filter(pk=project.cohort_id).update(state=CohortState.ARCHIVED)
    with pytest.raises(Refused, match="archivée"):
        counts(people, count, "amina", twenties=6)


def test_the_database_itself_keeps_every_figure(people, project):
    shares(people, agreed(people, project), ("food", "storable", "90.50"))
    cash.hand_over(
        cohort=people.a.cohort, amount=Decimal(1), handed_on=TODAY, given_by="A", given_to="B", note="",
        client_uuid=uuid.uuid4(), actor=people.actor("driss"), at=NOW,
    )  # fmt: skip
    Sale.objects.filter(project=project)
    for model in (CashCount, CashTally, CashAgreement, CashTotal, CashHandover):
        with pytest.raises(DatabaseError), transaction.atomic():
            model.objects.update(at=NOW)
        with pytest.raises(DatabaseError), transaction.atomic():
            model.objects.all()._raw_delete(model.objects.db)
