"""Who reads reports, and what can be read in them."""

import io
import re
import uuid

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from documents.models import Rendering
from documents.services.render import render_document
from reports.models import Snapshot
from reports.selectors import facts_of
from tests import factories as make
from tests.factories import TODAY
from tests.reports.scene import Scene, sent_report, set_scene


@pytest.fixture
def scene(people) -> Scene:
    return set_scene(people)


@pytest.fixture
def snapshot(people, scene, at) -> Snapshot:
    return sent_report(people, at=at).snapshot


@pytest.fixture
def results(scene) -> str:
    return f"/cohortes/{scene.cohort.pk}/resultats/"


def form_of(answer) -> dict[str, str]:
    form = answer.context["form"]
    return {name: str(form[name].value()) for name in ("submission_key", "seen")}


@pytest.mark.parametrize("funded", [True, False])
def test_the_emblem_stands_on_the_report_of_a_co_financed_cohort_only(enter, people, at, funded):
    people.a.cohort.eu_funded = funded
    people.a.cohort.save(update_fields=["eu_funded"])
    frozen = sent_report(people, at=at).snapshot
    page = enter("elsa").get(f"/rapports/{frozen.pk}/").content.decode()
    assert ("Cofinancé par" in page) is funded


def test_a_partner_reads_the_report_of_a_cohort_they_follow(enter, snapshot):
    elsa = enter("elsa")
    listed = elsa.get("/suivi/").content.decode()
    assert "Les Racines du Plateau" in listed
    assert f"/rapports/{snapshot.pk}/" in listed
    page = elsa.get(f"/rapports/{snapshot.pk}/").content.decode()
    for words in ("Ce que la coopérative a vendu", "masqué", "ricochet"):
        assert words in page
    assert "Numérateur, dénominateur et source" in page


@pytest.mark.parametrize("name", ["elsa", "helene", "nora", "driss"])
def test_those_who_follow_open_page_paper_and_sheet(enter, snapshot, name):
    client = enter(name)
    assert client.get(f"/rapports/{snapshot.pk}/").status_code == 200
    assert client.get(f"/rapports/{snapshot.pk}/pdf/").status_code == 202
    assert client.get(f"/rapports/{snapshot.pk}/tableur/").status_code == 200


@pytest.mark.parametrize("name", ["farid", "hugo", "dalia", "amina", "chloe"])
@pytest.mark.parametrize("door", ["", "pdf/", "tableur/"])
def test_nobody_else_learns_that_the_report_exists(enter, snapshot, name, door):
    assert enter(name).get(f"/rapports/{snapshot.pk}/{door}").status_code == 404


def test_a_coopérant_has_no_follow_page(enter, scene):
    assert enter("amina").get("/suivi/").status_code == 403


@pytest.mark.parametrize(
    ("name", "status"),
    [("dalia", 404), ("farid", 404), ("hugo", 404), ("elsa", 403), ("helene", 403), ("amina", 403)],
)
def test_only_its_coordinator_prepares_and_freezes(enter, results, name, status):
    client = enter(name)
    assert client.get(results).status_code == status
    typed = {"submission_key": str(uuid.uuid4()), "seen": "0" * 64}
    assert client.post(f"{results}figer/", typed).status_code == status
    assert not Snapshot.objects.exists()


def test_the_coordinator_sees_what_partners_will_see_and_freezes_it(enter, results):
    driss = enter("driss")
    shown = driss.get(results)
    assert "Aucun rapport figé pour le moment" in shown.content.decode()
    answer = driss.post(f"{results}figer/", form_of(shown), follow=True)
    snapshot = Snapshot.objects.get()
    assert answer.redirect_chain == [(f"/rapports/{snapshot.pk}/", 302)]
    assert snapshot.figures_hash == form_of(shown)["seen"]
    assert "Rapport figé" in answer.content.decode()


def test_a_double_click_freezes_once(enter, results):
    driss = enter("driss")
    typed = form_of(driss.get(results))
    one, two = (driss.post(f"{results}figer/", typed) for _ in range(2))
    assert one.headers["Location"] == two.headers["Location"]
    assert Snapshot.objects.count() == 1


def test_figures_that_moved_meanwhile_are_said_and_nothing_is_frozen(enter, people, scene, results):
    driss = enter("driss")
    typed = form_of(driss.get(results))
    make.ExpenseFactory(recorded_by=people.driss, project=scene.cohort.projects.first())
    came_from = f"http://testserver{results}"
    answer = driss.post(f"{results}figer/", typed, follow=True, headers={"referer": came_from})
    assert "Les chiffres ont changé depuis l’aperçu" in answer.content.decode()
    assert not Snapshot.objects.exists()


def test_a_form_without_its_figures_is_refused(enter, results):
    assert enter("driss").post(f"{results}figer/", {}).status_code == 409


def test_a_visit_freezes_nothing(enter, results):
    assert enter("driss").get(f"{results}figer/").status_code == 405


def test_a_cohort_that_begins_later_has_nothing_to_freeze(enter, people, scene, results):
    type(scene.cohort).objects.filter(pk=scene.cohort.pk).update(starts_on="2026-12-01")
    page = enter("driss").get(results).content.decode()
    assert "commence le 1er décembre 2026" in page
    assert "Figer ce rapport" not in page


