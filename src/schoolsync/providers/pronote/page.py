"""The page that a session begins with: `Start({…})` of every generation, and what may come instead.

Two layouts are read alike: relaxed JSON in the body's `onload`, and strict JSON in a script.

Evidence: read in several independent clients, 2020 to 2026.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

import attrs

from schoolsync.errors import (
    ActionRequired,
    Availability,
    LostOnTheWay,
    SchoolSyncError,
    Unavailable,
    Undecodable,
)
from schoolsync.flow.http import Response, ResponseHead, origin_of
from schoolsync.flow.secret import Secret
from schoolsync.providers.pronote.crypto import RsaKey
from schoolsync.providers.pronote.refusals import PROVIDER, page_refusal, status_refusal
from schoolsync.providers.pronote.schema.words import Version

__all__ = ["Start", "is_behind_portal", "no_portal", "portal_entrance", "read_start", "seen"]

STAGE = "start page"
CALL = re.compile(r"(?<![\w$])Start\s*\(\s*(?={)")
END = re.compile(r"\s*\)")
TOKEN = re.compile(
    r"""\s*(?:(?P<string>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
    r"""|(?P<word>[A-Za-z_$][\w$]*)|(?P<number>-?\d+(?:\.\d+)?)|(?P<mark>[][{}:,]))""",
    re.DOTALL | re.ASCII,
)
COLON = re.compile(r"\s*:")
WORDS = {"true": "true", "false": "false", "null": "null", "undefined": "null"}
ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|x([0-9A-Fa-f]{2})|(.))", re.DOTALL)
CONTROLS = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v", "\n": ""}
LONGEST = 1_000_000
"""Characters of a page that are looked at."""
MOST_CALLS = 20
MOST_TOKENS = 2000
DEEPEST = 20
HEX = re.compile(r"[0-9A-Fa-f]{1,1024}", re.ASCII)
DIGITS = re.compile(r"\d{1,18}", re.ASCII)
RELEASE = re.compile(r"PRONOTE[\s\xa0]+(20\d\d)\s*[-.]\s*(\d{1,4}(?:\.\d{1,4}){1,3})", re.ASCII)
BROWSER = re.compile(r"navigateur[^.<]{0,80}(?:compatible|support|obsol)", re.IGNORECASE)
"""What a page about the visitor's browser says. Evidence: guess."""

ABSOLUTE = re.compile(r"https?://", re.IGNORECASE)
FORBIDDEN = frozenset((401, 403))
"""What a school may answer to a ticket that it does not take. Evidence: read."""

PORTAL_HINT = "This school signs in through a portal: pronote.find_cas(url) tells which, for cas=."
NO_PORTAL_HINT = (
    "This school has no portal in front of these pages: leave cas= out, and sign in with PRONOTE's own user"
    " name and password."
)
NO_RIGHT_HINT = (
    "The portal let the account in, and PRONOTE has no such page for it. Check account=: pupils, parents and"
    " teachers have pages of their own; else ask the school."
)


@attrs.frozen(kw_only=True)
class Start:
    """What a start page says. `None`: not said."""

    number: int = attrs.field(repr=False)
    """Of the session; goes into addresses and bodies."""
    space: int | None = None
    """Whose page it is, as the server counts; not said on the page of choice."""
    is_demo: bool = False
    """Whether it is a school for demonstrations, which keeps no tokens."""
    access: int = 0
    """How one came here: 0 directly, 3 from a portal."""
    ent_user: Secret | None = None
    """One-time user name after a portal."""
    ent_password: Secret | None = None
    """One-time password after a portal."""
    rsa_key: RsaKey | None = None
    """The server's own, up to 2022."""
    is_http: bool = False
    """Whether the server saw the request come without TLS."""
    skips_encryption: bool | None = None
    """Up to 2024: calls are not encrypted."""
    skips_compression: bool | None = None
    """Up to 2024: calls are not compressed."""
    does_encrypt: bool | None = None
    """Since 2025: calls are encrypted."""
    does_compress: bool | None = None
    """Since 2025: calls are compressed."""
    polls: bool | None = None
    """Up to 2024: the vendor's page polls."""
    is_script: bool = False
    """Whether `Start` stood in a script, as since 2026.2.4."""
    version: Version = ()
    """As the server's header or the foot of the page says it; empty if neither does."""

    @property
    def is_from_portal(self) -> bool:
        """Whether a portal vouches for somebody."""
        return bool(self.ent_user and self.ent_password)


