"""What is asked of who keeps a key: two words to prove that all six were noted, then all six."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from decisions.services.words import cleaned

_PLAIN = {"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}


class KeepForm(forms.Form):
    """The words travel with their page and are kept nowhere else until this form is sent."""

    words = forms.CharField(widget=forms.HiddenInput, max_length=120)
    second = forms.CharField(
        label=_("Mot n° 2"), max_length=20, widget=forms.TextInput(attrs=_PLAIN)
    )
    fifth = forms.CharField(
        label=_("Mot n° 5"), max_length=20, widget=forms.TextInput(attrs=_PLAIN)
    )

    @property
    def shown(self) -> Sequence[str]:
        return cleaned(str(self["words"].value() or ""))

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        words = self.shown
        for name, place in (("second", 1), ("fifth", 4)):
            if name in said and cleaned(said[name]) != tuple(words[place : place + 1]):
                self.add_error(name, _("Ce n’est pas le même mot que sur le papier."))
        return said


class OpenUrnForm(forms.Form):
    words = forms.CharField(
        label=_("Les six mots de la clé, dans l’ordre"),
        max_length=120,
        widget=forms.TextInput(attrs=_PLAIN),
        help_text=_("Majuscules et accents ne comptent pas."),
        error_messages={"required": _("Écris tes six mots.")},
    )
