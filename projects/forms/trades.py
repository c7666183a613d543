"""What people type of a trade's daily work, in its own words. No judgement."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cohorts.models import Enrolment
from ct_platform.kit.clock import MONTHS
from ct_platform.kit.form_fields import DayField, TickedField
from ct_platform.kit.once import OnceForm
from projects.enums import LotMoveKind
from projects.forms.fields import EuroField, QuantityField, version_field
from projects.forms.money import vat_choices
from projects.models import Customer, Idea, Lot, Offer, Order, Product
from projects.services.trades import IdeaWords, OfferWishes, OrderWishes
from projects.trade_words import TradeWords


def _text(model: Any, name: str, label: Any, **more: Any) -> forms.CharField:
    more.setdefault("required", False)
    return forms.CharField(label=label, max_length=model._meta.get_field(name).max_length, **more)


MOST_COUNTED = 99_999  # baskets, bouquets, meals: beyond, a hand slipped


def _area(model: Any, name: str, label: Any, rows: int = 4, **more: Any) -> forms.CharField:
    return _text(model, name, label, widget=forms.Textarea(attrs={"rows": rows}), **more)


def _count(label: Any, **more: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        max_value=MOST_COUNTED,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "required": _("Il manque combien."),
            "invalid": _("Il faut un nombre, par exemple 3."),
            "max_value": _("C’est trop : vérifiez le nombre."),
        },
        **more,
    )


def product_choices(products: Sequence[Product], empty: Any) -> list[tuple[str, Any]]:
    return [("", empty), *((str(one.pk), f"{one.name} {one.unit}".strip()) for one in products)]


class LotForm(OnceForm):
    product = forms.ChoiceField(label=_("Quoi"), required=False)
    name = _text(Product, "name", _("Autre chose : son nom"))
    unit = _text(Product, "unit", _("Son unité"), help_text=_("Par exemple : kg, botte, litre."))
    quantity = QuantityField(label=_("Combien"))
    day = DayField(label=_("Quel jour"))
    origin = _text(Lot, "origin", "")
    done_by = _text(Lot, "done_by", _("Par qui (facultatif)"))
    field_order = ("product", "name", "unit", "quantity", "day", "origin", "done_by")

    def __init__(
        self, *args: Any, products: Sequence[Product], words: TradeWords, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.products = {str(one.pk): one for one in products}
        self.fields["product"].choices = product_choices(  # type: ignore[attr-defined]
            products, _("Autre chose")
        )
        self.fields["name"].help_text = words.lot_example
        self.fields["origin"].label = words.origin

    def values(self) -> dict[str, Any]:
        """What `note_lot` takes."""
        names = ("name", "unit", "quantity", "day", "origin", "done_by")
        return {name: self.cleaned_data[name] for name in names} | {
            "product": self.products.get(self.cleaned_data["product"])
        }


class LotMoveForm(OnceForm):
    kind = forms.ChoiceField(label=_("Ce qui en est fait"), choices=LotMoveKind.choices)
    quantity = QuantityField(label=_("Combien"))
    offer = forms.ChoiceField(label=_("Pour quelle offre (facultatif)"), required=False)
    note = forms.CharField(label=_("Un mot (facultatif)"), max_length=140, required=False)

    def __init__(self, *args: Any, offers: Sequence[Offer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offers = {str(one.pk): one for one in offers}
        self.fields["offer"].choices = [  # type: ignore[attr-defined]
            ("", "–"), *((key, one.title) for key, one in self.offers.items())
        ]  # fmt: skip

    def values(self) -> dict[str, Any]:
        """What `note_lot_move` takes."""
        typed = self.cleaned_data
        return {
            "kind": typed["kind"],
            "quantity": typed["quantity"],
            "note": typed["note"],
            "offer": self.offers.get(typed["offer"]),
        }


class OfferFields(forms.Form):
    title = _text(
        Offer, "title", _("Titre"), required=True,
        error_messages={"required": _("Il manque un titre.")},
    )  # fmt: skip
    content = _area(Offer, "content", "")
    season = _text(Offer, "season", _("Saison (facultatif)"))
    product = forms.ChoiceField(
        label=_("Produit"),
        required=False,
        help_text=_("S’il est dans la liste, son prix décidé ou habituel est repris."),
    )
    unit_price = EuroField(
        label=_("Prix, TVA comprise, en euros"),
        required=False,
        help_text=_("Vide : le prix décidé par le groupe, sinon le prix habituel du produit."),
    )
    quantity = _count("")
    starts_on = DayField(label=_("Du"))
    ends_on = DayField(label=_("Au"), help_text=_("Le même jour pour un seul service."))
    order_until = DayField(label=_("On commande jusqu’au"))

    def __init__(
        self, *args: Any, products: Sequence[Product], words: TradeWords, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.products = {str(one.pk): one for one in products}
        self.fields["product"].choices = product_choices(products, "–")  # type: ignore[attr-defined]
        self.fields["title"].help_text = words.offer_example
        self.fields["content"].label = words.content
        self.fields["content"].help_text = words.content_example
        self.fields["quantity"].label = words.count

    def wishes(self) -> OfferWishes:
        names = ("title", "content", "season", "unit_price", "quantity", "starts_on", "ends_on",
                 "order_until")  # fmt: skip
        return OfferWishes(
            product=self.products.get(self.cleaned_data["product"]),
            **{name: self.cleaned_data[name] for name in names},
        )


class NewOfferForm(OnceForm, OfferFields):
    @classmethod
    def initial_of(cls, model: Offer | None, today: dt.date) -> dict[str, Any]:
        """A week from today, filled with an earlier offer when one is taken up again."""
        dates = {
            "starts_on": today,
            "ends_on": today + dt.timedelta(days=6),
            "order_until": today + dt.timedelta(days=6),
        }
        return dates if model is None else _offer_words(model) | dates


class EditOfferForm(OfferFields):
    version = version_field()

    @classmethod
    def initial_of(cls, offer: Offer) -> dict[str, Any]:
        names = ("starts_on", "ends_on", "order_until", "version")
        return _offer_words(offer) | {name: getattr(offer, name) for name in names}


def _offer_words(offer: Offer) -> dict[str, Any]:
    return {
        "title": offer.title,
        "content": offer.content,
        "season": offer.season,
        "product": str(offer.product_id or ""),
        # A decided price is taken as it is on the new day.
        "unit_price": None if offer.agreed_id else offer.unit_price,
        "quantity": offer.quantity,
    }


class OrderForm(OnceForm):
    customer = forms.ChoiceField(label=_("Client connu (facultatif)"), required=False)
    name = _text(Order, "name", _("Pour qui"))
    quantity = _count(_("Combien"), initial=1)
    day = DayField(label=_("Pour quel jour"))
    hour = forms.TimeField(
        label=_("À quelle heure (facultatif)"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time", "step": "300"}, format="%H:%M"),
        error_messages={"invalid": _("Il faut une heure, par exemple 12:30.")},
    )
    note = _text(Order, "note", _("Un mot (facultatif)"))
    field_order = ("customer", "name", "quantity", "day", "hour", "note")

    def __init__(self, *args: Any, customers: Sequence[Customer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.customers = {str(one.pk): one for one in customers}
        if not customers:
            del self.fields["customer"]
            return
        self.fields["customer"].choices = [  # type: ignore[attr-defined]
            ("", "–"), *((key, one.name) for key, one in self.customers.items())
        ]  # fmt: skip

    def wishes(self) -> OrderWishes:
        typed = self.cleaned_data
        names = ("name", "quantity", "day", "hour", "note")
        return OrderWishes(
            customer=self.customers.get(typed.get("customer", "")),
            **{name: typed[name] for name in names},
        )


class SaleOfOrdersForm(forms.Form):
    """One sale of what was handed over. `orders` are those shown, so that what came since is not in."""

    orders = TickedField(widget=forms.MultipleHiddenInput)
    vat_rate = forms.TypedChoiceField(
        label=_("Taux de TVA"),
        help_text=_("Pour mémoire : la coopérative hôte fixe le taux sur la facture."),
        error_messages={
            "required": _("Choisissez un taux."),
            "invalid_choice": _("Choisissez un taux."),
        },
    )
    sold_on = DayField(label=_("Vendu le"))
    paid_on = DayField(
        label=_("Payé le"),
        required=False,
        help_text=_("Laissez vide si l’argent n’est pas encore arrivé."),
    )

    def __init__(self, *args: Any, keys: Sequence[int], today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["orders"].offer(keys)  # type: ignore[attr-defined]
        self.fields["vat_rate"].choices = vat_choices(today)  # type: ignore[attr-defined]


class IdeaFields(forms.Form):
    title = _text(
        Idea, "title", _("Nom"), required=True, error_messages={"required": _("Il manque un nom.")}
    )
    needs = _area(Idea, "needs", "")
    steps = _area(Idea, "steps", _("Comment on fait"), rows=6)
    months = forms.TypedMultipleChoiceField(
        label=_("À quelle saison"),
        required=False,
        coerce=int,
        choices=[(number, name) for number, name in enumerate(MONTHS, start=1)],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Rien de coché : toute l’année."),
    )

    def __init__(self, *args: Any, words: TradeWords, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["needs"].label = words.needs

    def said(self) -> IdeaWords:
        return IdeaWords(**{n: self.cleaned_data[n] for n in ("title", "needs", "steps", "months")})


class NewIdeaForm(OnceForm, IdeaFields):
    pass


class EditIdeaForm(IdeaFields):
    version = version_field()

    @classmethod
    def initial_of(cls, idea: Idea) -> dict[str, Any]:
        names = ("title", "needs", "steps", "months", "version")
        return {name: getattr(idea, name) for name in names}


class TeamForm(forms.Form):
    """Keys of enrolments; the page draws the list itself."""

    members = TickedField(required=False)
    referents = TickedField(required=False)

    def __init__(self, *args: Any, people: Sequence[Enrolment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("members", "referents"):
            self.fields[name].offer(one.pk for one in people)  # type: ignore[attr-defined]
