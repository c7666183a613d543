"""What changes no figure: a rule or text we live with, a name or a day to pick, things to order."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _say
from django.utils.translation import gettext_lazy as _

from cohorts.models import Enrolment
from ct_platform.kit.clock import format_day
from ct_platform.kit.errors import Refused
from ct_platform.kit.form_fields import DayField
from decisions.effects import Choice, Effect, EffectForm, Settings, _asking
from decisions.models import Outcome
from decisions.rules.chooser import Subject

ANSWER = "answer-"
MOST_ANSWERS = 20
LONGEST_ANSWER = 140


class LivingRuleForm(EffectForm):
    owner = _asking.one_of_field(
        _("Qui en prend soin"), _("Cette personne en reparle au groupe."), required=False
    )
    in_force_from = _asking.start_field(_("À partir du"))
    review_on = DayField(
        label=_("On en reparle le"),
        required=False,
        help_text=_("Ce jour-là, le groupe dit si le texte lui va encore."),
    )
    ends_on = _asking.end_field(_("Jusqu’au"))

    def offer(self) -> None:
        people = _asking.active_people(self.cohort)
        _asking.fill(self, "owner", people, empty=_("Tout le groupe"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        _asking.check_days(cleaned, self)
        if (review := cleaned.get("review_on")) and review <= self.today:
            self.add_error("review_on", _say("Ce jour est passé. Il faut un jour à venir."))
        key = cleaned.get("owner") or ""
        cleaned["name"] = _asking.labels_of(self, "owner", [key]).get(key, "")
        return cleaned


def _rule_settings(cleaned: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "owner": cleaned.get("owner") or "",
        "name": cleaned.get("name") or "",
        "in_force_from": _asking.day(cleaned, "in_force_from"),
        "review_on": _asking.day(cleaned, "review_on"),
        "ends_on": _asking.day(cleaned, "ends_on"),
    }


def _rule_preview(settings: Settings, begins: dt.date) -> list[str]:
    said = [_say("Ce texte vaut %(days)s.") % {"days": _asking.until(settings, begins)}]
    if settings["name"]:
        said.append(_say("%(name)s en prend soin.") % {"name": settings["name"]})
    if review := _asking.review_on(settings):
        said.append(_say("On en reparle le %(day)s.") % {"day": format_day(review)})
    return said


def _adopt_rule(outcome: Outcome, day: dt.date) -> str:
    settings = outcome.poll.effect_settings
    if settings["owner"]:
        owner = (
            Enrolment.objects.of_cohort(outcome.cohort_id)
            .active()
            .filter(pk=int(settings["owner"]))
        )
        if not owner.exists():
            raise Refused(
                _say("%(name)s n’est plus dans la coopérative : qui prend soin de ce texte ?")
                % {"name": settings["name"]}
            )
    return " ".join(_rule_preview(settings, day))


class AnswersForm(EffectForm):
    answers = forms.CharField(
        label=_("Les réponses proposées"),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=4000,
        help_text=_("Une par ligne, de 2 à 20."),
        error_messages={"required": _("Il manque les réponses, une par ligne.")},
    )
    in_force_from = _asking.start_field(_("À partir du"))

    def clean_answers(self) -> list[str]:
        lines = [" ".join(line.split()) for line in self.cleaned_data["answers"].splitlines()]
        found = [line for line in lines if line]
        if len({line.casefold() for line in found}) != len(found):
            raise forms.ValidationError(_say("Une réponse est écrite 2 fois."))
        if not 2 <= len(found) <= MOST_ANSWERS:
            raise forms.ValidationError(_say("Il faut de 2 à 20 réponses, une par ligne."))
        if any(len(line) > LONGEST_ANSWER for line in found):
            raise forms.ValidationError(_say("Une réponse a 140 signes au plus."))
        return found


def _answers_settings(cleaned: Mapping[str, Any]) -> dict[str, Any]:
    answers = cleaned.get("answers")
    return {
        "answers": "\n".join(answers) if isinstance(answers, list) else "",
        "in_force_from": _asking.day(cleaned, "in_force_from"),
    }


def _answers(settings: Settings) -> list[Choice]:
    lines = settings["answers"].splitlines()
    return [Choice(f"{ANSWER}{place}", line) for place, line in enumerate(lines, start=1)]


def _pick_preview(settings: Settings, begins: dt.date) -> list[str]:
    return [_say("La réponse choisie vaut à partir du %(day)s.") % {"day": format_day(begins)}]


def _order_preview(settings: Settings, begins: dt.date) -> list[str]:
    return [
        _say("Le groupe suit cet ordre à partir du %(day)s : le premier d’abord.")
        % {"day": format_day(begins)}
    ]


def _pick(outcome: Outcome, day: dt.date) -> str:
    said = _say("Choisi : %(answer)s, à partir du %(day)s.")
    return said % {"answer": outcome.answer, "day": format_day(day)}


def _order(outcome: Outcome, day: dt.date) -> str:
    """The whole order, ties on one place, as far as the register's line can hold it."""
    labels = {option.code: option.label for option in outcome.poll.options.all()}
    layers = outcome.tally.get("ranking") or [outcome.winners]
    text = " ; ".join(
        f"{place}. {', '.join(labels[code] for code in layer)}"
        for place, layer in enumerate(layers, start=1)
    )
    said = text if len(text) <= 220 else f"{text[:219]}…"
    return _say("L’ordre : %(order)s.") % {"order": said}


def effects() -> list[Effect]:
    answers: dict[str, Any] = {
        "form": AnswersForm,
        "settings": _answers_settings,
        "choices": _answers,
        "starts_on": _asking.starts_on,
    }
    return [
        Effect(
            code="living_rule",
            label=_("Adopter une règle de vie"),
            icon="papier",
            summary=_("Un texte du groupe : horaires, pauses, ménage…"),
            question=_("Adopte-t-on cette règle ?"),
            subject=Subject.LIVING_RULE,
            form=LivingRuleForm,
            settings=_rule_settings,
            starts_on=_asking.starts_on,
            ends_on=_asking.ends_on,
            review_on=_asking.review_on,
            preview=_rule_preview,
            apply=_adopt_rule,
        ),
        Effect(
            code="pick",
            label=_("Choisir un nom, un jour, un menu"),
            icon="bulle",
            summary=_("Le groupe choisit une réponse parmi plusieurs."),
            question=_("Que choisit-on ?"),
            subject=Subject.PICK,
            preview=_pick_preview,
            apply=_pick,
            **answers,
        ),
        Effect(
            code="order",
            label=_("Mettre des projets dans l’ordre"),
            icon="graphique",
            summary=_("Le groupe dit ce qui vient en premier."),
            question=_("Que fait-on en premier ?"),
            subject=Subject.ORDER,
            preview=_order_preview,
            apply=_order,
            **answers,
        ),
    ]
