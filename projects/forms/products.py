"""A product, as the coordination types it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ct_platform.kit.once import OnceForm
from projects.enums import VatCategory
from projects.forms.fields import EuroField, version_field
from projects.models import Product, Project
from projects.services.products import ProductSaid


class ProductFields(forms.Form):
    name = forms.CharField(
        label=_("Ce que vous vendez"),
        max_length=80,
        help_text=_("Par exemple : panier moyen, bouquet de saison, heure de ménage."),
        error_messages={"required": _("Dites ce que vous vendez.")},
    )
    unit = forms.CharField(
        label=_("Unité"),
        max_length=30,
        required=False,
        help_text=_("Par exemple : le panier, le kg, l’heure."),
    )
    category = forms.ChoiceField(
        label=_("Pour la TVA, c’est"),
        choices=[("", _("Choisir")), *VatCategory.choices],
        help_text=_("Le taux dépend aussi de la façon de vendre, choisie à chaque vente."),
        error_messages={"required": _("Choisissez une réponse.")},
    )
    usual_price = EuroField(
        label=_("Prix habituel, TVA comprise"),
        required=False,
        help_text=_("Si le groupe a décidé un prix pour ce nom, c’est le sien qui compte."),
    )

    def said(self) -> ProductSaid:
        names = ("name", "unit", "category", "usual_price")
        return ProductSaid(**{name: self.cleaned_data[name] for name in names})


class NewProductForm(OnceForm, ProductFields):
    project = forms.ChoiceField(
        label=_("Activité"), error_messages={"required": _("Choisissez une activité.")}
    )
    field_order = ("submission_key", "project", "name", "unit", "category", "usual_price")

    def __init__(self, *args: Any, projects: Sequence[Project], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.projects = {str(one.pk): one for one in projects}
        names = [(key, one.full_label) for key, one in self.projects.items()]
        first = [] if len(names) == 1 else [("", _("Choisir"))]
        self.fields["project"].choices = first + names  # type: ignore[attr-defined]

    def clean_project(self) -> Project:
        return self.projects[self.cleaned_data["project"]]


class EditProductForm(ProductFields):
    is_active = forms.BooleanField(label=_("En vente"), required=False)
    version = version_field()

    @classmethod
    def initial_of(cls, product: Product) -> dict[str, Any]:
        names = ("name", "unit", "category", "usual_price", "is_active", "version")
        return {name: getattr(product, name) for name in names}
