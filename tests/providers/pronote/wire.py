"""PRONOTE's side of a scripted conversation: pages, and answers that carry the right numbers.

For a flow that calls one or two functions, in plain mode:

```python
session = signed_in()                                     # nobody asked for a log-in
page, sent = play(calls.menus(session, …), [answered("PageMenus", {"ListeJours": …})])
assert called(sent[0]).tab == 10
```

For a whole conversation, encrypted or of an older generation, a `Server` keeps the counters and keys:

```python
server = Server(encrypts=True, flags={"CrA": True})
script = Script([server.page(), server.answered("FonctionParametres", {…}), server.challenged(…), …])
```

This server has arithmetic of its own, so that no mistake of the client's is repeated here.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import json
import zlib
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import attrs
from Crypto.Cipher import AES, PKCS1_v1_5

from schoolsync.flow.http import Request, Response
from schoolsync.provider import Options
from schoolsync.providers.pronote.page import Start
from schoolsync.providers.pronote.session import Session, Space
from schoolsync.providers.pronote.wire import LATE, NEW, Wire
from schoolsync.sandbox.clock import HandClock

if TYPE_CHECKING:
    from Crypto.PublicKey import RSA

ROOT = "https://0000000a.example/pronote"
NUMBER = 1234567
IV = bytes(range(16))
"""What a session of these tests draws."""
USER, PASSWORD = "eleve.demo", "Sésame-42"
MATERIAL = bytes.fromhex("112233445566778899aabbccddeeff00")
"""What `cle` says."""
NOON = dt.datetime(2026, 3, 9, 12, tzinfo=ZoneInfo("Europe/Paris"))

SCRIPT = (
    '<!DOCTYPE html><html><head><title>PRONOTE</title><script>window.addEventListener("load", () => {try{'
    'Start (CALL);} catch (e) {IE.sendLogFailStart (1234567, e)}});</script></head><body class="EspaceIndex">'
)
BODY = (
    '<html><head><title>PRONOTE</title></head><body id="id_body" onload="try { Start (CALL) }'
    ' catch (e) { messageErreur (e) }" class="EspaceIndex">'
)

Answering = Callable[[Request], Response]
HTML = (("content-type", "text/html; charset=utf-8"),)
JSON = (("content-type", "application/json; charset=utf-8"),)


# -- arithmetic of its own ------------------------------------------------------------


def md5(data: bytes) -> bytes:
    """The digest."""
    return hashlib.md5(data).digest()


def sealed(data: bytes, key: bytes, iv: bytes) -> str:
    """Encrypted, in hexadecimal."""
    short = 16 - len(data) % 16
    return AES.new(key, AES.MODE_CBC, iv=iv).encrypt(data + bytes([short]) * short).hex()


def unsealed(text: str, key: bytes, iv: bytes) -> bytes:
    """Decrypted; what is padded wrongly is an `AssertionError`."""
    plain = AES.new(key, AES.MODE_CBC, iv=iv).decrypt(bytes.fromhex(text))
    assert plain[-1:] * plain[-1] == plain[-plain[-1] :], "another key or vector"
    return plain[: -plain[-1]]


def deflated(data: bytes) -> bytes:
    """A zlib stream without its frame."""
    return zlib.compress(data, 6)[2:-4]


def proof(username: str, password: str, alea: str = "") -> bytes:
    """The key of a log-in."""
    return md5((username + hashlib.sha256((alea + password).encode()).hexdigest().upper()).encode())


# -- what was sent ----------------------------------------------------------------------


@attrs.frozen
class Called:
    """One call, as the server understands it."""

    function: str
    order: int
    data: Any
    """Its content; `None` when there was none."""
    signature: Mapping[str, Any]
    """On whose behalf."""
    secured: Mapping[str, Any]
    """All of the secured part."""
    body: Mapping[str, Any]
    """All of it, as sent."""

    @property
    def tab(self) -> int | None:
        """The screen."""
        tab: int | None = self.signature.get("onglet")
        return tab


def called(request: Request) -> Called:
    """What a plain call of a session of `signed_in` asks."""
    return Server(announced=IV, counter=0).read(request)


# -- pages --------------------------------------------------------------------------------


def page(
    start: Mapping[str, object] | None = None,
    *,
    layout: str = "script",
    version: str = "2026.2.6",
    footer: str | None = None,
    status: int = 200,
) -> Response:
    """A start page.

    Args:
        start: What `Start` is called with; number and space unless given.
        layout: `"script"` as since 2026.2.4, or `"body"` with relaxed JSON.
        version: What the `Server` header says; empty for none.
        footer: What the hidden link says, if it is another: `PRONOTE 2023 - 0.3.0`.
        status: Of the response.
    """
    said = {"h": NUMBER if layout == "script" else str(NUMBER), "a": 3} | dict(start or {})
    if layout == "script":
        text = SCRIPT.replace("CALL", json.dumps(said, separators=(",", ":")))
    else:
        pairs = ",".join(f"{key}:{_relaxed(value)}" for key, value in said.items())
        text = BODY.replace("CALL", f"{{{pairs}}}")
    foot = footer if footer is not None else f"PRONOTE {version}" if version else ""
    text += f'<a href="/" style="display:none">{foot} gestion de vie scolaire</a></body></html>'
    server = (("server", f"PRONOTE {version} Microsoft-HTTPAPI/2.0"),) if version else ()
    return Response(status, (*HTML, *server), url=f"{ROOT}/eleve.html", body=text.encode())


def _relaxed(value: object) -> str:
    text = str(value).replace("\\", "\\\\").replace("'", "\\'")
    return f"'{text}'" if isinstance(value, str) else json.dumps(value)


def html(text: str, status: int = 200, *lines: tuple[str, str]) -> Response:
    """Any other page."""
    return Response(status, (*HTML, *lines), url=f"{ROOT}/eleve.html", body=text.encode())


def error(number: object, title: str = "", message: str = "") -> Response:
    """The error envelope."""
    said = {"Erreur": {"G": number, "Titre": title, "Message": message}, "session": 0}
    return Response(200, JSON, body=json.dumps(said).encode())


# -- answers ------------------------------------------------------------------------------


@attrs.define(kw_only=True)
class Server:
    """One session of a server: its counters, keys and dialect, and everything that it was asked."""

    has_new_names: bool = True
    """`id`, `no`, `dataSec`."""
    has_new_content: bool = True
    """`data`, `Signature`."""
    encrypts: bool = False
    compresses: bool = False
    flags: Mapping[str, object] = attrs.field(factory=dict)
    """What `Start` says beside number and space."""
    layout: str = "script"
    version: str = "2026.2.6"
    """Empty: neither header nor footer say it."""
    rsa: RSA.RsaKey | None = None
    """The private half of the key on the page."""
    announced: bytes = b""
    """The vector; empty before the first call."""
    material: bytes = b""
    """What the key is made of."""
    counter: int = 1
    """The number that the next call must carry; 0 for any."""
    log: list[Called] = attrs.field(factory=list)
    """What was called, in order."""

    @property
    def iv(self) -> bytes:
        """The vector in use."""
        return md5(self.announced) if self.announced else bytes(16)

    def page(self) -> Response:
        """A start page; what was before is forgotten."""
        self.announced, self.material, self.counter = b"", b"", 1
        return page(self.flags, layout=self.layout, version=self.version)

    def read(self, request: Request) -> Called:
        """What *request* asks; it must carry the expected number, in its address and in its body."""
        names = self._names
        body = json.loads(request.body)
        order = body[names[1]]
        assert urlsplit(request.url).path.endswith(f"/{body['session']}/{order}")
        number = int(unsealed(order, md5(self.material), self.iv))
        assert self.counter in {0, number}, f"number {number} instead of {self.counter}"
        secured = body[names[2]]
        if self.encrypts or self.compresses:
            secured = json.loads(self._opened(secured))
        content = secured.get(self._inner[0])
        return Called(body[names[0]], number, content, secured.get(self._inner[1], {}), secured, body)

    def answered(self, function: str, data: object = None, **more: Any) -> Answering:
        """The answer to a call of *function*, which must be the one that comes.

        Args:
            function: Its name.
            data: The content; a function of the call, too; `None` for none.
            more: See `wrapped`.
        """

        def answer(request: Request) -> Response:
            found = self.read(request)
            assert found.function == function, f"{found.function} instead of {function}"
            self.log.append(found)
            if function == "FonctionParametres":
                self._hear(found.data["Uuid"])
            content = data(found) if callable(data) else data
            response = self.wrapped(function, content, order=found.order + 1, **more)
            if self.counter:
                self.counter = found.order + 2
            return attrs.evolve(response, url=request.url)

        return answer

    def wrapped(
        self,
        function: str,
        content: object,
        *,
        order: int,
        signature: object = None,
        report: object = None,
        files: list[str] | None = None,
        secured: Mapping[str, object] | None = None,
    ) -> Response:
        """An answer with that number: content, signature, `RapportSaisie`; `None` for none of it.

        Args:
            function: What was called.
            content: The content.
            order: Its number.
            signature: The server's.
            report: What was saved.
            files: Beside the secured part, in base64.
            secured: More of it.
        """
        names = self._names
        said: dict[str, Any] = {} if self.has_new_names else {"nom": function}
        pairs = zip((*self._inner, "RapportSaisie"), (content, signature, report), strict=True)
        said |= {name: value for name, value in pairs if value is not None} | dict(secured or {})
        body: dict[str, Any] = {
            names[0]: function,
            "session": NUMBER,
            names[1]: sealed(str(order).encode(), md5(self.material), self.iv),
            names[2]: self._closed(json.dumps(said).encode()) if self.encrypts or self.compresses else said,
        }
        if files is not None:
            body[names[3]] = {"fichiers": files}
        return Response(200, JSON, body=json.dumps(body).encode())

    # -- signing in --

    def challenged(
        self,
        username: str = USER,
        password: str = PASSWORD,
        *,
        alea: str = "0F1E2D3C4B5A6978",
        direct: bool = False,
    ) -> Answering:
        """The answer to `Identification` by a server that knows the password."""

        def challenge(_: Called) -> dict[str, object]:
            if direct:
                return {"modeCompMdp": 0, "modeCompLog": 0, "challenge": "5f0c3a9be27d41688c1e0b7a94d2f653"}
            scrambled = "".join(one + "x" for one in "A1B2C3D4E5F60718293A4B5C6D7E8F90")
            key = proof(username, password, alea)
            said = {"alea": alea, "modeCompMdp": 0, "modeCompLog": 0}
            return said | {"challenge": sealed(scrambled.encode(), key, self.iv)}

        return self.answered("Identification", challenge)

    def accepted(
        self,
        username: str = USER,
        password: str = PASSWORD,
        *,
        alea: str = "0F1E2D3C4B5A6978",
        direct: bool = False,
        **more: object,
    ) -> Answering:
        """The answer to `Authentification`: a new key after the right answer, else `Acces` 1."""
        key = proof(username, password, "" if direct else alea)
        wanted = "5f0c3a9be27d41688c1e0b7a94d2f653" if direct else "A1B2C3D4E5F60718293A4B5C6D7E8F90"

        def verdict(found: Called) -> dict[str, object]:
            try:
                is_right = unsealed(found.data["challenge"], key, self.iv).decode() == wanted
            except AssertionError:
                is_right = False
            if not is_right:
                return {"Acces": 1}
            return {"cle": sealed(",".join(map(str, MATERIAL)).encode(), key, self.iv), **more}

        answer = self.answered("Authentification", verdict)

        def switch(request: Request) -> Response:
            response = answer(request)
            if b'"cle"' in response.body or self.encrypts or self.compresses:
                self.material = MATERIAL
            return response

        return switch

    # -- inside --

    @property
    def _names(self) -> tuple[str, str, str, str]:
        if self.has_new_names:
            return "id", "no", "dataSec", "dataNonSec"
        return "nom", "numeroOrdre", "donneesSec", "donneesNonSec"

    @property
    def _inner(self) -> tuple[str, str]:
        return ("data", "Signature") if self.has_new_content else ("donnees", "_Signature_")

    def _hear(self, uuid: str) -> None:
        given = base64.b64decode("".join(uuid.split()))
        if self.rsa is not None:
            given = PKCS1_v1_5.new(self.rsa).decrypt(given, b"")
        assert len(given) == 16
        self.announced = given

    def _opened(self, text: str) -> bytes:
        packed = unsealed(text, md5(self.material), self.iv) if self.encrypts else bytes.fromhex(text)
        return bytes.fromhex(zlib.decompress(packed, -15).decode("ascii")) if self.compresses else packed

    def _closed(self, text: bytes) -> str:
        packed = deflated(text) if self.compresses else text
        return sealed(packed, md5(self.material), self.iv) if self.encrypts else packed.hex()


def answered(function: str, data: object = None, **more: Any) -> Answering:
    """The plain answer to a call of *function* by a session of `signed_in`; see `Server.answered`."""
    return Server(announced=IV, counter=0).answered(function, data, **more)


# -- who hears them -------------------------------------------------------------------------


def options(clock: HandClock | None = None, *, strict: bool = False, keep_raw: bool = False) -> Options:
    """A client's options; the clock stands still at noon unless given."""
    return Options(clock=clock or HandClock(NOON), is_strict=strict, keeps_raw=keep_raw)


def session(space: Space = Space.STUDENT, given: Options | None = None) -> Session:
    """A session that has not begun; it will draw `IV`."""
    return Session(ROOT, space, given or options(), draw=lambda count: (IV * count)[:count])


def signed_in(
    space: Space = Space.STUDENT,
    given: Options | None = None,
    version: tuple[int, ...] = (2026, 2, 6),
    wire: Wire | None = None,
) -> Session:
    """A session that somebody has signed in to, in plain mode; only `answered` fits it."""
    made = session(space, given)
    start = Start(number=NUMBER, space=space.number, version=version)
    made.adopt(start, material=b"", drawn=IV, order=7, wire=wire or Wire(NEW, LATE, False, False, None))
    return made
