"""One gesture, two facts: a signed half-day proposes its hours, its author confirms them in one tap."""

import pytest
from django.urls import reverse

from ct_platform.kit.errors import Refused
from projects.models import WorkEntry
from projects.selectors.proposed import proposed_between
from projects.services import work
from tests import factories as make
from tests.cohorts.calendar_verbs import MORNING, note, paris, plan, sign, slot_of
from tests.factories import NOW, TODAY


def proposed(people, name="amina"):
    return proposed_between(people.enrolments[name].pk, TODAY, TODAY)


def confirm(people, attendance, name="amina", project=None):
    return work.note_attended(
        attendance=attendance, enrolment=people.enrolments[name], project=project,
        actor=people.actor(name), at=NOW,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("session", "kind"),
    [("training", "training"), ("meeting", "meeting"), ("assembly", "meeting")],
)
def test_a_signed_half_day_proposes_its_minutes_with_the_right_kind(people, session, kind):
    held = sign(people, slot_of(plan(people, kind=session)))
    (one,) = proposed(people)
    assert (one.minutes, one.kind, one.is_covered) == (180, kind, False)
    assert not WorkEntry.objects.exists()  # nothing is written in silence
    entry = confirm(people, held)
    assert (entry.minutes, entry.kind, entry.day, entry.project) == (180, kind, TODAY, None)
    assert proposed(people) == []


def test_confirming_twice_notes_once(people):
    held = sign(people, slot_of(plan(people)))
    assert confirm(people, held) == confirm(people, held)
    assert WorkEntry.objects.count() == 1


def test_production_asks_for_which_activity(people):
    held = sign(people, slot_of(plan(people, kind="production")))
    with pytest.raises(Refused, match="Choisis un travail"):
        confirm(people, held)
    project = make.ProjectFactory(cohort=people.a.cohort)
    assert confirm(people, held, project=project).project == project


def test_who_came_late_is_proposed_what_was_left(people):
    sign(people, slot_of(plan(people)), says_late=True, at=paris(9, 40))
    assert proposed(people)[0].minutes == 140


def test_absences_propose_nothing(people):
    note(people, slot_of(plan(people)), "amina", "absent")
    assert proposed(people) == []


def test_hours_already_noted_cover_it_and_are_said(people):
    held = sign(people, slot_of(plan(people)))
    make.WorkEntryFactory(
        enrolment=people.enrolments["amina"], day=TODAY, minutes=180, kind="training", project=None
    )
    assert proposed(people)[0].is_covered
    with pytest.raises(Refused, match="déjà noté"):
        confirm(people, held)
    assert WorkEntry.objects.count() == 1


def test_hours_of_another_kind_or_too_few_cover_nothing(people):
    sign(people, slot_of(plan(people)))
    for kind, minutes in (("meeting", 300), ("training", 60)):
        make.WorkEntryFactory(
            enrolment=people.enrolments["amina"],
            day=TODAY,
            minutes=minutes,
            kind=kind,
            project=None,
        )
    (one,) = proposed(people)
    assert not one.is_covered and one.already_minutes == 60


def test_one_entry_covers_one_half_day_not_two(people):
    session = plan(people)
    sign(people, slot_of(session))
    sign(people, slot_of(session, "afternoon"), at=paris(13, 30))
    make.WorkEntryFactory(
        enrolment=people.enrolments["amina"], day=TODAY, minutes=240, kind="training", project=None
    )
    assert [one.is_covered for one in proposed(people)] == [True, False]


def test_what_its_author_struck_out_is_not_proposed_again(people):
    entry = confirm(people, sign(people, slot_of(plan(people))))
    work.withdraw_hours(entry=entry, actor=people.actor("amina"), at=NOW)
    assert proposed(people) == []


def test_nobody_notes_the_half_day_of_somebody_else(people, enter):
    held = sign(people, slot_of(plan(people)))
    with pytest.raises(Refused):
        confirm(people, held, "bastien")
    answer = enter("bastien").post(reverse("projects:note_attended", args=[held.pk]))
    assert answer.status_code == 404 and not WorkEntry.objects.exists()


def test_it_is_one_tap_on_mes_heures(people, enter):
    held = sign(people, slot_of(plan(people, halves=(MORNING,))))
    amina = enter("amina")
    page = amina.get(reverse("projects:my_hours")).content.decode()
    assert "Tu as signé « Hygiène en cuisine »" in page
    address = reverse("projects:note_attended", args=[held.pk])
    assert address in page
    said = amina.post(address, follow=True).content.decode().replace("\xa0", " ")
    assert "C’est noté : 3 h, Formation." in said and address not in said
