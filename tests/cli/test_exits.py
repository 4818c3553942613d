"""Every error ends in one line and in the exit code of its branch."""

from __future__ import annotations

import datetime as dt

import pytest

from schoolsync import errors
from schoolsync.cli import exits
from schoolsync.cli.exits import ExitCode, code_of, line_of, tell
from schoolsync.flow.secret import Secret

FACTS = {
    "ActionRequired": ("the password page",),
    "BadArgument": ("to", "is no day"),
    "ChallengeUnanswered": ("pin",),
    "LoginHeld": (dt.datetime(2026, 3, 9, tzinfo=dt.UTC),),
    "LostOnTheWay": ("example", "the second page"),
    "Unavailable": ("off_at_school",),
    "Undecodable": ("JSON",),
    "UnexpectedShape": ("data.0",),
    "UnknownName": ("pupil", "x"),
    "Unsupported": ("3",),
    "UsageError": ("cannot be meant",),
}
CODES = {
    errors.UsageError: 2,
    errors.AccountError: 3,
    errors.NetworkError: 4,
    errors.ServerError: 5,
    errors.ProtocolError: 6,
}


def _leaves(kind: type[errors.SchoolSyncError]) -> list[type[errors.SchoolSyncError]]:
    return [kind, *(leaf for below in kind.__subclasses__() for leaf in _leaves(below))]


KINDS = [kind for branch in CODES for kind in _leaves(branch) if kind.__name__ in errors.__all__]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_error_has_the_code_of_its_branch(
    kind: type[errors.SchoolSyncError], capsys: pytest.CaptureFixture[str]
) -> None:
    """And stands on stderr in exactly one line, with what to do about it."""
    error = kind(*FACTS.get(kind.__name__, ()), provider="classcharts", operation="lessons")
    code = next(code for branch, code in CODES.items() if isinstance(error, branch))
    assert tell(error) == code == code_of(error)
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert err.startswith("schoolsync: classcharts lessons: ")
    assert (error.hint or "") in err


def test_every_code_is_explained() -> None:
    """`--help` says what each one means."""
    assert set(exits.MEANINGS) == set(ExitCode)
    for code, meaning in exits.MEANINGS.items():
        assert f"{code:5}  {meaning}" in exits.EXIT_CODES.splitlines()


def test_a_sentence_with_line_breaks_becomes_one_line() -> None:
    """A server's text cannot break the line."""
    assert line_of(errors.UsageError("one\n\ttwo")) == "schoolsync: one two."


def test_an_error_of_others_is_named_and_not_quoted(capsys: pytest.CaptureFixture[str]) -> None:
    """It may hold what a school sent."""
    assert tell(KeyError("Alex Example")) == ExitCode.FAULT
    err = capsys.readouterr().err
    assert "KeyError" in err
    assert "Alex" not in err


def test_a_trace_shows_no_secret(capsys: pytest.CaptureFixture[str]) -> None:
    """Even where an error of another library quotes it."""
    told = "refused: s3cret&+ of ZZTEST0001"
    with pytest.raises(RuntimeError) as caught:
        raise RuntimeError(told)
    tell(caught.value, is_debug=True, secrets=[Secret("s3cret&+"), Secret("ZZTEST0001"), Secret("")])
    err = capsys.readouterr().err
    assert "Traceback" in err
    assert "RuntimeError: refused: ••• of •••" in err
    assert "s3cret" not in err
