"""Lines of a quote or an invoice: what was asked becomes what is written, to the cent."""

import datetime as dt
from decimal import Decimal

import pytest
from django.http import QueryDict

from ct_platform.kit.errors import Refused
from projects.enums import VatCategory, VatRegime, WayOfSale
from projects.forms.lines import MORE, lines_form, shows_vat_included
from projects.models import AgreedPrice, QuoteLine, VatDecision
from projects.selectors.catalogue import catalogue_of
from projects.services.lines import (
    AskedLine,
    LineRefused,
    build_lines,
    price_before_vat,
    price_with_vat,
    totals_of,
)
from tests.factories import (
    CohortFactory,
    CustomerFactory,
    PersonFactory,
    ProductFactory,
    ProjectFactory,
    SellerTermsFactory,
)

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 11, 24)


@pytest.fixture
def project():
    return ProjectFactory()


def built(project, *asked):
    return build_lines(asked=asked, catalogue=catalogue_of(project.cohort, DAY))


def of(product, way=WayOfSale.STORABLE, **more):
    return AskedLine(row=more.pop("row", 0), thing=f"{product.pk}:{way}", **more)


def by_hand(**more):
    typed = {"row": 0, "designation": "Entretien", "price": Decimal(30), "vat_percent": Decimal(20)}
    return AskedLine(**typed | more)


def test_a_product_brings_its_name_unit_price_and_vat(project):
    basket = ProductFactory(project=project, name="Panier moyen", usual_price=Decimal("12.00"))
    [line] = built(project, of(basket, quantity=Decimal(10)))
    assert (line.designation, line.unit, line.vat_percent) == (
        "Panier moyen",
        "le panier",
        Decimal("5.5"),
    )
    assert line.unit_price == Decimal("11.3744")
    totals = totals_of([line])
    assert (totals.net, totals.gross) == (Decimal("113.74"), Decimal("120.00"))


@pytest.mark.parametrize("rate", ["2.1", "5.5", "8.5", "10", "20"])
def test_a_price_typed_with_its_vat_comes_back_to_the_cent(rate):
    for number in range(1, 20_000, 7):
        price, percent = Decimal(number) / 100, Decimal(rate)
        assert price_with_vat(price_before_vat(price, percent), percent) == price


def test_the_total_stays_within_a_cent_of_what_was_typed(project):
    """VAT is computed on the sum excl. VAT (EN 16931): 9,99 at 20 % is no sum of whole cents."""
    for price in ("0.10", "3.33", "9.99", "12.50", "149.95"):
        typed = by_hand(price=Decimal(price), with_vat=True)
        assert abs(totals_of(built(project, typed)).gross - Decimal(price)) <= Decimal("0.01")


def test_rates_may_be_mixed_in_one_paper(project):
    basket = ProductFactory(project=project)
    lines = built(
        project,
        of(basket),
        of(basket, WayOfSale.READY, row=1),
        by_hand(row=2, price=Decimal("1.005")),
    )
    totals = totals_of(lines)
    assert [one.percent for one in totals.rates] == [Decimal("5.5"), Decimal("10"), Decimal("20")]
    assert sum(one.net for one in totals.rates) == sum(line.amount for line in lines)
    assert [line.position for line in lines] == [1, 2, 3]


def test_the_price_that_the_group_decided_prevails(project):
    basket = ProductFactory(project=project, name="Panier moyen", usual_price=Decimal(12))
    AgreedPrice.objects.create(
        project=project, label="panier moyen", amount=Decimal(15), starts_on=DAY, decision_number=3
    )
    [line] = built(project, of(basket))
    assert totals_of([line]).gross == Decimal(15)
    with pytest.raises(LineRefused, match="décision n° 3"):
        built(project, of(basket, price=Decimal(12), with_vat=True))
    [same] = built(project, of(basket, price=Decimal(15), with_vat=True))
    assert same.unit_price == line.unit_price
    [less] = built(project, of(basket, discount_percent=Decimal(20)))
    assert totals_of([less]).gross == Decimal(12)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"quantity": Decimal(0)}, "quantity"),
        ({"quantity": Decimal(-2)}, "quantity"),
        ({"price": Decimal(0)}, "price"),
        ({"price": Decimal(-1)}, "price"),
        ({"price": None}, "price"),
        ({"discount_percent": Decimal(101)}, "discount"),
        ({"vat_percent": None}, "vat"),
        ({"vat_percent": Decimal("8.5")}, "vat"),
        # No VAT at all is an exemption: only the host says it.
        ({"vat_percent": Decimal(0)}, "vat"),
        ({"designation": ""}, "designation"),
        ({"quantity": Decimal(9999999), "price": Decimal(9999)}, "quantity"),
    ],
)
def test_what_cannot_be_sold_is_refused_with_its_row_and_field(project, wrong, field):
    with pytest.raises(LineRefused) as refusal:
        built(project, by_hand(), by_hand(row=4, **wrong))
    assert (refusal.value.row, refusal.value.field) == (4, field)


