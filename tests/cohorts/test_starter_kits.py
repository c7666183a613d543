"""A new cohort from an old one, or from a file: everything useful, and nobody."""

import datetime as dt
import json
import uuid

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from django.urls import reverse

from cohorts.enums import CohortState
from cohorts.models import Cohort, Enrolment, Session, Skill, SkillGrid
from cohorts.rules.holidays import easter, holiday_on
from cohorts.rules.starter_kits import day_at, named_in, place_of
from cohorts.selectors.starter_kits import (
    chosen_kit,
    coordinator_seats,
    kit_lines,
    nameless_kit,
    names_around,
    read_kit,
    write_kit,
)
from cohorts.services.starter_kits import start_from_kit
from ct_platform.kit.errors import Refused
from decisions.models import Proposal, Statutes
from projects.models import Project
from tests import factories as make
from tests.access_world import furnish
from tests.cohorts.closing_verbs import at_state
from tests.factories import NOW, TODAY
from tests.test_access import fingerprint
from tests.test_consistency import OURS

D = dt.date
START = D(2027, 3, 3)  # a Wednesday; the source begins on a Monday


# --- pure


@pytest.mark.parametrize(
    ("day", "what"),
    [
        (D(2027, 5, 1), "Travail"), (D(2027, 3, 29), "Pâques"), (D(2027, 5, 6), "Ascension"),
        (D(2027, 5, 17), "Pentecôte"), (D(2026, 12, 25), "Noël"),
    ],
)  # fmt: skip
def test_holidays_are_known(day, what):
    assert what in holiday_on(day)
    assert holiday_on(day + dt.timedelta(days=1)) == ""


def test_easter_of_known_years():
    known = {2024: (3, 31), 2025: (4, 20), 2026: (4, 5), 2027: (3, 28), 2038: (4, 25)}
    assert {year: (easter(year).month, easter(year).day) for year in known} == known


@pytest.mark.parametrize("first", [D(2026, 9, 7), D(2026, 9, 9), D(2026, 9, 13)])
def test_a_tuesday_of_the_third_week_stays_one(first):
    tuesday = D(2026, 9, 22)
    week, weekday = place_of(tuesday, first)
    assert (week, weekday) == (2, 1)
    assert day_at(week, weekday, first) == tuesday
    assert day_at(week, weekday, START) == D(2027, 3, 16)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("La recette d’Amina", ["Amina"]), ("LA RECETTE D'AMÏNA !", ["Amina"]), ("Laminage", []),
        ("Chez Sarr", ["Sarr"]), ("El Hadji Sow passe", ["El Hadji Sow"]), ("El Sow", []), ("a", []),
    ],
)  # fmt: skip
def test_names_are_found_as_whole_words(text, found):
    assert named_in(text, ["Amina", "Sarr", "El Hadji Sow", "a"]) == found


# --- cloning


def seat_of(people, name="driss"):
    return coordinator_seats(people.actor(name), TODAY)[0]


def start(people, kit, *, name="La suite", starts_on=START, who="driss", **more):
    return start_from_kit(
        kit=kit, name=name, host=people.a.host, programme=people.a.cohort.programme, starts_on=starts_on,
        seat=more.get("seat") or seat_of(people, who), actor=people.actor(who), at=NOW,
    )  # fmt: skip


def clone(people, **more):
    return start(people, nameless_kit(kit_lines(people.a.cohort)), **more)


def session(people, title, day, **more):
    one = Session.objects.create(
        cohort=people.a.cohort, kind="training", title=title, place="12 rue des Lilas", day=day,
        created_by=people.driss, **more,
    )  # fmt: skip
    one.slots.create(half="morning", starts=dt.time(9), ends=dt.time(12))
    return one


def test_sessions_keep_their_weekday_and_their_civil_hours_and_leave_the_address(people):
    one = session(people, "Compter", D(2026, 10, 20))  # Tuesday of week 7, before the clocks change
    one.trainers.create(name="Paul Doré", key="dore paul")
    new, left = clone(people)

    [made] = Session.objects.of_cohort(new.pk)
    assert (made.day, made.day.weekday()) == (D(2027, 4, 13), 1)  # after the clocks changed
    assert [(slot.starts, slot.ends) for slot in made.slots.all()] == [(dt.time(9), dt.time(12))]
    assert made.place == "Lieu à préciser" and not made.trainers.exists() and made.is_for_all
    assert left == []


