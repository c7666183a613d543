"""Skills: said by the person, shown to whom they choose, confirmed by who saw, attested with a badge."""

import datetime as dt
import io
from urllib.parse import urlsplit

import pytest
import time_machine
from django.urls import reverse
from openbadgeslib.ob3 import OB3Verifier, decode_encoded_list, set_indices
from openbadgeslib.ob3.did import resolve_did
from openbadgeslib.ob3.verifier import OB3VerificationError
from pypdf import PdfReader

from cohorts.enums.skills import SkillMoment
from cohorts.models import SelfAssessment, Skill, SkillConfirmation, SkillDisplay, SkillGrid
from cohorts.rules.skills import (
    SkillWords,
)
from cohorts.selectors.skills import colleagues_skills, own_skills, skills_of_cohort
from cohorts.services import badges
from cohorts.services.badge_status import status_list
from cohorts.services.skill_grids import adopt_grid, note_grid
from cohorts.services.skill_papers import issue_skills
from cohorts.services.skills import (
    assess_oneself,
    choose_display,
    confirm_skill,
    withdraw_confirmation,
)
from ct_platform.kit.errors import Refused
from documents import kinds
from documents.models import Document
from documents.services.render import draw
from documents.services.revoke import revoke_document
from tests.factories import NOW, TODAY

D = dt.date
WORDS = (SkillWords("Négocier", "Trouver un accord."), SkillWords("Argumenter"))


# --- the grid


@pytest.fixture
def grid(people):
    note_grid(
        cohort=people.a.cohort, words=WORDS, adopted_on=TODAY, actor=people.actor("driss"), at=NOW
    )
    return {one.title: one for one in Skill.objects.of_cohort(people.a.cohort.pk)}


def test_a_decision_takes_the_place_of_what_was_noted_and_keeps_what_was_said(people, grid):
    say(people, grid["Négocier"])

    adopt_grid(
        cohort_id=people.a.cohort.pk,
        words=[SkillWords("négocier", "Autrement dit."), SkillWords("Vendre")],
        adopted_on=TODAY,
        decision_number=4,
    )

    in_use = Skill.objects.of_cohort(people.a.cohort.pk).in_use()
    assert [one.title for one in in_use] == ["négocier", "Vendre"]
    assert in_use[0].pk == grid["Négocier"].pk
    assert SelfAssessment.objects.get().skill_id == grid["Négocier"].pk
    grid["Argumenter"].refresh_from_db()
    assert grid["Argumenter"].retired_on == TODAY


def test_what_the_group_voted_is_not_changed_by_a_note(people, grid):
    adopt_grid(cohort_id=people.a.cohort.pk, words=WORDS, adopted_on=TODAY, decision_number=4)

    with pytest.raises(Refused, match="décision n° 4"):
        note_grid(
            cohort=people.a.cohort, words=[SkillWords("Vendre")], adopted_on=TODAY,
            actor=people.actor("driss"), at=NOW,
        )  # fmt: skip

    assert SkillGrid.objects.get().decision_number == 4
    assert Skill.objects.in_use().count() == 2


def test_a_grid_is_not_adopted_tomorrow(people):
    with pytest.raises(Refused, match="pas encore venu"):
        note_grid(
            cohort=people.a.cohort, words=WORDS, adopted_on=TODAY + dt.timedelta(days=1),
            actor=people.actor("driss"), at=NOW,
        )  # fmt: skip
    assert not Skill.objects.exists()


# --- what people say


def say(people, skill, level=2, who="amina", at=NOW):
    return assess_oneself(
        enrolment=people.enrolments[who], levels={skill.pk: level}, actor=people.actor(who), at=at
    )


def test_a_later_answer_replaces_that_of_the_same_moment_only(people, grid):
    first, last = people.a.cohort.starts_on, people.a.cohort.ends_on
    early = dt.datetime.combine(first, dt.time(12), tzinfo=dt.UTC)
    late = dt.datetime.combine(last, dt.time(12), tzinfo=dt.UTC)
    assert say(people, grid["Négocier"], 0, at=early) == SkillMoment.START
    say(people, grid["Négocier"], 1, at=early)
    assert say(people, grid["Négocier"], 3, at=late) == SkillMoment.END

    found = SelfAssessment.objects.order_by("noted_on").values_list("moment", "level")
    assert list(found) == [("start", 1), ("end", 3)]


