"""ClassCharts' words on the wire: the envelope, its three dialects, its dates, its forms."""

from __future__ import annotations

import datetime as dt
import html
import json
from collections.abc import Iterable, Mapping
from email import message_from_bytes
from email.message import Message
from email.policy import HTTP
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from schoolsync.flow.http import Headers, Request, Response

__all__ = [
    "JSON",
    "Crash",
    "Refusal",
    "as_map",
    "envelope",
    "escaped",
    "fields_of",
    "local_stamp",
    "page",
    "refusal",
    "utc_text",
    "yes_no",
]

JSON = "application/json; charset=utf-8"
HTML = "text/html; charset=utf-8"


class Refusal(Exception):
    """The server says no, in one sentence.

    Args:
        text: What `error` says.
        meta: What `meta` is: `[]`, or null.
    """

    def __init__(self, text: str, meta: object = ()) -> None:
        super().__init__(text)
        self.text = text
        self.meta = meta


class Crash(Exception):
    """The server breaks down over a request."""


# -- out ------------------------------------------------------------------------


def envelope(data: Any, meta: Mapping[str, Any] | None = None, *, success: object = 1) -> Response:
    """A successful answer; empty *meta* is `[]`, as everything that is an empty map."""
    return _json({"success": success, "data": data, "meta": as_map(meta or {})})


def refusal(text: str, *, expired: int = 0, status: int = 200, meta: object = ()) -> Response:
    """An answer that refuses; *meta* is `[]` or null."""
    said = {"success": 0, "expired": expired, "data": None, "meta": meta, "error": text}
    return _json(said, status)


def _json(said: object, status: int = 200) -> Response:
    return Response(status, (("content-type", JSON),), body=json.dumps(said).encode())


def page(title: str, text: str = "", *, status: int = 200, headers: Headers = ()) -> Response:
    """An HTML page."""
    markup = (
        f"<!DOCTYPE html><html><head><title>{title}</title></head><body><h1>{title}</h1>{text}</body></html>"
    )
    return Response(status, (("content-type", HTML), *headers), body=markup.encode())


def as_map(said: Mapping[str, Any]) -> Mapping[str, Any] | list[Any]:
    """*said*, or `[]` when it is empty: the server does not tell empty maps from empty lists."""
    return said or []


def yes_no(fact: bool) -> str:
    """The second dialect of booleans."""
    return "yes" if fact else "no"


def escaped(text: str | None) -> str | None:
    """A name as the server writes it, with character references: `Science &amp; Technology`."""
    return None if text is None else html.escape(text).replace("&#x27;", "&#039;")


def utc_text(moment: dt.datetime | None) -> str | None:
    """ISO 8601 in UTC, offset written out; in summer a day begins at 23:00 of the day before."""
    return None if moment is None else moment.astimezone(dt.UTC).isoformat(timespec="seconds")


def local_stamp(moment: dt.datetime) -> str:
    """The school's own clock without an offset: `2026-03-05 11:42:10`."""
    return moment.strftime("%Y-%m-%d %H:%M:%S")


# -- in -------------------------------------------------------------------------


def fields_of(request: Request) -> dict[str, str]:
    """The fields of query and body; what stands in the body wins.

    The body is read as URL-encoded whatever its declared type, multipart forms excepted.
    """
    said = next((value for name, value in request.headers if name == "content-type"), "")
    query = parse_qsl(urlsplit(request.url).query, keep_blank_values=True)
    if said.lower().startswith("multipart/form-data"):
        return dict([*query, *_multipart(said, request.body)])
    body = request.body.decode("utf-8", "replace")
    return dict([*query, *parse_qsl(body, keep_blank_values=True)])


def _multipart(content_type: str, body: bytes) -> Iterable[tuple[str, str]]:
    message = message_from_bytes(f"Content-Type: {content_type}\r\n\r\n".encode() + body, policy=HTTP)
    for part in message.walk():
        name = part.get_param("name", header="content-disposition")
        if isinstance(name, str):
            yield name, _part_text(part)


def _part_text(part: Message) -> str:
    payload = part.get_payload(decode=True)
    return payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""
