"""The pages of docs/: their links lead somewhere, their code runs, and the protocol page is whole."""

from __future__ import annotations

import asyncio
import inspect
import re
from pathlib import Path
from typing import Any

import httpx2
import pytest

from schoolsync.drivers import vault
from schoolsync.model import Rows
from schoolsync.providers.classcharts import calls
from schoolsync.sandbox.mount import Mount
from schoolsync.sandbox.serve import serve
from tools.record import ACCOUNTS, new_clock, new_server

DOCS = Path(__file__).parents[1] / "docs"
PAGES = sorted(DOCS.rglob("*.md"))
PROTOCOL = (DOCS / "protocol/classcharts.md").read_text(encoding="utf-8")
MARK = re.compile(r"\(([ABCM?], )*[ABCM?](\)|; | for )")


def anchors(text: str) -> set[str]:
    """Where a link into *text* may lead."""
    headings = (line.lstrip("# ").lower() for line in text.splitlines() if line.startswith("#"))
    made = {re.sub(r"[^\w -]", "", heading).replace(" ", "-") for heading in headings}
    return made | set(re.findall(r'<a id="([\w-]+)">', text))


def dead_links(page: Path) -> list[str]:
    """Links of *page* to files or places that are not there."""
    dead = []
    for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8")):
        name, _, place = target.partition("#")
        other = (page.parent / name).resolve() if name else page
        if "://" in target:
            continue
        if not other.exists() or (place and place not in anchors(other.read_text(encoding="utf-8"))):
            dead.append(target)
    return dead


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_no_link_is_dead(page: Path) -> None:
    """Within the pages; the web is not asked."""
    assert dead_links(page) == []


def test_a_dead_link_is_noticed(tmp_path: Path) -> None:
    """A file that is not there, and a place that is not on its page."""
    page = tmp_path / "page.md"
    page.write_text("# A title\n[a](#a-title) [b](#another) [c](other.md) [d](https://www.example.test)")
    assert dead_links(page) == ["#another", "other.md"]


# -- the protocol -----------------------------------------------------------------


def functions() -> set[str]:
    """The server's functions that a docstring of `calls` names after `Wire:`."""
    docs = [inspect.getdoc(flow) or "" for flow in vars(calls).values() if inspect.iscoroutinefunction(flow)]
    wires = [doc.partition("Wire:")[2] for doc in docs if "Wire:" in doc]
    return {found for wire in wires for found in re.findall(r"`[A-Z]+ \S+?/(\w+)", wire)}


def test_the_protocol_page_has_a_place_for_every_call() -> None:
    """Each under the server's own name, so that a docstring can cite it."""
    wanted = functions()
    assert {"ping", "timetable", "homeworkticked", "getpupilreportcardtarget"} <= wanted
    assert wanted - anchors(PROTOCOL) == set()


def test_every_call_is_marked() -> None:
    """From one anchor to the next there is at least one mark of confidence."""
    pieces = re.split(r'<a id="([\w-]+)"></a>', PROTOCOL)
    unmarked = [name for name, text in zip(pieces[1::2], pieces[2::2], strict=True) if not MARK.search(text)]
    assert unmarked == []


# -- the code ---------------------------------------------------------------------

RUN = [
    page for page in PAGES if page.parent.name in {"howto", "explanation"} and "```python" in page.read_text()
]


@pytest.mark.parametrize("page", RUN, ids=lambda page: page.stem)
def test_the_code_of_a_page_runs(
    page: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """All blocks in order, in front of the sandbox; names that a reader brings are given."""
    monkeypatch.setattr(vault.KEEPER, "_ledger", vault.Keeper()._ledger)
    monkeypatch.setenv("HOME", str(tmp_path))
    clock = new_clock()
    server = new_server(clock)
    email, password = ACCOUNTS["parent"].log_in
    options = {"clock": clock, "http_client": Mount({"www.classcharts.com": server})}
    names: dict[str, Any] = {"email": email, "password": password, "options": options}
    names |= {"old_marks": [], "new_marks": []}
    for block in re.findall(r"```python\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL):
        exec(compile(block, str(page), "exec"), names)
    assert capsys.readouterr().out == ""


def test_the_code_for_home_assistant_works(monkeypatch: pytest.MonkeyPatch) -> None:
    """Over a shared httpx2 client, which is still open afterwards and knows no cookie."""
    monkeypatch.setattr(vault.KEEPER, "_ledger", vault.Keeper()._ledger)
    text = (DOCS / "howto/use-in-home-assistant.md").read_text(encoding="utf-8")
    names: dict[str, Any] = {}
    for block in re.findall(r"```python\n(.*?)```", text, re.DOTALL):
        exec(compile(block, "home-assistant", "exec"), names)
    clock = new_clock()

    async def use(url: str) -> tuple[Any, Any, tuple[bool, list[Any]]]:
        shared = httpx2.AsyncClient()
        email, password = ACCOUNTS["parent"].log_in
        options = {"base_url": url, "clock": clock}
        found = await names["homework_of_all"](shared, email, password, **options)
        family = names["Family"](shared, email, password, **options)
        listed = await family.update()
        await family.unload()
        is_closed, cookies = shared.is_closed, list(shared.cookies.jar)
        await shared.aclose()
        return found, listed, (is_closed, cookies)

    with serve(new_server(clock)) as place:
        found, listed, left = asyncio.run(use(place.url))
    assert list(found) == ["Alex Example", "Sam Example"]
    assert isinstance(listed, Rows)
    assert left == (False, [])
