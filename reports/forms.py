from django import forms

from ct_platform.kit.once import OnceForm


class FreezeForm(OnceForm):
    """Freeze what the page shows: `seen` names its figures, so that others are not frozen by surprise."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)
