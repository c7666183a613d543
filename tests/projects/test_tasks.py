"""Work to be done together: proposed, joined, left, done, and the hours it proposes."""

import datetime as dt

import pytest
from django.urls import reverse

from cohorts.gatherings import own_gatherings_of
from ct_platform.kit.errors import Refused, Stale
from projects.models import Project, Task, TaskSignUp, WorkEntry
from projects.selectors.proposed import proposed_of_task
from projects.selectors.tasks import shares_of_week
from projects.services import tasks, work
from projects.task_invariants import _places_are_counted
from tests import factories as make
from tests.cohorts.calendar_verbs import note, plan, sign, slot_of
from tests.factories import NOW, TODAY
from tests.projects.verbs import kitchen
from tests.task_world import a_task, join, wish

SATURDAY = dt.datetime(2026, 11, 28, 11, 0, tzinfo=dt.UTC)  # noon in Paris: it is over


def leave(people, task, who, at=NOW):
    return tasks.leave_task(
        task=task, enrolment=people.enrolments[who], actor=people.actor(who), at=at
    )


def came(people, task, *who, by="amina", at=SATURDAY):
    keys = [people.enrolments[name].pk for name in who]
    return tasks.note_who_came(task=task, came=keys, actor=people.actor(by), at=at)


def accept(people, sign_up, who="amina", project=None, at=SATURDAY):
    return work.note_task(
        sign_up=sign_up, enrolment=people.enrolments[who], project=project,
        actor=people.actor(who), at=at,
    )  # fmt: skip


@pytest.fixture
def garden(people):
    return make.ProjectFactory(cohort=people.a.cohort, name="Le jardin", trade="maraichage")


def test_anyone_of_the_group_proposes_work_and_it_says_who(people):
    for who in ("driss", "amina"):
        assert a_task(people, who).created_by == people.persons[who]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"needed": 0}, "needed"),
        ({"needed": -2}, "needed"),
        ({"needed": 900}, "needed"),
        ({"ends": dt.time(8)}, "ends"),
        ({"ends": dt.time(7, 30)}, "ends"),
        ({"day": TODAY - dt.timedelta(days=1)}, "day"),
        ({"day": dt.date(2027, 8, 1)}, "day"),
        ({"title": "  "}, "title"),
        ({"kind": "sieste"}, "kind"),
    ],
)
def test_a_task_that_cannot_be_is_refused_in_words(people, wrong, field):
    with pytest.raises(Refused) as refused:
        a_task(people, **wrong)
    assert refused.value.field == field and not Task.objects.exists()


def test_the_activity_is_one_of_the_cooperative(people):
    other = make.ProjectFactory(cohort=people.b.cohort)
    with pytest.raises(Refused, match="pas dans la coopérative"):
        a_task(people, project=other)


def test_signing_up_takes_a_place_once(people):
    task = a_task(people)
    assert join(people, task, "amina") == join(people, task, "amina")
    task.refresh_from_db()
    assert (task.taken, task.missing) == (1, 2)


def test_a_full_task_says_so_and_offers_to_wait(people):
    task = a_task(people, needed=1)
    join(people, task, "amina")
    with pytest.raises(Refused, match="places sont prises"):
        join(people, task, "bastien")
    waits = tasks.wait_for_task(
        task=task, enrolment=people.enrolments["bastien"], actor=people.actor("bastien"), at=NOW
    )
    assert waits.is_waiting
    leave(people, task, "amina")
    # The place is free: nobody is put on it without saying yes again.
    assert TaskSignUp.objects.get(enrolment=people.enrolments["bastien"]).is_waiting
    assert join(people, task, "bastien").is_signed


def test_who_left_or_is_of_another_cohort_takes_no_place(people):
    task = a_task(people)
    for who in ("gael", "chloe"):
        with pytest.raises(Refused):
            join(people, task, who)
    assert not TaskSignUp.objects.exists()


