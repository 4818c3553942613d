"""Addresses of files: signed, short-lived, on a host of their own or behind a redirect."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
from collections.abc import Iterator
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

import attrs

from schoolsync.flow.http import Request, Response
from schoolsync.sandbox.classcharts import urls
from schoolsync.sandbox.classcharts.wire import page
from schoolsync.sandbox.desk import Desk
from schoolsync.sandbox.papers import StoredFile
from schoolsync.sandbox.school import SandboxSchool

__all__ = ["Links", "is_file_address", "open_file", "open_redirect", "picture"]

DOT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg=="
"""A PNG of one pixel."""


@attrs.frozen
class Links:
    """Makes addresses of files as they look from one request."""

    request_url: str
    """The address that was asked, which tells scheme and hosts."""
    secret: str = attrs.field(repr=False)
    """What signatures are made with."""
    now: float
    """Seconds of the clock."""
    life: dt.timedelta
    """How long an address is good."""

    @property
    def origin(self) -> str:
        """The web host."""
        return urls.origin_of(self.request_url)

    def direct(self, pupil_id: str, file: StoredFile) -> str:
        """The file's signed address at the storage."""
        path = f"/{pupil_id}/{file.id}/{quote(file.name)}"
        ends = f"{self.now + self.life.total_seconds():.0f}"
        query = urlencode({"expires": ends, "signature": _signature(self.secret, path, ends)})
        return f"{urls.files_base(self.request_url)}{path}?{query}"

    def redirect(self, target: str) -> str:
        """The address on the web host that leads to *target*."""
        said = urlencode({"url": target, "signature": _signature(self.secret, target)})
        return f"{self.origin}/redirect?{said}"


def _signature(secret: str, *parts: str) -> str:
    text = "\n".join((secret, *parts))
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def is_file_address(url: str) -> bool:
    """Whether *url* is at the storage."""
    parts = urlsplit(url)
    return (parts.hostname or "").startswith("attachments.") or parts.path.startswith(urls.FILES_PATH + "/")


def open_file(request: Request, school: SandboxSchool, secret: str, now: float) -> Response:
    """The bytes of the file that the request's address names and is signed for.

    The storage wants the signature alone: with a session's headers on a host of its own it
    refuses, as storages do.
    """
    parts = urlsplit(request.url)
    has_own_host = (parts.hostname or "").startswith("attachments.")
    if has_own_host and {"authorization", "cookie"} & {name for name, _ in request.headers}:
        return _refused(400, "InvalidArgument")
    path = parts.path.removeprefix(urls.FILES_PATH)
    query = dict(parse_qsl(parts.query))
    ends = query.get("expires", "")
    if query.get("signature") != _signature(secret, path, ends):
        return _refused(403, "SignatureDoesNotMatch")
    if now > float(ends):
        return _refused(403, "AccessDenied")
    _, pupil_id, number, _ = unquote(path).split("/", 3)
    file = next((one for one in _files(school.desk(pupil_id)) if str(one.id) == number), None)
    if file is None:
        return _refused(404, "NoSuchKey")
    return Response(200, (("content-type", file.media_type),), body=file.body)


def _refused(status: int, code: str) -> Response:
    body = f'<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>{code}</Code></Error>'
    return Response(status, (("content-type", "application/xml"),), body=body.encode())


def open_redirect(request: Request, secret: str) -> Response:
    """A redirect to the address in the query, if this server signed it; else a page that says so."""
    query = dict(parse_qsl(urlsplit(request.url).query))
    target = query.get("url", "")
    if not target or query.get("signature") != _signature(secret, target):
        return page("This link is no longer valid")
    return Response(302, (("location", target),))


def picture() -> Response:
    """The one picture that the invented school has: a single grey dot."""
    return Response(200, (("content-type", "image/png"),), body=base64.b64decode(DOT))


def _files(desk: Desk) -> Iterator[StoredFile]:
    """Every file that hangs on something of a pupil's."""
    for sheet in desk.homeworks:
        for file in (*sheet.files, *sheet.uploads):
            yield file
            yield from file.returned
    for announcement in desk.announcements:
        yield from announcement.files
