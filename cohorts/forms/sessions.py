"""What a coordinator types about a session, a presence, a paper sheet; no state, no judgement."""

import datetime as dt
import re
from collections.abc import Sequence
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Column, Div, Layout, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from cohorts.enums.sessions import Half, Presence, ReminderWay, SessionKind
from cohorts.models import Enrolment, Session
from cohorts.services.session_wishes import HalfDay, Repeat, SessionWishes, TrainerName
from ct_platform.kit.errors import Refused
from ct_platform.kit.form_fields import DayField
from ct_platform.kit.once import OnceForm
from ct_platform.kit.scans import MOST_BYTES, suffix_of

_USUAL = {
    Half.MORNING: (dt.time(9), dt.time(12)),
    Half.AFTERNOON: (dt.time(13, 30), dt.time(17)),
}
_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")


def _hour(label: Any) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        required=False,
        widget=forms.TimeInput(attrs={"type": "time", "step": "300"}, format="%H:%M"),
        error_messages={"invalid": _("Écrivez une heure, par exemple 09:30.")},
    )


class SessionForm(OnceForm):
    kind = forms.ChoiceField(label=_("Genre"), choices=SessionKind.choices)
    title = forms.CharField(
        label=_("Titre"),
        max_length=100,
        help_text=_("Ce que lira le groupe : « Hygiène en cuisine »."),
        error_messages={"required": _("Donnez un titre.")},
    )
    place = forms.CharField(
        label=_("Lieu"), max_length=150, error_messages={"required": _("Dites où.")}
    )
    day = DayField(label=_("Jour"))
    morning_starts, morning_ends = _hour(_("Matin")), _hour(_("jusqu’à"))
    afternoon_starts, afternoon_ends = _hour(_("Après-midi")), _hour(_("jusqu’à"))
    evening_starts, evening_ends = _hour(_("Soir")), _hour(_("jusqu’à"))
    trainers = forms.CharField(
        label=_("Qui mène la séance"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=600,
        help_text=_("Une personne par ligne ; son organisme après une virgule."),
    )
    invited = forms.ModelMultipleChoiceField(
        label=_("Pour quelques personnes seulement"),
        required=False,
        queryset=None,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Rien de coché : tout le groupe est attendu."),
    )
    note = forms.CharField(
        label=_("À savoir"),
        required=False,
        max_length=300,
        help_text=_("Ce qu’il faut apporter, comment venir…"),
    )
    until = DayField(
        label=_("Répéter jusqu’au"), required=False, help_text=_("Vide : une seule séance.")
    )
    every_weeks = forms.TypedChoiceField(
        label=_("Toutes les"),
        coerce=int,
        required=False,
        choices=[(1, _("semaines")), (2, _("deux semaines"))],
    )
    skipped = forms.CharField(
        label=_("Sauf ces jours"),
        required=False,
        max_length=400,
        help_text=_("Par exemple : 24/12/2026, 31/12/2026."),
    )

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["invited"].queryset = people  # type: ignore[attr-defined]
        self.fields["invited"].label_from_instance = _full_name  # type: ignore[attr-defined]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            Row(Column("kind", css_class="col-sm-4"), Column("title", css_class="col-sm-8")),
            Row(Column("day", css_class="col-sm-4"), Column("place", css_class="col-sm-8")),
            *(_pair(half) for half in Half.values),
            "trainers",
            "note",
            *self._more(),
            _folded(_("Seulement quelques personnes"), "invited"),
            "submission_key",
        )

    def _more(self) -> list[Any]:
        return [
            Row(
                Column("until", css_class="col-sm-4"),
                Column("every_weeks", css_class="col-sm-4"),
                Column("skipped", css_class="col-sm-4"),
            )
        ]

    def clean_skipped(self) -> frozenset[dt.date]:
        days, text = set(), self.cleaned_data["skipped"]
        for part in filter(None, re.split(r"[,;\s]+", text)):
            match = _DAY.fullmatch(part)
            try:
                if match is None:
                    raise ValueError
                days.add(dt.date(int(match[3]), int(match[2]), int(match[1])))
            except ValueError as error:
                said = _("Je ne lis pas « %(part)s ». Écrivez des jours comme 24/12/2026.")
                raise forms.ValidationError(said, params={"part": part}) from error
        return frozenset(days)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for half in Half.values:
            starts, ends = cleaned.get(f"{half}_starts"), cleaned.get(f"{half}_ends")
            if (starts is None) != (ends is None) and not self.errors.get(f"{half}_ends"):
                self.add_error(f"{half}_ends", _("Donnez le début et la fin."))
        return cleaned

    @property
    def wishes(self) -> SessionWishes:
        cleaned = self.cleaned_data
        return SessionWishes(
            kind=cleaned["kind"],
            title=cleaned["title"],
            place=cleaned["place"],
            day=cleaned["day"],
            note=cleaned["note"],
            halves=tuple(
                HalfDay(half, cleaned[f"{half}_starts"], cleaned[f"{half}_ends"])
                for half in Half.values
                if cleaned.get(f"{half}_starts") and cleaned.get(f"{half}_ends")
            ),
            trainers=tuple(_trainers(cleaned["trainers"])),
            invited=tuple(one.pk for one in cleaned["invited"]),
        )

    @property
    def repeat(self) -> Repeat | None:
        cleaned = self.cleaned_data
        if not cleaned.get("until"):
            return None
        return Repeat(cleaned["until"], cleaned["every_weeks"] or 1, cleaned["skipped"])

    @classmethod
    def usual(cls, day: dt.date) -> dict[str, Any]:
        """A new session: the usual hours of a day."""
        hours = {
            f"{half}_{end}": value
            for half, (starts, ends) in _USUAL.items()
            for end, value in (("starts", starts), ("ends", ends))
        }
        return {"day": day, **hours}


