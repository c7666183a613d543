"""Form fields of this app: those of the house, and the small hidden version."""

from django import forms

from ct_platform.kit.form_fields import DayField, EuroField

__all__ = ["DayField", "EuroField", "version_field"]


def version_field() -> forms.IntegerField:
    """The version that was shown: the service refuses to write over a newer one."""
    return forms.IntegerField(widget=forms.HiddenInput, min_value=1)
