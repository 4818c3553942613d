"""The page of what is supported says what the code does, and says so when it no longer does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from schoolsync.model import Availability
from tools import supported
from tools.supported import PAGE, SWITCHES, main


def rows(text: str) -> dict[str, list[str]]:
    """The rows of all tables, by their first cell, or by their second one for errors."""
    lines = [
        [cell.strip() for cell in line.split("|")[1:-1]]
        for line in text.splitlines()
        if line.startswith("| `")
    ]
    return {cells[1 if cells[0].endswith("Error`") else 0].strip("`"): cells for cells in lines}


@pytest.fixture(scope="module")
def page() -> dict[str, list[str]]:
    """The tables of the committed page."""
    return rows(PAGE.read_text(encoding="utf-8"))


def test_the_page_is_fresh(capsys: pytest.CaptureFixture[str]) -> None:
    """What stands in the repository is what the code says now."""
    assert main(["--check"]) == 0, capsys.readouterr().out


def test_a_stale_page_is_noticed_and_mended(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With `--check` it is named and left alone; without, it is written."""
    page = tmp_path / "somewhere" / "capabilities.md"
    assert main(["--check"], page) == 1
    assert not page.exists()
    assert main([], page) == 0
    assert main(["--check"], page) == 0
    page.write_text(page.read_text(encoding="utf-8").replace("read, write", "read"), encoding="utf-8")
    capsys.readouterr()
    assert main(["--check"], page) == 1
    assert capsys.readouterr().out == f"{page}: stale; run `make generate`\n"


def test_the_page_tells_who_can_do_what(page: dict[str, list[str]]) -> None:
    """Roles, operations, methods and switches, for one of each kind."""
    assert page["lessons"] == ["`lessons`", "read", "read", "`get_lessons`", "`display_timetable`"]
    assert page["homeworks"][1:3] == ["read", "read, write"]
    assert page["rewards"][1:3] == ["not for this account", "read, write"]
    assert page["parent_behaviours"][1:3] == ["read, write", "not for this account"]
    assert page["marks"][4] == "`display_homework` and `display_academic_reports`"
    assert page["averages"][1:3] == ["ClassCharts has none"] * 2
    assert "`class_average`" in page["Mark"][1]
    assert [page[leaf][-1] for leaf in ("TimedOut", "Interrupted")] == ["yes", ""]
    assert {"Unreachable", "WrongCredentials", "BadArgument"} <= page.keys()


def test_the_table_follows_the_code(monkeypatch: pytest.MonkeyPatch) -> None:
    """A switch that turns off something else changes the page."""
    honest: Callable[..., dict[tuple[str, str], Availability]] = supported._answers.__wrapped__

    def changed(role: Any, off: tuple[str, ...] = ()) -> dict[tuple[str, str], Availability]:
        answers = honest(role, off)
        if "display_classes" in off:
            answers["lessons", "read"] = Availability.OFF_AT_SCHOOL
        return answers

    before = rows("\n".join(supported.things()))
    monkeypatch.setattr(supported, "_answers", changed)
    after = rows("\n".join(supported.things()))
    assert {name for name in before if before[name] != after[name]} == {"lessons"}


def test_every_switch_that_matters_is_tried() -> None:
    """All flags of the server are switches, but the one that is a text."""
    assert {"display_timetable", "display_event_badges"} <= set(SWITCHES)
    assert "display_attendance_type" not in SWITCHES
