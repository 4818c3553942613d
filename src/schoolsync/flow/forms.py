"""What a web page asks for: its forms, links and signs, read as a browser reads them.

```python
page = Page(response)
form = page.form(having="j_password")
values = form.values() | {"j_username": "…"}
```

No script of a page is ever run, no refresh followed. The parser (selectolax, the HTML5 parser of the Lexbor
project) is loaded when the first page is read.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Final
from urllib.parse import urldefrag, urljoin, urlsplit

import attrs

from schoolsync.flow.http import Response
from schoolsync.flow.markup import is_measured, is_off, is_shown, kind_of, owned, spoken, value_of

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

__all__ = ["Field", "Form", "Page"]

LONGEST: Final = 2_000_000
"""Bytes of a page that is read at all."""
MARKUP: Final = frozenset(("text/html", "application/xhtml+xml", "text/xml", "application/xml", None))
BUTTONS: Final = frozenset(("submit", "image", "button", "reset"))
TYPED: Final = frozenset(("text", "tel", "number", "password"))
OUTER: Final = "".join(map(chr, range(33)))
"""What a browser takes off both ends of an address."""
INNER: Final = dict.fromkeys(map(ord, "\t\n\r"))
"""What it takes out of the middle."""
WORD: Final = re.compile(r"(?!(?:\D*\d){6})[a-z_][\w.:$\[\]-]{0,59}", re.IGNORECASE | re.ASCII)
"""A name that somebody thought of; others may have been drawn, or be a person's."""
MOST_SHOWN: Final = 20
"""Names of one form, and forms of one page, that are shown."""


def _shown(names: tuple[str, ...], between: str) -> str:
    """*names* as they may be shown: what is no word, and what is too much, is `…`."""
    plain = [name if WORD.fullmatch(name) else "…" for name in names[:MOST_SHOWN]]
    return between.join([*plain, "…"] if len(names) > MOST_SHOWN else plain)


@attrs.frozen(repr=False)
class Field:
    """One control of a form."""

    name: str
    """What the server calls it; empty: it is never sent."""
    value: str
    """What stands in it."""
    kind: str = "text"
    """Its type in lower case: `text`, `password`, `hidden`, `submit`, `radio`, `select`, …"""
    id: str = ""
    """How the page itself calls it."""
    is_sent: bool = True
    """Whether a browser would send it as it stands."""

    @property
    def is_typed(self) -> bool:
        """Whether a word, a number or a password is typed into it, and sent."""
        return bool(self.name) and self.kind in TYPED

    def __repr__(self) -> str:
        """The name and the type, never the value."""
        return f"<Field {_shown((self.name or self.id, self.kind), ' ')}>"


