"""Every error: its place in the tree, its facts, its text, and what no text may hold."""

from __future__ import annotations

import copy
import datetime as dt
import pickle
import re
import traceback
from pathlib import Path

import attrs
import pytest

from schoolsync import errors
from schoolsync.errors import (
    AccountError,
    ActionRequired,
    AddressSuspended,
    Availability,
    BadArgument,
    ChallengeUnanswered,
    DecodeIssue,
    InstanceClosed,
    Interrupted,
    LoginHeld,
    LostOnTheWay,
    NetworkError,
    ProfileRequired,
    ProtocolError,
    RateLimited,
    Refused,
    SchoolSyncError,
    ServerError,
    SessionExpired,
    StaleReference,
    TimedOut,
    Unavailable,
    Undecodable,
    UnexpectedShape,
    UnknownName,
    Unreachable,
    Unsupported,
    UsageError,
    WrongCredentials,
    plain_address,
)

URL = "https://robin:s3cret@www.example.test:8443/apiv2parent/pupils;jsessionid=s3cret?ticket=s3cret#s3cret"
ADDRESS = "https://www.example.test:8443/apiv2parent/pupils"
UNTIL = dt.datetime(2026, 3, 9, 12, 30, tzinfo=dt.UTC)
WAIT = dt.timedelta(seconds=90)

# One of every leaf with all its facts, and what it says without its hint.
CASES: dict[SchoolSyncError, str] = {
    Unreachable(address=URL, was_sent=False): f"No connection could be made, or it broke ({ADDRESS})",
    TimedOut(address=URL): f"No answer came in time ({ADDRESS})",
    Interrupted(address=URL, was_sent=True): f"The request was sent and its outcome is unknown ({ADDRESS})",
    WrongCredentials("code"): "The school refused this log-in (code is wrong)",
    ChallengeUnanswered("captcha"): "The school asked a question that nobody answered (captcha)",
    ActionRequired(
        "the consent page"
    ): "Something must be done in the school's own pages first (the consent page)",
    ProfileRequired(): "The log-in has several profiles and none was chosen",
    AddressSuspended(): "The school said that it blocks this network address for now",
    LoginHeld(
        UNTIL
    ): "The log-in was held back before it reached the school (pace, until 2026-03-09 12:30:00 UTC)",
    Unavailable(Availability.OFF_AT_SCHOOL): "This is not available here (off_at_school)",
    InstanceClosed(503): "The school's service is closed or broken for now (HTTP 503)",
    SessionExpired(): "The session ended, and signing in again did not help",
    StaleReference(): "This record or file is of an earlier listing that the school no longer knows",
    RateLimited(WAIT): "The school asks for fewer requests (wait 90 s)",
    Unsupported("2019.1"): "This server speaks a version that schoolsync does not know (2019.1)",
    Refused("The daily limit is reached.", code=7): "The school refused (7: The daily limit is reached)",
    Undecodable(
        "JSON", "HTTP 200 text/html"
    ): "The answer could not be decoded (at JSON, saw HTTP 200 text/html)",
    UnexpectedShape("data.2.id", "missing"): (
        "The answer has another shape than the one schoolsync knows (at data.2.id: missing)"
    ),
    LostOnTheWay("ac-toulouse", "consent"): (
        "A portal showed a page that schoolsync does not know (ac-toulouse, consent)"
    ),
    UnknownName("portal", "ac-toulose", ["ac-toulouse", "ac-lyon"]): (
        "unknown portal 'ac-toulose' (did you mean ac-toulouse?)"
    ),
    BadArgument("to", "before from_"): "to: before from_",
}
BRANCHES = (NetworkError, AccountError, ServerError, ProtocolError, UsageError)

every_case = pytest.mark.parametrize("error", CASES, ids=lambda error: type(error).__name__)


# --- the tree --------------------------------------------------------------------


def leaves() -> set[type[SchoolSyncError]]:
    """The classes below the branches."""
    return {leaf for branch in BRANCHES for leaf in branch.__subclasses__()}


def test_the_tree_is_as_drawn() -> None:
    """The module's docstring draws every class under its parent, and nothing else."""
    drawn: dict[str, list[str]] = {}
    for line in (errors.__doc__ or "").splitlines():
        branch = re.match(r"[├└]── (\w+)", line)
        leaf = re.match(r"[│ ]   [├└]── (\w+)", line)
        if branch:
            drawn[branch[1]] = []
        elif leaf:
            drawn[list(drawn)[-1]].append(leaf[1])
    assert drawn == {
        branch.__name__: [leaf.__name__ for leaf in branch.__subclasses__()] for branch in BRANCHES
    }
    assert tuple(SchoolSyncError.__subclasses__()) == BRANCHES
    below = {kind for leaf in leaves() for kind in leaf.__subclasses__()}
    assert not [kind for kind in below if kind.__module__ == errors.__name__]  # a provider may have its own


