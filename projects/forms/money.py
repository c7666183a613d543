"""Projects and sales, as a coordinator types them. Judgement is the services' own."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ct_platform.kit import trades
from ct_platform.kit.once import OnceForm
from projects.forms.fields import DayField, EuroField, QuantityField, version_field
from projects.models import AgreedPrice, MoneyMovement, Project, Sale
from projects.rules import vat_rates_on
from projects.services.money import AtPrice


def vat_choices(day: dt.date) -> list[tuple[str, Any]]:
    """The rates in force on `day`: "5,5 % : produits alimentaires à emporter"."""
    return [
        ("", _("Choisir")),
        *(
            (
                str(rate.percent),
                f"{rate.percent} % : {rate.words}".replace(".", ",")
                if rate.percent
                else rate.words,
            )
            for rate in vat_rates_on(day)
        ),
    ]


class ProjectForm(OnceForm):
    name = forms.CharField(
        label=_("Nom de l’activité"),
        max_length=100,
        help_text=_("Par exemple : Le jardin du Plateau, La Grande Marmite."),
        error_messages={"required": _("Donnez un nom à l’activité.")},
    )
    trade = forms.ChoiceField(
        label=_("Métier"),
        choices=trades.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choisissez un métier."),
            "invalid_choice": _("Choisissez un métier."),
        },
    )
    trade_label = forms.CharField(
        label=_("Si c’est un autre métier, lequel"),
        required=False,
        max_length=Project._meta.get_field("trade_label").max_length,
        help_text=_("Par exemple : couture, vélo, numérique."),
    )


class MovementForm(forms.Form):
    """What a sale says of itself. `projects` are those of the cohort, and no others."""

    project = forms.ChoiceField(
        label=_("Activité"),
        error_messages={
            "required": _("Choisissez une activité."),
            "invalid_choice": _("Choisissez une activité."),
        },
    )
    label = forms.CharField(
        label=_("Quoi"), max_length=140, error_messages={"required": _("Dites ce que c’est.")}
    )
    amount = EuroField(
        label=_("Montant hors TVA, en euros"), help_text=_("Par exemple : 120 ou 1 234,50.")
    )
    vat_rate = forms.ChoiceField(
        label=_("Taux de TVA"),
        help_text=_("Pour mémoire : la coopérative hôte fixe le taux sur la facture."),
        error_messages={
            "required": _("Choisissez un taux."),
            "invalid_choice": _("Choisissez un taux."),
        },
    )

    def __init__(
        self, *args: Any, projects: Sequence[Project], today: dt.date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.projects = {str(project.pk): project for project in projects}
        names = [(key, project.full_label) for key, project in self.projects.items()]
        # One line of business: nothing to choose.
        first = [] if len(names) == 1 else [("", _("Choisir"))]
        self.fields["project"].choices = first + names  # type: ignore[attr-defined]
        self.fields["vat_rate"].choices = vat_choices(today)  # type: ignore[attr-defined]

    def clean_project(self) -> Project:
        return self.projects[self.cleaned_data["project"]]

    def clean_label(self) -> str:
        return " ".join(self.cleaned_data["label"].split())

    def clean_vat_rate(self) -> Decimal:
        return Decimal(self.cleaned_data["vat_rate"])


class SaleForm(MovementForm):
    customer = forms.CharField(label=_("À qui"), max_length=140, required=False)
    sold_on = DayField(label=_("Vendu le"))
    paid_on = DayField(
        label=_("Payé le"),
        required=False,
        help_text=_(
            "Laissez vide si l’argent n’est pas encore arrivé. Seul ce qui est payé entre dans le pot."
        ),
    )
    field_order = ("project", "label", "customer", "amount", "vat_rate", "sold_on", "paid_on")

    def values(self) -> dict[str, Any]:
        """What `record_sale` and `change_sale` take."""
        names = ("project", "label", "customer", "amount", "vat_rate", "sold_on", "paid_on")
        return {name: self.cleaned_data[name] for name in names}


class NewSaleForm(OnceForm, SaleForm):
    """`taken`: the agreed price it was begun with; the amount may then be left to it."""

    price = forms.CharField(required=False, widget=forms.HiddenInput)
    quantity = QuantityField(label=_("Combien"), required=False)
    reason = forms.CharField(
        label=_("Pourquoi un autre montant (facultatif)"),
        max_length=200,
        required=False,
        help_text=_("Seulement si le montant n’est pas celui du prix décidé."),
    )
    field_order = (
        "submission_key", "price", "project", "label", "quantity", "customer", "vat_rate", "amount",
        "reason", "sold_on", "paid_on",
    )  # fmt: skip

    def __init__(self, *args: Any, taken: AgreedPrice | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.taken = taken
        if taken is None:
            for name in ("price", "quantity", "reason"):
                del self.fields[name]
            return
        self.fields["amount"].required = False
        self.fields["amount"].help_text = _("Vide : prix décidé × combien, TVA enlevée.")

    def values(self) -> dict[str, Any]:
        """What `record_sale` takes."""
        asked = super().values()
        if self.taken is None:
            return asked
        typed = self.cleaned_data
        quantity = Decimal(1) if typed["quantity"] is None else typed["quantity"]
        return asked | {"at_price": AtPrice(self.taken, quantity, typed["reason"])}


class OfferForm(forms.Form):
    """Which agreed price, how many, and on which day: asked before the sale is written."""

    vendu_le = DayField(label=_("Vendu le"), required=False)
    quantite = QuantityField(label=_("Combien"), required=False)
    prix = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def asked(self, today: dt.date) -> tuple[dt.date, int | None, Decimal]:
        """Day, price, quantity; what cannot be read is today, none, one."""
        typed = self.cleaned_data if self.is_valid() else {}
        quantity = typed.get("quantite") or Decimal(1)
        return typed.get("vendu_le") or today, typed.get("prix"), max(quantity, Decimal("0.01"))


class EditSaleForm(SaleForm):
    version = version_field()

    @classmethod
    def initial_of(cls, sale: Sale) -> dict[str, Any]:
        return _shared(sale) | {
            "customer": sale.customer,
            "sold_on": sale.sold_on,
            "paid_on": sale.moved_on,
        }


class PaidForm(forms.Form):
    paid_on = DayField(label=_("Payé le"))
    version = version_field()


class VersionForm(forms.Form):
    version = version_field()


def _shared(movement: MoneyMovement) -> dict[str, Any]:
    rate = next(
        (
            str(one.percent)
            for one in vat_rates_on(movement.created_at.date())
            if one.percent == movement.vat_rate
        ),
        "",
    )
    return {
        "project": str(movement.project_id),  # type: ignore[attr-defined]
        "label": movement.label,
        "amount": movement.amount,
        "vat_rate": rate,
        "version": movement.version,
    }
