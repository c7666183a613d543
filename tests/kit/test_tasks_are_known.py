"""Whoever asks for a task knows it: a web process or a command loads every app, never a worker's own list."""

import json
import re
import subprocess
import sys
from pathlib import Path

from django.conf import settings

NAMED = re.compile(r'"((?:[a-z_]+\.)+tasks\.[a-z_]+)"')
ASK = (
    "import django, json; django.setup(); from celery import current_app; "
    "print(json.dumps(sorted(current_app.tasks)))"
)


def test_every_task_named_in_the_house_is_known_without_a_worker() -> None:
    root = Path(settings.BASE_DIR)
    named = {
        name
        for app in (
            "ct_platform",
            *(one for one in settings.INSTALLED_APPS if (root / one).is_dir()),
        )
        for source in (root / app).rglob("*.py")
        for name in NAMED.findall(source.read_text("utf-8"))
    }
    said = subprocess.run(
        [sys.executable, "-c", ASK], cwd=root, capture_output=True, text=True, check=True
    )
    known = set(json.loads(said.stdout.splitlines()[-1]))
    assert "testimonials.tasks.send_author_notices" in named
    assert named <= known, f"nobody loads {sorted(named - known)}"
