"""A year opened to everybody: the figures partners already had, masked as theirs, frozen for ever."""

import csv
import datetime as dt
import hashlib
import io
import json
import re

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from ct_platform.kit.errors import Refused
from ct_platform.kit.invariants import all_invariants
from members.models import Person
from reports.models import Edition, MergedSnapshot, OpenFile, OpenRelease
from reports.open_data.fields import DATA, DEFINITIONS
from reports.selectors.open_data import tables_of_edition
from reports.services.merging import freeze_edition, publish_edition
from reports.services.open_data import open_year
from tests.factories import NOW
from tests.reports.api.machine import Machine, token_of
from tests.reports.merged_scene import ended_cohorts

YEAR = 2025
EARLIER = NOW - dt.timedelta(days=2)
PAGE = "/donnees-ouvertes/"


@pytest.fixture
def edition(people) -> Edition:
    """A year of four cohorts in territory A, two in territory B, published to partners."""
    ended_cohorts(people, people.a.territory, 4, name="Du Haut")
    ended_cohorts(people, people.b.territory, 2, name="Du Bas")
    return published(people)


def published(people, at: dt.datetime = EARLIER) -> Edition:
    nora = people.actor("nora")
    found = freeze_edition(year=YEAR, actor=nora, at=at)
    publish_edition(edition=found, actor=nora, at=at)
    return found


def opened(people, edition: Edition, **changes) -> OpenRelease:
    asked = {
        "edition": edition, "seen": tables_of_edition(edition).fingerprint, "reason": "",
        "actor": people.actor("nora"), "at": NOW,
    }  # fmt: skip
    return open_year(**asked | changes)


def content(release: OpenRelease, name: str) -> str:
    return release.files.get(name=name).content


def lines(release: OpenRelease, name: str = "donnees.csv") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content(release, name), newline=""), strict=True))


def test_every_line_is_a_figure_of_the_published_edition_and_nothing_else(people, edition):
    release = opened(people, edition)
    told = {(one["territoire"], one["code"]): one for one in lines(release)}
    frozen = {}
    for snapshot in MergedSnapshot.objects.filter(edition=edition):
        place = snapshot.territory.name if snapshot.territory else ""
        frozen |= {(place, one["code"]): one for one in snapshot.figures["figures"]}
    later = {key for key, one in told.items() if one["etat"] == "a-venir"}
    assert set(told) - later == set(frozen)
    for key, item in frozen.items():
        if item["value"] is None:
            assert (told[key]["valeur"], told[key]["etat"]) == ("", "masque"), key
            assert told[key]["motif"], key
        else:
            assert float(told[key]["valeur"]) == float(item["value"]), key
    assert release.masked == sum(one["value"] is None for one in frozen.values())


def test_a_territory_of_two_cohorts_is_in_no_line(people, edition):
    release = opened(people, edition)
    assert {one["territoire"] for one in lines(release)} == {"", people.a.territory.name}
    for one in release.files.all():
        assert people.b.territory.name not in one.content, one.name


def test_nobody_is_named_and_no_cohort_is(people, edition):
    release = opened(people, edition)
    for one in release.files.all():
        assert "Du Haut" not in one.content and "Passé" not in one.content
        for name in Person.objects.values_list("last_name", flat=True)[:12]:
            assert not re.search(rf"\b{name}\b", one.content), (one.name, name)


def test_the_csv_is_that_of_rfc_4180(people, edition):
    text = content(opened(people, edition), "donnees.csv")
    assert not text.startswith("\ufeff")
    assert text.count("\r\n") == text.count("\n") == len(text.splitlines())
    assert text.splitlines()[0] == ",".join(one.name for one in DATA)


@pytest.mark.parametrize(
    ("name", "fields", "key"),
    [("donnees.csv", DATA, ("perimetre", "territoire", "code")), ("definitions.csv", DEFINITIONS, ("code",))],
)  # fmt: skip
def test_every_cell_is_what_the_schema_says(people, edition, name, fields, key):
    casts = {"integer": int, "number": float, "string": str, "date": dt.date.fromisoformat}
    rows = lines(opened(people, edition), name)
    assert rows
    assert len({tuple(row[one] for one in key) for row in rows}) == len(rows)
    for row in rows:
        for field in fields:
            cell = row[field.name]
            if not cell:
                assert not field.always, (field.name, row)
                continue
            value = casts[field.type](cell)
            assert cell in field.rules.get("enum", [cell]), (field.name, cell)
            assert value >= field.rules.get("minimum", value)


