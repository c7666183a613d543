"""Let somebody in, and exclude somebody who was heard first."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _say
from django.utils.translation import gettext_lazy as _

from cohorts.enums import EnrolmentState, LeavingReason
from cohorts.models import Enrolment
from cohorts.services import mandates
from cohorts.services.enrolments import admit, mark_left
from ct_platform.kit.clock import civil_day, format_day
from ct_platform.kit.errors import Refused
from ct_platform.kit.form_fields import DayField
from decisions.effects import Effect, EffectForm, Settings, _asking
from decisions.models import Outcome
from decisions.rules.chooser import Subject


class AdmitForm(EffectForm):
    person = _asking.one_of_field(
        _("Qui entre"), _("Les personnes retenues, qui n’ont pas encore commencé.")
    )
    in_force_from = _asking.start_field(_("La personne entre et vote à partir du"))

    def offer(self) -> None:
        waiting = Enrolment.objects.of_cohort(self.cohort.pk).selected().select_related("person")
        people = [(one.pk, one.person.full_name) for one in waiting]
        none = _("Personne n’attend d’entrer") if not people else _("Choisir")
        _asking.fill(self, "person", people, empty=none)

    def clean(self) -> dict[str, Any]:
        return _with_name(self, super().clean() or {})


class ExcludeForm(EffectForm):
    person = _asking.one_of_field(_("De qui parle-t-on"))
    heard_on = DayField(
        label=_("Jour où le groupe l’a écoutée"),
        help_text=_("On n’exclut personne sans l’avoir écouté avant le vote."),
        error_messages={"required": _("On écoute d’abord la personne, puis on écrit le jour.")},
    )

    def offer(self) -> None:
        _asking.fill(self, "person", _asking.active_people(self.cohort), empty=_("Choisir"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if (heard := cleaned.get("heard_on")) and heard > self.today:
            self.add_error("heard_on", _say("Ce jour n’est pas encore venu : on l’écoute d’abord."))
        return _with_name(self, cleaned)


def _with_name(form: EffectForm, cleaned: dict[str, Any]) -> dict[str, Any]:
    key = cleaned.get("person") or ""
    return {**cleaned, "name": _asking.labels_of(form, "person", [key]).get(key, "")}


def _settings(cleaned: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "person": cleaned.get("person") or "",
        "name": cleaned.get("name") or "",
        "in_force_from": _asking.day(cleaned, "in_force_from"),
        "heard_on": _asking.day(cleaned, "heard_on"),
    }


def _concerned(settings: Settings) -> frozenset[int]:
    return frozenset([int(settings["person"])] if settings["person"] else [])


def _found(outcome: Outcome) -> Enrolment:
    key = outcome.poll.effect_settings["person"] or 0
    found: Enrolment | None = (
        Enrolment.objects.of_cohort(outcome.cohort_id)
        .select_related("person", "cohort")
        .filter(pk=key)
        .first()
    )
    if found is None:
        raise Refused(_say("Cette personne n’est pas de la coopérative."))
    return found


def _admit_preview(settings: Settings, begins: dt.date) -> list[str]:
    return [
        _say("%(name)s entre dans la coopérative et vote à partir du %(day)s.")
        % {"name": settings["name"], "day": format_day(begins)},
        _say("Le contrat se signe à part, avec la coopérative hôte."),
    ]


def _admit(outcome: Outcome, day: dt.date) -> str:
    found = _found(outcome)
    admit(enrolment=found, votes_from=day, actor=None, at=outcome.decided_at)
    return _say("%(name)s est dans la coopérative et vote à partir du %(day)s.") % {
        "name": found.person.full_name,
        "day": format_day(day),
    }


def _exclude_preview(settings: Settings, begins: dt.date) -> list[str]:
    heard = _asking.day_of(settings, "heard_on")
    said = [
        _say("%(name)s a été écouté·e le %(day)s.")
        % {"name": settings["name"], "day": format_day(heard)}
        if heard
        else ""
    ]
    return [
        *filter(None, said),
        _say("Si le groupe dit oui : le %(day)s est son dernier jour. Ses mandats finissent.")
        % {"day": format_day(begins)},
        _say("Ses heures, ses votes et sa rémunération restent."),
    ]


def _exclude(outcome: Outcome, day: dt.date) -> str:
    found, heard = _found(outcome), _asking.day_of(outcome.poll.effect_settings, "heard_on")
    if heard is None or (outcome.poll.opened_at and heard > civil_day(outcome.poll.opened_at)):
        raise Refused(_say("La personne n’a pas été écoutée avant le vote."))
    if found.state != EnrolmentState.ACTIVE:
        raise Refused(
            _say("%(name)s n’est déjà plus dans la coopérative.") % {"name": found.person.full_name}
        )
    mark_left(
        enrolment=found,
        left_on=day,
        reason=LeavingReason.DECISION,
        actor=None,
        at=outcome.decided_at,
    )
    mandates.end_all_of(enrolment=found, last_day=day, decision_number=outcome.number)
    return _say("%(name)s quitte la coopérative. Dernier jour : le %(day)s.") % {
        "name": found.person.full_name,
        "day": format_day(day),
    }


def effects() -> list[Effect]:
    return [
        Effect(
            code="admit",
            label=_("Accueillir une personne"),
            icon="groupe",
            summary=_("Une personne retenue entre dans la coopérative."),
            question=_("Cette personne entre-t-elle dans la coopérative ?"),
            subject=Subject.ADMIT,
            form=AdmitForm,
            settings=_settings,
            starts_on=_asking.starts_on,
            law=lambda settings: f"admit:{settings['person']}",
            concerned=_concerned,
            preview=_admit_preview,
            apply=_admit,
            act=True,
        ),
        Effect(
            code="exclude",
            label=_("Exclure une personne"),
            icon="sortir",
            summary=_("Grave et rare : la personne est écoutée d’abord."),
            question=_("Cette personne quitte-t-elle la coopérative ?"),
            subject=Subject.EXCLUDE,
            form=ExcludeForm,
            settings=_settings,
            # A departure is noted on its day: the day of the count.
            starts_on=lambda settings: None,
            law=lambda settings: f"exclude:{settings['person']}",
            concerned=_concerned,
            preview=_exclude_preview,
            apply=_exclude,
            act=True,
        ),
    ]
