"""What a program reads is what the pages show: the same figures, the same holes, no name, nobody else's."""

import datetime as dt
import gzip
import json
import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cohorts.enums import CohortState
from cohorts.models import Cohort, Partnership
from reports.models import Report
from reports.reading import read
from reports.services.preparing import correct_report, prepare_report
from reports.services.reviewing import review_report
from reports.services.sending import send_report
from tests import factories as make
from tests.factories import NOW, TODAY
from tests.reports.api.machine import API, Machine, token_of
from tests.reports.scene import sent_report, set_scene

CEILING = 15


@pytest.fixture
def scene(people):
    return set_scene(people)


@pytest.fixture
def report(people, scene) -> Report:
    return sent_report(people)


@pytest.fixture
def machine(people) -> Machine:
    return Machine(token_of(people)[1])


def test_a_report_says_what_its_page_says(machine, report):
    status, body, _headers = machine.get(f"/rapports/{report.snapshot_id}")
    assert status == 200
    told = {one["code"]: one for one in body["chiffres"]}
    for line in read(report.snapshot.figures).lines:
        one = told[line.code]
        assert (one["libelle"], one["definition"], one["source"]) == (
            line.label, line.definition, line.source,
        )  # fmt: skip
        assert one["texte"] == (line.text or "masqué")
    assert body["empreinte"] == report.snapshot.figures_hash


def test_a_masked_figure_has_no_value_and_says_why(machine, report):
    body = machine.get(f"/rapports/{report.snapshot_id}")[1]
    masked = [one for one in body["chiffres"] if one["etat"] == "masque"]
    assert masked
    for one in masked:
        assert one["valeur"] is None
        assert one["motif"]
    assert all(one["motif"] is None for one in body["chiffres"] if one["etat"] != "masque")


def test_no_name_of_anybody_is_read(machine, report, scene, people):
    for path in (f"/rapports/{report.snapshot_id}", "/rapports", "/cooperatives", "/territoires",
                 f"/territoires/{people.a.territory.pk}"):  # fmt: skip
        said = json.dumps(machine.get(path)[1], ensure_ascii=False)
        for name in scene.names:
            assert not re.search(rf"\b{name}\b", said), path


def test_lists_say_what_is_followed(machine, report, people):
    reports = machine.get("/rapports")[1]
    assert [one["id"] for one in reports["lignes"]] == [report.snapshot_id]
    cohorts = machine.get("/cooperatives")[1]
    assert [one["nom"] for one in cohorts["lignes"]] == ["Les Racines du Plateau"]
    assert cohorts["lignes"][0]["dernier_rapport"] == report.snapshot_id
    assert [one["nom"] for one in machine.get("/territoires")[1]["lignes"]] == ["Le Plateau"]


def test_a_territory_gives_no_median_below_three_reports(machine, report, people):
    body = machine.get(f"/territoires/{people.a.territory.pk}")[1]
    assert [one["rapport"] for one in body["cooperatives"]] == [report.snapshot_id]
    assert {one["mediane"] for one in body["chiffres"]} == {None}


def test_a_report_not_sent_yet_does_not_exist(machine, people, scene):
    prepared = prepare_report(cohort=people.a.cohort, actor=people.actor("driss"), at=NOW)
    assert machine.get(f"/rapports/{prepared.snapshot_id}")[0] == 404
    assert machine.get("/rapports")[1]["total"] == 0


def test_a_replaced_report_keeps_its_number_and_names_the_one_that_corrects_it(
    machine, people, report
):
    make.ExpenseFactory(recorded_by=people.driss, project=people.a.cohort.projects.first())
    driss = people.actor("driss")
    later = NOW + dt.timedelta(hours=1)
    correction = correct_report(report=report, reason="Une dépense oubliée.", actor=driss, at=later)
    review_report(report=correction, actor=driss, at=later)
    correction.refresh_from_db()
    send_report(report=correction, actor=driss, at=later)
    old = machine.get(f"/rapports/{report.snapshot_id}")[1]
    assert (old["etat"], old["remplace_par"]) == ("remplace", correction.snapshot_id)
    new = machine.get("/rapports")[1]["lignes"]
    assert [(one["id"], one["remplace"]) for one in new] == [
        (correction.snapshot_id, report.snapshot_id)
    ]
    assert new[0]["raison"] == "Une dépense oubliée."


# --- near misses: same role, other place; over; archived


def test_another_partner_reads_nothing_of_it(people, report):
    neighbour = Machine(token_of(people, "farid")[1])
    assert neighbour.get(f"/rapports/{report.snapshot_id}")[0] == 404
    assert neighbour.get(f"/territoires/{people.a.territory.pk}")[0] == 404
    assert neighbour.get("/rapports")[1]["total"] == 0


def test_another_organisation_of_one_cohort_reads_that_cohort_and_no_other_of_the_territory(
    people, scene, report
):
    """Farid's chamber follows a second cohort of territory A, not the territory."""
    second = make.CohortFactory(
        name="Les Pousses", territory=people.a.territory, host=people.a.host
    )
    make.PartnershipFactory(organisation=people.b.partner, territory=None, cohort=second)
    machine = Machine(token_of(people, "farid")[1])
    assert machine.get(f"/rapports/{report.snapshot_id}")[0] == 404
    body = machine.get(f"/territoires/{people.a.territory.pk}")[1]
    assert (body["cooperatives"], body["sans_rapport"]) == ([], 1)
    names = {one["nom"] for one in machine.get("/cooperatives")[1]["lignes"]}
    assert names == {"Les Pousses", "La Marmite d’En Bas"}


