"""The demo group's words for what it learns: its grid, what people say of themselves, what others saw."""

import datetime as dt

from cohorts.cohort_template import SKILLS
from cohorts.models import Enrolment, Skill
from cohorts.services.skill_grids import note_grid
from cohorts.services.skills import assess_oneself, choose_display, confirm_skill
from ct_platform.home.demo.scene import DAY, Scene, hour

# Who saw whom do what: by, whose, which word of the grid, level, what was seen.
SEEN = (
    ("Ouali", "Sarr", 0, 3, "Elle a réparti les tâches du marché du samedi et tout le monde savait quoi faire."),
    ("ines", "Sarr", 0, 2, "Elle a remplacé au pied levé une coopérante absente, et prévenu l’équipe."),
    ("ines", "Sarr", 2, 2, "A tenu le tour de parole en assemblée et fait voter le prix des bouquets."),
    ("Teixeira", "Sarr", 3, 2, "Au stand, elle a expliqué les paniers à vingt clients."),
    ("Sarr", "Ouali", 5, 2, "Il a obtenu dix pour cent chez le grainetier."),
    ("ines", "Teixeira", 7, 2, "Sa caisse du marché tombait juste, deux samedis de suite."),
)  # fmt: skip


def say_what_we_learn(scene: Scene) -> None:
    """The grid on the third day, answers at the start and in the middle; some show, some keep."""
    cohort, third = scene.cohort, scene.cohort.starts_on + 2 * DAY
    note_grid(cohort=cohort, words=SKILLS, adopted_on=third, actor=scene.coordinator, at=scene.at)
    words = list(Skill.objects.of_cohort(cohort.pk).in_use())
    middle = cohort.starts_on + (cohort.ends_on - cohort.starts_on) / 2
    for rank, (name, enrolment) in enumerate(sorted(scene.enrolments.items())):
        _answer(scene, name, enrolment, words, third, rank % 2)
        if middle <= scene.today and rank % 3:
            _answer(scene, name, enrolment, words, middle, 1 + rank % 2)
    for name in ("Sarr", "Ouali", "Teixeira"):
        shown = {
            one.pk: ("to_team", "to_group", "on_papers")
            for one in words[: 4 if name == "Sarr" else 8]
        }
        choose_display(enrolment=scene.enrolments[name], shown=shown, actor=scene.voice(name))
    for by, whose, word, level, seen in SEEN:
        confirm_skill(
            enrolment=scene.enrolments[whose], skill=words[word], level=level, evidence=seen,
            actor=scene.voice(by), at=scene.at - DAY,
        )  # fmt: skip


def _answer(
    scene: Scene, name: str, enrolment: Enrolment, words: list[Skill], day: dt.date, level: int
) -> None:
    levels = {one.pk: min(3, level + (position % 4 == 0)) for position, one in enumerate(words)}
    assess_oneself(enrolment=enrolment, levels=levels, actor=scene.voice(name), at=hour(day))
