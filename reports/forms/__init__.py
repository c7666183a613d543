"""Forms of reports: clean what was typed, offer choices; services judge."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ct_platform.kit.form_fields import DayField
from ct_platform.kit.once import OnceForm
from reports.enums import Section
from reports.models import LONGEST_TEXT
from reports.rules.exchange import LONGEST_SHARE
from reports.rules.tokens import LONGEST_TOKEN


class FreezeForm(OnceForm):
    """Freeze what the page shows: `seen` names its figures, so that others are not frozen by surprise."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)


def _words(label: Any, **extra: Any) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 3}), **extra
    )


class CommentForm(forms.Form):
    section = forms.ChoiceField(label=_("À côté de quoi"), choices=Section.choices)
    text = _words(
        _("Vos mots"),
        required=False,
        help_text=_("Du groupe, jamais d’une personne. Laissez vide pour retirer ces mots."),
    )


class QuestionForm(OnceForm):
    code = forms.ChoiceField(label=_("Sur quel chiffre"))
    text = _words(_("Votre question"))

    def __init__(self, *args: Any, figures: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(item["code"], item["label"]) for item in figures["figures"]]
        self.fields["code"].choices = choices  # type: ignore[attr-defined]


class AnswerForm(OnceForm):
    text = _words(
        _("Votre réponse"),
        help_text=_(
            "Ne donnez ni un nom, ni un chiffre masqué : il est masqué pour tout le monde."
        ),
    )


class ReasonForm(OnceForm):
    reason = forms.CharField(
        label=_("Pourquoi ce rapport est corrigé"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Vos partenaires liront cette raison."),
    )


class RequestForm(OnceForm):
    text = forms.CharField(max_length=300, required=False, widget=forms.HiddenInput)


class ShareForm(OnceForm):
    label = forms.CharField(
        label=_("Pour qui"), max_length=100, help_text=_("Une personne ou un service.")
    )
    organisation = forms.TypedChoiceField(label=_("Imprimé au nom de"), coerce=int)
    expires_on = DayField(label=_("Ouvert jusqu’au"))

    def __init__(self, *args: Any, organisations: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].choices = organisations  # type: ignore[attr-defined]
        self.fields["expires_on"].initial = today + dt.timedelta(days=30)
        self.fields["expires_on"].help_text = _("Dans les %(n)s jours au plus.") % {
            "n": LONGEST_SHARE.days
        }


class TokenForm(OnceForm):
    name = forms.CharField(
        label=_("Son nom"), max_length=80, help_text=_("Le programme qui s’en servira.")
    )
    purpose = forms.CharField(
        label=_("Pour quoi faire"),
        max_length=200,
        help_text=_("Une phrase, par exemple : notre tableau de bord interne."),
    )
    expires_on = DayField(
        label=_("Valable jusqu’au"),
        help_text=_("Un an au plus. Nous vous écrivons trois semaines avant."),
    )

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["expires_on"].initial = today + LONGEST_TOKEN


class OpenYearForm(OnceForm):
    """`seen` names the figures of the preview: others are not published by surprise."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)
    reason = forms.CharField(
        label=_("Pourquoi une nouvelle version"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Tout le monde lira cette raison. L’ancienne version reste en ligne."),
    )

    def __init__(self, *args: Any, later: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not later:
            del self.fields["reason"]
