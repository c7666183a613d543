"""Copies that an attacker could hold: backups, dumps, what the server logs, its journal."""

import os
import re
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

Rows = Callable[[str], list]


def server_environment() -> dict[str, str]:
    """How PostgreSQL's own programs reach the server of the suite."""
    given = connection.settings_dict
    told = {"PGHOST": given["HOST"], "PGPORT": str(given["PORT"] or 5432), "PGUSER": given["USER"]}
    return os.environ | told | ({"PGPASSWORD": given["PASSWORD"]} if given["PASSWORD"] else {})


def run(*command: str) -> str:
    done = subprocess.run(
        command, env=server_environment(), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@contextmanager
def restored(archive: Path) -> Iterator[Rows]:
    """A backup given back to a database of its own, and `rows(sql)`: the first column, as text."""
    if connection.vendor == "sqlite":
        base = sqlite3.connect(archive)
        yield lambda sql: [str(row[0]) for row in base.execute(sql)]
        base.close()
        return
    name = connection.settings_dict["NAME"] + "_restored"
    run("dropdb", "--if-exists", name)
    run("createdb", name)
    try:
        run("pg_restore", "--no-owner", "--exit-on-error", f"--dbname={name}", str(archive))
        yield lambda sql: run("psql", "-qAtX", "-d", name, "-c", sql).splitlines()
    finally:
        run("dropdb", name)


def stolen_dump() -> dict[str, list[str]]:
    """A whole pg_dump by who may read everything: the rows of each table, as text, in disk order."""
    text = run("pg_dump", "--data-only", f"--dbname={connection.settings_dict['NAME']}")
    found = re.findall(
        r"^COPY public\.\"?(\w+)\"? \([^)]*\) FROM stdin;\n(.*?)^\\\.$", text, re.M | re.S
    )
    assert found
    return {table: rows.splitlines() for table, rows in found}


@contextmanager
def logging_everything() -> Iterator[list[str]]:
    """The server set to log every statement with its values, and what it then writes.

    Its log messages are sent to the client too, so nobody needs to read its files.
    """
    lines: list[str] = []
    wanted = {
        "client_min_messages": "log", "log_statement": "all", "log_min_duration_statement": "0",
        "log_parameter_max_length": "-1", "log_parameter_max_length_on_error": "-1",
        "log_min_error_statement": "debug1", "log_error_verbosity": "verbose",
    }  # fmt: skip
    with connection.cursor() as cursor:
        for name, value in wanted.items():
            cursor.execute(f"SET {name} = '{value}'")
        former = connection.connection.notices
        connection.connection.notices = Keeper(lines)
        try:
            yield lines
        finally:
            connection.connection.notices = former
            for name in wanted:
                cursor.execute(f"RESET {name}")


class Keeper:
    """Of a list, psycopg2 would keep the last fifty notices only."""

    def __init__(self, lines: list[str]) -> None:
        self.append = lines.append


def journal_position() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_wal_insert_lsn()::text")
        return cursor.fetchone()[0]


def journal_since(position: str) -> bytes:
    """The bytes of the write-ahead log from a position on, as a replica or an archive gets them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT (pg_walfile_name_offset(%s::pg_lsn)).*", [position])
        first, start = cursor.fetchone()
        cursor.execute("SELECT pg_walfile_name(pg_current_wal_insert_lsn())")
        [last] = cursor.fetchone()
        cursor.execute(
            "SELECT pg_read_binary_file('pg_wal/' || name) FROM pg_ls_waldir()"
            " WHERE name ~ '^[0-9A-F]{24}$' AND name BETWEEN %s AND %s ORDER BY name",
            [first, last],
        )
        return b"".join(bytes(row[0]) for row in cursor.fetchall())[start:]
