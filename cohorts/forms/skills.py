"""Forms of skills: where I am, who sees it, what I saw somebody do, the words of the group."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cohorts.enums.skills import SkillLevel
from cohorts.forms.people import KeysField
from cohorts.models import SkillConfirmation
from cohorts.rules.skills import SkillWords, read_grid
from cohorts.selectors.skills import SkillLine
from cohorts.services.skill_grids import grid_sentence
from ct_platform.kit.form_fields import DayField
from ct_platform.kit.once import OnceForm

AUDIENCES = (
    ("to_team", _("Mon accompagnatrice, mon accompagnateur")),
    ("to_group", _("Les personnes du groupe")),
    ("on_papers", _("Mon attestation de compétences")),
)


class AssessForm(forms.Form):
    """A question a skill; one may answer some and come back."""

    def __init__(self, *args: Any, lines: Sequence[SkillLine], moment: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for line in lines:
            self.fields[f"skill-{line.skill.pk}"] = forms.TypedChoiceField(
                label=line.skill.title,
                help_text=line.skill.meaning,
                choices=SkillLevel.choices,
                coerce=int,
                empty_value=None,
                required=False,
                widget=forms.RadioSelect,
                initial=line.level_at(moment),
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self.levels: dict[int, int] = {
            int(name.removeprefix("skill-")): level
            for name, level in cleaned.items()
            if level is not None
        }
        if not self.errors and not self.levels:
            raise forms.ValidationError(_("Réponds pour au moins une compétence."))
        return cleaned


class DisplayForm(forms.Form):
    """For each skill, who may see it. Nothing ticked: nobody."""

    def __init__(self, *args: Any, lines: Sequence[SkillLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for line in lines:
            self.fields[f"skill-{line.skill.pk}"] = forms.MultipleChoiceField(
                label=line.skill.title,
                choices=AUDIENCES,
                required=False,
                widget=forms.CheckboxSelectMultiple,
                initial=[name for name, _words in AUDIENCES if getattr(line.display, name)],
            )

    @property
    def shown(self) -> Mapping[int, list[str]]:
        return {
            int(name.removeprefix("skill-")): chosen for name, chosen in self.cleaned_data.items()
        }


class ConfirmForm(OnceForm):
    skill = forms.TypedChoiceField(
        label=_("Quelle compétence"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisis une compétence.")},
    )
    level = forms.TypedChoiceField(
        label=_("À quel niveau"),
        coerce=int,
        choices=[
            (SkillLevel.WITH_HELP.value, _("Avec de l’aide")),
            (SkillLevel.ALONE.value, _("Sans aide")),
            (SkillLevel.SHOWS_OTHERS.value, _("Sait le montrer aux autres")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisis un niveau.")},
    )
    evidence = forms.CharField(
        label=_("Ce que j’ai vu"),
        max_length=SkillConfirmation._meta.get_field("evidence").max_length,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Un fait, avec le lieu ou le jour. Il peut être écrit sur l’attestation."),
        error_messages={"required": _("Écris ce que tu as vu : c’est la preuve.")},
    )

    def __init__(self, *args: Any, lines: Sequence[SkillLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = self.fields["skill"]
        assert isinstance(offered, forms.TypedChoiceField)  # noqa: S101 - for the type checker
        offered.choices = [(line.skill.pk, line.skill.title) for line in lines]


class GridForm(forms.Form):
    words = forms.CharField(
        label=_("Les compétences, une par ligne"),
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("Les mots du groupe. Après deux points, ce que ça veut dire ici."),
        error_messages={"required": _("Écrivez au moins une compétence.")},
    )
    adopted_on = DayField(label=_("Adoptées par le groupe le"))

    def clean_words(self) -> tuple[SkillWords, ...]:
        words = read_grid(self.cleaned_data["words"])
        sentence = grid_sentence(words)
        if sentence:
            raise forms.ValidationError(sentence)
        return words


class SkillPapersForm(OnceForm):
    people = KeysField()
