"""The attestation says what is proved, and keeps quiet about the rest."""

import datetime as dt
import hashlib
from pathlib import Path

import pytest
from django.conf import settings

from cohorts.models import Mandate, Skill
from cohorts.rules.skills import SkillWords
from cohorts.services.skill_grids import note_grid
from cohorts.services.skills import choose_display, confirm_skill
from decisions.models import Proposal
from documents import kinds
from documents.models import Document
from documents.services.render import draw
from projects.papers import context
from projects.services.attestations import issue_participation
from tests.decisions.assembly import close, put_to_vote, vote
from tests.factories import NOW, TODAY
from tests.projects.verbs import confirm, note

D = dt.date


def shot(people, name="amina"):
    return issue_participation(
        enrolments=[people.enrolments[name]], batch="b", cohort=people.a.cohort,
        actor=people.actor("driss"), at=NOW,
    )[0].snapshot  # fmt: skip


def test_hours_stand_by_month_and_kind_and_totals_are_sums_of_those_lines(people):
    confirm(
        people, "bastien",
        note(people, "amina", day=D(2026, 10, 30), minutes=100),
        note(people, "amina", day=D(2026, 11, 3), minutes=50),
        note(people, "amina", day=D(2026, 11, 4), minutes=61, kind="meeting"),
    )  # fmt: skip

    found = shot(people)

    assert found["months"] == [
        {"month": "2026-10-01", "minutes": {"production": 100}},
        {"month": "2026-11-01", "minutes": {"meeting": 61, "production": 50}},
    ]
    assert [(row["kind"], row["minutes"]) for row in found["hours"]] == [
        ("production", 150), ("meeting", 61),
    ]  # fmt: skip
    page = context(found)
    assert [(one["minutes"], one["total"]) for one in page["months"]] == [
        ([100, 0], 100),
        ([50, 61], 111),
    ]
    assert page["total_minutes"] == 211


@pytest.mark.parametrize(
    ("first", "last", "printed"),
    [
        (D(2026, 9, 20), None, "depuis le 20 septembre 2026"),
        (D(2026, 9, 20), D(2026, 12, 10), "depuis le 20 septembre 2026"),  # still runs today
        (D(2026, 9, 20), D(2026, 10, 20), "du 20 septembre au 20 octobre 2026"),
    ],
)
def test_mandates_stand_with_their_days(people, first, last, printed):
    Mandate.objects.create(
        enrolment=people.enrolments["amina"], title="Trésorière", starts_on=first, ends_on=last,
        decision_number=2,
    )  # fmt: skip

    assert context(shot(people))["mandates"] == [{"title": "Trésorière", "period": printed}]


def test_a_mandate_to_come_or_of_a_colleague_is_not_there(people):
    for name, first in (("amina", D(2026, 12, 1)), ("bastien", D(2026, 10, 1))):
        Mandate.objects.create(
            enrolment=people.enrolments[name], title="Caisse", starts_on=first, decision_number=2
        )

    assert shot(people)["mandates"] == []


def test_an_open_mandate_ends_with_the_person_who_left(people):
    Mandate.objects.create(
        enrolment=people.enrolments["gael"],
        title="Caisse",
        starts_on=D(2026, 9, 10),
        decision_number=2,
    )

    assert shot(people, "gael")["mandates"][0]["to"] == "2026-10-01"


def led(people, name, **changes):
    poll = put_to_vote(people, **changes)
    Proposal.objects.filter(pk=poll.proposal_id).update(owner=people.enrolments[name])
    for one in ("amina", "bastien"):
        vote(poll, people.enrolments[one], "hours")
    return poll


def test_a_proposal_carried_to_the_vote_stands_with_its_outcome_and_nobody_s_voice(people):
    close(led(people, "amina"))

    found = shot(people)

    assert found["decisions"] == [
        {
            "number": 1,
            "title": "Comment partager l’argent ?",
            "outcome": "choisi",
            "on": "2026-11-27",
        }
    ]
    said = str(found)
    assert "Bastien" not in said and "hours" not in str(found["decisions"])


