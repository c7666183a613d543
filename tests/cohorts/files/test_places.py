"""Quarters: the official file, points and hands, the vintage kept, a move that changes nothing."""

import datetime as dt
import io
import json
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command

from cohorts.address_lookup import AddressBaseLookup, Located, NoLookup, lookup
from cohorts.models import EntryPlace, Quarter, QuarterImport
from cohorts.services.entry_files import note_move, write_address
from cohorts.services.places import locate, locate_by_hand, locate_by_lookup
from cohorts.services.quarters import import_quarters
from ct_platform.kit.errors import Refused
from tests.cohorts.files.conftest import EVE
from tests.factories import NOW

DAY = dt.date(2024, 12, 30)
SQUARE = [[[2.0, 48.0], [2.1, 48.0], [2.1, 48.1], [2.0, 48.1], [2.0, 48.0]]]
INSIDE, OUTSIDE, EDGE = ("2.05", "48.05"), ("2.3", "48.05"), ("2.05", "48.0001")


def geojson(code="QN09301M", name="Les Lilas", insee="93066, 93001", geometry=None):
    shape = geometry or {"type": "Polygon", "coordinates": SQUARE}
    row = {"code_qp": code, "lib_qp": name, "insee_com": insee}
    feature = {"type": "Feature", "properties": row, "geometry": shape}
    return json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()


def bring_in(content=None, vintage=2024, source="ANCT, essai"):
    return import_quarters(
        content=content or geojson(),
        filename="qp.geojson",
        vintage=vintage,
        source=source,
        file_date=DAY,
    )


def test_a_geojson_is_kept_with_its_source_date_and_vintage(db):
    made = bring_in()
    quarter = Quarter.objects.get()
    assert (quarter.code, quarter.name, quarter.vintage) == ("QN09301M", "Les Lilas", 2024)
    assert (quarter.west, quarter.north) == (Decimal("2"), Decimal("48.1"))
    assert (made.source, made.file_date, made.with_shape_count) == ("ANCT, essai", DAY, 1)
    assert list(Quarter.objects.of_commune("93001")) == [quarter]
    assert not Quarter.objects.of_commune("3001")
    assert not Quarter.objects.of_commune("")


@pytest.mark.parametrize(
    "content",
    [
        b"code_qp;lib_qp;insee_com\nQN09301M;Les Lilas;93066\n",
        "\ufeffCODE_QP,LIB_QP,INSEE_COM\r\nqn09301m,Les Lilas,93066\r\n".encode(),
        "code_qp\tlib_qp\tinsee_com\nQN09301M\tLes Lilas\t93066\n".encode("cp1252"),
    ],
)
def test_a_list_without_shapes_is_read_whatever_its_separator(db, content):
    made = bring_in(content)
    assert (made.quarters_count, made.with_shape_count) == (1, 0)
    assert Quarter.objects.get().code == "QN09301M"


def test_the_same_file_again_changes_nothing_and_a_list_keeps_the_shapes(db):
    first = bring_in()
    assert bring_in() == first and QuarterImport.objects.count() == 1
    bring_in(b"code_qp;lib_qp;insee_com\nQN09301M;Nouveau nom;93066\n")
    quarter = Quarter.objects.get()
    assert quarter.name == "Nouveau nom" and quarter.shape is not None


def test_two_vintages_live_side_by_side(db):
    bring_in()
    bring_in(geojson(code="QP093001"), vintage=2015)
    assert Quarter.objects.count() == 2


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"code_qp;lib_qp\nQN09301M;x\n", "insee_com"),
        (b"code_qp;lib_qp;insee_com\nLilas;x;93066\n", "Ligne 2"),
        (b"code_qp;lib_qp;insee_com\nQN09301M;x;\n", "code commune"),
        (b"code_qp;lib_qp;insee_com\nQN09301M;x;93066\nQN09301M;y;93066\n", "Ligne 3"),
        (b"code_qp;lib_qp;insee_com\n", "aucun quartier"),
        (b'{"type": 3}', "GeoJSON"),
        (geojson(geometry={"type": "Polygon", "coordinates": [[[652000, 6862000]]]}), "WGS 84"),
        (geojson(geometry={"type": "Point", "coordinates": [2, 48]}), "contour"),
    ],
)
def test_a_wrong_file_says_where_and_keeps_nothing(db, content, sentence):
    with pytest.raises(Refused, match=sentence):
        bring_in(content)
    assert not QuarterImport.objects.exists()


