"""What a decision may do to pay: choose the sharing rule. Registered with decisions from ready()."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ct_platform.kit.clock import format_day, format_minutes
from ct_platform.kit.money import euros
from decisions.effects import Choice, Effect, EffectForm, Settings, Spread, WhatIf, register
from decisions.models import Outcome
from decisions.rules.chooser import Subject
from payroll.enums import SplitKind
from payroll.selectors import rules
from payroll.services import split_rules
from projects.enums import WorkKind

CODE = "sharing_rule"
ONLY_REPLACED = gettext_lazy(
    "Une règle de partage ne se retire pas : on en choisit une autre, par un nouveau vote. "
    "Sans règle, rien ne se partage."
)


class SharingRuleForm(EffectForm):
    """Which hours count, whatever rule wins, and from when."""

    counted_kinds = forms.MultipleChoiceField(
        label=gettext_lazy("Heures qui comptent"),
        choices=WorkKind.choices,
        initial=list(WorkKind.values),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Les mêmes pour toutes les règles proposées."),
        error_messages={"required": gettext_lazy("Il faut une sorte d’heures au moins.")},
    )
    in_force_from = forms.DateField(
        label=gettext_lazy("La règle commence le"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("Le jour de la fin du vote, ou plus tard."),
        error_messages={"invalid": gettext_lazy("Il faut une date, par exemple 27/11/2026.")},
    )


class OneRuleForm(SharingRuleForm):
    """The same, for one rule put to a yes or no."""

    kind = forms.ChoiceField(
        label=gettext_lazy("La règle proposée"),
        choices=SplitKind.choices,
        error_messages={
            "required": gettext_lazy("Il manque la règle."),
            "invalid_choice": gettext_lazy("Il manque la règle."),
        },
    )
    field_order = ("kind", "counted_kinds", "in_force_from")


def _one_settings(cleaned: Mapping[str, Any]) -> dict[str, Any]:
    return _settings(cleaned) | {"kind": cleaned.get("kind") or SplitKind.EQUAL.value}


def _one_preview(settings: Settings, begins: dt.date) -> list[str]:
    rule = str(SplitKind(settings["kind"]).label)
    return [_("Règle proposée : « %(rule)s ».") % {"rule": rule}, *_preview(settings, begins)]


def _settings(cleaned: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "counted_kinds": list(cleaned["counted_kinds"]),
        "in_force_from": cleaned["in_force_from"].isoformat(),
    }


def _starts_on(settings: Settings) -> dt.date:
    return dt.date.fromisoformat(settings["in_force_from"])


def _choices(settings: Settings) -> list[Choice]:
    sentences = {
        SplitKind.EQUAL: _("La même part pour chaque personne."),
        SplitKind.HOURS: _("Chaque heure compte pareil."),
        SplitKind.HALF: _("Une moitié en parts égales, l’autre moitié selon les heures."),
    }
    return [Choice(kind.value, str(kind.label), sentences[kind]) for kind in SplitKind]


def _preview(settings: Settings, begins: dt.date) -> list[str]:
    counted = [str(kind.label) for kind in WorkKind if kind.value in settings["counted_kinds"]]
    return [
        _("Heures qui comptent : %(kinds)s.") % {"kinds": ", ".join(counted)},
        _("La règle choisie commence le %(day)s.") % {"day": format_day(begins)},
        _("Les simulations aident à préparer un vote. Elles ne servent pas à payer."),
    ]


def _what_if(cohort_id: int, settings: Settings, day: dt.date) -> WhatIf:
    tried = rules.simulate(cohort_id, settings["counted_kinds"], day)
    pot = (
        _("Pot d’essai : 1 000 €, un chiffre inventé, car aucune vente n’est encore payée.")
        if tried.invented
        else _("Pot d’essai : les ventes déjà payées, %(pot)s hors TVA. Rien n’en est retiré.")
        % {"pot": euros(tried.pot)}
    )
    worked = _("Heures : %(hours)s confirmées jusqu’ici, dans les sortes choisies.") % {
        "hours": format_minutes(sum(tried.minutes.values()))
    }
    return WhatIf(
        caption=_("Et si ? Les trois règles sur les mêmes heures"),
        basis=(pot, worked),
        spreads=tuple(
            Spread(
                str(trial.kind.label),
                tuple(sorted((trial.parts or {}).values())),
                rules.total_of(trial),
                trial.why,
            )
            for trial in tried.trials
        ),
    )


def _own_lines(
    enrolment_id: int, cohort_id: int, settings: Settings, day: dt.date
) -> dict[str, str]:
    tried = rules.simulate(cohort_id, settings["counted_kinds"], day)
    worked = tried.minutes.get(enrolment_id, 0)
    lines = {}
    for trial in tried.trials:
        if trial.parts is None or enrolment_id not in trial.parts:
            continue
        words = {
            "hours": format_minutes(worked),
            "part": euros(trial.parts[enrolment_id]),
            "pot": euros(tried.pot),
        }
        lines[trial.kind.value] = (
            _("Avec tes %(hours)s, sur un pot inventé de %(pot)s : environ %(part)s.") % words
            if tried.invented
            else _("Avec tes %(hours)s : environ %(part)s.") % words
        )
    return lines


def _apply(outcome: Outcome, day: dt.date) -> str:
    settings = outcome.poll.effect_settings
    rule = split_rules.adopt(
        outcome=outcome,
        kind=outcome.winner.code if outcome.winner else settings["kind"],
        counted_kinds=settings["counted_kinds"],
        in_force_from=day,
    )
    return _("Règle de partage n° %(version)s : « %(rule)s », à partir du %(day)s.") % {
        "version": rule.version,
        "rule": SplitKind(rule.kind).label,
        "day": format_day(rule.in_force_from),
    }


def register_effects() -> None:
    register(
        Effect(
            code=CODE,
            label=gettext_lazy("Choisir la règle de partage"),
            icon="partage",
            summary=gettext_lazy("Le groupe choisit comment le pot commun devient des parts."),
            question=gettext_lazy("Comment partager l’argent ?"),
            subject=Subject.SEVERAL_SHARING_RULES,
            form=SharingRuleForm,
            settings=_settings,
            choices=_choices,
            starts_on=_starts_on,
            law=lambda settings: CODE,
            preview=_preview,
            what_if=_what_if,
            own_lines=_own_lines,
            apply=_apply,
            only_replaced=ONLY_REPLACED,
        )
    )
    register(
        Effect(
            code="one_sharing_rule",
            label=gettext_lazy("Adopter une règle de partage"),
            icon="partage",
            summary=gettext_lazy("Une seule règle, oui ou non, à deux tiers des voix."),
            question=gettext_lazy("Adopte-t-on cette règle de partage ?"),
            subject=Subject.ONE_SHARING_RULE,
            form=OneRuleForm,
            settings=_one_settings,
            starts_on=_starts_on,
            law=lambda settings: CODE,
            preview=_one_preview,
            what_if=_what_if,
            apply=_apply,
            only_replaced=ONLY_REPLACED,
        )
    )
