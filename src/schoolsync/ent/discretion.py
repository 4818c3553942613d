"""Where a secret hides, and what may be shown: addresses and sentences without codes, names and passwords."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final
from urllib.parse import quote, unquote, unquote_plus

import attrs

from schoolsync.ent.portal import Visitor
from schoolsync.errors import plain_address

__all__ = ["Confided", "discreet", "holds", "shown"]

SHORTEST: Final = 4
"""Secrets of so many letters can be told from what happens to look like them."""
LONGEST: Final = 200
"""Letters of an address that are shown."""
MOST_LETTERS: Final = 1_000
"""Letters of a sentence that are shown."""
OPAQUE: Final = re.compile(r"\d{6,}|(?=(?:\D*\d){3}).{16,}|.{30,}|.*[%@=].*", re.DOTALL)
"""A part of a path that nobody chose as a word: a number, a code, an address in an address."""
CODES: Final = ("utf-8", "latin-1")


@attrs.define(repr=False)
class Confided:
    """What a visitor told us, and whether finding it somewhere means anything.

    Somebody's password may be a word like `login`, or a part of the user name. Found on the way before it was
    sent, it is no echo, and finding it again tells nothing.
    """

    visitor: Visitor | None
    """Who; `None`: nobody, and nothing is hidden."""
    _is_word: bool = attrs.field(default=False, init=False)

    @property
    def name(self) -> str:
        """The user name; empty without a visitor."""
        return self.visitor.username.strip() if self.visitor else ""

    @property
    def tell_tale(self) -> str:
        """The password, as it is looked for in everything that leaves; empty if finding it means nothing."""
        return "" if self._is_word else self._secret

    @property
    def hidden(self) -> tuple[str, ...]:
        """What is shown nowhere. A word of the way is, else its absence would tell which one it is."""
        return self.name, self._secret if self._secret in self.name else self.tell_tale

    def listen(self, texts: Iterable[str]) -> None:
        """What the way says by itself is known. To be told *texts* only before the password was sent."""
        if self.visitor is not None and not self._is_word:
            self._is_word = any(holds(text, self.tell_tale) for text in texts)

    @property
    def _secret(self) -> str:
        return self.visitor.password.reveal().strip() if self.visitor else ""


# -- finding, and hiding ------------------------------------------------------------------


def holds(what: str | bytes, secret: str) -> bool:
    """Whether *what* has the *secret* in it, as it is or encoded once or twice as forms and addresses are.

    A secret of less than four letters is never found: it could be anything.
    """
    if len(secret) < SHORTEST:
        return False
    text = what.decode("utf-8", "replace") if isinstance(what, bytes) else what
    once = {text, *(read(text, code) for read in (unquote, unquote_plus) for code in CODES)}
    return any(secret in one or secret in unquote(one) or secret in unquote_plus(one) for one in once)


def shown(url: str, *hidden: str) -> str:
    """*url* as it may be shown: scheme, host and path; codes in it, and what is *hidden*, are `…`."""
    address = plain_address(url)
    head, slash, path = address.partition("://")
    host, *parts = path.split("/")
    words = ["…" if OPAQUE.fullmatch(part) else part for part in parts]
    plain = f"{head}{slash}{'/'.join([host, *words])}" if slash else address
    safe = discreet(plain, *hidden) or "an unreadable address"
    return safe if len(safe) <= LONGEST else f"{safe[:LONGEST]}…"


def discreet(text: str, *hidden: str) -> str:
    """*text* as it may be shown: every one of *hidden* is `…`, and so is the end of what goes on for ever."""
    for word in sorted(hidden, key=len, reverse=True):
        if len(word) >= SHORTEST:
            for form in {word, quote(word), quote(word, safe="")}:
                text = re.sub(re.escape(form), "…", text, flags=re.IGNORECASE)
    line = "".join(letter if letter.isprintable() else "…" for letter in text)
    return line if len(line) <= MOST_LETTERS else f"{line[:MOST_LETTERS]}…"
