"""The page of the exports: the host alone, each download noted, nothing before its time."""

import pytest

from ct_platform.kit.models import TransitionLog
from payroll.exports.offer import CODES
from payroll.selectors.exports import LOGGED_AS
from tests.payroll.exports.worked import draw_papers
from tests.payroll.host_scene import set_host_scene
from tests.payroll.scene import set_scene

pytestmark = pytest.mark.django_db


def page_of(run, export=""):
    return f"/cohortes/{run.cohort_id}/paie/{run.pk}/exports/{export + '/' if export else ''}"


def taken():
    return list(TransitionLog.objects.filter(model=LOGGED_AS).values_list("new", "by_person_id"))


def test_the_host_sees_each_file_with_its_purpose_its_rows_and_its_total(people, enter):
    run = set_scene(people).issued()
    draw_papers(run)
    page = enter("helene").get(page_of(run)).content.decode().replace("\xa0", " ")
    for words in (
        "Journal de paie", "Écritures comptables", "Indications pour la DSN", "Variables de paie",
        "Archive des papiers", "Bulletins : 2. Net payé : 499,04 €.", "Charges : 820,84 €.",
        "Cotisations : 321,80 €.", "Personnes : 2. Pot commun : 820,84 €.", "Papiers : 6.",
    ):  # fmt: skip
        assert words in page, words
    assert page.count("Télécharger") == len(CODES)


@pytest.mark.parametrize("export", CODES)
def test_each_file_is_given_and_noted(people, enter, export):
    run = set_scene(people).issued()
    draw_papers(run)
    helene = enter("helene")
    answer = helene.post(page_of(run, export))
    content = b"".join(answer.streaming_content)
    assert answer.status_code == 200 and len(content) > 200
    assert "attachment; filename=" in answer["Content-Disposition"]
    assert "les-racines-du-plateau-2026-11" in answer["Content-Disposition"]
    assert "no-store" in answer["Cache-Control"]
    assert taken() == [(export, people.helene.pk)]
    assert "Pris par Hélène Hôte" in helene.get(page_of(run)).content.decode()
    helene.post(page_of(run, export))
    assert len(taken()) == 2  # each copy is one more to look after


@pytest.mark.parametrize("export", CODES)
@pytest.mark.parametrize(
    ("name", "status"),
    [("driss", 403), ("dalia", 404), ("hugo", 404), ("amina", 404), ("elsa", 404), ("nora", 404)],
)
def test_nobody_else_takes_a_file(people, enter, export, name, status):
    """A coordinator reads the run; tax, addresses and slips are not theirs to carry away."""
    run = set_scene(people).issued()
    client = enter(name)
    assert client.get(page_of(run)).status_code == status
    assert client.post(page_of(run, export)).status_code == status
    assert taken() == []


def test_a_coordinator_has_no_button_for_it(people, enter):
    run = set_scene(people).issued()
    address = f"/cohortes/{run.cohort_id}/paie/{run.pk}/"
    assert page_of(run) not in enter("driss").get(address).content.decode()
    assert page_of(run) in enter("helene").get(address).content.decode()


def test_reading_the_address_of_a_file_gives_nothing(people, enter):
    run = set_scene(people).issued()
    assert enter("helene").get(page_of(run, "journal")).status_code == 405
    assert taken() == []


def test_an_unknown_file_is_not_there(people, enter):
    run = set_scene(people).issued()
    assert enter("helene").post(page_of(run, "nir")).status_code == 404


def test_before_issue_only_the_variables_leave(people, enter):
    run = set_scene(people).computed()
    helene = enter("helene")
    page = helene.get(page_of(run)).content.decode()
    assert page.count("Télécharger") == 2 and page.count("Pas encore") == 4
    assert "Estimation." in page
    assert helene.post(page_of(run, "variables")).status_code == 200
    refused = helene.post(page_of(run, "journal"), follow=True)
    assert "Ce fichier se fait à partir de bulletins émis" in refused.content.decode()
    assert [code for code, _who in taken()] == ["variables"]


def test_a_draft_gives_nothing(people, enter):
    run = set_scene(people).open()
    page = enter("helene").get(page_of(run)).content.decode()
    assert "Télécharger" not in page and "Prenez d’abord la photo" in page


def test_papers_still_being_drawn_are_refused_in_a_sentence(people, enter):
    run = set_scene(people).issued()
    helene = enter("helene")
    assert "encore en préparation : 0 sur 6" in helene.get(page_of(run)).content.decode()
    refused = helene.post(page_of(run, "papiers"), follow=True)
    assert "encore en préparation : 0 sur 6" in refused.content.decode()
    assert taken() == []


@pytest.mark.parametrize("export", ["journal", "ecritures", "dsn"])
def test_a_host_whose_software_makes_the_slips_is_sent_to_it(people, enter, export):
    """Our shares are then an estimate: no book may be written from them."""
    run = set_host_scene(people).issued()
    helene = enter("helene")
    answer = helene.post(
        page_of(run, export), follow=True, HTTP_REFERER=f"http://testserver{page_of(run)}"
    )
    assert "Votre logiciel de paie a fait ces bulletins" in answer.content.decode()
    assert "attachment" not in answer.headers.get("Content-Disposition", "")
    assert taken() == []
    assert helene.post(page_of(run, "variables")).status_code == 200
