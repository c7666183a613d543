"""What the forms of effects share: people and things of one cohort, days, amounts; as settings."""

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext as _say
from django.utils.translation import gettext_lazy as _

from cohorts.models import Cohort, Enrolment
from ct_platform.kit.clock import format_day
from ct_platform.kit.form_fields import DayField, EuroField
from ct_platform.kit.money import to_cents
from decisions.effects import Settings

LEAST, MOST = Decimal("0.01"), Decimal("1000000")


class AboveZero(EuroField):
    """Euros that may be paid: above zero, and no slip of the hand."""

    def clean(self, value: Any) -> Any:
        amount = super().clean(value)
        if amount is not None and not LEAST <= amount <= MOST:
            raise forms.ValidationError(_say("Le montant est plus grand que zéro."), code="amount")
        return amount


def start_field(label: Any) -> DayField:
    return DayField(
        label=label,
        required=False,
        help_text=_("Le jour de la fin du vote, ou plus tard. Vide : à la fin du vote."),
    )


def end_field(label: Any) -> DayField:
    return DayField(label=label, required=False, help_text=_("Ce jour compris. Vide : sans fin."))


def one_of_field(label: Any, help_text: Any = "", *, required: bool = True) -> forms.ChoiceField:
    """One person or thing; `fill` gives it those of the cohort."""
    return forms.ChoiceField(
        label=label,
        help_text=help_text,
        required=required,
        error_messages={
            "required": _("Il manque un choix dans la liste."),
            "invalid_choice": _("Il manque un choix dans la liste."),
        },
    )


def fill(
    form: forms.Form, name: str, things: Iterable[tuple[Any, str]], *, empty: Any = None
) -> None:
    """Offer things by key; `empty`: the line that chooses nothing."""
    field = cast(forms.ChoiceField, form.fields[name])
    first = [] if empty is None else [("", empty)]
    field.choices = [*first, *((str(key), label) for key, label in things)]


def active_people(cohort: Cohort) -> list[tuple[int, str]]:
    """Who is in the cooperative now, by name. One query."""
    found = Enrolment.objects.of_cohort(cohort.pk).active().select_related("person")
    return [(one.pk, one.person.full_name) for one in found]


def labels_of(form: forms.Form, name: str, keys: Iterable[str]) -> dict[str, str]:
    """The labels of what was chosen: settings keep them, as no other query names them later."""
    offered = dict(cast(forms.ChoiceField, form.fields[name]).choices)
    return {key: str(offered[key]) for key in keys if key}


def check_days(cleaned: Mapping[str, Any], form: forms.Form) -> None:
    first, last = cleaned.get("in_force_from"), cleaned.get("ends_on")
    if first and last and last < first:
        form.add_error("ends_on", _say("La fin vient avant le début."))


def day(cleaned: Mapping[str, Any], name: str) -> str | None:
    """A day of cleaned data as settings keep it."""
    found = cleaned.get(name)
    return found.isoformat() if isinstance(found, dt.date) else None


def cents(cleaned: Mapping[str, Any], name: str) -> str:
    """An amount of cleaned data as settings keep it: "12.50", or nothing."""
    found = cleaned.get(name)
    return f"{found:.2f}" if isinstance(found, Decimal) else ""


def day_of(settings: Settings, name: str) -> dt.date | None:
    return dt.date.fromisoformat(settings[name]) if settings.get(name) else None


def starts_on(settings: Settings) -> dt.date | None:
    return day_of(settings, "in_force_from")


def ends_on(settings: Settings) -> dt.date | None:
    return day_of(settings, "ends_on")


def review_on(settings: Settings) -> dt.date | None:
    return day_of(settings, "review_on")


def amount_of(settings: Settings, name: str = "amount") -> Decimal:
    return Decimal(settings.get(name) or 0)


def whole_cents(text: str) -> int:
    return to_cents(Decimal(text or 0))


def subject_code(label: str) -> str:
    """The name of a thing as part of a law: the same words make the same law."""
    return slugify(label)[:50] or "x"


def until(settings: Settings, begins: dt.date) -> str:
    """ "du 1er décembre 2026 au 31 décembre 2026", "à partir du 1er décembre 2026"."""
    last = ends_on(settings)
    if last is None:
        return _say("à partir du %(day)s") % {"day": format_day(begins)}
    return _say("du %(first)s au %(last)s") % {
        "first": format_day(begins),
        "last": format_day(last),
    }
