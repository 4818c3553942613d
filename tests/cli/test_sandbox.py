"""`schoolsync sandbox serve`."""

from __future__ import annotations

import datetime as dt
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import get_args

import pytest

from schoolsync import connect
from schoolsync.cli.sandbox import (
    TROUBLES,
    Mode,
    invented_academy,
    invented_college,
    need_sandbox,
    running_since,
)
from schoolsync.sandbox import serve as served
from schoolsync.sandbox.college.college import make_college
from schoolsync.sandbox.college.roll import AccountState
from schoolsync.sandbox.pronote import CURRENT, GENERATIONS, Generation
from schoolsync.sandbox.serve import Place
from tests.cli.terminal import AFTER_SCHOOL, Ended, environment, start

MONDAY, DAY = dt.date(2026, 3, 9), dt.timedelta(days=1)


@pytest.mark.parametrize("generation", [(), ("--generation", "2023.0.2")], ids=["newest", "2023"])
def test_serve_print_paste_and_stop(generation: tuple[str, ...]) -> None:
    """Both addresses answer, every log-in works, the printed commands run, and Ctrl-C ends it well."""
    with start("sandbox", "serve", *generation, COLUMNS="120") as program:
        try:
            lines = list(_announced(program.stdout))
            url = lines[0].partition(" at ")[2].split()[0]
            log_ins = list(_log_ins(lines, url))
            assert len(log_ins) == 8 + 6
            for provider, log_in in log_ins:
                with connect(provider, **log_in) as school:
                    assert school.pupils
            academy, college = (_pasted(line) for line in lines[-2:])
        finally:
            program.send_signal(signal.SIGINT)
        out, err = program.communicate(timeout=10)
    assert (academy.code, academy.err) == (college.code, college.err) == (0, "")
    assert "Alex Example" in academy.out
    assert "EXAMPLE Louison" in college.out
    assert (program.returncode, out, err) == (0, "", "The sandbox is closed.\n")
    version = generation[1] if generation else CURRENT.label
    assert any(line.startswith(f"PRONOTE {version}  COLLEGE EXEMPLE  {url}/pronote/") for line in lines)
    assert any(line.startswith("ClassCharts  Northfield Example Academy  ") for line in lines)


def _announced(paper: Iterator[str] | None) -> Iterator[str]:
    """Lines up to the second command to paste."""
    assert paper is not None
    commands = 0
    for line in paper:
        yield line.rstrip("\n")
        commands += "SANDBOX_PASSWORD=" in line
        if commands == 2:
            return


