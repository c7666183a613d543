"""What somebody writes of a task, and who came. No judgement."""

from collections.abc import Sequence
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from cohorts.models import Enrolment
from ct_platform.kit.form_fields import DayField, TickedField
from ct_platform.kit.once import OnceForm
from projects.enums import WorkKind
from projects.forms.fields import version_field
from projects.models import Project, Task
from projects.services.tasks import TaskWishes


def _hour(label: Any) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        widget=forms.TimeInput(attrs={"type": "time", "step": "300"}, format="%H:%M"),
        error_messages={
            "required": _("Il manque l’heure."),
            "invalid": _("Il faut une heure, par exemple 08:30."),
        },
    )


class TaskFields(forms.Form):
    """`projects` are those of the cohort, and no others."""

    title = forms.CharField(
        label=_("Quoi"),
        max_length=Task._meta.get_field("title").max_length,
        help_text=_("Par exemple : récolter les poireaux."),
        error_messages={"required": _("Il manque ce qu’il y a à faire.")},
    )
    project = forms.ChoiceField(label=_("Pour quelle activité"), required=False)
    day = DayField(label=_("Quel jour"))
    starts, ends = _hour(_("De")), _hour(_("à"))
    needed = forms.IntegerField(
        label=_("Combien de personnes"),
        initial=2,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "required": _("Il manque le nombre de personnes."),
            "invalid": _("Il faut un nombre, par exemple 3."),
        },
    )
    place = forms.CharField(
        label=_("Où (facultatif)"),
        required=False,
        max_length=Task._meta.get_field("place").max_length,
    )
    kind = forms.ChoiceField(
        label=_("Sorte de travail"), choices=WorkKind.choices, initial=WorkKind.PRODUCTION
    )
    note = forms.CharField(
        label=_("Un mot (facultatif)"),
        required=False,
        max_length=Task._meta.get_field("note").max_length,
        help_text=_("Ce qu’il faut apporter, comment s’habiller…"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, projects: Sequence[Project], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.projects = {str(one.pk): one for one in projects}
        self.fields["project"].choices = [  # type: ignore[attr-defined]
            ("", _("Toute la coopérative")),
            *((key, one.full_label) for key, one in self.projects.items()),
        ]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(
            "title", "project",
            Row(Column("day", css_class="col-sm-6"), Column("starts", css_class="col-6 col-sm-3"),
                Column("ends", css_class="col-6 col-sm-3")),
            "needed", "place", "kind", "note", *self._more(),
        )  # fmt: skip

    def _more(self) -> list[str]:
        return []

    def wishes(self) -> TaskWishes:
        typed = self.cleaned_data
        return TaskWishes(
            title=typed["title"],
            day=typed["day"],
            starts=typed["starts"],
            ends=typed["ends"],
            needed=typed["needed"],
            kind=typed["kind"],
            project=self.projects.get(typed["project"]),
            place=typed["place"],
            note=typed["note"],
        )


class NewTaskForm(OnceForm, TaskFields):
    def _more(self) -> list[str]:
        return ["submission_key"]


class EditTaskForm(TaskFields):
    version = version_field()

    def _more(self) -> list[str]:
        return ["version"]

    @classmethod
    def initial_of(cls, task: Task) -> dict[str, Any]:
        names = ("title", "day", "starts", "ends", "needed", "place", "kind", "note", "version")
        return {name: getattr(task, name) for name in names} | {
            "project": str(task.project_id or "")
        }


class CameForm(forms.Form):
    """Keys of enrolments ticked; nobody ticked is an answer too."""

    came = TickedField(required=False)

    def __init__(self, *args: Any, people: Sequence[Enrolment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["came"].offer(one.pk for one in people)  # type: ignore[attr-defined]