def test_je_ne_peux_plus_frees_the_place_and_asks_nothing(people):
    task = a_task(people)
    join(people, task, "amina")
    gone = leave(people, task, "amina")
    assert gone.is_withdrawn and not gone.is_late
    assert leave(people, task, "amina") == gone  # twice is quiet
    task.refresh_from_db()
    assert task.taken == 0
    assert join(people, task, "amina").is_signed  # one may come back


def test_saying_it_the_day_before_is_late_and_still_right(people):
    task = a_task(people, day=TODAY, starts=dt.time(14), ends=dt.time(16))
    join(people, task, "amina")
    assert leave(people, task, "amina").is_late


def test_nothing_moves_once_it_is_over_or_called_off(people):
    task = a_task(people)
    join(people, task, "amina")
    for act in (lambda: leave(people, task, "amina", SATURDAY),
                lambda: join(people, task, "bastien", at=SATURDAY)):  # fmt: skip
        with pytest.raises(Refused, match="passée"):
            act()
    tasks.call_off_task(task=task, actor=people.actor("driss"), at=NOW)
    tasks.call_off_task(task=task, actor=people.actor("driss"), at=NOW)
    with pytest.raises(Refused, match="annulée"):
        join(people, task, "bastien")


def test_a_moved_task_tells_those_who_come(people):
    task = a_task(people)
    join(people, task, "amina")
    changed = tasks.change_task(
        task=task, wishes=wish(starts=dt.time(9)), seen_version=1,
        actor=people.actor("driss"), at=NOW,
    )  # fmt: skip
    said = changed.last_change.replace("\xa0", " ")
    assert "Avant : samedi 28 novembre, 8 h – 12 h" in said and "9 h – 12 h" in said
    with pytest.raises(Stale):
        tasks.change_task(
            task=task, wishes=wish(needed=5), seen_version=1, actor=people.actor("driss"), at=NOW
        )


def test_fewer_people_than_those_who_come_is_refused(people):
    task = a_task(people, needed=2)
    join(people, task, "amina")
    join(people, task, "bastien")
    with pytest.raises(Refused, match="viennent déjà"):
        tasks.change_task(
            task=task, wishes=wish(needed=1), seen_version=1, actor=people.actor("driss"), at=NOW
        )


def test_who_came_is_ticked_after_it_began_and_can_be_mended(people):
    task = a_task(people)
    join(people, task, "amina")
    with pytest.raises(Refused, match="pas encore commencé"):
        came(people, task, "amina", at=NOW)
    came(people, task, "amina", "bastien")
    task.refresh_from_db()
    extra = TaskSignUp.objects.get(enrolment=people.enrolments["bastien"])
    assert (task.state, extra.state, extra.came) == ("done", "extra", True)
    came(people, task, "amina")
    extra.refresh_from_db()
    assert extra.came is False
    with pytest.raises(Refused):
        came(people, task, "chloe")


def test_who_came_is_proposed_their_hours_in_one_tap_once(people, garden):
    task = a_task(people, project=garden)
    row = join(people, task, "amina")
    assert proposed_of_task(row) is None
    came(people, task, "amina")
    row.refresh_from_db()
    assert proposed_of_task(row).minutes == 240
    assert not WorkEntry.objects.exists()  # nothing is written in silence
    entry = accept(people, row)
    assert accept(people, row) == entry
    assert (entry.minutes, entry.kind, entry.project, entry.day) == (
        240, "production", garden, dt.date(2026, 11, 28),
    )  # fmt: skip
    assert WorkEntry.objects.count() == 1 and proposed_of_task(row) is None
    work.withdraw_hours(entry=entry, actor=people.actor("amina"), at=SATURDAY)
    assert proposed_of_task(row) is None  # what its author struck out is not proposed again


def test_who_did_not_come_or_is_somebody_else_notes_nothing(people, garden):
    task = a_task(people, project=garden)
    row, other = join(people, task, "amina"), join(people, task, "bastien")
    came(people, task, "bastien")
    for sign_up in (row, other):
        with pytest.raises(Refused, match="pas d’heures"):
            accept(people, sign_up)
    assert not WorkEntry.objects.exists()