def test_every_leaf_is_tried_here() -> None:
    """A new error without a case is noticed, and so is one that cannot be imported by name."""
    assert {type(error) for error in CASES} == leaves()
    public = {SchoolSyncError, *BRANCHES, *leaves(), Availability, DecodeIssue, plain_address}
    assert {getattr(errors, name) for name in errors.__all__} == public


@every_case
def test_facts_of_a_leaf_are_named_in_the_drawing(error: SchoolSyncError) -> None:
    """`(.until)` beside a leaf is an attribute of it."""
    line = re.search(rf"── {type(error).__name__} +(.*)", errors.__doc__ or "")
    assert line
    for fact in re.findall(r"\.(\w+)[,)]", line[1]):
        assert hasattr(error, fact), fact


def test_a_mistake_of_the_caller_is_a_value_error() -> None:
    """Those who know nothing of schoolsync can catch it."""
    assert issubclass(UsageError, ValueError)
    with pytest.raises(ValueError, match="to: before from_"):
        raise BadArgument("to", "before from_")


def test_what_may_be_tried_again_without_anybody_acting() -> None:
    """The road, a pause, a closed school, an ended session; never an unknown outcome."""
    retryable = {type(error) for error in CASES if error.is_retryable}
    assert retryable == {Unreachable, TimedOut, InstanceClosed, SessionExpired, RateLimited}


# --- the text ----------------------------------------------------------------------


@every_case
def test_text(error: SchoolSyncError) -> None:
    """The fact, its details, and what to do about it: one line that ends in a full stop."""
    text = str(error)
    assert text.removesuffix(f" {error.hint}" if error.hint else "") == f"{CASES[error]}."
    assert "\n" not in text
    assert text.endswith(".")
    assert repr(error) == f"<{type(error).__name__}: {text}>"


@every_case
def test_where_it_happened_comes_first(error: SchoolSyncError) -> None:
    """Provider and operation, once they are known."""
    plain, error = str(error), copy.copy(error)
    error.provider, error.operation = "classcharts", "lessons"
    assert str(error) == f"classcharts lessons: {plain}"
    error.operation = None
    assert str(error) == f"classcharts: {plain}"


@every_case
def test_a_hint_replaces_the_advice(error: SchoolSyncError) -> None:
    """Every class says something that can be done, or the call itself says what is wrong."""
    facts = {field.name: getattr(error, field.name) for field in attrs.fields(type(error)) if field.init}
    hinted = type(error)(**{**facts, "hint": "Ask the school."})
    assert str(hinted).endswith(f"{CASES[error]}. Ask the school.")
    assert bool(type(error).advice) == (error.hint is not None)


def test_every_case_without_its_facts() -> None:
    """Nobody says `None` or shows empty brackets when little is known."""
    bare = [
        Unreachable(),
        TimedOut(),
        Interrupted(),
        WrongCredentials(),
        InstanceClosed(),
        RateLimited(),
        Refused(),
    ]
    bare += [Undecodable("size"), UnexpectedShape("data"), LoginHeld(None, "wrong_credentials")]
    for error in bare:
        assert "None" not in str(error)
        assert "()" not in str(error)
    assert "until the secret changes" in str(bare[-1])


# --- across borders ------------------------------------------------------------------


@every_case
def test_errors_cross_process_borders(error: SchoolSyncError) -> None:
    """With all their facts; the advice of the class is not lost and not doubled."""
    error.add_note("seen at noon")
    for again in (pickle.loads(pickle.dumps(error)), copy.copy(error), copy.deepcopy(error)):
        assert type(again) is type(error)
        assert vars(again) == vars(error)
        assert (str(again), repr(again)) == (str(error), repr(error))
    del error.__notes__


@every_case
def test_an_error_is_itself_only(error: SchoolSyncError) -> None:
    """Two errors with the same facts are two events; each can stand in a set."""
    assert copy.copy(error) != error
    assert len({error, copy.copy(error)}) == 2


@every_case
def test_an_error_can_be_raised_from_another(error: SchoolSyncError) -> None:
    """Chained and printed like any other, through a `with` too."""
    with pytest.raises(type(error)) as caught:
        raise error from ValueError("the cause")
    assert "the cause" in "".join(traceback.format_exception(caught.value))
    error.__cause__ = error.__traceback__ = None


# --- what no text may hold --------------------------------------------------------------