class SessionEditForm(SessionForm):
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    with_following = forms.BooleanField(
        label=_("Changer aussi les séances suivantes de la série (chacune garde son jour)"),
        required=False,
    )

    def __init__(self, *args: Any, session: Session, **kwargs: Any) -> None:
        self.session = session
        super().__init__(*args, **kwargs)
        for name in ("until", "every_weeks", "skipped"):
            del self.fields[name]
        if session.series_id is None:
            del self.fields["with_following"]

    def clean_skipped(self) -> frozenset[dt.date]:
        return frozenset()

    def _more(self) -> list[Any]:
        return ["version", *(["with_following"] if self.session.series_id else [])]

    @classmethod
    def initial_of(cls, session: Session) -> dict[str, Any]:
        hours: dict[str, Any] = {}
        for slot in session.slots.all():
            hours |= {f"{slot.half}_starts": slot.starts, f"{slot.half}_ends": slot.ends}
        return {
            "kind": session.kind,
            "title": session.title,
            "place": session.place,
            "day": session.day,
            "note": session.note,
            "version": session.version,
            "trainers": "\n".join(one.full for one in session.trainers.all()),
            "invited": [one.pk for one in session.invited.all()],
            **hours,
        }


class CancelForm(forms.Form):
    reason = forms.CharField(
        label=_("Pourquoi"),
        max_length=200,
        help_text=_("Chacun le lira. Rien de privé : « la salle est fermée »."),
        error_messages={"required": _("Dites pourquoi : chacun le lira.")},
    )
    with_following = forms.BooleanField(
        label=_("Annuler aussi les séances suivantes de la série"), required=False
    )

    def __init__(self, *args: Any, session: Session, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if session.series_id is None:
            del self.fields["with_following"]


class NoteForm(forms.Form):
    presence = forms.ChoiceField(
        label=_("Noter"),
        choices=Presence.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez.")},
    )
    reason = forms.CharField(
        label=_("Raison de l’absence excusée"),
        required=False,
        max_length=140,
        help_text=_(
            "Lue par la coordination et par la personne, personne d’autre. Rien sur la santé."
        ),
    )


class CorrectionForm(forms.Form):
    wanted = forms.ChoiceField(
        label=_("Ce qui est juste"),
        choices=Presence.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisis une réponse.")},
    )
    sentence = forms.CharField(
        label=_("Ce qui s’est passé, en une phrase"),
        max_length=200,
        error_messages={"required": _("Dis ce qui s’est passé, en une phrase.")},
    )


class AnswerForm(forms.Form):
    accept = forms.TypedChoiceField(
        choices=[("yes", ""), ("no", "")], coerce=lambda value: value == "yes"
    )
    answer = forms.CharField(required=False, max_length=200)


class PaperForm(forms.Form):
    scan = forms.FileField(
        label=_("La feuille signée"),
        help_text=_("Photo ou scan : PDF, PNG ou JPEG, 5 Mo au plus. Elle reste privée."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg"}),
        error_messages={
            "required": _("Joignez la feuille signée : sans elle, rien n’est noté."),
            "empty": _("Ce fichier est vide."),
        },
    )
    sentence = forms.CharField(
        label=_("Pourquoi sur papier"),
        max_length=200,
        help_text=_("Par exemple : pas de réseau à la ferme ce jour-là."),
        error_messages={"required": _("Dites en une phrase pourquoi la feuille est sur papier.")},
    )
    signed = forms.MultipleChoiceField(
        label=_("Qui a signé"),
        required=False,
        error_messages={"invalid_choice": _("Cette personne n’est pas attendue à cette séance.")},
    )

    def __init__(self, *args: Any, choices: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["signed"].choices = choices  # type: ignore[attr-defined]

    def clean_scan(self) -> bytes:
        """Read no more than what is accepted; what a file is, its first bytes say."""
        content: bytes = self.cleaned_data["scan"].read(MOST_BYTES + 1)
        try:
            suffix_of(content, field="scan")
        except Refused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return content

    @property
    def pairs(self) -> list[tuple[int, int]]:
        """(slot, enrolment)."""
        return [
            (int(slot), int(enrolment))
            for slot, enrolment in (one.split(":") for one in self.cleaned_data["signed"])
        ]


class SheetForm(forms.Form):
    first = DayField(label=_("Du"))
    last = DayField(label=_("Au"))


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Le code sous le carré"),
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        error_messages={"required": _("Tape le code.")},
    )


class ReminderForm(forms.Form):
    way = forms.ChoiceField(
        label=_("Me rappeler la veille"),
        required=False,
        choices=[
            (ReminderWay.NONE.value, _("Non")),
            (ReminderWay.MAIL.value, _("Par e-mail")),
            (ReminderWay.SMS.value, _("Par SMS")),
        ],
        widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
    )


class MonthForm(forms.Form):
    """?mois=2026-11 of the address: anything unreadable is simply ignored."""

    month = forms.DateField(required=False, input_formats=["%Y-%m"])

    @classmethod
    def read(cls, text: str) -> Any:
        form = cls({"month": text})
        return form.cleaned_data["month"] if form.is_valid() else None


class DayForm(forms.Form):
    """?jour=2026-11-24 of the address, likewise."""

    day = DayField(required=False)

    @classmethod
    def read(cls, text: str) -> Any:
        form = cls({"day": text})
        return form.cleaned_data["day"] if form.is_valid() else None


def _full_name(enrolment: Enrolment) -> str:
    return str(enrolment.person.full_name)


def _pair(half: str) -> Row:
    return Row(
        Column(f"{half}_starts", css_class="col-6 col-sm-4"),
        Column(f"{half}_ends", css_class="col-6 col-sm-4"),
    )


def _folded(title: Any, *fields: str) -> Div:
    return Div(
        HTML('<details class="mb-3"><summary>'), HTML(str(title)), HTML("</summary>"), *fields,
        HTML("</details>"),
    )  # fmt: skip


def _trainers(text: str) -> list[TrainerName]:
    found = []
    for line in filter(None, (one.strip() for one in text.splitlines())):
        name, _comma, organisation = line.partition(",")
        found.append(TrainerName(name.strip()[:120], organisation.strip()[:120]))
    return found
