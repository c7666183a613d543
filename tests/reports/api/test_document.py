"""The OpenAPI document cannot lie: each address is in it, each answer is held against it."""

import pytest
from jsonschema.exceptions import ValidationError
from openapi_spec_validator import validate

from reports import urls
from reports.api import document, shapes
from tests.reports.api.machine import Machine, hold, token_of
from tests.reports.scene import opened_year, sent_report, set_scene


def test_it_is_a_valid_document_of_openapi_3_1():
    told = document.openapi()
    validate(told)
    assert told["openapi"].startswith("3.1")


def test_every_address_of_the_api_is_described_and_none_is_a_ghost():
    ours = {one.name for one in urls.urlpatterns if one.name.startswith("api_")}
    described = {one.name for one in document.OPERATIONS}
    assert ours - described == {"api_openapi", "api_unknown"}
    assert described <= ours


def test_it_is_served_to_anybody_as_it_is(db):
    status, body, headers = Machine().get("/openapi.json")
    assert status == 200
    assert body == document.openapi()
    assert "public" in headers["Cache-Control"]


def test_a_field_nobody_described_would_be_seen():
    """The holder itself is held: it must refuse what the document does not say."""
    lines = shapes.definitions()
    headers = {"Content-Type": "application/json"}
    hold("/definitions", 200, {"lignes": lines}, headers)
    with pytest.raises(ValidationError):
        hold("/definitions", 200, {"lignes": [{**lines[0], "nom": "Amina"}]}, headers)
    with pytest.raises(ValidationError):
        hold("/definitions", 200, {"lignes": [{**lines[0], "unite": "seaux"}]}, headers)


def test_the_page_of_people_lists_what_the_document_describes(people, client):
    page = client.get("/api/").content.decode()
    for one in document.OPERATIONS:
        assert one.path in page and one.summary.replace("'", "&#x27;") in page
    assert "curl" in page and "<script" not in page.split("<main")[1].split("</main")[0]


def test_every_address_answers_as_it_says(people):
    set_scene(people)
    report = sent_report(people)
    machine = Machine(token_of(people)[1])
    keys = {
        "rapport": report.snapshot_id,
        "territoire": people.a.territory.pk,
        "bilan": opened_year(people)["merged_id"],
    }
    for one in document.OPERATIONS:
        path = one.path.replace("{id}", str(keys.get(one.key, "")))
        assert machine.get(path)[0] == 200, path