def test_nobody_answers_for_somebody_else(people, grid):
    with pytest.raises(Refused):
        assess_oneself(
            enrolment=people.enrolments["amina"], levels={grid["Négocier"].pk: 3},
            actor=people.actor("bastien"), at=NOW,
        )  # fmt: skip
    assert not SelfAssessment.objects.exists()


def test_a_word_of_another_cohort_is_refused(people, grid):
    elsewhere = Skill.objects.create(cohort=people.b.cohort, title="Vendre")
    with pytest.raises(Refused, match="plus dans la grille"):
        say(people, elsewhere)
    assert not SelfAssessment.objects.exists()


# --- who sees it


def lines_seen(found, name):
    person = next(one for one in found if one.enrolment.person.first_name == name)
    return {line.skill.title: line.latest for line in person.lines}


def test_what_somebody_says_is_theirs_until_they_show_it(people, grid):
    say(people, grid["Négocier"])
    assert lines_seen(skills_of_cohort(people.a.cohort), "Amina")["Négocier"] is None
    assert lines_seen(colleagues_skills(people.enrolments["bastien"]), "Amina")["Négocier"] is None

    choose_display(
        enrolment=people.enrolments["amina"], shown={grid["Négocier"].pk: ["to_group"]},
        actor=people.actor("amina"),
    )  # fmt: skip

    assert lines_seen(colleagues_skills(people.enrolments["bastien"]), "Amina")["Négocier"] == 2
    assert lines_seen(skills_of_cohort(people.a.cohort), "Amina")["Négocier"] is None
    assert own_skills(people.actor("amina"), TODAY).lines[0].latest == 2


def test_unticking_hides_it_again(people, grid):
    for shown in (["to_team", "on_papers"], []):
        choose_display(
            enrolment=people.enrolments["amina"], shown={grid["Négocier"].pk: shown},
            actor=people.actor("amina"),
        )  # fmt: skip
    row = SkillDisplay.objects.get()
    assert (row.to_team, row.to_group, row.on_papers) == (False, False, False)


# --- what others saw


def confirm(people, skill, by, who="amina", level=2, evidence="Au marché de samedi."):
    return confirm_skill(
        enrolment=people.enrolments[who], skill=skill, level=level, evidence=evidence,
        actor=people.actor(by), at=NOW,
    )  # fmt: skip


@pytest.mark.parametrize(("by", "role"), [("bastien", "peer"), ("driss", "coordinator")])
def test_who_saw_it_confirms(people, grid, by, role):
    assert confirm(people, grid["Négocier"], by).role == role


@pytest.mark.parametrize("by", ["amina", "chloe", "dalia", "gael", "helene", "elsa"])
def test_oneself_and_people_from_elsewhere_or_gone_do_not(people, grid, by):
    with pytest.raises(Refused):
        confirm(people, grid["Négocier"], by)
    assert not SkillConfirmation.objects.exists()


def test_the_same_twice_is_once_and_other_words_take_their_place(people, grid):
    first = confirm(people, grid["Négocier"], "bastien")
    assert confirm(people, grid["Négocier"], "bastien").pk == first.pk

    confirm(people, grid["Négocier"], "bastien", evidence="Chez le fleuriste aussi.")

    assert SkillConfirmation.objects.count() == 2
    assert SkillConfirmation.objects.standing().get().evidence == "Chez le fleuriste aussi."


def test_a_confirmation_is_taken_back_by_its_author_alone(people, grid):
    given = confirm(people, grid["Négocier"], "bastien")
    with pytest.raises(Refused):
        withdraw_confirmation(confirmation=given, actor=people.actor("driss"), at=NOW)
    assert SkillConfirmation.objects.standing().exists()

    for _again in range(2):
        withdraw_confirmation(confirmation=given, actor=people.actor("bastien"), at=NOW)
    assert not SkillConfirmation.objects.standing().exists()


