"""What a host types of a programme of its own."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from cohorts.models import Programme
from cohorts.services.programmes import ProgrammeWishes
from ct_platform.kit.once import OnceForm


def _whole(label: Any, initial: int | None, low: int, high: int, **kwargs: Any) -> Any:
    return forms.IntegerField(
        label=label,
        initial=initial,
        min_value=low,
        max_value=high,
        error_messages={
            "required": _("Écrivez ce nombre."),
            "invalid": _("Écrivez un nombre entier."),
        },
        **kwargs,
    )


class ProgrammeForm(OnceForm):
    name = forms.CharField(
        label=_("Nom"),
        help_text=_("Celui que liront les coordinations, par exemple « Coopérative de saison »."),
        max_length=Programme._meta.get_field("name").max_length,
        error_messages={"required": _("Donnez un nom.")},
    )
    code = forms.SlugField(
        label=_("Sigle"),
        help_text=_("Quelques lettres, sans espace : « saison »."),
        max_length=Programme._meta.get_field("code").max_length,
        error_messages={
            "required": _("Donnez un sigle."),
            "invalid": _("Lettres sans accent, chiffres et tirets seulement."),
        },
    )
    shortest_days = _whole(_("Jours au moins"), 84, 7, 366)
    longest_days = _whole(_("Jours au plus"), 190, 7, 366)
    lowest_age = _whole(_("Âge le plus bas"), 18, 16, 99)
    highest_age = _whole(_("Âge le plus haut"), None, 16, 99, required=False)
    fewest_seats = _whole(_("Places, au moins"), 10, 3, 40)
    usual_seats = _whole(_("Places, le plus souvent"), 15, 3, 40)
    most_seats = _whole(_("Places, au plus"), 18, 3, 40)
    minor_day_hours = _whole(
        _("Heures par jour avant 18 ans, au plus"), 8, 1, 8, help_text=_("La loi dit 8.")
    )
    minor_week_hours = _whole(
        _("Heures par semaine avant 18 ans, au plus"), 35, 1, 35, help_text=_("La loi dit 35.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        half, third = "col-sm-6", "col-sm-4"

        def line(css: str, *names: str) -> Any:
            return Row(*(Column(name, css_class=css) for name in names))

        self.helper.layout = Layout(
            line(half, "name", "code"),
            line(half, "shortest_days", "longest_days"),
            line(half, "lowest_age", "highest_age"),
            line(third, "fewest_seats", "usual_seats", "most_seats"),
            line(half, "minor_day_hours", "minor_week_hours"),
            "submission_key",
        )

    @property
    def wishes(self) -> ProgrammeWishes:
        """What was typed, once valid."""
        kept = {
            name: self.cleaned_data[name]
            for name in ProgrammeWishes.__slots__
            if not name.endswith("_minutes")
        }
        return ProgrammeWishes(
            **kept,
            minor_day_minutes=60 * self.cleaned_data["minor_day_hours"],
            minor_week_minutes=60 * self.cleaned_data["minor_week_hours"],
        )
