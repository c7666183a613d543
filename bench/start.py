"""How long a newcomer waits: fresh clone to first page and first paper, then a second start."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.request
from pathlib import Path

from bench.table import show

ROOT = Path(__file__).resolve().parents[1]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def first_page(folder: Path, after: float) -> tuple[float, float | None]:
    """Seconds from `after` to the first page, then to the first paper on disk (None: none came)."""
    port = free_port()
    env = {
        k: v
        for k, v in os.environ.items()
        if k not in ("DATABASE_URL", "REDIS_URL", "CT_DATA", "DJANGO_SETTINGS_MODULE")
    }
    child = subprocess.Popen(
        ["./run"],
        cwd=folder,
        env={**env, "PORT": str(port)},
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    page = paper = None
    try:
        while time.monotonic() - after < 180 and (page is None or paper is None):
            time.sleep(0.05)
            if page is None:
                try:
                    urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=2).read()
                    page = time.monotonic() - after
                except OSError:
                    continue
            if any((folder / "var" / "media").rglob("*.pdf")):
                paper = time.monotonic() - after
            elif page is not None and time.monotonic() - after - page > 60:
                break
    finally:
        os.killpg(child.pid, signal.SIGTERM)
        child.wait(20)
    assert page is not None, "no page in three minutes"
    return page, paper


def main() -> None:
    folder = Path(tempfile.mkdtemp(prefix="ct-start-"))
    try:
        began = time.monotonic()
        subprocess.run(["git", "clone", "-q", str(ROOT), str(folder / "clone")], check=True)
        page, paper = first_page(folder / "clone", began)
        again, _paper = first_page(folder / "clone", time.monotonic())
        rows = [
            ["fresh clone → first page", f"{page:.1f} s", "60 s"],
            ["fresh clone → first paper", f"{paper:.1f} s" if paper else "none", "–"],
            ["second start → first page", f"{again:.1f} s", "6 s"],
        ]
        show("Starting", rows, ["what", "measured", "target"])
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
