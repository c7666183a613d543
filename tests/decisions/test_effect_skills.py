"""The group adopts its words: the grid is what the decision says, and only another changes it."""

from cohorts.models import Skill, SkillGrid
from decisions import effects
from tests.decisions.assembly import decide, typed_settings

YES = {"voice": "consent"}


def typed(people, words):
    return typed_settings(people, "skill_grid", {"words": words, "in_force_from": "2026-12-01"})


def test_the_grid_that_the_group_adopts_is_the_grid(people):
    outcome = decide(people, "skill_grid", typed(people, "Vendre : Au marché.\nCompter"), YES)

    grid = SkillGrid.objects.get(cohort=people.a.cohort)
    assert (grid.decision_number, grid.noted_by_id) == (outcome.number, None)
    words = Skill.objects.of_cohort(people.a.cohort.pk).in_use()
    assert [(one.title, one.meaning) for one in words] == [
        ("Vendre", "Au marché."),
        ("Compter", ""),
    ]
    assert Skill.objects.of_cohort(people.b.cohort.pk).count() == 0


def test_another_decision_takes_its_place(people):
    decide(people, "skill_grid", typed(people, "Vendre\nCompter"), YES)
    second = decide(people, "skill_grid", typed(people, "Compter"), YES)

    assert SkillGrid.objects.get(cohort=people.a.cohort).decision_number == second.number
    assert [one.title for one in Skill.objects.in_use()] == ["Compter"]


def test_a_grid_written_twice_the_same_word_is_told(people):
    form = effects.get("skill_grid").form(
        {"words": "Vendre\nvendre", "in_force_from": ""}, cohort=people.a.cohort
    )
    assert "deux fois" in form.errors["words"][0]