def test_a_paper_has_a_line_at_least_and_sixty_at_most(project):
    with pytest.raises(Refused, match="au moins une ligne"):
        built(project)
    with pytest.raises(Refused, match="60 lignes"):
        built(project, *[by_hand(row=n) for n in range(61)])


def test_a_product_of_another_cohort_is_not_in_the_catalogue(project):
    stranger = ProductFactory()
    with pytest.raises(LineRefused, match="ne se vend pas ainsi"):
        built(project, of(stranger))


def test_a_jar_is_not_sold_as_a_service(project):
    with pytest.raises(LineRefused, match="ne se vend pas ainsi"):
        built(project, of(ProductFactory(project=project), WayOfSale.SERVICE))


def test_with_two_activities_a_line_by_hand_names_its_own(project):
    other = ProjectFactory(cohort=project.cohort)
    with pytest.raises(LineRefused) as refusal:
        built(project, by_hand())
    assert refusal.value.field == "project"
    [line] = built(project, by_hand(project_id=other.pk))
    assert line.project == other


def test_a_host_in_franchise_sells_everything_at_zero(project):
    SellerTermsFactory(host=project.cohort.host, vat_regime=VatRegime.FRANCHISE, vat_number="")
    basket = ProductFactory(project=project)
    lines = built(project, of(basket), by_hand(row=1))
    assert {line.vat_percent for line in lines} == {Decimal(0)}
    assert totals_of(lines).gross == Decimal(42)


def test_what_the_host_decided_prevails_from_its_day(project):
    host, by = project.cohort.host, PersonFactory()
    VatDecision.objects.create(
        host=host, category=VatCategory.FOOD, way=WayOfSale.STORABLE, percent=Decimal("2.1"),
        in_force_from=DAY, reason="Martinique", written_by=by,
    )  # fmt: skip
    basket = ProductFactory(project=project)
    assert built(project, of(basket))[0].vat_percent == Decimal("2.1")
    before = catalogue_of(project.cohort, DAY - dt.timedelta(days=1))
    assert build_lines(asked=[of(basket)], catalogue=before)[0].vat_percent == Decimal("5.5")


def test_the_catalogue_costs_five_queries(project, django_assert_num_queries):
    for _number in range(4):
        ProductFactory(project=project)
    cohort = type(project.cohort).objects.get(pk=project.cohort_id)
    with django_assert_num_queries(5):
        catalogue = catalogue_of(cohort, DAY)
    assert len(catalogue.offers) == 12


def posted(**fields):
    data = QueryDict(mutable=True)
    data.update({"lignes-TOTAL_FORMS": "3", "lignes-INITIAL_FORMS": "0"})
    data.update({f"lignes-{name.replace('__', '-')}": value for name, value in fields.items()})
    return data


def test_rows_left_empty_are_no_lines(project):
    basket = ProductFactory(project=project)
    catalogue = catalogue_of(project.cohort, DAY)
    data = posted(**{"1__thing": f"{basket.pk}:storable", "1__quantity": "2,5"})
    form = lines_form(data, catalogue=catalogue)
    assert form.is_valid()
    [asked] = form.asked(with_vat=True)
    assert (asked.row, asked.quantity, asked.price) == (1, Decimal("2.5"), None)


def test_asking_for_more_rows_brings_back_what_was_typed_and_judges_nothing(project):
    catalogue = catalogue_of(project.cohort, DAY)
    data = posted(**{"0__quantity": "deux", "0__designation": "Tonte"})
    data[MORE] = "1"
    form = lines_form(data, catalogue=catalogue)
    assert not form.is_bound
    assert form.total_form_count() == 6
    assert form.forms[0]["quantity"].value() == "deux"


def test_a_refusal_stands_beside_its_field(project):
    catalogue = catalogue_of(project.cohort, DAY)
    form = lines_form(posted(**{"2__designation": "Tonte", "2__price": "10"}), catalogue=catalogue)
    assert form.is_valid()
    with pytest.raises(LineRefused) as refusal:
        build_lines(asked=form.asked(with_vat=True), catalogue=catalogue)
    form.refuse(refusal.value)
    assert "taux" in form.forms[2].errors["vat"][0]
    assert form.forms[2].is_open


def test_a_stored_line_opens_as_it_was_typed():
    project = ProjectFactory()
    basket = ProductFactory(project=project, name="Panier moyen")
    catalogue = catalogue_of(project.cohort, DAY)
    [line] = build_lines(
        asked=[of(basket, quantity=Decimal("2.5"), price=Decimal("12.50"), with_vat=True)],
        catalogue=catalogue,
    )
    stored = QuoteLine(**line.values())
    consumer = CustomerFactory.build(kind="person", cohort=CohortFactory.build())
    assert shows_vat_included([stored], consumer)
    assert not shows_vat_included([stored], CustomerFactory.build(cohort=CohortFactory.build()))
    form = lines_form(None, catalogue=catalogue, lines=[stored], with_vat=True)
    first = form.forms[0]
    assert first["thing"].value() == f"{basket.pk}:storable"
    assert str(first["price"].value()) == "12,5"
    assert not first["designation"].value()
    assert form.total_form_count() == 4
