"""Communes by postcode and by code, from the data the house ships."""

import json
import tarfile
from io import BytesIO

import pytest
from django.core.management import CommandError, call_command

from cohorts import communes
from cohorts.communes import commune_of, communes_of


def names(postcode):
    return [one.name for one in communes_of(postcode)]


def test_a_postcode_gives_its_communes_by_name():
    assert names("93200") == ["Saint-Denis"]
    several = names("51300")
    assert len(several) > 40 and several == sorted(several) and "Vitry-le-François" in several


def test_a_large_city_is_given_by_borough():
    assert [(one.insee, one.name) for one in communes_of("75018")] == [
        ("75118", "Paris 18e Arrondissement")
    ]


@pytest.mark.parametrize("typed", ["99100", "9320", "93200 ", "", "abcde", "932001", "C;932"])
def test_what_is_no_postcode_gives_nothing(typed):
    assert communes_of(typed) == []


def test_a_code_is_validated_former_communes_overseas_and_corsica_included():
    assert commune_of("93066").name == "Saint-Denis"
    assert commune_of("2A004").name == "Ajaccio"
    assert commune_of("97415").name == "Saint-Paul"
    assert commune_of("01120").kind == communes.ASSOCIATED


def test_a_code_that_a_new_commune_took_over_is_the_new_commune():
    assert commune_of("01015").name == "Arboys en Bugey"


@pytest.mark.parametrize("typed", ["99100", "00000", "75", "2C004", "Saint", "", "\n1001"])
def test_a_code_nobody_has_is_none(typed):
    assert commune_of(typed) is None


def package(tmp_path, rows):
    made = tmp_path / "paquet.tgz"
    with tarfile.open(made, "w:gz") as archive:
        for name, value in (
            ("package/data/communes.json", rows),
            ("package/package.json", {"version": "9.9.9"}),
        ):
            content = json.dumps(value).encode()
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, BytesIO(content))
    return made


def test_the_file_is_rebuilt_from_the_package_the_same_bytes_each_time(tmp_path, capsys):
    made = package(
        tmp_path,
        [
            {"code": "93066", "nom": "B", "type": "commune-actuelle", "codesPostaux": ["93200"]},
            {"code": "01120", "nom": "A", "type": "commune-associee"},
        ],
    )
    first, second = tmp_path / "un.gz", tmp_path / "deux.gz"
    call_command("build_communes", made, to=first)
    call_command("build_communes", made, to=second)
    assert first.read_bytes() == second.read_bytes()
    assert "version 9.9.9" in capsys.readouterr().out


def test_another_file_is_refused_and_nothing_is_written(tmp_path):
    wrong = tmp_path / "autre.tgz"
    wrong.write_bytes(b"pas un paquet")
    with pytest.raises(CommandError, match="ne se lit pas"):
        call_command("build_communes", wrong, to=tmp_path / "rien.gz")
    assert not (tmp_path / "rien.gz").exists()
