"""The pages of a file: a step at a time, sensitive answers behind an act, an address that stays, and the
questionnaire on paper."""

import pytest
import time_machine
from django.urls import reverse

from cohorts.forms.entry_files import MOVE
from cohorts.models import EntryPlace, EntrySituation, SensitiveAnswers
from cohorts.papers.questionnaires import QUESTIONNAIRE, public_facts
from cohorts.services.questionnaires import issue_questionnaire
from cohorts.services.sensitive import write_sensitive
from ct_platform.kit.errors import Refused
from documents.models import Document
from documents.services.render import draw
from members.models import AccessRecord
from tests.cohorts.files.conftest import EVE
from tests.factories import NOW


@pytest.fixture
def keys(people, amina):
    return [people.a.cohort.pk, amina.pk]


@pytest.fixture
def before_entry():
    with time_machine.travel(EVE, tick=False):
        yield


# --- a step


@pytest.mark.usefixtures("before_entry")
def test_a_step_keeps_its_answers_and_leads_to_the_next(people, amina, keys, enter):
    driss = enter("driss")
    page = reverse("cohorts:file_step", args=[*keys, "etudes"])
    assert driss.get(page).status_code == 200
    sent = driss.post(page, {"diploma": "vocational", "next": ""})
    assert sent.headers["Location"] == reverse("cohorts:file_step", args=[*keys, "foyer"])
    assert EntrySituation.objects.current().get(enrolment=amina).diploma == "vocational"
    sent = driss.post(page, {"diploma": "vocational"})
    assert sent.headers["Location"] == reverse("cohorts:file", args=keys)


@pytest.mark.usefixtures("before_entry")
def test_the_person_fills_the_same_steps_on_their_phone(people, amina, enter):
    amina_phone = enter("amina")
    page = reverse("cohorts:my_file_step", args=["etudes"])
    sent = amina_phone.post(page, {"diploma": "refused"})
    assert sent.headers["Location"] == reverse("cohorts:my_file_step", args=["foyer"])
    assert EntrySituation.objects.current().get(enrolment=amina).diploma == "refused"


@pytest.mark.usefixtures("before_entry")
def test_an_answer_that_is_not_offered_is_said_beside_it_and_keeps_nothing(keys, enter):
    page = reverse("cohorts:file_step", args=[*keys, "etudes"])
    answer = enter("driss").post(page, {"diploma": "astronaute"})
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert not EntrySituation.objects.exists()


def test_a_step_that_does_not_exist_is_no_page(keys, enter):
    assert (
        enter("driss").get(reverse("cohorts:file_step", args=[*keys, "vacances"])).status_code
        == 404
    )
    assert enter("amina").get(reverse("cohorts:my_file_step", args=["vacances"])).status_code == 404


def test_after_the_entry_an_answer_given_is_corrected_with_a_reason(amina, keys, enter, answer):
    answer({"diploma": "none"}, at=EVE)
    page = reverse("cohorts:file_step", args=[*keys, "etudes"])
    driss = enter("driss")
    assert driss.post(page, {"diploma": "vocational"}).status_code == 200
    assert EntrySituation.objects.current().get(enrolment=amina).diploma == "none"
    sent = driss.post(page, {"diploma": "vocational", "reason": "Diplôme retrouvé."})
    assert sent.status_code == 302
    assert EntrySituation.objects.current().get(enrolment=amina).diploma == "vocational"


@pytest.mark.parametrize(("name", "status"), [("dalia", 404), ("helene", 403), ("bastien", 403)])
def test_nobody_else_opens_a_step(keys, enter, name, status):
    page = reverse("cohorts:file_step", args=[*keys, "etudes"])
    assert enter(name).get(page).status_code == status
    assert enter(name).post(page, {"diploma": "none"}).status_code == status
    assert not EntrySituation.objects.exists()


# --- sensitive answers


@pytest.fixture
def told(people, amina):
    write_sensitive(
        enrolment=amina, answers={"disability": "yes"}, actor=people.actor("amina"), at=EVE
    )


@pytest.mark.usefixtures("told")
def test_a_visit_shows_nothing_and_opening_is_recorded(people, amina, keys, enter):
    page = reverse("cohorts:file_sensitive", args=keys)
    driss = enter("driss")
    visit = driss.get(page)
    assert "form" not in visit.context
    assert AccessRecord.objects.filter(act="read").count() == 0
    opened = driss.post(page, {"open": ""})
    assert opened.context["form"]["disability"].initial == "yes"
    assert AccessRecord.objects.get(act="read").by_person == people.driss
    assert "no-store" in opened.headers["Cache-Control"]
    assert "a lu" in enter("amina").get(reverse("cohorts:my_file")).content.decode()


