"""A customer, as the coordination types it. Judgement is the service's own."""

from dataclasses import fields
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ct_platform.kit.once import OnceForm
from projects.enums import CustomerKind
from projects.forms.fields import version_field
from projects.models import Customer
from projects.services.customers import CustomerSaid

_NAMES = tuple(one.name for one in fields(CustomerSaid))


class CustomerFields(forms.Form):
    kind = forms.ChoiceField(
        label=_("C’est"), choices=CustomerKind.choices, widget=forms.RadioSelect,
        initial=CustomerKind.PERSON, error_messages={"required": _("Choisissez une réponse.")},
    )  # fmt: skip
    name = forms.CharField(
        label=_("Nom"), max_length=140, error_messages={"required": _("Écrivez le nom du client.")}
    )
    email = forms.EmailField(
        label=_("Adresse électronique"),
        required=False,
        help_text=_("Pour lui envoyer un devis ou une facture."),
    )
    phone = forms.CharField(label=_("Téléphone"), max_length=20, required=False)
    address = forms.CharField(label=_("Adresse"), max_length=200, required=False)
    postcode = forms.CharField(label=_("Code postal"), max_length=10, required=False)
    city = forms.CharField(label=_("Commune"), max_length=100, required=False)
    siret = forms.CharField(
        label=_("SIRET"),
        max_length=20,
        required=False,
        help_text=_("Pour une entreprise ou une administration. Sa clé est vérifiée."),
    )
    vat_number = forms.CharField(
        label=_("Numéro de TVA"),
        max_length=20,
        required=False,
        help_text=_("Vide s’il n’en a pas, comme beaucoup d’associations."),
    )
    service_code = forms.CharField(
        label=_("Code service (Chorus Pro)"),
        max_length=40,
        required=False,
        help_text=_("Une administration le donne avec sa commande, s’il y en a un."),
    )
    delivery_address = forms.CharField(label=_("Adresse"), max_length=200, required=False)
    delivery_postcode = forms.CharField(label=_("Code postal"), max_length=10, required=False)
    delivery_city = forms.CharField(label=_("Commune"), max_length=100, required=False)
    # Ticked once told that somebody looks the same.
    anyway = forms.BooleanField(required=False, label=_("C’est bien un autre client"))
    FIRM = ("siret", "vat_number", "service_code")
    DELIVERY = ("delivery_address", "delivery_postcode", "delivery_city")

    @property
    def main(self) -> list[Any]:
        return [self[name] for name in ("name", "email", "phone", "address", "postcode", "city")]

    @property
    def firm(self) -> list[Any]:
        return [self[name] for name in self.FIRM]

    @property
    def delivery(self) -> list[Any]:
        return [self[name] for name in self.DELIVERY]

    @property
    def shows_delivery(self) -> bool:
        return any(self[name].value() or self[name].errors for name in self.DELIVERY)

    def said(self) -> CustomerSaid:
        return CustomerSaid(**{name: self.cleaned_data[name] for name in _NAMES})


class NewCustomerForm(OnceForm, CustomerFields):
    pass


class EditCustomerForm(CustomerFields):
    version = version_field()

    @classmethod
    def initial_of(cls, customer: Customer) -> dict[str, Any]:
        return {name: getattr(customer, name) for name in _NAMES} | {"version": customer.version}
