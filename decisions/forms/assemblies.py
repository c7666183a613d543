"""What is asked to convene, hold and write down an assembly, and to count hands."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _say
from django.utils.translation import gettext_lazy as _

from cohorts.models import Enrolment
from ct_platform.kit.once import OnceForm
from decisions.enums import Presence
from decisions.models import AgendaItem, Assembly, Elector


def _longest(name: str) -> int | None:
    length: int | None = Assembly._meta.get_field(name).max_length  # type: ignore[union-attr]
    return length


class ConveneForm(OnceForm):
    """`proposals`: those that may be decided. Cleaned: `starts_at`, `titles`."""

    day = forms.DateField(
        label=_("Jour"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    hour = forms.TimeField(
        label=_("Heure"),
        initial=dt.time(14, 0),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    place = forms.CharField(label=_("Lieu"), max_length=_longest("place"))
    proposals = forms.ModelMultipleChoiceField(
        label=_("Propositions à décider"),
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    points = forms.CharField(
        label=_("Autres points"),
        required=False,
        max_length=1500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Un point par ligne."),
    )
    word = forms.CharField(
        label=_("Mot aux coopérants (facultatif)"),
        required=False,
        max_length=_longest("word"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    field_order = ["day", "hour", "place", "proposals", "points", "word", "submission_key"]

    def __init__(self, *args: Any, proposals: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["proposals"].queryset = proposals

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "day" in cleaned and "hour" in cleaned:
            begins = dt.datetime.combine(cleaned["day"], cleaned["hour"])
            cleaned["starts_at"] = timezone.make_aware(begins)
        cleaned["titles"] = (cleaned.get("points") or "").splitlines()
        return cleaned


class AttendanceForm(forms.Form):
    """One choice a person. Cleaned: `present` (keys) and `represented` (who → by whom)."""

    observers = forms.CharField(
        label=_("Invités, sans voix"), required=False, max_length=_longest("observers")
    )

    def __init__(
        self, *args: Any, people: Sequence[Enrolment], noted: Mapping[int, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.people = people
        for one in people:
            holders = [
                (f"by:{other.pk}", _say("par %(name)s") % {"name": other.person.full_name})
                for other in people
                if other is not one
            ]
            self.fields[f"p{one.pk}"] = forms.ChoiceField(
                label=one.person.full_name,
                initial=noted.get(one.pk, Presence.ABSENT),
                choices=[
                    (Presence.ABSENT, _say("Absent·e")),
                    (Presence.PRESENT, _say("Présent·e")),
                    (_say("Représenté·e"), holders),
                ],
            )
        self.order_fields([*(f"p{one.pk}" for one in people), "observers"])

    @property
    def present(self) -> list[int]:
        said = self.cleaned_data
        return [one.pk for one in self.people if said[f"p{one.pk}"] == Presence.PRESENT]

    @property
    def represented(self) -> dict[int, int]:
        said = {one.pk: self.cleaned_data[f"p{one.pk}"] for one in self.people}
        return {key: int(by[3:]) for key, by in said.items() if by.startswith("by:")}


class TableForm(forms.Form):
    """Who presides, who writes: two people among those present."""

    chair = forms.ModelChoiceField(label=_("Présidence"), queryset=None, empty_label="–")
    secretary = forms.ModelChoiceField(label=_("Secrétariat"), queryset=None, empty_label="–")

    def __init__(self, *args: Any, present: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in (self.fields["chair"], self.fields["secretary"]):
            field.queryset = present
            field.label_from_instance = _name


def _name(enrolment: Enrolment) -> str:
    return enrolment.person.full_name


class DebateForm(forms.Form):
    """What was said on each point. Cleaned: `said` by key of the point."""

    papers_shown = forms.CharField(
        label=_("Documents montrés"), required=False, max_length=_longest("papers_shown")
    )
    incidents = forms.CharField(
        label=_("Incidents"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Une panne, une contestation, un vote recommencé. Sinon, rien."),
    )
    new_point = forms.CharField(label=_("Ajouter un point"), required=False, max_length=140)

    def __init__(self, *args: Any, points: Sequence[AgendaItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.points = points
        for one in points:
            self.fields[f"d{one.pk}"] = forms.CharField(
                label=one.title,
                initial=one.debate,
                required=False,
                max_length=4000,
                widget=forms.Textarea(attrs={"rows": 4}),
            )
        self.order_fields([f"d{one.pk}" for one in points])

    @property
    def said(self) -> dict[int, str]:
        return {one.pk: self.cleaned_data[f"d{one.pk}"] for one in self.points}


class TickForm(forms.Form):
    ticked = forms.TypedMultipleChoiceField(
        label=_("Comptés dans la salle"),
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, electors: Sequence[Elector], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ticked"].choices = [(one.enrolment_id, _voice(one)) for one in electors]


def _voice(elector: Elector) -> str:
    name = elector.enrolment.person.full_name
    if elector.proxy_holder is None:
        return name
    return _say("%(name)s, voix portée par %(holder)s") % {
        "name": name,
        "holder": elector.proxy_holder.person.full_name,
    }


class HandsForm(forms.Form):
    """Hands by answer. Cleaned: `figures`."""

    def __init__(self, *args: Any, answers: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.answers = answers
        for number, label in enumerate(answers.values()):
            self.fields[f"n{number}"] = forms.IntegerField(
                label=label, min_value=0, max_value=99, widget=forms.NumberInput()
            )

    @property
    def figures(self) -> dict[str, int]:
        return {code: self.cleaned_data[f"n{n}"] for n, code in enumerate(self.answers)}


class SignForm(forms.Form):
    """The fingerprint of the text on the screen: what is signed is what was read."""

    read_hash = forms.CharField(max_length=64, widget=forms.HiddenInput)
