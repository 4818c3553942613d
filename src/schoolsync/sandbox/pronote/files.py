"""Files by their encrypted address, good for as long as the session lives."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, unquote, urlsplit

import attrs

from schoolsync.flow.http import Request, Response
from schoolsync.sandbox.college.resources import document
from schoolsync.sandbox.pronote.crypto import Cipher, Garbled, without_double_padding
from schoolsync.sandbox.pronote.ids import Ids
from schoolsync.sandbox.pronote.readings.printing import PRINT_PREFIX

if TYPE_CHECKING:
    from schoolsync.sandbox.college.college import SandboxCollege

__all__ = [
    "PRINTS",
    "FileAddress",
    "file_address",
    "open_file",
    "open_print",
    "print_address",
    "session_number",
]

FOLDER, PRINTS = "FichiersExternes", "PDF"


@attrs.frozen
class FileAddress:
    """What the address of a file says."""

    sealed: str = attrs.field(repr=False)
    """The file, encrypted."""
    name: str
    """What the client calls it: only for show."""
    session: int | None
    """In which session."""


def session_number(url: str) -> int | None:
    """The session that an address names, if it does."""
    said = next(iter(parse_qs(urlsplit(url).query).get("Session", [])), "")
    return int(said) if said.isascii() and said.isdigit() else None


def file_address(request: Request, path: str) -> FileAddress | None:
    """The address, if *path*, the part below the root, is that of a file."""
    folder, _, rest = path.partition("/")
    sealed, _, name = rest.partition("/")
    if folder.lower() != FOLDER.lower() or not name:
        return None
    return FileAddress(sealed, unquote(name), session_number(request.url))


def print_address(request: Request, path: str) -> FileAddress | None:
    """The address, if *path*, the part below the root, is that of something that was printed."""
    folder, _, name = path.partition("/")
    stem, dot, _ = name.rpartition(".")
    return FileAddress(stem, name, session_number(request.url)) if folder == PRINTS and dot else None


def open_print(address: FileAddress, ids: Ids) -> Response | None:
    """What was printed at *address*; `None` if this session did not print it."""
    thing = ids.thing(f"{PRINT_PREFIX}#{address.sealed}") or ""
    if not thing.startswith("print:"):
        return None
    printed = document(thing, address.name)
    return Response(200, (("content-type", printed.media_type),), body=printed.content)


def open_file(address: FileAddress, college: SandboxCollege, ids: Ids, cipher: Cipher) -> Response | None:
    """The file at *address*; `None` if this session knows no such file."""
    try:
        said = json.loads(without_double_padding(cipher.open(address.sealed)))
    except (Garbled, ValueError):
        return None
    thing = ids.thing(said.get("N")) if isinstance(said, dict) else None
    if thing is None:
        return None
    code = said.get("G")
    found = college.stored(thing, code if isinstance(code, str) else None)
    if found is None:
        return None
    return Response(200, (("content-type", found.media_type),), body=found.content)
