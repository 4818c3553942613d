"""Files."""

from __future__ import annotations

from typing import Any

import pytest

from schoolsync.flow.http import Request, Response
from schoolsync.sandbox.classcharts import ClassChartsServer
from schoolsync.sandbox.exercises import PDF
from tests.sandbox.visitor import Visitor, parent, seconds, student


def _files(visitor: Visitor, pupil: int = 5000001) -> list[dict[str, Any]]:
    rows = visitor.get(f"homeworks/{pupil}")["data"]
    return [file for row in rows for file in row["validated_attachments"]]


def _plain(server: ClassChartsServer, url: str) -> Response:
    """The answer to a request without any header."""
    return server.answer(Request("GET", url))


def test_a_file_comes_from_the_storage(server: ClassChartsServer) -> None:
    """Its signed address alone is enough."""
    file = _files(parent(server))[0]
    answer = _plain(server, file["file"])
    assert (answer.status, answer.media_type, answer.body) == (200, "application/pdf", PDF)
    assert file["file"].startswith("https://attachments.classcharts.com/")


def test_the_redirector_leads_to_the_storage(server: ClassChartsServer) -> None:
    """For who is signed in; for others it is the log-in page."""
    robin = parent(server)
    file = _files(robin)[0]
    answer = robin.send("GET", file["validated_file"])
    assert answer.status == 302
    assert answer.location == file["file"]
    assert _plain(server, file["validated_file"]).media_type == "text/html"


def test_every_file_can_be_fetched(server: ClassChartsServer) -> None:
    """Of homework, of what was handed in and returned, of announcements; odd names included."""
    alex = student(server)
    rows = alex.get("homeworks")["data"]
    uploads = [one for row in rows for one in row["status"]["attachments"]]
    returned = [one for upload in uploads for one in upload["teacher_homework_attachments"]]
    addresses = [one["file"] for one in (*_files(alex), *uploads, *returned)]
    for announcement in alex.get("announcements")["data"]:
        for one in announcement["attachments"]:
            target = alex.send("GET", one["url"]).location
            assert target
            addresses.append(target)
    assert uploads
    assert returned
    assert any("kit%20list" in address for address in addresses)
    assert {_plain(server, address).body for address in addresses} == {PDF}


def test_an_address_ends(server: ClassChartsServer) -> None:
    """After five minutes the storage refuses; a new listing gives a new address."""
    robin = parent(server)
    old = _files(robin)[0]["file"]
    robin.clock.advance(seconds(299))
    assert _plain(server, old).status == 200
    robin.clock.advance(seconds(2))
    refused = _plain(server, old)
    assert (refused.status, refused.media_type) == (403, "application/xml")
    robin.sign_in(email="robin@example.test", password="s3cret&+")
    assert _plain(server, _files(robin)[0]["file"]).status == 200


@pytest.mark.parametrize(
    ("old", "new"), [("worksheet.pdf", "other.pdf"), ("expires=", "expires=9"), ("5000001", "5000002")]
)
def test_an_address_cannot_be_changed(server: ClassChartsServer, old: str, new: str) -> None:
    """Neither the file, nor its end, nor the pupil."""
    address = next(one["file"] for one in _files(parent(server)) if "worksheet" in one["file"])
    assert old in address
    assert _plain(server, address.replace(old, new)).status == 403


def test_the_storage_refuses_a_sessions_headers(server: ClassChartsServer) -> None:
    """On a host of its own, where they should never be sent."""
    robin = parent(server)
    assert robin.send("GET", _files(robin)[0]["file"]).status == 400
    robin.origin = "http://127.0.0.1:8421"
    assert robin.send("GET", _files(robin)[0]["file"]).status == 200


def test_the_redirector_leads_nowhere_else(server: ClassChartsServer) -> None:
    """An address that this server did not sign is a page."""
    answer = parent(server).send("GET", "/redirect?url=https://example.test/&signature=x")
    assert (answer.status, answer.media_type) == (200, "text/html")
    assert answer.location is None


def test_links_lead_through_the_redirector(server: ClassChartsServer) -> None:
    """To the page that the teacher named."""
    robin = parent(server)
    links = [one for row in robin.get("homeworks/5000001")["data"] for one in row["validated_links"]]
    assert [robin.send("GET", one["validated_link"]).location for one in links] == [
        "https://www.example.test/energy"
    ]


def test_a_deleted_file_is_gone(server: ClassChartsServer) -> None:
    """Its address is still signed, and leads nowhere."""
    robin = parent(server)
    address = _files(robin)[0]["file"]
    server.school.desk(5000001).homeworks.clear()
    assert _plain(server, address).status == 404


def test_pictures_are_for_everybody(server: ClassChartsServer) -> None:
    """Faces and emblems."""
    pupil = parent(server).get("pupils")["data"][0]
    for address in (pupil["avatar_url"], pupil["school_logo"]):
        answer = _plain(server, address)
        assert answer.media_type == "image/png"
        assert answer.body.startswith(b"\x89PNG")
