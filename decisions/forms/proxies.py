"""To whom one gives one's voice, and for which vote."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cohorts.models import Enrolment
from decisions.models import Proposal


class PowerForm(forms.Form):
    """For a coopérant on their own phone: the giver is who asks."""

    proposal = forms.TypedChoiceField(
        label=_("Pour quel vote"),
        coerce=int,
        error_messages={"required": _("Choisis le vote.")},
    )
    holder = forms.ModelChoiceField(
        label=_("Qui vote pour toi"),
        queryset=Enrolment.objects.none(),
        empty_label=_("Choisis une personne"),
        error_messages={"required": _("Choisis une personne.")},
    )

    def __init__(
        self,
        *args: Any,
        proposals: Sequence[Proposal],
        people: QuerySet[Enrolment],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        asked = cast(forms.TypedChoiceField, self.fields["proposal"])
        asked.choices = [(one.pk, one.title) for one in proposals]
        self._proposals = {one.pk: one for one in proposals}
        self._offer("holder", people)

    @property
    def asked_for(self) -> Proposal:
        return self._proposals[self.cleaned_data["proposal"]]

    def _offer(self, name: str, people: QuerySet[Enrolment]) -> None:
        field = cast(forms.ModelChoiceField, self.fields[name])
        field.queryset = people
        field.label_from_instance = lambda row: row.person.full_name  # type: ignore[method-assign]


class PaperPowerForm(PowerForm):
    """For a coordinator, from a signed paper."""

    giver = forms.ModelChoiceField(
        label=_("Qui donne sa voix"),
        queryset=Enrolment.objects.none(),
        empty_label=_("Choisir une personne"),
        error_messages={"required": _("Choisissez la personne qui a signé.")},
    )
    field_order = ["proposal", "giver", "holder"]

    def __init__(self, *args: Any, people: QuerySet[Enrolment], **kwargs: Any) -> None:
        super().__init__(*args, people=people, **kwargs)
        self.fields["holder"].label = _("Qui votera pour elle")
        cast(forms.ModelChoiceField, self.fields["holder"]).empty_label = _("Choisir une personne")
        self.fields["holder"].error_messages["required"] = _("Choisissez qui votera pour elle.")
        self._offer("giver", people)
