"""A sandbox of PRONOTE with something changed in its answers, and the places where that can be done."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import attrs

from schoolsync.flow.http import Request, Response
from schoolsync.sandbox.mount import Mount
from schoolsync.sandbox.pronote import PronoteServer
from tests.client.pronote_turns import ENTRY, HOST, STUDENT, Turns, called
from tests.fuzz.mutant import Place, Steps, places_in, put
from tests.fuzz.pronote.readings import Reading

__all__ = ["MOST", "Mutant", "Stage", "changed", "content_of", "newcomer", "places", "pristine", "rows_in"]

MOST = 5
"""Rows of a list that are kept: those that show something which the ones before them do not."""
HEAD = ("dataSec", "data")
JSON = (("content-type", "application/json; charset=utf-8"),)
Edit = Callable[[Any], Any]


def unchanged(said: Any) -> Any:
    """*said*."""
    return said


@attrs.frozen
class Told:
    """An answer, cut to a few rows."""

    body: bytes = attrs.field(repr=False)
    shape: frozenset[str]
    """The keys of its content."""

    @classmethod
    def of(cls, said: Any) -> Told:
        """*said*, without its order number."""
        short = {key: shortened(value) for key, value in said.items() if key != "no"}
        is_refusal = HEAD[0] not in said
        return cls(json.dumps(short).encode(), frozenset(() if is_refusal else content_of(said)))


@attrs.define
class Mutant:
    """The sandbox in process; another answer stands in for one of its own.

    After the log-in it is asked once for each thing: what comes again is given again, without an order
    number, which a client lets pass. What belongs to the log-in goes through `edit`.
    """

    inner: Mount
    function: str = ""
    instead: Told | None = None
    """What is answered instead, where the content has the same keys."""
    edit: Edit = unchanged
    given: list[tuple[str, Told]] = attrs.field(factory=list, repr=False)
    """What was answered after the log-in, by function, in order."""
    _known: dict[tuple[str, str], Told] = attrs.field(factory=dict, repr=False)

    @property
    def server(self) -> PronoteServer:
        """Who really answers."""
        server = self.inner.servers[HOST]
        assert isinstance(server, PronoteServer)
        return server

    def exchange(self, request: Request) -> Response:
        """The answer to *request*, or what stands in for it."""
        function = called(request)
        if request.method == "GET" or function in ENTRY:
            answer = self.inner.exchange(request)
            if function != self.function:
                return answer
            return attrs.evolve(answer, body=json.dumps(self.edit(json.loads(answer.body))).encode())
        name = (function, json.dumps(json.loads(request.body)["dataSec"], sort_keys=True))
        if name not in self._known:
            self._catch_up(request)
            self._known[name] = Told.of(json.loads(self.inner.exchange(request).body))
        told = self._known[name]
        if self.instead and function == self.function and told.shape == self.instead.shape:
            told = self.instead
        self.given.append((function, told))
        return Response(200, JSON, request.url, told.body)

    def _catch_up(self, request: Request) -> None:
        """The server counts the calls that did not reach it."""
        number = int(request.url.split("/")[-2])
        session = self.server.sessions.find(number, self.server.clock.monotonic())
        if session is not None:
            session.order = int(session.cipher.open(json.loads(request.body)["no"]))


def shortened(said: Any) -> Any:
    """*said* with its lists cut to rows that show something new."""
    if isinstance(said, dict):
        return {key: shortened(value) for key, value in said.items()}
    if not isinstance(said, list):
        return said
    rows: list[Any] = []
    seen: set[str] = set()
    for row in said:
        shapes = {_shape(place) for place in places_in(row)} or {str(len(rows))}
        if len(rows) < MOST and (shapes - seen or len(rows) < 2):
            seen |= shapes
            rows.append(shortened(row))
    return rows


def _shape(place: Place) -> str:
    """Where *place* is, whatever the number of its row; and what it is."""
    kind = place.value if isinstance(place.value, bool) else type(place.value).__name__
    return f"{re.sub(r'[0-9]+', '#', str(place))} {kind}"


def content_of(said: Any) -> Any:
    """What a function answered."""
    for step in HEAD:
        said = said[step]
    return said


def places(said: Any) -> list[Steps]:
    """Of the places of an answer that differ in positions and values only, the first and the last."""
    alike: dict[str, list[Steps]] = {}
    for place in places_in(said):
        if place.steps[0] == HEAD[0]:
            alike.setdefault(_shape(place), []).append(place.steps)
    return list(dict.fromkeys(steps for some in alike.values() for steps in (some[0], some[-1])))


def changed(said: Any, steps: Steps, value: Any) -> Any:
    """A copy of *said* with *value* at *steps*."""
    return put(copy.deepcopy(said), steps, value)


# -- stages ------------------------------------------------------------------------------------


@attrs.frozen
class Stage:
    """Clients of one student in front of one mutant each."""

    lenient: Any
    strict: Any
    mutants: tuple[Mutant, ...]

    def play(self, reading: Reading, said: Any, spoilt: Any) -> None:
        """Where *reading* was answered *said*, it is answered *spoilt* from now on."""
        told = Told(json.dumps(spoilt).encode(), frozenset(content_of(said)))
        for mutant in self.mutants:
            mutant.function, mutant.instead = reading.function, told


def newcomer(version: str, **options: Any) -> tuple[Any, Mutant]:
    """A client who has not signed in yet, and its server."""
    turns = Turns("sync", version)
    mutant = Mutant(turns.mount)
    return turns.client(STUDENT, http_client=mutant, **options).blocking, mutant


def stage_of(version: str) -> Stage:
    """Two signed-in clients."""
    lenient, one = newcomer(version)
    strict, two = newcomer(version, strict=True)
    return Stage(lenient.login(), strict.login(), (one, two))


def pristine(stage: Stage, reading: Reading) -> Any:
    """The answer as the sandbox gives it, cut to a few rows; of a list and its details, the list."""
    mutant = stage.mutants[0]
    mutant.instead = None
    mutant.given.clear()
    reading.native(stage.lenient)
    return json.loads(next(told.body for function, told in mutant.given if function == reading.function))


def rows_in(said: Any) -> Iterator[Steps]:
    """The places of the rows of the outermost lists."""
    for place in places_in(said):
        numbers = [step for step in place.steps if isinstance(step, int)]
        if len(numbers) == 1 and isinstance(place.steps[-1], int):
            yield place.steps
