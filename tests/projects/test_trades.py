"""The daily work of a trade: an own trade, a team, ideas, lots, offers, orders, and the sale of them."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse

from ct_platform.kit import trades as kit_trades
from ct_platform.kit.errors import Refused, Stale
from projects.models import (
    AgreedPrice,
    Lot,
    LotMove,
    Offer,
    Order,
    Product,
    ProjectMember,
    Sale,
)
from projects.models.lot import quantity_words
from projects.selectors.trades import preparation_of, project_page
from projects.services import money, trades
from projects.services.trades import IdeaWords, OrderWishes
from projects.trade_words import _WORDS, ANY, words_of
from tests import factories as make
from tests.factories import NOW, TODAY
from tests.trade_world import THURSDAY, an_offer, harvest, offer_wish, order


@pytest.fixture
def garden(people):
    return make.ProjectFactory(cohort=people.a.cohort, name="Le jardin", trade="maraichage")


def by(people, who="amina"):
    return {"actor": people.actor(who), "at": NOW}


# --- an own trade


def test_a_group_names_its_own_trade(people):
    made = money.add_project(
        cohort=people.a.cohort, name="Fil à fil", trade="autre", trade_label=" Couture ", **by(people)
    )  # fmt: skip
    assert (made.trade_word, made.full_label) == ("Couture", "Couture, Fil à fil")
    # Colour, icon and letter come with the code, so charts and papers need nothing else.
    assert kit_trades.trade(made.trade).letter == "A"


def test_an_own_trade_without_its_word_is_refused_and_a_known_one_keeps_its_own(people):
    with pytest.raises(Refused) as refused:
        money.add_project(cohort=people.a.cohort, name="Fil", trade="autre", **by(people))
    assert refused.value.field == "trade_label"
    kitchen = money.add_project(
        cohort=people.a.cohort, name="Four", trade="cuisine", trade_label="Couture", **by(people)
    )
    assert kitchen.trade_word == "Cuisine"


def test_the_word_of_an_own_trade_stands_where_trades_are_named(people, enter):
    make.ProjectFactory(cohort=people.a.cohort, name="Fil", trade="autre", trade_label="Couture")
    driss, amina = enter("driss"), enter("amina")
    for client, page in (
        (driss, reverse("projects:activities", args=[people.a.cohort.pk])),
        (amina, reverse("projects:my_hours")),
        (amina, reverse("projects:my_projects")),
    ):
        assert "Couture" in client.get(page).content.decode()


def test_every_trade_of_the_house_has_its_words():
    assert set(_WORDS) == set(kit_trades.TRADES)
    assert words_of("apiculture") is ANY


# --- team


def test_a_team_is_set_changed_and_remembered(people, garden):
    amina, bastien = people.enrolments["amina"].pk, people.enrolments["bastien"].pk
    team = trades.set_team(
        project=garden, members=[amina, bastien], referents=[amina], **by(people, "driss")
    )
    assert [(one.enrolment_id, one.is_referent) for one in team] == [
        (amina, True),
        (bastien, False),
    ]
    trades.set_team(project=garden, members=[], referents=[bastien], **by(people, "driss"))
    assert ProjectMember.objects.get(enrolment=amina).ends_on == TODAY
    assert ProjectMember.objects.get(enrolment=bastien).is_referent
    assert ProjectMember.objects.count() == 2


@pytest.mark.parametrize("who", ["gael", "chloe"])
def test_who_left_or_is_elsewhere_is_in_no_team(people, garden, who):
    with pytest.raises(Refused):
        trades.set_team(
            project=garden, members=[people.enrolments[who].pk], referents=[], **by(people, "driss")
        )
    assert not ProjectMember.objects.exists()


# --- ideas


def test_an_idea_takes_the_kind_of_its_trade_and_is_put_away_never_lost(people, garden):
    idea = trades.keep_idea(
        project=garden, said=IdeaWords("Poireaux d’hiver", [11, 12]), **by(people)
    )
    assert (idea.kind, idea.season) == ("bed", "novembre, décembre")
    trades.archive_idea(idea=idea, **by(people))
    assert project_page(garden, TODAY).ideas == []
    with pytest.raises(Stale):
        trades.change_idea(idea=idea, said=IdeaWords("Autre"), seen_version=1, **by(people))


@pytest.mark.parametrize("said", [IdeaWords(" "), IdeaWords("Soupe", [13])])
def test_an_idea_without_a_name_or_of_no_month_is_refused(people, garden, said):
    with pytest.raises(Refused):
        trades.keep_idea(project=garden, said=said, **by(people))


# --- lots


def test_a_harvest_says_what_is_left(people, garden):
    lot = harvest(people, garden)
    trades.note_lot_move(lot=lot, kind="used", quantity=Decimal("8"), note="paniers", **by(people))
    trades.note_lot_move(lot=lot, kind="lost", quantity=Decimal("0.5"), note="", **by(people))
    lot.refresh_from_db()
    assert lot.remaining == "4\xa0kg" and lot.moves.count() == 2


def test_nobody_takes_more_than_what_is_left(people, garden):
    lot = harvest(people, garden)
    with pytest.raises(Refused, match="Il n’en reste que 12,5\xa0kg") as refused:
        trades.note_lot_move(lot=lot, kind="used", quantity=Decimal("13"), note="", **by(people))
    assert refused.value.field == "quantity" and not LotMove.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"quantity": "0"}, "quantity"),
        ({"quantity": "-3"}, "quantity"),
        ({"day": TODAY + dt.timedelta(days=1)}, "day"),
        ({"day": dt.date(2020, 1, 1)}, "day"),
        ({"name": " "}, "name"),
    ],
)
def test_a_harvest_that_cannot_be_is_refused_in_words(people, garden, wrong, field):
    with pytest.raises(Refused) as refused:
        harvest(people, garden, **wrong)
    assert refused.value.field == field and not Lot.objects.exists()


def test_a_product_named_twice_is_one_product(people, garden):
    harvest(people, garden)
    harvest(people, garden, name="poireaux")
    assert Product.objects.get().lots.count() == 2


@pytest.mark.parametrize(
    ("quantity", "unit", "said"),
    [
        ("12.500", "le kg", "12,5 kg"), ("3.000", "la botte", "3 bottes"), ("1", "le panier", "1 panier"),
        ("2", "plateau de fleurs", "2 plateaux de fleurs"), ("10", "", "10"),
    ],
)  # fmt: skip
def test_a_quantity_is_said_as_people_say_it(quantity, unit, said):
    assert quantity_words(Decimal(quantity), unit).replace("\xa0", " ") == said


# --- offers and orders


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"quantity": 0}, "quantity"),
        ({"quantity": -4}, "quantity"),
        ({"starts_on": THURSDAY, "ends_on": TODAY, "order_until": TODAY}, "ends_on"),
        ({"order_until": THURSDAY + dt.timedelta(days=1)}, "order_until"),
        ({"starts_on": dt.date(2028, 1, 1)}, "starts_on"),
        ({"unit_price": Decimal("-1.00")}, "unit_price"),
        ({"unit_price": None}, "unit_price"),
        ({"title": ""}, "title"),
    ],
)
def test_an_offer_that_cannot_be_is_refused_in_words(people, garden, wrong, field):
    with pytest.raises(Refused) as refused:
        an_offer(people, garden, **wrong)
    assert refused.value.field == field and not Offer.objects.exists()


def test_the_price_the_group_decided_is_the_price(people, garden):
    basket = make.ProductFactory(project=garden, name="Panier moyen", usual_price=Decimal("9.00"))
    assert an_offer(people, garden, product=basket, unit_price=None).unit_price == Decimal("9.00")
    agreed = AgreedPrice.objects.create(
        project=garden, label="panier moyen", amount=Decimal("12.50"), starts_on=TODAY, decision_number=3
    )  # fmt: skip
    offer = an_offer(people, garden, product=basket, unit_price=None)
    assert (offer.unit_price, offer.agreed) == (Decimal("12.50"), agreed)
    with pytest.raises(Refused, match="décision n° 3"):
        an_offer(people, garden, product=basket, unit_price=Decimal("10.00"))


def test_orders_take_what_is_there_and_no_more(people, garden):
    offer = an_offer(people, garden, quantity=5)
    order(people, offer, 3)
    with pytest.raises(Refused, match="Il n’en reste que 2") as refused:
        order(people, offer, 4)
    assert refused.value.field == "quantity"
    order(people, offer, 2)
    with pytest.raises(Refused, match="Tout est commandé"):
        order(people, offer, 1)
    offer.refresh_from_db()
    assert (offer.taken, Order.objects.count()) == (5, 2)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"quantity": 0}, "quantity"),
        ({"quantity": -1}, "quantity"),
        ({"name": " "}, "name"),
        ({"day": TODAY}, "day"),
    ],
)
def test_an_order_that_cannot_be_is_refused_and_holds_nothing(people, garden, wrong, field):
    offer = an_offer(people, garden)
    with pytest.raises(Refused) as refused:
        order(people, offer, **wrong)
    offer.refresh_from_db()
    assert refused.value.field == field and offer.taken == 0


def test_nobody_orders_what_is_not_open_or_too_late(people, garden):
    draft = an_offer(people, garden, opened=False)
    with pytest.raises(Refused, match="pas ouvertes"):
        order(people, draft)
    late = an_offer(people, garden)
    after = NOW + dt.timedelta(days=2)
    with pytest.raises(Refused, match="jusqu’au 26 novembre"):
        trades.take_order(
            offer=late, wishes=OrderWishes("M. Roche", 1), actor=people.actor("amina"), at=after
        )
    with pytest.raises(Refused, match="passé"):
        trades.open_offer(offer=draft, actor=people.actor("amina"), at=after)


def test_a_cancelled_order_gives_back_what_it_held_once(people, garden):
    offer = an_offer(people, garden, quantity=2)
    held = order(people, offer, 2)
    trades.cancel_order(order=held, **by(people))
    trades.cancel_order(order=held, **by(people))
    offer.refresh_from_db()
    assert offer.taken == 0
    with pytest.raises(Refused):
        trades.move_order(order=held, to="handed", **by(people))


def test_a_change_never_takes_back_what_was_ordered(people, garden):
    offer = an_offer(people, garden, quantity=5)
    order(people, offer, 3)
    for wrong, words in (
        ({"quantity": 2}, "déjà commandés"),
        ({"quantity": 5, "unit_price": Decimal("15.00")}, "ne change plus"),
    ):
        with pytest.raises(Refused, match=words):
            trades.change_offer(
                offer=offer, wishes=offer_wish(**wrong), seen_version=offer.version, **by(people)
            )


def test_the_list_to_prepare_adds_up_by_hour(people, garden):
    offer = an_offer(people, garden, title="Menu du jeudi", quantity=24)
    order(people, offer, 10, "École du Plateau", hour=dt.time(12, 30))
    order(people, offer, 4, "Mme Blanc", hour=dt.time(12))
    gone = order(people, offer, 10, "M. Roche")
    trades.cancel_order(order=gone, **by(people))
    page = preparation_of(garden, THURSDAY)
    assert page.quantity == 14 and [one.quantity for one in page.offers] == [14]
    assert [one.name for one in page.orders if one.hour] == ["Mme Blanc", "École du Plateau"]


# --- the sale


def sell(people, offer, orders, **more):
    more.setdefault("vat_rate", Decimal("5.5"))
    return trades.note_sale_of_orders(
        offer=offer, keys=[one.pk for one in orders], sold_on=TODAY, paid_on=None,
        **by(people, "driss"), **more,
    )  # fmt: skip


def test_what_was_handed_over_becomes_one_sale_once(people, garden):
    offer = an_offer(people, garden)
    rows = [order(people, offer, 2), order(people, offer, 1, "M. Roche")]
    with pytest.raises(Refused, match="ce qui est remis"):
        sell(people, offer, rows)
    for one in rows:
        trades.move_order(order=one, to="handed", **by(people))
    sale = sell(people, offer, rows)
    assert (sale.amount, sale.label) == (Decimal("34.12"), "Panier de la semaine × 3")  # 36 / 1,055
    assert sell(people, offer, rows) == sale and Sale.objects.count() == 1
    with pytest.raises(Refused, match="ne change plus"):
        trades.move_order(order=rows[0], to="ready", **by(people))


def test_orders_half_sold_are_told_apart(people, garden):
    offer = an_offer(people, garden)
    rows = [order(people, offer, 2), order(people, offer, 1)]
    for one in rows:
        trades.move_order(order=one, to="handed", **by(people))
    sell(people, offer, rows[:1])
    with pytest.raises(Refused, match="déjà dans une vente"):
        sell(people, offer, rows)
    assert Sale.objects.count() == 1
