"""End an earlier decision by a new one. What was done stays done, but for what can end cleanly."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _say
from django.utils.translation import gettext_lazy as _

from ct_platform.kit.clock import format_day
from ct_platform.kit.errors import Refused
from decisions import effects as registry
from decisions.effects import Effect, EffectForm, Settings, _asking
from decisions.models import Outcome
from decisions.rules.chooser import Subject
from decisions.selectors.register import all_in_force


class RepealForm(EffectForm):
    decision = _asking.one_of_field(_("Quelle décision finit"))
    in_force_from = _asking.start_field(_("À partir du"))

    def offer(self) -> None:
        held = {str(one.number): one for one in all_in_force(self.cohort.pk, self.today)}
        self.kept = {key: why for key, one in held.items() if (why := _only_replaced(one))}
        self.offered = {key: one for key, one in held.items() if key not in self.kept}
        lines = (
            (key, _say("n° %(n)s : %(title)s") % {"n": key, "title": one.poll.proposal.title})
            for key, one in self.offered.items()
        )
        none = _("Aucune décision à finir") if not self.offered else _("Choisir")
        _asking.fill(self, "decision", lines, empty=none)
        self.fields["decision"].help_text = " ".join(dict.fromkeys(self.kept.values()))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if why := self.kept.get(str(self.data.get(self.add_prefix("decision"), ""))):
            self.errors.pop("decision", None)
            self.add_error("decision", why)
        found = self.offered.get(cleaned.get("decision", ""))
        cleaned["title"] = found.poll.proposal.title if found else ""
        return cleaned


def _settings(cleaned: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "decision": cleaned.get("decision") or "",
        "title": cleaned.get("title") or "",
        "in_force_from": _asking.day(cleaned, "in_force_from"),
    }


def _preview(settings: Settings, begins: dt.date) -> list[str]:
    return [
        _say("La décision n° %(n)s, « %(title)s », finit le %(day)s.")
        % {"n": settings["decision"], "title": settings["title"], "day": format_day(begins)},
        _say(
            "Un mandat, un prix ou une dépense qu’elle a donnés finissent. "
            "Le reste de ce qui est fait reste."
        ),
    ]


def _apply(outcome: Outcome, day: dt.date) -> str:
    ended = outcome.repeals
    number = outcome.poll.effect_settings["decision"]
    if ended is None:
        raise Refused(_say("La décision n° %(n)s n’est pas dans ce registre.") % {"n": number})
    if why := _only_replaced(ended):
        raise Refused(why)
    effect = registry.get(ended.poll.proposal.effect_code)
    if all(one.pk != ended.pk for one in all_in_force(outcome.cohort_id, day)):
        raise Refused(_say("La décision n° %(n)s n’est déjà plus en vigueur.") % {"n": number})
    said = effect.undo(ended, outcome.number, day) if effect.undo else ""
    return " ".join(
        [
            _say("La décision n° %(n)s n’est plus en vigueur depuis le %(day)s.")
            % {"n": number, "day": format_day(day)},
            said or _say("Ce qui a déjà été fait reste fait."),
        ]
    )


def _only_replaced(outcome: Outcome) -> str:
    """Why that decision does not end without another; empty when it does."""
    return str(registry.get(outcome.poll.proposal.effect_code).only_replaced)


def effects() -> list[Effect]:
    return [
        Effect(
            code="repeal",
            label=_("Finir une décision"),
            icon="non-rond",
            summary=_("Une décision d’avant ne vaut plus."),
            question=_("Cette décision finit-elle ?"),
            subject=Subject.YES_NO,
            form=RepealForm,
            settings=_settings,
            starts_on=_asking.starts_on,
            law=lambda settings: f"repeal:{settings['decision']}",
            repeals=lambda settings: int(settings["decision"]) if settings["decision"] else None,
            preview=_preview,
            apply=_apply,
            act=True,
        )
    ]
