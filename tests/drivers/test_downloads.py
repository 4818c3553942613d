"""Downloads write whole files under safe names, or none."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from schoolsync.drivers.downloads import keep, keep_async
from schoolsync.errors import BadArgument, Unreachable

pytestmark = pytest.mark.anyio


@pytest.fixture(params=["asyncio", "trio"])
def anyio_backend(request: pytest.FixtureRequest) -> str:
    """Both event loops."""
    return str(request.param)


def pieces(*, breaks: bool = False) -> Iterator[bytes]:
    """Two pieces; the road may break after them."""
    yield b"one "
    yield b"two"
    if breaks:
        raise Unreachable(was_sent=True)


async def pieces_later(*, breaks: bool = False) -> AsyncIterator[bytes]:
    """The same, awaited."""
    for piece in pieces(breaks=breaks):
        yield piece


def test_the_file_holds_all_pieces(tmp_path: Path) -> None:
    """In order, under the name it had at school."""
    path = keep(pieces(), tmp_path, "letter.pdf")

    assert path == tmp_path / "letter.pdf"
    assert path.read_bytes() == b"one two"


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    """A name that is taken gets a number."""
    names = [keep(pieces(), tmp_path, "letter.pdf").name for _ in range(3)]

    assert names == ["letter.pdf", "letter (2).pdf", "letter (3).pdf"]


@pytest.mark.parametrize(
    "name", ["../../escape.txt", "/etc/passwd", "..", "", "a\0b", "CON", ".bashrc", "c:\\x\\y.txt", "a" * 300]
)
def test_no_name_leaves_the_directory(tmp_path: Path, name: str) -> None:
    """Whatever a teacher calls a file, it lands in the directory, and is not hidden."""
    folder = tmp_path / "here"
    folder.mkdir()

    path = keep(pieces(), folder, name)

    assert path.parent == folder
    assert [found.name for found in folder.iterdir()] == [path.name]
    assert list(tmp_path.iterdir()) == [folder]
    assert not path.name.startswith(".")


def test_a_broken_download_leaves_no_file(tmp_path: Path) -> None:
    """Half a file would look like a whole one."""
    with pytest.raises(Unreachable):
        keep(pieces(breaks=True), tmp_path, "letter.pdf")

    assert list(tmp_path.iterdir()) == []


def test_a_missing_directory_is_said_before_anything_is_read(tmp_path: Path) -> None:
    """The directory is the caller's to make."""
    with pytest.raises(BadArgument, match="directory"):
        keep(pieces(), tmp_path / "nowhere", "letter.pdf")


async def test_the_awaited_twin_does_the_same(tmp_path: Path) -> None:
    """On asyncio and on trio: whole, and numbered."""
    first = await keep_async(pieces_later(), tmp_path, "letter.pdf")
    second = await keep_async(pieces_later(), tmp_path, "letter.pdf")

    assert (first.name, second.name) == ("letter.pdf", "letter (2).pdf")
    assert first.read_bytes() == second.read_bytes() == b"one two"


async def test_the_awaited_twin_leaves_no_broken_file(tmp_path: Path) -> None:
    """On asyncio and on trio."""
    with pytest.raises(Unreachable):
        await keep_async(pieces_later(breaks=True), tmp_path, "letter.pdf")

    assert not (tmp_path / "letter.pdf").exists()
