"""Two children kept alive, stopped in order."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PARENT = """
import sys
from ct_platform.home.supervisor import Supervisor
child = [sys.executable, "-c", "import os,time; open(sys.argv[1],'a').write(f'{{os.getpid()}} '); time.sleep(60)"]
child[2] = child[2].replace("sys.argv[1]", repr(sys.argv[1])).replace("{{", "{").replace("}}", "}")
Supervisor({"enfant": child}, chore=lambda: None).run()
"""


def born(file: Path, count: int) -> list[int]:
    until = time.monotonic() + 15
    while time.monotonic() < until:
        pids = [int(word) for word in file.read_text().split()] if file.exists() else []
        if len(pids) >= count:
            return pids
        time.sleep(0.05)
    raise AssertionError("the child was not born")


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z"
    except FileNotFoundError:
        return False


def start(file: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", PARENT, str(file)], cwd=ROOT, stderr=subprocess.DEVNULL
    )


def test_a_child_that_dies_is_started_again_and_all_stop_together(tmp_path):
    parent = start(tmp_path / "pids")
    first = born(tmp_path / "pids", 1)[0]
    os.kill(first, signal.SIGKILL)
    second = born(tmp_path / "pids", 2)[1]
    parent.send_signal(signal.SIGINT)
    assert parent.wait(15) == 0
    assert not is_alive(second)


def test_children_do_not_outlive_a_killed_parent(tmp_path):
    parent = start(tmp_path / "pids")
    child = born(tmp_path / "pids", 1)[0]
    parent.kill()
    parent.wait(5)
    until = time.monotonic() + 10
    while is_alive(child) and time.monotonic() < until:
        time.sleep(0.05)
    assert not is_alive(child)
