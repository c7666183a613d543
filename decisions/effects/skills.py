"""Adopt the grid of skills: the words by which the group says what people can do here."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _say
from django.utils.translation import gettext_lazy as _

from cohorts.rules.skills import SkillWords, read_grid, write_grid
from cohorts.selectors.skills import proposed_words, words_of
from cohorts.services.skill_grids import adopt_grid, grid_sentence
from ct_platform.kit.errors import Refused
from decisions.effects import Effect, EffectForm, Settings, _asking
from decisions.models import Outcome
from decisions.rules.chooser import Subject


class GridForm(EffectForm):
    words = forms.CharField(
        label=_("Les compétences, une par ligne"),
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("Les mots du groupe. Après deux points, ce que ça veut dire ici."),
        error_messages={"required": _("Au moins une compétence.")},
    )
    in_force_from = _asking.start_field(_("À partir du"))

    def offer(self) -> None:
        words = words_of(self.cohort.pk) or proposed_words()
        self.fields["words"].initial = write_grid(words)

    def clean_words(self) -> str:
        words = read_grid(self.cleaned_data["words"])
        sentence = grid_sentence(words)
        if sentence:
            raise forms.ValidationError(sentence)
        return write_grid(words)


def _settings(cleaned: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "words": cleaned.get("words") or "",
        "in_force_from": _asking.day(cleaned, "in_force_from"),
    }


def _words(settings: Settings) -> tuple[SkillWords, ...]:
    return read_grid(settings.get("words") or "")


def _preview(settings: Settings, begins: dt.date) -> list[str]:
    said = [
        f"{one.title} : {one.meaning}" if one.meaning else one.title for one in _words(settings)
    ]
    return [
        *said,
        _say("Chaque personne dit où elle en est ; les autres confirment ce qu’ils ont vu."),
    ]


def _adopt(outcome: Outcome, day: dt.date) -> str:
    words = _words(outcome.poll.effect_settings)
    sentence = grid_sentence(words)
    if sentence:
        raise Refused(sentence)
    adopt_grid(
        cohort_id=outcome.cohort_id,
        words=words,
        adopted_on=day,
        decision_number=outcome.number,
    )
    return _say("La grille de compétences a %(n)d lignes : %(titles)s.") % {
        "n": len(words),
        "titles": _shortly([one.title for one in words]),
    }


def _shortly(titles: list[str]) -> str:
    text = ", ".join(titles)
    return text if len(text) <= 200 else f"{text[:199]}…"


def effects() -> list[Effect]:
    return [
        Effect(
            code="skill_grid",
            label=_("Adopter la grille de compétences"),
            icon="attestation",
            summary=_("Les mots du groupe pour dire ce que chaque personne sait faire."),
            question=_("Est-ce que cette grille de compétences nous va ?"),
            subject=Subject.LIVING_RULE,
            form=GridForm,
            settings=_settings,
            starts_on=_asking.starts_on,
            law=lambda settings: "skill_grid",
            only_replaced=True,
            preview=_preview,
            apply=_adopt,
        )
    ]
