"""VAT by product *and* way of sale: the cases of the field, as a table."""

import datetime as dt
from decimal import Decimal

import pytest

from projects.enums import VatCategory as C
from projects.enums import WayOfSale as W
from projects.rules import NoRate, RateDecision, vat_percent, ways_of
from projects.rules.vat import LAW

DAY = dt.date(2026, 11, 24)
# Each: what it is, category, way, rate in percent, where it is written.
CASES = [
    ("panier de légumes", C.FOOD, W.STORABLE, "5.5", "CGI 278-0 bis A 1°"),
    ("confiture en bocal fermé", C.FOOD, W.STORABLE, "5.5", "CGI 278-0 bis A 1°"),
    ("soupe en bocal, à conserver", C.FOOD, W.STORABLE, "5.5", "BOI-TVA-LIQ-30-10-10"),
    ("plat vendu à un magasin qui le revend", C.FOOD, W.STORABLE, "5.5", "rescrit, BOI-TVA-LIQ-30-10-10"),
    ("soupe chaude à emporter", C.FOOD, W.READY, "10", "CGI 279 n"),
    ("plateau repas livré au bureau", C.FOOD, W.READY, "10", "CGI 279 n"),
    ("repas servi à table", C.FOOD, W.ON_SITE, "10", "CGI 279 m"),
    ("jus servi au verre", C.FOOD, W.READY, "10", "CGI 279 n"),
    ("jus en bouteille fermée", C.FOOD, W.STORABLE, "5.5", "CGI 278-0 bis A 1°"),
    ("bonbons", C.SWEETS, W.STORABLE, "20", "CGI 278-0 bis A 1°"),
    ("bonbons en cornet, au marché", C.SWEETS, W.READY, "20", "CGI 278-0 bis A 1°"),
    ("margarine", C.SWEETS, W.STORABLE, "20", "CGI 278-0 bis A 1°"),
    ("gâteau au chocolat d’un repas servi", C.SWEETS, W.ON_SITE, "10", "CGI 279 m"),
    ("cidre en bouteille", C.ALCOHOL, W.STORABLE, "20", "CGI 278"),
    ("cidre servi à table", C.ALCOHOL, W.ON_SITE, "20", "CGI 279 m, exception"),
    ("vin livré avec le repas", C.ALCOHOL, W.READY, "20", "CGI 279 n, exception"),
    ("bouquet simple de fleurs coupées", C.RAW_PLANTS, W.PLAIN, "10", "CE 28/01/2015, n° 370455"),
    ("fleurs séchées sans teinture", C.RAW_PLANTS, W.PLAIN, "10", "BOI-TVA-LIQ-30-10-20"),
    ("plant de tomate", C.RAW_PLANTS, W.PLAIN, "10", "CGI 278 bis"),
    ("composition florale", C.WORKED_FLOWERS, W.PLAIN, "20", "CE 28/01/2015, n° 370455"),
    ("bouquet teint", C.WORKED_FLOWERS, W.PLAIN, "20", "BOI-TVA-LIQ-30-10-20"),
    ("livraison facturée à part", C.SERVICE, W.SERVICE, "20", "CGI 278"),
    ("entretien d’un jardin d’entreprise", C.SERVICE, W.SERVICE, "20", "CGI 278"),
    ("vase", C.OTHER, W.PLAIN, "20", "CGI 278"),
]  # fmt: skip


@pytest.mark.parametrize(("thing", "category", "way", "rate", "source"), CASES)
def test_the_rate_follows_the_product_and_the_way(thing, category, way, rate, source):
    assert vat_percent(category=category, way=way, day=DAY) == Decimal(rate), (thing, source)


def test_every_line_of_the_law_is_a_case():
    assert {(row.category, row.way) for row in LAW} == {(case[1], case[2]) for case in CASES}


def test_every_category_is_sold_in_some_way():
    assert all(ways_of(category) for category in C)


@pytest.mark.parametrize(
    ("category", "way"),
    [(C.SERVICE, W.STORABLE), (C.RAW_PLANTS, W.READY), (C.FOOD, W.PLAIN), (C.OTHER, W.SERVICE)],
)
def test_what_is_never_sold_that_way_has_no_rate(category, way):
    with pytest.raises(NoRate):
        vat_percent(category=category, way=way, day=DAY)


def test_what_the_host_decided_stands_from_its_day_until_the_next():
    decided = [
        RateDecision(C.FOOD, W.STORABLE, Decimal("2.1"), dt.date(2026, 3, 1)),
        RateDecision(C.FOOD, W.STORABLE, Decimal("5.5"), dt.date(2026, 6, 1)),
        RateDecision(C.SERVICE, W.SERVICE, Decimal(0), dt.date(2026, 3, 1)),
    ]

    def on(month, category=C.FOOD, way=W.STORABLE):
        day = dt.date(2026, month, 1)
        return vat_percent(category=category, way=way, day=day, decided=decided)

    assert [on(2), on(3), on(5), on(6)] == [Decimal(x) for x in ("5.5", "2.1", "2.1", "5.5")]
    assert on(4, C.SERVICE, W.SERVICE) == 0
    assert on(4, C.FOOD, W.READY) == 10


def test_before_2014_the_table_says_nothing():
    with pytest.raises(NoRate):
        vat_percent(category=C.FOOD, way=W.STORABLE, day=dt.date(2013, 12, 31))
