"""An answer of PRONOTE garbled at each stage of its way: the error names the stage, never a value."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable
from functools import cache
from typing import Any

import attrs
import pytest

from schoolsync.errors import ProtocolError, SchoolSyncError, Undecodable, UnexpectedShape
from schoolsync.flow.http import Request, Response
from schoolsync.providers.pronote.crypto import INFLATE_LIMIT
from schoolsync.sandbox.mount import Mount
from schoolsync.sandbox.pronote import PronoteServer, generation
from schoolsync.sandbox.pronote.crypto import Cipher, deflate, inflate
from tests.client.pronote_turns import ENTRY, HOST, STUDENT, WEEK, Turns, called
from tests.fuzz.mutant import MARK
from tests.listening import Secrets, listening

FUNCTION = "PageEmploiDuTemps"
SECRETS = Secrets(
    {
        "mark": MARK,
        "name": "EXAMPLE Louison",
        "first name": "Louison",
        "user": STUDENT[0],
        "password": STUDENT[1],
        "row": "ListeContenus",
        "subject": "SCIENCES VIE",
    }
)


@attrs.frozen
class Parcel:
    """An answer, and how it was packed."""

    said: dict[str, Any]
    """The outer envelope."""
    cipher: Cipher
    encrypts: bool
    compresses: bool

    @property
    def plain(self) -> bytes:
        """The secured part as JSON."""
        sealed = self.said["dataSec"]
        if not (self.encrypts or self.compresses):
            return json.dumps(sealed).encode()
        packed = self.cipher.open(sealed) if self.encrypts else bytes.fromhex(sealed)
        return inflate(packed) if self.compresses else packed

    def sealed(self, packed: bytes) -> str:
        """*packed* as this server sends it."""
        return self.cipher.seal(packed) if self.encrypts else packed.hex()

    def around(self, secured: Any) -> bytes:
        """The answer with *secured* in it."""
        return json.dumps({**self.said, "dataSec": secured}).encode()

    def holding(self, text: bytes) -> bytes:
        """The answer with another JSON *text* in it, packed as it should be."""
        if not (self.encrypts or self.compresses):
            return json.dumps({**self.said, "dataSec": "@"}).encode().replace(b'"@"', text)
        return self.around(self.sealed(deflate(text) if self.compresses else text))


@cache
def bomb() -> bytes:
    """A small stream that unfolds to more than one answer may."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    megabyte = b" " * 1024 * 1024
    return (
        b"".join(packer.compress(megabyte) for _ in range(INFLATE_LIMIT // len(megabyte) + 1))
        + packer.flush()
    )


Garble = Callable[[Parcel], bytes]
ALWAYS: dict[str, tuple[Garble, str]] = {
    "nothing": (lambda _: b"", "JSON"),
    "a page": (lambda _: f"<html><title>{MARK}</title>".encode(), "JSON"),
    "a cut answer": (lambda one: json.dumps(one.said).encode()[:-9], "JSON"),
    "another order number": (
        lambda one: json.dumps({**one.said, "no": one.cipher.seal(b"99")}).encode(),
        "order number",
    ),
    "an order number that is none": (
        lambda one: json.dumps({**one.said, "no": [MARK]}).encode(),
        "order number",
    ),
}
PACKED: dict[str, tuple[Garble, str]] = {
    "half a digit": (lambda one: one.around(one.said["dataSec"][:-1]), "hex"),
    "no digits": (lambda one: one.around(MARK * 32), "hex"),
    "half a text": (lambda one: one.holding(one.plain[: len(one.plain) // 2]), "content"),
    "no Unicode": (lambda one: one.holding(one.plain.replace(b"data", b"d\xff\xfe")), "content"),
    "a deep text": (lambda one: one.holding(b"[" * 100_000 + MARK.encode()), "content"),
}
ENCRYPTED: dict[str, tuple[Garble, str]] = {
    "half a block": (lambda one: one.around(one.said["dataSec"][:-2]), "hex"),
    "no block": (lambda one: one.around(""), "hex"),
    "another key": (lambda one: one.around(Cipher(b"k" * 16, one.cipher.iv).seal(one.plain)), "decrypt"),
    "a cut block": (lambda one: one.around(one.said["dataSec"][:-32]), "decrypt"),
}
COMPRESSED: dict[str, tuple[Garble, str]] = {
    "a cut stream": (lambda one: one.around(one.sealed(deflate(one.plain)[:-40])), "inflate"),
    "no stream": (lambda one: one.around(one.sealed(MARK.encode() * 9)), "inflate"),
    "a bomb": (lambda one: one.around(one.sealed(bomb())), "inflate"),
}
SHAPES: dict[str, tuple[Garble, str]] = {
    "a list": (lambda one: one.holding(json.dumps([MARK]).encode()), "dataSec"),
    "null": (lambda one: one.holding(b"null"), "dataSec"),
    "a number": (lambda one: one.holding(b"17"), "dataSec"),
    "nothing secured": (lambda one: json.dumps({"no": one.said["no"], "id": MARK}).encode(), "dataSec"),
    "a list around": (lambda one: json.dumps([one.said, MARK]).encode(), "answer"),
    "content that is a text": (lambda one: one.holding(json.dumps({"data": MARK}).encode()), FUNCTION),
    "content that is a list": (lambda one: one.holding(json.dumps({"data": [MARK]}).encode()), FUNCTION),
}
ROWS = [
    *((mode, name) for mode in ("clear", "encrypted", "compressed", "both") for name in ALWAYS),
    *((mode, name) for mode in ("encrypted", "compressed", "both") for name in PACKED),
    *(
        (mode, name)
        for mode in ("encrypted", "both")
        for name in ENCRYPTED
        if mode != "both" or "cut" not in name
    ),
    *((mode, name) for mode in ("compressed", "both") for name in COMPRESSED),
    *((mode, name) for mode in ("clear", "encrypted", "compressed", "both") for name in SHAPES),
]


@attrs.define
class Garbler:
    """The sandbox in process; answers to one function are garbled, or replaced."""

    inner: Mount
    server: PronoteServer
    function: str = ""
    garble: Garble | None = None
    came: list[str] = attrs.field(factory=list)

    def exchange(self, request: Request) -> Response:
        """The answer, garbled if it is to that function."""
        function = called(request)
        self.came.append(function)
        answer = self.inner.exchange(request)
        if function != self.function or self.garble is None:
            return answer
        number = int(request.url.split("/")[-2]) if request.method == "POST" else 0
        session = self.server.sessions.find(number, self.server.clock.monotonic())
        cipher = session.cipher if session else Cipher()
        said = json.loads(answer.body) if request.method == "POST" else {}
        parcel = Parcel(said, cipher, self.server.encrypts, self.server.compresses)
        return attrs.evolve(answer, body=self.garble(parcel))


def scene(mode: str = "clear") -> tuple[Any, Garbler]:
    """A client and its garbler, before a server of that mode."""
    turns = Turns("sync")
    server = PronoteServer(
        turns.college,
        clock=turns.clock,
        generation=generation("2026.2.5.6"),
        encrypts=mode in {"encrypted", "both"},
        compresses=mode in {"compressed", "both"},
    )
    garbler = Garbler(Mount({HOST: server}), server)
    return turns.client(http_client=garbler).blocking, garbler


@pytest.fixture(scope="module")
def scenes(ledger: None) -> dict[str, tuple[Any, Garbler]]:
    """One of each mode, signed in."""
    made = {mode: scene(mode) for mode in ("clear", "encrypted", "compressed", "both")}
    for client, _ in made.values():
        client.login()
    return made


def told_by(call: Callable[[], Any]) -> SchoolSyncError:
    """The error that *call* raises, which tells no value, nor does anything that is logged."""
    with listening() as ears:
        with pytest.raises(SchoolSyncError) as caught:
            call()
        ears.catch(caught.value)
    assert ears.leaks(SECRETS) == []
    return caught.value


@pytest.mark.parametrize(("mode", "name"), ROWS)
def test_an_answer_that_was_garbled_names_the_stage(
    scenes: dict[str, tuple[Any, Garbler]], mode: str, name: str
) -> None:
    """Or the path; what may have been damaged on its way is asked for once more; then all is well again."""
    client, garbler = scenes[mode]
    garble, stage = (ALWAYS | PACKED | ENCRYPTED | COMPRESSED | SHAPES)[name]
    garbler.function, garbler.garble = FUNCTION, garble
    garbler.came.clear()
    error = told_by(lambda: client.get_lessons(*WEEK))
    garbler.function = ""
    assert (error.provider, error.operation) == ("pronote", "lessons")
    if name in SHAPES:
        assert isinstance(error, UnexpectedShape)
        assert error.path == stage
    else:
        assert isinstance(error, Undecodable)
        assert error.stage == stage
    is_asked_again = name not in SHAPES and stage != "order number"
    assert garbler.came == [FUNCTION] * (1 + is_asked_again)
    assert client.get_lessons(*WEEK)
    assert garbler.came.count("Authentification") == (stage == "order number")


NONSENSE: dict[str, Garble] = {
    "nothing": lambda _: b"",
    "half an object": lambda _: b'{"dataSec":',
    "a page": lambda _: f"<html><title>{MARK}</title>".encode(),
    "a list": lambda _: b"[]",
    "an empty object": lambda _: b"{}",
    "no hex": lambda one: one.around(MARK),
    "content that is a text": lambda one: one.around({"data": MARK}),
    "content that is a list": lambda one: one.around({"data": [MARK]}),
    "no content": lambda one: one.around({"data": {}}),
    "null": lambda one: one.around(None),
    "every value a text": lambda one: one.around({"data": dict.fromkeys(one.said["dataSec"]["data"], MARK)}),
    "every value a list": lambda one: one.around(
        {"data": {key: [MARK] for key in one.said["dataSec"]["data"]}}
    ),
}


@pytest.mark.parametrize("name", NONSENSE)
@pytest.mark.parametrize("function", ENTRY[1:])
def test_nonsense_at_the_log_in_is_an_error_of_ours(ledger: None, function: str, name: str) -> None:
    """It says no value; and the next log-in works."""
    client, garbler = scene()
    garbler.function, garbler.garble = function, NONSENSE[name]
    try:
        with listening() as ears:
            client.login()
    except SchoolSyncError as error:
        ears.catch(error)
    assert ears.leaks(SECRETS) == []
    garbler.function = ""
    assert client.login().get_lessons(*WEEK)


PAGES = (
    "",
    "<html></html>",
    "<script>Start({",
    "<script>Start({h:})</script>",
    f"<script>Start({{h:'{MARK}',a:3}})</script>",
    f"Start({{'h':1,'a':{{'b':'{MARK}'}}}})",
    "Start(" + "{h:" * 5000,
    "Start({h:1,a:" + "[" * 5000 + "]" * 5000 + "})",
    f"<body onload=\"try {{ Start ({{h:'1',MR:'{MARK}',ER:'{MARK}'}}) }} catch (e) {{}}\">",
)


@pytest.mark.parametrize("page", PAGES, ids=range(len(PAGES)))
def test_nonsense_for_a_start_page_is_an_error_of_ours(ledger: None, page: str) -> None:
    """It says no value; and the next log-in works."""
    client, garbler = scene()
    garbler.function, garbler.garble = ENTRY[0], lambda _: page.encode()
    assert isinstance(told_by(client.login), SchoolSyncError)
    garbler.function = ""
    assert client.login().get_lessons(*WEEK)


def test_the_garbler_bites(scenes: dict[str, tuple[Any, Garbler]]) -> None:
    """What is packed again as it was is understood: nothing above fails because of the packing."""
    for client, garbler in scenes.values():
        garbler.function, garbler.garble = FUNCTION, lambda one: one.holding(one.plain)
        assert client.get_lessons(*WEEK)
        garbler.function = ""


def test_a_protocol_error_is_safe_to_paste() -> None:
    """The leaves that are raised here belong to the branch that says so."""
    assert issubclass(Undecodable, ProtocolError)
    assert issubclass(UnexpectedShape, ProtocolError)