def test_a_holiday_and_a_day_outside_are_said_and_not_planned(people):
    session(people, "Le lundi", D(2026, 10, 5))  # Monday of the fifth week: 29 March, Easter Monday
    session(people, "La veille", D(2026, 9, 7))  # the Monday before the new first day
    new, left = clone(people)

    assert not Session.objects.of_cohort(new.pk).exists()
    assert any(
        "« Le lundi » : le 29 mars 2027 est férié (le lundi de Pâques)" in one for one in left
    )
    assert any("« La veille » : le 1er mars 2027 est hors de la coopérative" in one for one in left)


def test_a_cancelled_session_is_not_taken_over(people):
    session(
        people, "Annulée", D(2026, 10, 20), state="cancelled", cancelled_at=NOW, cancel_reason="x"
    )
    new, _left = clone(people)
    assert not Session.objects.of_cohort(new.pk).exists()


def test_it_takes_the_frame_the_phases_and_the_activities(people):
    make.ProjectFactory(cohort=people.a.cohort, name="Le potager", trade="maraichage")
    people.a.cohort.phases.create(
        kind="integration", starts_on=D(2026, 9, 7), ends_on=D(2026, 9, 11)
    )
    new, _left = clone(people)

    assert (new.state, new.territory_id) == (CohortState.DRAFT, people.a.territory.pk)
    assert (new.ends_on - new.starts_on) == (people.a.cohort.ends_on - people.a.cohort.starts_on)
    phase = new.phases.get(kind="integration")
    assert (phase.starts_on, phase.ends_on) == (START, D(2027, 3, 5))
    assert [(one.name, one.trade) for one in Project.objects.of_cohort(new.pk)] == [
        ("Le potager", "maraichage")
    ]


def test_statutes_and_the_grid_become_proposals_and_nothing_is_adopted(people):
    Statutes.objects.filter(cohort=people.a.cohort).update(quorum_numerator=2, quorum_denominator=3)
    Skill.objects.create(cohort=people.a.cohort, title="Négocier", meaning="Trouver un accord.")
    new, _left = clone(people)

    found = {one.effect_code: one for one in Proposal.objects.of_cohort(new.pk)}
    assert set(found) == {"statutes", "skill_grid"}
    assert found["statutes"].versions.get().effect_settings["quorum"] == "2/3"
    assert (
        "Négocier : Trouver un accord."
        in found["skill_grid"].versions.get().effect_settings["words"]
    )
    assert {one.owner_id for one in found.values()} == {None}
    assert not Statutes.objects.filter(cohort=new).exists()
    assert (
        not SkillGrid.objects.filter(cohort=new).exists()
        and not Skill.objects.of_cohort(new.pk).exists()
    )


def test_nobody_of_the_source_is_named_anywhere_in_the_new_rows(people):
    """Every text of every row that the clone made, against every name around the source."""
    furnish(people)
    session(people, "La recette d’Amina", D(2026, 10, 20))
    session(people, "Compter", D(2026, 10, 21), note="Apporter le carnet de Bastien Cherif.")
    make.ProjectFactory(cohort=people.a.cohort, name="La cuisine de Gaël", trade="cuisine")
    Cohort.objects.filter(pk=people.a.cohort.pk).update(pitch="Le potager de Driss.")
    people.a.cohort.refresh_from_db()
    ours = [model for app in OURS for model in apps.get_app_config(app).get_models()]
    before = {model: set(model.objects.values_list("pk", flat=True)) for model in ours}

    at_state(people.a.cohort, CohortState.ARCHIVED)
    sections = kit_lines(people.a.cohort)
    flagged = {line.said for one in sections for line in one.lines if line.names_somebody}
    kit = nameless_kit(sections)
    new, _left = start(people, kit)

    assert any("recette d’Amina" in one for one in flagged) and any(
        "Gaël" in one for one in flagged
    )
    made = [
        str(value)
        for model in ours
        for row in model.objects.exclude(pk__in=before[model])
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField | models.JSONField)
        for value in [getattr(row, field.attname)]
    ]
    names = names_around(people.a.cohort)
    assert {"Amina", "Sarr", "Bastien", "Cherif", "Gaël", "Driss"} <= set(names)
    assert [text for text in made if named_in(text, names)] == []
    assert not Enrolment.objects.of_cohort(new.pk).exists()


