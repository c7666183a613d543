"""The pieces that open *Mes heures* without a network: the same for everybody, and nobody in them."""

import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

from projects import offline

SHELL, WORKER, MANIFEST = (
    "/mes-heures/hors-ligne/",
    "/mes-heures/service.js",
    "/mes-heures/application.webmanifest",
)


def test_the_page_kept_offline_is_the_same_for_everybody(people, enter, client):
    seen = {enter(name).get(SHELL).content for name in ("amina", "driss")}
    seen.add(client.get(SHELL).content)

    (page,) = seen
    assert "Pas de réseau." in page.decode()
    for word in ("Amina", "Driss", "Racines", "csrfmiddlewaretoken"):
        assert word not in page.decode()


def test_the_page_kept_offline_opens_no_session(client):
    answer = client.get(SHELL)
    assert not answer.cookies


@pytest.mark.parametrize("address", [WORKER, MANIFEST])
def test_what_is_the_same_for_all_is_good_for_an_hour(people, enter, address):
    first, second = enter("amina").get(address), enter("driss").get(address)

    assert first.content == second.content
    assert first.headers["Cache-Control"] == "private, max-age=3600"


def test_pages_of_a_person_still_stay_out_of_every_cache(people, enter):
    assert "no-store" in enter("amina").get("/mes-heures/").headers["Cache-Control"]


def test_the_worker_keeps_every_file_its_page_and_modules_ask_for(client):
    script = client.get(WORKER).content.decode()
    kept = set(re.findall(r'^  "(/[^"]+)",$', script, re.MULTILINE))
    page = client.get(SHELL).content.decode()

    asked = {one.split("#")[0] for one in re.findall(r'(?:href|src)="(/static/[^"]+)"', page)}
    assert asked <= kept
    for address in [one for one in kept if one.endswith(".js")]:
        source = Path(finders.find(address.removeprefix(settings.STATIC_URL))).read_text()
        for name in re.findall(r'from "\./([^"]+)"', source):
            assert f"/static/js/{name}" in kept, address
    assert not [one for one in kept if not finders.find(one.removeprefix(settings.STATIC_URL))]


def test_the_worker_changes_with_what_it_keeps(monkeypatch):
    before = offline.worker()
    assert offline.worker() == before

    monkeypatch.setattr(offline, "shell", lambda: "<html>autre</html>")
    assert offline.worker() != before


def test_a_phone_that_has_it_is_told_so_in_a_few_bytes(client):
    etag = client.get(WORKER).headers["ETag"]
    assert client.get(WORKER, headers={"If-None-Match": etag}).status_code == 304


def test_the_manifest_names_icons_that_exist(client):
    told = json.loads(client.get(MANIFEST).content)

    assert (told["start_url"], told["display"], told["lang"]) == (
        "/mes-heures/",
        "standalone",
        "fr",
    )
    for icon in told["icons"]:
        assert finders.find(icon["src"].removeprefix(settings.STATIC_URL)), icon["src"]
    assert {icon.get("purpose", "any") for icon in told["icons"]} == {"any", "maskable"}


def test_mes_heures_names_its_manifest_and_the_policy_allows_it(people, enter):
    answer = enter("amina").get("/mes-heures/")

    assert f'<link rel="manifest" href="{MANIFEST}">' in answer.content.decode()
    policy = answer.headers["Content-Security-Policy"]
    assert "worker-src 'self'" in policy and "manifest-src 'self'" in policy


def test_a_script_may_ask_for_the_day_alone(people, enter):
    client = enter("amina")
    alone = client.get("/mes-heures/", headers={"HX-Request": "true"}).content.decode()

    assert "<html" not in alone and "Cette semaine" in alone
    assert "<html" in client.get("/mes-heures/").content.decode()
