"""Web and worker as two children of one process: the embedded default, for the demo.

A child that dies is started again; INT and TERM are passed on, waited for, then forced. On Linux
the kernel ends the children when the parent disappears, whatever killed it.
"""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

PR_SET_PDEATHSIG = 1
STOP_GRACE = 10.0  # seconds before a child is killed
RESTART_PAUSE = 1.0


def _die_with_parent() -> None:  # pragma: no cover - runs in the child, before exec
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


@dataclass
class Supervisor:
    """`commands` by name; `chore` runs every `every` seconds (the sweep: no beat on a file queue)."""

    commands: dict[str, list[str]]
    chore: Callable[[], None]
    every: float = 60.0
    children: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    stopping: threading.Event = field(default_factory=threading.Event)

    def run(self) -> int:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: self.stopping.set())
        for name in self.commands:
            self._start(name)
        next_chore = time.monotonic() + self.every
        while not self.stopping.wait(0.3):
            for name, child in list(self.children.items()):
                if child.poll() is not None and not self.stopping.is_set():
                    sys.stderr.write(f"« {name} » s'est arrêté : je le relance.\n")
                    time.sleep(RESTART_PAUSE)
                    self._start(name)
            if time.monotonic() >= next_chore:
                next_chore = time.monotonic() + self.every
                with contextlib.suppress(Exception):  # a failed sweep is retried a minute later
                    self.chore()
        self._stop()
        return 0

    def _start(self, name: str) -> None:
        self.children[name] = subprocess.Popen(  # noqa: S603 - our own fixed commands
            self.commands[name],
            env=os.environ,
            preexec_fn=_die_with_parent,
            start_new_session=True,  # Ctrl-C reaches the parent only, which stops them in order
        )

    def _stop(self) -> None:
        for child in self.children.values():
            with contextlib.suppress(ProcessLookupError):
                child.terminate()
        until = time.monotonic() + STOP_GRACE
        for child in self.children.values():
            try:
                child.wait(max(0.1, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(child.pid, signal.SIGKILL)
