"""`schoolsync contents`."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from schoolsync.cli.contents import CONTENTS
from schoolsync.cli.render import Look
from schoolsync.model import Attachment, AttachmentKind, Identity, LessonContent, Subject
from tests.cli.test_render import shown

START = dt.datetime(2026, 3, 9, 8, 55, tzinfo=ZoneInfo("Europe/Paris"))


def drawn(**fields: Any) -> list[str]:
    """What was done on a Monday morning, without the head."""
    common = {"provider": "pronote", "pupil_key": "pupil-1", "identity": Identity.DERIVED, "start": START}
    said = {"subject": Subject(name="Art"), "description_text": "", **fields}
    content = LessonContent(key="content-1", **common, **said)  # type: ignore[arg-type]
    return shown(CONTENTS.draw([content], Look(dt.date(2026, 3, 11), 80))).splitlines()[2:]


@pytest.mark.parametrize(
    ("fields", "lines"),
    [
        ({"title": "Colours", "category": "Course"}, ["Colours · Course"]),
        ({"description_text": "Mixing paint."}, ["Mixing paint."]),
        ({"title": "Colours", "description_text": "Red.\nBlue."}, ["Colours", "Red.", "Blue."]),
        (
            {
                "title": "C",
                "attachments": (Attachment(name="a.pdf", kind=AttachmentKind.FILE, ref=("x", 0)),),
            },
            ["C", "with a.pdf"],
        ),
        ({}, [""]),
    ],
)
def test_what_was_done(fields: dict[str, Any], lines: list[str]) -> None:
    """Heading, text and files; the lesson stands beside it."""
    found = drawn(**fields)
    assert found[0].startswith("Mon 9 Mar 08:55  Art")
    assert [line.removeprefix("Mon 9 Mar 08:55  Art").strip() for line in found] == lines
