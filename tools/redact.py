"""Make a captured conversation safe to publish: a HAR or a vcrpy cassette in, a vcrpy cassette out.

    python -m tools.redact capture.har > safe.yaml
    python -m tools.redact --invented sandbox.yaml > safe.yaml

Only what the lists below allow gets through; everything else is replaced. A secret is replaced by
the same stand-in wherever it occurs, in any spelling, so that the conversation still makes sense:
a session id that an answer gives is the one that the next request sends. `--invented` is for
schools that do not exist: their people's words stay, their secrets do not.
"""

from __future__ import annotations

import argparse
import base64
import datetime as dt
import html
import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote, quote_plus, unquote, urlencode, urlsplit

import attrs

from tools.captures import Lines, Spoken, read, write
from tools.vocabulary import (
    CLASSCHARTS,
    COOKIE_ATTRIBUTES,
    COOKIES,
    FIELDS,
    FILE_NAME,
    HOSTS,
    INVENTED_HOSTS,
    NUMBERED,
    PATH_WORDS,
    QUERY_FIELDS,
    REQUEST_HEADERS,
    RESPONSE_HEADERS,
    Vocabulary,
    vocabulary_of,
)

__all__ = ["LeakError", "Redactor", "main", "redacted", "spellings"]

EMAIL = re.compile(r"[\w.+-]+(?:@|%40)(?!example\.invalid)[\w-]+(?:\.[\w-]+)+")
BIRTHDAY = re.compile(r"(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>\d{4})|\d{4}-\d\d-\d\d")
STAND_IN = re.compile(r"(redacted|REDACTED)-\w+|person-\d+@example\.invalid")
"""What was redacted before, or bears its stand-in as a name."""
SHORTEST = 4
TOO_PLAIN = frozenset(("true", "false", "null", "none"))
"""What is too short or too plain is replaced where it is expected, and not looked for elsewhere."""


class LeakError(Exception):
    """Something that must not be published is still there; which, by its stand-in."""


# -- the stand-ins --------------------------------------------------------------


