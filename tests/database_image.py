"""The migrated database, made once and copied: thirty migrations of two hundred tables take a minute
of processor, a copy of what they leave takes a moment, and every process of a run needs one.

An image is known by the sources it depends on; `migrate` still runs over the copy and applies what
would be missing. CT_RUN, given by CI, makes each run migrate from nothing once on each database.
"""

import fcntl
import hashlib
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from django.db import OperationalError, ProgrammingError

ROOT = Path(__file__).parents[1]
# What a migration may import, by the laws of layers.
LAYERS = ("enums", "rules", "querysets", "models", "migrations", "kit")
KEPT = 8


def make_once(creation: Any, folder: Path) -> None:
    """From now on `creation` copies the image of our schema; the first to need it makes it."""
    image: Image = (Postgres if creation.connection.vendor == "postgresql" else Sqlite)(
        creation, folder
    )
    plain = creation.create_test_db

    def create_test_db(*given: Any, keepdb: bool = False, **options: Any) -> str:
        create: Callable[[], str] = lambda: plain(*given, keepdb=keepdb, **options)  # noqa: E731
        if keepdb:
            return create()
        with _alone(folder):
            if not image.exists():
                name = create()
                image.keep()
                return name
        with image.copied():
            return create()

    creation.create_test_db = create_test_db


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One process makes, the others wait for it."""
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _name() -> str:
    """ct_image_…, another one as soon as a source or a library changes."""
    digest = hashlib.sha256(os.environ.get("CT_RUN", "").encode())
    sources = [
        path
        for path in ROOT.glob("[!.]*/**/*.py")
        if not {"tests", "bench"} & set(path.parts)
        and set(LAYERS) & {*path.relative_to(ROOT).parts, path.stem}
    ]
    for path in sorted([*sources, ROOT / "requirements.txt"]):
        digest.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes())
    return f"ct_image_{digest.hexdigest()[:16]}"


class Image:
    def __init__(self, creation: Any, folder: Path) -> None:
        self.creation, self.connection = creation, creation.connection
        self.name, self.folder = _name(), folder

    def exists(self) -> bool:
        raise NotImplementedError

    def keep(self) -> None:
        raise NotImplementedError

    def copied(self) -> Any:
        raise NotImplementedError


class Sqlite(Image):
    """A file beside the cache of pytest, poured into memory."""

    @property
    def path(self) -> Path:
        return self.folder / f"{self.name}.sqlite3"

    def exists(self) -> bool:
        return self.path.exists()

    def keep(self) -> None:
        part = self.path.with_suffix(".part")
        with closing(sqlite3.connect(part)) as file:
            self.connection.connection.backup(file)
        part.rename(self.path)
        for old in sorted(self.folder.glob("*.sqlite3"), key=os.path.getmtime)[:-KEPT]:
            old.unlink()

    @contextmanager
    def copied(self) -> Iterator[None]:
        """A database in memory lives as long as somebody is connected: we are, until Django is."""
        memory = self.creation._get_test_db_name()
        with (
            closing(sqlite3.connect(memory, uri=True)) as ours,
            closing(sqlite3.connect(self.path)) as file,
        ):
            file.backup(ours)
            yield


class Postgres(Image):
    """A template database of the server."""

    def _ask(self, sql: str, *given: Any) -> list[tuple[Any, ...]]:
        with self.creation._nodb_cursor() as cursor:
            cursor.execute(sql, given or None)
            return list(cursor.fetchall()) if cursor.description else []

    def exists(self) -> bool:
        return bool(self._ask("SELECT 1 FROM pg_database WHERE datname = %s", self.name))

    def keep(self) -> None:
        made = self.connection.settings_dict["NAME"]
        self.connection.close()
        with suppress(ProgrammingError):  # made meanwhile from another copy of the sources
            self._ask(f'CREATE DATABASE "{self.name}" TEMPLATE "{made}"')
        for (old,) in self._ask(
            "SELECT datname FROM pg_database WHERE datname LIKE 'ct\\_image\\_%%'"
            " ORDER BY oid DESC OFFSET %s",
            KEPT,
        ):
            # Somebody is copying it, or was faster.
            with suppress(OperationalError, ProgrammingError):
                self._ask(f'DROP DATABASE "{old}"')

    @contextmanager
    def copied(self) -> Iterator[None]:
        self.connection.settings_dict["TEST"]["TEMPLATE"] = self.name
        yield
