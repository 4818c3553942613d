"""The program as a whole: its commands, and how every one of them ends."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest
import typer

from schoolsync.cli import reading as readings
from schoolsync.cli.exits import MEANINGS
from schoolsync.cli.program import READINGS
from schoolsync.cli.stage import Stage
from schoolsync.flow.http import Request, Response
from tests.cli.terminal import PASSWORD, ROBIN, Ended, run, start
from tests.drivers.loopback import Loopback, Script, answer, replying, silent

TypeIn = Callable[..., Ended]
COMMANDS = ["demo", "sandbox", *(reading.name for reading in READINGS)]


@pytest.fixture
def loopback() -> Iterator[Callable[[Script], Loopback]]:
    """Starts servers that behave as a test says."""
    servers: list[Loopback] = []

    def started(script: Script) -> Loopback:
        servers.append(Loopback(script))
        return servers[-1]

    yield started
    for server in servers:
        server.close()


def test_help_names_every_command_whole(type_in: TypeIn) -> None:
    """In one line each, none cut short."""
    ended = type_in("--help")
    assert (ended.code, ended.err) == (0, "")
    assert "..." not in ended.out.partition("Commands:")[2]
    for name in COMMANDS:
        assert f"\n  {name}  " in ended.out


@pytest.mark.parametrize("words", [(), *((name,) for name in COMMANDS), ("sandbox", "serve")])
def test_every_help_explains_the_exit_codes(type_in: TypeIn, words: tuple[str, ...]) -> None:
    """So that nobody has to look for them."""
    text = type_in(*words, "-h").out
    for code, meaning in MEANINGS.items():
        assert f"{code:5}  {meaning}" in text


def test_the_program_alone_says_what_there_is(type_in: TypeIn) -> None:
    """The help, and nothing is wrong."""
    assert type_in() == type_in("--help")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("bogus",), "No such command 'bogus'. See: schoolsync --help"),
        (("--bogus",), "No such option: --bogus. See: schoolsync --help"),
        (("lessons", "--bogus"), "No such option: --bogus. See: schoolsync lessons --help"),
        (("sandbox", "bogus"), "No such command 'bogus'. See: schoolsync sandbox --help"),
    ],
)
def test_a_command_that_is_not_right(type_in: TypeIn, words: tuple[str, ...], message: str) -> None:
    """One line that says where to look, exit code 2."""
    ended = type_in(*words)
    assert (ended.code, ended.out, ended.err) == (2, "", f"schoolsync: {message}\n")


def test_no_network(type_in: TypeIn, stage: Stage) -> None:
    """Exit code 4, one line, with the address and without its query."""
    stage.http_client = None
    with socket.create_server(("127.0.0.1", 0)) as gone:
        url = f"http://127.0.0.1:{gone.getsockname()[1]}"
    ended = type_in("badges", *ROBIN, "--base-url", url)
    assert (ended.code, ended.out, ended.err.count("\n")) == (4, "", 1)
    assert f"({url}/" in ended.err


def test_html_instead_of_json(type_in: TypeIn, loopback: Callable[[Script], Loopback], stage: Stage) -> None:
    """A page where an answer should be: exit code 6, please report, nothing of the page is quoted."""
    stage.http_client = None
    page = loopback(replying(answer(b"<html><body>Hello, Alex</body></html>", "Content-Type: text/html")))
    ended = type_in("badges", *ROBIN, "--base-url", page.url)
    assert (ended.code, ended.out, ended.err.count("\n")) == (6, "", 1)
    assert "please report it" in ended.err
    assert "Alex" not in ended.err


class Closed:
    """A road to an operator's page."""

    def exchange(self, request: Request) -> Response:
        """Nothing works to-day."""
        return Response(503)


def test_the_school_is_closed(type_in: TypeIn, stage: Stage) -> None:
    """Exit code 5: the server said no."""
    stage.http_client = Closed()
    ended = type_in("badges", *ROBIN)
    assert (ended.code, ended.out, ended.err.count("\n")) == (5, "", 1)


