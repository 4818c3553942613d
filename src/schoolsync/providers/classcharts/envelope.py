"""`{"success": …, "data": …, "meta": …}` out of an HTTP answer, typed, and every sign of a refusal.

The HTTP status alone is never trusted: most refusals come with 200. Order of
judgement: redirect, pace, challenge, server trouble, JSON, `success`, shape.

Evidence: read in several independent clients; statuses of dead sessions differ between sources.
"""

from __future__ import annotations

import datetime as dt
import logging
import re
from collections.abc import Iterable, Mapping
from email.utils import parsedate_to_datetime
from typing import Any, Generic, TypeVar
from urllib.parse import parse_qs, urlsplit

import attrs

from schoolsync.errors import (
    ActionRequired,
    ChallengeUnanswered,
    DecodeIssue,
    InstanceClosed,
    RateLimited,
    Refused,
    SchoolSyncError,
    SessionExpired,
    Undecodable,
    UnexpectedShape,
)
from schoolsync.flow.html import text_of
from schoolsync.flow.http import Response, ResponseHead
from schoolsync.model.decoding import decode_row, decode_rows, refuse_issues
from schoolsync.provider import Options
from schoolsync.providers.classcharts.schema.words import Row, mapped

__all__ = [
    "Envelope",
    "Opened",
    "hidden",
    "opened",
    "raise_for_page",
    "read_one",
    "read_rows",
    "sealed",
    "seen",
]

D = TypeVar("D")
M = TypeVar("M")
R = TypeVar("R", bound=Row)
N = TypeVar("N", bound=Row)

TES_HOST = "session.tes.com"
CHALLENGE_TITLE = re.compile(rb"<title>\s*just a moment", re.IGNORECASE)
"""Title of a page that wants proof of a person. Evidence: read."""
CHALLENGE_SIGNS = (b"cf-challenge", b"challenge-platform", b"g-recaptcha-response", b"captcha-error")
"""What such a page holds; ordinary pages may hold it too, so it counts beside a refusing status only."""
REFUSING = frozenset((403, 503))
NOT_LOGGED_IN = re.compile(r"not logged in", re.IGNORECASE)

log: logging.Logger = logging.getLogger("schoolsync.classcharts")


@attrs.frozen
class Envelope(Generic[D, M]):
    """One whole answer, typed: what `native` gives."""

    data: D = attrs.field(repr=False)
    """What was asked for."""
    meta: M = attrs.field(repr=False)
    """What the server says about it."""
    success: bool = True
    """Always true: an answer without success is raised."""
    issues: tuple[DecodeIssue, ...] = ()
    """Rows and fields that could not be read."""
    raws: tuple[Any, ...] = attrs.field(default=(), repr=False, eq=False)
    """The rows of `data` as they were sent, in the same order."""


@attrs.frozen
class Opened:
    """The three parts of an answer that succeeded, not yet typed."""

    data: Any = attrs.field(repr=False)
    """As sent; null when it was missing."""
    meta: Any = attrs.field(repr=False)
    """As sent; an empty list is an empty map."""


def opened(response: Response, private: Iterable[str] = ()) -> Opened:
    """The parts of a successful answer.

    Args:
        response: What came.
        private: Words of the account that must not be quoted from a refusal.

    Raises:
        SessionExpired: The session is dead or unknown.
        ActionRequired: The way leads to the Tes sign-in page.
        ChallengeUnanswered: A page that wants proof of a person.
        RateLimited: Fewer requests are asked for.
        InstanceClosed: The server is in trouble.
        Refused: `success` is 0, with the server's sentence.
        Undecodable: Not JSON.
        UnexpectedShape: JSON of another shape.
    """
    raise_for_page(response)
    try:
        answer = response.json()
    except ValueError:
        raise Undecodable("JSON", seen(response)) from None
    if not isinstance(answer, dict) or "success" not in answer:
        raise UnexpectedShape("success", "missing")
    if not _succeeded(answer["success"]):
        raise _refusal(response.status, answer, private)
    if response.status >= 400:  # noqa: PLR2004 - HTTP's own border
        log.warning("success came with HTTP %d", response.status)
    return Opened(answer.get("data"), answer.get("meta") or {})


def _succeeded(said: object) -> bool:
    """Whether `success` says yes: 1, true, or one of them as text.

    Raises:
        UnexpectedShape: It says neither yes nor no.
    """
    word = str(said).lower()
    if word not in {"1", "true", "0", "false"}:
        raise UnexpectedShape("success", f"yes or no expected, found {type(said).__name__}")
    return word in {"1", "true"}


def raise_for_page(response: Response) -> None:
    """Nothing, when *response* may hold an answer of the API.

    Raises:
        SchoolSyncError: See `opened`.
    """
    if response.status // 100 == 3:  # noqa: PLR2004
        raise _redirect(response)
    if _is_challenge(response) and not _is_about_pace(response):
        raise ChallengeUnanswered("captcha")
    raise_for_trouble(response)


