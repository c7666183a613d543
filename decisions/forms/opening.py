"""What is asked to open a vote."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ct_platform.kit.once import OnceForm
from decisions.models import Proposal, ProposalVersion

USUAL_HOUR = dt.time(18, 0)


class EndForm(forms.Form):
    """When a vote ends: a day and an hour of Paris, cleaned into `closes_at`."""

    closes_on = forms.DateField(
        label=_("Dernier jour du vote"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Écrivez une date, par exemple 27/11/2026.")},
    )
    closes_hour = forms.TimeField(
        label=_("Heure de fin"),
        initial=USUAL_HOUR,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": _("Écrivez une heure, par exemple 18:00.")},
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "closes_on" in cleaned and "closes_hour" in cleaned:
            end = dt.datetime.combine(cleaned["closes_on"], cleaned["closes_hour"])
            cleaned["closes_at"] = timezone.make_aware(end)
        return cleaned


class OpenVoteForm(EndForm, OnceForm):
    title = forms.CharField(
        label=_("La question"),
        max_length=Proposal._meta.get_field("title").max_length,
        help_text=_("Courte, avec un point d’interrogation."),
    )
    text = forms.CharField(
        label=_("Explication (facultatif)"),
        required=False,
        max_length=ProposalVersion._meta.get_field("text").max_length,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Deux ou trois phrases simples : tout le monde les lira avant de voter."),
    )
    field_order = ["title", "text", "closes_on", "closes_hour", "submission_key"]


def typed_or_initial(form: forms.Form) -> dict[str, Any]:
    """What the form would say now: its cleaned data when valid, else its initial values."""
    if form.is_bound and form.is_valid():
        return form.cleaned_data
    return {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
