"""Noting and correcting hours: durations and work as large tiles, any other duration as text."""

import datetime as dt
import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cohorts.models import Enrolment
from ct_platform.kit.clock import format_minutes, parse_minutes
from ct_platform.kit.errors import Refused
from projects.enums import KIND_ICONS, WorkKind
from projects.forms.fields import DayField, version_field
from projects.models import Project, WorkEntry

OTHER = "other"
USUAL_MINUTES = (60, 120, 180, 210, 240, 300, 360)
_reload = _("Cette page n’est plus à jour. Recharge-la, puis note tes heures.")
OLD_PAGE = {"required": _reload, "invalid": _reload}
OUTSIDE = (WorkKind.MEETING, WorkKind.TRAINING, WorkKind.COMMITTEE)


@dataclass(frozen=True, slots=True)
class WorkTile:
    """One answer to "Quel travail ?": what a radio tile shows."""

    id: str
    name: str
    value: str
    label: str
    icon: str
    checked: bool


def _time(minute_of_day: int) -> dt.time:
    return dt.time(*divmod(minute_of_day, 60))


def work_value(entry: WorkEntry | None) -> str:
    """The tile of what was noted last, if anything was."""
    return entry.work_value if entry is not None else ""


class HoursFields(forms.Form):
    minutes = forms.ChoiceField(
        label=_("Combien de temps ?"),
        required=False,
        widget=forms.RadioSelect,
        choices=[
            *((str(minutes), format_minutes(minutes)) for minutes in USUAL_MINUTES),
            (OTHER, _("Autre")),
        ],
        error_messages={"invalid_choice": _("Choisis une durée.")},
    )
    other = forms.CharField(
        label=_("Autre durée"),
        required=False,
        max_length=20,
        help_text=_("Par exemple : 2 h 45, ou 45 min."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    work = forms.ChoiceField(
        label=_("Quel travail ?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choisis un travail."),
            "invalid_choice": _("Choisis un travail."),
        },
    )
    starts_at = forms.TimeField(
        label=_("À partir de quelle heure ?"),
        required=False,
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        error_messages={"invalid": _("Écris une heure, par exemple 9:30.")},
    )

    def __init__(self, *args: Any, projects: Sequence[Project], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.projects = {str(project.pk): project for project in projects}
        shared = {one.trade for one in projects if [p.trade for p in projects].count(one.trade) > 1}
        self.fields["work"].choices = [  # type: ignore[attr-defined]
            *(
                (key, one.name if one.trade in shared else one.trade_word)
                for key, one in self.projects.items()
            ),
            *((kind.value, kind.label.capitalize()) for kind in OUTSIDE),
        ]

    def work_tiles(self) -> list[WorkTile]:
        """The radios of `work`, each with its icon."""
        return [
            WorkTile(
                id=option.id_for_label,
                name=option.data["name"],
                value=str(option.data["value"]),
                label=str(option.choice_label),
                icon=self._icon(str(option.data["value"])),
                checked=bool(option.data["selected"]),
            )
            for option in self["work"]
        ]

    def _icon(self, value: str) -> str:
        project = self.projects.get(value)
        return project.trade if project else KIND_ICONS[WorkKind(value)]

    def clean(self) -> dict[str, Any]:
        """Adds `duration` (whole minutes), `start_minute`, `kind` and `project` to what was chosen."""
        cleaned = super().clean() or {}
        self._read_duration(cleaned)
        start = cleaned.get("starts_at")
        cleaned["start_minute"] = None if start is None else start.hour * 60 + start.minute
        work = cleaned.get("work", "")
        cleaned["project"] = self.projects.get(work)
        cleaned["kind"] = WorkKind.PRODUCTION if work in self.projects else work
        return cleaned

    def _read_duration(self, cleaned: dict[str, Any]) -> None:
        chosen, typed = cleaned.get("minutes", ""), cleaned.get("other", "").strip()
        if chosen and chosen != OTHER:
            cleaned["duration"] = int(chosen)
        elif typed:
            minutes = parse_minutes(typed)
            if minutes is None:
                self.add_error("other", _("Écris une durée, par exemple 2 h 45 ou 45 min."))
            else:
                cleaned["duration"] = minutes
        elif "minutes" not in self.errors:
            field = "other" if chosen == OTHER else "minutes"
            self.add_error(field, _("Choisis une durée."))


class NoteForm(HoursFields):
    """Hours of one day; the key makes the same form sent twice one entry."""

    client_uuid = forms.UUIDField(
        widget=forms.HiddenInput, initial=uuid.uuid4, error_messages=OLD_PAGE
    )
    day = DayField(widget=forms.HiddenInput, error_messages=OLD_PAGE)


class RepeatForm(forms.Form):
    """ "Comme hier": the day to repeat, the day to note."""

    client_uuid = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    day = DayField(widget=forms.HiddenInput)
    source = DayField(widget=forms.HiddenInput)


class CorrectForm(HoursFields):
    version = version_field()

    @classmethod
    def initial_of(cls, entry: WorkEntry) -> dict[str, Any]:
        usual = entry.minutes in USUAL_MINUTES
        return {
            "minutes": str(entry.minutes) if usual else OTHER,
            "other": "" if usual else format_minutes(entry.minutes),
            "work": work_value(entry),
            "starts_at": None if entry.starts_at is None else _time(entry.starts_at),
            "version": entry.version,
        }


class OfferForm(HoursFields):
    """Hours of somebody else: who, which day, then as for oneself."""

    client_uuid = forms.UUIDField(
        widget=forms.HiddenInput, initial=uuid.uuid4, error_messages=OLD_PAGE
    )
    person = forms.TypedChoiceField(
        label=_("Pour qui ?"),
        coerce=int,
        error_messages={
            "required": _("Il manque la personne."),
            "invalid_choice": _("Cette personne n’est pas dans la liste."),
        },
    )
    day = DayField(
        label=_("Quel jour ?"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"required": _("Il manque le jour.")},
    )

    def __init__(self, *args: Any, people: Sequence[Enrolment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {one.pk: one for one in people}
        self.fields["person"].choices = [  # type: ignore[attr-defined]
            ("", _("Choisir")),
            *((one.pk, one.person.full_name) for one in people),
        ]


class QuestionForm(forms.Form):
    question = forms.CharField(
        label=_("Ta question, en une phrase"),
        required=False,
        max_length=140,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    version = version_field()


class CohortQuestionForm(QuestionForm):
    """The same, said to a coordinator."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["question"].label = _("Votre question, en une phrase")


class DayOfWeekForm(forms.Form):
    """A day of the address (?jour=, ?semaine=): anything unreadable is simply ignored."""

    day = DayField(required=False)

    @classmethod
    def read(cls, text: str) -> Any:
        form = cls({"day": text})
        return form.cleaned_data["day"] if form.is_valid() else None


def seen_versions(texts: Sequence[str]) -> dict[int, int]:
    """Entries to confirm, sent as "key:version" so that nobody confirms what they did not read.

    Raises Refused when one cannot be read.
    """
    seen: dict[int, int] = {}
    for text in texts:
        match = re.fullmatch(r"([0-9]{1,15}):([0-9]{1,9})", text)
        if match is None:
            raise Refused(gettext("Cette page n’est plus à jour. Il faut la recharger."))
        seen[int(match[1])] = int(match[2])
    if not seen:
        raise Refused(gettext("Il n’y a rien à confirmer."))
    return seen