@every_case
def test_no_secret_in_any_text(error: SchoolSyncError) -> None:
    """Query, fragment, user name and path parameters of an address stay out of texts and facts."""
    assert "s3cret" not in str(error) + repr(error) + str(vars(error)) + str(pickle.dumps(error))


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        (URL, ADDRESS),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("https://[::1]:8000/a", "https://[::1]:8000/a"),
        ("https://h.test/a;v=s3cret/b;s3cret", "https://h.test/a/b"),
        ("/relative;s3cret?s3cret", "/relative"),
        ("//robin:s3cret@h.test/a", "/a"),
        ("", ""),
        ("robin:s3cret@h.test/a", "an unreadable address"),
        ("https://[s3cret", "an unreadable address"),
        ("https://robin:s3cret\u2100@h.test/", "an unreadable address"),
        ("data:text/plain,s3cret", "an unreadable address"),
        (
            "https://a.test/appelfonction/3/1234567/3fa959b13967e0ef176069e01e23c8d7",
            "https://a.test/appelfonction/…",
        ),
        ("1/" + "2" * 32, "…"),
        (f"https://a.test/Files/{'0a' * 16}/Alex%20Example.pdf?Session=1", "https://a.test/Files/…"),
    ],
)
def test_plain_address(url: str, shown: str) -> None:
    """Scheme, host, port and path; never an exception, whose own text might quote the rest."""
    assert plain_address(url) == shown
    assert NetworkError(address=url).address == (shown or None)


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("The daily limit is reached.", "The daily limit is reached."),
        ("  two\r\n lines\tand \x1b[31mcolour\x00 ", "two lines and [31mcolour"),
        ("\u202egnol\u2028", "gnol"),
        ("x" * 500, "x" * 200),
        (" " * 5000 + "x", None),
        ("", None),
        (" \n", None),
        (None, None),
    ],
)
def test_a_servers_sentence_is_one_short_line(sent: str | None, kept: str | None) -> None:
    """It goes to terminals and logs: no line of its own, no control of theirs, no novel."""
    assert Refused(sent).text == kept


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (Refused(), "The school refused."),
        (Refused("No"), "The school refused (No)."),
        (Refused(code="G7"), "The school refused (G7)."),
        (Refused("No.", code=0), "The school refused (0: No)."),
    ],
)
def test_refused(error: Refused, text: str) -> None:
    """Code and sentence, each if there is one; 0 is a code."""
    assert str(error) == text


def test_unknown_names() -> None:
    """The nearest ones are suggested, unless they are people's."""
    known = iter(["pronote", "classcharts", "classchart"])
    error = UnknownName("provider", "clascharts", known)
    assert error.suggestions == ("classcharts", "classchart")
    assert str(error) == "unknown provider 'clascharts' (did you mean classcharts or classchart?)."
    assert str(UnknownName("provider", "x")) == "unknown provider 'x'."
    private = UnknownName("pupil", "Zoé Inventde", ["Zoé Invented"], is_private=True)
    assert private.suggestions == ("Zoé Invented",)
    assert "Zoé" not in str(private) + repr(private)


def test_unavailable_takes_a_word() -> None:
    """As a provider reads it; another word is no reason."""
    assert Unavailable("not_in_provider").reason is Availability.NOT_IN_PROVIDER
    with pytest.raises(ValueError, match="sunny"):
        Unavailable("sunny")


def test_a_decode_issue_is_a_value() -> None:
    """Equal, hashable and picklable; a lost field is not a lost row."""
    issue = DecodeIssue("data.2.start_time", "missing")
    assert issue == DecodeIssue("data.2.start_time", "missing", is_row_lost=True)
    assert issue != DecodeIssue("data.2.start_time", "missing", is_row_lost=False)
    assert pickle.loads(pickle.dumps({issue})) == {issue}


# --- the reference -------------------------------------------------------------------------

REFERENCE = (Path(__file__).parents[1] / "docs/reference/errors.md").read_text(encoding="utf-8")
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in REFERENCE.splitlines()
    if line[:1] == "|"
]
SIGNS = [row for row in ROWS if re.fullmatch(r"[A-Z]\d+[a-z]?", row[0])]
AGAIN = {"no", "once", "paced", "signed in", "listed anew, then once", "same bytes", "in the other form"}
AGAIN |= {"asked for three times", "twenty times", "from the start", "on the way back"}
AGAIN |= {"with the one before", "by the next log-in, once"}


def test_the_reference_lists_the_tree() -> None:
    """Every branch with its leaves, in the order of the drawing."""
    tables = [row for row in ROWS if len(row) == 3 and row[0][:1] == "`"]
    listed = {re.findall(r"\w+", row[0])[0]: re.findall(r"`(\w+)`", row[2]) for row in tables}
    assert listed == {
        branch.__name__: [leaf.__name__ for leaf in branch.__subclasses__()] for branch in BRANCHES
    }


@pytest.mark.parametrize("row", SIGNS, ids=lambda row: row[0])
def test_a_sign_leads_to_a_leaf(row: list[str]) -> None:
    """That exists; what is tried again and how we know is said in the words that the page explains."""
    _, sign, where, leaf, again, evidence = row
    named = re.findall(r"`([A-Z]\w+)`", re.sub(r"\(.*?\)", "", leaf))
    assert sign
    assert where
    assert named
    assert {getattr(errors, name) for name in named} <= leaves()
    assert again in AGAIN
    assert evidence in {"recorded", "read", "inferred", "guess"}


def test_every_sign_has_an_id_of_its_own() -> None:
    """And every condition that is known of the service has a sign."""
    ids = [row[0] for row in SIGNS]
    assert len(ids) == len(set(ids))
    assert {f"E{number}" for number in range(1, 17)} <= {re.sub(r"[a-z]", "", name) for name in ids}
