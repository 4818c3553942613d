"""The sandbox in process: an object that exchanges requests, with no socket anywhere.

```python
mount = Mount({"www.classcharts.com": server})
client = classcharts.ParentClient(email, password, http_client=mount)
```
"""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol
from urllib.parse import urlsplit

import attrs

from schoolsync.errors import TimedOut, Unreachable
from schoolsync.flow.effects import Clock
from schoolsync.flow.http import Request, Response, ResponseHead
from schoolsync.sandbox.clock import HandClock
from schoolsync.sandbox.faults import Outcome

__all__ = ["Mount", "Server", "turns"]

CHUNK = 16_384


class Server(Protocol):
    """A server of the sandbox: requests in, outcomes out."""

    @property
    def clock(self) -> Clock:
        """The server's time."""
        ...

    def handle(self, request: Request) -> Outcome:
        """What becomes of *request*; safe to call from several threads."""
        ...


def turns() -> AbstractContextManager[bool]:
    """A lock: servers answer one request at a time."""
    return threading.RLock()


@attrs.frozen
class Mount:
    """Servers by host name, as an `Exchange`.

    A server at `www.school.test` also answers for the other hosts of `school.test`.
    """

    servers: Mapping[str, Server]
    """Host name, with port where it has one → its server."""
    patience: dt.timedelta | None = None
    """How long a caller waits for an answer; `None`: for ever."""

    def exchange(self, request: Request) -> Response:
        """The answer to *request*, redirects not followed.

        Raises:
            Unreachable: No server has that host, or a fault broke the connection.
            TimedOut: A fault took longer than `patience`.
        """
        server = self._server(request)
        outcome = server.handle(request)
        if isinstance(server.clock, HandClock):
            server.clock.advance(outcome.delay)
        if self.patience is not None and outcome.delay > self.patience:
            raise TimedOut(address=request.url, was_sent=True)
        if outcome.response is None:
            raise Unreachable(address=request.url, was_sent=outcome.was_received)
        return outcome.response

    @contextmanager
    def stream(self, request: Request) -> Iterator[tuple[ResponseHead, Iterator[bytes]]]:
        """Status and headers of the answer, and its body in pieces.

        Raises:
            Unreachable: As in `exchange`.
            TimedOut: As in `exchange`.
        """
        whole = self.exchange(request)
        pieces = (whole.body[start : start + CHUNK] for start in range(0, len(whole.body), CHUNK))
        yield ResponseHead(whole.status, whole.headers, whole.url), pieces

    def _server(self, request: Request) -> Server:
        host = urlsplit(request.url).netloc.rpartition("@")[2].lower()
        if host in self.servers:
            return self.servers[host]
        for name, server in self.servers.items():
            if name.startswith("www.") and host.endswith(name.removeprefix("www")):
                return server
        raise Unreachable(address=request.url, was_sent=False)
