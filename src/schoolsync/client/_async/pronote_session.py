"""A PRONOTE session for people who bring their own authentication."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, Unpack

from schoolsync.client._async.base import AsyncClient, AsyncClientOptions
from schoolsync.client._async.pronote import AsyncPronoteClient
from schoolsync.drivers.aio import AsyncDriver
from schoolsync.errors import UsageError
from schoolsync.providers.pronote.envelope import Answer
from schoolsync.providers.pronote.service import Pronote, anonymous_service
from schoolsync.providers.pronote.session import Session

__all__ = ["AsyncAdoptedClient", "AsyncOpenSession", "from_session_async", "open_session_async"]


class AsyncOpenSession:
    """An anonymous session: its page is read and its keys are announced; nobody is signed in.

    Sign in by `request`, in the server's own words, hand the new key over with `adopt`, and get a
    client by `from_session_async`.

    ```python
    session = await open_session_async(url)
    asked = await session.request("Identification", data=…)
    proof = session.encrypt(…)
    entry = await session.request("Authentification", data=…)
    session.adopt(material)
    async with from_session_async(session) as school: …
    ```
    """

    def __init__(self, client: AsyncAdoptedClient, service: Pronote, driver: AsyncDriver) -> None:
        self._client: AsyncAdoptedClient | None = client
        self._service, self._driver = service, driver

    def hand_over(self) -> AsyncAdoptedClient:
        """The client that goes on with the session; this object is of no use any more.

        Raises:
            UsageError: It was handed over before, or closed.
        """
        client, self._client = self._client, None
        if client is None:
            raise UsageError("the session was handed to a client, or closed: use that client")
        return client

    @property
    def _session(self) -> Session:
        if self._client is None:
            raise UsageError("the session was handed to a client, or closed: use that client")
        return self._service.account.session

    @property
    def root(self) -> str:
        """The instance, without page. No I/O."""
        return self._session.root

    @property
    def number(self) -> int:
        """The session's number. No I/O."""
        return self._session.number

    @property
    def version(self) -> tuple[int, ...]:
        """The server's version; empty if it does not say. No I/O."""
        return self._session.version

    async def request(
        self,
        function: str,
        *,
        tab: int | None = None,
        data: Mapping[str, Any] | None = None,
        is_read: bool = False,
    ) -> Answer:
        """What the server answers: `data` with its typed values unwrapped, `as_sent()` without.

        Args:
            function: Its name: `"Identification"`.
            tab: The screen on whose behalf it is called; none before the log-in.
            data: The content, typed values and all.
            is_read: Whether it may be sent twice when no answer comes.

        Raises:
            SchoolSyncError: The server refused, or the session ended: it is not opened anew.
        """
        asked = self._session.ask(function, tab=tab, data=data, is_read=is_read)
        return await self._driver.run(self._service.account.told(function, asked))

    def encrypt(self, text: str, keys: bytes | None = None) -> str:
        """*text* as the server takes secrets: AES with the session's vector, as hex. No I/O.

        Args:
            text: What to encrypt.
            keys: What the AES key is made of; what was adopted last, if not given.
        """
        return self._session.sealed(text, keys)

    def decrypt(self, text: str, keys: bytes | None = None) -> str:
        """The plain text of hex that was encrypted with the session's vector. No I/O.

        Args:
            text: Hex.
            keys: What the AES key is made of; what was adopted last, if not given.

        Raises:
            Undecodable: It is no such hex, or the keys do not fit.
        """
        return self._session.unsealed(text, keys)

    def adopt(self, keys: bytes) -> None:
        """From the next call on, everything is encrypted with the AES key made of *keys*. No I/O.

        Args:
            keys: The bytes that the server gave after the log-in (`cle`, decrypted).
        """
        self._session.switch_key(keys)

    async def aclose(self) -> None:
        """The session is ended; nothing happens if it was handed over."""
        client, self._client = self._client, None
        if client is not None:
            await client.aclose()

    async def __aenter__(self) -> Self:
        """Itself."""
        return self

    async def __aexit__(self, *error: object) -> None:
        """Closed."""
        await self.aclose()


class AsyncAdoptedClient(AsyncPronoteClient):
    """A client whose account is signed in to by somebody else. Made by `open_session_async`."""

    def __init__(
        self,
        url: str,
        *,
        account: str,
        timezone: str | None,
        allow_http: bool,
        **options: Unpack[AsyncClientOptions],
    ) -> None:
        AsyncClient.__init__(
            self,
            lambda given: anonymous_service(
                url, given, account=account, timezone=timezone, allow_http=allow_http
            ),
            **options,
        )

    async def opened(self) -> AsyncOpenSession:
        """An anonymous session is open; nobody is signed in."""
        await self._run(self._service.open())
        return AsyncOpenSession(self, self._service, self._driver)


async def open_session_async(
    url: str,
    *,
    account: str = "student",
    timezone: str | None = None,
    allow_http: bool = False,
    **options: Unpack[AsyncClientOptions],
) -> AsyncOpenSession:
    """An anonymous session at the school's PRONOTE. Close it, or hand it to `from_session_async`.

    Args:
        url: The school's PRONOTE, with or without a page.
        account: Whose page: `"student"`, `"parent"` or `"teacher"`.
        timezone: IANA name of the school's zone; `None`: what the server says.
        allow_http: Whether an address without TLS may be used that is not on this computer.
        options: See `AsyncClientOptions`.

    Raises:
        BadArgument: Something that cannot be meant; nothing was sent.
        ServerError: The school's server refused.

    Costs:
        Two requests: the page, and the school year.
    """
    client = AsyncAdoptedClient(url, account=account, timezone=timezone, allow_http=allow_http, **options)
    try:
        return await client.opened()
    except BaseException:
        await client.aclose()
        raise


def from_session_async(session: AsyncOpenSession) -> AsyncPronoteClient:
    """A client of the account that *session* was signed in to. Nothing is sent yet.

    The session is the client's from now on. When the server ends it, that is final: `SessionExpired`.

    Raises:
        UsageError: It was handed over before, or closed.
    """
    return session.hand_over()
