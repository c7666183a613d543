"""Lines of a quote or an invoice: what was asked, judged, becomes what is written."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.translation import gettext as _

from ct_platform.kit.errors import Refused
from ct_platform.kit.money import ZERO, cents, euros
from projects.enums import SupplyNature
from projects.models import Product, Project
from projects.rules.totals import line_amount, nets_within
from projects.rules.totals import totals_of as totals_of
from projects.selectors.catalogue import Catalogue, Offered

MOST_LINES = 60
LARGEST = Decimal("9999999.99")
_SIX = Decimal("0.000001")


class LineRefused(Refused):
    """A line cannot be sold as asked. `row`: its place among the lines asked, from 0."""

    def __init__(self, sentence: str, *, row: int, field: str) -> None:
        super().__init__(sentence, field=field)
        self.row = row


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedLine:
    """One line as typed. `thing`: code of an Offered ("12:storable"), empty for a line by hand.

    `price`: of one unit, in euros, VAT included or not as `with_vat` says; None takes the price of
    the product. `vat_percent`, `nature`, `project`: only for a line by hand.
    """

    row: int
    thing: str = ""
    project_id: int | None = None
    designation: str = ""
    quantity: Decimal = Decimal(1)
    unit: str = ""
    price: Decimal | None = None
    with_vat: bool = False
    discount_percent: Decimal = ZERO
    vat_percent: Decimal | None = None
    nature: str = SupplyNature.GOODS


@dataclass(frozen=True, slots=True, kw_only=True)
class BuiltLine:
    """The values of a SoldLine. Prices and amounts in euros excl. VAT."""

    position: int
    project: Project
    product: Product | None
    designation: str
    nature: str
    way: str
    quantity: Decimal
    unit: str
    unit_price: Decimal
    discount_percent: Decimal
    vat_percent: Decimal
    amount: Decimal
    gross_amount: Decimal | None

    def values(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}


def build_lines(*, asked: Sequence[AskedLine], catalogue: Catalogue) -> list[BuiltLine]:
    """Judge each line and give what is written, in order; amounts rounded once a line, or once a rate
    where all its prices are said VAT included.

    Raises LineRefused (row, field) for what cannot be sold so: an unknown product, a quantity of zero
    or less, no price, a price other than the one the group decided, a rate nobody decided; Refused
    without any line or with more than 60.
    """
    if not asked:
        raise Refused(_("Écrivez au moins une ligne."))
    if len(asked) > MOST_LINES:
        raise Refused(_("Un papier porte 60 lignes au plus. Faites-en deux."))
    return _promised([_build(one, number, catalogue) for number, one in enumerate(asked, start=1)])


def _promised(lines: list[BuiltLine]) -> list[BuiltLine]:
    """What the customer reads is what the customer pays, to the cent, rate by rate; a rate that mixes
    both kinds of prices is computed from its prices excl. VAT."""
    rates: dict[Decimal, list[BuiltLine]] = {}
    for line in lines:
        rates.setdefault(line.vat_percent, []).append(line)
    kept: list[BuiltLine] = []
    for percent, rows in rates.items():
        grosses = [one.gross_amount for one in rows if one.gross_amount is not None]
        if len(grosses) < len(rows):
            kept += [replace(one, gross_amount=None) for one in rows]
            continue
        nets = nets_within(grosses, percent)
        kept += [replace(one, amount=net) for one, net in zip(rows, nets, strict=True)]
    return sorted(kept, key=lambda one: one.position)


def price_before_vat(price: Decimal, vat_percent: Decimal) -> Decimal:
    """The price of one unit excl. VAT, with six decimals, from the one a customer pays."""
    return (price * 100 / (100 + vat_percent)).quantize(_SIX, rounding=ROUND_HALF_UP)


def price_with_vat(unit_price: Decimal, vat_percent: Decimal) -> Decimal:
    """What a customer pays for one unit, in whole cents."""
    return cents(unit_price * (100 + vat_percent) / 100)


def _build(asked: AskedLine, number: int, catalogue: Catalogue) -> BuiltLine:
    _refuse_figures(asked)
    offered = _offered(asked, catalogue)
    if offered is not None:
        percent, project = offered.percent, offered.product.project
        designation = asked.designation or offered.product.name
        unit = asked.unit or offered.product.unit
        nature, way = str(offered.product.nature), str(offered.way)
        unit_price = _price_of(asked, offered)
    else:
        percent, project = _rate(asked, catalogue), _project(asked, catalogue)
        designation, unit, nature, way = asked.designation, asked.unit, asked.nature, ""
        if not designation:
            raise _refused(asked, "designation", _("Dites ce que c’est, ou choisissez un produit."))
        if asked.price is None:
            raise _refused(asked, "price", _("Écrivez le prix."))
        unit_price = _typed_price(asked.price, percent, with_vat=asked.with_vat)
    amount = line_amount(asked.quantity, unit_price, asked.discount_percent)
    paid = _paid_price(asked, offered)
    if amount > LARGEST:
        raise _refused(asked, "quantity", _("Cette ligne est trop grande pour être vendue."))
    return BuiltLine(
        position=number,
        project=project,
        product=offered.product if offered else None,
        designation=designation,
        nature=nature,
        way=way,
        quantity=asked.quantity,
        unit=unit,
        unit_price=unit_price,
        discount_percent=asked.discount_percent,
        vat_percent=percent,
        amount=amount,
        gross_amount=paid and line_amount(asked.quantity, paid, asked.discount_percent),
    )


def _refuse_figures(asked: AskedLine) -> None:
    if asked.quantity <= 0:
        raise _refused(asked, "quantity", _("La quantité est plus grande que zéro."))
    if asked.quantity > LARGEST:
        raise _refused(asked, "quantity", _("Cette quantité est trop grande."))
    if asked.price is not None and asked.price <= 0:
        sentence = _("Le prix est plus grand que zéro. Pour offrir, faites une remise de 100 %.")
        raise _refused(asked, "price", sentence)
    if not 0 <= asked.discount_percent <= 100:
        raise _refused(asked, "discount", _("Une remise va de 0 à 100 %."))


def _offered(asked: AskedLine, catalogue: Catalogue) -> Offered | None:
    if not asked.thing:
        return None
    offered = catalogue.offered(asked.thing)
    if offered is None:
        raise _refused(asked, "thing", _("Ce produit ne se vend pas ainsi."))
    return offered


def _price_of(asked: AskedLine, offered: Offered) -> Decimal:
    """What was typed, else the price of the product; what the group decided prevails."""
    if asked.price is None:
        if offered.price is None:
            raise _refused(asked, "price", _("Ce produit n’a pas de prix : écrivez-le."))
        return price_before_vat(offered.price, offered.percent)
    typed = _typed_price(asked.price, offered.percent, with_vat=asked.with_vat)
    decided = offered.decision_number is not None
    if decided and price_with_vat(typed, offered.percent) != offered.price:
        words = {"price": euros(offered.price), "n": str(offered.decision_number)}
        sentence = _(
            "Le groupe a décidé %(price)s, TVA comprise (décision n° %(n)s). Laissez le prix vide ; "
            "pour vendre moins cher, faites une remise."
        )
        raise _refused(asked, "price", sentence % words)
    return typed


def _paid_price(asked: AskedLine, offered: Offered | None) -> Decimal | None:
    """The price of one unit as the customer was told it, VAT included; None when it was said without."""
    if asked.price is None:
        return offered.price if offered else None
    return asked.price if asked.with_vat else None


def _typed_price(price: Decimal, percent: Decimal, *, with_vat: bool) -> Decimal:
    if with_vat:
        return price_before_vat(price, percent)
    return price.quantize(_SIX, rounding=ROUND_HALF_UP)


def _rate(asked: AskedLine, catalogue: Catalogue) -> Decimal:
    if catalogue.is_franchise:
        return Decimal(0)
    if asked.vat_percent is None:
        raise _refused(asked, "vat", _("Choisissez le taux de TVA, ou un produit."))
    found = next((rate for rate in catalogue.rates if rate == asked.vat_percent), None)
    if found is None:
        raise _refused(asked, "vat", _("La coopérative hôte ne vend pas à ce taux."))
    return found


def _project(asked: AskedLine, catalogue: Catalogue) -> Project:
    if asked.project_id is None and len(catalogue.projects) == 1:
        return catalogue.projects[0]
    project = catalogue.project(asked.project_id) if asked.project_id is not None else None
    if project is None:
        raise _refused(asked, "project", _("Dites quelle activité vend cette ligne."))
    return project


def _refused(asked: AskedLine, field: str, sentence: str) -> LineRefused:
    return LineRefused(sentence, row=asked.row, field=field)
