"""How a slip is received: one's own tap, and what staff record of a meeting or a letter."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from payroll.forms.fields import date_field
from payroll.models import EPayslipEvent

UNDERSTOOD, PAPER, ONLINE = "understood", "paper", "online"


class ChoiceForm(forms.Form):
    """The three buttons of a coopérant."""

    choice = forms.ChoiceField(choices=[(UNDERSTOOD, ""), (PAPER, ""), (ONLINE, "")])
    back = forms.ChoiceField(choices=[("pay", ""), ("papers", "")], required=False)


def _how(label: Any, help_text: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=EPayslipEvent._meta.get_field("how").max_length,
        error_messages={"required": _("Dites comment.")},
    )


class InformedForm(forms.Form):
    """A meeting where the group was told."""

    on = date_field(_("Le groupe a été informé le"))
    how = _how(_("Comment"), _("Par exemple : réunion de rentrée, feuille remise à chacun."))


class SaidForm(forms.Form):
    """What one person said on paper or aloud."""

    person = forms.ChoiceField(label=_("Personne"))
    act = forms.ChoiceField(
        label=_("Sa demande"),
        choices=[(PAPER, _("Recevoir le papier")), (ONLINE, _("Revenir au bulletin électronique"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez la demande.")},
    )
    on = date_field(_("Demandé le"), _("La date de la lettre, ou du jour où la personne l’a dit."))
    how = _how(_("Comment"), _("Par exemple : lettre remise en main propre."))

    def __init__(self, *args: Any, people: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [("", _("Choisissez une personne")), *people]  # type: ignore[attr-defined]


class GivenForm(forms.Form):
    """The day a slip was handed over; the button alone means today."""

    on = forms.DateField(required=False)

    def day(self, today: dt.date) -> dt.date:
        given: dt.date | None = self.cleaned_data.get("on")
        return given or today
