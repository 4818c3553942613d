"""The page of what is supported says what the code does, and says so when it no longer does."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import pytest

from schoolsync import pronote
from schoolsync.model import Availability
from schoolsync.providers.classcharts.session import Role
from schoolsync.providers.pronote.mapping.capabilities import TABS
from schoolsync.providers.pronote.session import Space
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


def part(title: str) -> dict[str, list[str]]:
    """The tables under one heading of the committed page."""
    text = PAGE.read_text(encoding="utf-8")
    return rows(re.split(r"\n## ", text.partition(f"\n## {title}\n")[2])[0])


@pytest.fixture(scope="module")
def page() -> dict[str, list[str]]:
    """The tables of ClassCharts."""
    return part("ClassCharts")


@pytest.fixture(scope="module")
def pronote_page() -> dict[str, list[str]]:
    """The tables of PRONOTE."""
    return part("PRONOTE")


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
    assert "averages" not in page
    assert "`class_average`" in page["Mark"][1]


def test_the_page_tells_who_can_do_what_on_pronote(pronote_page: dict[str, list[str]]) -> None:
    """Roles, operations, methods and screens, for one of each kind."""
    theirs = "not for this account"
    assert pronote_page["lessons"] == ["`lessons`", "read", "read", "read", "`get_lessons`", "16"]
    assert pronote_page["homeworks"][1:4] == ["read, write", "read", theirs]
    assert pronote_page["marks"][1:4] == ["read", "read", theirs]
    assert pronote_page["ical"][4:] == ["`export_ical_url`", "16 or 49"]
    assert pronote_page["home"][4:] == ["`native.get_home`", "7"]
    assert pronote_page["params"][4:] == ["`params`", ""]
    assert "badges" not in pronote_page
    assert "`own_note`" in pronote_page["Lesson"][1]
    rights = {cells[0]: cells[1] for cells in pronote_page.values() if len(cells) == 2}
    assert "`discussions read`" in rights["`discussionInterdit` true"]
    assert "`discussions write`" in rights["`AvecDiscussion` false"]


def test_the_page_lists_the_errors() -> None:
    """Leaf by leaf."""
    found = part("Errors")
    assert [found[leaf][-1] for leaf in ("TimedOut", "Interrupted")] == ["yes", ""]
    assert {"Unreachable", "WrongCredentials", "BadArgument"} <= found.keys()


# -- one vocabulary -----------------------------------------------------------------


def answers() -> dict[str, supported.Answers]:
    """What every kind of account of both providers answers when everything is open."""
    theirs = {f"classcharts {role}": supported._answers(role) for role in Role}
    return theirs | {f"pronote {space}": supported._pronote_answers(space) for space in Space}


def test_both_providers_know_the_same_things() -> None:
    """Whatever may be asked of one may be asked of the other, by every kind of account."""
    known = {name: set(found) for name, found in answers().items()}
    everything = set().union(*known.values())
    assert len(everything) > 40
    assert {name for name, found in known.items() if everything - found} == set()


def test_what_one_of_them_has_alone_is_not_in_the_other() -> None:
    """Said as such, and not as a name that nobody knows."""
    has_none = Availability.NOT_IN_PROVIDER
    found = answers()
    for thing in ("news", "teachers", "menus", "report", "averages"):
        assert found["classcharts parent"][thing, "read"] is has_none
        assert found["pronote student"][thing, "read"] is Availability.YES
    for thing in ("badges", "detentions", "rewards", "parent_behaviours"):
        assert found["pronote parent"][thing, "read"] is has_none
    assert found["classcharts parent"]["news", "write"] is has_none
    assert found["pronote parent"]["rewards", "write"] is has_none


def test_what_a_client_gets_is_a_thing_that_can_be_asked_about() -> None:
    """Each `get_…` of PRONOTE, and each that both have."""
    things = {thing for thing, _ in supported._pronote_answers(Space.STUDENT)}
    methods = {name.removeprefix("get_") for name in dir(pronote.Client) if name.startswith("get_")}
    assert methods - things == set()


# -- the tables follow the code -------------------------------------------------------


def test_the_table_of_screens_follows_the_code(monkeypatch: pytest.MonkeyPatch) -> None:
    """A screen that shows something else changes the page."""
    before = rows("\n".join(supported.pronote_things()))
    with monkeypatch.context() as patch:
        patch.setitem(cast("dict[str, tuple[int, ...]]", TABS), "menus", (10, 11))
        supported._pronote_answers.cache_clear()
        after = rows("\n".join(supported.pronote_things()))
    supported._pronote_answers.cache_clear()
    assert {name for name in before if before[name] != after[name]} == {"menus"}
    assert after["menus"][-1] == "10 or 11"


def test_the_table_follows_the_code(monkeypatch: pytest.MonkeyPatch) -> None:
    """A switch that turns off something else changes the page."""
    honest: Callable[..., supported.Answers] = supported._answers.__wrapped__

    def changed(role: Any, off: tuple[str, ...] = ()) -> dict[tuple[str, str], Availability]:
        answers = dict(honest(role, off))
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