@pytest.mark.usefixtures("told", "before_entry")
def test_the_person_reads_and_changes_their_own_without_being_recorded_reading(amina, enter):
    page = reverse("cohorts:my_sensitive")
    phone = enter("amina")
    assert phone.get(page).status_code == 200
    assert phone.post(page, {"save": "", "disability": "refused"}).status_code == 302
    assert SensitiveAnswers.objects.filter(enrolment=amina).count() == 2
    assert not AccessRecord.objects.filter(act="read").exists()


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize(("name", "status"), [("dalia", 404), ("helene", 403), ("bastien", 403)])
def test_nobody_else_opens_them_and_nothing_is_recorded(keys, enter, name, status):
    page = reverse("cohorts:file_sensitive", args=keys)
    assert enter(name).post(page, {"open": ""}).status_code == status
    assert not AccessRecord.objects.filter(act="read").exists()


# --- the address


def typed_address(**changes):
    return {"address": "1 rue des Halles", "postcode": "93200", "city": "Saint-Denis"} | changes


def test_the_address_at_entry_is_kept_and_a_later_move_leaves_it(people, amina, keys, enter):
    page = reverse("cohorts:file_step", args=[*keys, "adresse"])
    with time_machine.travel(EVE, tick=False):
        assert enter("driss").post(page, typed_address()).status_code == 302
    sent = enter("driss").post(page, typed_address(address="9 avenue Neuve", nature=MOVE))
    assert sent.status_code == 302
    assert EntryPlace.objects.current().get(enrolment=amina).address == "1 rue des Halles"
    people.amina.refresh_from_db()
    assert people.amina.address == "9 avenue Neuve"


def test_a_quarter_by_hand_asks_for_its_evidence(amina, keys, enter):
    with time_machine.travel(EVE, tick=False):
        step = reverse("cohorts:file_step", args=[*keys, "adresse"])
        enter("driss").post(step, typed_address())
    page = reverse("cohorts:file_place", args=keys)
    refused = enter("driss").post(page, {"how": "hand", "quarter": "out", "evidence": ""})
    assert refused.status_code == 200
    assert EntryPlace.objects.current().get(enrolment=amina).quarter_status == ""
    for name, status in (("dalia", 404), ("helene", 403)):
        assert enter(name).get(page).status_code == status


# --- the questionnaire on paper


def printed(people, amina) -> Document:
    return issue_questionnaire(enrolment=amina, actor=people.actor("driss"), at=NOW)


@pytest.mark.usefixtures("told")
def test_it_prints_what_was_answered_boxes_for_the_rest_and_nothing_sensitive(
    people, amina, answer
):
    answer({"diploma": "vocational"})
    paper = printed(people, amina)
    assert paper.snapshot["answers"]["diploma"] == "vocational"
    assert "disability" not in str(paper.snapshot)
    assert QUESTIONNAIRE.context(paper.snapshot)
    assert draw(paper).startswith(b"%PDF")
    told = " ".join(fact.value for fact in public_facts(paper.snapshot))
    assert "Sarr" not in told


def test_unchanged_it_is_the_same_paper_and_changed_it_replaces_it(people, amina, answer):
    answer({"diploma": "none"}, at=EVE)
    first = printed(people, amina)
    assert printed(people, amina) == first
    answer({"diploma": "vocational"}, reason="Diplôme retrouvé.")
    second = printed(people, amina)
    first.refresh_from_db()
    assert (first.status, first.replaced_by) == ("replaced", second)


@pytest.mark.parametrize("name", ["dalia", "helene", "amina"])
def test_only_the_coordination_prints_it(people, amina, name):
    with pytest.raises(Refused):
        issue_questionnaire(enrolment=amina, actor=people.actor(name), at=NOW)
    assert not Document.objects.filter(kind="entry_questionnaire").exists()


def test_the_button_prints_it_from_the_page(people, amina, keys, enter):
    answer = enter("driss").post(reverse("cohorts:file_questionnaire", args=keys))
    assert answer.status_code == 302
    assert Document.objects.get(kind="entry_questionnaire").subject == people.amina
