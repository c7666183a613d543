"""Where the bytes go: a name derived from the rendering key, written aside, then put in place."""

import contextlib
import os
import secrets
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import Storage, default_storage

FOLDER = "papers"


def name_of(rendering_key: str, folder: str = FOLDER, suffix: str = ".pdf") -> str:
    """The same key gives the same bytes under the same name: writing twice changes nothing."""
    return f"{folder}/{rendering_key[:2]}/{rendering_key}{suffix}"


def store(
    rendering_key: str,
    content: bytes,
    storage: Storage = default_storage,
    folder: str = FOLDER,
    suffix: str = ".pdf",
) -> str:
    """Keep `content`; returns its name in the storage.

    On a disk: written aside, flushed, renamed, so that a reader or a crash never meets half a
    file. Elsewhere (S3) one overwriting save, which is whole or nothing. Raises OSError.
    """
    name = name_of(rendering_key, folder, suffix)
    try:
        final = Path(storage.path(name))
    except NotImplementedError:
        return storage.save(name, ContentFile(content))
    final.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    # A name of its own: threads of one process may store the same bytes at the same moment.
    aside = final.with_name(f"{final.name}.{os.getpid()}.{secrets.token_hex(4)}.part")
    try:
        with open(aside, "wb", opener=_private) as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(aside, final)
    except OSError:
        with contextlib.suppress(OSError):
            aside.unlink(missing_ok=True)
        raise
    _flush_folder(final.parent)
    return name


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _flush_folder(folder: Path) -> None:
    """A rename survives a power cut only once its folder is on the disk too."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
