"""Noting for a colleague, on pages: the form, the small question, the yes and the no."""

import uuid

import pytest

from projects.models import WorkEntry
from projects.services import work
from tests.factories import NOW, ProjectFactory
from tests.projects.test_offer_hours import offer
from tests.projects.verbs import kitchen

FORM = "/mes-heures/pour-un-collegue/"


def text(answer):
    return " ".join(answer.content.decode().replace("\u00a0", " ").split())


def filled(people, to="amina", **more):
    return {
        "client_uuid": uuid.uuid4(),
        "person": people.enrolments[to].pk,
        "day": "2026-11-24",
        "minutes": "180",
        "work": kitchen(people).pk,
    } | more


def test_a_colleague_notes_for_a_colleague(people, enter):
    answer = enter("bastien").post(FORM, filled(people, starts_at="09:30"), follow=True)

    assert "C’est noté pour Amina : 3 h. Ces heures compteront après son oui." in text(answer)
    assert "Attend son oui" in text(answer)
    entry = WorkEntry.objects.get()
    assert (entry.state, entry.starts_at, entry.entered_by) == ("offered", 570, people.bastien)


def test_one_is_not_in_ones_own_list_nor_who_left_nor_others_elsewhere(people, enter):
    page = text(enter("bastien").get(FORM))

    assert "Amina Sarr" in page
    for name in ("Bastien Cherif</option>", "Gaël Parti", "Chloé Voisine"):
        assert name not in page


@pytest.mark.parametrize("to", ["gael", "chloe", "bastien"])
def test_a_key_from_elsewhere_is_not_in_the_list(people, enter, to):
    answer = enter("bastien").post(FORM, filled(people, to))

    assert "Cette personne n’est pas dans la liste." in text(answer)
    assert not WorkEntry.objects.exists()


def test_the_coordination_notes_for_its_own_cohort_only(people, enter):
    address = f"/cohortes/{people.a.cohort.pk}/heures/noter/"
    assert enter("dalia").post(address, filled(people)).status_code == 404
    assert enter("helene").post(address, filled(people)).status_code in (403, 404)
    assert not WorkEntry.objects.exists()

    answer = enter("driss").post(address, filled(people), follow=True)
    assert "C’est noté pour Amina" in text(answer)
    assert WorkEntry.objects.get().entered_by == people.driss
    strange = ProjectFactory(cohort=people.b.cohort)
    refused = enter("driss").post(address, filled(people, work=strange.pk))
    assert "Choisis un travail." in text(refused)


def test_a_day_of_25_hours_is_said_beside_the_form(people, enter):
    answer = enter("bastien").post(FORM, filled(people, minutes="other", other="25 h"))

    assert "Une journée a 24 heures au plus." in text(answer)
    assert not WorkEntry.objects.exists()


def test_the_question_stands_on_mes_heures_and_yes_is_one_post(people, enter):
    entry, client = offer(people, starts_at=540), enter("amina")
    page = text(client.get("/mes-heures/"))
    assert "Bastien a noté 3 h pour toi, mardi 24 novembre : d’accord ?" in page
    assert "9 h à 12 h" in page

    answer = client.post(f"/mes-heures/{entry.pk}/accepter/", follow=True)
    assert "C’est dans tes heures. Un collègue confirmera." in text(answer)
    entry.refresh_from_db()
    assert entry.state == "open"
    assert "d’accord ?" not in text(client.get("/mes-heures/"))


def test_no_is_one_post_and_who_wrote_sees_it(people, enter):
    entry = offer(people)
    answer = enter("amina").post(f"/mes-heures/{entry.pk}/refuser/", follow=True)

    assert "Ces heures ne comptent pas." in text(answer)
    assert "Pas compté" in text(enter("bastien").get(FORM))


def test_before_the_answer_the_page_of_the_hours_asks_and_offers_no_correction(people, enter):
    entry = offer(people)
    page = text(enter("amina").get(f"/mes-heures/{entry.pk}/"))

    assert "Noté par Bastien, attend un oui" in page
    assert "d’accord ?" in page
    assert "Retirer ces heures" not in page


@pytest.mark.parametrize(
    ("who", "code"), [("bastien", 403), ("chloe", 404), ("gael", 403), ("driss", 403)]
)
def test_nobody_else_answers_on_the_page(people, enter, who, code):
    entry = offer(people)
    for act in ("accepter", "refuser"):
        assert enter(who).post(f"/mes-heures/{entry.pk}/{act}/").status_code == code
    entry.refresh_from_db()
    assert (entry.state, entry.withdrawn_at) == ("offered", None)


def test_who_wrote_takes_it_back_and_nobody_else(people, enter):
    entry = offer(people)
    assert enter("amina").post(f"/mes-heures/{entry.pk}/reprendre/").status_code == 403
    assert enter("chloe").post(f"/mes-heures/{entry.pk}/reprendre/").status_code == 404

    answer = enter("bastien").post(f"/mes-heures/{entry.pk}/reprendre/", follow=True)
    assert "C’est repris." in text(answer)
    entry.refresh_from_db()
    assert entry.withdrawn_at is not None


def test_the_coordination_sees_it_waiting_and_cannot_confirm_it(people, enter):
    entry = offer(people)
    address = (
        f"/cohortes/{people.a.cohort.pk}/heures/{people.enrolments['amina'].pk}/?semaine=2026-11-23"
    )
    page = text(enter("driss").get(address))

    assert "Noté par Bastien, attend un oui" in page
    assert "Poser une question" not in page
    work.accept_hours(entry=entry, actor=people.actor("amina"), at=NOW)
    assert "Poser une question" in text(enter("driss").get(address))
