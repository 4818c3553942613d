"""Where one school's PRONOTE is, and the addresses below it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from ipaddress import ip_address
from urllib.parse import SplitResult, quote, unquote, urlencode, urlsplit

from schoolsync.errors import BadArgument
from schoolsync.flow.http import ResponseHead

__all__ = ["Space", "call_url", "file_name", "file_url", "moved_root", "page_url", "read_root"]

EXPECTED = "the address of the school's PRONOTE is expected: https://0000000a.example/pronote"
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
HOST = re.compile(r"[\w-]+(?:\.[\w-]+)*|[0-9a-f:.]*:[0-9a-f:.]*", re.IGNORECASE)
"""A name, or a number of IPv6."""
OWN_PORTS = {"http": ":80", "https": ":443"}
PAGE = re.compile(r"\.html|^infomobileapp\.json$", re.IGNORECASE)
"""What the last segment of an address has in it when it is a page of the instance and not its root."""
PERMANENT = frozenset((301, 308))
FILES = "FichiersExternes"
"""Below the root, where stored files are."""


class Space(StrEnum):
    """Who signs in; each has a page of its own."""

    STUDENT = "student"
    PARENT = "parent"
    TEACHER = "teacher"

    @property
    def number(self) -> int:
        """The server's number for it."""
        return {"student": 3, "parent": 2, "teacher": 1}[self.value]

    @property
    def page(self) -> str:
        """Its page below the root."""
        return {"student": "eleve", "parent": "parent", "teacher": "professeur"}[self.value] + ".html"

    @property
    def app_number(self) -> int:
        """The server's number for its pages for the app."""
        return {"student": 6, "parent": 7, "teacher": 8}[self.value]

    @property
    def app_page(self) -> str:
        """Its page for the app, below the root."""
        return f"mobile.{self.page}"


def read_root(url: str, *, allow_http: bool = False) -> str:
    """The root of the instance that *url* belongs to: without page, query, fragment, slash at the end.

    Any address of it will do: with or without a scheme, with a page (a mobile one too), with the query
    of a QR code. The case of the path stays: servers do not care for it.

    Args:
        url: As a person copied it.
        allow_http: Whether a host that is not on loopback may be reached without TLS.

    Raises:
        BadArgument: It is no such address, or http where that is not allowed.
    """
    text = str(url).strip()
    parts = _split(text if SCHEME.match(text) else "https://" + text.lstrip("/"))
    if parts is None or not (SCHEME.match(text) or _is_whole_name(parts.hostname or "")):
        raise BadArgument("url", EXPECTED)
    if parts.scheme == "http" and not (allow_http or _is_loopback(parts.hostname or "")):
        raise BadArgument("url", "a school is reached over https; say allow_http=True if this one is not")
    path = parts.path.rstrip("/")
    above, _, last = path.rpartition("/")
    host = parts.netloc.lower().removesuffix(OWN_PORTS[parts.scheme])
    return f"{parts.scheme}://{host}{above.rstrip('/') if PAGE.search(last) else path}"


def _split(url: str) -> SplitResult | None:
    """The parts of an http address that has nothing odd about it; `None` for any other."""
    if any(letter.isspace() or not letter.isprintable() or letter in '\\"<>' for letter in url):
        return None
    try:
        parts = urlsplit(url)
        is_odd = parts.port == 0 or "@" in parts.netloc or not HOST.fullmatch(parts.hostname or "")
    except ValueError:
        return None
    return None if is_odd or parts.scheme not in {"http", "https"} else parts


def _is_whole_name(host: str) -> bool:
    """Whether a word that came without a scheme is a host, and not just a word."""
    return "." in host or ":" in host or host == "localhost"


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def moved_root(root: str, page: str, head: ResponseHead) -> str | None:
    """The new root, when a school has moved for good; `None` for any other answer.

    Only from https to https, and only when the redirect leads to the same *page*, or to the same place
    on another host: a portal that stands in front of PRONOTE is never taken for it.
    """
    target = _split(head.location or "") if head.status in PERMANENT else None
    if target is None or target.scheme != "https" or not root.startswith("https://"):
        return None
    is_page = target.path.rpartition("/")[2].lower() == page.lower()
    is_place = target.path.rstrip("/").lower() == urlsplit(root).path.lower()
    new = read_root(head.location or "") if is_page or is_place else root
    return None if new == root else new


def page_url(root: str, page: str, query: Mapping[str, str]) -> str:
    """The address of a start page."""
    return f"{root}/{page}?{urlencode(query)}" if query else f"{root}/{page}"


def call_url(root: str, space: int, session: int, order: str) -> str:
    """The address of one call."""
    return f"{root}/appelfonction/{space}/{session}/{order}"


def file_url(root: str, segment: str, name: str, session: int) -> str:
    """The address of one file. The name is decoration; it stays one segment, and no step upwards."""
    shown = quote(name, safe="") if name.strip(".") else "file"
    return f"{root}/{FILES}/{segment}/{shown}?Session={session}"


def file_name(root: str, url: str) -> str | None:
    """What stands for a name in *url*, if it is the address of a file below *root*."""
    folder, _, shown = url.partition("?")[0].rpartition("/")
    return unquote(shown) if folder.startswith(f"{root}/{FILES}/") else None
