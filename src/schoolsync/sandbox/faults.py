"""What can go wrong, on purpose: each fault meets the next requests whose path fits.

```python
server.faults.add(LoseAnswer(), "*/purchase/*")
server.faults.add(Status(503, "<h1>Back soon</h1>"), times=3)
server.faults.add(Remove("data[].title"), "*/homeworks/*")
```

A fault holds for every user of the server, mounted in process or served.
"""

from __future__ import annotations

import abc
import datetime as dt
import json
from collections.abc import Callable, Iterator
from fnmatch import fnmatchcase
from typing import Any
from urllib.parse import urlsplit

import attrs

from schoolsync.flow.http import Request, Response

__all__ = [
    "Drop",
    "EmptyBody",
    "ExpireSession",
    "Fault",
    "Faults",
    "HugeBody",
    "LoseAnswer",
    "Null",
    "Outcome",
    "RedirectLoop",
    "Relabel",
    "Remove",
    "Rename",
    "Replace",
    "Retype",
    "Scene",
    "Slow",
    "Status",
    "TooMany",
    "Truncate",
]

ZERO = dt.timedelta(0)
JSON = "application/json; charset=utf-8"


@attrs.frozen
class Outcome:
    """What becomes of a request."""

    response: Response | None
    """The answer; `None`: the connection broke."""
    delay: dt.timedelta = ZERO
    """How long the caller waits for it."""
    was_received: bool = True
    """Whether the server had read the request before the connection broke."""


@attrs.frozen
class Scene:
    """A request on its way to the server that will answer it."""

    request: Request
    """What was sent."""
    act: Callable[[], Response]
    """Does what the request asks and gives the answer."""
    expire: Callable[[], None]
    """Makes the server forget the log-in that the request belongs to."""


class Fault(abc.ABC):
    """One way to go wrong."""

    @abc.abstractmethod
    def meet(self, scene: Scene) -> Outcome:
        """What becomes of the request of *scene*."""


# -- the road -------------------------------------------------------------------


@attrs.frozen
class Drop(Fault):
    """The connection breaks before anything is done."""

    was_received: bool = True
    """Whether the request had arrived; a served sandbox can only break after it has."""

    def meet(self, scene: Scene) -> Outcome:
        """No answer, and nothing done."""
        return Outcome(None, was_received=self.was_received)


@attrs.frozen
class LoseAnswer(Fault):
    """The server does what it was asked, then the connection breaks."""

    def meet(self, scene: Scene) -> Outcome:
        """No answer, though it was done."""
        scene.act()
        return Outcome(None)


@attrs.frozen
class Slow(Fault):
    """The answer takes its time."""

    duration: dt.timedelta
    """How long. A clock moved by hand is moved; on a running one a served sandbox really waits, and in
    process nobody does: `Mount.patience` decides whether the answer still arrives."""

    def meet(self, scene: Scene) -> Outcome:
        """The right answer, late."""
        return Outcome(scene.act(), self.duration)


# -- the session ----------------------------------------------------------------


@attrs.frozen
class ExpireSession(Fault):
    """The server has forgotten the log-in when the request arrives, and for all later ones."""

    def meet(self, scene: Scene) -> Outcome:
        """What the server says to somebody whom it does not know."""
        scene.expire()
        return Outcome(scene.act())


# -- answers of another kind ----------------------------------------------------


@attrs.frozen
class Status(Fault):
    """A page with a status, instead of acting: maintenance, a crash, a challenge."""

    status: int
    """HTTP status."""
    markup: str = "<!DOCTYPE html><title>Just a moment…</title>"
    """The page."""
    headers: tuple[tuple[str, str], ...] = ()
    """More header lines."""

    def meet(self, scene: Scene) -> Outcome:
        """The page."""
        lines = (("content-type", "text/html; charset=utf-8"), *self.headers)
        return Outcome(Response(self.status, lines, body=self.markup.encode()))


@attrs.frozen
class TooMany(Fault):
    """Too many requests."""

    retry_after: str | None = "30"
    """What `Retry-After` says: seconds, an HTTP date, or nothing."""
    status: int = 429
    """HTTP status; 403 was seen too."""

    def meet(self, scene: Scene) -> Outcome:
        """The refusal, and when to come back."""
        lines = (("retry-after", self.retry_after),) if self.retry_after else ()
        return Status(self.status, "<h1>Too Many Requests</h1>", lines).meet(scene)


@attrs.frozen
class RedirectLoop(Fault):
    """A redirect to where one already is."""

    location: str | None = None
    """Where to; the address that was asked unless given."""

    def meet(self, scene: Scene) -> Outcome:
        """The redirect."""
        return Outcome(Response(302, (("location", self.location or scene.request.url),)))


# -- answers that were damaged --------------------------------------------------


@attrs.frozen
class Truncate(Fault):
    """The answer ends in the middle of its body."""

    share: float = 0.5
    """How much of the body arrives, from 0 to 1."""

    def meet(self, scene: Scene) -> Outcome:
        """The first part of the right answer."""
        whole = scene.act()
        return Outcome(attrs.evolve(whole, body=whole.body[: int(len(whole.body) * self.share)]))


