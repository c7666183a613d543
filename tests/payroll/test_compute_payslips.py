"""The command: a file in, a file out, all or nothing."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

ROOT = Path(__file__).parents[2]
CASES = Path(__file__).parent / "data" / "payslip_cases.csv"


def run(source, target):
    call_command("compute_payslips", str(source), str(target))


def test_it_computes_the_public_cases(tmp_path, capsys):
    target = tmp_path / "out.csv"
    run(CASES, target)
    assert "36 bulletins" in capsys.readouterr().out
    lines = target.read_text(encoding="utf-8").splitlines()
    assert len(lines) == 37
    assert lines[0] == CASES.read_text(encoding="utf-8").splitlines()[0]
    assert list(tmp_path.iterdir()) == [target]


def test_it_writes_over_its_own_input_and_reads_it_again(tmp_path):
    same = tmp_path / "cases.csv"
    same.write_bytes(CASES.read_bytes())
    run(same, same)
    once = same.read_bytes()
    run(same, same)
    assert same.read_bytes() == once


def test_it_reads_a_byte_order_mark(tmp_path):
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text(CASES.read_text(encoding="utf-8"), encoding="utf-8-sig")
    run(source, target)
    assert target.exists()


def test_it_writes_nothing_when_one_row_is_bad(tmp_path):
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text(
        CASES.read_text(encoding="utf-8").replace("P36,2912.47", "P36,-1").replace("P02,", ","),
        encoding="utf-8",
    )
    target.write_text("before", encoding="utf-8")
    with pytest.raises(CommandError) as refusal:
        run(source, target)
    assert "Ligne 3 : la colonne « id » est vide." in str(refusal.value)
    assert "Ligne 37 : la colonne « gross » est négative" in str(refusal.value)
    assert target.read_text(encoding="utf-8") == "before"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.csv", "out.csv"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"", "Colonnes absentes"), (b"\xff\xfe\x00id", "UTF-8"), (b"id;gross\n1;2\n", "hours")],
)
def test_it_refuses_a_file_it_cannot_read(tmp_path, content, reason):
    source = tmp_path / "in.csv"
    source.write_bytes(content)
    with pytest.raises(CommandError, match=reason):
        run(source, tmp_path / "out.csv")
    assert not (tmp_path / "out.csv").exists()


def test_it_says_which_file_is_missing(tmp_path):
    with pytest.raises(CommandError, match=r"absent\.csv ne peut pas être lu"):
        run(tmp_path / "absent.csv", tmp_path / "out.csv")


def test_an_interruption_leaves_the_former_file_and_nothing_half_written(tmp_path, monkeypatch):
    target = tmp_path / "out.csv"
    target.write_text("before", encoding="utf-8")

    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        run(CASES, target)
    assert target.read_text(encoding="utf-8") == "before"
    assert list(tmp_path.iterdir()) == [target]


def test_it_ends_with_a_failure_that_a_script_sees(tmp_path):
    source = tmp_path / "in.csv"
    source.write_text(CASES.read_text(encoding="utf-8").replace("P36,", "P36,-"), encoding="utf-8")
    target = tmp_path / "out.csv"
    refused, computed = (
        subprocess.run(
            [sys.executable, "manage.py", "compute_payslips", given, target],
            cwd=ROOT, capture_output=True, text=True,
        )
        for given in (source, CASES)
    )  # fmt: skip
    assert (refused.returncode, computed.returncode) == (1, 0)
    assert "Ligne 37 : la colonne « gross » est négative" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_it_says_where_it_cannot_write(tmp_path):
    with pytest.raises(CommandError, match="ne peut pas être écrit"):
        run(CASES, tmp_path / "nowhere" / "out.csv")
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(CommandError, match="ne peut pas être écrit"):
        run(CASES, tmp_path / "folder.csv")
    assert [path.name for path in tmp_path.iterdir()] == ["folder.csv"]