# -- the page -------------------------------------------------------------------------


def read_start(response: Response) -> Start | None:
    """What the start page says; `None` when it has no session number: ask for the page again.

    Raises:
        AddressSuspended: The page says that this address is suspended.
        InstanceClosed: The site is closed.
        RateLimited: The site is unavailable for a moment.
        Unavailable: There is no such page.
        ActionRequired: The way leads to a portal on another host.
        LostOnTheWay: It leads elsewhere on this one.
        Undecodable: At `status` or `start page`: it is another page.
    """
    text = response.text[:LONGEST]
    trouble = page_refusal(text) or status_refusal(response)
    if trouble is not None:
        raise trouble
    if response.status != 200:  # noqa: PLR2004 - the only status with a start page
        raise _elsewhere(response)
    said, is_script = _found(text)
    if said is None:
        raise Undecodable(STAGE, _strange(response, text))
    number = _whole(said.get("h"))
    return None if number is None else _start(said, number, is_script, _version(response, text))


def portal_entrance(response: Response) -> str | None:
    """Where a start page sends us that has a portal before it, byte for byte; `None`: nowhere else."""
    target = response.location or ""
    scheme, host, _ = origin = origin_of(target)
    if scheme not in {"http", "https"} or host is None or origin == origin_of(response.url):
        return None
    said = response.header("location") or ""
    return said if ABSOLUTE.match(said) else target


def no_portal(response: Response) -> SchoolSyncError:
    """The error of a start page that sends nobody to a portal, where one was expected."""
    try:
        read_start(response)
    except SchoolSyncError as error:
        return error
    return Unavailable(Availability.OFF_AT_SCHOOL, hint=NO_PORTAL_HINT)


def is_behind_portal(response: Response) -> bool:
    """Whether it is the start page of somebody who has come through a portal.

    A page for nobody, and one that does not take a ticket, are none.

    Raises:
        Unavailable: The school has no page for this account, or none at all.
        SchoolSyncError: What the school says instead: see `read_start`; marked as said by PRONOTE.
    """
    if response.status in FORBIDDEN:
        return False
    try:
        start = read_start(response)
    except SchoolSyncError as error:
        error.provider = PROVIDER
        trouble = error
    else:
        return start is not None and start.is_from_portal
    if (
        isinstance(trouble, Undecodable)
        and trouble.stage == STAGE
        and _shows_nothing(response.text[:LONGEST])
    ):
        trouble = Unavailable(Availability.NOT_FOR_THIS_ACCOUNT, provider=PROVIDER, hint=NO_RIGHT_HINT)
    raise trouble


def _shows_nothing(text: str) -> bool:
    """Whether it is a page of PRONOTE without its application: shown to whom it has nothing to show.

    Evidence: read.
    """
    return "PRONOTE" in text and not CALL.search(text) and not BROWSER.search(text)


def _elsewhere(response: Response) -> SchoolSyncError:
    """What a redirect, or a status without a meaning of its own, leads to."""
    target = urlsplit(response.location or "").hostname
    if target is None:
        return Undecodable("status", seen(response))
    if target != urlsplit(response.url).hostname:
        return ActionRequired(target, hint=PORTAL_HINT)
    return LostOnTheWay(target, "the start page leads to another one")


def _strange(response: ResponseHead, text: str) -> str:
    """What stands there instead of a start page, in safe words."""
    if CALL.search(text):
        return f"{seen(response)}, a Start that cannot be read"
    if BROWSER.search(text):
        return f"{seen(response)}, a page about the browser"
    name = "without a Start" if "PRONOTE" in text else "that does not name PRONOTE"
    return f"{seen(response)}, a page {name}"


def seen(head: ResponseHead) -> str:
    """What came, in words that may be shown: status and media type."""
    return f"HTTP {head.status} {head.media_type or 'without a media type'}"


