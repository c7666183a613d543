"""A garden of cohort A with an offer, an order, a harvest and an idea, and two hundred of each."""

import datetime as dt
from decimal import Decimal
from typing import Any

from projects.models import Idea, Lot, Offer, Order, Product, Project, ProjectMember
from projects.services import trades
from projects.services.trades import IdeaWords, OfferWishes, OrderWishes
from tests import factories as make
from tests.factories import NOW, TODAY
from tests.personas import People

THURSDAY = dt.date(2026, 11, 26)


def offer_wish(title: str = "Panier de la semaine", **more: Any) -> OfferWishes:
    more.setdefault("quantity", 20)
    more.setdefault("starts_on", THURSDAY)
    more.setdefault("ends_on", more["starts_on"])
    more.setdefault("order_until", more["ends_on"])
    more.setdefault("unit_price", Decimal("12.00"))
    return OfferWishes(title=title, **more)


def an_offer(people: People, project: Project, *, opened: bool = True, **wishes: Any) -> Offer:
    offer = trades.write_offer(
        project=project, wishes=offer_wish(**wishes), actor=people.actor("amina"), at=NOW
    )
    if opened:
        trades.open_offer(offer=offer, actor=people.actor("amina"), at=NOW)
    offer.refresh_from_db()
    return offer


def order(
    people: People, offer: Offer, quantity: int = 2, name: str = "Mme Blanc", **more: Any
) -> Order:
    return trades.take_order(
        offer=offer,
        wishes=OrderWishes(name=name, quantity=quantity, **more),
        actor=people.actor("amina"),
        at=NOW,
    )


def harvest(people: People, project: Project, quantity: str = "12.5", **more: Any) -> Lot:
    values: dict[str, Any] = {
        "product": None, "name": "Poireaux", "unit": "kg", "day": TODAY, "origin": "planche 4",
        "done_by": "Amina",
    }  # fmt: skip
    return trades.note_lot(
        project=project, quantity=Decimal(quantity), actor=people.actor("amina"), at=NOW,
        **(values | more),
    )  # fmt: skip


def furnish_trades(people: People, canary: str) -> dict[str, Any]:
    garden = make.ProjectFactory(cohort=people.a.cohort, name=f"Potager {canary}")
    offer = an_offer(people, garden, title=canary, content=canary)
    idea = trades.keep_idea(
        project=garden, said=IdeaWords(canary, [11], canary, canary), actor=people.actor("amina"), at=NOW
    )  # fmt: skip
    trades.set_team(
        project=garden, members=[people.enrolments["amina"].pk], referents=[],
        actor=people.actor("driss"), at=NOW,
    )  # fmt: skip
    asked = {"order_id": order(people, offer, name=canary).pk}
    return {
        "project_id": garden.pk,
        "offer_id": offer.pk,
        "projects:move_order": asked,
        "projects:cancel_order": asked,
        "lot_id": harvest(people, garden, name=canary).pk,
        "idea_id": idea.pk,
    }


def crowd_trades(people: People, crowd: list[Any], count: int) -> None:
    """`count` of each in the garden of `furnish_trades`."""
    garden = (
        Project.objects.of_cohort(people.a.cohort.pk).filter(name__startswith="Potager").first()
    )
    if garden is None:
        return
    offer, product = (
        Offer.objects.filter(project=garden).first(),
        Product.objects.get(project=garden),
    )
    person = people.amina
    Offer.objects.filter(pk=offer.pk).update(quantity=5000)
    Order.objects.bulk_create(
        Order(offer=offer, name=f"Client {n}", quantity=1, day=THURSDAY, taken_by=person)
        for n in range(count)
    )
    Offer.objects.filter(pk=offer.pk).update(taken=2 + count)
    Offer.objects.bulk_create(
        Offer(
            project=garden, title=f"Panier {n}", unit_price=Decimal("9.00"), quantity=4,
            starts_on=THURSDAY, ends_on=THURSDAY, order_until=THURSDAY, written_by=person,
        )
        for n in range(count)
    )  # fmt: skip
    Lot.objects.bulk_create(
        Lot(product=product, day=TODAY, quantity=Decimal(3), noted_by=person) for _n in range(count)
    )
    Idea.objects.bulk_create(
        Idea(project=garden, title=f"Idée {n}", author=person) for n in range(count)
    )
    ProjectMember.objects.bulk_create(
        ProjectMember(project=garden, enrolment=one, starts_on=TODAY) for one in crowd
    )
