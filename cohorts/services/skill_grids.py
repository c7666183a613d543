"""The grid of skills of a cohort: adopted by the group, in its own words."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.enums import CohortState
from cohorts.models import Cohort, Skill, SkillGrid
from cohorts.rules.skills import (
    LONGEST_MEANING,
    LONGEST_TITLE,
    MOST_SKILLS,
    GridFault,
    SkillWords,
    grid_fault,
)
from ct_platform.kit.actor import Actor
from ct_platform.kit.clock import civil_day
from ct_platform.kit.errors import Refused


def grid_sentence(words: Sequence[SkillWords]) -> str:
    """What is wrong with these words, in one sentence; "" when nothing is."""
    found = grid_fault(words)
    if found is None:
        return ""
    fault, title = found
    said = {
        GridFault.EMPTY: _("Écrivez au moins une compétence."),
        GridFault.TOO_MANY: _("%(n)d compétences au plus : choisissez les plus utiles."),
        GridFault.TITLE_TOO_LONG: _("« %(title)s » est trop long : %(long)d lettres au plus."),
        GridFault.MEANING_TOO_LONG: _(
            "L’explication de « %(title)s » est trop longue : %(meaning)d lettres au plus."
        ),
        GridFault.TWICE: _("« %(title)s » est écrit deux fois."),
    }[fault]
    return said % {
        "n": MOST_SKILLS,
        "title": title[:60],
        "long": LONGEST_TITLE,
        "meaning": LONGEST_MEANING,
    }


@transaction.atomic
def adopt_grid(
    *, cohort_id: int, words: Sequence[SkillWords], adopted_on: dt.date, decision_number: int
) -> SkillGrid:
    """Put the words that a decision of the group adopted in the place of the earlier ones.

    A word that stays keeps what was said of it (capitals and accents aside); one that goes is
    retired, not erased. Raises Refused: archived cohort, words that `grid_fault` finds wrong.
    """
    cohort = _open(cohort_id)
    _write(cohort, words, adopted_on)
    return _remember(cohort, adopted_on, decision_number=decision_number, noted_by_id=None)


@transaction.atomic
def note_grid(
    *,
    cohort: Cohort,
    words: Sequence[SkillWords],
    adopted_on: dt.date,
    actor: Actor,
    at: dt.datetime,
) -> SkillGrid:
    """Note the words that the group agreed on in the room, on that day.

    Raises Refused: a decision already adopted a grid (only another decision changes it), a day that
    is not yet come or is before the cohort, archived cohort, words that `grid_fault` finds wrong.
    """
    found = _open(cohort.pk)
    standing = SkillGrid.objects.filter(cohort=found).first()
    if standing is not None and standing.decision_number is not None:
        raise Refused(
            _(
                "Le groupe a adopté sa grille par la décision n° %(n)d : une autre décision la change."
            )
            % {"n": standing.decision_number}
        )
    if adopted_on > civil_day(at):
        raise Refused(_("Ce jour n’est pas encore venu."), field="adopted_on")
    _write(found, words, adopted_on)
    return _remember(found, adopted_on, decision_number=None, noted_by_id=actor.person_id)


def _open(cohort_id: int) -> Cohort:
    found: Cohort = Cohort.objects.select_for_update(no_key=True).get(pk=cohort_id)
    if found.state == CohortState.ARCHIVED:
        raise Refused(_("La cohorte est archivée : sa grille ne change plus."))
    return found


def _write(cohort: Cohort, words: Sequence[SkillWords], day: dt.date) -> None:
    sentence = grid_sentence(words)
    if sentence:
        raise Refused(sentence, field="words")
    known = {one.title.casefold(): one for one in Skill.objects.of_cohort(cohort.pk)}
    kept = []
    for position, line in enumerate(words, start=1):
        skill = known.get(line.title.casefold()) or Skill(cohort=cohort)
        skill.title, skill.meaning = line.title, line.meaning
        skill.position, skill.retired_on = position, None
        skill.save()
        kept.append(skill.pk)
    Skill.objects.of_cohort(cohort.pk).in_use().exclude(pk__in=kept).update(retired_on=day)


def _remember(
    cohort: Cohort, day: dt.date, *, decision_number: int | None, noted_by_id: int | None
) -> SkillGrid:
    grid, _new = SkillGrid.objects.update_or_create(
        cohort=cohort,
        defaults={
            "adopted_on": day,
            "decision_number": decision_number,
            "noted_by_id": noted_by_id,
        },
    )
    return grid
