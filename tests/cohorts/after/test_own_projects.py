"""What comes next: in the person's words, with its steps, shown to whom they choose."""

import datetime as dt

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from cohorts.enums import CohortState
from cohorts.models import Cohort, OwnHelper, OwnProject, OwnStep
from cohorts.selectors.own_projects import helped_by, helpers_offered, next_of
from cohorts.services.own_projects import (
    add_helper,
    add_step,
    choose_who_sees,
    remove_helper,
    settle_step,
    write_project,
)
from ct_platform.kit.errors import Refused
from ct_platform.kit.models import TransitionLog
from tests.factories import NOW, TODAY


@pytest.fixture
def write(people, amina):
    def say(words="Ouvrir un étal", kind="firm", by="amina"):
        return write_project(
            enrolment=amina, kind=kind, words=words, actor=people.actor(by), at=NOW
        )

    return say


@pytest.fixture
def helper(people, amina, write):
    """Elsa's chamber helps Amina."""
    write()
    return add_helper(
        enrolment=amina, organisation=people.a.partner, helps_with="Les comptes",
        actor=people.actor("amina"),
    )  # fmt: skip


def test_a_project_changes_and_what_it_was_stays(write, amina):
    first = write()
    assert write() == first
    write("Apprendre la cuisine", "training", by="driss")

    found = next_of(amina)
    assert found.project.words == "Apprendre la cuisine"
    assert [one.words for one in found.before] == ["Ouvrir un étal"]


def test_what_was_written_cannot_be_edited(write):
    write()
    with pytest.raises(DatabaseError), transaction.atomic():
        OwnProject.objects.update(words="Autre chose")
    assert OwnProject.objects.get().words == "Ouvrir un étal"


@pytest.mark.parametrize("who", ["bastien", "dalia", "helene", "elsa", "nora"])
def test_only_the_person_and_who_coordinates_write(write, who):
    with pytest.raises(Refused):
        write(by=who)
    assert not OwnProject.objects.exists()


def test_a_project_without_words_is_refused(write):
    with pytest.raises(Refused) as refusal:
        write("   ")
    assert refusal.value.field == "words"


def test_who_left_still_writes_theirs_even_once_the_cohort_is_archived(people):
    gael = people.enrolments["gael"]
    Cohort.objects.filter(pk=gael.cohort_id).update(state=CohortState.ARCHIVED)
    step = add_step(enrolment=gael, words="Appeler la CAE", actor=people.actor("gael"))
    assert settle_step(step=step, to="done", actor=people.actor("gael"), at=NOW).state == "done"


def test_a_step_is_done_left_or_to_do_again_and_each_change_is_kept(people, amina):
    actor = people.actor("amina")
    step = add_step(
        enrolment=amina, words="Appeler", doer="Elsa", due_on=dt.date(2026, 12, 1), actor=actor
    )
    settle_step(step=step, to="done", actor=actor, at=NOW)
    settle_step(step=step, to="done", actor=actor, at=NOW)
    assert (step.state, step.settled_on) == ("done", TODAY)
    settle_step(step=step, to="to_do", actor=actor, at=NOW)
    settle_step(step=step, to="dropped", actor=actor, at=NOW)

    moves = TransitionLog.objects.filter(model="cohorts.ownstep", row_id=step.pk)
    assert [one.new for one in moves] == ["done", "to_do", "dropped"]
    with pytest.raises(Refused):
        settle_step(step=step, to="done", actor=actor, at=NOW)


def test_steps_to_do_come_first_by_their_day(people, amina):
    actor = people.actor("amina")
    later, sooner, none = (
        add_step(enrolment=amina, words=words, due_on=due, actor=actor)
        for words, due in (("B", dt.date(2027, 1, 1)), ("A", dt.date(2026, 12, 1)), ("C", None))
    )
    settle_step(step=sooner, to="done", actor=actor, at=NOW)
    assert list(next_of(amina).steps) == [later, none, sooner]
    assert (next_of(amina).done, next_of(amina).kept) == (1, 3)


# --- who helps, and who sees


def test_an_organisation_that_helps_sees_nothing_until_the_person_says_so(people, helper):
    elsa = people.actor("elsa")
    assert not helped_by(elsa, None).object_list

    choose_who_sees(helper=helper, sees=True, actor=people.actor("amina"))
    (shown,) = helped_by(elsa, None).object_list
    assert (shown.project.words, shown.helps_with) == ("Ouvrir un étal", "Les comptes")

    choose_who_sees(helper=helper, sees=False, actor=people.actor("amina"))
    assert not helped_by(elsa, None).object_list