@attrs.define
class Redactor:
    """Knows the stand-in of every secret that it has met. `shaped` first, then `swept`."""

    is_invented: bool = False
    """Whether the people are invented, so that their words may stay."""
    secrets: dict[str, str] = attrs.field(factory=dict, repr=False)
    """Secret → stand-in, in the order in which they were met."""
    _blanks: dict[str, str] = attrs.field(factory=dict, repr=False)
    _said: Vocabulary = attrs.field(default=CLASSCHARTS, init=False, repr=False)

    def hide(self, text: str) -> str:
        """The stand-in of *text*, which is a secret and will be looked for everywhere."""
        if not text or text in self.secrets.values() or STAND_IN.fullmatch(text):
            return text
        if text not in self.secrets:
            day = _day(text)
            if day:
                return self._hidden_day(text, day)
            self.secrets[text] = self._stand_in(text, len(self.secrets) + 1)
        return self.secrets[text]

    def _stand_in(self, text: str, number: int) -> str:
        if EMAIL.fullmatch(text):
            return f"person-{number}@example.invalid"
        return f"REDACTED-{number}" if text.isupper() else f"redacted-{number}"

    def _hidden_day(self, text: str, day: dt.date) -> str:
        """A birthday is hidden in every form that it may be written in."""
        other = dt.date(1900, 1, 1) + dt.timedelta(days=len(self.secrets))
        self.secrets[text] = f"{other:%d/%m/%Y}"
        self.secrets.update(zip(_written(day), _written(other), strict=True))
        return self.secrets[text]

    def blank(self, text: str, kind: str = "text") -> str:
        """The stand-in of *text*, which is somebody's words."""
        return self._blanks.setdefault(f"{kind} {text}", f"{kind}-{len(self._blanks) + 1}") if text else ""

    def number(self, said: str) -> str:
        """*said*, a number that leads to a person, or its stand-in if the person exists."""
        if self.is_invented or len(said) < SHORTEST:
            return said
        return self._blanks.setdefault(f"number {said}", f"{9_000_001 + len(self._blanks)}")

    # -- where secrets are expected --

    def shaped(self, one: Spoken) -> Spoken:
        """*one* with only what is allowed where it stands."""
        self._said = vocabulary_of(one.url)
        return Spoken(
            method=one.method if one.method in {"GET", "POST"} else "GET",
            url=self.url(one.url),
            sent=tuple(line for name, text in one.sent for line in self._line(name, text, REQUEST_HEADERS)),
            body=self._form_or_json(one),
            status=one.status,
            said=tuple(line for name, text in one.said for line in self._line(name, text, RESPONSE_HEADERS)),
            content=self._content(one.content),
        )

    def url(self, url: str) -> str:
        """An address of an allowed host with allowed words, and stand-ins for the rest."""
        parts = urlsplit(url)
        host = parts.netloc.rpartition("@")[2]
        if host and not (HOSTS.fullmatch(host) or (self.is_invented and INVENTED_HOSTS.fullmatch(host))):
            host = self.blank(host, "host") + ".invalid"
        path = "/".join(self._segment(unquote(segment)) for segment in parts.path.split("/"))
        query = self._query(parts.query, QUERY_FIELDS)
        return (f"{parts.scheme}://{host}" if host else "") + path + (f"?{query}" if query else "")

    def _segment(self, segment: str) -> str:
        if not segment or segment in PATH_WORDS:
            return segment
        if segment.isdecimal():
            return self.number(segment)
        if self.is_invented and (FILE_NAME.fullmatch(segment) or segment.islower()):
            return quote(segment)
        return quote(self.blank(segment, "file") if FILE_NAME.fullmatch(segment) else self.hide(segment))

    def _query(self, said: str, allowed: Mapping[str, str]) -> str:
        pairs = parse_qsl(said, keep_blank_values=True)
        return urlencode([(self._key(name), self._field(name, text, allowed)) for name, text in pairs])

    def _field(self, name: str, text: str, allowed: Mapping[str, str]) -> str:
        if re.fullmatch(allowed.get(name, "(?!)"), text):
            return self.number(text) if NUMBERED.fullmatch(name) else text
        return self.url(text) if text.startswith(("http://", "https://")) else self.hide(text)

    def _key(self, name: str) -> str:
        is_known = name in FIELDS or self._said.keys.fullmatch(name) or self._said.secret.fullmatch(name)
        if is_known or name in {"new", "current", "repeat", "dob", "password"}:
            return name
        return name if self.is_invented and not EMAIL.search(name) else self.blank(name, "key")

    def _line(self, name: str, text: str, allowed: frozenset[str]) -> Iterable[tuple[str, str]]:
        clean: dict[str, Callable[[str], str]] = {
            "authorization": self._authorization,
            "cookie": lambda said: "; ".join(map(self._cookie, said.split(";"))),
            "set-cookie": self._set_cookie,
            "location": self.url,
        }
        if name in allowed:
            plain = re.match(r"[\w./+*-]+(, ?[\w./+*-]+)*(; ?charset=[\w-]+)?", text)
            yield name, clean[name](text) if name in clean else plain[0] if plain else ""

    def _authorization(self, said: str) -> str:
        scheme, _, text = said.partition(" ")
        return f"{scheme} {self.hide(text)}" if text else self.hide(scheme)

    def _cookie(self, said: str) -> str:
        name, equals, text = said.strip().partition("=")
        shown = name if name in COOKIES else self.blank(name, "cookie")
        return f"{shown}={self._cookie_value(text)}" if equals else shown

    def _cookie_value(self, text: str) -> str:
        try:
            said = json.loads(unquote(text))
        except ValueError:
            return quote(self.hide(unquote(text)), safe="")
        if not isinstance(said, dict):
            return quote(self.hide(unquote(text)), safe="")
        return quote(json.dumps(self._json(said, ""), separators=(",", ":")), safe="")

    def _set_cookie(self, said: str) -> str:
        pair, *rest = said.split(";")
        kept = [part.strip() for part in rest if part.partition("=")[0].strip().lower() in COOKIE_ATTRIBUTES]
        return "; ".join((self._cookie(pair), *kept))

    def _form_or_json(self, one: Spoken) -> bytes:
        if not one.body:
            return b""
        said = _json_of(one.body)
        if isinstance(said, dict | list):
            return json.dumps(self._json(said, "")).encode()
        if dict(one.sent).get("content-type", "").lower().startswith("multipart/"):
            return f"multipart body of {len(one.body)} bytes, not shown".encode()
        return self._query(one.body.decode("utf-8", "replace"), FIELDS).encode()

    def _content(self, content: bytes) -> bytes:
        said = _json_of(content)
        if said is not None:
            return json.dumps(self._json(said, ""), ensure_ascii=False).encode()
        if self.is_invented or not content:
            return content
        return f"<!-- body of {len(content)} bytes, not shown -->".encode()

    def _json(self, said: Any, key: str) -> Any:
        if isinstance(said, dict):
            inner = self._said.wrapper if key else None
            return {
                self._key(name): self._json(value, key if name == inner else name)
                for name, value in said.items()
            }
        if isinstance(said, list):
            return [self._json(value, key) for value in said]
        if isinstance(said, str):
            return self._text(said, key)
        if isinstance(said, bool) or said is None or self.is_invented or key in self._said.figures:
            return said
        is_number = self._said.numbered.fullmatch(key) and isinstance(said, int)
        return int(self.number(str(said))) if is_number else 1

    def _text(self, said: str, key: str) -> str:
        known = self._said
        if not said or (known.facts.fullmatch(key) and known.fact.fullmatch(said)):
            return said
        if known.addresses.fullmatch(key) and said.startswith(("http://", "https://")):
            return self.url(said)
        if known.numbered.fullmatch(key) and said.isdecimal():
            return self.number(said)
        if self.is_invented and known.words.fullmatch(key):
            return said
        return self.hide(said) if known.secret.search(key) else self.blank(said)

    # -- where they are not --

    def swept(self, one: Spoken) -> Spoken:
        """*one* without the secrets that stand where nobody expects them."""
        return attrs.evolve(
            one,
            url=self._sweep(one.url),
            sent=self._sweep_lines(one.sent),
            body=self._sweep_bytes(one.body),
            said=self._sweep_lines(one.said),
            content=self._sweep_bytes(one.content),
        )

    def _sweep_lines(self, lines: Lines) -> Lines:
        return tuple((name, self._sweep(text)) for name, text in lines)

    def _sweep_bytes(self, said: bytes) -> bytes:
        return self._sweep(said.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape")

    def _sweep(self, text: str) -> str:
        text = EMAIL.sub(lambda found: self.hide(found[0].replace("%40", "@")), text)
        low = text.lower()
        there = {form: stand_in for form, stand_in in self._forms() if form in low}
        if not there:
            return text
        wanted = "|".join(map(re.escape, sorted(there, key=len, reverse=True)))
        return re.sub(wanted, lambda found: there[found[0].lower()], text, flags=re.IGNORECASE)

    def _forms(self) -> Iterator[tuple[str, str]]:
        """Every spelling of every secret, in lower case, and its stand-in."""
        for secret, stand_in in self.secrets.items():
            if len(secret) >= SHORTEST and secret.lower() not in TOO_PLAIN:
                yield from ((form.lower(), stand_in) for form in spellings(secret))

    def leaks(self, text: str) -> list[str]:
        """Stand-ins of the secrets that *text* still holds."""
        low = text.lower()
        return sorted({stand_in for form, stand_in in self._forms() if form in low})


def spellings(secret: str) -> set[str]:
    """The ways in which *secret* may be written in a URL, a form, JSON, HTML, or base64."""
    percent = quote(secret, safe="")
    return {
        secret,
        percent,
        quote(secret),
        quote_plus(secret),
        quote(percent, safe=""),
        json.dumps(secret)[1:-1],
        html.escape(secret),
        base64.b64encode(secret.encode()).decode().rstrip("="),
    }


def _day(text: str) -> dt.date | None:
    """The day that *text* is, if it is one."""
    found = BIRTHDAY.fullmatch(text)
    try:
        if found and found["year"]:
            return dt.date(int(found["year"]), int(found["month"]), int(found["day"]))
        return dt.date.fromisoformat(text) if found else None
    except ValueError:
        return None


def _written(day: dt.date) -> tuple[str, ...]:
    unpadded = f"{day.day}/{day.month}/{day.year}"
    return (
        unpadded,
        *(f"{day:{form}}" for form in ("%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y", "%Y%m%d")),
    )


def _json_of(body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


# -- the whole ------------------------------------------------------------------


def redacted(conversation: Iterable[Spoken], redactor: Redactor) -> str:
    """The cassette of *conversation*, safe to publish.

    Raises:
        LeakError: It is not; the stand-ins say what is left.
    """
    shaped = [redactor.shaped(one) for one in conversation]
    text = write([redactor.swept(one) for one in shaped])
    if left := redactor.leaks(text):
        raise LeakError(", ".join(left))
    return text


def main(arguments: list[str]) -> int:
    """Print the redacted cassette of a capture; 0 when it is safe to publish."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.redact", description=(__doc__ or "").split("\n\n")[0]
    )
    parser.add_argument("capture", type=Path, help="a HAR, or a vcrpy cassette")
    parser.add_argument("--invented", action="store_true", help="the school does not exist: its words stay")
    given = parser.parse_args(arguments)
    try:
        conversation = read(given.capture.read_text(encoding="utf-8"))
        print(redacted(conversation, Redactor(is_invented=given.invented)), end="")
    except (LeakError, ValueError) as error:
        print(f"Nothing is written: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
