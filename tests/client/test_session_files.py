"""Files: found, fetched over their redirects, kept under safe names; and id and cookies stay at home."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import attrs
import pytest

from schoolsync.errors import (
    BadArgument,
    InstanceClosed,
    SchoolSyncError,
    StaleReference,
    Unreachable,
    UsageError,
)
from schoolsync.flow.http import Request, Response, ResponseHead
from schoolsync.model import Attachment, AttachmentKind
from tests.client.worlds import HOST, Recorder, World

PDF = b"%PDF"


async def a_file(client: Any) -> Attachment:
    """A file of some homework."""
    found = await client.get_homeworks("2026-09-01")
    files: list[Attachment] = [file for one in found for file in one.attachments]
    return next(file for file in files if file.kind is AttachmentKind.FILE)


async def read(client: Any, attachment: Attachment) -> bytes:
    """All bytes of a file."""
    async with client.open(attachment) as chunks:
        return b"".join([chunk async for chunk in chunks])


def page(status: int = 200, location: str | None = None) -> Callable[[Request], Response]:
    """A page, or a redirect."""
    lines = (("content-type", "text/html"), *((("location", location),) if location else ()))
    return lambda _: Response(status, lines, body=b"<h1>Log in</h1>")


# -- fetched -----------------------------------------------------------------------


def test_a_file_is_downloaded_under_its_name(world: World, tmp_path: Path) -> None:
    """And never over another one."""

    async def body() -> None:
        async with world.parent() as client:
            file = await a_file(client)
            first = await client.download(file, tmp_path)
            second = await client.download(file, str(tmp_path))
            assert (first.name, first.parent) == (file.name, tmp_path)
            assert first.read_bytes() == second.read_bytes() == await read(client, file)
            assert first.read_bytes().startswith(PDF)
            assert second.name == f"{first.stem} (2).pdf"

    world.run(body)
    assert len(list(tmp_path.iterdir())) == 2


@pytest.mark.parametrize(
    "name", ["../../escape.pdf", "/etc/passwd", "..", ".hidden", "a\0b.pdf", "CON", "", "a/b\\c.pdf"]
)
def test_a_name_from_the_school_is_made_safe(blocking_world: World, tmp_path: Path, name: str) -> None:
    """It cannot leave its folder, hide, or break a system."""
    world = blocking_world
    inside = tmp_path / "inside"
    inside.mkdir()

    async def body() -> Path:
        async with world.parent() as client:
            file = await a_file(client)
            path: Path = await client.download(file.model_copy(update={"name": name}), inside)
            return path

    path = world.run(body)
    assert path.resolve().parent == inside.resolve()
    assert not path.name.startswith(".")
    assert path.name.split(".")[0].upper() != "CON"
    assert [*tmp_path.iterdir()] == [inside]


def test_a_folder_that_is_not_there_is_refused(world: World, tmp_path: Path) -> None:
    """By its argument."""

    async def body() -> None:
        async with world.parent() as client:
            with pytest.raises(BadArgument) as caught:
                await client.download(await a_file(client), tmp_path / "nowhere")
            assert caught.value.argument == "directory"

    world.run(body)


def test_a_link_is_refused_before_anything_is_sent(world: World, tmp_path: Path) -> None:
    """It is for a browser."""
    link = Attachment(name="x", kind=AttachmentKind.LINK, ref=("homework-1", 0), url="https://x.test")

    async def body() -> None:
        client = world.parent()
        with pytest.raises(BadArgument):
            await client.download(link, tmp_path)
        await client.aclose()

    world.run(body)
    assert world.server.log == []


def test_a_reading_may_go_on_while_a_file_is_read(world: World) -> None:
    """The stream is outside the turn; leaving it early is no error."""

    async def body() -> None:
        async with world.parent() as client:
            async with client.open(await a_file(client)) as chunks:
                assert await client.get_badges()
                async for chunk in chunks:
                    assert chunk.startswith(PDF)
                    break
            with pytest.raises(KeyError, match="mine"):
                async with client.open(await a_file(client)):
                    raise KeyError("mine")

    world.run(body)


# -- stale -----------------------------------------------------------------------------


def test_a_stale_address_is_listed_again_once(world: World) -> None:
    """Signed addresses end after minutes; the file is there all the same."""

    async def body() -> None:
        async with world.parent() as client:
            file = await a_file(client)
            world.clock.advance(600)
            before = len(world.server.log)
            assert (await read(client, file)).startswith(PDF)
            asked = [line for line in world.cost(before) if "homeworks" in line]
            assert asked == ["GET homeworks"]

    world.run(body)


@pytest.mark.parametrize(
    "serve",
    [
        page(),
        page(404),
        page(302, "/parent/login"),
        page(302, "https://session.tes.com/v1/verify?x=1"),
        page(302),
    ],
)
def test_a_page_instead_of_a_file_is_stale_in_the_end(
    world: World, serve: Callable[[Request], Response]
) -> None:
    """After one more listing; no page is ever saved as a file."""
    recorder = world.recorder
    recorder.instead["/redirect"] = serve

    async def body() -> None:
        async with world.parent(http_client=recorder) as client:
            file = await a_file(client)
            listed = len(recorder.sent("/homeworks/"))
            with pytest.raises(StaleReference) as caught:
                await read(client, file)
            assert (caught.value.provider, caught.value.operation) == ("classcharts", "open")
            assert len(recorder.sent("/homeworks/")) == listed + 1
            assert len(recorder.sent("/redirect")) == 2

    world.run(body)


def test_redirects_without_end_end(world: World, tmp_path: Path) -> None:
    """Six hops, another listing, six hops; and nothing was written."""
    recorder = world.recorder
    recorder.instead["/redirect"] = page(302, f"https://{HOST}/redirect?url=again")

    async def body() -> None:
        async with world.parent(http_client=recorder) as client:
            with pytest.raises(StaleReference):
                await client.download(await a_file(client), tmp_path)

    world.run(body)
    assert len(recorder.sent("/redirect")) == 12
    assert [*tmp_path.iterdir()] == []


def test_trouble_at_the_storage_is_no_stale_address(world: World) -> None:
    """So nothing is listed again for it."""
    recorder = world.recorder
    recorder.instead["attachments."] = page(503)

    async def body() -> None:
        async with world.parent(http_client=recorder) as client:
            file = await a_file(client)
            with pytest.raises(InstanceClosed):
                await read(client, file)

    world.run(body)
    assert len(recorder.sent("/homeworks/")) == 1


# -- only at home ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "location",
    ["https://evil.test/x", "https://www.classcharts.com.evil.test/x", "https://www.classcharts.com:8443/x"],
)
def test_id_and_cookies_never_leave_their_host(world: World, location: str) -> None:
    """Not at the storage, and not wherever a redirect leads."""
    recorder = world.recorder

    async def body() -> None:
        async with world.parent(http_client=recorder) as client:
            file = await a_file(client)
            await read(client, file)
            recorder.instead[location] = lambda _: Response(200, body=b"x")
            recorder.instead["/redirect"] = page(302, location)
            assert await read(client, file) == b"x"

    world.run(body)
    away = [request for request in recorder.requests if urlsplit(request.url).netloc != HOST]
    assert {urlsplit(request.url).netloc for request in away} >= {
        urlsplit(location).netloc,
        "attachments.classcharts.com",
    }
    for request in away:
        assert {name for name, _ in request.headers} == {"user-agent"}
    for request in recorder.sent(f"{HOST}/redirect"):
        assert {"authorization", "cookie"} <= {name for name, _ in request.headers}


def test_a_redirect_never_earns_plain_http(world: World) -> None:
    """Nor another scheme; nothing is sent there."""
    recorder = world.recorder

    async def body() -> None:
        async with world.parent(http_client=recorder) as client:
            file = await a_file(client)
            for location in ("http://www.classcharts.com/f", "file:///etc/passwd"):
                recorder.instead["/redirect"] = page(302, location)
                with pytest.raises(SchoolSyncError) as caught:
                    await read(client, file)
                assert isinstance(caught.value, UsageError | StaleReference)

    world.run(body)
    assert {urlsplit(request.url).scheme for request in recorder.requests} == {"https"}


# -- streams --------------------------------------------------------------------------------


@attrs.define
class Streams:
    """A school whose answers are streamed: how many are open, and whether they break."""

    recorder: Recorder
    breaks: bool = False
    open_now: int = 0
    most_open: int = 0

    def exchange(self, request: Request) -> Response:
        """The whole answer."""
        return self.recorder.exchange(request)

    @contextmanager
    def stream(self, request: Request) -> Iterator[tuple[ResponseHead, Iterator[bytes]]]:
        """The answer in pieces."""
        whole = self.recorder.exchange(request)
        self.open_now += 1
        self.most_open = max(self.most_open, self.open_now)
        try:
            yield ResponseHead(whole.status, whole.headers, request.url), self._pieces(whole.body)
        finally:
            self.open_now -= 1

    def _pieces(self, body: bytes) -> Iterator[bytes]:
        yield body[:4]
        if self.breaks:
            raise Unreachable(was_sent=True)
        yield body[4:]


def test_only_one_answer_is_open_at_a_time(world: World) -> None:
    """The redirects' own are closed on the way, and the last one at the end."""
    streams = Streams(world.recorder)

    async def body() -> None:
        async with world.parent(http_client=streams) as client:
            file = await a_file(client)
            world.clock.advance(1000)
            async with client.open(file) as chunks:
                assert streams.open_now == 1
                assert len([chunk async for chunk in chunks]) == 2
            assert (streams.open_now, streams.most_open) == (0, 1)

    world.run(body)


def test_a_file_that_breaks_off_leaves_nothing_behind(world: World, tmp_path: Path) -> None:
    """And its error is the road's."""
    streams = Streams(world.recorder, breaks=True)

    async def body() -> None:
        async with world.parent(http_client=streams) as client:
            with pytest.raises(Unreachable):
                await client.download(await a_file(client), tmp_path)

    world.run(body)
    assert [*tmp_path.iterdir()] == []
    assert streams.open_now == 0
