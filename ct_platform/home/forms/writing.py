"""What the network types: a text of the site, a partner that agreed to be shown."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from cohorts.models import Organisation
from ct_platform.home.models import ShownPartner, TextVersion
from ct_platform.home.services.partners import Shown
from ct_platform.home.services.site_texts import TextState
from ct_platform.home.site_words import MOST_LETTERS


class SiteTextForm(forms.Form):
    body = forms.CharField(
        label=_("Le texte"),
        help_text=_(
            "Une ligne vide sépare deux paragraphes. **En gras** s’écrit entre deux étoiles. Une ligne "
            "qui commence par « - » fait une liste, par « ### » un titre. Un lien : [les mots](https://adresse.fr)."
        ),
        max_length=MOST_LETTERS,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 14, "spellcheck": "true"}),
        error_messages={"required": _("Écrivez quelque chose, ou revenez au texte d’origine.")},
    )
    # The version this writing began from: an older page never buries a newer one.
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, state: TextState, **kwargs: Any) -> None:
        seen = state.latest.number if state.latest else 0
        super().__init__(*args, initial={"body": state.body, "seen": seen}, **kwargs)
        self.theirs: TextVersion | None = None
        self.helper = FormHelper()
        self.helper.form_tag = False

    def clean_body(self) -> str:
        return str(self.cleaned_data["body"]).replace("\r\n", "\n")

    def rebase(self, latest: TextVersion) -> None:
        """Keep what was typed, show what somebody else wrote, and save after that version next time."""
        self.theirs = latest
        self.data = self.data.copy()
        self.data["seen"] = str(latest.number)


class PartnerForm(forms.Form):
    organisation = forms.ModelChoiceField(
        label=_("Organisation"),
        queryset=Organisation.objects.all(),
        empty_label=_("Choisissez"),
        error_messages={"required": _("Choisissez l’organisation.")},
    )
    sentence = forms.CharField(
        label=_("Ce qu’elle fait avec nous, en une phrase"),
        help_text=_("Par exemple : prête la cuisine du centre social."),
        max_length=ShownPartner._meta.get_field("sentence").max_length,
        error_messages={"required": _("Écrivez une phrase.")},
    )
    website = forms.URLField(
        label=_("Son site"),
        required=False,
        assume_scheme="https",
        max_length=200,
        error_messages={
            "invalid": _("Cette adresse n’est pas complète. Exemple : https://exemple.fr")
        },
    )
    logo = forms.FileField(
        label=_("Son logo"),
        help_text=_("PNG, JPEG ou WebP. Il sera dessiné à nouveau, sur fond blanc."),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/*"}),
    )
    agreed_how = forms.CharField(
        label=_("Qui a dit oui, et comment"),
        help_text=_("Gardé ici, jamais montré. Par exemple : courriel de la direction."),
        max_length=ShownPartner._meta.get_field("agreed_how").max_length,
        error_messages={"required": _("Sans accord, une organisation n’est pas montrée.")},
    )
    agreed_on = forms.DateField(
        label=_("Accord donné le"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Écrivez cette date.")},
    )
    ended_on = forms.DateField(
        label=_("Ne plus la montrer depuis le"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, partner: ShownPartner | None, **kwargs: Any) -> None:
        initial = (
            {name: getattr(partner, name) for name in Shown.__slots__}
            if partner is not None
            else {}
        )
        super().__init__(*args, initial=initial, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False

    @property
    def shown(self) -> Shown:
        """What was typed, once valid."""
        return Shown(**{name: self.cleaned_data[name] for name in Shown.__slots__})