def test_without_a_source_or_with_an_odd_year_nothing_is_kept(db):
    for wrong in ({"source": " "}, {"vintage": 24}):
        with pytest.raises(Refused):
            bring_in(**wrong)
    assert not Quarter.objects.exists()


def test_the_command_imports_and_names_communes_it_does_not_know(db, tmp_path):
    file = tmp_path / "qp.geojson"
    file.write_bytes(geojson(insee="93066 99998"))
    out, err = io.StringIO(), io.StringIO()
    asked = {"vintage": 2024, "source": "ANCT", "date": DAY}
    call_command("import_qpv", file, **asked, stdout=out, stderr=err)
    assert "1 quartiers du millésime 2024" in out.getvalue() and "99998" in err.getvalue()
    with pytest.raises(CommandError):
        call_command("import_qpv", tmp_path / "absent", **asked)


# --- placing somebody


@pytest.fixture
def home(people, amina):
    return write_address(
        enrolment=amina, address="3 rue des Lilas", postcode="93200", city="Saint-Denis",
        insee="93066", actor=people.actor("driss"), at=EVE,
    )  # fmt: skip


@pytest.fixture
def put(people, amina):
    def at_point(where, at=EVE, by="driss", **more):
        x, y = (Decimal(one) for one in where)
        return locate(
            enrolment=amina, longitude=x, latitude=y, actor=people.actor(by), at=at, **more
        )

    return at_point


@pytest.fixture
def see(people, amina):
    def by_hand(code, at=EVE, evidence="carte officielle, le 2 septembre", **more):
        return locate_by_hand(
            enrolment=amina, quarter_code=code, evidence=evidence, actor=people.actor("driss"),
            at=at, **more,
        )  # fmt: skip

    return by_hand


def test_a_point_inside_is_in_with_code_name_and_vintage(home, put):
    bring_in()
    place = put(INSIDE)
    assert (place.quarter_status, place.quarter_code, place.vintage) == ("in", "QN09301M", 2024)
    assert (place.quarter_name, place.located_how, place.address) == (
        "Les Lilas",
        "point",
        home.address,
    )


def test_a_point_outside_is_out_and_keeps_the_vintage(home, put):
    bring_in()
    place = put(OUTSIDE)
    assert (place.quarter_status, place.quarter_code, place.vintage) == ("out", "", 2024)


def test_at_the_limit_somebody_must_look(home, put):
    bring_in()
    with pytest.raises(Refused, match="30 mètres"):
        put(EDGE)
    assert EntryPlace.objects.count() == 1


def test_the_vintage_is_that_in_force_on_the_day_of_entry(home, put):
    bring_in(geojson(code="QP093001"), vintage=2015)
    bring_in(geojson(code="QN09999M"), vintage=2027)
    bring_in()
    assert put(INSIDE).quarter_code == "QN09301M"


def test_without_shapes_or_without_an_address_it_is_refused(put, home):
    with pytest.raises(Refused, match="main"):
        put(INSIDE)
    bring_in(b"code_qp;lib_qp;insee_com\nQN09301M;x;93066\n")
    with pytest.raises(Refused, match="main"):
        put(INSIDE)


def test_no_address_no_place(put, people, amina):
    bring_in()
    with pytest.raises(Refused, match="adresse"):
        put(INSIDE)
    assert not EntryPlace.objects.exists()


