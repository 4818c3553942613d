"""Bodies that are no answer: each is told as the leaf that it is, never as a bare error of Python."""

from __future__ import annotations

import gzip
import json
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolsync import classcharts
from schoolsync.errors import (
    ChallengeUnanswered,
    ProtocolError,
    Refused,
    SchoolSyncError,
    SessionExpired,
    Undecodable,
    UnexpectedShape,
)
from schoolsync.flow.http import Request, Response
from schoolsync.sandbox.mount import Mount
from tests.fuzz.mutant import without_pauses
from tests.fuzz.readings import READINGS, Reading
from tests.fuzz.test_anything import BOUNDED
from tools.record import ACCOUNTS, new_clock, new_server

JSON_TYPE = (("content-type", "application/json; charset=utf-8"),)
HTML_TYPE = (("content-type", "text/html; charset=utf-8"),)
CALLS: list[Reading] = list(READINGS)


@attrs.define
class Garbler:
    """The sandbox in process; answers of the API other than a ping's are replaced or cut."""

    inner: Mount
    body: bytes | None = None
    share: float | None = None
    headers: tuple[tuple[str, str], ...] = JSON_TYPE
    status: int = 200

    def exchange(self, request: Request) -> Response:
        """The answer, or what stands for it."""
        answer = self.inner.exchange(request)
        if "/apiv2" not in request.url or request.url.endswith(("/ping", "/login")):
            return answer
        if self.share is not None:
            return attrs.evolve(answer, body=answer.body[: int(len(answer.body) * self.share)])
        if self.body is None:
            return answer
        return attrs.evolve(answer, body=self.body, headers=self.headers, status=self.status)


@pytest.fixture(scope="module")
def garbled() -> dict[str, tuple[Any, Garbler]]:
    """A signed-in client of each role, and its garbler."""
    kinds = {"parent": classcharts.ParentClient, "student": classcharts.StudentClient}
    found = {}
    for role, kind in kinds.items():
        clock = new_clock()
        garbler = Garbler(Mount({"www.classcharts.com": new_server(clock)}))
        client = kind(*ACCOUNTS[role].log_in, http_client=garbler, clock=clock)
        found[role] = (without_pauses(client).login(), garbler)
    return found


def come(garbled: dict[str, tuple[Any, Garbler]], reading: Reading, body: bytes, **more: Any) -> Any:
    """What *reading* gives when *body* comes, or the error that it raises."""
    client, garbler = garbled[reading.role]
    garbler.body = body
    garbler.headers, garbler.status = more.get("headers", JSON_TYPE), more.get("status", 200)
    try:
        return reading.native(client)
    except SchoolSyncError as error:
        return error
    finally:
        garbler.body = None


