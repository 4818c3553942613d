"""What a browser knows of a page beyond its tree: whose a control is, what it sends, what is said and shown.

The parser (selectolax) builds the tree of HTML5; these are the rules of HTML5 on top of it, for a browser
that runs no scripts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

__all__ = ["Owned", "is_measured", "is_off", "is_shown", "kind_of", "owned", "spoken", "value_of"]

MOST_TAGS: Final = 10_000
"""Tags of a page that is read: a parser slows down with the square of their depth."""
MOST_ATTRIBUTES: Final = 1_000
"""Attributes of one tag of such a page: as with depth."""
MOST_CONTROLS: Final = 200
"""Controls of a page whose forms are read."""
CONTROLS: Final = "input, select, textarea, button"
CHOICES: Final = frozenset(("radio", "checkbox"))
SILENT: Final = frozenset(("script", "style", "template", "title"))
"""Elements whose text nobody reads. `noscript` is none of them: it is for readers like us."""
INLINE: Final = frozenset(
    "a abbr acronym b bdi bdo big cite code del dfn em font i ins kbd mark q s samp small span strong sub sup"
    " tt u var".split()
)
"""Elements that stand within a word or a line; all others end one."""
TAG: Final = re.compile(r"""<[a-z](?:[^"'>]++|"[^"]*"|'[^']*'|["'])*+""", re.IGNORECASE)
QUOTED: Final = re.compile(r""""[^"]*"|'[^']*'""")
BETWEEN: Final = re.compile(r"""[\s/"']+""")
"""What stands between two attributes, once their values are taken out."""

Owned = list[tuple["LexborNode", list["LexborNode"]]]
"""Forms, each with its controls."""


def is_measured(text: str) -> bool:
    """Whether *text* has no more tags, and no tag more attributes, than anybody writes."""
    if text.count("<") > MOST_TAGS:
        return False
    return all(
        len(tag) <= MOST_ATTRIBUTES or len(BETWEEN.findall(QUOTED.sub('""', tag))) <= MOST_ATTRIBUTES
        for tag in TAG.findall(text)
    )


# -- forms --------------------------------------------------------------------------------


def owned(tree: LexborHTMLParser) -> Owned:
    """The forms of a page, in order, each with its controls; nothing on a page with too many of them.

    A control belongs to the form that it names (`form=`), else to the one that it stands in. A form that
    begins within a table and ends elsewhere is closed at once by the rules of HTML, and its controls stand
    in none: those belong to the nearest form before them, unless it has one of that name.
    """
    forms = {form.mem_id: form for form in tree.css("form")}
    controls: dict[int, list[LexborNode]] = {key: [] for key in forms}
    by_id = {form.attributes.get("id") or "": key for key, form in reversed(forms.items())}
    strays: list[tuple[int, LexborNode]] = []
    nodes = tree.css(f"form, {CONTROLS}")
    if len(nodes) - len(forms) > MOST_CONTROLS:
        return []
    last: int | None = None
    for node in nodes:
        if node.tag == "form":
            last = node.mem_id
            continue
        owner = _owner(node, by_id)
        if owner is not None:
            controls[owner].append(node)
        elif last is not None and "form" not in node.attributes:
            strays.append((last, node))
    _take_in(strays, controls)
    return [(form, controls[key]) for key, form in forms.items()]


def _owner(control: LexborNode, by_id: dict[str, int]) -> int | None:
    """The form that *control* names, or stands in; `None` for neither."""
    if "form" in control.attributes:
        return by_id.get(control.attributes["form"] or "\0")
    return next((node.mem_id for node in _above(control) if node.tag == "form"), None)


def _take_in(strays: list[tuple[int, LexborNode]], controls: dict[int, list[LexborNode]]) -> None:
    own = {key: {node.attributes.get("name") for node in nodes} for key, nodes in controls.items()}
    for key, node in strays:
        if node.attributes.get("name") not in own[key]:
            controls[key].append(node)


