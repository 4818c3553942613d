"""The answer to one function call: opened, judged, and given a type.

Order of judgement: a page instead of an answer, JSON, the error beside the secured part, the order
number, the secured part's bytes, the refusals inside it. Names of either generation are understood.

Evidence: read in the web client and several independent clients; vectors computed by two of them.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from typing import Any, Generic, TypeVar

import attrs

from schoolsync.errors import DecodeIssue, Refused, SchoolSyncError, Undecodable, UnexpectedShape
from schoolsync.flow.http import Response
from schoolsync.model.decoding import decode_row, refuse_issues
from schoolsync.provider import Options
from schoolsync.providers.pronote.crypto import order_number
from schoolsync.providers.pronote.page import seen
from schoolsync.providers.pronote.refusals import Private, page_refusal, refusal, status_refusal
from schoolsync.providers.pronote.schema.words import Row, unwrapped
from schoolsync.providers.pronote.wire import EARLY, LATE, NEW, OLD, Inner, Keys, Wire, unseal

__all__ = ["Answer", "Opened", "Page", "Wait", "content_at", "opened", "read_page"]

H = TypeVar("H", bound=Row)

FIRST_PAUSE = dt.timedelta(seconds=0.5)
"""How long a long treatment takes when the server does not say. Evidence: read."""
LONGEST_PAUSE = dt.timedelta(seconds=30)
BLANKS = b"\xef\xbb\xbf \t\r\n"
"""What may stand before JSON."""


@attrs.frozen
class Answer:
    """What a function answered, opened and not yet typed."""

    function: str
    """Its name: `PageEmploiDuTemps`."""
    data: Any = attrs.field(repr=False)
    """The content with typed values unwrapped; an empty map when there was none."""
    signature: Mapping[str, Any] = attrs.field(factory=dict, repr=False)
    """What the server says beside it: unread counters, maintenance."""
    report: Mapping[str, Any] = attrs.field(factory=dict, repr=False)
    """`RapportSaisie` of a function that saves."""
    files: tuple[str, ...] = attrs.field(default=(), repr=False)
    """Files that came along, in base64; a typed index 25 points into them."""
    source: bytes = attrs.field(default=b"{}", repr=False)
    """The JSON text that the content stands in."""
    steps: tuple[str, ...] = ()
    """The way from the top of `source` to the content."""

    def as_sent(self) -> Any:
        """The content exactly as the server sent it, typed values included; read anew each time."""
        return content_at(json.loads(self.source), self.steps)


def content_at(said: Any, steps: Iterable[str]) -> Any:
    """What stands at *steps*, wrappings taken off on the way; an empty map where there is nothing."""
    for step in steps:
        inner = unwrapped(said) if isinstance(said, dict) else said
        said = inner.get(step, {}) if isinstance(inner, dict) else {}
    return said


@attrs.frozen
class Page(Generic[H]):
    """A function's whole answer, typed: what `native` gives."""

    function: str
    """Its name: `PageEmploiDuTemps`."""
    data: H = attrs.field(repr=False)
    """The content."""
    issues: tuple[DecodeIssue, ...] = ()
    """Rows and fields that could not be read."""
    raw: Any = attrs.field(default=None, repr=False, eq=False)
    """The content as it was sent; only when asked for (`keep_raw`)."""
    files: tuple[str, ...] = attrs.field(default=(), repr=False)
    """Files that came along, in base64."""


def read_page(options: Options, answer: Answer, kind: type[H]) -> Page[H]:
    """*answer* as a *kind*; a row that cannot be read is an issue beside the others.

    Raises:
        UnexpectedShape: Nothing of it can be read, or something, in strict mode.
    """
    issues: list[DecodeIssue] = []
    found = decode_row(kind, answer.data, answer.function, issues)
    if found is None:
        raise UnexpectedShape(issues[-1].path, issues[-1].problem)
    if options.is_strict:
        refuse_issues(issues)
    raw = answer.as_sent() if options.keeps_raw else None
    return Page(answer.function, found, tuple(issues), raw, answer.files)


# -- out of a response --------------------------------------------------------------------


@attrs.frozen
class Wait:
    """The server works on it: ask again later."""

    pause: dt.timedelta
    """How long to wait."""
    word: Any = attrs.field(repr=False)
    """To be given back, as it was sent."""


@attrs.frozen
class Opened:
    """An answer, and what it told about the server."""

    answer: Answer
    """Its content."""
    wait: Wait | None
    """Set when the content is still to come."""
    inner: Inner | None
    """The names inside that the server used; `None` when it used none."""