def _start(said: Mapping[str, Any], number: int, is_script: bool, version: Version) -> Start:
    return Start(
        number=number,
        space=_whole(said.get("a")),
        is_demo=_flag(said.get("d")) or False,
        access=_whole(said.get("g")) or 0,
        ent_user=_secret(said.get("e")),
        ent_password=_secret(said.get("f")),
        rsa_key=_rsa_key(said.get("MR"), said.get("ER")),
        is_http=_flag(said.get("http")) or False,
        skips_encryption=_flag(said.get("sCrA")),
        skips_compression=_flag(said.get("sCoA")),
        does_encrypt=_flag(said.get("CrA")),
        does_compress=_flag(said.get("CoA")),
        polls=_flag(said.get("poll")),
        is_script=is_script,
        version=version,
    )


def _whole(said: object) -> int | None:
    return int(str(said)) if DIGITS.fullmatch(str(said)) else None


def _flag(said: object) -> bool | None:
    return {"true": True, "1": True, "false": False, "0": False}.get(str(said).lower())


def _secret(said: object) -> Secret | None:
    return Secret(said) if isinstance(said, str) and said else None


def _rsa_key(modulus: object, exponent: object) -> RsaKey | None:
    """The server's key; `None` unless both halves are there.

    Raises:
        Undecodable: They are no numbers.
    """
    if not modulus or not exponent:
        return None
    if not HEX.fullmatch(str(modulus)) or not HEX.fullmatch(str(exponent)):
        raise Undecodable("RSA key")
    return RsaKey(int(str(modulus), 16), int(str(exponent), 16))


def _version(response: ResponseHead, text: str) -> Version:
    """From the server's header, else from the foot of the page: `2025.1.3`, `2023 - 0.3.0`."""
    for place in (response.header("server") or "", html.unescape(text)):
        found = RELEASE.search(place)
        if found:
            return (int(found[1]), *map(int, found[2].split(".")))
    return ()


# -- the call in it ---------------------------------------------------------------------


def _found(text: str) -> tuple[dict[str, Any] | None, bool]:
    """The object of the first call of `Start` that can be read, and whether it stood in a script."""
    for given in (text, html.unescape(text)) if "&" in text else (text,):
        for call in islice(CALL.finditer(given), MOST_CALLS):
            said = _read_object(given, call.end())
            if said is not None:
                before = given[: call.start()].lower()
                return said, before.rfind("<script") > before.rfind("</script")
    return None, False


def _read_object(text: str, start: int) -> dict[str, Any] | None:
    """The object that begins at *start*, if it is one and a bracket closes the call after it."""
    try:
        strict, end = _strict(text, start)
        said = json.loads(strict) if END.match(text, end) else None
    except ValueError:
        return None
    return said if isinstance(said, dict) else None


def _strict(text: str, start: int) -> tuple[str, int]:
    """The relaxed JSON at *start* as strict one, and where it ends.

    Raises:
        ValueError: It is none, or one beyond all measure.
    """
    pieces: list[str] = []
    depth, place = 0, start
    for _ in range(MOST_TOKENS):
        found = TOKEN.match(text, place)
        if found is None or depth > DEEPEST:
            break
        place = found.end()
        if found["mark"]:
            depth += (found["mark"] in "{[") - (found["mark"] in "}]")
            if found["mark"] in "}]" and pieces[-1:] == [","]:
                pieces.pop()
        pieces.append(_strict_token(found, is_key=COLON.match(text, place) is not None))
        if depth == 0:
            return "".join(pieces), place
    msg = "not what a page holds"
    raise ValueError(msg)


def _strict_token(found: re.Match[str], *, is_key: bool) -> str:
    if found["string"]:
        return json.dumps(ESCAPE.sub(_unescaped, found["string"][1:-1]))
    if found["word"]:
        return json.dumps(found["word"]) if is_key else WORDS.get(found["word"], "?")
    return found["number"] or found["mark"]


def _unescaped(found: re.Match[str]) -> str:
    code = found[1] or found[2]
    return chr(int(code, 16)) if code else CONTROLS.get(found[3], found[3])
