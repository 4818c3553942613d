"""One conversation with a PRONOTE server: its page, and calls strictly one after the other.

```python
session = Session(read_root(url), Space.STUDENT, options)
settings = await session.begin(first)       # the page, then the flow that asks for FonctionParametres
answer = await session.ask("Identification", data={…})
session.switch_key(material)                # after Authentification
menus = await session.ask("PageMenus", tab=10, data={…})
```

A session is small: keys, numbers, cookies. What a server answered is for others to keep.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final, TypeAlias, TypeVar

import attrs

from schoolsync.errors import (
    Interrupted,
    NetworkError,
    SessionExpired,
    TimedOut,
    Undecodable,
    Unsupported,
)
from schoolsync.flow.effects import Flow, send, sleep
from schoolsync.flow.http import Headers, Request, Response, origin_of
from schoolsync.providers.pronote.address import Space, call_url, moved_root, page_url
from schoolsync.providers.pronote.crypto import NO_IV
from schoolsync.providers.pronote.envelope import Answer, Opened, opened
from schoolsync.providers.pronote.page import Start, read_start
from schoolsync.providers.pronote.refusals import Misread, status_refusal
from schoolsync.providers.pronote.schema.kinds import Kind
from schoolsync.providers.pronote.state import State
from schoolsync.providers.pronote.wire import Keys, sealed_call

__all__ = ["Reach", "Resource", "Session", "Space"]

T = TypeVar("T")
Reach: TypeAlias = Callable[[], Flow[Start | None]]
"""Makes a flow that has a start page; `None`: one without a session number."""

JSON: Final[Headers] = (("content-type", "application/json"),)
OWN_LOGIN: Final[Mapping[str, str]] = {"login": "true"}
"""The query of a page that asks for PRONOTE's own log-in, also where a portal stands before it."""
NOTHING: Final[Mapping[str, str]] = MappingProxyType({})
PAGES_ASKED: Final = 3
"""How often a start page without a session number is asked for. Evidence: read."""
MOST_OWN_REDIRECTS: Final = 5
"""Redirects of a school to itself that are followed before its portal shows."""
MOST_WAITS: Final = 20
"""How often a call is repeated that the server is not ready for."""


@attrs.frozen
class Resource:
    """Somebody whom a call is about, as the server knows them in this session."""

    id: str
    """Good for this session."""
    label: str = attrs.field(repr=False)
    """The name, as the server wrote it."""
    kind: int
    """4 pupil, 5 guardian, 3 teacher."""

    @property
    def element(self) -> dict[str, Any]:
        """As the server takes it."""
        return {"N": self.id, "L": self.label, "G": self.kind}


