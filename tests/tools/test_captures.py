"""Captures of either kind, read and written."""

from __future__ import annotations

import json

import pytest

from tools.captures import Spoken, read, write

ONE = Spoken(
    method="POST",
    url="https://www.classcharts.com/parent/login",
    sent=(("content-type", "application/x-www-form-urlencoded"),),
    body=b"logintype=existing",
    status=302,
    said=(("set-cookie", "a=1"), ("set-cookie", "b=2"), ("location", "/mobile/parent")),
)
HAR = {
    "log": {
        "comment": "SECRET",
        "entries": [
            {
                "serverIPAddress": "SECRET",
                "request": {
                    "method": "GET",
                    "url": "https://www.classcharts.com/apiv2parent/pupils",
                    "headers": [{"name": "Accept", "value": "application/json"}],
                    "cookies": [{"name": "cc-session", "value": "SECRET"}],
                },
                "response": {
                    "status": 200,
                    "headers": [{"name": "Set-Cookie", "value": "a=1\nb=2"}],
                    "content": {"text": "eyJzdWNjZXNzIjogMX0=", "encoding": "base64"},
                },
            },
            {
                "request": {
                    "method": "POST",
                    "url": "https://www.classcharts.com/apiv2parent/ping",
                    "headers": [],
                    "postData": {"text": "include_data=true", "comment": "SECRET"},
                },
                "response": {"status": 200, "headers": [], "content": {"text": '{"success": 1}'}},
            },
        ],
    }
}


def test_a_cassette_is_read_as_it_was_written() -> None:
    """Header lines, repeated ones too, and bodies of text, JSON and bytes."""
    rows = Spoken(method="GET", url="https://x.test/", status=200, content='{\n "data": "é"\n}'.encode())
    binary = Spoken(method="GET", url="https://x.test/a.pdf", status=200, content=b"\xff\xd8\x00")
    assert read(write([ONE, rows, binary])) == [ONE, rows, binary]


def test_the_same_conversation_is_the_same_text() -> None:
    """So that a diff shows what changed; and JSON stands on lines of its own."""
    rows = Spoken(method="GET", url="https://x.test/", status=200, content=b'{"data": [1, 2]}')
    assert write([rows]) == write(read(write([rows])))
    assert '\n        {\n         "data": [' in write([rows])


def test_a_har_is_read() -> None:
    """Only what a conversation is made of; header names in lower case, joined cookies apart."""
    first, second = read(json.dumps(HAR))
    assert first.sent == (("accept", "application/json"),)
    assert first.said == (("set-cookie", "a=1"), ("set-cookie", "b=2"))
    assert (first.content, second.content) == (b'{"success": 1}',) * 2
    assert second.body == b"include_data=true"
    assert "SECRET" not in repr((first, second))


@pytest.mark.parametrize("text", ["", "{", "[]", "a: [", '{"log": {}}', "interactions: [1]", "SECRET: 1"])
def test_anything_else_is_refused(text: str) -> None:
    """Without quoting any of it."""
    with pytest.raises(ValueError, match=r"^neither a HAR nor a vcrpy cassette$") as caught:
        read(text)
    assert caught.value.__context__ is None


def test_no_python_object_is_made_of_a_capture() -> None:
    """A cassette is data: YAML that would run something is refused."""
    with pytest.raises(ValueError, match="neither"):
        read("interactions: !!python/object/apply:os.getcwd []")
