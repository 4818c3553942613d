"""Attachments, and the files on their shelf."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolsync.derive import keys
from schoolsync.model import Attachment, Identity, LessonContent, Meal, Menu
from schoolsync.providers.pronote.files import Shelved
from schoolsync.providers.pronote.mapping.attached import attachments, settled, web_address
from schoolsync.providers.pronote.mapping.mapped import Context
from schoolsync.providers.pronote.schema.files import FileRow
from tests.providers.pronote.reading import context

PDF = {"N": "48#PJ1", "G": 1, "L": "exercice &amp; corrigé.pdf"}


def hung(*rows: object, here: Context | None = None) -> list[Attachment]:
    """What rows become on a record."""
    read = [row if isinstance(row, Shelved) else FileRow.model_validate(row) for row in rows]
    return list(attachments(here or context(), "homework-1", read))


def test_a_file_is_shelved_and_keeps_its_address_out() -> None:
    """By its record and its position there."""
    here = context()
    one, two = hung(
        PDF, {"N": "48#PJ2", "G": 2, "L": "nuage.odt", "url": "https://cloud.example.test"}, here=here
    )
    assert (one.name, one.kind, one.ref, one.url) == (
        "exercice & corrigé.pdf",
        "file",
        ("homework-1", 0),
        None,
    )
    assert (two.name, two.kind, two.ref, two.url) == ("nuage.odt", "file", ("homework-1", 1), None)
    assert here.files == {
        ("homework-1", 0): Shelved("48#PJ1", "exercice &amp; corrigé.pdf"),
        ("homework-1", 1): Shelved("48#PJ2", "nuage.odt"),
    }


@pytest.mark.parametrize("kind", [0, 3, 4])
def test_links_have_their_address_and_are_not_shelved(kind: int) -> None:
    """Web, kiosk and video conference."""
    here = context()
    (link,) = hung(
        {"N": "48#L", "G": kind, "L": "Manuel", "url": "https://manuel.example.test/p/12"}, here=here
    )
    assert (link.name, link.kind, link.url) == ("Manuel", "link", "https://manuel.example.test/p/12")
    assert here.files == {}


@pytest.mark.parametrize(
    ("row", "name", "url"),
    [
        ({"G": 0, "L": "https://a.example.test/x"}, "https://a.example.test/x", "https://a.example.test/x"),
        ({"G": 0, "url": "https://a.example.test"}, "https://a.example.test", "https://a.example.test"),
        ({"G": 0, "L": "A title"}, "A title", None),
        ({"G": 0}, "link", None),
        ({"G": 0, "L": "A title", "url": "javascript:no()"}, "A title", None),
        ({"G": 99, "L": "A title", "url": "https://a.example.test"}, "A title", "https://a.example.test"),
    ],
)
def test_a_link_whose_title_may_be_its_address(row: dict[str, object], name: str, url: str | None) -> None:
    """One without an address is told all the same."""
    (link,) = hung(row)
    assert (link.name, link.kind, link.url) == (name, "link", url)


@pytest.mark.parametrize("row", [{"L": "a.pdf", "N": "0", "G": 1}, {"L": "a.pdf", "G": 1}, {"L": "a.pdf"}])
def test_a_file_without_an_id_is_told_and_not_shelved(row: dict[str, object]) -> None:
    """Nobody could fetch it."""
    here = context()
    (file,) = hung(row, here=here)
    assert (file.name, file.kind, here.files) == ("a.pdf", "file", {})


def test_a_file_without_a_name_has_one_all_the_same() -> None:
    """Whatever its kind; and positions are those of the rows."""
    here = context()
    found = hung({"N": "48#1"}, {"N": "48#2", "G": 48, "L": " "}, PDF, here=here)
    assert [file.name for file in found] == ["file", "file", "exercice & corrigé.pdf"]
    assert [file.ref[1] for file in found] == [0, 1, 2]
    assert here.files["homework-1", 0] == Shelved("48#1", "file")


def test_a_file_that_only_its_code_tells_apart() -> None:
    """Such as the paper of a mark."""
    here = context()
    paper = Shelved("59#De1", "sujet &amp; barème.pdf", "DevoirSujet")
    (file,) = hung(paper, here=here)
    assert (file.name, file.kind, here.files) == ("sujet & barème.pdf", "file", {("homework-1", 0): paper})


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("https://a.example.test/x?y=1", "https://a.example.test/x?y=1"),
        (" HTTP://a.example.test ", "HTTP://a.example.test"),
        ("mailto:a@example.test", "mailto:a@example.test"),
        ("tel:+33100000000", "tel:+33100000000"),
        ("www.example.test", "www.example.test"),
        ("www.example.test:8080/a", "www.example.test:8080/a"),
        ("files/a:b", "files/a:b"),
        ("javascript:no()", None),
        ("JavaScript:no()", None),
        ("java\tscript:no()", None),
        ("data:text/html,no", None),
        ("file:///etc/hosts", None),
        (":", None),
        ("", None),
        ("  ", None),
        (None, None),
    ],
)
def test_addresses_that_a_page_may_follow(text: str | None, address: str | None) -> None:
    """No other ones are handed out."""
    assert web_address(text) == address


@given(st.text(max_size=20))
def test_no_address_runs_anything(rest: str) -> None:
    """Whatever comes after the scheme, or before it."""
    assert web_address(f"javascript:{rest}") is None
    assert web_address(f" \t javascript:{rest}") is None


# -- lasting keys -----------------------------------------------------------------


def record(here: Context, place: str, title: str, *files: str) -> LessonContent:
    """A record under a provisional key."""
    rows = [FileRow.model_validate({"N": f"48#{name}", "G": 1, "L": name}) for name in files]
    return LessonContent(
        **here.common(),
        key=place,
        identity=Identity.DERIVED,
        start=here.local(dt.datetime.fromisoformat("2026-10-06 08:00")),
        title=title,
        description_text="",
        attachments=attachments(here, place, rows),
    )


def with_keys(records: Iterable[LessonContent]) -> list[LessonContent]:
    """Keys by title."""
    return keys.with_keys("content", records, lambda one: (one.title,), lambda one: (one.category,))


def test_files_follow_their_records_to_lasting_keys() -> None:
    """Each to its own, and nothing stays under a provisional one."""
    here = context()
    one = record(here, "Page.0", "a", "x.pdf", "y.pdf")
    two = record(here, "Page.1", "b", "z.pdf")
    first, second = settled(here, [one, two], with_keys)
    assert here.files == {
        (first.key, 0): Shelved("48#x.pdf", "x.pdf"),
        (first.key, 1): Shelved("48#y.pdf", "y.pdf"),
        (second.key, 0): Shelved("48#z.pdf", "z.pdf"),
    }
    assert [file.ref for file in first.attachments] == [(first.key, 0), (first.key, 1)]


def test_two_listings_of_one_context_do_not_mix_their_files() -> None:
    """Even where they use the same places."""
    here = context()
    (one,) = settled(here, [record(here, "Page.0", "a", "x.pdf")], with_keys)
    (two,) = settled(here, [record(here, "Page.0", "b", "y.pdf")], with_keys)
    assert {ref[0]: file.name for ref, file in here.files.items()} == {one.key: "x.pdf", two.key: "y.pdf"}


def test_records_that_keep_their_key_and_records_without_files() -> None:
    """There is nothing to move."""
    here = context()
    one = record(here, "content-1", "a", "x.pdf")
    assert settled(here, [one], list) == [one]
    assert list(here.files) == [("content-1", 0)]
    menu = Menu(**here.common(), key="", identity=Identity.DERIVED, day=dt.date(2026, 10, 5), meal=Meal.LUNCH)
    assert settled(here, [menu.model_copy(update={"key": "m"})], list)[0].key == "m"
