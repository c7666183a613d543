"""What the people of a cohort say they can do, twice, on the words of its grid; what others saw."""

import datetime as dt
import random
from collections import defaultdict

from cohorts.cohort_template import SKILLS
from cohorts.enums.skills import ConfirmerRole, SkillLevel
from cohorts.models import (
    SelfAssessment,
    Skill,
    SkillConfirmation,
    SkillDisplay,
    SkillGrid,
)
from cohorts.rules.skills import agreed_level, moment_on
from cohorts.selectors.skills import AttestedSkill
from ct_platform.home.seeding.people import Member
from ct_platform.home.seeding.plan import Plan
from ct_platform.home.seeding.sink import Maker, Sink

ADOPTED_AFTER, FIRST_AFTER = dt.timedelta(days=9), dt.timedelta(days=14)
# Words of the grid that somebody of each side saw done, of who is there to the end.
CONFIRMED = 2
SEEN = "Sur le stand, devant tout le monde."


class Grids:
    """Writes the skills of one cohort after another; the quick maker is made once."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink
        self._said: Maker = sink.maker(
            SelfAssessment, ("enrolment_id", "skill_id", "moment", "level", "noted_on")
        )

    def fill(
        self, plan: Plan, members: list[Member], cohort_id: int, by: int, today: dt.date,
        chance: random.Random,
    ) -> dict[int, list[AttestedSkill]]:  # fmt: skip
        """By enrolment key, in the order of the grid, what an attestation carries."""
        adopted = plan.starts_on + ADOPTED_AFTER
        if adopted >= today:
            return {}
        self._sink.add(SkillGrid, cohort_id=cohort_id, adopted_on=adopted, noted_by_id=by)
        grid = [
            self._sink.add(
                Skill, cohort_id=cohort_id, title=one.title, meaning=one.meaning, position=position
            )
            for position, one in enumerate(SKILLS)
        ]
        attested: dict[int, list[AttestedSkill]] = defaultdict(list)
        for place, member in enumerate(members):
            self._assess(plan, member, grid, today, chance)
            if plan.has_ended and member.left_on is None:
                for rank in sorted(chance.sample(range(len(grid)), CONFIRMED)):
                    level = self._confirm(member, members[place - 1], grid[rank], by, chance)
                    attested[member.key].append(AttestedSkill(SKILLS[rank].title, level))
        return dict(attested)

    def _assess(
        self, plan: Plan, member: Member, grid: list[int], today: dt.date, chance: random.Random
    ) -> None:
        yesterday = today - dt.timedelta(days=1)
        last = min(member.last_day - dt.timedelta(days=2), yesterday)
        first = min(plan.starts_on + FIRST_AFTER, last)
        level = dict.fromkeys(grid, 0)
        # Who left in the first weeks said it once.
        days = {moment_on(day, plan.starts_on, plan.ends_on): day for day in (last, first)}
        for moment, day in sorted(days.items(), key=lambda pair: pair[1]):
            for skill in grid:
                level[skill] = min(level[skill] + chance.randint(0, 2), SkillLevel.SHOWS_OTHERS)
                self._said(str(member.key), str(skill), moment, str(level[skill]), str(day))

    def _confirm(
        self, member: Member, peer: Member, skill: int, by: int, chance: random.Random
    ) -> SkillLevel:
        """A co-worker and the coordination each say it; what the paper may say of it."""
        levels = []
        for role, person in (
            (ConfirmerRole.PEER, peer.person_id),
            (ConfirmerRole.COORDINATOR, by),
        ):
            levels.append(chance.randint(SkillLevel.WITH_HELP, SkillLevel.SHOWS_OTHERS))
            self._sink.add(
                SkillConfirmation, enrolment_id=member.key, skill_id=skill, by_id=person, role=role,
                level=levels[-1], evidence=SEEN, confirmed_on=member.last_day - dt.timedelta(days=3),
            )  # fmt: skip
        self._sink.add(
            SkillDisplay, enrolment_id=member.key, skill_id=skill, to_team=True, on_papers=True
        )
        return SkillLevel(agreed_level(levels))