def test_a_task_of_the_whole_group_asks_for_which_activity(people, garden):
    task = a_task(people)
    row = join(people, task, "amina")
    came(people, task, "amina")
    row.refresh_from_db()
    with pytest.raises(Refused, match="Choisis un travail"):
        accept(people, row)
    assert accept(people, row, project=garden).project == garden


def test_hours_noted_by_hand_cover_a_task(people, garden):
    task = a_task(people, project=garden)
    row = join(people, task, "amina")
    came(people, task, "amina")
    make.WorkEntryFactory(
        enrolment=people.enrolments["amina"], day=task.day, minutes=240, project=garden
    )
    row.refresh_from_db()
    assert proposed_of_task(row).is_covered
    with pytest.raises(Refused, match="déjà noté"):
        accept(people, row)


@pytest.mark.parametrize(("starts", "covered"), [(9, True), (14, False)])
def test_a_half_day_signed_at_the_same_hours_is_not_counted_twice(people, garden, starts, covered):
    held = sign(people, slot_of(plan(people, kind="production")))  # nine to noon
    work.note_attended(
        attendance=held, enrolment=people.enrolments["amina"], project=garden,
        actor=people.actor("amina"), at=NOW,
    )  # fmt: skip
    task = a_task(
        people, project=garden, day=TODAY, starts=dt.time(starts), ends=dt.time(starts + 2)
    )
    row = join(people, task, "amina")
    came(people, task, "amina", at=NOW + dt.timedelta(hours=8))
    row.refresh_from_db()
    assert proposed_of_task(row).is_covered is covered


def test_the_week_says_who_does_how_much_by_first_name(people):
    join(people, a_task(people), "amina")
    said = shares_of_week(people.a.cohort.pk, TODAY)
    assert [(one.name, one.count, one.minutes) for one in said] == [
        ("Amina Sarr", 1, 240), ("Bastien Cherif", 0, 0),
    ]  # fmt: skip


def test_ma_coop_says_the_next_one(people, enter):
    task = a_task(people)
    a_task(people, needed=1)
    amina = enter("amina")
    page = amina.get(reverse("home:my_coop")).content.decode()
    assert "2 tâches cherchent du monde" in page
    join(people, task, "amina")
    assert "Tu viens samedi 28 novembre" in amina.get(reverse("home:my_coop")).content.decode()


# --- the pages


def test_it_is_one_tap_to_come_and_one_to_say_one_cannot(people, enter):
    task = a_task(people, title="Récolter les poireaux")
    amina = enter("amina")
    page = amina.get(reverse("projects:my_tasks")).content.decode()
    assert "Récolter les poireaux" in page and "Je viens" in page
    said = amina.post(reverse("projects:join_task", args=[task.pk]), follow=True)
    assert "Tu viens" in said.content.decode()
    said = amina.post(reverse("projects:leave_task", args=[task.pk]), follow=True)
    assert "Merci de l’avoir dit" in said.content.decode()
    others = enter("bastien").get(reverse("projects:my_task", args=[task.pk])).content.decode()
    assert "Amina ne peut plus venir" in others


def test_a_task_of_another_cohort_is_nowhere(people, enter):
    task = a_task(people)
    chloe = enter("chloe")
    for name in ("my_task", "join_task", "leave_task"):
        assert chloe.post(reverse(f"projects:{name}", args=[task.pk])).status_code in (404, 405)
    assert not TaskSignUp.objects.exists()


def test_a_double_tap_proposes_one_task(people, enter):
    bastien, key = enter("bastien"), "7b0f7d0e-1111-4222-8333-444455556666"
    typed = {
        "title": "Vendre au marché", "day": "2026-11-28", "starts": "08:00", "ends": "12:00",
        "needed": "3", "kind": "production", "submission_key": key, "project": "",
    }  # fmt: skip
    for _tap in range(2):
        assert bastien.post(reverse("projects:propose_task"), typed).status_code == 302
    assert Task.objects.get().created_by == people.bastien


