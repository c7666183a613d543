"""Products: on the shelf of an activity, with the VAT of each way of selling; carried by the kit."""

from decimal import Decimal

import pytest

from cohorts import starter_kit
from ct_platform.kit.errors import Refused, Stale
from projects.models import AgreedPrice, Product
from projects.selectors.products import product_rows
from projects.services.products import ProductSaid, add_product, change_product
from tests.factories import NOW, TODAY, CustomerFactory, ProductFactory, ProjectFactory

pytestmark = pytest.mark.django_db


def said(**more):
    typed = {"name": "Panier moyen", "unit": "le panier", "category": "food", "usual_price": None}
    return ProductSaid(**typed | more)


@pytest.fixture
def project(people):
    return ProjectFactory(cohort=people.a.cohort)


def test_a_product_says_its_vat_for_each_way(people, project):
    add_product(project=project, said=said(), actor=people.actor("driss"))
    [row] = product_rows(people.a.cohort, TODAY)
    assert [rate.percent for rate in row.rates] == [Decimal("5.5"), Decimal(10), Decimal(10)]
    assert row.agreed is None
    AgreedPrice.objects.create(
        project=project, label="PANIER MOYEN", amount=Decimal(14), starts_on=TODAY,
        decision_number=2,
    )  # fmt: skip
    assert product_rows(people.a.cohort, TODAY)[0].agreed.amount == Decimal(14)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "panier MOYEN"}, "name"),
        ({"category": "gold"}, "category"),
        ({"usual_price": Decimal(0)}, "usual_price"),
    ],
)
def test_what_is_wrong_is_refused(people, project, wrong, field):
    ProductFactory(project=project, name="Panier moyen")
    with pytest.raises(Refused) as refusal:
        typed = {"name": "Autre"} | wrong
        add_product(project=project, said=said(**typed), actor=people.actor("driss"))
    assert refusal.value.field == field


def test_the_same_name_may_be_sold_by_another_activity(people, project):
    ProductFactory(project=project, name="Panier moyen")
    other = ProjectFactory(cohort=people.a.cohort)
    add_product(project=other, said=said(), actor=people.actor("driss"))
    assert Product.objects.count() == 2


def test_it_is_taken_off_the_shelf_by_who_saw_its_latest_version(people, project):
    row, actor = ProductFactory(project=project), people.actor("driss")
    change_product(product=row, said=said(), is_active=False, seen_version=1, actor=actor)
    with pytest.raises(Stale):
        change_product(product=row, said=said(), is_active=True, seen_version=1, actor=actor)
    row.refresh_from_db()
    assert not row.is_active


def test_the_kit_takes_products_and_never_a_customer(people, project):
    ProductFactory(project=project, name="Panier moyen", usual_price=Decimal("12.50"))
    ProductFactory(project=project, name="Fini", is_active=False)
    ProjectFactory(cohort=people.a.cohort, name="Sans produit")
    CustomerFactory(cohort=people.a.cohort)
    part = starter_kit.find("projects")
    items = part.read(people.a.cohort)
    assert {item["name"]: [one["name"] for one in item["products"]] for item in items} == {
        project.name: ["Panier moyen"],
        "Sans produit": [],
    }
    assert not any(part.fault(item) for item in items)
    assert "1 produit" in part.say(next(item for item in items if item["products"]))
    assert "customers" not in {one.code for one in starter_kit.all_parts()}
    target = people.b.cohort
    assert part.write(target, items, people.actor("dalia"), NOW) == []
    assert Product.objects.of_cohort(target.pk).get().usual_price == Decimal("12.50")


@pytest.mark.parametrize(
    "wrong",
    [
        {"price": "douze"},
        {"price": "-2"},
        {"price": None},
        {"category": "gold"},
        {"unit": 3},
        {"name": " "},
    ],
)
def test_a_kit_with_a_wrong_product_is_told(wrong):
    part = starter_kit.find("projects")
    good = {"name": "Panier", "unit": "", "category": "food", "price": ""}
    item = {"name": "Jardin", "trade": "maraichage", "products": [good]}
    assert part.fault(item) == ""
    assert part.fault(item | {"products": [good | wrong]})
    assert part.fault(item | {"products": ["panier"]}) and part.fault(item | {"products": "x"})
    # A kit of before products.
    assert part.fault({"name": "Jardin", "trade": "maraichage"}) == ""
