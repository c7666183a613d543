"""A copy of the database without the rows that no copy may carry (custody.py)."""

import os
import re
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection
from django.utils.translation import gettext as _

from ct_platform.kit import custody
from ct_platform.kit.errors import Refused


def back_up(target: Path) -> None:
    """Write the database to `target`, a new file that its owner alone reads.

    On PostgreSQL an archive for pg_restore, on SQLite a database: whole or not at all. Raises
    Refused: the file is there already, pg_dump is missing or fails.
    """
    if target.exists():
        raise Refused(_("%(file)s existe déjà : donnez un autre nom.") % {"file": target})
    with _aside(target) as part:
        if connection.vendor == "postgresql":
            _dump(part)
        else:
            _copy(part)


@contextmanager
def _aside(target: Path) -> Iterator[Path]:
    part = target.with_name(target.name + ".part")
    part.unlink(missing_ok=True)
    part.touch(mode=0o600)
    try:
        yield part
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def _dump(part: Path) -> None:
    given = connection.get_connection_params()
    # As the site connects, certificates included; without the password, which `ps` would show.
    secret = given.pop("password", None)
    words = {name: str(value) for name, value in given.items() if isinstance(value, str | int)}
    without = [f"--exclude-table-data={name}" for name in custody.tables(custody.never_copied())]
    try:
        done = subprocess.run(  # noqa: S603 - our own arguments, no shell
            ["pg_dump", "--format=custom", "--no-owner", "--no-privileges", "--no-password",  # noqa: S607
             f"--file={part}", f"--dbname={_dsn(words)}", *without],
            env=os.environ | ({"PGPASSWORD": secret} if secret else {}),
            capture_output=True, text=True, check=False,
        )  # fmt: skip
    except FileNotFoundError:
        raise Refused(
            _("pg_dump manque. Debian, Ubuntu : sudo apt install postgresql-client")
        ) from None
    if done.returncode:
        raise Refused(_("pg_dump a échoué : %(why)s") % {"why": done.stderr.strip()[-500:]})


def _dsn(words: dict[str, str]) -> str:
    quoted = {name: re.sub(r"([\\'])", r"\\\1", value) for name, value in words.items()}
    return " ".join(f"{name}='{value}'" for name, value in quoted.items())


def _copy(part: Path) -> None:
    """Through memory, so that what must not be copied is never written, not even to be erased."""
    connection.ensure_connection()
    memory, written = sqlite3.connect(":memory:"), sqlite3.connect(part)
    try:
        connection.connection.backup(memory)
        memory.execute("PRAGMA secure_delete=ON")
        for table in custody.tables(custody.never_copied()):
            memory.execute(f'DELETE FROM "{table}"')  # noqa: S608 - names of our own tables
        memory.commit()
        memory.backup(written)
    finally:
        memory.close()
        written.close()
