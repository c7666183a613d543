"""Forms of what comes next: the project, a step, who helps. Short, for a phone."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cohorts.enums.own_projects import OwnProjectKind, StepState
from cohorts.models import Organisation, OwnHelper, OwnProject, OwnStep
from cohorts.models.own_project import LONGEST_WORDS
from ct_platform.kit.form_fields import DayField
from ct_platform.kit.once import OnceForm


class OwnProjectForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("Mon projet, c’est"),
        choices=OwnProjectKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisis une réponse. « Autre chose » en est une.")},
    )
    words = forms.CharField(
        label=_("Avec mes mots"),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_(
            "Ce que je veux faire, et pourquoi. Rien sur la santé : ce n’est pas utile ici."
        ),
        error_messages={"required": _("Écris quelques mots : c’est ton projet.")},
    )

    def __init__(self, data: Any = None, *, project: OwnProject | None) -> None:
        kept = {"kind": project.kind, "words": project.words} if project else {}
        super().__init__(data, initial=kept)


class StepForm(OnceForm):
    words = forms.CharField(
        label=_("Ce qu’il y a à faire"),
        max_length=OwnStep._meta.get_field("words").max_length,
        help_text=_("Une seule chose. Par exemple : appeler la chambre de commerce."),
        error_messages={"required": _("Écris ce qu’il y a à faire.")},
    )
    doer = forms.CharField(
        label=_("Avec qui"),
        required=False,
        max_length=OwnStep._meta.get_field("doer").max_length,
        help_text=_("Rien d’écrit : je le fais sans aide."),
    )
    due_on = DayField(label=_("Pour le"), required=False)


class SettleForm(forms.Form):
    to = forms.ChoiceField(choices=StepState.choices)


class HelperForm(OnceForm):
    organisation = forms.ChoiceField(label=_("Une organisation d’ici"), required=False)
    name = forms.CharField(
        label=_("Ou quelqu’un d’autre"),
        required=False,
        max_length=OwnHelper._meta.get_field("name").max_length,
        help_text=_("Un nom : une association, une voisine, la mission locale…"),
    )
    helps_with = forms.CharField(
        label=_("Pour quoi faire"),
        required=False,
        max_length=OwnHelper._meta.get_field("helps_with").max_length,
    )

    def __init__(self, data: Any = None, *, offered: Sequence[Organisation]) -> None:
        super().__init__(data)
        self.offered = {str(one.pk): one for one in offered}
        field = self.fields["organisation"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
        field.choices = [("", _("Choisir")), *((str(one.pk), one.name) for one in offered)]

    @property
    def chosen(self) -> Organisation | None:
        return self.offered.get(self.cleaned_data["organisation"])