# --- papers


@pytest.fixture
def attested(people, grid):
    """Amina's "Négocier" is confirmed by both sides and chosen; "Argumenter" is confirmed, not chosen."""
    for skill in grid.values():
        confirm(people, skill, "bastien", level=3)
        confirm(people, skill, "driss", level=2)
    choose_display(
        enrolment=people.enrolments["amina"], shown={grid["Négocier"].pk: ["on_papers"]},
        actor=people.actor("amina"),
    )  # fmt: skip
    return grid


def give(people, batch="b1", who="amina"):
    return issue_skills(
        cohort=people.a.cohort, enrolments=[people.enrolments[who]], batch=batch,
        actor=people.actor("driss"), at=NOW,
    )[0]  # fmt: skip


def test_it_attests_what_both_sides_confirmed_and_the_person_chose(people, attested):
    paper = give(people)

    text = " ".join(PdfReader(io.BytesIO(draw(paper))).pages[0].extract_text().split())
    assert "Négocier" in text
    assert "sans aide" in text
    assert "Au marché de samedi." in text
    assert "Argumenter" not in text
    assert "Bastien" not in text  # witnesses are said by their place


def test_nothing_chosen_or_one_side_only_gives_no_paper(people, grid):
    confirm(people, grid["Négocier"], "bastien")
    choose_display(
        enrolment=people.enrolments["amina"], shown={grid["Négocier"].pk: ["on_papers"]},
        actor=people.actor("amina"),
    )  # fmt: skip
    with pytest.raises(Refused, match="pas encore de compétence"):
        give(people)
    assert not Document.objects.filter(kind="skills").exists()


def test_the_same_skills_again_are_the_same_paper_and_others_replace_it(people, attested):
    first = give(people)
    assert give(people, batch="b2").pk == first.pk

    choose_display(
        enrolment=people.enrolments["amina"],
        shown={one.pk: ["on_papers"] for one in attested.values()},
        actor=people.actor("amina"),
    )
    second = give(people, batch="b3")

    first.refresh_from_db()
    assert (first.status, first.replaced_by_id) == ("replaced", second.pk)
    assert len(second.snapshot["skills"]) == 2


def test_the_check_page_repeats_the_skills_and_nobody_s_words(people, attested, client):
    paper = give(people)
    page = client.get(reverse("documents:check", args=[paper.code])).content.decode()
    assert "Négocier" in page
    assert "Au marché de samedi." not in page
    assert "Sarr" not in page


def test_the_badge_verifies_with_the_key_this_site_publishes(people, attested, client):
    paper = give(people)
    token = paper.snapshot["badge"]
    document = client.get(reverse("cohorts:badge_issuer", args=[people.a.host.pk]))
    pem = resolve_did(
        badges.issuer_did(people.a.host.pk), download=lambda *args, **more: document.content
    )

    badge = OB3Verifier(pem).verify(token)

    assert badge.issuer.name == "Le Ferment"
    assert [one.value for one in badge.results] == ["sans aide"]
    assert "Sarr" not in str(badges.readable(token))


def test_a_badge_tells_whether_it_still_stands(people, attested, client):
    """Replaced, then revoked: the library fetches the list this site serves, and checks its proof."""

    def fetched(url, *args, **more):
        return client.get(urlsplit(url).path).content

    def verify(token):
        verifier = OB3Verifier(badges.public_key_pem())
        return verifier.verify(token, check_status=True, download=fetched)

    with time_machine.travel(NOW, tick=False):
        first = give(people)
        verify(first.snapshot["badge"])
        choose_display(
            enrolment=people.enrolments["amina"],
            shown={one.pk: ["on_papers"] for one in attested.values()},
            actor=people.actor("amina"),
        )
        second = give(people, batch="b2")
        verify(second.snapshot["badge"])
        with pytest.raises(OB3VerificationError, match="revocation"):
            verify(first.snapshot["badge"])
        revoke_document(document=second, reason="Erreur", actor=people.actor("helene"), at=NOW)
        with pytest.raises(OB3VerificationError, match="revocation"):
            verify(second.snapshot["badge"])
    with time_machine.travel(NOW + dt.timedelta(days=3), tick=False):
        old = status_list(organisation_id=people.a.host.pk, year=2026, at=NOW)
        with pytest.raises(OB3VerificationError, match="expired"):
            OB3Verifier(badges.public_key_pem()).verify(
                second.snapshot["badge"], check_status=True, download=lambda url: old.encode()
            )


