"""Ears for everything that a program may print: logs of all loggers, warnings, errors, `repr`s."""

from __future__ import annotations

import logging
import re
import traceback
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import attrs

from tools.redact import spellings

__all__ = ["Ears", "Secrets", "listening"]


@attrs.frozen
class Secrets:
    """What must be heard nowhere, and how to find it in any spelling."""

    words: dict[str, str] = attrs.field(repr=False)
    """What it is → the text itself."""
    _forms: list[tuple[str, str]] = attrs.field(init=False, repr=False)
    _short: list[tuple[str, re.Pattern[str]]] = attrs.field(init=False, repr=False)

    @_forms.default
    def _long_ones(self) -> list[tuple[str, str]]:
        long = ((name, word) for name, word in self.words.items() if not _is_short(word))
        return [(name, form.lower()) for name, word in long for form in spellings(word)]

    @_short.default
    def _short_ones(self) -> list[tuple[str, re.Pattern[str]]]:
        return [(name, re.compile(rf"\b{word}\b")) for name, word in self.words.items() if _is_short(word)]

    def heard_in(self, text: str) -> list[str]:
        """What is in *text*: short words only as whole words, the others in any spelling."""
        low = text.lower()
        found = {name for name, form in self._forms if form in low}
        return sorted(found | {name for name, word in self._short if word.search(text)})


def _is_short(word: str) -> bool:
    return word.isalpha() and len(word) < 12


@attrs.define
class Ears:
    """All that was heard: where, and what."""

    heard: list[tuple[str, str]] = attrs.field(factory=list)

    def hear(self, where: str, text: str) -> None:
        """*text* was printed."""
        self.heard.append((where, text))

    def look_at(self, *things: Any) -> None:
        """What each of *things* shows of itself."""
        for thing in things:
            self.hear(f"repr of {type(thing).__name__}", f"{thing!r} {thing!s} {[thing]!r}")

    def catch(self, error: BaseException) -> None:
        """What *error* and everything behind it shows."""
        self.hear(f"traceback of {type(error).__name__}", "".join(traceback.format_exception(error)))
        for one in _chain(error):
            self.hear(f"error {type(one).__name__}", f"{one!s} {one!r} {getattr(one, '__notes__', '')}")

    def leaks(self, secrets: Secrets) -> list[str]:
        """Where secrets were heard, and which."""
        found = [(where, secrets.heard_in(text)) for where, text in dict.fromkeys(self.heard)]
        return sorted({f"{where}: {', '.join(names)}" for where, names in found if names})


def _chain(error: BaseException | None, seen: Iterable[int] = ()) -> Iterator[BaseException]:
    if error is None or id(error) in seen:
        return
    yield error
    behind = error.__cause__ if error.__suppress_context__ else error.__context__
    yield from _chain(behind, (*seen, id(error)))


class _Recorder(logging.Handler):
    """Hears a record as a handler that keeps everything would: its text, its arguments, its traceback."""

    def __init__(self, ears: Ears) -> None:
        super().__init__(logging.DEBUG)
        self._ears = ears

    def emit(self, record: logging.LogRecord) -> None:
        shown = f"{self.format(record)} {record.msg!r} {record.args!r} {record.exc_text!r}"
        self._ears.hear(f"log {record.name}", shown)


@contextmanager
def listening() -> Iterator[Ears]:
    """Ears at the root logger at DEBUG, and at every warning."""
    ears = Ears()
    root, recorder = logging.getLogger(), _Recorder(ears)
    level = root.level
    root.addHandler(recorder)
    root.setLevel(logging.DEBUG)
    try:
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            yield ears
        for warning in caught:
            ears.hear("warning", f"{warning.message!s} {warning.message!r}")
    finally:
        root.removeHandler(recorder)
        root.setLevel(level)
