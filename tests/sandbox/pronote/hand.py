"""A client made by hand: it knows the protocol from the specification, and nothing of the server's code.

It does one thing at a time and shows every step, so that a test can get any of them wrong.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import zlib
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

import attrs
import pytest
from Crypto.Cipher import AES, PKCS1_v1_5
from Crypto.PublicKey import RSA

from schoolsync.flow.http import Request, Response
from schoolsync.sandbox.clock import HandClock
from schoolsync.sandbox.college.college import SandboxCollege
from schoolsync.sandbox.pronote import Generation, PronoteServer, generation

ROOT = "https://college.example.test/pronote"
LOUISON = ("louison.example", "Sésame-42")
DOMINIQUE = ("dominique.factice", "mot de passe 100%")
IV = bytes(range(16))


def md5(material: bytes) -> bytes:
    """Sixteen bytes."""
    return hashlib.md5(material).digest()


def encrypt(plain: bytes, key: bytes, iv: bytes) -> str:
    """Padded, encrypted, as hex digits."""
    room = 16 - len(plain) % 16
    return AES.new(key, AES.MODE_CBC, iv).encrypt(plain + bytes([room]) * room).hex()


def decrypt(sealed: str, key: bytes, iv: bytes) -> bytes:
    """What was encrypted."""
    plain = AES.new(key, AES.MODE_CBC, iv).decrypt(bytes.fromhex(sealed))
    assert 1 <= plain[-1] <= 16, "bad padding"
    assert plain.endswith(plain[-1:] * plain[-1]), "bad padding"
    return plain[: -plain[-1]]


def is_key_right(sealed: str, key: bytes, iv: bytes) -> bool:
    """Whether the padding is."""
    try:
        decrypt(sealed, key, iv)
    except AssertionError:
        return False
    return True


class Refused(Exception):
    """The server answered with an error."""

    def __init__(self, said: Mapping[str, Any]) -> None:
        super().__init__(said.get("G"), said.get("Titre"))
        self.number, self.title, self.message = said["G"], said["Titre"], said["Message"]


@attrs.define
class Hand:
    """Somebody at a keyboard."""

    server: PronoteServer
    page: str = "eleve.html"
    start: dict[str, str] = attrs.field(factory=dict)
    markup: str = ""
    cookie: str = ""
    key: bytes = attrs.field(factory=lambda: md5(b""))
    iv: bytes = bytes(16)
    order: int = 1
    last: Request | None = None
    envelope: dict[str, Any] = attrs.field(factory=dict)
    asked: dict[str, Any] = attrs.field(factory=dict)

    @property
    def generation(self) -> Generation:
        """Of the server."""
        return self.server.generation

    @property
    def names(self) -> dict[str, str]:
        """The field names of this generation, spelt out once more."""
        version = self.generation.version
        outer = ("id", "no", "dataSec", "dataNonSec")
        if version < (2025, 1, 3):
            outer = ("nom", "numeroOrdre", "donneesSec", "donneesNonSec")
        inner = ("data", "Signature") if version >= (2024, 3, 9) else ("donnees", "_Signature_")
        return dict(zip(("name", "order", "secured", "files", "data", "sign"), outer + inner, strict=True))

    def get(self, path: str) -> Response:
        """A page or a file."""
        headers = {"cookie": self.cookie} if self.cookie else {}
        return self.server.answer(Request("GET", f"{ROOT}/{path}", headers))

    # -- a session -----------------------------------------------------------------

    def open(self, query: str = "") -> dict[str, str]:
        """The values of the page's `Start`, as texts."""
        answer = self.get(self.page + query)
        self.markup = answer.body.decode()
        found = re.search(r"Start \(\{([^}]*)\}\)", self.markup)
        assert found, self.markup
        pairs = (pair.split(":") for pair in found[1].split(","))
        self.start = {name.strip("\"'"): value.strip("\"'") for name, value in pairs}
        self.cookie = (answer.header("set-cookie") or "").partition(";")[0]
        return self.start

    def uuid(self) -> str:
        """How the IV is announced on this page."""
        if "MR" not in self.start:
            return base64.b64encode(IV).decode()
        numbers = int(self.start["MR"], 16), int(self.start["ER"], 16)
        sealed = base64.b64encode(PKCS1_v1_5.new(RSA.construct(numbers)).encrypt(IV)).decode()
        return "\r\n".join(sealed[at : at + 64] for at in range(0, len(sealed), 64))

    def enter(self, **more: Any) -> dict[str, Any]:
        """The settings; from then on the IV is in use."""
        if not self.start:
            self.open()
        content = {"Uuid": self.uuid(), "identifiantNav": None, **more}
        said = self.call("FonctionParametres", content, then_iv=md5(IV))
        return dict(said)

    def enter_again(self) -> dict[str, Any]:
        """The school year, asked for once more in the same session."""
        content = {"Uuid": self.uuid(), "identifiantNav": None}
        return dict(self.call("FonctionParametres", content)["General"])

    def sign_in(self, login: str = LOUISON[0], password: str = LOUISON[1], **more: Any) -> dict[str, Any]:
        """What the proof is answered; if it was right, the session's key is in use."""
        self.enter(**more)
        return self.claim(login, password)

    def claim(self, login: str, secret: str, **flags: Any) -> dict[str, Any]:
        """The same with flags of `Identification`; the challenge is kept as `asked`."""
        self.asked = asked = self.identify(login, **flags)
        login = login.lower() if asked["modeCompLog"] else login
        secret = secret.lower() if asked["modeCompMdp"] else secret
        hashed = hashlib.sha256((asked.get("alea", "") + secret).encode()).hexdigest().upper()
        key = md5((("" if flags.get("pourENT") else login) + hashed).encode())
        return self.prove(self.solved(asked["challenge"], key), key)

    def identify(self, login: str, **flags: Any) -> dict[str, Any]:
        """The challenge."""
        space = int(self.start["a"])
        content = {"genreConnexion": 0, "genreEspace": space, "identifiant": login, "pourENT": False}
        return self.call("Identification", content | flags)

    def solved(self, challenge: str, key: bytes) -> str:
        """The right answer to *challenge*; nonsense if the key is wrong."""
        if len(challenge) == 32:
            return encrypt(challenge.encode(), key, self.iv)
        if not is_key_right(challenge, key, self.iv):
            return "00" * 48
        return encrypt(decrypt(challenge, key, self.iv)[::2], key, self.iv)

    def prove(self, answer: str, key: bytes) -> dict[str, Any]:
        """What the server says to it."""
        space = int(self.start["a"])
        said = self.call("Authentification", {"connexion": 0, "challenge": answer, "espace": space})
        if "cle" in said:
            numbers = decrypt(said["cle"], key, self.iv).decode().split(",")
            self.key = md5(bytes(map(int, numbers)))
        return said

    def user(self) -> dict[str, Any]:
        """Who is signed in."""
        return self.call("ParametresUtilisateur")

    # -- calls ---------------------------------------------------------------------

    def request(
        self, function: str, secured: Any = None, *, order: str | None = None, **changes: Any
    ) -> Request:
        """A call, packed; *changes* replace fields of the envelope."""
        packed = self.packed({} if secured is None else secured)
        number = encrypt(str(self.order).encode(), self.key, self.iv) if order is None else order
        names = self.names
        said = {
            "session": int(self.start["h"]),
            names["order"]: number,
            names["name"]: function,
            names["secured"]: packed,
        } | changes
        space = self.start.get("a", "0")
        url = f"{ROOT}/appelfonction/{space}/{self.start['h']}/{number}"
        headers = {"content-type": "application/json", "cookie": self.cookie}
        return Request("POST", url, headers, json.dumps(said).encode())

    def send(self, request: Request) -> dict[str, Any]:
        """The whole answer; the order number is used up."""
        self.last, self.order = request, self.order + 2
        answer = self.server.answer(request)
        assert answer.status == 200
        self.envelope = json.loads(answer.body)
        if "Erreur" in self.envelope:
            raise Refused(self.envelope["Erreur"])
        return self.envelope

    def raw(
        self,
        function: str,
        data: Mapping[str, Any] | None = None,
        *,
        tab: int | None = None,
        member: str | None = None,
        then_iv: bytes | None = None,
        **secured: Any,
    ) -> dict[str, Any]:
        """What is secured in the answer to a call, opened; its order number is the next one."""
        names = self.names
        signature: dict[str, Any] = {} if tab is None else {"onglet": tab}
        signature |= {} if member is None else {"membre": {"N": member, "G": 4}}
        parts = {**({names["data"]: data} if data is not None else {}), **secured}
        whole = self.send(self.request(function, parts | ({names["sign"]: signature} if signature else {})))
        self.iv = then_iv or self.iv
        assert decrypt(whole[names["order"]], self.key, self.iv) == str(self.order - 1).encode()
        assert whole[names["name"]] == function
        return self.opened(whole[names["secured"]])

    def call(self, function: str, data: Mapping[str, Any] | None = None, **how: Any) -> dict[str, Any]:
        """The content of the answer."""
        said = self.raw(function, data, **how)[self.names["data"]]
        assert isinstance(said, dict)
        return said

    # -- packing -------------------------------------------------------------------

    @property
    def flags(self) -> tuple[bool, bool]:
        """Whether what is secured is encrypted, and compressed: as the page says."""
        if self.generation.version < (2025, 1, 3):
            return "sCrA" not in self.start, "sCoA" not in self.start
        return "CrA" in self.start, "CoA" in self.start

    def packed(self, secured: Any) -> Any:
        """What is secured, as this page wants it."""
        encrypts, compresses = self.flags
        if not (encrypts or compresses):
            return secured
        packed = json.dumps(secured, ensure_ascii=False).encode()
        if compresses:
            packed = zlib.compress(packed.hex().encode(), 6)[2:-4]
        return encrypt(packed, self.key, self.iv) if encrypts else packed.hex()

    def opened(self, secured: Any) -> dict[str, Any]:
        """The same of an answer."""
        encrypts, compresses = self.flags
        if not (encrypts or compresses):
            assert isinstance(secured, dict)
            return secured
        packed = decrypt(secured, self.key, self.iv) if encrypts else bytes.fromhex(secured)
        said = json.loads(zlib.decompress(packed, -15) if compresses else packed)
        assert isinstance(said, dict)
        return said

    # -- files ---------------------------------------------------------------------

    def file(self, identifier: str, name: str, *, is_padded_twice: bool = False, **more: str) -> Response:
        """The file with that id."""
        plain = json.dumps({"N": identifier, "Actif": True, **more}).encode()
        if is_padded_twice:
            room = 16 - len(plain) % 16
            plain += bytes([room]) * room
        sealed = encrypt(plain, self.key, self.iv)
        return self.get(f"FichiersExternes/{sealed}/{quote(name)}?Session={self.start['h']}")


def signed_in(
    server: PronoteServer, login: str = LOUISON[0], password: str = LOUISON[1], page: str = "eleve.html"
) -> Hand:
    """Somebody who has signed in; Louison unless told otherwise."""
    hand = Hand(server, page)
    assert "cle" in hand.sign_in(login, password)
    return hand


def tabs_in(tree: list[dict[str, Any]]) -> set[int]:
    """The numbers of all screens and groups in *tree*."""
    found: set[int] = set()
    for node in tree:
        found |= {node["G"]} | tabs_in(node.get("Onglet", []))
    return found


def refused(number: int, title: str = "") -> Any:
    """A context in which the server must answer with that error."""
    return pytest.raises(Refused, match=rf"^\({number}, .*{title}.*\)$")


def made(college: SandboxCollege, clock: HandClock, label: str = "2026.2.5.6", **more: Any) -> PronoteServer:
    """A server of the generation called *label*."""
    return PronoteServer(college, clock=clock, generation=generation(label), **more)
