"""Nothing is sold twice, no kilo leaves twice, one sale is noted: PostgreSQL only."""

from decimal import Decimal

import pytest

from ct_platform.kit.errors import Refused
from projects.models import LotMove, Order, Sale
from projects.services import trades
from tests import factories as make
from tests import personas
from tests.at_once import together
from tests.factories import NOW, TODAY
from tests.trade_world import an_offer, harvest, order

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def people(transactional_db):
    return personas.build()


@pytest.fixture
def garden(people):
    return make.ProjectFactory(cohort=people.a.cohort, name="Le jardin")


@pytest.mark.parametrize(("there", "each", "served"), [(1, 1, 1), (7, 2, 3), (10, 1, 10)])
def test_orders_at_once_never_sell_more_than_there_is(people, garden, there, each, served):
    offer = an_offer(people, garden, quantity=there)
    answers = together(*(lambda: order(people, offer, each) for _n in range(12)))
    offer.refresh_from_db()
    held = sum(Order.objects.filter(offer=offer).values_list("quantity", flat=True))
    assert (offer.taken, held) == (served * each, served * each)
    assert sum(isinstance(one, Refused) for one in answers) == 12 - served


def test_the_same_order_cancelled_twice_at_once_gives_back_once(people, garden):
    offer = an_offer(people, garden, quantity=9)
    held, _other = order(people, offer, 4), order(people, offer, 3)
    actor = people.actor("amina")
    together(*(lambda: trades.cancel_order(order=held, actor=actor, at=NOW) for _n in range(4)))
    offer.refresh_from_db()
    assert offer.taken == 3


def test_no_kilo_leaves_a_lot_twice(people, garden):
    lot, actor = harvest(people, garden, "10"), people.actor("amina")
    together(
        *(
            lambda: trades.note_lot_move(
                lot=lot, kind="used", quantity=Decimal("3"), note="", actor=actor, at=NOW
            )
            for _n in range(8)
        )
    )
    lot.refresh_from_db()
    assert lot.gone == Decimal(9) and LotMove.objects.count() == 3


def test_a_double_click_notes_one_sale(people, garden):
    offer = an_offer(people, garden)
    held, driss = order(people, offer), people.actor("driss")
    trades.move_order(order=held, to="handed", actor=people.actor("amina"), at=NOW)
    sales = together(
        *(
            lambda: trades.note_sale_of_orders(
                offer=offer, keys=[held.pk], vat_rate=Decimal("5.5"), sold_on=TODAY, paid_on=TODAY,
                actor=driss, at=NOW,
            )
            for _n in range(4)
        )
    )  # fmt: skip
    assert {one.pk for one in sales} == {Sale.objects.get().pk}
