"""What the work of a cohort leaves to the next: its activities, without what they earned."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _say
from django.utils.translation import gettext_lazy as _

from cohorts.models import Cohort
from cohorts.starter_kit import Item, Part, register
from ct_platform.kit import trades
from ct_platform.kit.actor import Actor
from projects.models import Project
from projects.services.money import add_project


def _projects(cohort: Cohort) -> list[dict[str, Any]]:
    rows = Project.objects.of_cohort(cohort.pk).order_by("name", "pk")
    return [{"name": one.name, "trade": one.trade} for one in rows]


def _fault(item: Item) -> str:
    name = item.get("name")
    if not isinstance(name, str) or not name.strip() or len(name) > 100:
        return _say("Une activité n’a pas de nom, ou un nom trop long.")
    return "" if item.get("trade") in trades.TRADES else _say("Une activité a un métier inconnu.")


def _write(cohort: Cohort, items: Sequence[Item], actor: Actor, at: dt.datetime) -> list[str]:
    for item in items:
        add_project(cohort=cohort, name=item["name"], trade=item["trade"], actor=actor, at=at)
    return []


def register_parts() -> None:
    """Called once, from ProjectsConfig.ready()."""
    register(
        Part(
            "projects",
            _("Les activités"),
            _projects,
            lambda item: Project(name=item["name"], trade=item["trade"]).full_label,
            _fault,
            _write,
        )
    )
