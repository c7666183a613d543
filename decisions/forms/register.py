"""What is asked of the register."""

from django import forms
from django.utils.translation import gettext_lazy as _


class DayForm(forms.Form):
    """A day to look up: a GET form, so that the answer has an address."""

    jour = forms.DateField(
        label=_("Jour"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date", "class": "form-control"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Écris une date, par exemple 27/11/2026.")},
    )
