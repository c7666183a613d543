"""Forms for strangers: no account, no cookie; a robot that fills everything is told, and stopped."""

import uuid

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


class TrapForm(forms.Form):
    """A box that people do not see and robots fill. Filled, it is told: nobody is lost in silence."""

    submission_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    site = forms.CharField(
        label=_("Ne rien écrire dans cette case"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def clean_site(self) -> str:
        if self.cleaned_data["site"]:
            raise ValidationError(_("Laissez vide la case « Ne rien écrire », puis envoyez."))
        return ""

    @property
    def form_key(self) -> uuid.UUID | None:
        """The key this form came with, even when the rest is wrong."""
        try:
            return uuid.UUID(str(self.data.get("submission_key", "")))
        except ValueError:
            return None
