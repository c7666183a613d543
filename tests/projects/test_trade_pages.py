"""The rooms of a trade, on phone and desk: its own words, and from the harvest to the accounts."""

from decimal import Decimal

import pytest
from django.urls import reverse

from ct_platform.kit.errors import Refused
from projects.models import Lot, Offer, Order, Project, Sale
from projects.services import trades
from projects.trade_invariants import _lots_add_up, _orders_are_counted
from tests import factories as make
from tests.factories import NOW
from tests.trade_world import an_offer, harvest, order


@pytest.fixture
def garden(people):
    return make.ProjectFactory(cohort=people.a.cohort, name="Le jardin", trade="maraichage")


@pytest.mark.parametrize(
    ("trade", "words"),
    [
        ("maraichage", ["Récoltes", "Paniers", "Planches de culture"]),
        ("fleuriste", ["Bouquets de saison", "Fleurs cueillies"]),
        ("cuisine", ["Menus", "Commandes du service", "Recettes"]),
        ("services", ["Missions par jour", "Idées de services"]),
        ("autre", ["Productions", "Offres"]),
    ],
)
@pytest.mark.parametrize("who", ["amina", "driss"])
def test_each_trade_speaks_its_own_words_on_phone_and_desk(people, enter, trade, words, who):
    project = make.ProjectFactory(cohort=people.a.cohort, trade=trade)
    page = enter(who).get(reverse("projects:project", args=[project.pk])).content.decode()
    assert all(one in page for one in words)
    assert ("Récoltes" in page) is (trade == "maraichage")


def test_a_basket_goes_from_the_harvest_to_the_accounts(people, enter, garden):
    amina, driss = enter("amina"), enter("driss")
    key = "7b0f7d0e-1111-4222-8333-44445555666"
    amina.post(
        reverse("projects:add_offer", args=[garden.pk]),
        {"title": "Panier", "quantity": "3", "unit_price": "12", "starts_on": "2026-11-25",
         "ends_on": "2026-11-27", "order_until": "2026-11-27", "submission_key": key + "1"},
    )  # fmt: skip
    offer = Offer.objects.get()
    here = [garden.pk, offer.pk]
    amina.post(reverse("projects:open_offer", args=here))
    typed = {"name": "Mme Blanc", "quantity": "2", "day": "2026-11-25", "submission_key": key + "2"}
    for _tap in range(2):
        amina.post(reverse("projects:add_order", args=here), typed)
    too_many = amina.post(
        reverse("projects:add_order", args=here),
        typed | {"quantity": "5", "submission_key": key + "3"},
    )
    assert "Il n’en reste que 1" in too_many.content.decode()
    held = Order.objects.get()
    amina.post(reverse("projects:move_order", args=[garden.pk, held.pk]), {"to": "handed"})
    sale = {"orders": [held.pk], "vat_rate": "5.5", "sold_on": "2026-11-25", "paid_on": ""}
    assert amina.post(reverse("projects:sell_orders", args=here), sale).status_code == 403
    for _click in range(2):
        said = driss.post(reverse("projects:sell_orders", args=here), sale, follow=True)
    assert "La vente est notée" in said.content.decode()
    assert Sale.objects.get().amount == Decimal("22.75")


def test_a_project_of_another_cohort_is_nowhere(people, enter, garden):
    offer = an_offer(people, garden)
    held = order(people, offer)
    chloe = enter("chloe")
    for name, key in (("move_order", held.pk), ("cancel_order", held.pk), ("open_offer", offer.pk)):
        assert chloe.post(reverse(f"projects:{name}", args=[garden.pk, key])).status_code == 404
    # One's own project does not open somebody else's offer.
    own = make.ProjectFactory(cohort=people.b.cohort)
    assert chloe.get(reverse("projects:offer", args=[own.pk, offer.pk])).status_code == 404


def test_nothing_moves_in_an_archived_cohort(people, enter, garden):
    offer = an_offer(people, garden)
    people.a.cohort.state = "archived"
    people.a.cohort.save(update_fields=["state"])
    garden = Project.objects.select_related("cohort").get(pk=garden.pk)
    for act in (
        lambda: harvest(people, garden),
        lambda: order(people, Offer.objects.select_related("project__cohort").get(pk=offer.pk)),
        lambda: trades.set_team(
            project=garden, members=[], referents=[], actor=people.actor("driss"), at=NOW
        ),
    ):
        with pytest.raises(Refused):
            act()
    enter("driss").post(reverse("projects:close_offer", args=[garden.pk, offer.pk]))
    offer.refresh_from_db()
    assert offer.is_open


def test_the_coordination_sees_what_is_handed_over_and_not_sold(people, enter, garden):
    held = order(people, an_offer(people, garden))
    trades.move_order(order=held, to="handed", actor=people.actor("amina"), at=NOW)
    board = enter("driss").get(reverse("home:cohort_dashboard", args=[people.a.cohort.pk]))
    assert "1 commande remise à noter en vente" in board.content.decode()


def test_check_consistency_sees_what_does_not_add_up(people, garden):
    offer, lot = an_offer(people, garden), harvest(people, garden)
    order(people, offer)
    assert not list(_orders_are_counted()) and not list(_lots_add_up())
    Offer.objects.filter(pk=offer.pk).update(taken=3)
    Lot.objects.filter(pk=lot.pk).update(gone=1)
    assert len(list(_orders_are_counted())) == len(list(_lots_add_up())) == 1


@pytest.mark.parametrize("many", ["100000", "9" * 25])
def test_more_than_anybody_could_order_is_told_beside_its_field(people, enter, garden, many):
    offer = an_offer(people, garden)
    typed = {
        "name": "Mme Blanc", "quantity": many, "day": "2026-11-25",
        "submission_key": "7b0f7d0e-1111-4222-8333-444455556667",
    }  # fmt: skip
    answer = enter("amina").post(reverse("projects:add_order", args=[garden.pk, offer.pk]), typed)
    assert answer.status_code in (200, 422) and "C’est trop" in answer.content.decode()
    assert not Order.objects.exists()
