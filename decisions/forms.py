"""Forms of votes: they clean text and offer choices; services decide."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from ct_platform.kit.once import OnceForm
from decisions.models import Poll, Proposal
from decisions.selectors.taking_part import Answer

# No effect may use this code for an answer of its own.
BLANK = "_blank"
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
        max_length=Proposal._meta.get_field("text").max_length,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Deux ou trois phrases simples : tout le monde les lira avant de voter."),
    )
    field_order = ["title", "text", "closes_on", "closes_hour", "submission_key"]


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


class VoteForm(forms.Form):
    """The answers of one vote and the blank, exclusive, none chosen in advance."""

    choice = forms.ChoiceField(
        label=_("Ta réponse"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choisis une réponse."),
            "invalid_choice": _("Cette réponse n’est pas proposée dans ce vote."),
        },
    )

    def __init__(self, *args: Any, answers: Sequence[Answer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        blank = Answer(BLANK, str(_("Voter blanc")), str(_("Tu votes, sans choisir.")), "")
        field = cast(forms.ChoiceField, self.fields["choice"])
        field.choices = [(one.code, _tile(one)) for one in (*answers, blank)]

    @property
    def option_code(self) -> str | None:
        code: str = self.cleaned_data["choice"]
        return None if code == BLANK else code


def _tile(answer: Answer) -> SafeString:
    own = format_html("<b>{}</b>", answer.own_line) if answer.own_line else ""
    return format_html(
        '<span class="ct-lead fw-bold">{}</span> <span>{}</span> <span>{}</span>',
        answer.label,
        answer.help_text,
        own,
    )


class DayForm(forms.Form):
    """A day to look up: a GET form, so that the answer has an address."""

    jour = forms.DateField(
        label=_("Jour"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date", "class": "form-control"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Écris une date, par exemple 27/11/2026.")},
    )


def typed_or_initial(form: forms.Form) -> dict[str, Any]:
    """What the form would say now: its cleaned data when valid, else its initial values."""
    if form.is_bound and form.is_valid():
        return form.cleaned_data
    return {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
