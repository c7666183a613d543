"""`tally METHOD BALLOTS.json`: a file in, an answer out, without the database."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from decisions.rules.tally import tally
from tests.decisions.rules.elections import MAKERS, drawn
from tests.decisions.rules.papers import LOT, paper

ROOT = Path(__file__).resolve().parents[3]
TIED = paper("approval", [{"approve": ["é", "b"]}], ["é", "b"], roll=15, lot=LOT)


def written(folder: Path, content: object) -> Path:
    file = folder / "bulletins.json"
    file.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return file


def run(*arguments: object, **environ: str) -> subprocess.CompletedProcess[bytes]:
    """As typed in a terminal, on a database that refuses everything."""
    return subprocess.run(
        [sys.executable, "manage.py", "tally", *map(str, arguments)],
        cwd=ROOT,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "tests.decisions.rules.no_database"} | environ,
        capture_output=True,
        stdin=subprocess.DEVNULL,
    )


def test_it_answers_in_json_to_the_byte_and_asks_no_database(tmp_path):
    file = written(tmp_path, TIED)
    answer = run("approval", file, PYTHONHASHSEED="1", LC_ALL="C", PYTHONIOENCODING="ascii")
    # Computed here by another process, with another seed of hashes and another encoding.
    expected = json.dumps(tally(TIED), sort_keys=True, indent=2).encode("ascii") + b"\n"
    assert (answer.returncode, answer.stderr, answer.stdout) == (0, b"", expected)


def test_a_refused_file_ends_with_two_and_one_sentence(tmp_path):
    file = written(tmp_path, TIED | {"roll": 0})
    answer = run("approval", file)
    assert (answer.returncode, answer.stdout) == (2, b"")
    sentence = answer.stderr.decode("utf-8")
    assert sentence == "CommandError: $.ballots[0] : il y a plus de bulletins que d’inscrits.\n"


@pytest.mark.parametrize("method", MAKERS)
def test_it_counts_every_method(method, tmp_path, capsys):
    """No `db` fixture: a query would fail this test."""
    document = drawn(method, 3)
    call_command("tally", method, str(written(tmp_path, document)))
    shown = capsys.readouterr()
    assert json.loads(shown.out) == tally(document)
    assert shown.err == ""


def test_a_missed_quorum_is_counted_all_the_same(tmp_path, capsys):
    call_command("tally", "approval", str(written(tmp_path, TIED | {"quorum": "1/2"})))
    assert json.loads(capsys.readouterr().out)["outcome"] == "quorum_missed"


@pytest.mark.parametrize(
    ("method", "content", "said"),
    [
        ("ranked", TIED, "$.method : "),
        ("approval", {**TIED, "method": "approbation"}, "$.method : "),
        ("approval", {key: TIED[key] for key in TIED if key != "method"}, "$.method : "),
        ("borda", TIED, "METHOD : "),
        ("approval", '{"format": "ct-ballots/1"', "$ : "),
        ("approval", '{"roll": 1, "roll": 1}', "$.roll : "),
        ("approval", json.dumps(TIED | {"roll": 15.0}), "$.roll : "),
        ("approval", "", "$ : "),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(method, content, said, tmp_path, capsys):
    with pytest.raises(CommandError) as refused:
        call_command("tally", method, str(written(tmp_path, content)))
    assert refused.value.returncode == 2
    assert str(refused.value).startswith(said)
    assert "\n" not in str(refused.value)
    assert capsys.readouterr().out == ""


def test_a_file_that_is_not_there_or_is_a_folder_is_said(tmp_path):
    for path in (tmp_path / "rien.json", tmp_path):
        with pytest.raises(CommandError, match="ne peut pas être lu") as refused:
            call_command("tally", "approval", str(path))
        assert refused.value.returncode == 2


def test_an_endless_file_ends():
    with pytest.raises(CommandError, match="Mio") as refused:
        call_command("tally", "approval", "/dev/zero")
    assert refused.value.returncode == 2


def test_it_explains_itself(capsys):
    with pytest.raises(SystemExit) as left:
        call_command("tally", "--help")
    assert left.value.code == 0
    shown = capsys.readouterr().out
    for word in (*MAKERS, "ct-ballots/1", "ct-tally/1", "METHOD", "BALLOTS.json"):
        assert word in shown
