"""A person's whole path: told to them and to who accompanies them, part by part; closed to everybody else."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cohorts import path
from cohorts.models import (
    Enrolment,
    EntrySituation,
    ExitSituation,
    Mandate,
    Skill,
    SkillConfirmation,
)
from cohorts.path import Chapter, Item, Part, Stage, path_of
from tests import factories as make
from tests.access_world import furnish
from tests.cohorts.applying import decided, recruiting_cohort
from tests.cohorts.calendar_verbs import note, plan, sign, slot_of
from tests.factories import NOW, TODAY
from tests.payroll.scene import set_scene

D = dt.date


def told(people, reader="driss", name="amina") -> dict[Stage, Chapter]:
    enrolment = Enrolment.objects.select_related("person", "cohort").get(
        pk=people.enrolments[name].pk
    )
    return {one.stage: one.chapters[0] for one in path_of(enrolment, people.actor(reader), TODAY)}


def address(people, name="amina") -> str:
    enrolment = people.enrolments[name]
    return reverse("cohorts:path", args=[enrolment.cohort_id, enrolment.pk])


def test_the_coordinator_and_the_person_read_the_same_path(people, enter):
    make.WorkEntryFactory(enrolment=people.enrolments["amina"], minutes=210)
    for name, where in (("driss", address(people)), ("amina", reverse("cohorts:my_path"))):
        page = enter(name).get(where).content.decode()
        assert "3\u00a0h\u00a030 en tout" in page
        assert "Dossier d’entrée" in page


@pytest.mark.parametrize("name", ["amina", "bastien", "helene", "gael"])
def test_who_shares_the_cohort_is_refused_the_coordinator_s_page(people, enter, name):
    """The person has their own page; a co-worker, somebody who left and the host have none."""
    assert enter(name).get(address(people)).status_code == 403


@pytest.mark.parametrize("name", ["chloe", "dalia", "hugo", "elsa", "farid", "nora"])
def test_who_is_from_elsewhere_or_reads_groups_only_finds_nothing(people, enter, name):
    assert enter(name).get(address(people)).status_code == 404


def test_the_coordinator_of_the_cohort_does_not_reach_somebody_of_another_by_number(people, enter):
    chloe = people.enrolments["chloe"]
    wrong = reverse("cohorts:path", args=[people.a.cohort.pk, chloe.pk])
    assert enter("driss").get(wrong).status_code == 404


def test_my_path_is_mine_whoever_asks(people, enter):
    make.WorkEntryFactory(enrolment=people.enrolments["amina"], minutes=210)
    page = enter("bastien").get(reverse("cohorts:my_path")).content.decode()
    assert "3\u00a0h\u00a030" not in page
    assert enter("driss").get(reverse("cohorts:my_path")).status_code == 403


def test_who_left_still_reads_their_own_path(people, enter):
    page = enter("gael").get(reverse("cohorts:my_path")).content.decode()
    assert "La situation à la sortie n’est pas encore notée" in page


def test_the_application_and_its_selection_are_dated_and_their_reasons_kept(people):
    cohort = recruiting_cohort(people)
    application = decided(cohort, people, "selected", motivation="Mots du coeur")
    type(application).objects.filter(pk=application.pk).update(
        enrolment=people.enrolments["amina"], note="Raison privée"
    )
    found = told(people)
    assert found[Stage.APPLYING].first_on == TODAY
    assert "retenue" in found[Stage.SELECTION].text
    assert "Raison privée" not in str(found)
    assert told(people, "amina")[Stage.APPLYING].url == ""


def test_an_entry_file_begun_says_what_it_lacks_and_a_missing_one_comes_later(people):
    assert told(people)[Stage.ENTRY].state == "later"
    EntrySituation.objects.create(
        enrolment=people.enrolments["amina"], number=1, written_by=people.driss, written_at=NOW,
        entered_on=D(2026, 9, 7), sex="woman",
    )  # fmt: skip
    assert told(people)[Stage.ENTRY].state == "now"
    assert "woman" not in str(told(people))


def test_half_days_are_counted_by_kind_and_absences_are_not(people):
    session = plan(people)
    sign(people, slot_of(session), "amina")
    note(people, slot_of(session, "afternoon"), "amina", "excused", reason="Rendez-vous privé")
    found = told(people)[Stage.SESSIONS]
    assert found.text == "1 demi-journée, dont 1 signée."
    assert [one.text for one in found.items] == ["Formation\u00a0: 1"]
    assert "Rendez-vous" not in str(found)


def test_a_presence_noted_is_counted_and_not_as_signed(people):
    note(people, slot_of(plan(people)), "amina", "present")
    assert told(people)[Stage.SESSIONS].text == "1 demi-journée, aucune signée."


def test_a_mandate_names_its_decision(people):
    Mandate.objects.create(
        enrolment=people.enrolments["amina"], title="trésorière", starts_on=D(2026, 11, 1), ends_on=None,
        decision_number=3,
    )  # fmt: skip
    found = told(people)[Stage.MANDATES]
    assert found.state == "now"
    assert found.items[0].text == "trésorière, décision n° 3"


def test_skills_are_confirmed_when_both_sides_say_so(people):
    skill = Skill.objects.create(cohort=people.a.cohort, title="Négocier")
    told_so = {
        "enrolment": people.enrolments["amina"], "skill": skill, "level": 2, "evidence": "Au marché",
        "confirmed_on": TODAY,
    }  # fmt: skip
    SkillConfirmation.objects.create(by=people.bastien, role="peer", **told_so)
    assert told(people)[Stage.SKILLS].items[0].text == "Négocier, à confirmer encore"
    SkillConfirmation.objects.create(by=people.driss, role="coordinator", **told_so)
    assert told(people)[Stage.SKILLS].items[0].text == "Négocier"
    assert "Au marché" not in str(told(people))


def test_pay_is_one_s_own_and_the_slip_stays_between_the_person_and_the_host(people):
    set_scene(people).issued()
    for reader in ("driss", "amina"):
        assert "249,52" in told(people, reader)[Stage.PAY].text
    mine = [one.text for one in told(people, "amina")[Stage.PAPERS].items]
    seen = [one.text for one in told(people, "driss")[Stage.PAPERS].items]
    assert any("Bulletin" in text for text in mine)
    assert not any("Bulletin" in text for text in seen)


def test_the_exit_says_what_is_known(people):
    ExitSituation.objects.create(
        enrolment=people.enrolments["gael"], number=1, written_by=people.driss, written_at=NOW,
        left_on=D(2026, 10, 1), status="fixed_term", known_on=TODAY,
    )  # fmt: skip
    found = told(people, "driss", "gael")[Stage.EXIT]
    assert found.text == "Emploi en CDD"
    assert told(people)[Stage.EXIT].state == "later"


def test_two_cohorts_of_one_person_are_two_paths(people):
    """What was done in another cohort, by the same person, is told there."""
    again = make.EnrolmentFactory(cohort=people.b.cohort, person=people.amina)
    make.WorkEntryFactory(enrolment=again, minutes=600)
    assert "Aucune heure" in told(people)[Stage.HOURS].text


@pytest.fixture
def added_part():
    part = Part(
        "test_next", Stage.NEXT,
        lambda reading: Chapter("Un rendez-vous.", "calendrier", "now", items=(Item("Au marché", TODAY),))
        if reading.own
        else None,
    )  # fmt: skip
    path.register(part)
    yield part
    del path._parts[part.code]


def test_a_part_added_by_one_function_stands_in_its_place_for_whom_it_wants(people, added_part):
    assert Stage.NEXT not in told(people)
    mine = told(people, "amina")
    assert mine[Stage.NEXT].text == "Un rendez-vous."
    assert list(mine) == sorted(mine)


def test_fifteen_queries_at_most_with_everything_in_it(people, enter):
    furnish(people)
    for name, where in (("driss", address(people)), ("amina", reverse("cohorts:my_path"))):
        client = enter(name)
        client.get(reverse("members:seats"), follow=True)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(where).status_code == 200
        assert len(queries) <= 15
