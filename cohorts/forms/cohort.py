"""What a coordinator types about a cohort."""

from dataclasses import dataclass
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cohorts.cohort_template import THREE_TO_SIX_MONTHS
from cohorts.models import Cohort, Programme
from cohorts.services.cohorts import CohortWishes
from ct_platform.kit.clock import format_day
from ct_platform.kit.once import OnceForm

_FEWEST, _MOST = 3, 40


def day_field(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Écrivez cette date."),
            "invalid": _(
                "Cette date n’existe pas. Écrivez jour/mois/année, par exemple 07/09/2026."
            ),
        },
    )


class _CohortFields(forms.Form):
    name = forms.CharField(
        label=_("Nom de la coopérative"),
        help_text=_("Un nom provisoire convient : le groupe choisira le sien."),
        max_length=Cohort._meta.get_field("name").max_length,
        error_messages={"required": _("Donnez un nom.")},
    )
    pitch = forms.CharField(
        label=_("En une phrase"),
        help_text=_(
            "Ce que lira le public. Par exemple : un potager et des repas partagés, au Plateau."
        ),
        max_length=Cohort._meta.get_field("pitch").max_length,
        required=False,
    )
    sells = forms.CharField(
        label=_("Ce qu’elle vend"),
        help_text=_(
            "Pour le site public. Par exemple : paniers de légumes le jeudi, bouquets, repas de quartier."
        ),
        max_length=Cohort._meta.get_field("sells").max_length,
        required=False,
    )
    programme = forms.ModelChoiceField(
        label=_("Programme"),
        help_text=_("Il fixe la durée, le nombre de places et l’âge des personnes."),
        queryset=None,
        empty_label=_("Choisissez"),
        error_messages={
            "required": _("Choisissez le programme."),
            "invalid_choice": _("Ce programme n’existe pas."),
        },
    )
    host = forms.ModelChoiceField(
        label=_("Coopérative hôte"),
        help_text=_("La coopérative d’activité et d’emploi qui porte les contrats et la paie."),
        queryset=None,
        empty_label=_("Choisissez"),
        error_messages={
            "required": _("Choisissez la coopérative hôte."),
            "invalid_choice": _("Cette coopérative hôte n’existe pas."),
        },
    )
    starts_on = day_field(_("Premier jour"))
    ends_on = day_field(_("Dernier jour"), help_text=_("La durée permise dépend du programme."))
    seats = forms.IntegerField(
        label=_("Places"),
        help_text=_("Une quinzaine le plus souvent."),
        min_value=_FEWEST,
        max_value=_MOST,
        initial=THREE_TO_SIX_MONTHS.seats,
        error_messages={
            "required": _("Écrivez le nombre de places."),
            "invalid": _("Écrivez un nombre entier."),
            "min_value": _("Trois places au moins."),
            "max_value": _("Quarante places au plus."),
        },
    )

    eu_funded = forms.BooleanField(
        label=_("Action cofinancée par l’Union européenne (FSE+)"),
        help_text=_("L’emblème sera imprimé sur les attestations et les rapports."),
        required=False,
    )
    hidden_from_site = forms.BooleanField(
        label=_("Ne pas montrer cette coopérative sur le site public"),
        help_text=_(
            "Sans cette coche, sa page est publique dès que le recrutement ouvre, et le reste après la fin."
        ),
        required=False,
    )

    def __init__(
        self, *args: Any, hosts: QuerySet[Any], programmes: QuerySet[Any], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["host"].queryset = hosts
        field = self.fields["programme"]
        field.queryset = programmes
        field.label_from_instance = programme_label
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            "name",
            "pitch",
            "sells",
            "programme",
            "host",
            Row(Column("starts_on", css_class="col-sm-6"), Column("ends_on", css_class="col-sm-6")),
            "seats",
            "eu_funded",
            "hidden_from_site",
            *self.hidden_names(),
        )

    def hidden_names(self) -> list[str]:
        return [field.name for field in self.hidden_fields()]

    @property
    def wishes(self) -> CohortWishes:
        """What was typed, once valid."""
        return CohortWishes(**{name: self.cleaned_data[name] for name in CohortWishes.__slots__})

    @property
    def has_unusual_size(self) -> bool:
        return self.cleaned_data["seats"] not in self.cleaned_data["programme"].usual_range

    @property
    def usual_size(self) -> dict[str, Any]:
        programme = self.cleaned_data["programme"]
        return {
            "name": programme.name,
            "fewest": programme.fewest_seats,
            "most": programme.most_seats,
        }


def programme_label(programme: Programme) -> str:
    words = _("%(name)s, %(shortest)d à %(longest)d jours, %(ages)s") % {
        "name": programme.name,
        "shortest": programme.shortest_days,
        "longest": programme.longest_days,
        "ages": programme.ages,
    }
    return f"{words} ({programme.organisation})" if programme.organisation else words


class CohortForm(OnceForm, _CohortFields):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The usual kind is the network's first.
        self.fields["programme"].initial = kwargs["programmes"].first()


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that two people wrote differently."""

    label: str
    theirs: str
    yours: str


class CohortEditForm(_CohortFields):
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, cohort: Cohort, **kwargs: Any) -> None:
        initial = {name: getattr(cohort, name) for name in (*CohortWishes.__slots__, "version")}
        super().__init__(*args, initial=initial, **kwargs)
        self.differences: list[Difference] = []

    def rebase(self, current: Cohort) -> None:
        """Keep what was typed, show what somebody else saved, and save over that version next time."""
        for name in CohortWishes.__slots__:
            theirs, yours = getattr(current, name), self.cleaned_data[name]
            if theirs != yours:
                label = str(self.fields[name].label)
                self.differences.append(Difference(label, _shown(theirs), _shown(yours)))
        self.data = self.data.copy()
        self.data["version"] = str(current.version)


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return str(_("oui") if value else _("non"))
    if hasattr(value, "isoformat"):
        return format_day(value)
    return str(value) or str(_("(vide)"))
