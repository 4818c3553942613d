"""A tiny real server on 127.0.0.1 that behaves exactly as a test says, well or badly."""

from __future__ import annotations

import re
import socket
import struct
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress

__all__ = [
    "Loopback",
    "Script",
    "answer",
    "cutting",
    "dropping",
    "replying",
    "resetting",
    "silent",
    "trickling",
]

Script = Callable[["Loopback", socket.socket], None]
"""What happens on one connection."""


class Loopback:
    """Serves each connection by a script, in a thread; keeps what was asked."""

    def __init__(self, script: Script) -> None:
        self.requests: list[bytes] = []
        self.connections = 0
        self.stopped = threading.Event()
        self.asked = threading.Event()
        self._script = script
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._open: list[socket.socket] = []
        self._threads = [threading.Thread(target=self._accept, daemon=True)]
        self._threads[0].start()

    @property
    def port(self) -> int:
        """Where it listens."""
        port: int = self._listener.getsockname()[1]
        return port

    @property
    def url(self) -> str:
        """Its address, without a path."""
        return f"http://127.0.0.1:{self.port}"

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            self._open.append(connection)
            thread = threading.Thread(target=self._serve, args=(connection,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _serve(self, connection: socket.socket) -> None:
        with connection, suppress(OSError):
            self._script(self, connection)

    def read(self, connection: socket.socket) -> bytes | None:
        """One whole request; `None` when the other side has gone."""
        data = b""
        while b"\r\n\r\n" not in data:
            if not (more := connection.recv(65536)):
                return None
            data += more
        head, _, body = data.partition(b"\r\n\r\n")
        said = re.search(rb"(?i)\r\ncontent-length: (\d+)", head)
        length = int(said[1]) if said else 0
        while len(body) < length:
            body += connection.recv(65536)
        self.requests.append(head + b"\r\n\r\n" + body)
        self.asked.set()
        return self.requests[-1]

    def close(self) -> None:
        """Everything is closed and every thread has ended."""
        self.stopped.set()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for connection in self._open:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
            connection.close()
        for thread in self._threads:
            thread.join(2)


def answer(body: bytes = b"{}", *headers: str, status: str = "200 OK", length: int | None = None) -> bytes:
    """The bytes of one answer."""
    size = len(body) if length is None else length
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {size}", *headers, "", ""]
    return "\r\n".join(lines).encode() + body


def replying(reply: bytes | Callable[[bytes], bytes]) -> Script:
    """Answers every request on a connection."""

    def script(server: Loopback, connection: socket.socket) -> None:
        while (request := server.read(connection)) is not None:
            connection.sendall(reply if isinstance(reply, bytes) else reply(request))

    return script


def dropping() -> Script:
    """Reads the request, and hangs up without a word."""

    def script(server: Loopback, connection: socket.socket) -> None:
        server.read(connection)

    return script


def resetting(*, is_read: bool) -> Script:
    """Resets the connection once the request is there, read or not."""

    def script(server: Loopback, connection: socket.socket) -> None:
        server.read(connection) if is_read else connection.recv(1, socket.MSG_PEEK)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    return script


def silent() -> Script:
    """Reads the request, and says nothing until the test is over."""

    def script(server: Loopback, connection: socket.socket) -> None:
        server.read(connection)
        server.stopped.wait(5)

    return script


def cutting(start: bytes) -> Script:
    """Sends the start of an answer, and hangs up."""

    def script(server: Loopback, connection: socket.socket) -> None:
        server.read(connection)
        connection.sendall(start)

    return script


def trickling(start: bytes, pieces: Iterable[bytes], pause_seconds: float) -> Script:
    """Sends the start of an answer at once, and each further piece after a pause."""

    def script(server: Loopback, connection: socket.socket) -> None:
        server.read(connection)
        connection.sendall(start)
        for piece in pieces:
            if server.stopped.wait(pause_seconds):
                return
            connection.sendall(piece)

    return script
