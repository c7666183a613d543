"""The price of one thing sold: one yes or no, or one among several."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _say
from django.utils.translation import gettext_lazy as _

from ct_platform.kit.clock import format_day
from ct_platform.kit.money import euros, from_cents, parse_amount
from decisions.effects import Choice, Effect, EffectForm, Settings, _asking
from decisions.models import Outcome
from decisions.rules.chooser import Subject
from projects.models import AgreedPrice, Project
from projects.services import agreed

PRICE = "price-"
MOST_PRICES = 8


class PriceForm(EffectForm):
    project = _asking.one_of_field(_("Activité"))
    label = forms.CharField(
        label=_("Ce qu’on vend"),
        max_length=AgreedPrice._meta.get_field("label").max_length,
        help_text=_("Par exemple : panier moyen, heure de ménage."),
        error_messages={"required": _("Il manque ce qu’on vend.")},
    )
    unit = forms.CharField(
        label=_("L’unité"),
        required=False,
        max_length=AgreedPrice._meta.get_field("unit").max_length,
        help_text=_("Par exemple : le panier, l’heure, le kilo."),
    )
    amount = _asking.AboveZero(
        label=_("Prix, TVA comprise, en euros"), help_text=_("Ce que paie le client.")
    )
    in_force_from = _asking.start_field(_("Le prix commence le"))

    def offer(self) -> None:
        projects = Project.objects.of_cohort(self.cohort.pk)
        _asking.fill(self, "project", ((one.pk, one.name) for one in projects), empty=_("Choisir"))


class PricesForm(PriceForm):
    """Several prices on one line each."""

    amount = None  # type: ignore[assignment]
    amounts = forms.CharField(
        label=_("Les prix proposés, TVA comprise, en euros"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=200,
        help_text=_("Un prix par ligne, de 2 à 8. Par exemple : 12,50."),
        error_messages={"required": _("Il manque les prix, un par ligne.")},
    )
    field_order = ["project", "label", "unit", "amounts", "in_force_from"]

    def clean_amounts(self) -> list[Decimal]:
        found = []
        for line in self.cleaned_data["amounts"].splitlines():
            if not line.strip():
                continue
            amount = parse_amount(line)
            if amount is None or not _asking.LEAST <= amount <= _asking.MOST:
                raise forms.ValidationError(
                    _say("« %(line)s » n’est pas un prix. Par exemple : 12,50.")
                    % {"line": line.strip()[:30]}
                )
            found.append(amount)
        if len(set(found)) != len(found):
            raise forms.ValidationError(_say("Un prix est écrit 2 fois."))
        if not 2 <= len(found) <= MOST_PRICES:
            raise forms.ValidationError(_say("Il faut de 2 à 8 prix, un par ligne."))
        return sorted(found)


def _settings(cleaned: Mapping[str, Any]) -> dict[str, Any]:
    several = cleaned.get("amounts")
    return {
        "project": cleaned.get("project") or "",
        "label": " ".join((cleaned.get("label") or "").split()),
        "unit": " ".join((cleaned.get("unit") or "").split()),
        "amount": _asking.cents(cleaned, "amount"),
        "amounts": "\n".join(f"{one:.2f}" for one in several) if isinstance(several, list) else "",
        "in_force_from": _asking.day(cleaned, "in_force_from"),
    }


def _said(settings: Settings, amount: Decimal) -> str:
    """ "12,50 € le panier"."""
    return f"{euros(amount)} {settings['unit']}".rstrip()


def _choices(settings: Settings) -> list[Choice]:
    prices = [Decimal(line) for line in settings["amounts"].split()]
    return [
        Choice(f"{PRICE}{_asking.whole_cents(str(one))}", _said(settings, one)) for one in prices
    ]


def _preview(settings: Settings, begins: dt.date) -> list[str]:
    words = {"label": settings["label"], "day": format_day(begins)}
    if settings["amounts"]:
        return [_say("Le prix choisi pour « %(label)s » commence le %(day)s.") % words]
    price = _said(settings, _asking.amount_of(settings))
    return [
        _say("« %(label)s » : %(price)s, à partir du %(day)s.") % {**words, "price": price},
        _say("Si le groupe dit non, le prix d’avant reste."),
    ]


def _apply(outcome: Outcome, day: dt.date) -> str:
    settings = outcome.poll.effect_settings
    amount = (
        from_cents(int(outcome.winners[0].removeprefix(PRICE)))
        if outcome.winners
        else _asking.amount_of(settings)
    )
    agreed.set_price(
        cohort_id=outcome.cohort_id,
        project_id=int(settings["project"] or 0),
        label=settings["label"],
        unit=settings["unit"],
        amount=amount,
        starts_on=day,
        decision_number=outcome.number,
    )
    return _say("Prix de « %(label)s » : %(price)s, TVA comprise, à partir du %(day)s.") % {
        "label": settings["label"],
        "price": _said(settings, amount),
        "day": format_day(day),
    }


def _end(outcome: Outcome, number: int, day: dt.date) -> str:
    ended = agreed.end_price(
        cohort_id=outcome.cohort_id,
        given_by=outcome.number,
        last_day=day - dt.timedelta(days=1),
        decision_number=number,
    )
    labels = ", ".join(f"« {one.label} »" for one in ended)
    return _say("Plus de prix décidé pour %(labels)s.") % {"labels": labels} if ended else ""


def effects() -> list[Effect]:
    shared: dict[str, Any] = {
        "icon": "vente",
        "settings": _settings,
        "starts_on": _asking.starts_on,
        "law": lambda settings: (
            f"price:{settings['project']}:{_asking.subject_code(settings['label'])}"
        ),
        "preview": _preview,
        "apply": _apply,
        "undo": _end,
    }
    return [
        Effect(
            code="price",
            label=_("Fixer un prix"),
            summary=_("Un prix, oui ou non."),
            question=_("Est-on d’accord avec ce prix ?"),
            subject=Subject.YES_NO,
            form=PriceForm,
            **shared,
        ),
        Effect(
            code="prices",
            label=_("Choisir entre plusieurs prix"),
            summary=_("Le groupe choisit parmi 2 à 8 prix."),
            question=_("Quel prix choisit-on ?"),
            subject=Subject.PICK,
            form=PricesForm,
            choices=_choices,
            **shared,
        ),
    ]
