"""The stock of ideas of a project: kept, changed, put away. Nothing is deleted."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from cohorts.services.closing import refuse_archived
from ct_platform.kit.actor import Actor
from ct_platform.kit.errors import Refused, Stale
from projects.models import Idea, Project
from projects.trade_words import words_of


@dataclass(frozen=True, slots=True)
class IdeaWords:
    title: str
    months: Sequence[int] = ()
    needs: str = ""
    steps: str = ""


@transaction.atomic
def keep_idea(*, project: Project, said: IdeaWords, actor: Actor, at: dt.datetime) -> Idea:
    """Keep an idea, of the kind of its trade. Refused without a name or with a month that is none."""
    refuse_archived(project.cohort)
    made: Idea = Idea.objects.create(
        project=project,
        kind=words_of(project.trade).idea_kind,
        author_id=actor.person_id,
        **_judged(said),
    )
    return made


@transaction.atomic
def change_idea(
    *, idea: Idea, said: IdeaWords, seen_version: int, actor: Actor, at: dt.datetime
) -> None:
    """Write an idea again; the same words are quiet. Stale when it changed since `seen_version`."""
    refuse_archived(idea.project.cohort)
    values = _judged(said)
    row = Idea.objects.get(pk=idea.pk)
    if all(getattr(row, name) == value for name, value in values.items()):
        return
    touched = Idea.objects.filter(pk=idea.pk, version=seen_version, archived_at=None).update(
        **values, version=F("version") + 1
    )
    if touched != 1:
        raise Stale(
            _("Quelqu’un vient de changer ceci. La page montre ce qui est écrit maintenant.")
        )


@transaction.atomic
def archive_idea(*, idea: Idea, actor: Actor, at: dt.datetime) -> None:
    """Put away; twice is quiet."""
    refuse_archived(idea.project.cohort)
    Idea.objects.filter(pk=idea.pk, archived_at=None).update(archived_at=at)


def _judged(said: IdeaWords) -> dict[str, object]:
    title = " ".join(said.title.split())
    if not title:
        raise Refused(_("Il manque un nom."), field="title")
    months = sorted({int(number) for number in said.months})
    if any(not 1 <= number <= 12 for number in months):
        raise Refused(_("Un mois va de 1 à 12."), field="months")
    return {
        "title": title,
        "months": months,
        "needs": said.needs.strip(),
        "steps": said.steps.strip(),
    }
