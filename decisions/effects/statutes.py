"""Change the cohort's own rules of voting: all of them on one page, one vote, two thirds."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext as _say
from django.utils.translation import gettext_lazy as _

from ct_platform.kit.clock import format_day
from decisions.effects import Effect, EffectForm, Settings, _asking
from decisions.enums import Base, TieRule
from decisions.models import Outcome, Statutes
from decisions.rules.chooser import Subject
from decisions.selectors.statutes import statutes_in_force
from decisions.services.statutes import RULES, write_next

QUORUMS = [
    ("0/1", _("aucun : un vote compte toujours")),
    ("1/4", _("un quart des personnes")),
    ("1/3", _("un tiers des personnes")),
    ("1/2", _("la moitié des personnes")),
    ("2/3", _("deux tiers des personnes")),
    ("3/4", _("trois quarts des personnes")),
    ("1/1", _("tout le monde")),
]


def _whole(label: Any, low: int, high: int, help_text: Any = "") -> forms.IntegerField:
    said = format_lazy(_("Il faut un nombre de {low} à {high}."), low=low, high=high)
    wrong = dict.fromkeys(("required", "invalid", "min_value", "max_value"), said)
    return forms.IntegerField(
        label=label, min_value=low, max_value=high, help_text=help_text, error_messages=wrong
    )


class StatutesForm(EffectForm):
    """Filled with the rules in force: what is not changed stays."""

    quorum = forms.ChoiceField(
        label=_("Pour qu’un vote compte, il faut"),
        choices=QUORUMS,
        error_messages={"required": _("Il manque un choix dans la liste.")},
    )
    majority_base = forms.ChoiceField(label=_("La majorité se compte sur"), choices=Base.choices)
    tie_rule = forms.ChoiceField(label=_("En cas d’égalité"), choices=TieRule.choices)
    notice_hours = _whole(_("Heures au moins entre l’ouverture et la fin d’un vote"), 0, 336)
    proxies_per_holder = _whole(_("Procurations qu’une personne peut porter"), 0, 5)
    consent_rounds = _whole(_("Tours de consentement, au plus"), 1, 9)
    contest_days = _whole(_("Jours pour contester un vote"), 1, 60)
    seal_persons = forms.BooleanField(
        label=_("Les votes sur des personnes sont scellés"), required=False
    )
    seal_money = forms.BooleanField(label=_("Les votes sur l’argent sont scellés"), required=False)
    concerned_vote = forms.BooleanField(label=_("La personne concernée vote aussi"), required=False)
    in_force_from = _asking.start_field(_("Les statuts commencent le"))

    def offer(self) -> None:
        now = statutes_in_force(self.cohort.pk, self.today) or Statutes()
        shown = {name: getattr(now, name) for name in RULES}
        shown["quorum"] = f"{now.quorum_numerator}/{now.quorum_denominator}"
        self.initial = {**shown, **self.initial}
        offered = dict(QUORUMS)
        if shown["quorum"] not in offered:
            line = (shown["quorum"], f"{shown['quorum']} {_say('des personnes')}")
            _asking.fill(self, "quorum", [*QUORUMS, line])


def _settings(cleaned: Mapping[str, Any]) -> dict[str, Any]:
    default = Statutes()
    kept = {name: cleaned.get(name, getattr(default, name)) for name in RULES}
    return {
        **kept,
        "quorum": cleaned.get("quorum") or "1/2",
        "in_force_from": _asking.day(cleaned, "in_force_from"),
    }


def _rules(settings: Settings) -> dict[str, Any]:
    top, _slash, bottom = settings["quorum"].partition("/")
    kept = {name: settings[name] for name in RULES if name in settings}
    return {**kept, "quorum_numerator": int(top), "quorum_denominator": int(bottom)}


def _preview(settings: Settings, begins: dt.date) -> list[str]:
    """Every rule in words: who votes on statutes reads them whole."""
    quorum = str(dict(QUORUMS).get(settings["quorum"], settings["quorum"]))
    yes, no = _say("oui"), _say("non")
    words = {
        _say("Pour qu’un vote compte, il faut"): quorum,
        _say("La majorité se compte sur"): Base(settings["majority_base"]).label,
        _say("En cas d’égalité"): TieRule(settings["tie_rule"]).label,
        _say("Heures au moins pour voter"): settings["notice_hours"],
        _say("Procurations par personne"): settings["proxies_per_holder"],
        _say("Tours de consentement"): settings["consent_rounds"],
        _say("Jours pour contester"): settings["contest_days"],
        _say("Votes sur des personnes scellés"): yes if settings["seal_persons"] else no,
        _say("Votes sur l’argent scellés"): yes if settings["seal_money"] else no,
        _say("La personne concernée vote"): yes if settings["concerned_vote"] else no,
    }
    said = [f"{label} : {value}." for label, value in words.items()]
    begin = _say("Ces statuts commencent le %(day)s. Les votes ouverts gardent les leurs.")
    return [*said, begin % {"day": format_day(begins)}]


def _apply(outcome: Outcome, day: dt.date) -> str:
    written = write_next(outcome=outcome, rules=_rules(outcome.poll.effect_settings), day=day)
    return _say("Statuts, version %(version)s, à partir du %(day)s.") % {
        "version": written.version,
        "day": format_day(written.in_force_from),
    }


def effects() -> list[Effect]:
    return [
        Effect(
            code="statutes",
            label=_("Changer les statuts"),
            icon="bouclier",
            summary=_("Quorum, procurations, secret : les règles de tous les votes."),
            question=_("Adopte-t-on ces statuts ?"),
            subject=Subject.STATUTES,
            form=StatutesForm,
            settings=_settings,
            starts_on=_asking.starts_on,
            law=lambda settings: "statutes",
            preview=_preview,
            apply=_apply,
            only_replaced=_(
                "Des statuts ne se retirent pas : on en adopte d’autres, par un nouveau vote."
            ),
        )
    ]
