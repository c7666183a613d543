"""The same batch from several processes at once: one entry each, whatever the order. PostgreSQL only."""

import json
import subprocess
import sys
import uuid
from pathlib import Path

import pytest

from projects.models import WorkChange, WorkEntry
from tests import workers
from tests.projects.verbs import kitchen

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
PROCESSES, TIMES = 6, 4


def process(person_id: int, media: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.projects.send_in_a_process", str(person_id), str(TIMES)],
        cwd=workers.ROOT, env=workers.environment(media), text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip


def test_five_entries_from_six_processes_are_five_entries(people, tmp_path):
    keys = [str(uuid.uuid4()) for _ in range(5)]
    line = json.dumps(
        {
            "owner": people.enrolments["amina"].pk,
            "entries": [
                {"key": key, "day": "2026-11-24", "minutes": 60, "work": str(kitchen(people).pk)}
                for key in keys
            ],
        }
    )
    senders = [process(people.amina.pk, tmp_path) for _ in range(PROCESSES)]
    for one in senders:
        assert one.stdout.readline() == "ready\n"
    for one in senders:
        one.stdin.write(line + "\n")
        one.stdin.flush()
    told = [
        json.loads(said)
        for one in senders
        for said in one.communicate(timeout=60)[0].split("\n")
        if said
    ]

    assert sorted(str(one.client_uuid) for one in WorkEntry.objects.all()) == sorted(keys)
    assert WorkChange.objects.count() == 5
    assert len(told) == PROCESSES * TIMES
    # Two that wrote at the same instant may both be told "noted": it is, once.
    assert {verdict for answer in told for verdict in answer} == {"accepted", "known"}


def test_a_day_that_two_phones_fill_at_once_stays_within_24_hours(people, tmp_path):
    senders = [process(people.amina.pk, tmp_path) for _ in range(2)]
    work = str(kitchen(people).pk)
    for one in senders:
        assert one.stdout.readline() == "ready\n"
    for one in senders:
        entry = {"key": str(uuid.uuid4()), "day": "2026-11-24", "minutes": 1200, "work": work}
        batch = {"owner": people.enrolments["amina"].pk, "entries": [entry]}
        one.stdin.write(json.dumps(batch) + "\n")
        one.stdin.flush()
    said = sorted(one.communicate(timeout=60)[0].split("\n")[0] for one in senders)

    assert said == ['["accepted"]', '["refused"]']
    assert WorkEntry.objects.get().minutes == 1200