def _above(node: LexborNode) -> Iterator[LexborNode]:
    """What *node* stands in, from within."""
    above = node.parent
    while above is not None:
        yield above
        above = above.parent


# -- controls -----------------------------------------------------------------------------


def kind_of(control: LexborNode) -> str:
    """Its type in lower case; `select` and `textarea` are their own."""
    tag = control.tag or ""
    if tag in {"select", "textarea"}:
        return tag
    default = "submit" if tag == "button" else "text"
    return (control.attributes.get("type") or default).strip().lower()


def is_off(control: LexborNode, kind: str) -> bool:
    """Whether a browser leaves *control* out: it is switched off, not chosen, or nothing to choose."""
    said = control.attributes
    if "disabled" in said or (kind in CHOICES and "checked" not in said):
        return True
    if kind == "select" and _chosen(control) is None:
        return True
    below = control
    for node in _above(control):
        if node.tag == "datalist" or (node.tag == "fieldset" and _is_closed(node, below)):
            return True
        below = node
    return False


def _is_closed(fieldset: LexborNode, below: LexborNode) -> bool:
    """Whether *fieldset* switches off what stands in its child *below*: all but its first legend."""
    if "disabled" not in fieldset.attributes:
        return False
    legend = next((node for node in fieldset.iter() if node.tag == "legend"), None)
    return legend is None or legend.mem_id != below.mem_id


def value_of(control: LexborNode, kind: str) -> str:
    """What stands in *control*."""
    if kind == "textarea":
        return control.text()
    if kind == "select":
        chosen = _chosen(control)
        said = chosen.attributes.get("value", chosen.text().strip()) if chosen is not None else ""
        return said or ""
    said = control.attributes.get("value")
    return "on" if kind in CHOICES and "value" not in control.attributes else said or ""


def _chosen(select: LexborNode) -> LexborNode | None:
    """The option that is chosen: the last one marked, else the first, unless several may be chosen."""
    options = select.css("option")
    marked = [option for option in options if "selected" in option.attributes]
    if not marked and "multiple" in select.attributes:
        return None
    open_ones = [option for option in marked[-1:] or options if not _is_shut(option)]
    return open_ones[0] if open_ones else None


def _is_shut(option: LexborNode) -> bool:
    above = option.parent
    in_shut_group = above is not None and above.tag == "optgroup" and "disabled" in above.attributes
    return in_shut_group or "disabled" in option.attributes


# -- what is said, and shown ---------------------------------------------------------------


def spoken(root: LexborNode) -> str:
    """What stands in *root* to be read, spaces folded, without its scripts."""
    pieces: list[str] = []
    waiting: list[LexborNode | str] = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, str):
            pieces.append(node)
        elif node.tag == "-text":
            pieces.append(node.text(deep=False))
        elif node.tag != "-comment" and (node.tag not in SILENT or node.mem_id == root.mem_id):
            border = "" if node.tag in INLINE else " "
            pieces.append(border)
            waiting.append(border)
            waiting.extend(reversed(list(node.iter(include_text=True))))
    return " ".join("".join(pieces).split())


def is_shown(nodes: list[LexborNode]) -> bool:
    """Whether a reader sees one of *nodes*, as far as the page itself says so."""
    hidden: set[int] = set()
    return any(not _is_hidden(node, hidden) for node in nodes)


def _is_hidden(node: LexborNode, hidden: set[int]) -> bool:
    """Whether *node*, or what it stands in, is hidden; *hidden* holds what is known to be, and gets more."""
    path: list[int] = []
    at: LexborNode | None = node
    while at is not None:
        path.append(at.mem_id)
        if at.mem_id in hidden or _hides(at):
            hidden.update(path)
            return True
        at = at.parent
    return False


def _hides(node: LexborNode) -> bool:
    if node.tag in SILENT:
        return True
    said = node.attributes
    style = "".join((said.get("style") or "").lower().split())
    return (
        "hidden" in said
        or "display:none" in style
        or "visibility:hidden" in style
        or (said.get("type") or "").lower() == "hidden"
    )
