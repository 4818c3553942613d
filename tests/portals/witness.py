"""A witness on the road into a town, who sees everything that passes, and can edit what comes back."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any, Final, TypeAlias
from urllib.parse import parse_qsl, unquote, unquote_plus, urlsplit

import anyio
import attrs

from schoolsync.flow.forms import Page
from schoolsync.flow.http import Request, Response
from schoolsync.sandbox.mount import Mount

__all__ = ["Passed", "Witness", "drawn", "holding", "over", "secrets_in", "strange_cookies"]

Edit: TypeAlias = Callable[[Request, Response], Response]
"""What becomes of an answer on the road."""


@attrs.frozen
class Passed:
    """A request that left, and what came back."""

    request: Request
    answer: Response | None = None

    @property
    def parts(self) -> Any:
        """The address, in parts."""
        return urlsplit(self.request.url)

    @property
    def host(self) -> str:
        """Whom it went to, in lower case and with the port if there is one."""
        return str(self.parts.netloc).lower()

    @property
    def place(self) -> str:
        """Method, host and path."""
        return f"{self.request.method} {self.host}{self.parts.path}"

    @property
    def page(self) -> Page:
        """The answer, as a page."""
        assert self.answer is not None
        return Page(attrs.evolve(self.answer, url=self.request.url))

    @property
    def form(self) -> dict[str, str]:
        """The fields that it brought."""
        return dict(parse_qsl(self.request.body.decode("utf-8", "replace"), keep_blank_values=True))

    @property
    def cookies(self) -> dict[str, str]:
        """The cookies that it brought."""
        line = dict(self.request.headers).get("cookie", "")
        return dict(pair.strip().partition("=")[::2] for pair in line.split(";") if pair)

    @property
    def is_call(self) -> bool:
        """Whether a function of PRONOTE is called: whoever does that has arrived."""
        return "/appelfonction/" in self.parts.path

    def holds(self, word: str) -> bool:
        """Whether *word* stands in it, anywhere, in any writing that an address or a form knows."""
        lines = "\n".join(f"{name}: {value}" for name, value in self.request.headers)
        told = f"{self.request.url}\n{lines}\n{self.request.body.decode('utf-8', 'replace')}"
        once = {told, unquote(told), unquote_plus(told), unquote_plus(told, "latin-1")}
        return any(word in text for one in once for text in (one, unquote(one), unquote_plus(one)))


@attrs.define
class Witness:
    """A road into a town on which everything is seen, and on which answers can be edited."""

    mount: Mount
    seen: list[Passed] = attrs.field(factory=list)
    """Everything that left, in order; also what found nobody."""
    edits: dict[int, Edit] = attrs.field(factory=dict)
    """Place of a request, from 0 → what becomes of its answer."""

    def exchange(self, request: Request) -> Response:
        """The town's answer, edited."""
        number = len(self.seen)
        self.seen.append(Passed(request))
        answer = self.mount.exchange(request)
        edit = self.edits.get(number)
        answer = edit(request, answer) if edit else answer
        self.seen[number] = Passed(request, answer)
        return answer

    def forget(self) -> None:
        """Nothing was seen, and nothing is edited."""
        self.seen.clear()
        self.edits.clear()

    @property
    def way(self) -> list[Passed]:
        """What passed until somebody had arrived."""
        ends = next((place for place, one in enumerate(self.seen) if one.is_call), len(self.seen))
        return self.seen[:ends]

    @property
    def hosts(self) -> set[str]:
        """Whom anything was sent to."""
        return {one.host for one in self.seen}

    def holding(self, *words: str) -> list[Passed]:
        """What had any of *words* in it."""
        return holding(self.seen, *words)


def over(library: Any, road: Witness, *, is_async: bool = False) -> Any:
    """A client of httpx, or httpx2, whose way into the world is *road*; one that awaits lets others go on."""

    def answer(request: Any) -> Any:
        lines = tuple((name.lower(), value) for name, value in request.headers.items())
        told = road.exchange(Request(request.method, str(request.url), lines, request.content))
        return library.Response(told.status, headers=list(told.headers), content=told.body)

    async def answer_async(request: Any) -> Any:
        for _ in range(3):
            await anyio.lowlevel.checkpoint()
        return answer(request)

    kind = library.AsyncClient if is_async else library.Client
    return kind(transport=library.MockTransport(answer_async if is_async else answer))


def holding(seen: Iterable[Passed], *words: str) -> list[Passed]:
    """What of *seen* had any of *words* in it."""
    return [one for one in seen if any(one.holds(word) for word in words)]


def strange_cookies(seen: Iterable[Passed]) -> list[str]:
    """Cookies that were sent to a host which had not set them."""
    baked: set[tuple[str, str, str]] = set()
    strange = []
    for one in seen:
        brought = {(one.host, name, value) for name, value in one.cookies.items()}
        strange += [f"{name} to {host}" for host, name, _ in brought - baked]
        for name, line in one.answer.headers if one.answer else ():
            if name == "set-cookie":
                said, _, value = line.partition(";")[0].partition("=")
                baked.add((one.host, said, value))
    return strange


# -- what must stay secret ------------------------------------------------------------------------------

TOLD_ONCE: Final = frozenset(
    "ticket identifiant code state session_state session_code sessionid uidInSession SAMLRequest SAMLResponse"
    " RelayState csrf_token execution token relay key nameId sessionIndex id suite lt target".split()
)
"""Names, in addresses and forms, of what nobody else may know."""
STARTED: Final = re.compile(r"""[{,]"?([ef])"?:["']([0-9A-Fa-f]{8,})["']""")
DRAWN: Final = re.compile(r"[0-9A-Fa-f]{16}")
SHORTEST: Final = 10
"""Letters of a secret that can be told from what happens to look like it."""


def drawn(values: Iterable[str]) -> set[str]:
    """Those of *values* that nobody thought of."""
    return {value for value in values if DRAWN.search(value)}


def secrets_in(seen: Iterable[Passed]) -> set[str]:
    """Everything in *seen* that somebody could use: cookies, tickets, tokens, assertions, words for once."""
    found: set[str] = set()
    for one in seen:
        query = dict(parse_qsl(one.parts.query))
        found |= {*one.cookies.values()}
        found |= {value for name, value in {**query, **one.form}.items() if name in TOLD_ONCE}
        if one.answer is None:
            continue
        for name, line in one.answer.headers:
            if name == "set-cookie":
                found.add(line.partition(";")[0].partition("=")[2])
        location = urlsplit(one.answer.header("location") or "").query
        found |= {value for name, value in parse_qsl(location) if name in TOLD_ONCE}
        found |= {value for _, value in STARTED.findall(one.answer.text)}
    return {word for word in found if len(word) >= SHORTEST and "://" not in word}