DEEP = {
    "brackets without end": b"[" * 200_000,
    "objects without end": b'{"a":' * 200_000,
    "deep data": b'{"success": 1, "data": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "deep meta": b'{"success": 1, "data": [], "meta": {"a": ' + b"[" * 100_000 + b"]" * 100_000 + b"}}",
}
UNDECODABLE = {
    "nothing": b"",
    "spaces": b"  \n ",
    "a page": b"<!DOCTYPE html><html><body>Log in</body></html>",
    "half a text": b'{"success": 1, "data": "\xc3',
    "Latin": '{"success": 1, "data": "é"}'.encode("latin-1"),
    "compressed": gzip.compress(b'{"success": 1, "data": []}'),
    "nulls": b"\x00" * 64,
    "a cut number": b'{"success": 1',
    "two answers": b'{"success": 1}{"success": 1}',
    "a comment": b'/* */{"success": 1}',
    "a long number": b'{"success": 1, "data": ' + b"9" * 10_000 + b"}",
    **DEEP,
}


@pytest.mark.parametrize("name", UNDECODABLE)
@pytest.mark.parametrize("reading", [CALLS[0], CALLS[6], CALLS[7]], ids=str)
def test_what_is_no_json(garbled: Any, reading: Reading, name: str) -> None:
    """It is `Undecodable` at JSON, and says status and media type only."""
    error = come(garbled, reading, UNDECODABLE[name])
    assert isinstance(error, Undecodable)
    assert (error.stage, error.seen) == ("JSON", "HTTP 200 application/json")
    assert error.__cause__ is None
    assert error.__context__ is None or error.__suppress_context__


@pytest.mark.parametrize("text", ["utf-16", "utf-32", "utf-8-sig", "utf-16-be"])
def test_other_encodings_of_unicode_are_read(garbled: Any, text: str) -> None:
    """Whatever the header says, JSON tells its own."""
    envelope = come(garbled, CALLS[0], '{"success": 1, "data": [], "meta": []}'.encode(text))
    assert envelope.data == []


@pytest.mark.parametrize("body", [b"[]", b"null", b"1", b'"x"', b"{}", b'{"data": []}', b'{"Success": 1}'])
def test_json_of_another_shape(garbled: Any, body: bytes) -> None:
    """It is `UnexpectedShape`."""
    error = come(garbled, CALLS[0], body)
    assert isinstance(error, UnexpectedShape)
    assert error.path == "success"


@pytest.mark.parametrize(
    ("body", "leaf"),
    [
        (b'{"success": 0, "error": "No."}', Refused),
        (b'{"success": "0", "error": null}', Refused),
        (b'{"success": null}', UnexpectedShape),
        (b'{"success": []}', UnexpectedShape),
        (b'{"success": false, "error": {"a": [1]}}', Refused),
        (b'{"success": 0, "expired": [], "error": 5}', Refused),
        (b'{"success": 0, "error": "\\ud800\\u0000"}', Refused),
        (b"<title>Just a moment</title>", ChallengeUnanswered),
    ],
    ids=repr,
)
def test_a_refusal_of_any_type(garbled: Any, body: bytes, leaf: type[SchoolSyncError]) -> None:
    """A `success` that is no yes is a no, and its reason may be of any type."""
    headers = JSON_TYPE if body.startswith(b"{") else HTML_TYPE
    error = come(garbled, CALLS[0], body, headers=headers)
    assert type(error) is leaf
    f"{error}{error!r}".encode()


def test_a_dead_session_that_stays_dead(garbled: Any) -> None:
    """One new log-in is tried; then it is told."""
    error = come(garbled, CALLS[0], b'{"success": 0, "expired": 1}')
    assert isinstance(error, SessionExpired | ProtocolError)


def test_fifty_megabytes(garbled: Any) -> None:
    """They are not read."""
    error = come(garbled, CALLS[0], b'{"success": 1, "data": []}' + b" " * 50_000_000)
    assert isinstance(error, Undecodable)
    assert error.stage == "size"


@pytest.mark.parametrize("depth", [50, 100, 150, 200, 300, 400, 480, 600, 800, 950])
def test_an_answer_nested_deeply(garbled: Any, depth: int) -> None:
    """As deep as Python's JSON reads: in a field that we know, in one that we do not, or as the data."""
    nest = "[" * depth + "]" * depth
    client, _ = garbled["parent"]
    row = {"id": 1, "due_date": "2026-11-23"}
    for body in (
        json.dumps({"success": 1, "data": [{**row, "title": "@"}, row]}),
        json.dumps({"success": 1, "data": [{**row, "unheard": "@"}, row]}),
        json.dumps({"success": 1, "data": [{"id": "@"}, row]}),
        json.dumps({"success": 1, "data": [row], "meta": {"start_date": "@"}}),
        json.dumps({"success": 1, "data": "@"}),
    ):
        given_ = come(garbled, CALLS[1], body.replace('"@"', nest).encode())
        assert isinstance(given_, ProtocolError) or given_.data is not None
    assert client.pupils


@BOUNDED
@given(st.binary(max_size=200), st.sampled_from(CALLS), st.sampled_from([JSON_TYPE, HTML_TYPE, ()]))
def test_any_bytes(garbled: Any, body: bytes, reading: Reading, headers: Any) -> None:
    """Garbage is a `ProtocolError`, whatever it says that it is."""
    error = come(garbled, reading, body, headers=headers)
    assert isinstance(error, ProtocolError)


@BOUNDED
@given(st.floats(min_value=0, max_value=0.999), st.sampled_from(CALLS))
def test_any_cut(garbled: Any, share: float, reading: Reading) -> None:
    """An answer that ends too early is `Undecodable`, wherever it ends."""
    client, garbler = garbled[reading.role]
    garbler.share = share
    try:
        with pytest.raises(Undecodable) as caught:
            reading.native(client)
    finally:
        garbler.share = None
    assert caught.value.stage == "JSON"