def test_a_pitch_that_names_somebody_is_left_empty(people, enter):
    Cohort.objects.filter(pk=people.a.cohort.pk).update(pitch="Le potager d’Amina.")
    enter("driss").post(address(people), typed(people))
    assert Cohort.objects.get(name="La suite").pitch == ""


def test_the_source_is_not_touched(people):
    session(people, "Compter", D(2026, 10, 20))
    before = list(Session.objects.of_cohort(people.a.cohort.pk).values())
    clone(people)
    assert list(Session.objects.of_cohort(people.a.cohort.pk).values()) == before


# --- the page


def address(people):
    return reverse("cohorts:clone", args=[people.a.cohort.pk])


def typed(people, **more):
    return {
        "submission_key": str(uuid.uuid4()), "name": "La suite", "starts_on": START.isoformat(),
        "seat": seat_of(people).key, "programme": people.a.cohort.programme_id, "host": people.a.host.pk,
    } | more  # fmt: skip


def test_what_names_somebody_is_unticked_and_what_is_ticked_is_taken(people, enter):
    session(people, "La recette d’Amina", D(2026, 10, 20))
    session(people, "Compter", D(2026, 10, 21))
    client = enter("driss")
    page = client.get(address(people))
    assert page.context["taken"].count("sessions:0") == 0 and "sessions:1" in page.context["taken"]
    assert "nomme peut-être quelqu’un : Amina" in page.content.decode()

    client.post(address(people), typed(people, take=["sessions:1"]))
    new = Cohort.objects.get(name="La suite")
    assert [one.title for one in Session.objects.of_cohort(new.pk)] == ["Compter"]


def test_a_double_tap_creates_once(people, enter):
    client, sent = enter("driss"), typed(people)
    assert (
        client.post(address(people), sent).headers["Location"]
        == client.post(address(people), sent).headers["Location"]
    )
    assert Cohort.objects.filter(name="La suite").count() == 1


def test_a_territory_one_does_not_coordinate_is_refused(people, enter):
    before = fingerprint()
    other = coordinator_seats(people.actor("dalia"), TODAY)[0].key
    answer = enter("driss").post(address(people), typed(people, seat=other))
    assert (
        answer.status_code == 422
        and "Vous n’accompagnez pas ce territoire" in answer.content.decode()
    )
    assert fingerprint() == before


def test_it_may_be_made_in_another_territory_one_coordinates(people, enter):
    make.CoordinatorSeatFactory(person=people.driss, territory=people.b.territory)
    [other] = [
        one
        for one in coordinator_seats(people.actor("driss"), TODAY)
        if one.territory_id == people.b.territory.pk
    ]
    enter("driss").post(address(people), typed(people, seat=other.key))
    assert Cohort.objects.get(name="La suite").territory == people.b.territory


def test_too_short_for_the_programme_is_said_on_the_page(people, enter):
    other = make.ProgrammeFactory(code="long", shortest_days=150, longest_days=200)
    answer = enter("driss").post(address(people), typed(people, programme=other.pk))
    assert answer.status_code == 422 and "150" in answer.content.decode()


# --- the file


def test_the_file_names_nobody_and_reads_back_the_same(people, enter):
    session(people, "La recette d’Amina", D(2026, 10, 20))
    session(people, "Compter", D(2026, 10, 21))
    answer = enter("driss").get(reverse("cohorts:kit_file", args=[people.a.cohort.pk]))

    content = b"".join([answer.content])
    body = json.loads(content)
    assert body["format"] == "ct-kit/1"
    assert [one["title"] for one in body["parts"]["sessions"]] == ["Compter"]
    assert named_in(content.decode(), names_around(people.a.cohort)) == []
    assert "Lilas" not in content.decode()
    assert write_kit(read_kit(content)) == content


