"""Allow a spending, and spend a reserve over several uses by equal shares."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _say
from django.utils.translation import gettext_lazy as _

from ct_platform.kit.money import euros, parse_amount
from decisions.effects import Choice, Effect, EffectForm, Settings, _asking
from decisions.models import Outcome
from decisions.rules.chooser import Subject
from projects.models import SpendingLimit
from projects.services import agreed

USE = "use-"
MOST_USES = 20


class LimitForm(EffectForm):
    label = forms.CharField(
        label=_("Pour quoi"),
        max_length=SpendingLimit._meta.get_field("label").max_length,
        error_messages={"required": _("Il manque ce qu’on achète.")},
    )
    amount = _asking.AboveZero(label=_("Montant, au plus, en euros"))
    holder = _asking.one_of_field(_("Qui peut le dépenser"), required=False)
    in_force_from = _asking.start_field(_("À partir du"))
    ends_on = _asking.end_field(_("Jusqu’au"))

    def offer(self) -> None:
        people = _asking.active_people(self.cohort)
        _asking.fill(self, "holder", people, empty=_("Tout le groupe"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        _asking.check_days(cleaned, self)
        key = cleaned.get("holder") or ""
        cleaned["name"] = _asking.labels_of(self, "holder", [key]).get(key, "")
        return cleaned


def _limit_settings(cleaned: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "label": " ".join((cleaned.get("label") or "").split()),
        "amount": _asking.cents(cleaned, "amount"),
        "holder": cleaned.get("holder") or "",
        "name": cleaned.get("name") or "",
        "in_force_from": _asking.day(cleaned, "in_force_from"),
        "ends_on": _asking.day(cleaned, "ends_on"),
    }


def _limit_said(settings: Settings, begins: dt.date) -> str:
    words = {
        "amount": euros(_asking.amount_of(settings)),
        "label": settings["label"],
        "days": _asking.until(settings, begins),
        "name": settings["name"],
    }
    if settings["name"]:
        return (
            _say("%(name)s peut dépenser %(amount)s au plus pour « %(label)s », %(days)s.") % words
        )
    return _say("Le groupe peut dépenser %(amount)s au plus pour « %(label)s », %(days)s.") % words


def _allow(outcome: Outcome, day: dt.date) -> str:
    settings = outcome.poll.effect_settings
    agreed.allow_spending(
        cohort_id=outcome.cohort_id,
        label=settings["label"],
        amount=_asking.amount_of(settings),
        starts_on=day,
        ends_on=_asking.ends_on(settings),
        holder_id=int(settings["holder"]) if settings["holder"] else None,
        decision_number=outcome.number,
    )
    return _limit_said(settings, day)


def _stop(outcome: Outcome, number: int, day: dt.date) -> str:
    stopped = agreed.stop_spending(
        cohort_id=outcome.cohort_id,
        given_by=outcome.number,
        last_day=day - dt.timedelta(days=1),
    )
    labels = ", ".join(f"« {one.label} »" for one in stopped)
    return _say("On ne dépense plus pour %(labels)s.") % {"labels": labels} if stopped else ""


class ReserveForm(EffectForm):
    budget = _asking.AboveZero(label=_("La réserve à dépenser, en euros"))
    uses = forms.CharField(
        label=_("Les usages proposés"),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=4000,
        help_text=_("Un par ligne, avec son prix à la fin. Par exemple : Outils : 120,00."),
        error_messages={"required": _("Il manque les usages, un par ligne.")},
    )
    in_force_from = _asking.start_field(_("À partir du"))
    ends_on = _asking.end_field(_("À dépenser jusqu’au"))

    def clean_uses(self) -> list[tuple[str, Decimal]]:
        found = [read_use(line) for line in self.cleaned_data["uses"].splitlines() if line.strip()]
        labels = [label.casefold() for label, _amount in found]
        if len(set(labels)) != len(labels):
            raise forms.ValidationError(_say("Un usage est écrit 2 fois."))
        if not 2 <= len(found) <= MOST_USES:
            raise forms.ValidationError(_say("Il faut de 2 à 20 usages, un par ligne."))
        return found

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        _asking.check_days(cleaned, self)
        budget = cleaned.get("budget")
        for label, amount in cleaned.get("uses") or ():
            if budget is not None and amount > budget:
                self.add_error(
                    "uses",
                    _say("« %(label)s » coûte plus que la réserve.") % {"label": label},
                )
        return cleaned


def read_use(line: str) -> tuple[str, Decimal]:
    """ "Outils : 120,00" → its label and its cost; ValidationError with the line otherwise."""
    label, colon, price = line.rpartition(":")
    amount = parse_amount(price) if colon else None
    label = " ".join(label.split())
    if not label or amount is None or not _asking.LEAST <= amount <= _asking.MOST:
        raise forms.ValidationError(
            _say("« %(line)s » : il faut l’usage, deux-points, puis le prix. Outils : 120,00.")
            % {"line": line.strip()[:60]}
        )
    if len(label) > SpendingLimit._meta.get_field("label").max_length:
        raise forms.ValidationError(_say("« %(line)s » est trop long.") % {"line": label[:60]})
    return label, amount


def _reserve_settings(cleaned: Mapping[str, Any]) -> dict[str, Any]:
    uses = cleaned.get("uses")
    return {
        "budget": _asking.cents(cleaned, "budget"),
        "uses": "\n".join(f"{label} : {cost:.2f}" for label, cost in uses)
        if isinstance(uses, list)
        else "",
        "in_force_from": _asking.day(cleaned, "in_force_from"),
        "ends_on": _asking.day(cleaned, "ends_on"),
    }


def _uses(settings: Settings) -> list[tuple[str, Decimal]]:
    return [read_use(line) for line in settings["uses"].splitlines()]


def _reserve_choices(settings: Settings) -> list[Choice]:
    return [
        Choice(f"{USE}{place}", label, euros(cost), _asking.whole_cents(str(cost)))
        for place, (label, cost) in enumerate(_uses(settings), start=1)
    ]


def _budget(settings: Settings, method: str) -> dict[str, Any]:
    cents = _asking.whole_cents(settings["budget"])
    return {"budget": cents} if method == "equal-shares" else {}


def _reserve_preview(settings: Settings, begins: dt.date) -> list[str]:
    return [
        _say("Réserve à dépenser : %(budget)s.")
        % {"budget": euros(_asking.amount_of(settings, "budget"))},
        _say("Chaque usage choisi peut être dépensé, au plus à son prix, %(days)s.")
        % {"days": _asking.until(settings, begins)},
    ]


def _spend(outcome: Outcome, day: dt.date) -> str:
    settings = outcome.poll.effect_settings
    bought = {option.code: option for option in outcome.poll.options.all()}
    chosen = [bought[code] for code in outcome.winners]
    for option in chosen:
        agreed.allow_spending(
            cohort_id=outcome.cohort_id,
            label=option.label,
            amount=Decimal(option.cost_cents).scaleb(-2),
            starts_on=day,
            ends_on=_asking.ends_on(settings),
            holder_id=None,
            decision_number=outcome.number,
        )
    total = sum((Decimal(one.cost_cents).scaleb(-2) for one in chosen), Decimal(0))
    return _say("%(total)s à dépenser sur %(budget)s : %(uses)s.") % {
        "total": euros(total),
        "budget": euros(_asking.amount_of(settings, "budget")),
        "uses": _shortly([one.label for one in chosen]),
    }


def _shortly(labels: list[str]) -> str:
    """Labels in the width of a sentence of the register; the poll keeps them all."""
    text = ", ".join(labels)
    return text if len(text) <= 200 else f"{text[:199]}…"


def effects() -> list[Effect]:
    return [
        Effect(
            code="spending_limit",
            label=_("Autoriser une dépense"),
            icon="cagnotte",
            summary=_("Un montant au plus, pour une chose."),
            question=_("Autorise-t-on cette dépense ?"),
            subject=Subject.YES_NO,
            form=LimitForm,
            settings=_limit_settings,
            starts_on=_asking.starts_on,
            ends_on=_asking.ends_on,
            preview=lambda settings, begins: [_limit_said(settings, begins)],
            apply=_allow,
            undo=_stop,
        ),
        Effect(
            code="spend_reserve",
            label=_("Dépenser une réserve"),
            icon="cagnotte",
            summary=_("Plusieurs usages, un seul budget : chaque voix pèse autant."),
            question=_("À quoi sert la réserve ?"),
            subject=Subject.SPEND_RESERVE,
            form=ReserveForm,
            settings=_reserve_settings,
            choices=_reserve_choices,
            rule=_budget,
            starts_on=_asking.starts_on,
            ends_on=_asking.ends_on,
            preview=_reserve_preview,
            apply=_spend,
            undo=_stop,
        ),
    ]