def test_what_a_partnership_followed_is_closed_the_day_after_it_ends_though_another_goes_on(
    people, report
):
    make.PartnershipFactory(organisation=people.a.partner, territory=people.b.territory)
    machine = Machine(token_of(people)[1])
    assert machine.get(f"/rapports/{report.snapshot_id}")[0] == 200
    Partnership.objects.filter(organisation=people.a.partner, territory=people.a.territory).update(
        ends_on=TODAY - dt.timedelta(days=1)
    )
    assert machine.get(f"/rapports/{report.snapshot_id}")[0] == 404
    assert machine.get(f"/territoires/{people.a.territory.pk}")[0] == 404
    assert [one["nom"] for one in machine.get("/cooperatives")[1]["lignes"]] == [
        "La Marmite d’En Bas"
    ]


def test_the_reports_of_an_archived_cohort_stay_readable(machine, people, report):
    Cohort.objects.filter(pk=people.a.cohort.pk).update(state=CohortState.ARCHIVED)
    assert machine.get(f"/rapports/{report.snapshot_id}")[0] == 200
    assert machine.get("/cooperatives")[1]["lignes"][0]["etat"] == "archived"
    public = Machine().get("/public/cooperatives")[1]["lignes"]
    assert "Les Racines du Plateau" not in {one["nom"] for one in public}


def test_a_draft_is_nowhere(machine, people):
    Cohort.objects.filter(pk=people.a.cohort.pk).update(state=CohortState.DRAFT)
    assert machine.get("/cooperatives")[1]["total"] == 0


# --- as a client of the web


def test_nothing_new_is_said_in_no_byte_until_something_is_new(machine, people, scene):
    empty = machine.get("/rapports")
    etag = empty[2]["ETag"]
    assert machine.get("/rapports", If_None_Match=etag)[0] == 304
    sent_report(people)
    assert machine.get("/rapports", If_None_Match=etag)[0] == 200


def test_answers_are_private_and_compressed_when_asked(people, report):
    secret = token_of(people)[1]
    answer = Machine().client.get(
        f"{API}/rapports/{report.snapshot_id}",
        headers={"Authorization": f"Bearer {secret}", "Accept-Encoding": "gzip"},
    )
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "private" in answer.headers["Cache-Control"]
    assert "Authorization" in answer.headers["Vary"]
    assert "Access-Control-Allow-Origin" not in answer.headers
    assert "Set-Cookie" not in answer.headers and not answer.cookies
    assert json.loads(gzip.decompress(answer.content))["id"] == report.snapshot_id
    weak = answer.headers["ETag"]
    again = Machine(secret).get(f"/rapports/{report.snapshot_id}", If_None_Match=weak)
    assert again[0] == 304


def test_a_long_list_gives_the_address_of_its_next_page(machine, people):
    make.CohortFactory.create_batch(30, territory=people.a.territory, host=people.a.host)
    first = machine.get("/cooperatives")[1]
    assert (len(first["lignes"]), first["total"], first["pages"]) == (25, 31, 2)
    assert first["suivante"] == f"{API}/cooperatives?page=2"
    second = machine.get("/cooperatives?page=2")[1]
    assert (len(second["lignes"]), second["suivante"]) == (6, None)


@pytest.mark.parametrize("page", ["3", "0", "-1", "x", ""])
def test_a_page_that_does_not_exist_is_refused_in_a_sentence(machine, page):
    status, body, headers = machine.get(f"/cooperatives?page={page}")
    assert (status, body["type"]) == (400, "/api/#page")
    assert headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("verb", ["post", "put", "patch", "delete", "options"])
def test_nothing_is_ever_written_here(machine, verb):
    answer = getattr(machine.client, verb)(f"{API}/rapports", headers=machine.headers)
    assert answer.status_code == 405
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.headers["Allow"] == "GET, HEAD"


def test_an_address_that_does_not_exist_is_said_in_json(client, db):
    answer = client.get(f"{API}/personnes")
    assert answer.status_code == 404
    assert answer.json()["type"] == "/api/#introuvable"


def test_no_answer_asks_a_query_more_for_many_people_or_cohorts(people, scene, report):
    machine = Machine(token_of(people)[1])
    paths = ["/rapports", f"/rapports/{report.snapshot_id}", "/cooperatives", "/territoires",
             f"/territoires/{people.a.territory.pk}", "/public/cooperatives", "/definitions"]  # fmt: skip

    def counted() -> dict[str, int]:
        found = {}
        for path in paths:
            cache.clear()
            with CaptureQueriesContext(connection) as queries:
                machine.get(path)
            found[path] = len(queries)
        return found

    machine.get("/rapports")  # its day of use is kept
    few = counted()
    for _n in range(10):
        make.EnrolmentFactory(cohort=people.a.cohort, person=make.PersonFactory())
    make.CohortFactory.create_batch(12, territory=people.a.territory, host=people.a.host)
    assert counted() == few
    assert max(few.values()) <= CEILING


def test_a_breakdown_is_told_in_json_as_the_document_says(machine, monkeypatch):
    def broken(*_args, **_kwargs):
        raise RuntimeError

    monkeypatch.setattr("reports.views.api_door.get_conditional_response", broken)
    machine.client.raise_request_exception = False
    status, body, headers = machine.get("/territoires")
    assert (status, body["type"]) == (500, "/api/#panne")
    assert headers["Cache-Control"] == "no-store"


def test_an_address_nobody_made_is_told_in_json_too(machine):
    answer = machine.client.get(f"{API}/personnes", headers=machine.headers)
    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"
    assert json.loads(answer.content)["type"] == "/api/#introuvable"
