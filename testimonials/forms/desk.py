"""What the coordinator fills in about somebody's story."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ct_platform.kit import trades
from ct_platform.kit.form_fields import DayField
from ct_platform.kit.once import OnceForm
from testimonials.enums import AgreedHow, AskedBy, ParentalHow, Use
from testimonials.forms.own import AgreeForm
from testimonials.models.testimonial import LONGEST_TEXT
from testimonials.services.agreements import Given

_NO_CHOICE = [("", "---")]


def _text(**more: Any) -> forms.CharField:
    return forms.CharField(
        max_length=LONGEST_TEXT,
        min_length=10,
        widget=forms.Textarea(attrs={"rows": 7}),
        error_messages={"min_length": _("Écrivez au moins une phrase.")},
        **more,
    )


class ProposeForm(forms.Form):
    text = _text(
        label=_("Le texte que vous proposez"),
        help_text=_(
            "Coupez ce qui dit trop de la vie de la personne, sans changer sa façon de parler. Elle verra "
            "chaque coupe, et dira oui, non, ou autrement."
        ),
    )
    note = forms.CharField(
        label=_("Un mot pour expliquer"),
        max_length=300,
        required=False,
        help_text=_("Par exemple : « J’ai enlevé le nom de ton collègue. »"),
    )


class HelpedForm(OnceForm, forms.Form):
    enrolment = forms.ChoiceField(label=_("Qui raconte"))
    text = _text(
        label=_("Ses mots"),
        help_text=_("Tels que la personne les dit. Elle les relira avant que rien ne paraisse."),
    )
    signed_as = forms.CharField(label=_("Signé"), max_length=80)
    trade = forms.ChoiceField(label=_("Son métier dans la coopérative"), choices=trades.choices)

    def __init__(self, *args: Any, people: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["enrolment"].choices = _NO_CHOICE + people  # type: ignore[attr-defined]


class PaperForm(AgreeForm):
    witness = forms.CharField(
        label=_("Qui l’a vu signer"), max_length=160, help_text=_("Prénom, nom et fonction.")
    )
    proof = forms.CharField(
        label=_("Où est rangé le papier"),
        max_length=200,
        help_text=_("Par exemple : classeur de la cohorte, intercalaire 4."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["uses"].label = _("La personne accepte que ses mots paraissent sur")
        self.fields["uses"].help_text = _("Ce qui est coché sur le papier, et rien d’autre.")
        self.fields["consent_until"].help_text = _("Trois ans au plus.")

    def on_paper(self) -> Given:
        return self.given(
            how=AgreedHow.PAPER,
            witness=self.cleaned_data["witness"],
            proof=self.cleaned_data["proof"],
        )


class PlaceForm(OnceForm, forms.Form):
    use = forms.ChoiceField(
        label=_("Quel usage"),
        choices=[*_NO_CHOICE, *((v, n) for v, n in Use.choices if v != Use.SITE)],
    )
    name = forms.CharField(
        label=_("Où"),
        max_length=160,
        help_text=_("Le compte, le numéro du rapport ou le titre du journal."),
    )
    url = forms.URLField(
        label=_("Adresse, s’il y en a une"), max_length=400, required=False, assume_scheme="https"
    )
    published_on = DayField(label=_("Publié le"))
    with_photo = forms.BooleanField(label=_("Avec sa photo"), required=False)


class SettleForm(forms.Form):
    note = forms.CharField(
        label=_("Ce qui a été fait"),
        max_length=300,
        help_text=_(
            "Par exemple : « Publication supprimée le 3 mars. » ou « Déjà imprimé, prévenu. »"
        ),
    )


class ParentalForm(forms.Form):
    holder = forms.CharField(label=_("Prénom et nom"), max_length=160)
    quality = forms.CharField(label=_("Qualité"), max_length=80, help_text=_("Mère, père, tuteur…"))
    how = forms.ChoiceField(label=_("Comment"), choices=[*_NO_CHOICE, *ParentalHow.choices])
    proof = forms.CharField(label=_("Où est la preuve"), max_length=200)
    agreed_on = DayField(label=_("Signé le"))
    alone_because = forms.CharField(
        label=_("Seul titulaire ? Dites pourquoi"),
        max_length=200,
        required=False,
        help_text=_(
            "Par exemple : jugement du 4 mai 2025. Sinon, laissez vide : il faut les deux."
        ),
    )


class WithdrawForForm(forms.Form):
    asked_by = forms.ChoiceField(label=_("Qui demande"), choices=[*_NO_CHOICE, *AskedBy.choices])
    name = forms.CharField(label=_("Son nom"), max_length=160)
    reason = forms.CharField(
        label=_("La raison, en une phrase"),
        max_length=300,
        help_text=_("Sans rien dire de la santé de personne."),
    )
