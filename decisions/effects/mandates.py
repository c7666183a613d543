"""Give a mandate to one person or to several, and end one before its day."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _say
from django.utils.translation import gettext_lazy as _

from cohorts.models import Mandate
from cohorts.services import mandates
from ct_platform.kit.clock import format_day
from ct_platform.kit.errors import Refused
from decisions.effects import Choice, Effect, EffectForm, Partly, Settings, _asking
from decisions.models import Outcome
from decisions.rules.chooser import Subject

PERSON = "person-"


class ElectionForm(EffectForm):
    title = forms.CharField(
        label=_("Le mandat"),
        max_length=Mandate._meta.get_field("title").max_length,
        help_text=_("Par exemple : trésorerie, commission ventes, présidence."),
        error_messages={"required": _("Il manque le nom du mandat.")},
    )
    people = forms.MultipleChoiceField(
        label=_("Qui peut être choisi"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Les personnes qui sont d’accord, et elles seules."),
        error_messages={
            "required": _("Il faut cocher une personne au moins."),
            "invalid_choice": _("Il faut cocher des personnes de la liste."),
        },
    )
    in_force_from = _asking.start_field(_("Le mandat commence le"))
    ends_on = _asking.end_field(_("Dernier jour du mandat"))
    replaces = forms.BooleanField(
        label=_("Les personnes qui ont déjà ce mandat le quittent la veille"),
        required=False,
        initial=True,
    )

    def offer(self) -> None:
        _asking.fill(self, "people", _asking.active_people(self.cohort))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        _asking.check_days(cleaned, self)
        cleaned["names"] = _asking.labels_of(self, "people", cleaned.get("people") or ())
        return cleaned


class SeatsForm(ElectionForm):
    seats = forms.IntegerField(
        label=_("Combien de personnes"),
        min_value=2,
        max_value=20,
        initial=2,
        error_messages={
            "required": _("Il manque le nombre de personnes, en chiffres."),
            "invalid": _("Il manque le nombre de personnes, en chiffres."),
            "min_value": _("Au moins 2. Pour 1 personne, c’est « Donner un mandat à 1 personne »."),
            "max_value": _("20 personnes au plus."),
        },
    )
    field_order = ["title", "people", "seats"]


def _settings(cleaned: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "title": " ".join((cleaned.get("title") or "").split()),
        "people": list(cleaned.get("people") or ()),
        "names": dict(cleaned.get("names") or {}),
        "seats": cleaned.get("seats") or 1,
        "in_force_from": _asking.day(cleaned, "in_force_from"),
        "ends_on": _asking.day(cleaned, "ends_on"),
        "replaces": bool(cleaned.get("replaces")),
    }


def _choices(settings: Settings) -> list[Choice]:
    return [Choice(f"{PERSON}{one}", settings["names"].get(one, "")) for one in settings["people"]]


def _law(settings: Settings) -> str:
    """Who replaces the earlier holders is the law on that mandate; who joins them stands beside."""
    return f"mandate:{_asking.subject_code(settings['title'])}" if settings["replaces"] else ""


def _preview(settings: Settings, begins: dt.date) -> list[str]:
    said = [
        _say("Mandat « %(title)s », %(days)s.")
        % {"title": settings["title"], "days": _asking.until(settings, begins)}
    ]
    if settings["seats"] > 1:
        said.append(_say("Personnes à choisir : %(n)s.") % {"n": settings["seats"]})
    if settings["replaces"]:
        said.append(_say("Qui avait ce mandat avant le quitte la veille."))
    return said


def _rule(settings: Settings, method: str) -> dict[str, Any]:
    return {"seats": settings["seats"]} if method == "approval" else {}


def _give(outcome: Outcome, day: dt.date) -> str | Partly:
    settings = outcome.poll.effect_settings
    given = mandates.give(
        cohort_id=outcome.cohort_id,
        enrolment_ids=[int(code.removeprefix(PERSON)) for code in outcome.winners],
        title=settings["title"],
        starts_on=day,
        ends_on=_asking.ends_on(settings),
        replaces=settings["replaces"],
        decision_number=outcome.number,
    )
    said = _say("Mandat « %(title)s » donné à %(names)s, %(days)s.") % {
        "title": settings["title"],
        "names": ", ".join(one.enrolment.person.full_name for one in given.mandates),
        "days": _asking.until(settings, day),
    }
    return Partly(said, " ".join(given.missing)) if given.missing else said


def _take_back(outcome: Outcome, number: int, day: dt.date) -> str:
    ended = mandates.end_given_by(
        cohort_id=outcome.cohort_id,
        given_by=outcome.number,
        last_day=day - dt.timedelta(days=1),
        decision_number=number,
    )
    names = ", ".join(one.enrolment.person.full_name for one in ended)
    return _say("Mandat fini pour %(names)s.") % {"names": names} if ended else ""


class EndMandateForm(EffectForm):
    mandate = _asking.one_of_field(_("Quel mandat finit"))
    in_force_from = _asking.start_field(_("À partir du"))

    def offer(self) -> None:
        self.held = {
            str(one.pk): one
            for one in Mandate.objects.of_cohort(self.cohort.pk)
            .held(self.today)
            .select_related("enrolment__person")
        }
        lines = ((key, f"{one.title} : {one.enrolment.person}") for key, one in self.held.items())
        _asking.fill(self, "mandate", lines, empty=_("Choisir"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if found := self.held.get(cleaned.get("mandate", "")):
            cleaned["found"] = found
            # A decision whose only mandate ends is over; one that gave several still holds.
            same = [
                one for one in self.held.values() if one.decision_number == found.decision_number
            ]
            cleaned["repeals"] = found.decision_number if len(same) == 1 else None
        return cleaned


def _end_settings(cleaned: Mapping[str, Any]) -> dict[str, Any]:
    found: Mandate | None = cleaned.get("found")
    return {
        "mandate": str(found.pk) if found else "",
        "title": found.title if found else "",
        "name": found.enrolment.person.full_name if found else "",
        "enrolment": found.enrolment_id if found else None,
        "repeals": cleaned.get("repeals"),
        "in_force_from": _asking.day(cleaned, "in_force_from"),
    }


def _end_preview(settings: Settings, begins: dt.date) -> list[str]:
    return [
        _say("Le mandat « %(title)s » de %(name)s finit la veille du %(day)s.")
        % {"title": settings["title"], "name": settings["name"], "day": format_day(begins)}
    ]


def _end(outcome: Outcome, day: dt.date) -> str:
    settings = outcome.poll.effect_settings
    found = (
        Mandate.objects.of_cohort(outcome.cohort_id)
        .select_related("enrolment__person")
        .filter(pk=settings["mandate"] or 0)
        .first()
    )
    if found is None:
        raise Refused(_say("Ce mandat n’est pas de la coopérative."))
    ended = mandates.end(
        mandate=found, last_day=day - dt.timedelta(days=1), decision_number=outcome.number
    )
    return _say("Mandat « %(title)s » de %(name)s fini : dernier jour, le %(day)s.") % {
        "title": found.title,
        "name": found.enrolment.person.full_name,
        "day": format_day(ended.ends_on or day),
    }


def _concerned(settings: Settings) -> frozenset[int]:
    return frozenset(int(one) for one in settings["people"])


def effects() -> list[Effect]:
    shared: dict[str, Any] = {
        "icon": "personne",
        "settings": _settings,
        "choices": _choices,
        "starts_on": _asking.starts_on,
        "ends_on": _asking.ends_on,
        "law": _law,
        "concerned": _concerned,
        "preview": _preview,
        "apply": _give,
        "undo": _take_back,
    }
    return [
        Effect(
            code="mandate",
            label=_("Donner un mandat à 1 personne"),
            summary=_("Le groupe choisit qui : trésorerie, présidence…"),
            question=_("Qui aura ce mandat ?"),
            subject=Subject.ELECT_ONE,
            form=ElectionForm,
            **shared,
        ),
        Effect(
            code="mandates",
            label=_("Donner un mandat à plusieurs personnes"),
            summary=_("Le groupe choisit une commission, une équipe."),
            question=_("Qui sera dans cette commission ?"),
            subject=Subject.ELECT_SEVERAL,
            form=SeatsForm,
            rule=_rule,
            **shared,
        ),
        Effect(
            code="mandate_end",
            label=_("Finir un mandat"),
            icon="sortir",
            summary=_("Avant le jour prévu."),
            question=_("Ce mandat finit-il maintenant ?"),
            subject=Subject.RECALL,
            form=EndMandateForm,
            settings=_end_settings,
            starts_on=_asking.starts_on,
            law=lambda settings: f"mandate_end:{settings['mandate']}",
            concerned=lambda settings: frozenset(
                [settings["enrolment"]] if settings["enrolment"] else []
            ),
            repeals=lambda settings: settings["repeals"],
            preview=_end_preview,
            apply=_end,
            act=True,
        ),
    ]
