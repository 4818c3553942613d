"""The names of served hosts lead to loopback; no other name leads anywhere.

```python
with serve_hosts(town.servers) as place, mapped(place) as roads:
    requests.get("https://cas.example.test/login")   # urllib3: there already, checked against our authority
    with roads.client() as client:                   # httpx
        client.get("https://cas.example.test/login")
```

Only where a connection leads is changed. The client still asks for the real name, in TLS and in `Host`,
and still refuses a certificate that is not of that name or not of the authority that it was told to trust.
"""

from __future__ import annotations

import os
import socket
import ssl
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import attrs
import httpcore
import httpx
import pytest
import urllib3.util.connection

from schoolsync.sandbox.serve import ServedHosts

__all__ = ["Roads", "mapped"]

LOOPBACK = "127.0.0.1"
USUAL = {"http": 80, "https": 443}
SocketOptions = Iterable[Any] | None


@attrs.define
class Roads:
    """Where names lead, and who asked for which."""

    secure: ServedHosts
    """Who is reached over TLS."""
    plain: ServedHosts | None = None
    """Who is reached over plain http, if anybody."""
    taken: list[str] = attrs.field(factory=list)
    """Every name that was connected to, with a port where that is not 443."""
    refused: list[str] = attrs.field(factory=list)
    """Every other name that somebody wanted to reach."""

    def port(self, host: str, port: int) -> int:
        """Where on loopback *host* is.

        Raises:
            ConnectionRefusedError: It is not served; nothing leaves this machine.
        """
        name = host if port == USUAL["https"] else f"{host}:{port}"
        for place in (self.secure, self.plain):
            asked = host if place and port == USUAL[place.scheme] else f"{host}:{port}"
            if place and asked.lower() in place.names:
                self.taken.append(name)
                return place.port
        self.refused.append(name)
        raise ConnectionRefusedError(f"{name} is not served here")

    def trust(self) -> ssl.SSLContext:
        """Checks as strict as anywhere, with the served authority as the only one."""
        return ssl.create_default_context(cafile=self.secure.authority)

    def client(self, **options: Any) -> httpx.Client:
        """A client of httpx; *options* are further ones of its own, `verify` included."""
        trust = options.pop("verify", None) or self.trust()
        transport = httpx.HTTPTransport(verify=trust)
        transport._pool.close()
        transport._pool = httpcore.ConnectionPool(trust, network_backend=_Roads(self))
        return httpx.Client(transport=transport, trust_env=False, **options)

    def async_client(self, **options: Any) -> httpx.AsyncClient:
        """An async client of httpx, for asyncio and trio; *options* as for `client`."""
        trust = options.pop("verify", None) or self.trust()
        transport = httpx.AsyncHTTPTransport(verify=trust)
        transport._pool = httpcore.AsyncConnectionPool(trust, network_backend=_AsyncRoads(self))
        return httpx.AsyncClient(transport=transport, trust_env=False, **options)


@attrs.frozen
class _Roads(httpcore.NetworkBackend):
    """How a client of httpx connects."""

    roads: Roads
    own: httpcore.NetworkBackend = attrs.field(factory=httpcore.SyncBackend)

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: SocketOptions = None,
    ) -> httpcore.NetworkStream:
        """A connection to where *host* is."""
        here = _port_for_httpx(self.roads, host, port)
        return self.own.connect_tcp(LOOPBACK, here, timeout, local_address, socket_options)


@attrs.frozen
class _AsyncRoads(httpcore.AsyncNetworkBackend):
    """How an async client of httpx connects."""

    roads: Roads
    own: httpcore.AsyncNetworkBackend = attrs.field(factory=httpcore.AnyIOBackend)

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: SocketOptions = None,
    ) -> httpcore.AsyncNetworkStream:
        """A connection to where *host* is."""
        here = _port_for_httpx(self.roads, host, port)
        return await self.own.connect_tcp(LOOPBACK, here, timeout, local_address, socket_options)


def _port_for_httpx(roads: Roads, host: str, port: int) -> int:
    try:
        return roads.port(host, port)
    except ConnectionRefusedError as error:
        raise httpcore.ConnectError(str(error)) from error


@contextmanager
def mapped(secure: ServedHosts, plain: ServedHosts | None = None) -> Iterator[Roads]:
    """Every name of *secure* leads there on port 443, every name of *plain* on port 80, until the block ends.

    `requests` and all that stands on urllib3 take these roads by themselves; a client of httpx is one that
    `Roads` makes. Whatever else wants to find another machine, does not: nobody's name is looked up.

    Raises:
        ValueError: *secure* is not, or *plain* is not plain.
    """
    if secure.scheme != "https" or (plain and plain.scheme != "http"):
        raise ValueError("what is secure is served over TLS, and what is plain is not")
    roads = Roads(secure, plain)
    with pytest.MonkeyPatch.context() as patch:
        _map_urllib3(patch, roads)
        _look_nobody_up(patch, roads)
        for name in list(os.environ):
            if name.lower().endswith("_proxy"):
                patch.delenv(name)
        patch.setenv("REQUESTS_CA_BUNDLE", str(secure.authority))
        yield roads


def _map_urllib3(patch: pytest.MonkeyPatch, roads: Roads) -> None:
    connect = urllib3.util.connection.create_connection

    def create_connection(address: tuple[str, int], *args: Any, **options: Any) -> socket.socket:
        return connect((LOOPBACK, roads.port(*address)), *args, **options)

    patch.setattr(urllib3.util.connection, "create_connection", create_connection)


def _look_nobody_up(patch: pytest.MonkeyPatch, roads: Roads) -> None:
    look_up = socket.getaddrinfo

    def getaddrinfo(host: Any, *args: Any, **options: Any) -> list[Any]:
        if host != LOOPBACK:
            name = host.decode() if isinstance(host, bytes) else str(host)
            roads.refused.append(name)
            raise socket.gaierror(socket.EAI_NONAME, f"{name} is not looked up here")
        return look_up(host, *args, **options)

    patch.setattr(socket, "getaddrinfo", getaddrinfo)
