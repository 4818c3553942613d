"""`schoolsync sandbox serve`."""

from __future__ import annotations

import datetime as dt
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest

from schoolsync import connect
from schoolsync.cli.sandbox import Mode, invented_server, need_sandbox, running_since
from schoolsync.sandbox.clock import HandClock
from tests.cli.terminal import AFTER_SCHOOL, Ended, environment, start

ROW = re.compile(r"(\S+)\s{2,}(.+?)\s{2,}(.+)")
"""Three columns."""


def test_serve_print_paste_and_stop() -> None:
    """The address answers, every log-in works, the printed command runs, and Ctrl-C ends it well."""
    with start("sandbox", "serve", COLUMNS="120") as program:
        try:
            lines = list(_announced(program.stdout))
            url = lines[0].partition(" at ")[2].split()[0]
            log_ins = list(_log_ins(lines))
            assert len(log_ins) == 8
            for log_in in log_ins:
                with connect("classcharts", base_url=url, **log_in) as school:
                    assert school.pupils
            pasted = _pasted(lines[-1])
        finally:
            program.send_signal(signal.SIGINT)
        out, err = program.communicate(timeout=10)
    assert (pasted.code, pasted.err) == (0, "")
    assert "Alex Example" in pasted.out
    assert (program.returncode, out, err) == (0, "", "The sandbox is closed.\n")


def _announced(paper: Iterator[str] | None) -> Iterator[str]:
    """Lines up to the command to paste."""
    assert paper is not None
    for line in paper:
        yield line.rstrip("\n")
        if "SANDBOX_PASSWORD=" in line:
            return


def _log_ins(lines: list[str]) -> Iterator[dict[str, str]]:
    """Every printed log-in that has a child."""
    for first, second, third in (found.groups() for line in lines if (found := ROW.fullmatch(line))):
        if "@" in first and third != "–":
            yield {"email": first, "password": second}
        elif first.startswith("ZZ"):
            yield {"code": first, **({"date_of_birth": second} if "/" in second else {})}


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


def test_mode_and_seed_reach_the_server() -> None:
    """And the school stands at the clock's day."""
    server = invented_server(HandClock(AFTER_SCHOOL), mode=Mode.LENIENT, seed=7)
    assert (server.mode, server.seed) == ("lenient", 7)
    assert server.school.calendar.today == AFTER_SCHOOL.date()
    other = invented_server(HandClock(AFTER_SCHOOL))
    mondays = [one.school.lessons(one.school.pupils[0], dt.date(2026, 3, 9)) for one in (server, other)]
    assert [one.subject for one in mondays[0]] != [one.subject for one in mondays[1]]


def test_the_clock_runs_where_the_school_is() -> None:
    """In London, whatever the zone it was started in."""
    clock = running_since(dt.datetime(2026, 7, 1, 23, 30, tzinfo=dt.UTC))
    assert clock.now().date() == dt.date(2026, 7, 2)


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
