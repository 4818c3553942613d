"""One exchange under way in httpx or httpx2, which are given as modules and alike here.

Around each step of the library stands `with leg:`. Inside, logs and cookie jar are discreet, and
the library's errors come out as ours, with what can be proven about whether the request has left.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from contextvars import Token
from types import ModuleType, TracebackType
from typing import Any, Final

from schoolsync.drivers.bodies import ENCODINGS
from schoolsync.drivers.discretion import OURS
from schoolsync.drivers.road import Bounds
from schoolsync.errors import BadArgument, SchoolSyncError, TimedOut, Undecodable, Unreachable, UsageError
from schoolsync.flow.http import Request

__all__ = ["Leg", "library_of"]

_HINTS: Final = {
    "SSLCertVerificationError": "The server's certificate could not be verified: "
    "check the address, and this computer's clock.",
    "gaierror": "This host's name could not be resolved: check the address.",
}


def library_of(client: object) -> ModuleType | None:
    """The module whose client this is, a subclass included; `None` if it is of neither.

    Neither is imported to find out.
    """
    for name in ("httpx", "httpx2"):
        library = sys.modules.get(name)
        kinds = getattr(library, "Client", None), getattr(library, "AsyncClient", None)
        if isinstance(client, tuple(kind for kind in kinds if kind)):
            return library
    return None


class Leg:
    """One exchange with one client."""

    __slots__ = ("_is_tunnel", "_is_watched", "_library", "_request", "_sent", "_token")

    def __init__(self, client: object, request: Request) -> None:
        library = library_of(client)
        if library is None:
            raise TypeError(type(client))
        self._library = library
        self._request = request
        self._is_watched = self._is_tunnel = False
        self._sent: bool | None = False
        self._token: Token[bool] | None = None

    def dressed(self, bounds: Bounds, trace: Callable[..., Any]) -> Any:
        """Our request as one of the library's: built here, so nothing of its client is added."""
        request = self._request
        headers = [
            (name.encode(), value.encode("utf-8", "surrogateescape")) for name, value in request.headers
        ]
        if all(name != b"accept-encoding" for name, _ in headers):
            headers.append((b"accept-encoding", ENCODINGS.encode()))
        waits = dict.fromkeys(("connect", "read", "write", "pool"), min(bounds.timeout, bounds.left()))
        dressed = self._library.Request(
            request.method,
            request.url,
            headers=headers,
            content=request.body or None,
            extensions={"timeout": waits, "trace": trace},
        )
        if not dressed.url.host:
            raise BadArgument("url", "names no host")
        return dressed

    def trace(self, event: str, info: Mapping[str, Any]) -> None:
        """Where httpcore stands, as it tells its `trace` extension."""
        self._is_watched = True
        if event.endswith(".send_request_headers.started"):
            self._is_tunnel = info["request"].method == b"CONNECT"
            self._sent = False if self._is_tunnel else None
        elif event.endswith(".send_request_body.complete") and not self._is_tunnel:
            self._sent = True

    async def trace_async(self, event: str, info: Mapping[str, Any]) -> None:
        """As `trace`, for async clients."""
        self.trace(event, info)

    def __enter__(self) -> None:
        self._token = OURS.set(True)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._token is not None:
            OURS.reset(self._token)
        problem = self._told(error) if isinstance(error, Exception) else None
        if problem is not None:
            raise problem from _root(error)

    def was_sent(self, error: Exception | None = None) -> bool | None:
        """Whether the request has left, as far as can be proven.

        Transports that are not httpcore's tell nothing, so there the kind of error must do.
        """
        if self._is_watched:
            return self._sent
        library = self._library
        before = (library.ConnectError, library.ConnectTimeout, library.PoolTimeout, library.ProxyError)
        if isinstance(error, before):
            return False
        return True if isinstance(error, library.ReadTimeout) else None

    def _told(self, error: Exception) -> SchoolSyncError | None:
        """The library's error in our words; `None`: it is not the library's."""
        library = self._library
        told: SchoolSyncError | None = None
        match error:
            case library.InvalidURL() | library.UnsupportedProtocol():
                told = BadArgument("url", "is no address that can be asked")
            case library.LocalProtocolError() | UnicodeError():
                told = UsageError("this request cannot be said in HTTP")
            case library.HTTPStatusError() | library.ResponseNotRead():
                hint = "Hooks of an injected client must let our answers pass."
                told = UsageError("an event hook of the injected client failed", hint=hint)
            case library.DecodingError():
                told = Undecodable("inflate")
            case library.HTTPError() | library.StreamError() | OSError():
                told = self._broken(error)
        return told

    def _broken(self, error: Exception) -> SchoolSyncError:
        kind = TimedOut if isinstance(error, self._library.TimeoutException) else Unreachable
        hint = _HINTS.get(type(_root(error)).__name__)
        return kind(address=self._request.url, was_sent=self.was_sent(error), hint=hint)


def _root(error: BaseException | None) -> OSError | None:
    """What the operating system said, if it did: the only cause that holds nothing of ours."""
    while error is not None and not isinstance(error, OSError):
        error = error.__cause__ or error.__context__
    return error