def test_another_network_starts_from_it(people, enter):
    session(people, "Compter", D(2026, 10, 21))
    content = write_kit(nameless_kit(kit_lines(people.a.cohort)))
    sent = typed(people, seat=seat_of(people, "dalia").key, host=people.b.host.pk)
    sent["file"] = SimpleUploadedFile("kit.json", content)
    answer = enter("dalia").post(reverse("cohorts:import_kit"), sent)
    new = Cohort.objects.get(name="La suite")
    assert answer.status_code == 302 and new.territory == people.b.territory
    assert Session.objects.of_cohort(new.pk).count() == 1


def broken(**parts):
    return json.dumps({"format": "ct-kit/1", "parts": parts}).encode()


BACKWARDS = {"half": "morning", "starts": "12:00", "ends": "09:00"}
SESSION = {"kind": "training", "title": "Compter", "week": 1, "weekday": 1,
           "halves": [{"half": "morning", "starts": "09:00", "ends": "12:00"}]}  # fmt: skip


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xff\xfe", "pas du JSON"),
        (b"{", "pas du JSON"),
        (b"[" * 100_000, "pas du JSON"),
        (b"[]", "n’est pas un kit"),
        (b'{"parts": {}}', "n’est pas un kit"),
        (b'{"format": "ct-kit/9", "parts": {}}', "autre version (ct-kit/9)"),
        (b'{"format": "ct-kit/1"}', "ne contient rien"),
        (broken(people=[{"name": "Amina"}]), "partie inconnue : « people »"),
        (broken(projects={}), "illisible"),
        (broken(projects=["x"]), "illisible"),
        (broken(projects=[{"name": "", "trade": "cuisine"}]), "n’a pas de nom"),
        (broken(projects=[{"name": "A", "trade": "magie"}]), "métier inconnu"),
        (broken(frame=[{"days": True, "seats": 15}]), "illisible"),
        (broken(frame=[{"days": 9999, "seats": 15}]), "illisible"),
        (broken(phases=[{"kind": "party", "starts": [0, 0], "ends": [0, 1]}]), "nom inconnu"),
        (broken(phases=[{"kind": "closing", "starts": [0], "ends": [0, 1]}]), "deux jours"),
        (broken(sessions=[SESSION | {"week": -1}]), "son jour"),
        (broken(sessions=[SESSION | {"halves": []}]), "demi-journées"),
        (broken(sessions=[SESSION | {"halves": [BACKWARDS]}]), "impossibles"),
        (broken(sessions=[SESSION | {"title": "x" * 101}]), "pas de titre"),
        (broken(sessions=[SESSION] * 301), "trop longue"),
        (broken(statutes=[{}]), "nombre impossible"),
        (broken(skills=[{"title": "A", "meaning": 3}]), "explication"),
        (broken(rules=[{"title": "A", "text": "x" * 2001}]), "2 000 signes"),
        (b'{"format": "ct-kit/1"}' + b" " * 1_000_001, "trop gros"),
    ],
)  # fmt: skip
def test_a_bad_file_is_told_in_one_sentence(content, said):
    with pytest.raises(Refused, match=said.replace("(", r"\(").replace(")", r"\)")):
        read_kit(content)


@pytest.mark.parametrize("content", [b"{", broken(people=[]), broken(projects=[])])
def test_a_bad_file_creates_nothing(people, enter, content):
    sent = typed(people) | {"file": SimpleUploadedFile("kit.json", content)}
    before = fingerprint()
    answer = enter("driss").post(reverse("cohorts:import_kit"), sent)
    assert answer.status_code == 422
    assert fingerprint() == before


def test_a_failure_in_the_middle_creates_nothing(people):
    twice = [{"name": "Jardin", "trade": "cuisine"}] * 2
    kit = chosen_kit(kit_lines(people.a.cohort), {"frame:0"})
    with pytest.raises(Refused, match="porte déjà ce nom"):
        start(people, type(kit)({**kit.parts, "projects": twice}))
    assert not Cohort.objects.filter(name="La suite").exists()