def opened(
    response: Response, wire: Wire, keys: Keys, *, function: str, order: int, private: Private | None = None
) -> Opened:
    """The answer in *response*.

    Args:
        response: What came.
        wire: How this server writes.
        keys: For its answers.
        function: What was called.
        order: The number that the answer must carry: one more than the call's.
        private: What must not be quoted from a refusal.

    Raises:
        SessionExpired: The session is dead; `Misread` when the server could not read the call.
        AddressSuspended: The server says so in words or by number.
        RateLimited: Too many failed log-ins, or too many requests.
        StaleReference: An id of another session was sent.
        Unavailable: Not for this account, or no such page.
        InstanceClosed: The site is closed or in trouble.
        Refused: Any other refusal, with the server's sentence.
        Undecodable: At `status`, `JSON`, `order number`, `hex`, `decrypt`, `inflate`, `content`.
        UnexpectedShape: JSON of another shape.
    """
    outside = _outside(response)
    trouble = outside.get("Erreur")
    if trouble:
        raise refusal(trouble if isinstance(trouble, dict) else {"G": trouble}, private)
    names = next((one for one in (NEW, OLD) if one.secured in outside), None)
    if names is None:
        raise status_refusal(response) or UnexpectedShape(wire.names.secured, "missing")
    _check_order(outside.get(names.order), order, keys)
    sealed: Any = outside[names.secured]
    source, steps = response.body, [names.secured]
    if isinstance(sealed, str):
        source, steps = unseal(sealed, wire, keys), []
        sealed = _read(source, "content")
    if not isinstance(sealed, dict):
        raise UnexpectedShape(names.secured, f"an object expected, found {type(sealed).__name__}")
    _raise_for_refusal(sealed, private)
    return _inside(function, sealed, source, tuple(steps), _files(outside.get(names.unsecured)))


def _outside(response: Response) -> dict[str, Any]:
    if response.body.lstrip(BLANKS)[:1] not in {b"{", b"["}:
        raise page_refusal(response.text) or status_refusal(response) or _no_answer(response)
    said = _read(response.body, "JSON")
    if not isinstance(said, dict):
        raise UnexpectedShape("answer", f"an object expected, found {type(said).__name__}")
    return said


def _no_answer(response: Response) -> SchoolSyncError:
    is_fine = response.status == 200  # noqa: PLR2004 - application errors come with it, too
    return Undecodable("JSON" if is_fine else "status", seen(response))


def _read(text: bytes, stage: str) -> Any:
    """JSON with typed values unwrapped. Neither the error nor its context holds any of the text."""
    try:
        return json.loads(text, object_hook=unwrapped)
    except (ValueError, RecursionError) as error:
        problem = "nested too deeply" if isinstance(error, RecursionError) else None
    raise Undecodable(stage, problem)


def _check_order(said: object, order: int, keys: Keys) -> None:
    """Nothing, when the answer carries the number that it must; an answer without a number may pass.

    Raises:
        Undecodable: It carries another one.
    """
    if said is not None and str(said).lower() != order_number(order, keys.key, keys.iv):
        raise Undecodable("order number")


def _files(unsecured: object) -> tuple[str, ...]:
    """The files beside the secured part, in base64; one that is no text keeps its place, empty."""
    files = unsecured.get("fichiers") if isinstance(unsecured, dict) else None
    return tuple(one if isinstance(one, str) else "" for one in files) if isinstance(files, list) else ()


def _inside(
    function: str, inside: dict[str, Any], source: bytes, steps: tuple[str, ...], files: tuple[str, ...]
) -> Opened:
    inner = next((one for one in (LATE, EARLY) if one.content in inside), None)
    content = (inner or LATE).content
    found = inside.get(content)
    answer = Answer(
        function=function,
        data={} if found is None else found,
        signature=_signature(inside),
        report=_map(inside.get("RapportSaisie")),
        files=files,
        source=source,
        steps=(*steps, content),
    )
    return Opened(answer, _wait(inside, source, steps), inner)


def _map(said: object) -> Mapping[str, Any]:
    return said if isinstance(said, dict) else {}


def _signature(inside: Mapping[str, Any]) -> Mapping[str, Any]:
    return _map(inside.get(LATE.signature) or inside.get(EARLY.signature))


def _wait(inside: Mapping[str, Any], source: bytes, steps: tuple[str, ...]) -> Wait | None:
    """What the server asks for when it is not ready."""
    if "SignatureAttente" not in inside:
        return None
    said = _map(_map(inside["SignatureAttente"]).get("ParametresAtt")).get("delai")
    seconds = said if isinstance(said, int | float) and said >= 0 else FIRST_PAUSE.total_seconds()
    word = content_at(json.loads(source), (*steps, "SignatureAttente"))
    return Wait(dt.timedelta(seconds=min(seconds, LONGEST_PAUSE.total_seconds())), word)


def _raise_for_refusal(inside: Mapping[str, Any], private: Private | None) -> None:
    """Nothing, when the secured part is no refusal.

    Raises:
        Refused: The function failed, or nothing was saved.
    """
    signature, report = _signature(inside), _map(inside.get("RapportSaisie"))
    trouble = signature.get("Erreur")
    if trouble or (trouble is not None and signature.get("MessageErreur")):
        number = _map(trouble).get("G") if isinstance(trouble, dict) else trouble
        raise Refused(_sentence([signature.get("MessageErreur")], private), code=_code(number))
    if report.get("_erreurSaisie_"):
        said = report.get("_messagesErreur_")
        lines = said if isinstance(said, list) else [said]
        raise Refused(_sentence([report.get("titre_Messages_Erreur"), *lines], private))


def _code(said: object) -> int | None:
    return said if isinstance(said, int) and not isinstance(said, bool) else None


def _sentence(said: Iterable[object], private: Private | None) -> str | None:
    return (private or Private()).hide(" ".join(one for one in said if isinstance(one, str))) or None
