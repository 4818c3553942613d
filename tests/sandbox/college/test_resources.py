"""Files in the store, links, and what teachers share."""

from __future__ import annotations

import datetime as dt
from itertools import chain

import attrs
import pytest

from schoolsync.model import Attachment, AttachmentKind
from schoolsync.sandbox.college.college import SandboxCollege, make_college
from schoolsync.sandbox.college.desk import CollegeDesk
from schoolsync.sandbox.college.resources import (
    Link,
    LinkKind,
    ResourceKind,
    StoredFile,
    attachments,
    document,
    draw_resources,
    resource_sheet,
    stored_file,
)

TODAY = dt.date(2026, 3, 11)


@pytest.fixture(scope="module")
def college() -> SandboxCollege:
    """The college, untouched by these tests."""
    return make_college(today=TODAY, has_story=False)


@pytest.fixture
def desk(college: SandboxCollege) -> CollegeDesk:
    """The desk of the first pupil, whose lists may be changed."""
    return attrs.evolve(college.desks["e1"])


def test_attachments_follow_the_papers() -> None:
    """In their order: a link has its address, a file never has one, cloud or not."""
    cloud = attrs.evolve(document("f2", "b.pdf"), is_in_cloud=True)
    papers = (Link("Page", "https://a.example.test/?q=1&r=2", LinkKind.KIOSK), document("f1", "a.pdf"), cloud)
    assert attachments("homework-1", papers) == (
        Attachment(
            name="Page",
            kind=AttachmentKind.LINK,
            ref=("homework-1", 0),
            url="https://a.example.test/?q=1&r=2",
        ),
        Attachment(name="a.pdf", kind=AttachmentKind.FILE, ref=("homework-1", 1)),
        Attachment(name="b.pdf", kind=AttachmentKind.FILE, ref=("homework-1", 2)),
    )


def test_no_two_files_have_the_same_bytes() -> None:
    """Not even those of one name; the same file always has the same ones."""
    assert document("f1", "a.pdf").content != document("f2", "a.pdf").content
    assert document("f1", "a.pdf") == document("f1", "a.pdf")
    assert document("f1", "a.pdf").content.startswith(b"%PDF")


def test_nothing_of_a_file_is_shown() -> None:
    """Its bytes stay out of its picture."""
    assert "invented paper" not in repr(document("f1", "a.pdf"))


@pytest.mark.parametrize("number", ["h1", "c1", "r1"])
def test_every_file_on_a_desk_is_found(desk: CollegeDesk, number: str) -> None:
    """Those of homework, of the notebook, of shared resources, by their numbers."""
    found = stored_file(desk, number)
    assert found is not None
    assert found.number == number
    assert number.encode() in found.content


def test_a_file_that_nobody_put_there_is_not_found(desk: CollegeDesk) -> None:
    """A link or the key of a record is no file."""
    assert stored_file(desk, "h99") is None
    assert stored_file(desk, desk.homeworks[0].key) is None


def test_what_is_put_on_a_desk_is_found(desk: CollegeDesk) -> None:
    """A resource of a test has its file like any other."""
    paper = StoredFile("z1", "note.txt", b"bonjour", "text/plain")
    sheet = resource_sheet(desk, 77, ResourceKind.DOCUMENT, None, TODAY, paper)
    desk.resources = [*desk.resources, sheet]
    assert stored_file(desk, "z1") is paper


def test_files_of_one_number_are_one_file(college: SandboxCollege) -> None:
    """Nobody is given another file than they asked for."""
    lists = [[*desk.resources, *desk.homeworks] for desk in college.desks.values()]
    papers = [
        paper
        for sheet in chain.from_iterable(lists)
        for paper in getattr(sheet, "papers", (getattr(sheet, "paper", None),))
        if isinstance(paper, StoredFile)
    ]
    by_number = {paper.number: paper for paper in papers}
    assert len(by_number) > 5
    assert all(by_number[paper.number] == paper for paper in papers)


def test_a_resource_of_each_kind_is_shared(desk: CollegeDesk) -> None:
    """Also one for no subject; a quiz has nothing to open; a site leads elsewhere."""
    sheets = draw_resources(desk)
    assert {sheet.kind for sheet in sheets} == set(ResourceKind)
    assert any(sheet.record.subject is None for sheet in sheets)
    quiz = next(sheet.record for sheet in sheets if sheet.kind is ResourceKind.QUIZ)
    assert (quiz.category, quiz.attachments, quiz.title) == ("quiz", (), "Quiz : les homophones")
    site = next(sheet.record for sheet in sheets if sheet.kind is ResourceKind.SITE)
    assert [one.url for one in site.attachments] == ["https://atlas.example.test/europe?page=1&lang=fr"]


def test_a_resource_is_shared_since_the_morning_of_a_day(desk: CollegeDesk) -> None:
    """Midnight in the school's zone, on either side of a change of the clock."""
    hours = {
        day: resource_sheet(desk, 1, ResourceKind.QUIZ, "FRANCAIS", day, "Quiz").record.shared_at
        for day in (dt.date(2026, 3, 28), dt.date(2026, 3, 30))
    }
    assert [str(hours[day]) for day in hours] == ["2026-03-28 00:00:00+01:00", "2026-03-30 00:00:00+02:00"]