def test_too_many_log_ins_are_held_back(type_in: TypeIn) -> None:
    """Exit code 3, and when the next one is allowed."""
    codes = [type_in("badges", *ROBIN).code for _ in range(3)]
    ended = type_in("badges", *ROBIN)
    assert codes == [0, 0, 0]
    assert ended.code == 3
    assert "until 2026-03-11 16:1" in ended.err


def test_a_mistake_of_ours_quotes_nobody(type_in: TypeIn, monkeypatch: pytest.MonkeyPatch) -> None:
    """Exit code 1, and no word of what the school sent."""

    def broken(*_: object) -> None:
        raise ZeroDivisionError("Alex Example")

    monkeypatch.setattr(readings, "gather", broken)
    ended = type_in("badges", *ROBIN)
    assert (ended.code, ended.out, ended.err.count("\n")) == (1, "", 1)
    assert ended.err.startswith("schoolsync: ZeroDivisionError. This is a mistake in schoolsync")
    assert "Alex" not in ended.err


def test_debug_shows_where_and_no_secret(type_in: TypeIn, monkeypatch: pytest.MonkeyPatch) -> None:
    """The trace, then the same line; the password is dots even if an error quotes it."""

    def broken(*_: object) -> None:
        raise ZeroDivisionError(PASSWORD)

    monkeypatch.setattr(readings, "gather", broken)
    ended = type_in("badges", *ROBIN, "--debug")
    assert ended.code == 1
    assert ended.err.startswith("Traceback")
    assert "ZeroDivisionError: •••" in ended.err
    assert PASSWORD not in ended.err


def test_without_debug_there_is_no_trace(type_in: TypeIn) -> None:
    """A wrong password is one line; with `--debug` it is a trace too."""
    assert "Traceback" not in type_in("badges", *ROBIN, SECRET="wrong").err
    assert "Traceback" in type_in("badges", *ROBIN, "--debug", SECRET="wrong too").err


@pytest.mark.parametrize("kind", [KeyboardInterrupt, typer.Abort])
def test_an_interruption_in_a_command(
    type_in: TypeIn, monkeypatch: pytest.MonkeyPatch, kind: type[BaseException]
) -> None:
    """One line, exit code 130; whichever way typer has of saying it."""

    def interrupted(*_: object) -> None:
        raise kind

    monkeypatch.setattr(readings, "gather", interrupted)
    ended = type_in("badges", *ROBIN)
    assert (ended.code, ended.out, ended.err) == (130, "", "schoolsync: interrupted.\n")


def test_ctrl_c(loopback: Callable[[Script], Loopback]) -> None:
    """While a server keeps us waiting: one line, exit code 130, no trace."""
    server = loopback(silent())
    with start("badges", *ROBIN, "--base-url", server.url) as program:
        assert server.asked.wait(20)
        program.send_signal(signal.SIGINT)
        out, err = program.communicate(timeout=10)
    assert (program.returncode, out, err) == (130, "", "schoolsync: interrupted.\n")


def test_exit_codes_reach_the_shell(place: str) -> None:
    """From a real process: what went wrong, and nothing on standard output."""
    ended = run("badges", *ROBIN, "--base-url", place, "--json", SECRET="wrong")
    assert (ended.code, ended.out, ended.err.count("\n")) == (3, "", 1)


def test_the_programs_own_log_stays_out_of_the_way() -> None:
    """A warning of the library is for programs: the line on stderr is the command line's own."""
    code = (
        "import logging\nfrom schoolsync.cli.program import app\n"
        "try:\n    app(['--version'])\nexcept SystemExit:\n    pass\n"
        "logging.getLogger('schoolsync.classcharts').warning('a row could not be read')"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd="src", capture_output=True, check=True)
    assert done.stderr == b""
