"""Text and safe HTML out of what teachers and servers write.

One kept cleaner, nh3 (the HTML parser of a browser engine, in Rust), does both. It is loaded on
first use, and skipped where there is no markup.
"""

from __future__ import annotations

import html
import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["name", "rich", "safe_html", "said", "text_of", "unescaped"]

BLOCKS = frozenset(
    "address article aside blockquote caption center dd details div dl dt fieldset figcaption figure footer"
    " form h1 h2 h3 h4 h5 h6 header hr legend li main nav ol option p pre section summary table tbody tfoot"
    " thead tr ul".split()
)
"""Elements that begin and end a line."""
CELLS = frozenset(("td", "th"))
"""Elements that stand beside each other on a line."""
SILENT = frozenset(("script", "style", "template", "head", "title", "noscript"))
"""Elements whose text nobody reads."""


TAG = re.compile(r"<(/?)([a-z0-9]+)>")
"""One tag of what `_outline` leaves: none has attributes."""


MOST_TAGS = 5_000
"""Tags of one text, as people write it: a parser slows down with the square of their depth."""
ANY_TAG = re.compile(r"<[^<>]*>")
SPACES = re.compile(r"\s+")
MANY_LINES = re.compile(r"\n{3,}")


@cache
def _cleaner() -> Callable[[str], str]:
    import nh3

    cleaner = nh3.Cleaner(
        tags=nh3.ALLOWED_TAGS - {"img", "map", "area"},
        # nh3 looks at the scheme of a link, not of the source of a quotation.
        attributes={tag: names - {"cite"} for tag, names in nh3.ALLOWED_ATTRIBUTES.items()},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="noopener noreferrer",
    )
    return cleaner.clean


@cache
def _outline() -> Callable[[str], str]:
    """A cleaner that leaves text, and bare tags where lines and cells end."""
    import nh3

    cleaner = nh3.Cleaner(
        tags={*BLOCKS, *CELLS, "br"}, attributes={"*": set()}, clean_content_tags=set(SILENT), link_rel=None
    )
    return cleaner.clean


def safe_html(markup: str) -> str:
    """*markup* without scripts, pictures, forms, styles and event handlers.

    Text without `<` or `&` is returned as it is.
    """
    return _cleaner()(_bounded(markup)) if "<" in markup or "&" in markup else markup


def unescaped(text: str) -> str:
    """*text* with its character references decoded, for names that servers send encoded."""
    return html.unescape(text) if "&" in text else text


def text_of(markup: str) -> str:
    """*markup* as a person reads it: one line a block or `<br>`, entities decoded, spaces folded.

    At most one empty line stands between two others; none at the ends.
    """
    markup = _bounded(markup)
    if "<" not in markup:
        return _tidied(unescaped(markup))
    first, *rest = TAG.split(_outline()(markup))
    pieces: list[str] = []
    _write(first, pieces)
    for slash, tag, text in zip(rest[::3], rest[1::3], rest[2::3], strict=True):
        _mark(tag, pieces, is_end=bool(slash))
        _write(text, pieces)
    return _tidied("".join(pieces))


def _bounded(markup: str) -> str:
    """*markup*; without any of its tags when it has more of them than anybody writes."""
    if markup.count("<") <= MOST_TAGS:
        return markup
    return html.escape(html.unescape(ANY_TAG.sub(" ", markup)))


def _write(text: str, pieces: list[str]) -> None:
    """Append *text* with its spaces folded; none begin a line."""
    if not text:
        return
    folded = SPACES.sub(" ", unescaped(text))
    if not pieces or pieces[-1].endswith("\n"):
        folded = folded.lstrip()
    if folded:
        pieces.append(folded)


def _mark(tag: str, pieces: list[str], *, is_end: bool) -> None:
    """Append what a tag means to a reader: a new line, an empty line after a paragraph, a space."""
    if tag == "br":
        pieces.append("\n")
    elif tag in CELLS:
        pieces.extend(" " if is_end else "")
    else:
        if not pieces or not pieces[-1].endswith("\n"):
            pieces.append("\n")
        if tag == "p" and is_end:
            pieces.append("\n")


def _tidied(text: str) -> str:
    lines = "\n".join([" ".join(line.split()) for line in text.splitlines()])
    return MANY_LINES.sub("\n\n", lines).strip()


# -- what is left of a field ------------------------------------------------------


def name(text: str | None) -> str | None:
    """A name without character references and outer spaces; `None` if nothing is left."""
    return (unescaped(text).strip() or None) if text else None


def said(text: str | None) -> str | None:
    """A note, maybe HTML, as text; `None` if nothing is left."""
    return (text_of(text) or None) if text else None


def rich(markup: str | None) -> tuple[str | None, str]:
    """Sanitised HTML (`None` if nothing was written) and the same as text."""
    if not markup or not markup.strip():
        return None, ""
    return safe_html(markup), text_of(markup)
