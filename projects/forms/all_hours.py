"""Which hours of a cohort to list. French names: they stand in the address."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from projects.enums import WorkKind
from projects.forms.fields import DayField


class HoursFilterForm(forms.Form):
    personne = forms.ChoiceField(label=_("Personne"), required=False)
    activite = forms.ChoiceField(label=_("Activité"), required=False)
    sorte = forms.ChoiceField(
        label=_("Sorte"), required=False, choices=[("", _("Toutes")), *WorkKind.choices]
    )
    etat = forms.ChoiceField(
        label=_("État"),
        required=False,
        choices=[("", _("Tous")), ("attend", _("À confirmer")), ("confirme", _("Confirmées"))],
    )
    du = DayField(label=_("Du"), required=False)
    au = DayField(label=_("Au"), required=False)

    def __init__(
        self,
        *args: Any,
        people: list[tuple[str, str]],
        projects: list[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["personne"].choices = [("", _("Toutes")), *people]  # type: ignore[attr-defined]
        self.fields["activite"].choices = [("", _("Toutes")), *projects]  # type: ignore[attr-defined]

    def asked(self) -> dict[str, Any]:
        """What was chosen; what cannot be read is not asked."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
