"""Production starts only when everything is given and nothing contradicts; it never serves the demo door."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from ct_platform.check import PRODUCTION

ROOT = Path(__file__).resolve().parents[2]


def start(
    code: str = "import django; django.setup()", **changes: str | None
) -> subprocess.CompletedProcess[str]:
    kept = {k: os.environ[k] for k in ("PATH", "HOME") if k in os.environ}
    env = {**kept, **PRODUCTION, **changes}
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={k: v for k, v in env.items() if v is not None},
        capture_output=True,
        text=True,
        check=False,
    )


def test_it_starts_when_everything_is_given(tmp_path):
    done = start(CT_DATA=str(tmp_path))
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    "name",
    [
        "SECRET_KEY", "FIELD_KEYS", "PUBLIC_ORIGIN", "ALLOWED_HOSTS", "DATABASE_URL", "REDIS_URL",
        "EMAIL_URL", "MAIL_FROM",
    ],
)  # fmt: skip
def test_a_missing_value_stops_the_start_in_one_sentence(name, tmp_path):
    done = start(CT_DATA=str(tmp_path), **{name: None})
    assert done.returncode != 0
    assert f"{name} manque" in done.stderr.splitlines()[-1]


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"DATABASE_URL": "sqlite:///x.sqlite3"}, "PostgreSQL"),
        ({"PUBLIC_ORIGIN": "http://coop.exemple.test"}, "https"),
        ({"PUBLIC_ORIGIN": "https://autre.exemple.test"}, "ALLOWED_HOSTS"),
        ({"SECRET_KEY": "courte"}, "trop courte"),
        ({"S3_ENDPOINT": "https://s3.exemple.test"}, "S3_BUCKET"),
        ({"S3_BUCKET": "papiers"}, "S3_ACCESS_KEY"),
        ({"SSL_REDIRECT": "peut-être"}, "écrivez 1 ou 0"),
    ],
)
def test_a_contradiction_stops_the_start_in_one_sentence(changes, word, tmp_path):
    done = start(CT_DATA=str(tmp_path), **changes)
    assert done.returncode != 0
    assert word in done.stderr.splitlines()[-1]


def test_a_secret_may_come_from_a_file(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("f" * 60)
    code = "import django; django.setup(); from django.conf import settings; print(settings.SECRET_KEY)"
    done = start(code, CT_DATA=str(tmp_path), SECRET_KEY=None, SECRET_KEY_FILE=str(secret))
    assert done.stdout.strip() == "f" * 60, done.stderr


def test_production_does_not_serve_the_demo_door(tmp_path):
    code = (
        "import django; django.setup()\n"
        "from django.urls import resolve, Resolver404\n"
        "try:\n resolve('/demo/entrer/'); print('served')\nexcept Resolver404: print('nowhere')"
    )
    assert start(code, CT_DATA=str(tmp_path)).stdout.strip() == "nowhere"


def test_the_suite_does_not_serve_it_either(client):
    assert client.get("/demo/entrer/").status_code == 404