def test_the_list_of_another_host_says_nothing_of_it(people, attested, client):
    revoke_document(document=give(people), reason="Erreur", actor=people.actor("helene"), at=NOW)
    own = client.get(reverse("cohorts:badge_status", args=[people.a.host.pk, 2026]))
    other = client.get(reverse("cohorts:badge_status", args=[people.b.host.pk, 2026]))
    bits = {
        name: set_indices(
            decode_encoded_list(
                badges.readable(found.content.decode())["credentialSubject"]["encodedList"]
            )
        )
        for name, found in {"own": own, "other": other}.items()
    }
    assert bits == {"own": frozenset({1}), "other": frozenset()}
    assert (
        client.get(reverse("cohorts:badge_status", args=[people.a.host.pk, 2025])).status_code
        == 200
    )


def test_a_badge_altered_by_one_letter_does_not_verify(people, attested):
    head, body, sign = give(people).snapshot["badge"].split(".")
    altered = ".".join([head, body[:-2] + ("A" if body[-2] != "A" else "B") + body[-1], sign])
    with pytest.raises(Exception, match=r".+"):
        OB3Verifier(badges.public_key_pem()).verify(altered)


def test_the_badge_travels_inside_the_file_and_apart(people, attested, enter):
    paper = give(people)
    inside = kinds.get("skills").attached(paper.snapshot)["open-badge.jwt"]
    answer = enter("amina").get(reverse("cohorts:badge", args=[paper.pk]))
    assert answer.content == inside == paper.snapshot["badge"].encode()


def test_without_a_key_the_paper_is_given_without_its_badge(people, attested, settings):
    settings.BADGE_KEY = ""
    paper = give(people)
    assert "badge" not in paper.snapshot
    assert kinds.get("skills").attached(paper.snapshot) == {}


# --- pages


def test_a_coopérant_answers_then_sees_it(people, grid, enter):
    amina = enter("amina")
    field = f"skill-{grid['Négocier'].pk}"
    answer = amina.post(reverse("cohorts:assess_skills"), {field: "2"}, follow=True)
    assert "C’est noté" in answer.content.decode()
    assert SelfAssessment.objects.get().level == 2


def test_an_empty_answer_is_told_and_nothing_is_written(people, grid, enter):
    page = enter("amina").post(reverse("cohorts:assess_skills"), {})
    assert "au moins une compétence" in page.content.decode()
    assert not SelfAssessment.objects.exists()


def test_a_double_tap_confirms_once(people, grid, enter):
    bastien = enter("bastien")
    address = reverse("cohorts:confirm_skills", args=[people.enrolments["amina"].pk])
    key = bastien.get(address).context["form"]["submission_key"].value()
    sent = {
        "submission_key": key, "skill": grid["Négocier"].pk, "level": 2, "evidence": "Samedi.",
    }  # fmt: skip
    for _tap in range(2):
        assert bastien.post(address, sent).status_code == 302
    assert SkillConfirmation.objects.count() == 1


def test_the_coordinator_gives_the_attestations_ticked(people, attested, enter):
    driss = enter("driss")
    page = driss.get(reverse("cohorts:skills", args=[people.a.cohort.pk]))
    key = page.context["form"]["submission_key"].value()
    driss.post(
        reverse("cohorts:issue_skills", args=[people.a.cohort.pk]),
        {"submission_key": key, "people": [people.enrolments["amina"].pk]},
    )
    assert Document.objects.get(kind="skills").subject_id == people.amina.pk