@pytest.mark.parametrize("who", ["farid", "hugo", "helene", "bastien", "chloe", "dalia"])
def test_another_organisation_or_person_sees_nothing(people, helper, who):
    choose_who_sees(helper=helper, sees=True, actor=people.actor("amina"))
    assert not OwnProject.objects.visible_to(people.actor(who)).exists()
    assert not OwnStep.objects.visible_to(people.actor(who)).exists()
    assert not OwnHelper.objects.visible_to(people.actor(who)).exists()


def test_a_helper_sees_itself_among_helpers_and_not_the_others(people, amina, helper):
    add_helper(enrolment=amina, organisation=None, name="Une voisine", actor=people.actor("amina"))
    choose_who_sees(helper=helper, sees=True, actor=people.actor("amina"))
    assert [one.pk for one in OwnHelper.objects.visible_to(people.actor("elsa"))] == [helper.pk]


@pytest.mark.parametrize("who", ["driss", "bastien", "elsa"])
def test_nobody_shows_a_project_in_the_person_s_stead(people, helper, who):
    with pytest.raises(Refused):
        choose_who_sees(helper=helper, sees=True, actor=people.actor(who))
    helper.refresh_from_db()
    assert not helper.sees


def test_who_helps_no_more_sees_no_more(people, helper):
    choose_who_sees(helper=helper, sees=True, actor=people.actor("amina"))
    remove_helper(helper=helper, actor=people.actor("driss"), at=NOW)
    assert not helped_by(people.actor("elsa"), None).object_list
    with pytest.raises(Refused):
        choose_who_sees(helper=helper, sees=True, actor=people.actor("amina"))


def test_a_helper_is_an_organisation_or_a_name_and_once(people, amina, helper):
    actor = people.actor("amina")
    for organisation, name in ((None, ""), (people.a.host, "Une voisine"), (people.a.partner, "")):
        with pytest.raises(Refused):
            add_helper(enrolment=amina, organisation=organisation, name=name, actor=actor)
    assert OwnHelper.objects.count() == 1


def test_a_name_in_words_has_no_seat_to_see_from(people, amina):
    actor = people.actor("amina")
    neighbour = add_helper(enrolment=amina, organisation=None, name="Une voisine", actor=actor)
    with pytest.raises(Refused):
        choose_who_sees(helper=neighbour, sees=True, actor=actor)


def test_organisations_of_the_territory_are_offered_not_those_of_another(people):
    assert set(helpers_offered(people.a.cohort)) == {people.a.host, people.a.partner}


# --- pages


def test_a_cooperant_writes_a_project_adds_a_step_and_shows_it(people, enter, helper):
    phone = enter("amina")
    step = {"words": "Appeler", "doer": "", "due_on": "2026-12-01", "submission_key": "0" * 32}
    phone.post(reverse("cohorts:my_next_step"), step)
    phone.post(reverse("cohorts:my_next_step"), step)
    assert OwnStep.objects.count() == 1
    phone.post(reverse("cohorts:my_next_settle", args=[OwnStep.objects.get().pk]), {"to": "done"})
    phone.post(reverse("cohorts:my_next_show", args=[helper.pk]), {"sees": "yes"})

    page = phone.get(reverse("cohorts:my_next")).content.decode()
    assert "Faite le 25 novembre" in page and "Voit ton projet" in page
    assert "Ouvrir un étal" in enter("elsa").get(reverse("cohorts:helped")).content.decode()


def test_one_does_not_settle_a_colleague_s_step(people, enter, amina):
    step = add_step(enrolment=amina, words="Appeler", actor=people.actor("amina"))
    answer = enter("bastien").post(
        reverse("cohorts:my_next_settle", args=[step.pk]), {"to": "done"}
    )
    step.refresh_from_db()
    assert answer.status_code == 404 and step.state == "to_do"


def test_a_project_is_escaped(people, enter, write):
    write("<script>alert(1)</script>")
    page = enter("driss").get(
        reverse("cohorts:next", args=[people.a.cohort.pk, people.enrolments["amina"].pk])
    )
    assert "<script>alert(1)" not in page.content.decode()