def test_schema_package_and_readme_say_the_same_columns_sizes_and_hashes(people, edition):
    release = opened(people, edition)
    schema = json.loads(content(release, "schema.json"))
    assert [one["name"] for one in schema["fields"]] == [one.name for one in DATA]
    package = json.loads(content(release, "datapackage.json"))
    readme = content(release, "lisez-moi.txt")
    assert package["licenses"][0]["name"] == "etalab-2.0"
    for resource in package["resources"]:
        file = release.files.get(name=resource["path"])
        assert resource["bytes"] == len(file.content.encode())
        assert resource["hash"] == f"sha256:{hashlib.sha256(file.content.encode()).hexdigest()}"
        assert file.sha256 in readme
    for one in DATA:
        assert f"- {one.name} (" in readme


def test_every_code_of_the_data_is_defined(people, edition):
    release = opened(people, edition)
    known = {one["code"] for one in lines(release, "definitions.csv")}
    assert {one["code"] for one in lines(release) if one["etat"] != "a-venir"} == known


def test_the_same_figures_give_the_same_bytes(people, edition):
    first = tables_of_edition(edition)
    assert first == tables_of_edition(Edition.objects.get(pk=edition.pk))


# --- published by the network, after reading, once


def form(client, edition: Edition) -> dict[str, str]:
    page = client.get(f"{PAGE}publier/{edition.pk}/").content.decode()
    return {
        name: page.split(f'name="{name}" value="')[1].split('"')[0]
        for name in ("submission_key", "seen")
    }


def test_the_network_reads_first_then_publishes_and_a_double_tap_publishes_once(
    people, edition, enter
):
    nora = enter("nora")
    masked = tables_of_edition(edition).masked
    preview = nora.get(f"{PAGE}publier/{edition.pk}/").content.decode()
    assert f"Voici ce qui sera public ; {masked} cases masquées" in preview
    assert OpenRelease.objects.count() == 0
    typed = form(nora, edition)
    for _tap in range(2):
        assert nora.post(f"{PAGE}publier/{edition.pk}/", typed).status_code == 302
    again = typed | {"submission_key": "5a1f4b52-0f0f-4e7b-8a53-6f0d8ad0ab4e"}
    assert nora.post(f"{PAGE}publier/{edition.pk}/", again).status_code in (302, 422)
    assert OpenRelease.objects.count() == 1
    assert "déjà publics" in nora.get(f"{PAGE}publier/{edition.pk}/").content.decode()


@pytest.mark.parametrize("name", ["amina", "driss", "helene", "elsa"])
def test_nobody_else_does(people, edition, enter, name):
    client = enter(name)
    assert client.get(f"{PAGE}publier/").status_code == 403
    answer = client.post(f"{PAGE}publier/{edition.pk}/", {"seen": "x"})
    assert answer.status_code in (403, 404)
    assert OpenRelease.objects.count() == 0


def test_a_year_not_published_to_partners_cannot_be_opened(people, enter):
    ended_cohorts(people, people.a.territory, 3)
    frozen = freeze_edition(year=YEAR, actor=people.actor("nora"), at=EARLIER)
    assert enter("nora").get(f"{PAGE}publier/{frozen.pk}/").status_code == 404
    with pytest.raises(Refused, match="dernière publiée"):
        opened(people, frozen)


def test_figures_nobody_read_are_not_published(people, edition):
    with pytest.raises(Refused, match="ne sont plus ceux"):
        opened(people, edition, seen="0" * 64)
    assert OpenRelease.objects.count() == 0


def test_what_is_known_later_is_a_new_version_that_says_why_and_the_old_one_stays(
    people, edition, client
):
    """A territory took another name: the figures are the same, the file is not."""
    first = opened(people, edition)
    before = content(first, "donnees.csv")
    people.a.territory.name = "Le Plateau Neuf"
    people.a.territory.save(update_fields=["name"])
    with pytest.raises(Refused, match="Dites pourquoi"):
        opened(people, edition)
    second = opened(people, edition, reason="Le territoire a changé de nom.")
    assert (second.number, opened(people, edition)) == (2, second)
    page = client.get(PAGE).content.decode()
    assert "Le territoire a changé de nom." in page and "Versions d’avant" in page
    old = client.get(f"{PAGE}{YEAR}/v1/donnees.csv").content.decode()
    assert old == before and "Le Plateau Neuf" not in old
    assert "Le Plateau Neuf" in client.get(f"{PAGE}{YEAR}/v2/donnees.csv").content.decode()