def raise_for_trouble(head: ResponseHead) -> None:
    """Nothing, when neither the pace nor the server is the trouble.

    Raises:
        RateLimited: 429, or 403 with a time to come back.
        InstanceClosed: 5xx.
    """
    if _is_about_pace(head):
        raise RateLimited(_retry_after(head))
    if head.status // 100 == 5:  # noqa: PLR2004
        raise InstanceClosed(head.status)


def _is_about_pace(head: ResponseHead) -> bool:
    return head.status == 429 or (head.status == 403 and head.header("retry-after") is not None)  # noqa: PLR2004


def _redirect(response: Response) -> SchoolSyncError:
    """Where a redirect leads decides who must act."""
    target = urlsplit(response.location or "")
    if target.hostname == TES_HOST or "prompt" in parse_qs(target.query):
        return ActionRequired("verification on the Tes sign-in page")
    if target.path.rstrip("/").endswith("/login"):
        return SessionExpired()
    return Undecodable("status", f"HTTP {response.status}")


def _refusal(status: int, answer: Mapping[str, Any], private: Iterable[str]) -> SchoolSyncError:
    said = answer.get("error")
    text = said if isinstance(said, str) else ""
    is_expired = str(answer.get("expired") or "0").lower() not in {"0", "false"}
    if is_expired or status == 401 or NOT_LOGGED_IN.search(text):  # noqa: PLR2004
        return SessionExpired()
    return Refused(hidden(text, private) or None)


def hidden(text: str, private: Iterable[str]) -> str:
    """*text* without tags and without the words of *private*, whatever their case."""
    plain = text_of(text)
    for word in sorted({word for word in private if len(word) > 1}, key=len, reverse=True):
        plain = re.sub(re.escape(word), "…", plain, flags=re.IGNORECASE)
    return plain


def _is_challenge(response: Response) -> bool:
    if response.header("cf-mitigated") == "challenge":
        return True
    if response.media_type == "application/json":
        return False
    start = response.body[:20_000]
    has_signs = response.status in REFUSING and any(sign in start.lower() for sign in CHALLENGE_SIGNS)
    return has_signs or CHALLENGE_TITLE.search(start) is not None


def seen(head: ResponseHead) -> str:
    """What came, in words that may be shown: status and media type."""
    return f"HTTP {head.status} {head.media_type or 'without a media type'}"


def _retry_after(head: ResponseHead) -> dt.timedelta | None:
    """The pause that the server asks for, from seconds or from a date beside the server's own."""
    said = head.header("retry-after") or ""
    if said.strip().isdigit():
        return dt.timedelta(seconds=int(said))
    try:
        pause = parsedate_to_datetime(said) - parsedate_to_datetime(head.header("date") or "")
    except (TypeError, ValueError):
        return None
    return max(pause, dt.timedelta())


# -- from an answer to an envelope --------------------------------------------


def read_rows(options: Options, answer: Opened, row: type[R], meta: type[N]) -> Envelope[list[R], N]:
    """The envelope of a list: the rows that can be read; the others are issues."""
    issues: list[DecodeIssue] = []
    pairs = decode_rows(row, answer.data, "data", issues)
    return sealed(options, answer, [good for good, _ in pairs], meta, issues, raws=[raw for _, raw in pairs])


def read_one(
    options: Options, answer: Opened, kind: type[R], meta: type[N], inner: str | None = None
) -> Envelope[R, N]:
    """The envelope of the one object in an answer, maybe as a list of one, maybe under a key *inner*.

    Raises:
        UnexpectedShape: It cannot be read, or there are several.
    """
    issues: list[DecodeIssue] = []
    data, path = answer.data, "data"
    if isinstance(data, list) and data:
        if len(data) > 1:
            raise UnexpectedShape(path, f"one object expected, found {len(data)}")
        data, path = data[0], "data.0"
    if inner is not None:
        data, path = (data.get(inner) if isinstance(data, dict) else None), f"{path}.{inner}"
    found = decode_row(kind, mapped(data), path, issues)
    if found is None:
        raise UnexpectedShape(issues[-1].path, issues[-1].problem)
    return sealed(options, answer, found, meta, issues, raws=[data])


def sealed(
    options: Options,
    answer: Opened,
    data: D,
    meta: type[N],
    issues: list[DecodeIssue],
    *,
    raws: Iterable[Any],
) -> Envelope[D, N]:
    """The envelope of *data*, once strict mode has nothing against it; a session id in `meta` is left out.

    Raises:
        UnexpectedShape: Something could not be read, in strict mode.
    """
    said = answer.meta
    if isinstance(said, dict):
        said = {name: value for name, value in said.items() if name != "session_id"}
    read = decode_row(meta, said, "meta", issues) or meta()
    if options.is_strict:
        refuse_issues(issues)
    return Envelope(data, read, issues=tuple(issues), raws=tuple(raws) if options.keeps_raw else ())
