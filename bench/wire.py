"""A relay that counts: every byte between a browser and the site, its background worker's included.

A browser's own counters leave out what its service worker fetches; a wire leaves out nothing.
"""

import contextlib
import socket
import threading


class Wire:
    """Listens on a port of its own and passes everything on to `target`, both ways."""

    def __init__(self, target: int) -> None:
        self.target, self.carried = target, 0
        self._lock = threading.Lock()
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._door.getsockname()[1])
        threading.Thread(target=self._open, daemon=True).start()

    def kilobytes(self) -> float:
        """Carried since the last time somebody asked."""
        with self._lock:
            carried, self.carried = self.carried, 0
        return carried / 1024

    def _open(self) -> None:
        while True:
            near, _address = self._door.accept()
            far = socket.create_connection(("127.0.0.1", self.target))
            for one, other in ((near, far), (far, near)):
                threading.Thread(target=self._carry, args=(one, other), daemon=True).start()

    def _carry(self, one: socket.socket, other: socket.socket) -> None:
        try:
            while chunk := one.recv(65536):
                with self._lock:
                    self.carried += len(chunk)
                other.sendall(chunk)
        except OSError:
            pass
        finally:
            # A close alone leaves the other thread reading, and the browser a dead line to try again on.
            for end in (one, other):
                with contextlib.suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)
                end.close()
