"""A ZIP written while it is sent: nothing is built in memory."""

import io


class ZipPipe(io.RawIOBase):
    """A file that cannot seek: what `zipfile` writes waits here until `take` sends it."""

    def __init__(self) -> None:
        super().__init__()
        self._pieces: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, piece: object, /) -> int:
        data = bytes(piece)  # type: ignore[call-overload]  # any buffer, as zipfile gives it
        self._pieces.append(data)
        return len(data)

    def take(self) -> bytes:
        """What waits, once."""
        taken, self._pieces = b"".join(self._pieces), []
        return taken