def test_what_a_colleague_carried_or_is_still_voted_is_not_there(people):
    close(led(people, "bastien"))
    assert shot(people)["decisions"] == []


def test_a_vote_still_open_is_not_led_yet(people):
    led(people, "amina")
    assert shot(people)["decisions"] == []


def test_a_vote_about_a_person_names_nobody_on_the_paper_of_another(people):
    outcome = close(led(people, "amina", title="Exclure Bastien ?"))
    Proposal.objects.filter(pk=outcome.poll.proposal_id).update(effect_code="exclude")

    assert shot(people)["decisions"] == []


def test_skills_are_those_confirmed_by_both_sides_that_the_person_chose(people):
    words = [SkillWords(title) for title in ("Négocier", "Argumenter", "Compter")]
    note_grid(
        cohort=people.a.cohort, words=words, adopted_on=TODAY, actor=people.actor("driss"), at=NOW
    )
    skills = {one.title: one for one in Skill.objects.all()}
    for title, by in (
        ("Négocier", "bastien"), ("Négocier", "driss"), ("Argumenter", "bastien"),
        ("Compter", "bastien"), ("Compter", "driss"),
    ):  # fmt: skip
        confirm_skill(
            enrolment=people.enrolments["amina"], skill=skills[title], level=2, evidence="Samedi.",
            actor=people.actor(by), at=NOW,
        )  # fmt: skip
    choose_display(
        enrolment=people.enrolments["amina"],
        shown={skills[one].pk: ["on_papers"] for one in ("Négocier", "Argumenter")},
        actor=people.actor("amina"),
    )

    # Argumenter has one side only, Compter was not chosen.
    assert shot(people)["skills"] == [{"title": "Négocier", "level": "sans aide"}]


# --- papers of before


FORMER = Path(settings.BASE_DIR) / "templates/pdf/former/participation_1.html"
FIRST_VERSION = {
    "person": "Amina Sarr", "cohort": "Les Racines", "territory": "Le Plateau",
    "territory_kind": "quartier prioritaire", "place": "Valbrune", "coordinators": ["Driss Marchal"],
    "partners": [], "weave": ["ct-squash"], "as_of": "2026-11-25", "eu": False, "is_cape": True,
    "host": {"name": "Le Ferment", "lines": ["1 rue Haute, 99001 Valbrune"], "city": "Valbrune"},
    "from": "2026-09-07", "to": "2026-11-25", "projects": ["Cuisine"],
    "hours": [{"kind": "production", "words": "Activité", "minutes": 210}],
}  # fmt: skip


def test_a_paper_of_the_first_version_is_drawn_by_its_own_template_and_twice_the_same(people):
    paper = Document(
        kind="participation", title="Attestation de participation", issuer_key=people.a.host.pk,
        issuer_name="Le Ferment", subject=people.amina, effect_key="old", code="0" * 26, issued_at=NOW,
        template_version="1", snapshot={
            **FIRST_VERSION,
            "paper": {"kind": "Attestation", "title": "Attestation de participation", "number": "",
                      "issuer": "Le Ferment", "subject": "Amina Sarr", "issued_on": "2026-11-25"},
            "check": {"code": "0" * 26, "url": "https://exemple.test/v/0"},
        },
    )  # fmt: skip
    kind = kinds.get("participation")

    assert kind.template_of("1") == "pdf/former/participation_1.html"
    assert kind.template_of("2") == kind.template
    assert draw(paper) == draw(paper)
    assert kind.public_facts(paper.snapshot)[-1].value == "3\u00a0h\u00a030"


def test_the_former_template_is_as_it_was():
    """A comma moved here would change papers already handed out."""
    assert hashlib.sha256(FORMER.read_bytes()).hexdigest() == (
        "8929fe622e1ae771797d9f42f7275455b59c66daadf84e54991eaa09e0347a8f"
    )
