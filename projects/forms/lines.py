"""The lines of a quote or an invoice: a fixed number of rows, and a button that posts for more."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ct_platform.kit.money import euros, plain
from projects.enums import SupplyNature
from projects.forms.fields import NumberField
from projects.models import Customer
from projects.models.sold_line import SoldLine
from projects.selectors.catalogue import Catalogue, Offered
from projects.services.lines import (
    MOST_LINES,
    AskedLine,
    LineRefused,
    price_before_vat,
    price_with_vat,
)

PREFIX = "lignes"
EMPTY_ROWS = 3
# Name of the button that asks for more rows: nothing is judged nor written then.
MORE = "ajouter_lignes"
WITH_VAT, WITHOUT_VAT = "ttc", "ht"


class PricesField(forms.ChoiceField):
    """Whether prices are typed with VAT or without: one answer for the whole paper."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Les prix des lignes sont écrits"))
        kwargs.setdefault("choices", [(WITH_VAT, _("TVA comprise")), (WITHOUT_VAT, _("hors TVA"))])
        kwargs.setdefault("initial", WITH_VAT)
        super().__init__(**kwargs)


class LineForm(forms.Form):
    """One row. Left empty, it is no line."""

    thing = forms.ChoiceField(label=_("Produit"), required=False)
    quantity = NumberField(label=_("Quantité"), decimals=3, required=False)
    price = NumberField(label=_("Prix d’une unité"), decimals=4, required=False)
    designation = forms.CharField(label=_("Ce qui est écrit"), max_length=200, required=False)
    unit = forms.CharField(label=_("Unité"), max_length=30, required=False)
    discount = NumberField(label=_("Remise, en %"), decimals=2, required=False)
    project = forms.ChoiceField(label=_("Activité"), required=False)
    vat = forms.ChoiceField(label=_("TVA"), required=False)
    nature = forms.ChoiceField(
        label=_("Nature"), choices=SupplyNature.choices, required=False, initial=SupplyNature.GOODS
    )
    # Fields of what is rarely changed, and of lines written by hand.
    MORE = ("designation", "unit", "discount", "project", "vat", "nature")

    def __init__(self, *args: Any, catalogue: Catalogue, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.catalogue = catalogue
        self._offer("thing", _things(catalogue))
        self._offer(
            "project",
            [
                ("", _("Celle du produit")),
                *((str(one.pk), one.full_label) for one in catalogue.projects),
            ],
        )
        rates = [(f"{rate.normalize():f}", f"{plain(rate)} %") for rate in catalogue.rates]
        self._offer("vat", [("", _("Celle du produit")), *rates])

    def _offer(self, name: str, choices: Sequence[tuple[Any, Any]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    @property
    def is_open(self) -> bool:
        """Whether what is rarely changed shows at once: something stands there, or is wrong."""
        if self.is_bound:
            said = any(self[name].value() for name in self.MORE if name != "nature")
            return said or any(name in self.errors for name in self.MORE)
        return any(self[name].value() for name in self.MORE if name != "nature")

    @property
    def is_blank(self) -> bool:
        typed = self.cleaned_data
        return not any(
            typed.get(name) not in (None, "") for name in ("thing", "quantity", "price")
        ) and not typed.get("designation")

    @property
    def rare(self) -> list[Any]:
        return [self[name] for name in self.MORE]

    def asked(self, row: int, *, with_vat: bool) -> AskedLine:
        typed = self.cleaned_data
        quantity = typed["quantity"]
        return AskedLine(
            row=row,
            thing=typed["thing"],
            project_id=int(typed["project"]) if typed["project"] else None,
            designation=" ".join(typed["designation"].split()),
            quantity=Decimal(1) if quantity is None else quantity,
            unit=" ".join(typed["unit"].split()),
            price=typed["price"],
            with_vat=with_vat,
            discount_percent=typed["discount"] or Decimal(0),
            vat_percent=Decimal(typed["vat"]) if typed["vat"] else None,
            nature=typed["nature"] or SupplyNature.GOODS,
        )


class LinesForm(forms.BaseFormSet):  # type: ignore[type-arg] # a type for mypy only
    """Made by `lines_form`. Asks nothing of the database: the catalogue was read before."""

    def asked(self, *, with_vat: bool) -> list[AskedLine]:
        """The rows that hold something, once valid."""
        return [
            form.asked(row, with_vat=with_vat)
            for row, form in enumerate(self.forms)
            if not form.is_blank
        ]

    def refuse(self, refusal: LineRefused) -> None:
        """Put the sentence of the service beside its field, in its row."""
        form = self.forms[refusal.row]
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))


_LinesForm: type[LinesForm] = forms.formset_factory(
    LineForm,
    formset=LinesForm,
    extra=EMPTY_ROWS,
    max_num=MOST_LINES,
    absolute_max=MOST_LINES,
)  # type: ignore[assignment]


def lines_form(
    data: Mapping[str, Any] | None,
    *,
    catalogue: Catalogue,
    lines: Iterable[SoldLine] = (),
    with_vat: bool = True,
) -> LinesForm:
    """The rows: bound to what was posted, else those of stored `lines` and three empty ones.

    When the button for more rows was pressed, everything typed comes back in an unbound form, with
    three rows more: nothing is judged yet.
    """
    more: dict[str, Any] = {"prefix": PREFIX, "form_kwargs": {"catalogue": catalogue}}
    if data and MORE in data:
        return _LinesForm(initial=_retyped(data), **more)
    if data:
        return _LinesForm(data, **more)
    return _LinesForm(initial=[_initial(one, catalogue, with_vat) for one in lines], **more)


def wants_more(data: Mapping[str, Any]) -> bool:
    """The button for more rows was pressed: nothing is to be judged nor written."""
    return MORE in data


def shows_vat_included(lines: Iterable[SoldLine], customer: Customer | None) -> bool:
    """Whether stored prices are shown VAT included: to a consumer, when no cent moves on the way."""
    if customer is not None and not customer.is_consumer:
        return False
    return all(
        price_before_vat(price_with_vat(price, rate), rate) == price
        for price, rate in ((_number(one.unit_price), _number(one.vat_percent)) for one in lines)
    )


def _retyped(data: Mapping[str, Any]) -> list[dict[str, str]]:
    total = str(data.get(f"{PREFIX}-TOTAL_FORMS", ""))
    # What a browser never sends: then there is nothing to bring back.
    count = min(int(total), MOST_LINES) if total.isascii() and total.isdigit() else 0
    return [
        {name: str(data.get(f"{PREFIX}-{row}-{name}", "")) for name in LineForm.base_fields}
        for row in range(count)
    ]


def _initial(line: SoldLine, catalogue: Catalogue, with_vat: bool) -> dict[str, Any]:
    price, rate = _number(line.unit_price), _number(line.vat_percent)
    thing = f"{line.product_id}:{line.way}" if line.product_id and line.way else ""
    offered = catalogue.offered(thing)
    discount = _number(line.discount_percent)
    begins: dict[str, Any] = {
        "thing": thing if offered else "",
        "quantity": _number(line.quantity),
        "price": price_with_vat(price, rate) if with_vat else price,
        "discount": discount if discount else None,
    }
    if offered is not None:
        name, unit = offered.product.name, offered.product.unit
        return begins | {
            "designation": "" if line.designation == name else line.designation,
            "unit": "" if line.unit == unit else line.unit,
        }
    # By hand, or a product no longer sold: the line says all by itself.
    return begins | {
        "designation": line.designation,
        "unit": line.unit,
        "project": str(line.project_id),
        "vat": f"{rate.normalize():f}",
        "nature": line.nature,
    }


def _number(value: Any) -> Decimal:
    return Decimal(str(value)) if not isinstance(value, Decimal) else value


def _things(catalogue: Catalogue) -> list[tuple[Any, Any]]:
    """Grouped by activity: "Panier moyen, emballé, à conserver · 5,5 % · 12,00 €"."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for one in catalogue.offers:
        groups.setdefault(one.product.project.full_label, []).append((one.code, _said(one)))
    return [("", _("Ligne écrite à la main")), *groups.items()]


def _said(offered: Offered) -> str:
    words = [f"{offered.product.name}, {offered.way.label}", f"{plain(offered.percent)} %"]
    if offered.price is not None:
        words.append(euros(offered.price))
    return " · ".join(words)