def test_a_partner_without_any_report_is_told_what_will_come(enter):
    page = enter("farid").get("/suivi/").content.decode()
    assert "La Marmite d’En Bas" in page
    assert "dès que la coordination l’aura envoyé" in page


def test_a_partner_who_follows_nothing_is_told_so(enter, people):
    people.b.partner.partnerships.all().delete()
    assert "Aucune coopérative à suivre" in enter("farid").get("/suivi/").content.decode()


# Nothing that points at a person: neither a name, nor a masked value, in any of its forms.


def texts_of(client, snapshot: Snapshot, at) -> dict[str, str]:
    Rendering.objects.filter(document=snapshot.document).update(sent_at=at)
    render_document(document_id=snapshot.document_id, at=at)
    paper = client.get(f"/rapports/{snapshot.pk}/pdf/")
    assert paper.headers["Content-Type"] == "application/pdf"
    pages = PdfReader(io.BytesIO(b"".join(paper.streaming_content))).pages
    sheet = client.get(f"/rapports/{snapshot.pk}/tableur/").content
    book = openpyxl.load_workbook(io.BytesIO(sheet))
    cells = [str(c) for page in book for row in page.iter_rows(values_only=True) for c in row]
    page = client.get(f"/rapports/{snapshot.pk}/").content.decode()
    return {
        "page": page.replace("Elsa Partenaire", ""),
        "follow": client.get("/suivi/").content.decode(),
        "paper": "\n".join(one.extract_text() for one in pages),
        "sheet": "\n".join(cells),
        "figures": str(snapshot.figures),
        "photograph": str(snapshot.document.snapshot),
    }


def test_no_name_and_no_masked_value_is_read_anywhere(enter, scene, snapshot, at):
    facts = facts_of(scene.cohort, TODAY)
    committee, training = (sum(facts.minutes[k].values()) for k in ("committee", "training"))
    assert committee and training
    hidden = {str(n) for n in (committee, training, committee + training)}
    hidden |= {f"{n // 60}\u00a0h" for n in (committee, training)}
    for place, text in texts_of(enter("elsa"), snapshot, at).items():
        told = [word for word in [*scene.names, *hidden] if re.search(rf"\b{word}\b", text)]
        assert told == [], place


def test_the_paper_says_what_the_page_says(enter, snapshot, at):
    texts = texts_of(enter("elsa"), snapshot, at)
    for words in (
        "Les Racines du Plateau",
        "4\u00a0385,45\u00a0€",
        "masqué",
        "ricochet",
        "750,00\u00a0€",
    ):
        assert words in texts["page"], words
        assert words in " ".join(texts["paper"].split("\n")), words


def test_the_sheet_has_typed_figures_and_the_word_for_masked_ones(enter, snapshot):
    answer = enter("elsa").get(f"/rapports/{snapshot.pk}/tableur/")
    assert "rapport-les-racines-du-plateau-2026-11-25.xlsx" in answer.headers["Content-Disposition"]
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    rows = {row[0]: row for row in book["Données"].iter_rows(values_only=True)}
    assert rows["Personnes entrées"][1:] == (16, "personnes", "exact")
    assert rows["Ventes payées"][1] == 4385.45
    assert rows["Commissions"][1] == "masqué"
    assert book["Définitions"].max_row == len(snapshot.figures["figures"]) + 1


def test_the_data_file_has_one_line_a_figure_with_its_definition(enter, snapshot):
    answer = enter("elsa").get(f"/rapports/{snapshot.pk}/donnees/")
    lines = answer.content.decode("utf-8-sig").strip().split("\r\n")
    assert len(lines) == len(snapshot.figures["figures"]) + 1
    by_code = {line.split(";")[0]: line for line in lines}
    assert ";4385,45;euros;exact;" in by_code["money.sales"]
    assert ";masqué;;masqué;" in by_code["work.committee"]
    assert all(line.count(";") >= 12 for line in lines)


def test_the_figures_behind_a_report_are_never_loaded_for_a_reader(enter, snapshot):
    elsa = enter("elsa")
    for address in ("/suivi/", f"/rapports/{snapshot.pk}/", f"/rapports/{snapshot.pk}/tableur/"):
        with CaptureQueriesContext(connection) as queries:
            elsa.get(address)
        assert not [q for q in queries if "reports_basis" in q["sql"]]


def test_pages_cost_the_same_for_one_row_and_two_hundred(enter, people, scene, snapshot, results):
    elsa, driss = enter("elsa"), enter("driss")

    def counted() -> dict[str, int]:
        found = {}
        for client, address in (
            (elsa, "/suivi/"),
            (driss, results),
            (elsa, f"/rapports/{snapshot.pk}/"),
        ):
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address).status_code == 200
            found[address] = len(queries)
        return found

    few = counted()
    for _ in range(200):
        make.CohortFactory(territory=people.a.territory, host=people.a.host)
        make.EnrolmentFactory(cohort=scene.cohort)
    many = counted()
    assert max(many.values()) <= 15
    assert all(many[address] <= few[address] + 1 for address in few)


def test_anyone_with_the_paper_can_check_it_and_learns_no_figure(client, snapshot, at):
    Rendering.objects.filter(document=snapshot.document).update(sent_at=at)
    render_document(document_id=snapshot.document_id, at=at)
    page = client.get(f"/verifier/{snapshot.document.code}/").content.decode()
    assert "Rapport de suivi" in page
    assert "25 novembre 2026" in page
    assert "4\u00a0385,45" not in page
