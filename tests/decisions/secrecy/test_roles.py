"""Roles of PostgreSQL: the site casts ballots, commands cannot, and the server logs no statement."""

import io
import itertools
import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import psycopg2
import pytest
from django.core.checks import run_checks
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from cohorts.models import Cohort
from ct_platform.kit import custody
from ct_platform.kit.errors import Refused
from ct_platform.kit.roles import SILENT
from ct_platform.settings.env import role_of
from decisions.models import Ballot, Elector, UrnBallot
from decisions.rules.terms import Terms
from decisions.services import ballots, polls
from tests.decisions.assembly import CLOSES_AT, NOW, actor_of, fill, put_to_vote
from tests.decisions.secrecy.sealed import SealedVote

ROOT = Path(__file__).resolve().parents[3]
ACTS = ("INSERT INTO {} DEFAULT VALUES", "DELETE FROM {}", "UPDATE {} SET id = id", "TRUNCATE {}")
on_postgres = pytest.mark.postgres


@pytest.mark.parametrize(
    ("command", "role"),
    [
        (["manage.py", "shell"], "admin"),
        (["/srv/ct/manage.py", "check_consistency"], "admin"),
        (["manage.py", "backup", "x"], "admin"),
        (["manage.py", "migrate", "--noinput"], "owner"),
        (["manage.py", "after_restore"], "owner"),
        (["manage.py", "runserver"], "site"),
        (["/usr/lib/gunicorn/__main__.py", "ct_platform.wsgi:application"], "site"),
        (["/usr/lib/celery/__main__.py", "-A", "ct_platform", "worker"], "site"),
        (["manage.py"], "site"),
    ],
)
def test_a_process_speaks_as_what_it_is(command, role):
    assert role_of(command) == role


@pytest.mark.parametrize(
    ("admin", "warned"),
    [("", True), ("postgres://ct:a@h/ct", True), ("postgres://ct_admin:a@h/ct", False)],
)
def test_a_deployment_whose_commands_may_vote_is_warned(settings, monkeypatch, admin, warned):
    monkeypatch.setattr(connection, "vendor", "postgresql")
    settings.SECRET_DATABASE_URLS = {"site": "postgres://ct:a@h/ct", "admin": admin, "owner": ""}
    found = [one.id for one in run_checks(include_deployment_checks=True)]
    assert ("kit.W001" in found) == warned


@pytest.mark.django_db
def test_one_file_has_no_roles():
    if connection.vendor == "sqlite":
        with pytest.raises(CommandError, match="que dans PostgreSQL"):
            call_command("database_roles")


@pytest.fixture
def roles(transactional_db, settings):
    """`ct_site` and `ct_admin` of this test's database, as the command makes them."""
    base = connection.settings_dict["NAME"]
    names = {name: f"{base}_{name}" for name in ("site", "admin")}
    settings.SECRET_DATABASE_URLS = {
        name: f"postgres://{role}:secret-of-{name}@{connection.settings_dict['HOST']}/{base}"
        for name, role in names.items()
    }
    told = io.StringIO()
    call_command("database_roles", stdout=told)
    call_command("database_roles", stdout=io.StringIO())  # as at each start
    assert "secret-of" not in told.getvalue()
    yield names
    with connection.cursor() as cursor:
        for role in names.values():
            cursor.execute(f'DROP OWNED BY "{role}"')
            cursor.execute(f'DROP ROLE "{role}"')


@contextmanager
def speaking_as(role):
    with connection.cursor() as cursor:
        cursor.execute(f'SET ROLE "{role}"')
        try:
            yield
        finally:
            cursor.execute("RESET ROLE")


def vote_at(people, level):
    voters = fill(people.a.cohort, 6)
    poll = put_to_vote(people, terms=Terms(secrecy=level))
    if level == "sealed":
        vote = SealedVote(poll, voters, {})
        for position in (1, 2, 3):
            vote.take(position)
        poll.refresh_from_db()
    return poll, voters


def cast(poll, voter):
    return ballots.cast(poll=poll, ballot={"choice": "half"}, actor=actor_of(voter), at=NOW)


@on_postgres
@pytest.mark.parametrize("level", ["open", "secret", "sealed"])
def test_the_role_of_commands_casts_no_ballot_and_that_of_the_site_does(people, roles, level):
    poll, voters = vote_at(people, level)
    with speaking_as(roles["admin"]), pytest.raises((DatabaseError, Refused)) as refused:
        cast(poll, voters[0])
    assert "permission denied" in str(refused.value) or level != "open"
    assert not Ballot.objects.exists() and not UrnBallot.objects.exists()
    assert not Elector.objects.filter(used=True).exists()
    with speaking_as(roles["site"]):
        for voter in voters:
            cast(poll, voter)
        polls.close_poll(poll=poll, actor=None, at=CLOSES_AT)
    assert Elector.objects.filter(used=True).count() == 6


@on_postgres
def test_the_role_of_commands_writes_no_table_of_votes_and_reads_and_writes_the_rest(people, roles):
    with speaking_as(roles["admin"]):
        for table, act in itertools.product(custody.tables(custody.cast_only()), ACTS):
            with (
                pytest.raises(DatabaseError, match="permission denied"),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(act.format(table))
        assert Elector.objects.count() == UrnBallot.objects.count() == 0  # check_consistency reads
        Cohort.objects.filter(pk=people.a.cohort.pk).update(name="Un autre nom")


@on_postgres
def test_a_shell_casts_no_ballot(people, roles, settings):
    """A real `manage.py shell`, with the settings of a server, on a vote that is open."""
    poll, _voters = vote_at(people, "secret")
    code = (
        "from decisions.models import UrnBallot\n"
        f"UrnBallot.objects.create(poll_id={poll.pk}, content='forged')"
    )
    environment = {
        **os.environ,
        "DATABASE_URL": settings.SECRET_DATABASE_URLS["site"],
        "DATABASE_ADMIN_URL": settings.SECRET_DATABASE_URLS["admin"],
    }
    done = subprocess.run(
        [sys.executable, "manage.py", "shell", "-v", "0", "-c", code],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode != 0 and "permission denied for table decisions_urnballot" in done.stderr
    assert not UrnBallot.objects.exists()


@on_postgres
def test_leak_7_the_server_logs_nothing_of_either_role_even_when_it_logs_everything(
    roles, settings
):
    base = connection.settings_dict["NAME"]
    loud = {
        key: {"log_statement": "all", "log_min_duration_statement": "0"}.get(key) for key in SILENT
    }
    with connection.cursor() as cursor:
        for setting, value in loud.items():
            if value:
                cursor.execute(f"ALTER DATABASE \"{base}\" SET {setting} = '{value}'")
    try:
        for name in ("site", "admin"):
            own = psycopg2.connect(settings.SECRET_DATABASE_URLS[name])
            with own.cursor() as cursor:
                cursor.execute("SET client_min_messages = 'log'")
                kept = {}
                for setting in SILENT:
                    cursor.execute(f"SHOW {setting}")
                    kept[setting] = cursor.fetchone()[0]
                cursor.execute("SELECT 'canary'")
            assert kept == SILENT and own.notices == []
            own.close()
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f'ALTER DATABASE "{base}" RESET ALL')
