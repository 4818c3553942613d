"""The sandbox with something changed in its JSON, and every reading that meets the change."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator, Mapping
from fnmatch import fnmatchcase
from typing import Any
from urllib.parse import urlsplit

import attrs

from schoolsync import classcharts
from schoolsync.flow.http import Request, Response
from schoolsync.sandbox.mount import Mount
from tools.record import ACCOUNTS, new_clock, new_server

__all__ = [
    "FEW",
    "LOST",
    "MARK",
    "Mutant",
    "Place",
    "Stage",
    "Steps",
    "kept_in",
    "places_in",
    "pristine",
    "put",
    "signed_in",
    "spelt",
    "stage_of",
    "taken",
    "without_pauses",
]

Steps = tuple[str | int, ...]
"""Keys and positions from the top of an answer."""
LOST = object()
"""Stands for a key that is missing."""
FEW = 4
"""Rows of a list that are left: enough for a first, a last and some between."""
MARK = "zqx"
"""Stands in every value that is put somewhere; it may never be told."""


@attrs.define
class Mutant:
    """The sandbox in process; answers whose path fits go through `edit`. It is asked once for each.

    A second page of an edited listing is empty.
    """

    inner: Mount
    path: str = ""
    edit: Callable[[Any], Any] = lambda said: said
    _known: dict[tuple[str, str, bytes], Response] = attrs.field(factory=dict, repr=False)

    def exchange(self, request: Request) -> Response:
        """The answer to *request*, edited if its path fits."""
        name = (request.method, request.url, request.body)
        is_kept = "/apiv2" in request.url and not urlsplit(request.url).path.endswith(("/ping", "/login"))
        answer = self._known.get(name) or self.inner.exchange(request)
        if is_kept:
            self._known[name] = answer
        if not self.path or not fnmatchcase(urlsplit(request.url).path, self.path):
            return answer
        said = shortened(json.loads(answer.body))
        said = {**said, "data": []} if "last_id=" in request.url else self.edit(said)
        return attrs.evolve(answer, body=json.dumps(said).encode())


def shortened(said: Any) -> Any:
    """*said* with its lists cut to a few rows."""
    if isinstance(said, dict):
        return {key: shortened(value) for key, value in said.items()}
    return [shortened(value) for value in said[:FEW]] if isinstance(said, list) else said


def signed_in(kind: Any, role: str, **options: Any) -> tuple[Any, Mutant]:
    """A client of *kind* that has signed in, and its server."""
    clock = new_clock()
    mutant = Mutant(Mount({"www.classcharts.com": new_server(clock)}))
    client = kind(*ACCOUNTS[role].log_in, http_client=mutant, clock=clock, **options)
    return without_pauses(client).login(), mutant


def without_pauses(client: Any) -> Any:
    """*client*, which no longer waits before it tries again."""
    client._driver._sleep = lambda _: None
    return client


@attrs.frozen
class Stage:
    """Clients of one role in front of one mutant each."""

    lenient: Any
    strict: Any
    keeping: Any
    mutants: tuple[Mutant, ...]

    def play(self, path: str, edit: Callable[[Any], Any]) -> None:
        """Answers of *path* go through *edit* from now on."""
        for mutant in self.mutants:
            mutant.path, mutant.edit = path, edit


def stage_of(role: str) -> Stage:
    """Three signed-in clients of *role*."""
    kind = classcharts.ParentClient if role == "parent" else classcharts.StudentClient
    lenient, one = signed_in(kind, role)
    strict, two = signed_in(kind, role, strict=True)
    keeping, three = signed_in(kind, role, keep_raw=True)
    return Stage(lenient, strict, keeping, (one, two, three))


def pristine(stage: Stage, reading: Any) -> Any:
    """The answer as the sandbox gives it, cut to a few rows."""
    seen: list[Any] = []
    stage.play(reading.path, lambda said: kept_in(seen, said))
    reading.native(stage.lenient)
    return seen[0]


def kept_in(seen: list[Any], said: Any) -> Any:
    """*said*, of which *seen* has a copy."""
    seen.append(copy.deepcopy(said))
    return said


# -- places -----------------------------------------------------------------------


@attrs.frozen
class Place:
    """Somewhere in an answer."""

    steps: Steps
    value: Any = attrs.field(repr=False)

    def __str__(self) -> str:
        return spelt(self.steps)


def spelt(steps: Steps) -> str:
    """*steps* as an issue writes them."""
    return ".".join(map(str, steps))


def places_in(said: Any, steps: Steps = ()) -> Iterator[Place]:
    """Every place at or below *steps*, outer ones first."""
    if steps:
        yield Place(steps, said)
    parts: Any = (
        said.items() if isinstance(said, Mapping) else enumerate(said) if isinstance(said, list) else ()
    )
    for step, part in parts:
        yield from places_in(part, (*steps, step))


def taken(said: Any, steps: Steps) -> Any:
    """What stands at *steps*."""
    for step in steps:
        said = said[step]
    return said


def put(said: Any, steps: Steps, value: Any) -> Any:
    """*said* with *value* at *steps*, or with nothing there; unchanged where the way has gone."""
    *way, last = steps
    try:
        inner = taken(said, tuple(way))
        taken(inner, (last,))
        if value is LOST:
            del inner[last]
        else:
            inner[last] = value
    except (KeyError, IndexError, TypeError):
        return said
    return said
