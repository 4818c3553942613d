"""Captured conversations: read from a HAR or a vcrpy cassette, written as a vcrpy cassette.

Of either format only what a conversation is made of is taken: method, address, header lines,
bodies, status. Comments, timings, server addresses and a browser's own notes are left behind.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Mapping, Sequence
from http import HTTPStatus
from typing import Any

import attrs
import yaml  # type: ignore[import-untyped]

__all__ = ["Lines", "Spoken", "read", "write"]

Lines = tuple[tuple[str, str], ...]
"""Header lines in order, names in lower case."""


@attrs.frozen(kw_only=True)
class Spoken:
    """One request and its answer."""

    method: str
    """`GET`, `POST`."""
    url: str
    """Absolute address."""
    sent: Lines = ()
    """Header lines of the request."""
    body: bytes = b""
    """Body of the request."""
    status: int
    """HTTP status of the answer."""
    said: Lines = ()
    """Header lines of the answer."""
    content: bytes = b""
    """Body of the answer."""


def read(text: str) -> list[Spoken]:
    """The conversation in *text*, a HAR or a vcrpy cassette.

    Raises:
        ValueError: It is neither.
    """
    try:
        captured = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - safe
        if "interactions" in captured:
            return [_of_cassette(one) for one in captured["interactions"]]
        return [_of_har(one) for one in captured["log"]["entries"]]
    except (yaml.YAMLError, AttributeError, KeyError, TypeError, ValueError):
        problem = "neither a HAR nor a vcrpy cassette"
    raise ValueError(problem)


def _of_cassette(one: Mapping[str, Any]) -> Spoken:
    request, response = one["request"], one["response"]
    return Spoken(
        method=request["method"],
        url=request["uri"],
        sent=_lines((name, text) for name, texts in request["headers"].items() for text in texts),
        body=_bytes(request["body"]),
        status=response["status"]["code"],
        said=_lines((name, text) for name, texts in response["headers"].items() for text in texts),
        content=_bytes(response["body"]["string"]),
    )


def _of_har(one: Mapping[str, Any]) -> Spoken:
    request, response = one["request"], one["response"]
    content = response["content"]
    body = content.get("text", "")
    return Spoken(
        method=request["method"],
        url=request["url"],
        sent=_lines((line["name"], line["value"]) for line in request["headers"]),
        body=_bytes(request.get("postData", {}).get("text", "")),
        status=response["status"],
        said=_lines((line["name"], line["value"]) for line in response["headers"]),
        content=base64.b64decode(body) if content.get("encoding") == "base64" else _bytes(body),
    )


def _lines(pairs: Iterable[tuple[str, str]]) -> Lines:
    """One line each: some browsers join several cookies with line feeds."""
    return tuple((name.lower(), text) for name, texts in pairs for text in str(texts).split("\n"))


def _bytes(said: object) -> bytes:
    return said if isinstance(said, bytes) else str(said or "").encode()


# -- out --------------------------------------------------------------------------


class _Dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
    """Long texts as blocks that a person can review."""


def _block(dumper: Any, text: str) -> Any:
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _block)


def write(conversation: Sequence[Spoken]) -> str:
    """The cassette of *conversation*, the same text every time."""
    interactions = [{"request": _request(one), "response": _response(one)} for one in conversation]
    cassette = {"interactions": interactions, "version": 1}
    text: str = yaml.dump(cassette, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110)
    return text


def _request(one: Spoken) -> dict[str, Any]:
    return {"method": one.method, "uri": one.url, "headers": _grouped(one.sent), "body": _text(one.body)}


def _response(one: Spoken) -> dict[str, Any]:
    return {
        "status": {"code": one.status, "message": HTTPStatus(one.status).phrase},
        "headers": _grouped(one.said),
        "body": {"string": _text(one.content)},
    }


def _grouped(lines: Lines) -> dict[str, list[str]]:
    return {name: [text for other, text in lines if other == name] for name, _ in lines}


def _text(body: bytes) -> str | bytes:
    """Text where it is one; JSON over several lines."""
    try:
        text = body.decode()
    except UnicodeDecodeError:
        return body
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        return text
    return json.dumps(said, indent=1, ensure_ascii=False) if isinstance(said, dict | list) else text
