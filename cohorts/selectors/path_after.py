"""What comes next, on a person's path: their own project and its steps, the news after the exit."""

from typing import Any

from django.db.models import Case, CharField, Exists, OuterRef, Value, When
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cohorts import path
from cohorts.enums.follow_ups import FollowUpState
from cohorts.enums.own_projects import OwnProjectKind, StepState
from cohorts.models import Enrolment, FollowUp, FollowUpAnswer, OwnProject, OwnStep
from cohorts.path import Chapter, Item, Part, Reading, Stage, facts_of
from ct_platform.kit.actor import Actor


def _door(reading: Reading) -> str:
    if reading.own:
        return reverse("cohorts:my_next")
    one = reading.enrolment
    return reverse("cohorts:next", args=[one.cohort_id, one.pk])


def _written(enrolment: Enrolment, actor: Actor) -> Any:
    rows = OwnProject.objects.current().filter(enrolment=enrolment)
    return facts_of(rows, key="kind", first="written_at")


def _project(reading: Reading) -> Chapter | None:
    if not reading.facts:
        return None
    one = reading.facts[0]
    text = _("Projet\N{NO-BREAK SPACE}: %(kind)s.") % {"kind": OwnProjectKind(one.key).label}
    return Chapter(
        text, "fleche", "now", one.first_on, url=_door(reading), action=_("Voir la suite")
    )


def _planned(enrolment: Enrolment, actor: Actor) -> Any:
    return facts_of(
        OwnStep.objects.filter(enrolment=enrolment), key="state", first="created_at", grouped=True
    )


def _steps(reading: Reading) -> Chapter | None:
    many = {one.key: one.count for one in reading.facts}
    done, to_do = many.get(StepState.DONE, 0), many.get(StepState.TO_DO, 0)
    if not done and not to_do:
        return None
    text = ngettext("%(n)s étape faite.", "%(n)s étapes faites.", done) % {"n": done}
    if not done:
        text = ngettext("%(n)s étape à faire.", "%(n)s étapes à faire.", to_do) % {"n": to_do}
    elif to_do:
        said = {"n": done, "left": to_do}
        text = ngettext(
            "%(n)s étape faite, %(left)s à faire.", "%(n)s étapes faites, %(left)s à faire.", done
        )
        text %= said
    first = min((one.first_on for one in reading.facts if one.first_on), default=None)
    return Chapter(text, "ok", "now" if to_do else "done", first)


def _asked(enrolment: Enrolment, actor: Actor) -> Any:
    """`amount`: 1 once they answered."""
    answered = Exists(FollowUpAnswer.objects.filter(follow_up=OuterRef("pk")))
    return facts_of(
        FollowUp.objects.filter(enrolment=enrolment, state=FollowUpState.PLANNED),
        key=Cast("months", CharField()),
        first="due_on",
        amount=Case(When(answered, then=Value(1)), default=Value(0)),
    )


def _news(reading: Reading) -> Chapter | None:
    if not reading.facts:
        return None
    facts = sorted(reading.facts, key=lambda one: int(one.key))
    items = tuple(
        Item(
            (_("À %(n)s mois\N{NO-BREAK SPACE}: répondu.") if one.amount else _("À %(n)s mois."))
            % {"n": one.key},
            one.first_on,
        )
        for one in facts
    )
    told = sum(one.amount for one in facts)
    text = ngettext("%(n)s réponse sur %(all)s.", "%(n)s réponses sur %(all)s.", told)
    begun = any(one.first_on and one.first_on <= reading.today for one in facts)
    state: path.State = "done" if told == len(facts) else "now" if begun else "later"
    return Chapter(
        text % {"n": told, "all": len(facts)}, "bulle", state,
        facts[0].first_on, facts[-1].first_on, items,
    )  # fmt: skip


PARTS = (
    Part("own_project", Stage.NEXT, _project, _written),
    Part("own_steps", Stage.NEXT, _steps, _planned),
    Part("follow_ups", Stage.FOLLOW_UP, _news, _asked),
)


def register_all() -> None:
    for part in PARTS:
        path.register(part)