def test_by_hand_it_takes_evidence_and_a_code_the_file_knows(home, see):
    bring_in()
    with pytest.raises(Refused) as refusal:
        see("QN09301M", evidence=" ")
    assert refusal.value.field == "evidence"
    with pytest.raises(Refused) as refusal:
        see("QN00000X")
    assert refusal.value.field == "quarter_code"
    place = see("qn09301m")
    assert (place.quarter_name, place.located_how) == ("Les Lilas", "hand")


def test_by_hand_without_any_file_the_quarter_of_the_territory_may_be_named(home, see, people):
    people.a.territory.qpv_code, people.a.territory.qpv_vintage = "QN09901", 2024
    people.a.territory.save()
    with pytest.raises(Refused):
        see("QN09902")
    assert (see("QN09901").vintage, see("").quarter_status) == (2024, "out")


def test_a_later_move_out_of_the_quarter_does_not_change_the_entry(home, put, people, amina):
    bring_in()
    place = put(INSIDE)
    note_move(
        enrolment=amina, address="1 rue Neuve", postcode="75018", city="Paris",
        actor=people.actor("amina"),
    )  # fmt: skip
    last = EntryPlace.objects.order_by("-number").first()
    assert last == place and last.quarter_status == "in"


def test_after_the_entry_a_place_found_is_corrected_with_a_reason_and_the_first_stays(
    home, put, see
):
    bring_in()
    put(INSIDE)
    with pytest.raises(Refused):
        put(OUTSIDE, at=NOW)
    assert see("", at=NOW, reason="Numéro de rue mal lu.").quarter_status == "out"
    assert [one.quarter_status for one in EntryPlace.objects.order_by("number")] == [
        "",
        "in",
        "out",
    ]


def test_the_same_place_again_changes_nothing(home, put):
    bring_in()
    assert put(INSIDE) == put(INSIDE)


@pytest.mark.parametrize("who", ["bastien", "dalia", "helene", "elsa"])
def test_nobody_else_places_anybody(home, put, who):
    bring_in()
    with pytest.raises(Refused):
        put(INSIDE, by=who)
    assert EntryPlace.objects.count() == 1


# --- the address service


class Finds(NoLookup):
    is_on = True

    def find(self, *, address, postcode, city):
        assert (address, postcode, city) == ("3 rue des Lilas", "93200", "Saint-Denis")
        return Located(Decimal(INSIDE[0]), Decimal(INSIDE[1]), "93066", "3 Rue des Lilas")


def test_nothing_leaves_the_house_by_default(home, people, amina):
    assert not lookup().is_on
    bring_in()
    with pytest.raises(Refused, match="pas été trouvée"):
        locate_by_lookup(enrolment=amina, actor=people.actor("driss"), at=EVE)


def test_when_it_is_on_the_service_places_the_address(home, people, amina, settings):
    settings.ADDRESS_LOOKUP = f"{__name__}.Finds"
    bring_in()
    place = locate_by_lookup(enrolment=amina, actor=people.actor("driss"), at=EVE)
    assert place.quarter_status == "in"


class Answer(io.BytesIO):
    pass


@pytest.mark.parametrize(
    ("url", "body", "found"),
    [
        ("https://adresses.exemple.test/search", {"score": 0.9}, True),
        ("https://adresses.exemple.test/search", {"score": 0.3}, False),
        ("http://adresses.exemple.test/search", {"score": 0.9}, False),
        ("", {"score": 0.9}, False),
        ("https://adresses.exemple.test/search", None, False),
    ],
)
def test_an_unsure_broken_or_plain_answer_finds_nothing(monkeypatch, settings, url, body, found):
    settings.ADDRESS_LOOKUP_URL = url
    asked = []

    def answers(address, timeout):
        asked.append(address)
        features = (
            [{"properties": {**body, "citycode": "93066", "label": "x"},
              "geometry": {"coordinates": [2.05, 48.05]}}] if body else []
        )  # fmt: skip
        return Answer(json.dumps({"features": features}).encode())

    monkeypatch.setattr("urllib.request.urlopen", answers)
    got = AddressBaseLookup().find(address="3 rue", postcode="93200", city="Saint-Denis")
    assert (got is not None) is found
    assert bool(asked) is url.startswith("https")