def test_the_database_refuses_to_change_or_delete_what_was_published(people, edition):
    release = opened(people, edition)
    for act in (
        lambda: OpenFile.objects.filter(release=release).update(content="autre"),
        lambda: OpenRelease.objects.filter(pk=release.pk).update(reason="autre"),
        lambda: OpenFile.objects.filter(release=release).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()


# --- taken by anybody


def test_anybody_takes_the_very_bytes_that_were_hashed(people, edition, client):
    release = opened(people, edition)
    page = client.get(PAGE).content.decode()
    assert "Licence Ouverte 2.0" in page
    for one in release.files.all():
        address = f"{PAGE}{YEAR}/v1/{one.name}"
        assert address in page and one.sha256 in page
        answer = client.get(address)
        assert hashlib.sha256(answer.content).hexdigest() == one.sha256
        assert answer.headers["ETag"] == f'"{one.sha256}"'
        assert "immutable" in answer.headers["Cache-Control"]
        same = client.get(address, headers={"If-None-Match": f'"{one.sha256}"'})
        assert (same.status_code, same.content) == (304, b"")


@pytest.mark.parametrize(
    "name", ["2025/v2/donnees.csv", "2024/v1/donnees.csv", "2025/v1/autre.csv"]
)
def test_what_was_not_published_is_not_there(people, edition, client, name):
    opened(people, edition)
    assert client.get(f"{PAGE}{name}").status_code == 404


def test_the_api_gives_the_published_years_and_the_addresses_of_the_files(people, edition):
    release = opened(people, edition)
    machine = Machine(token_of(people)[1])
    years = machine.get("/bilans")[1]["lignes"]
    assert {one["perimetre"] for one in years} == {"reseau", "territoire"}
    for one in years:
        body = machine.get(f"/bilans/{one['id']}")[1]
        assert [
            f["motif"] for f in body["chiffres"] if f["etat"] == "masque" and not f["motif"]
        ] == []
    files = Machine().get("/donnees-ouvertes")[1]["lignes"][0]["fichiers"]
    assert {one["sha256"] for one in files} == {one.sha256 for one in release.files.all()}


def test_the_partner_of_another_territory_reads_the_network_and_not_this_one(people, edition):
    mine = MergedSnapshot.objects.get(edition=edition, territory=people.a.territory)
    neighbour = Machine(token_of(people, "farid")[1])
    assert [one["perimetre"] for one in neighbour.get("/bilans")[1]["lignes"]] == ["reseau"]
    assert neighbour.get(f"/bilans/{mine.pk}")[0] == 404


def test_every_page_costs_the_same_for_many_years(people, edition, client, enter):
    opened(people, edition)
    nora = enter("nora")
    nora.get("/mes-places/")

    def counted(who, address: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert who.get(address).status_code == 200
        return len(queries)

    assert counted(client, PAGE) <= 3
    assert counted(nora, f"{PAGE}publier/") <= 8
    assert counted(nora, f"{PAGE}publier/{edition.pk}/") <= 10


# --- what the house promises


def breaches(code: str) -> list[str]:
    return list(next(one for one in all_invariants() if one.code == code).check())


def test_the_invariants_hold_and_each_sees_its_breach(people, edition):
    release = opened(people, edition)
    for code in ("reports.open_files", "reports.open_masks", "reports.tokens"):
        assert breaches(code) == []
    bad = OpenRelease.objects.create(
        year=YEAR, number=9, edition=edition, published_at=NOW, published_by=people.nora, reason="x",
        fingerprint="0" * 64, masked=0,
    )  # fmt: skip
    text = content(release, "donnees.csv")
    masked = next(one for one in lines(release) if one["etat"] == "masque")
    shown = f"{YEAR},{masked['perimetre']},{masked['territoire']},,,4,x,{masked['code']},x,personnes,exact,3"
    OpenFile.objects.create(
        release=bad, name="donnees.csv", media_type="text/csv", sha256="0" * 64, size=1,
        content=text.splitlines()[0] + f"\r\n{shown},,,,2026-01-01,\r\n",
    )  # fmt: skip
    assert len(breaches("reports.open_files")) == 2
    assert len(breaches("reports.open_masks")) == 1