@attrs.frozen(repr=False)
class Form:
    """One form of a page."""

    action: str
    """Where it goes: absolute; empty if that is no address."""
    method: str
    """`GET` or `POST`."""
    fields: tuple[Field, ...]
    """Its controls in the order of the page."""
    id: str = ""
    """How the page calls it."""
    classes: frozenset[str] = frozenset()
    """Its classes."""
    text: str = ""
    """What stands in it to be read, spaces folded: its labels, or everything if it has none."""

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its controls, each once, in order."""
        return tuple(dict.fromkeys(field.name for field in self.fields if field.name))

    @property
    def passwords(self) -> tuple[Field, ...]:
        """Those of its controls that a password is typed into."""
        return tuple(field for field in self.fields if field.kind == "password")

    def values(self) -> dict[str, str]:
        """What a browser would send as it stands, no button pressed."""
        return {field.name: field.value for field in self.fields if field.name and field.is_sent}

    def button(self, name: str) -> dict[str, str]:
        """What pressing the button called *name* adds; nothing if there is none."""
        pressed = (one for one in self.fields if one.name == name and one.kind in {"submit", "button"})
        return {field.name: field.value for field in pressed}

    @property
    def outline(self) -> str:
        """Its id and the names of its controls, in words that may be shown."""
        return f"{_shown((self.id,), '') if self.id else 'a form'} ({_shown(self.names, ', ')})"

    def __repr__(self) -> str:
        """Its id and the names of its controls, never a value."""
        return f"<Form {self.outline}>"


@attrs.frozen(repr=False)
class Page:
    """An answer, read as a page. What is no page, or one beyond all measure, has no forms and no signs."""

    response: Response
    """The answer."""

    @property
    def url(self) -> str:
        """The address that it came from."""
        return self.response.url

    @property
    def host(self) -> str:
        """The host that it came from, in lower case, without its port."""
        return urlsplit(self.url).hostname or ""

    @property
    def path(self) -> str:
        """The path that it came from."""
        return urlsplit(self.url).path

    @cached_property
    def is_markup(self) -> bool:
        """Whether it can be read as a page."""
        is_page = self.response.media_type in MARKUP and len(self.response.body) <= LONGEST
        return is_page and is_measured(self.response.text)

    @cached_property
    def forms(self) -> tuple[Form, ...]:
        """Its forms, in order; none at all when it has more than 200 controls."""
        return tuple(self._form(node, controls) for node, controls in owned(self._tree))

    def form(self, *, called: str | None = None, having: str | None = None) -> Form | None:
        """The first form that is called so and has such a control; `None` if there is none.

        Args:
            called: Id of the form; any if not given.
            having: Name of one of its controls; any if not given.
        """
        fitting = (
            form
            for form in self.forms
            if (called is None or form.id == called) and (having is None or having in form.names)
        )
        return next(fitting, None)

    def has(self, selector: str) -> bool:
        """Whether anything on the page fits the CSS *selector*, shown or not."""
        return self._tree.css_first(selector) is not None

    def shows(self, selector: str) -> bool:
        """Whether anything that fits the CSS *selector* is shown: neither it nor what holds it is hidden."""
        return is_shown(self._tree.css(selector))

    def attribute(self, selector: str, name: str) -> str | None:
        """That attribute of the first element that fits the CSS *selector*; `None` without."""
        node = self._tree.css_first(selector)
        return node.attributes.get(name) if node is not None else None

    def links(self) -> tuple[str, ...]:
        """Where its links lead: absolute, in order; without those that are no address."""
        found = (node.attributes.get("href") for node in self._tree.css("a[href]"))
        absolute = (self._absolute(link) for link in found if link)
        return tuple(link for link in absolute if link)

    def text(self, selector: str = "body") -> str:
        """What stands in the first element that fits the CSS *selector*, spaces folded; empty without."""
        node = self._tree.css_first(selector)
        return spoken(node) if node is not None else ""

    @cached_property
    def words(self) -> str:
        """All that the page says, in lower case, without its scripts: for sentences that are signs."""
        return self.text().replace("’", "'").casefold()

    @property
    def outline(self) -> str:
        """What it looks like, in words that may be shown: status, forms with the names of their controls."""
        shown = [form.outline for form in self.forms[:MOST_SHOWN]]
        return f"HTTP {self.response.status}, {'; '.join(shown) or 'no form'}"

    def __repr__(self) -> str:
        """What `outline` says."""
        return f"<Page {self.outline}>"

    @cached_property
    def _tree(self) -> LexborHTMLParser:
        from selectolax.lexbor import LexborHTMLParser

        return LexborHTMLParser(self.response.text if self.is_markup else "")

    @cached_property
    def _base(self) -> str:
        """What addresses on the page are relative to."""
        base = _resolved(self.url, self.attribute("base[href]", "href") or "")
        return base if base.startswith(("https:", "http:")) else self.url

    def _absolute(self, link: str) -> str:
        return _resolved(self._base, link)

    def _form(self, node: LexborNode, controls: list[LexborNode]) -> Form:
        said = node.attributes
        action = said.get("action") or ""
        labels = node.css("label, legend") or [node]
        return Form(
            action=self._absolute(action) if action else urldefrag(self.url).url,
            method="POST" if (said.get("method") or "").upper() == "POST" else "GET",
            fields=tuple(_field(control) for control in controls),
            id=said.get("id") or "",
            classes=frozenset((said.get("class") or "").split()),
            text=" ".join(filter(None, map(spoken, labels))),
        )


def _resolved(base: str, link: str) -> str:
    """Where *link* leads from *base*; empty if that is no address."""
    try:
        return urljoin(base, link.strip(OUTER).translate(INNER))
    except ValueError:
        return ""


def _field(node: LexborNode) -> Field:
    kind = kind_of(node)
    return Field(
        name=node.attributes.get("name") or "",
        value=value_of(node, kind),
        kind=kind,
        id=node.attributes.get("id") or "",
        is_sent=kind not in BUTTONS and not is_off(node, kind),
    )