def _log_ins(lines: list[str], url: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Every printed log-in that leads to a pupil or a teacher, with its platform."""
    for row in (re.split(r"\s{2,}", line) for line in lines):
        if len(row) == 3 and "@" in row[0] and row[2] != "–":
            yield "classcharts", {"base_url": url, "email": row[0], "password": row[1]}
        elif len(row) == 3 and row[0].startswith("ZZ"):
            born = {"date_of_birth": row[1]} if "/" in row[1] else {}
            yield "classcharts", {"base_url": url, "code": row[0], **born}
        elif len(row) == 4 and row[3][0].isupper() and row[0] != "User name":
            words = {"username": row[0], "password": row[1], "account": row[2]}
            yield "pronote", {"url": f"{url}/pronote/", **words}


def test_who_is_kept_out_is_told(type_in: Callable[..., Ended], monkeypatch: pytest.MonkeyPatch) -> None:
    """Every account of the collège is printed, with what becomes of it; the words cover every state."""
    monkeypatch.setattr(served, "run", lambda _, *, announce, **__: announce(Place("http://x.test")))
    out = type_in("sandbox", "serve").out
    college = make_college(today=AFTER_SCHOOL.date())
    for account in college.accounts:
        (line,) = [
            line for line in out.splitlines() if line.startswith(account.login) and account.password in line
        ]
        assert account.state == "ok" or line.endswith(TROUBLES[account.state])
    assert set(TROUBLES) == set(get_args(AccountState)) - {"ok"}
    assert any(line.startswith("vide.example") and line.endswith("no child") for line in out.splitlines())


def _pasted(line: str) -> Ended:
    """What a shell makes of *line*."""
    done = subprocess.run(
        line, shell=True, env=environment(), capture_output=True, encoding="utf-8", check=False
    )
    return Ended(done.returncode, done.stdout, done.stderr)


def test_a_taken_port_is_one_clear_line(type_in: Callable[..., Ended]) -> None:
    """With what to do instead."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        ended = type_in("sandbox", "serve", "--port", str(taken.getsockname()[1]))
    hint = "Choose another one, or 0 for any free port."
    assert (ended.code, ended.out) == (2, "")
    assert ended.err == f"schoolsync: --port: is taken, or not yours to use. {hint}\n"


@pytest.mark.parametrize("words", [("--port", "-1"), ("--port", "x"), ("--mode", "strict"), ("--seed", "x")])
def test_what_cannot_be_meant(type_in: Callable[..., Ended], words: tuple[str, str]) -> None:
    """One line, exit code 2."""
    ended = type_in("sandbox", "serve", *words)
    assert (ended.code, ended.out, ended.err.count("\n")) == (2, "", 1)
    assert words[0] in ended.err


def test_sandbox_alone_says_what_there_is(type_in: Callable[..., Ended]) -> None:
    """The help, and nothing is wrong."""
    ended = type_in("sandbox")
    assert (ended.code, ended.err) == (0, "")
    assert "serve" in ended.out


def test_mode_and_seed_reach_the_servers() -> None:
    """And the schools stand at the clock's day."""
    server = invented_academy(AFTER_SCHOOL, mode=Mode.LENIENT, seed=7)
    assert (server.mode, server.seed) == ("lenient", 7)
    assert server.school.calendar.today == AFTER_SCHOOL.date()
    other = invented_academy(AFTER_SCHOOL)
    mondays = [one.school.lessons(one.school.pupils[0], MONDAY) for one in (server, other)]
    assert [one.subject for one in mondays[0]] != [one.subject for one in mondays[1]]
    colleges = [invented_college(AFTER_SCHOOL, seed=seed) for seed in (7, 1)]
    assert [one.seed for one in colleges] == [7, 1]
    assert {one.college.year.today for one in colleges} == {AFTER_SCHOOL.date()}
    weeks = [one.college.lessons(one.college.pupils[1], MONDAY + 7 * DAY) for one in colleges]
    assert [one.subject for one in weeks[0]] != [one.subject for one in weeks[1]]


@pytest.mark.parametrize("one", GENERATIONS, ids=lambda one: one.label)
def test_a_generation_is_chosen_by_its_version(one: Generation) -> None:
    """As the server itself says it."""
    assert invented_college(AFTER_SCHOOL, generation=one.label).generation is one


def test_an_unknown_generation(type_in: Callable[..., Ended]) -> None:
    """One line that says which there are, exit code 2."""
    ended = type_in("sandbox", "serve", "--generation", "2019.1")
    assert (ended.code, ended.out) == (2, "")
    known = ", ".join(one.label for one in GENERATIONS)
    assert ended.err == f"schoolsync: unknown generation '2019.1'. There are: {known}.\n"


def test_each_school_has_its_own_clock() -> None:
    """In its zone, whatever the zone it was started in."""
    late = dt.datetime(2026, 7, 1, 22, 30, tzinfo=dt.UTC)
    assert running_since(late, dt.UTC).now().date() == dt.date(2026, 7, 1)
    assert invented_academy(late).school.calendar.today == dt.date(2026, 7, 1)
    assert invented_college(late).college.year.today == dt.date(2026, 7, 2)


def test_the_sandbox_needs_a_web_server(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both packages of the extra."""
    need_sandbox()
    monkeypatch.setitem(sys.modules, "starlette", None)
    with pytest.raises(Exception, match="not installed"):
        need_sandbox()


def test_only_this_computer_is_reached(type_in: Callable[..., Ended]) -> None:
    """The printed address is a loopback one, and no option says otherwise."""
    ended = type_in("sandbox", "serve", "--host", "0.0.0.0")
    assert ended.code == 2
    assert "No such option: --host" in ended.err
