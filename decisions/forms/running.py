"""What is asked to close a vote early, or to cancel it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from decisions.models import Poll


class CloseForm(forms.Form):
    reason = forms.CharField(
        label=_("Pourquoi avant l’heure"),
        required=False,
        max_length=Poll._meta.get_field("early_closing_reason").max_length,
        help_text=_("Tout le monde lira cette raison."),
    )


class CancelForm(forms.Form):
    reason = forms.CharField(
        label=_("Pourquoi l’annuler"),
        max_length=Poll._meta.get_field("cancel_reason").max_length,
        help_text=_("Tout le monde lira cette raison."),
        error_messages={"required": _("Écrivez pourquoi : tout le monde le lira.")},
    )
    prefix = "cancel"
