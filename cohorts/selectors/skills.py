"""What pages read of skills: one's own, those others show, those a paper may carry."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from cohorts.cohort_template import SKILLS
from cohorts.enums import EnrolmentState
from cohorts.enums.skills import SkillLevel, SkillMoment
from cohorts.models import (
    Cohort,
    Enrolment,
    SelfAssessment,
    Skill,
    SkillConfirmation,
    SkillDisplay,
    SkillGrid,
)
from cohorts.rules.skills import SkillWords, agreed_level, is_confirmed, moment_on
from ct_platform.kit import charts
from ct_platform.kit.actor import Actor


@dataclass(frozen=True, slots=True)
class Step:
    """A moment and what was said then; `level` None: nothing."""

    moment: SkillMoment
    level: SkillLevel | None

    @property
    def height(self) -> int:
        """0 for nothing said, then 1 to 4: what the drawing shows."""
        return 0 if self.level is None else self.level + 1


@dataclass(frozen=True, slots=True)
class SkillLine:
    """A word of the grid, with what the person and the others say of it."""

    skill: Skill
    steps: tuple[Step, ...]
    confirmations: tuple[SkillConfirmation, ...]
    display: SkillDisplay

    @property
    def confirmed(self) -> bool:
        return is_confirmed([one.role for one in self.confirmations])

    @property
    def agreed(self) -> SkillLevel | None:
        """The level of a paper, when enough people confirm."""
        if not self.confirmed:
            return None
        return SkillLevel(agreed_level([one.level for one in self.confirmations]))

    def level_at(self, moment: str) -> SkillLevel | None:
        return next((one.level for one in self.steps if one.moment == moment), None)

    @property
    def said(self) -> bool:
        """Whether anything shows of what the person says."""
        return any(one.level is not None for one in self.steps)

    @property
    def drawing(self) -> charts.StepsChart:
        words = ", ".join(
            f"{one.moment.label} : {one.level.label if one.level is not None else '–'}"
            for one in self.steps
        )
        return charts.steps(
            title=f"{self.skill.title} ({words})",
            heights=[one.height for one in self.steps],
            of=len(SkillLevel),
        )

    @property
    def latest(self) -> SkillLevel | None:
        return next((one.level for one in reversed(self.steps) if one.level is not None), None)


@dataclass(frozen=True, slots=True)
class OwnSkills:
    enrolment: Enrolment
    moment: SkillMoment
    lines: tuple[SkillLine, ...]
    grid: SkillGrid | None

    @property
    def answered(self) -> int:
        return sum(1 for line in self.lines if line.level_at(self.moment) is not None)


@dataclass(frozen=True, slots=True)
class PersonSkills:
    """One person of the list: `lines` are those their seat may see."""

    enrolment: Enrolment
    lines: tuple[SkillLine, ...]
    confirmed: int = 0
    for_paper: tuple[SkillLine, ...] = field(default=())


def grid_of(cohort: Cohort) -> SkillGrid | None:
    return SkillGrid.objects.filter(cohort=cohort).first()


def words_of(cohort_id: int) -> tuple[SkillWords, ...]:
    """The words of the grid in use. One query."""
    rows = Skill.objects.of_cohort(cohort_id).in_use()
    return tuple(SkillWords(one.title, one.meaning) for one in rows)


def own_skills(actor: Actor, day: dt.date) -> OwnSkills | None:
    """The page of a coopérant: six queries. None without a seat in a cohort."""
    enrolment = (
        Enrolment.objects.visible_to(actor)
        .filter(pk=actor.enrolment_id)
        .select_related("cohort", "person")
        .first()
    )
    if enrolment is None:
        return None
    cohort = enrolment.cohort
    lines = _lines([enrolment], _grid(cohort))[enrolment.pk]
    moment = SkillMoment(moment_on(day, cohort.starts_on, cohort.ends_on))
    return OwnSkills(enrolment, moment, lines, grid_of(cohort))


def colleagues_skills(enrolment: Enrolment) -> list[PersonSkills]:
    """The co-workers whom one may confirm, with what each shows to the group. Five queries."""
    return _people(enrolment.cohort, "to_group", without=enrolment.pk)


def skills_of_cohort(cohort: Cohort) -> list[PersonSkills]:
    """Everybody, with what each shows to the accompaniment. Five queries."""
    return _people(cohort, "to_team")


def _people(cohort: Cohort, audience: str, without: int | None = None) -> list[PersonSkills]:
    people = list(
        Enrolment.objects.of_cohort(cohort.pk)
        .filter(state__in=[EnrolmentState.ACTIVE, EnrolmentState.COMPLETED, EnrolmentState.LEFT])
        .select_related("person")
    )
    if without is not None:
        people = [one for one in people if one.pk != without and one.state == EnrolmentState.ACTIVE]
    lines = _lines(people, _grid(cohort))
    return [
        PersonSkills(
            enrolment=one,
            lines=tuple(_seen_by(line, audience) for line in lines[one.pk]),
            confirmed=sum(line.confirmed for line in lines[one.pk]),
            for_paper=papers_lines(lines[one.pk]),
        )
        for one in people
    ]


def papers_lines(lines: Iterable[SkillLine]) -> tuple[SkillLine, ...]:
    """What an attestation carries: confirmed by both sides, and chosen by the person."""
    return tuple(line for line in lines if line.confirmed and line.display.on_papers)


def lines_of(enrolments: Sequence[Enrolment], cohort: Cohort) -> dict[int, tuple[SkillLine, ...]]:
    """Every line of these people, whoever may see it: for papers and for the person. Four queries."""
    return _lines(enrolments, _grid(cohort))


@dataclass(frozen=True, slots=True)
class AttestedSkill:
    title: str
    level: SkillLevel


def attested_skills(enrolment_ids: Sequence[int]) -> dict[int, list[AttestedSkill]]:
    """What an attestation carries of each, as `papers_lines`, without what it does not need. Two queries."""
    shown = SkillDisplay.objects.filter(
        enrolment_id__in=list(enrolment_ids), on_papers=True, skill__retired_on__isnull=True
    ).select_related("skill")
    given: dict[tuple[int, int], list[tuple[str, int]]] = defaultdict(list)
    for one in SkillConfirmation.objects.standing().filter(enrolment_id__in=list(enrolment_ids)):
        given[one.enrolment_id, one.skill_id].append((one.role, one.level))
    found: dict[int, list[AttestedSkill]] = defaultdict(list)
    for row in shown.order_by("skill__position", "skill_id"):
        seen = given[row.enrolment_id, row.skill_id]
        if is_confirmed([role for role, _level in seen]):
            level = SkillLevel(agreed_level([level for _role, level in seen]))
            found[row.enrolment_id].append(AttestedSkill(row.skill.title, level))
    return dict(found)


def confirmations_by(actor: Actor, enrolment_id: int) -> dict[int, SkillConfirmation]:
    """By skill, what this person already confirmed of somebody. One query."""
    rows = SkillConfirmation.objects.standing().filter(
        enrolment_id=enrolment_id, by_id=actor.person_id
    )
    return {one.skill_id: one for one in rows}


def own_confirmation(actor: Actor, confirmation_id: int) -> SkillConfirmation | None:
    """A confirmation this person gave, within what the seat may see. One query."""
    found: SkillConfirmation | None = (
        SkillConfirmation.objects.visible_to(actor)
        .filter(pk=confirmation_id, by_id=actor.person_id)
        .first()
    )
    return found


def _seen_by(line: SkillLine, audience: str) -> SkillLine:
    """The line without what the person keeps from this audience: their own levels."""
    if getattr(line.display, audience):
        return line
    hidden = tuple(Step(one.moment, None) for one in line.steps)
    return SkillLine(line.skill, hidden, line.confirmations, line.display)


def _grid(cohort: Cohort) -> list[Skill]:
    return list(Skill.objects.of_cohort(cohort.pk).in_use())


def _lines(
    enrolments: Sequence[Enrolment], grid: Sequence[Skill]
) -> dict[int, tuple[SkillLine, ...]]:
    keys = [one.pk for one in enrolments]
    said: dict[tuple[int, int], dict[str, int]] = defaultdict(dict)
    for row in SelfAssessment.objects.filter(enrolment_id__in=keys):
        said[row.enrolment_id, row.skill_id][row.moment] = row.level
    confirmed: dict[tuple[int, int], list[SkillConfirmation]] = defaultdict(list)
    standing = SkillConfirmation.objects.standing().filter(enrolment_id__in=keys)
    for one in standing.select_related("by"):
        confirmed[one.enrolment_id, one.skill_id].append(one)
    shown = {
        (row.enrolment_id, row.skill_id): row
        for row in SkillDisplay.objects.filter(enrolment_id__in=keys)
    }
    return {
        key: tuple(
            SkillLine(
                skill=skill,
                steps=tuple(
                    Step(moment, _level(said[key, skill.pk].get(moment))) for moment in SkillMoment
                ),
                confirmations=tuple(confirmed[key, skill.pk]),
                display=shown.get((key, skill.pk))
                or SkillDisplay(enrolment_id=key, skill_id=skill.pk),
            )
            for skill in grid
        )
        for key in keys
    }


def _level(number: int | None) -> SkillLevel | None:
    return None if number is None else SkillLevel(number)


def own_enrolment(actor: Actor) -> Enrolment | None:
    """The enrolment of the seat, when it is a coopérant's. One query."""
    found: Enrolment | None = (
        Enrolment.objects.visible_to(actor)
        .select_related("cohort")
        .filter(pk=actor.enrolment_id)
        .first()
        if actor.is_cooperant
        else None
    )
    return found


def proposed_words() -> tuple[SkillWords, ...]:
    """Words to start from, before the group has its own."""
    return SKILLS