def test_what_is_wrong_is_told_beside_its_field(people, enter):
    typed = {
        "title": "Vendre", "day": "2026-11-28", "starts": "12:00", "ends": "08:00", "needed": "0",
        "kind": "production", "submission_key": "7b0f7d0e-1111-4222-8333-444455556666",
    }  # fmt: skip
    page = enter("driss").post(reverse("projects:add_task", args=[people.a.cohort.pk]), typed)
    assert "Il faut au moins une personne." in page.content.decode()


def test_ticked_people_find_their_hours_on_mes_heures(people, enter, garden):
    task = a_task(people, project=garden, day=TODAY, starts=dt.time(8), ends=dt.time(10))
    tasks.join_task(
        task=task, enrolment=people.enrolments["amina"], actor=people.actor("amina"),
        at=NOW - dt.timedelta(hours=3),
    )  # fmt: skip
    amina = enter("amina")
    address = reverse("projects:my_task_came", args=[task.pk])
    assert "Amina Sarr" in amina.get(address).content.decode()
    amina.post(address, {"came": [people.enrolments["amina"].pk]})
    page = amina.get(reverse("projects:my_hours")).content.decode()
    assert "Tu es venu·e à « Récolter les poireaux »" in page
    row = TaskSignUp.objects.get()
    said = amina.post(reverse("projects:note_task", args=[row.pk]), follow=True).content.decode()
    assert "C’est noté : 2\xa0h" in said
    assert WorkEntry.objects.get().project == Project.objects.get(name="Le jardin")


def test_only_somebody_who_was_there_ticks(people, enter):
    task = a_task(people, day=TODAY, starts=dt.time(8), ends=dt.time(10))
    address = reverse("projects:my_task_came", args=[task.pk])
    assert enter("bastien").get(address).status_code == 403
    assert enter("driss").get(
        reverse("projects:task_came", args=[people.a.cohort.pk, task.pk])
    ).status_code == 200  # fmt: skip


def test_kitchen_and_absence_do_not_mix(people):
    """A production task in the kitchen is not covered by an absence."""
    note(people, slot_of(plan(people, kind="production")), "amina", "absent")
    task = a_task(people, project=kitchen(people), day=TODAY)
    row = join(people, task, "amina")
    came(people, task, "amina", at=NOW + dt.timedelta(hours=8))
    row.refresh_from_db()
    assert not proposed_of_task(row).is_covered


def test_my_agenda_and_my_phone_have_what_i_come_to_and_nothing_else(people, enter):
    mine, other = a_task(people, title="Récolter"), a_task(people, title="Arroser")
    join(people, mine, "amina")
    join(people, other, "bastien")
    page = enter("amina").get(reverse("cohorts:my_agenda")).content.decode()
    assert "Récolter" in page and "Voir la tâche" in page and "Arroser" not in page
    tasks.call_off_task(task=mine, actor=people.actor("driss"), at=NOW)
    (line,) = own_gatherings_of(people.amina.pk, TODAY)
    assert (line.is_cancelled, line.version) == (True, 2)


def test_the_coordination_sees_what_lacks_people_and_what_nobody_ticked(people, enter):
    a_task(people, day=dt.date(2026, 11, 26))
    past = a_task(people)
    Task.objects.filter(pk=past.pk).update(day=dt.date(2026, 11, 20))
    board = enter("driss").get(reverse("home:cohort_dashboard", args=[people.a.cohort.pk]))
    said = board.content.decode()
    assert "1 tâche cherche du monde" in said and "1 tâche passée sans présence" in said


def test_check_consistency_sees_a_place_nobody_holds(people):
    task = a_task(people)
    join(people, task, "amina")
    assert list(_places_are_counted()) == []
    Task.objects.filter(pk=task.pk).update(taken=2)
    assert len(list(_places_are_counted())) == 1
