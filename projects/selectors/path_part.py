"""The hours of a person's path, by kind: what they did, confirmed or not yet."""

from typing import Any

from django.db.models import Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from cohorts import path
from cohorts.models import Enrolment
from cohorts.path import Chapter, Item, Part, Reading, Stage, facts_of
from ct_platform.kit.actor import Actor
from ct_platform.kit.clock import format_minutes
from projects.enums import WorkKind
from projects.models import WorkEntry


def _worked(enrolment: Enrolment, actor: Actor) -> Any:
    rows = WorkEntry.objects.standing().filter(enrolment=enrolment)
    return facts_of(rows, key="kind", first="day", amount=Sum("minutes"), grouped=True)


def _hours(reading: Reading) -> Chapter:
    if not reading.facts:
        return Chapter(_("Aucune heure pour le moment."), "horloge", "later")
    total = sum(one.amount for one in reading.facts)
    items = tuple(
        Item(
            f"{str(WorkKind(one.key).label).capitalize()}\N{NO-BREAK SPACE}: "
            f"{format_minutes(one.amount)}"
        )
        for one in reading.facts
    )
    url = (
        reverse("projects:my_hours")
        if reading.own
        else reverse("projects:cohort_hours", args=[reading.enrolment.cohort_id])
    )
    return Chapter(
        _("%(hours)s en tout.") % {"hours": format_minutes(total)},
        "horloge",
        "done",
        reading.facts[0].first_on,
        max((one.last_on for one in reading.facts if one.last_on), default=None),
        items,
        url,
        _("Voir les heures"),
    )


def register() -> None:
    path.register(Part("hours", Stage.HOURS, _hours, _worked))