@attrs.define
class Session(State):
    """One conversation with a PRONOTE server."""

    async def begin(
        self, first: Callable[[], Flow[T]], *, reach: Reach | None = None, other_key: bool = False
    ) -> T:
        """A session is open, and *first* has been answered, which asks for `FonctionParametres`.

        What the server could not read, as if we had mistaken its generation, is tried once more in a
        session of the other generation.

        Args:
            first: Makes the flow of the first call; may be made twice.
            reach: Gets the page, each time that one is needed; the one of PRONOTE's own log-in if not given.
            other_key: Announce the vector in the other way.

        Raises:
            Unsupported: The server understands neither.
            SchoolSyncError: See `open` and `ask`.

        Costs: The page and one request; the same again after a mistake.
        """
        await self.open(reach=reach, other_key=other_key)
        try:
            return await first()
        except Misread as misread:
            is_about_key = misread.is_about_key
        await self.open(reach=reach, other_key=other_key != is_about_key, other_names=not is_about_key)
        try:
            return await first()
        except Misread:
            pass
        raise Unsupported(".".join(map(str, self.version)) or "unknown")

    async def open(
        self,
        *,
        reach: Reach | None = None,
        other_names: bool = False,
        other_key: bool = False,
    ) -> None:
        """A new session is open, and nobody has signed in to it.

        A school that has moved for good is followed once, and `root` is its new address.

        Args:
            reach: Gets the page; the one of PRONOTE's own log-in if not given.
            other_names: Take the names of the other generation than the page lets expect.
            other_key: Announce the vector in the other way.

        Raises:
            NetworkError: No page came.
            SchoolSyncError: Another page came: see `read_start`.

        Costs: One request, or what *reach* costs; up to three times that when a page has no session number.
        """
        self.leave()
        for _ in range(PAGES_ASKED):
            start = await (reach or self._own_start)()
            if start is not None:
                self.enter(start, other_names=other_names, other_key=other_key)
                return
        raise Undecodable("start page", "a Start without a session number")

    async def fetch(self, url: str) -> Response:
        """The answer to a plain request for *url* below the root, which counts no order number.

        Raises:
            NetworkError: Nothing came.
            SchoolSyncError: The status says why.
        """
        response = await self.visit(url)
        trouble = status_refusal(response)
        if trouble is not None:
            raise trouble
        return response

    async def page(
        self, query: Mapping[str, str], name: str | None = None, cookies: Mapping[str, str] = NOTHING
    ) -> Response:
        """What comes for the page of the space; a school that has moved for good is followed once.

        Args:
            query: Of the page; `login=true` asks for PRONOTE's own log-in instead of a portal's.
            name: Of the page, if it is another one.
            cookies: What to bring beside those that the server set.

        Raises:
            NetworkError: Nothing came.
        """
        name = name or self.space.page
        response = await self.visit(page_url(self.root, name, query), cookies)
        root = moved_root(self.root, name, response)
        if root is None:
            return response
        self.root = root
        return await self.visit(page_url(root, name, query), cookies)

    async def front(self) -> Response:
        """What comes for the page of the space where a portal may stand before it.

        The school's redirects to itself are followed; the one that leads elsewhere is not.

        Raises:
            NetworkError: Nothing came.

        Costs: One request; one more for each redirect to itself.
        """
        response = await self.page({})
        for _ in range(MOST_OWN_REDIRECTS):
            target = response.location
            if target is None or origin_of(target) != origin_of(self.root):
                break
            response = await self.visit(target)
        return response

    async def _own_start(self) -> Start | None:
        return read_start(await self.page(OWN_LOGIN))

    async def visit(self, url: str, cookies: Mapping[str, str] = NOTHING) -> Response:
        """Whatever comes for a plain request for *url* on the school's host.

        Args:
            url: The address.
            cookies: What to bring beside those that the server set.

        Raises:
            NetworkError: Nothing came.
        """
        response = await send(Request("GET", url, self.dress(url, cookies), is_read=True))
        response = response if response.url else attrs.evolve(response, url=url)
        self.hear(response)
        return response

    async def ask(
        self,
        function: str,
        *,
        tab: int | None = None,
        data: Mapping[str, Any] | None = None,
        about: Resource | None = None,
        is_read: bool = True,
    ) -> Answer:
        """What the server answers to a call of *function*.

        Args:
            function: Its name: `PageEmploiDuTemps`.
            tab: The screen on whose behalf it is called.
            data: The content, typed values and all; `None` for none.
            about: The pupil; a parent's call names the child in its signature.
            is_read: Whether it may be sent twice.

        Raises:
            SessionExpired: The session is over, or nobody knows what the server has counted.
            NetworkError: Nothing came, twice. `Interrupted`: a write that may have been done.
            SchoolSyncError: The server refused, or was not understood: see `envelope.opened`.

        Costs: One request; the same bytes once more when a read got no answer; one more for each time
            that the server wants to be asked again later.
        """
        signature: dict[str, Any] = {} if tab is None else {"onglet": tab}
        if about is not None and self.space is Space.PARENT:
            signature["membre"] = {"N": about.id, "G": int(Kind.PUPIL)}
        word: Any = None
        for turn in range(MOST_WAITS):
            try:
                found = await self._call(function, signature, data, word, is_read=is_read)
            except (SessionExpired, NetworkError) as trouble:
                if is_read or not turn or isinstance(trouble, Interrupted):
                    raise
                raise Interrupted(address=self.root, was_sent=True) from trouble  # the server had begun it
            if found.wait is None:
                return found.answer
            word = found.wait.word
            await sleep(found.wait.pause)
        raise (TimedOut if is_read else Interrupted)(address=self.root, was_sent=True)

    async def _call(
        self, function: str, signature: dict[str, Any], data: Any, word: Any, *, is_read: bool
    ) -> Opened:
        start, wire = self._alive()
        number = self.order
        order, body = sealed_call(
            wire,
            Keys(self.key, NO_IV if number == 1 else self.iv),
            function=function,
            session=start.number,
            order=number,
            secured=wire.secured(function, data, signature, word),
        )
        url = call_url(self.root, self.space_number, start.number, order)
        response = await self._exchange(Request("POST", url, (*JSON, *self.dress(url)), body, is_read))
        keys = Keys(self.key, self.iv)
        try:
            found = opened(response, wire, keys, function=function, order=number + 1, private=self.private)
        except SessionExpired:
            self.lose()
            raise
        except Undecodable as trouble:
            if trouble.stage == "order number":
                self.lose()
            raise
        if number == 1 and found.inner is not None:
            self.learn_names(found.inner)
        return found

    async def _exchange(self, request: Request) -> Response:
        """The answer to *request*, which burns its number before it leaves.

        Whatever cuts the wait short (an interrupt, a cancellation) leaves the session lost.
        """
        self.spend_number()
        response = await self._sent(request)
        self.hear_answer(response)
        return response

    async def _sent(self, request: Request) -> Response:
        """The answer to *request*; a read without one is sent once more, byte for byte.

        What surely never left has not been counted: its number is given back.
        """
        try:
            return await send(request)
        except NetworkError as error:
            trouble = error
        has_left = trouble.was_sent is not False
        if request.is_read:
            try:
                return await send(request)
            except NetworkError as error:
                trouble = error
            has_left = has_left or trouble.was_sent is not False
        if not has_left:
            self.take_number_back()
        if has_left and not request.is_read:
            raise Interrupted(address=request.url, was_sent=trouble.was_sent) from trouble
        raise trouble
