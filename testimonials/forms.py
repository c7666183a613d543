from django import forms
from django.utils.translation import gettext_lazy as _

from ct_platform.kit import trades
from ct_platform.kit.once import OnceForm

TEXT_LIMIT = 600


class WordsForm(OnceForm):
    text = forms.CharField(
        label=_("Tes mots"),
        max_length=TEXT_LIMIT,
        min_length=10,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Ce que tu as fait, ce que ça a changé. 600 lettres au plus."),
        error_messages={"min_length": _("Écris au moins une phrase.")},
    )
    signed_as = forms.CharField(
        label=_("Signé"),
        max_length=80,
        help_text=_("Ton prénom suffit. Tu peux en choisir un autre."),
    )
    trade = forms.ChoiceField(label=_("Ton métier dans la coopérative"), choices=trades.choices)
    consent_until = forms.DateField(
        label=_("Publier jusqu’au"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Après cette date, tes mots disparaissent tout seuls."),
    )
    consent = forms.BooleanField(
        label=_(
            "J’accepte que mes mots soient publiés sur le site public jusqu’à cette date. "
            "Je peux les retirer à tout moment."
        ),
        error_messages={
            "required": _(
                "Sans ton accord, on ne peut pas publier. Coche la case si tu es d’accord."
            )
        },
    )
