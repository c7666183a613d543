"""Why something stays missing when a cohort closes."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cohorts.models import ClosingReason


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Pourquoi on archive quand même"),
        help_text=_("Une phrase. On la relira avec l’archive. Rien sur la santé de quelqu’un."),
        max_length=ClosingReason._meta.get_field("reason").max_length,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": _("Écrivez la raison : on la relira."),
            "max_length": _("La raison tient en 300 signes."),
        },
    )