@attrs.frozen
class EmptyBody(Fault):
    """The server acts and answers nothing."""

    def meet(self, scene: Scene) -> Outcome:
        """The right status and an empty body."""
        return Outcome(attrs.evolve(scene.act(), body=b""))


@attrs.frozen
class HugeBody(Fault):
    """The answer is followed by spaces without end."""

    size: int = 50_000_000
    """Bytes of the body at least."""

    def meet(self, scene: Scene) -> Outcome:
        """The right answer and a lot of spaces, which JSON allows."""
        whole = scene.act()
        return Outcome(attrs.evolve(whole, body=whole.body + b" " * self.size))


@attrs.frozen
class Relabel(Fault):
    """The answer is declared as something else."""

    media_type: str = "text/html; charset=utf-8"
    """What `Content-Type` says."""

    def meet(self, scene: Scene) -> Outcome:
        """The right answer under a wrong label."""
        whole = scene.act()
        kept = tuple(line for line in whole.headers if line[0] != "content-type")
        return Outcome(attrs.evolve(whole, headers=(("content-type", self.media_type), *kept)))


@attrs.frozen
class Replace(Fault):
    """Some text of the answer is another: the name of a field, where a form or a redirect leads."""

    old: str
    """What stands there, everywhere: in the body and in `Location`."""
    new: str
    """What stands there instead."""

    def meet(self, scene: Scene) -> Outcome:
        """The right answer in other words."""
        whole = scene.act()
        lines = tuple(
            (name, value.replace(self.old, self.new) if name == "location" else value)
            for name, value in whole.headers
        )
        body = whole.body.replace(self.old.encode(), self.new.encode())
        return Outcome(attrs.evolve(whole, headers=lines, body=body))


@attrs.frozen
class _Edited(Fault):
    """The JSON answer with something changed at *path*.

    A path names keys from the top, `data[].status.id`: `[]` is every element of a list. A path
    that leads nowhere changes nothing.
    """

    path: str
    """Where."""

    def meet(self, scene: Scene) -> Outcome:
        """The answer, changed."""
        whole = scene.act()
        said = json.loads(whole.body)
        *way, name = self.path.replace("[]", ".[]").split(".")
        for place in _places(said, way):
            self._edit(place, name)
        return Outcome(attrs.evolve(whole, body=json.dumps(said).encode()))

    def _edit(self, place: Any, name: str) -> None:
        if name == "[]" and isinstance(place, list):
            for index in range(len(place)):
                self._change(place, index)
        elif isinstance(place, dict) and name in place:
            self._change(place, name)

    @abc.abstractmethod
    def _change(self, place: Any, name: Any) -> None:
        """Change what stands under *name* in *place*."""


def _places(said: Any, way: list[str]) -> Iterator[Any]:
    """Every place below *said* to which *way* leads."""
    if not way:
        yield said
    elif way[0] == "[]" and isinstance(said, list):
        for element in said:
            yield from _places(element, way[1:])
    elif isinstance(said, dict) and way[0] in said:
        yield from _places(said[way[0]], way[1:])


@attrs.frozen
class Rename(_Edited):
    """A key is called otherwise."""

    to: str
    """The new name."""

    def _change(self, place: Any, name: Any) -> None:
        place[self.to] = place.pop(name)


@attrs.frozen
class Remove(_Edited):
    """A key is missing."""

    def _change(self, place: Any, name: Any) -> None:
        del place[name]


@attrs.frozen
class Retype(_Edited):
    """A value is of another kind."""

    value: Any
    """What stands there instead."""

    def _change(self, place: Any, name: Any) -> None:
        place[name] = self.value


@attrs.frozen
class Null(_Edited):
    """A value is null."""

    def _change(self, place: Any, name: Any) -> None:
        place[name] = None


# -- the plan -------------------------------------------------------------------


@attrs.define
class _Planned:
    fault: Fault
    path: str
    times: int
    after: int


@attrs.define
class Faults:
    """What is going to go wrong, in the order in which it was planned."""

    _planned: list[_Planned] = attrs.field(factory=list)

    def add(self, fault: Fault, path: str = "*", *, times: int = 1, after: int = 0) -> None:
        """*fault* meets the next *times* requests whose path fits, letting *after* of them pass.

        Args:
            fault: What goes wrong.
            path: Shell pattern for the address's path: `*/homeworks/*`.
            times: How many requests it meets.
            after: How many fitting requests pass unharmed before.
        """
        self._planned.append(_Planned(fault, path, times, after))

    def clear(self) -> None:
        """Nothing is going to go wrong any more."""
        self._planned.clear()

    def next_for(self, request: Request) -> Fault | None:
        """The fault that meets *request*, which is used up by it; `None` if all goes well."""
        path = urlsplit(request.url).path
        for planned in self._planned:
            if not fnmatchcase(path, planned.path):
                continue
            if planned.after:
                planned.after -= 1
                continue
            planned.times -= 1
            if not planned.times:
                self._planned.remove(planned)
            return planned.fault
        return None
