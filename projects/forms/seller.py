"""What a host writes about selling. The services decide."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ct_platform.kit.money import plain
from ct_platform.kit.once import OnceForm
from projects.enums import VatCategory, VatRegime
from projects.forms.fields import DayField, NumberField
from projects.models import SellerTerms
from projects.rules import (
    FRANCHISE_GOODS,
    FRANCHISE_SERVICES,
    USUAL_DUE_DAYS,
)
from projects.rules.vat import LAW
from projects.services.seller import Conditions

_NUMBER = {
    "invalid": _("Écrivez un nombre de jours."),
    "required": _("Écrivez un nombre de jours."),
}
# What the mention of each section is for, in the order of the page.
SECTIONS: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (_("Qui vend"), ("capital", "register_city", "email", "phone")),
    (_("La TVA"), ("vat_regime", "vat_number", "vat_on_debits")),
    (_("Les numéros"), ("series", "delegated_on", "asks_to_validate")),
    (_("Être payé"), ("due_days", "late_rate", "early_terms", "iban", "bic")),
)


class TermsForm(OnceForm):
    """A new dated version of the host's conditions of sale."""

    in_force_from = DayField(
        label=_("À partir du"),
        help_text=_("Les versions d’avant, et les papiers déjà faits, restent tels quels."),
    )
    capital = forms.CharField(
        label=_("Capital"),
        max_length=60,
        required=False,
        help_text=_("Obligatoire pour une société. Par exemple : variable, 18 500 €."),
    )
    register_city = forms.CharField(
        label=_("Ville du RCS"),
        max_length=60,
        required=False,
        help_text=_("Vide pour une association."),
    )
    email = forms.EmailField(
        label=_("Adresse électronique"),
        required=False,
        help_text=_("Où un client pose une question sur sa facture."),
    )
    phone = forms.CharField(label=_("Téléphone"), max_length=20, required=False)
    vat_regime = forms.ChoiceField(
        label=_("Régime"),
        choices=VatRegime.choices,
        initial=VatRegime.NORMAL,
        help_text=_(
            "La franchise est celle de votre structure, toutes activités ensemble : chiffre d’affaires "
            "de l’an dernier sous %(goods)s € (ventes) ou %(services)s € (services). Elle est rare."
        )
        % {"goods": f"{FRANCHISE_GOODS[0]:,}".replace(",", " "),
           "services": f"{FRANCHISE_SERVICES[0]:,}".replace(",", " ")},
    )  # fmt: skip
    vat_number = forms.CharField(
        label=_("Numéro de TVA"),
        max_length=20,
        required=False,
        help_text=_("Vérifié : sa clé, et votre SIREN. Par exemple : FR44 732 829 320."),
    )
    vat_on_debits = forms.BooleanField(
        label=_("Option pour la TVA d’après les débits"),
        required=False,
        help_text=_(
            "Pour les services, la TVA est alors due à la facture et non au paiement. La mention est "
            "obligatoire si vous avez choisi l’option."
        ),
    )
    series = forms.CharField(
        label=_("Série de numéros déléguée"),
        max_length=10,
        required=False,
        help_text=_(
            "Des lettres et des chiffres, par exemple CT : la plateforme numérote alors vos factures "
            "sans trou (CGI, annexe II, article 242 nonies A). Vide : vous numérotez vous-même."
        ),
    )
    delegated_on = DayField(
        label=_("Délégation écrite signée le"),
        required=False,
        help_text=_("Gardez ce papier : l’administration peut le demander."),
    )
    asks_to_validate = forms.BooleanField(
        label=_("Valider chaque devis et facture avant l’envoi"),
        required=False,
        initial=True,
        help_text=_("Ils attendent alors votre accord dans « À valider »."),
    )
    due_days = forms.IntegerField(
        label=_("Délai de paiement, en jours"),
        min_value=0,
        initial=USUAL_DUE_DAYS,
        error_messages=_NUMBER,
        help_text=_(
            "30 jours si rien n’est convenu, 60 au plus à compter de la facture (45 fin de mois revient "
            "à moins). Une administration paie à 30 jours."
        ),
    )
    late_rate = NumberField(
        label=_("Pénalités de retard, en % par an"),
        decimals=2,
        required=False,
        help_text=_(
            "Pour les professionnels, au moins trois fois l’intérêt légal. Vide : taux de la Banque "
            "centrale européenne plus 10 points. S’ajoutent 40 € de frais de recouvrement."
        ),
    )
    early_terms = forms.CharField(
        label=_("Escompte"),
        max_length=140,
        required=False,
        initial="Pas d’escompte pour paiement anticipé",
        help_text=_("La mention est obligatoire, même quand il n’y en a pas."),
    )
    iban = forms.CharField(
        label=_("IBAN"),
        max_length=42,
        required=False,
        help_text=_("Le compte de votre structure, écrit sur chaque facture."),
    )
    bic = forms.CharField(label=_("BIC"), max_length=14, required=False)

    def clean_early_terms(self) -> str:
        typed: str = self.cleaned_data["early_terms"].strip()
        if not typed:
            raise forms.ValidationError(_("Dites s’il y a un escompte, ou qu’il n’y en a pas."))
        return typed

    def sections(self) -> Iterator[tuple[Any, list[Any]]]:
        for title, names in SECTIONS:
            yield title, [self[name] for name in names]

    def conditions(self) -> Conditions:
        typed = {
            name: value for name, value in self.cleaned_data.items() if name != "submission_key"
        }
        return Conditions(**typed | {"late_rate": typed["late_rate"] or 0})

    @classmethod
    def initial_of(cls, terms: SellerTerms) -> dict[str, Any]:
        """The version in force, to change one thing of it. Its day is not the new one's."""
        names = [name for _title, group in SECTIONS for name in group]
        return {name: getattr(terms, name) for name in names} | {
            "late_rate": terms.late_rate or None
        }


class VatDecisionForm(OnceForm):
    """A rate the host decides for one line of the table."""

    thing = forms.ChoiceField(
        label=_("Ce qui est vendu, et comment"),
        error_messages={"required": _("Choisissez une ligne du tableau.")},
    )
    percent = NumberField(
        label=_("Taux, en %"), decimals=2, error_messages={"required": _("Écrivez le taux.")}
    )
    in_force_from = DayField(label=_("À partir du"))
    reason = forms.CharField(
        label=_("Pourquoi"),
        max_length=200,
        help_text=_("L’article de loi, la réponse écrite du service des impôts, le conseil suivi."),
        error_messages={"required": _("Dites pourquoi : un article, une réponse écrite.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lines = [
            (
                f"{row.category}:{row.way}",
                f"{VatCategory(row.category).label}, {row.way.label}"  # type: ignore[attr-defined]
                f" ({plain(row.percent)} %)",
            )
            for row in LAW
        ]
        self.fields["thing"].choices = [("", _("Choisir")), *lines]  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """What `decide_vat` takes."""
        typed = self.cleaned_data
        category, _sep, way = typed["thing"].partition(":")
        return {
            "category": category,
            "way": way,
            "percent": typed["percent"],
            "in_force_from": typed["in_force_from"],
            "reason": typed["reason"],
        }
