"""Paper: plain in a pipe, without colour where none is wanted, and it may be torn off."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.text import Text

from schoolsync.cli.stage import Stage, paper, print_json, print_pages, program


def test_a_pipe_gets_plain_text(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """No escape codes, and no spaces at the ends of lines."""
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    print_pages(paper(), [Text("Alex", style="bold red", justify="full"), Text("x" + " " * 30), Text("end")])
    assert capsys.readouterr().out == "Alex\nx\nend\n"


@pytest.mark.parametrize(("no_color", "has_colour"), [("", True), ("1", False)])
def test_no_color_is_respected(
    no_color: str, has_colour: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A terminal has colour, unless `NO_COLOR` holds anything."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("NO_COLOR", no_color)
    print_pages(paper(), [Text("Alex", style="red")])
    assert ("\x1b[31m" in capsys.readouterr().out) is has_colour


def test_markup_in_a_name_is_just_text(capsys: pytest.CaptureFixture[str]) -> None:
    """Square brackets and colons mean nothing."""
    print_pages(paper(), ["[red]Alex[/red] :smile:"])
    assert capsys.readouterr().out == "[red]Alex[/red] :smile:\n"


def test_a_command_to_copy_is_never_cut(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A text that must not be cut runs on, however narrow the paper; others are folded."""
    monkeypatch.setenv("COLUMNS", "20")
    print_pages(paper(), [Text("word " * 8 + "end", no_wrap=True), Text("word " * 8 + "end")])
    assert [len(line) for line in capsys.readouterr().out.splitlines()] == [43, 19, 19, 3]


def test_json_keeps_letters_where_it_can(capsys: pytest.CaptureFixture[str]) -> None:
    """`é` stays `é` in UTF-8."""
    print_json([{"name": "Zoé"}])
    assert capsys.readouterr().out == '[\n  {\n    "name": "Zoé"\n  }\n]\n'


def test_json_and_tables_bear_a_terminal_of_few_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    """In ASCII, JSON is escaped, and a table has question marks; neither is an error."""
    narrow = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr(sys, "stdout", narrow)
    print_json("Zoé")
    print_pages(paper(), [Text("Zoé")])
    assert narrow.buffer.getvalue() == b'"Zo\\u00e9"\nZo?\n'


@pytest.mark.parametrize("write", [print_json, lambda text: print_pages(paper(), [text])])
def test_a_reader_may_stop_reading(write: Callable[[str], None], monkeypatch: pytest.MonkeyPatch) -> None:
    """As `head` does: the program ends well, and nothing is left to complain about."""
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "w", encoding="utf-8") as torn:
        monkeypatch.setattr(sys, "stdout", torn)
        with pytest.raises(SystemExit) as ended:
            write("Alex")
        monkeypatch.undo()
    assert ended.value.code == 0


@pytest.mark.parametrize(
    ("called", "path", "name"),
    [
        ("{bin}/schoolsync", "{bin}", "schoolsync"),
        ("{bin}/schoolsync", "/nowhere", "{bin}/schoolsync"),
        ("src/schoolsync/__main__.py", "{bin}", "python3 -m schoolsync"),
        ("src/schoolsync/__main__.py", "/nowhere", "{bin}/python3 -m schoolsync"),
        ("/usr/bin/pytest", "/nowhere", "schoolsync"),
    ],
)
def test_what_to_type_to_run_it_again(
    called: str, path: str, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its short name where a shell finds it, else where it is: what we print can be pasted."""
    for program_name in ("schoolsync", "python3"):
        (tmp_path / program_name).touch(0o755)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python3"))
    monkeypatch.setattr(sys, "argv", [called.format(bin=tmp_path)])
    monkeypatch.setenv("PATH", path.format(bin=tmp_path))
    assert program() == name.format(bin=tmp_path)


def test_a_stage_shows_no_secret() -> None:
    """Not even how many there are."""
    assert "secret" not in repr(Stage()).lower()
