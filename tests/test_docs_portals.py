"""The protocol page of portals: a place for every make, hooks that are known, marks, links that lead.

Each check is a function of the page's text, so that each is also seen to find what is wrong.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

import pytest

from schoolsync.ent import directory, families, trip, walk
from schoolsync.ent.portal import Family
from tests.test_docs import anchors

ROOT: Final = Path(__file__).parents[1]
NAME: Final = "docs/protocol/portals.md"
TEXT: Final = (ROOT / NAME).read_text(encoding="utf-8")
SRC: Final = tuple(sorted((ROOT / "src/schoolsync").rglob("*.py")))
CODE: Final = "\n".join(
    file.read_text(encoding="utf-8")
    for folder in ("ent", "providers/pronote", "sandbox/portals")
    for file in sorted((ROOT / "src/schoolsync" / folder).rglob("*.py"))
)
MARK: Final = r"(?:[RVSIG?], )*[RVSIG?]"
LEGEND: Final = "In our docstrings"
ANCHOR: Final = re.compile(r'<a id="([\w-]+)"></a>')
WORDS: Final = {5: "five"}
HOOK: Final = re.compile(r"`([^`]+)`")


def kinds() -> set[str]:
    """Every make of portal: what the code walks, and what rows that are over once were."""
    found = [one for one in vars(families).values() if inspect.isclass(one) and issubclass(one, Family)]
    walked = {one.kind for one in found if one is not Family}
    return walked | {row.family.was for row in directory.BUILT_IN if isinstance(row.family, families.Retired)}


# -- places ------------------------------------------------------------------------------------


def homeless(text: str) -> set[str]:
    """Makes that have no row in the table of families."""
    table = text.partition("## Families")[2].partition("\n\nEvery field")[0]
    first = " ".join(line.split("|")[1] for line in table.splitlines() if line.startswith("| "))
    return kinds() - set(HOOK.findall(first))


def unplaced(text: str) -> set[str]:
    """Makes that the code walks, and which no paragraph tells of, under an anchor of its own."""
    walked = kinds() & set(re.findall(r'kind: ClassVar\[str\] = "(\w+)"', CODE))
    return walked - set(ANCHOR.findall(text))


def places(text: str) -> dict[str, str]:
    """What the page says of each make, up to the next one or the next heading."""
    pieces = ANCHOR.split(text)
    return {name: said.partition("\n## ")[0] for name, said in zip(pieces[1::2], pieces[2::2], strict=True)}


# -- marks ---------------------------------------------------------------------------------------


def unmarked(text: str) -> list[str]:
    """Rows, steps and paragraphs on makes that claim something and bear no mark of the legend."""
    found, is_legend = [], False
    for line in (line for line in text.splitlines() if line.startswith("| ")):
        last = re.split(r"(?<!\\)\|", line)[-2].strip()
        is_legend = last == LEGEND or (is_legend and last != "Mark")
        if not is_legend and not re.fullmatch(f"Mark|{MARK}", last):
            found.append(line)
    trip = text.partition("## The whole trip")[2].partition("\n## ")[0].split("\n\n")
    steps = re.split(r"\n(?=\d\. )", trip[1]) if len(trip) > 1 else []
    claims = [*steps, *places(text).values()]
    return found + [claim for claim in claims if not re.search(rf"\({MARK}\)", claim)]


# -- hooks, numbers, links -----------------------------------------------------------------------


def hooks(text: str) -> set[str]:
    """What the page quotes of portals' pages and addresses, as far as it is whole."""
    said = {hook for hook in HOOK.findall(text) if hook[0] in "#./" or hook.startswith("form")}
    return {hook for hook in said if not re.search(r"[…{}]", hook)}


def invented(text: str) -> set[str]:
    """Hooks that neither our code nor the sandbox's portals know; each of their parts is looked for."""
    return {hook for hook in hooks(text) if not all(part in CODE for part in _parts(hook))}


def _parts(hook: str) -> Iterable[str]:
    """`form.a__b` and `form#fm1` are an id or a class; an address is looked for whole, or step by step."""
    if hook.startswith("form"):
        return (re.split(r"[.#]", hook)[-1],)
    if hook[0] in "#.":
        return (hook[1:],)
    return (hook,) if hook in CODE else [part for part in hook.split("/") if part]


def dangling(sources: Iterable[str], text: str) -> set[str]:
    """Places of the page that *sources* cite, and which are not there."""
    cited = {place for source in sources for place in re.findall(rf"{re.escape(NAME)}#([\w-]+)", source)}
    return cited - anchors(text)


def beyond(text: str) -> list[str]:
    """Limits that are not those of the code."""
    limits = {
        "redirects in a row": trip.MOST_REDIRECTS,
        "exchanges": trip.MOST_EXCHANGES,
        "minutes": int(trip.MOST_SECONDS // 60),
    }
    words = {"five": "5"}
    said = {
        name: words.get(number, number)
        for number, name in re.findall(r"(\w+) (redirects in a row|exchanges|minutes)", text)
    }
    return [name for name, limit in limits.items() if said.get(name) != str(limit)]


# -- the page -----------------------------------------------------------------------------------


def test_the_page_is_whole() -> None:
    """Nothing is missing, unmarked, made up, or of another number."""
    assert len(kinds()) > 15
    assert len(hooks(TEXT)) > 30
    assert homeless(TEXT) == set()
    assert unplaced(TEXT) == set()
    assert unmarked(TEXT) == []
    assert invented(TEXT) == set()
    assert beyond(TEXT) == []


def test_what_docstrings_cite_is_there() -> None:
    """Every family names its place; none of the places is missing."""
    sources = [file.read_text(encoding="utf-8") for file in SRC]
    citing = [file.stem for file, source in zip(SRC, sources, strict=True) if f"{NAME}#" in source]
    assert {"educonnect", "kosmos_form", "oze", "toutatice"} <= {*citing}
    assert dangling(sources, TEXT) == set()


def test_the_legend_has_every_mark_that_is_used() -> None:
    """And no other."""
    legend = set(re.findall(r"^\| \*\*(.)\*\* \|", TEXT, re.MULTILINE))
    used = {mark for said in re.findall(rf"\(({MARK})\)", TEXT) for mark in said.split(", ")}
    rows = {mark for said in re.findall(rf"\| ({MARK}) \|$", TEXT, re.MULTILINE) for mark in said.split(", ")}
    assert legend == used | rows


def test_the_first_thing_that_is_asked_of_a_page_comes_first() -> None:
    """As in the code: the door, who serves, what is carried, what is scripted, EduConnect, the family."""
    table = TEXT.partition("## What we ask of a page")[2].partition("\n## ")[0]
    order = [
        "arrived",
        "does not serve",
        "5xx",
        "429",
        "SAMLResponse",
        "creerCookie",
        "educonnect)",
        "families)",
    ]
    assert sorted(order, key=table.index) == order
    steps = ["is_at_door", "_check_served", "saml_form", "_turn"]
    code = inspect.getsource(walk._has_arrived)
    assert sorted(steps, key=code.index) == steps


# -- what is wrong is found -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("check", "old", "new"),
    [
        (homeless, "| [`oze`](#oze) |", "| Oze |"),
        (homeless, "`itslearning` |", "others |"),
        (unplaced, '<a id="toutatice"></a>', ""),
        (unmarked, "| the client | a browser, or we | | G |", "| the client | a browser, or we | | |"),
        (
            unmarked,
            "| 2025 | a hidden `csrf_token`, without which there is HTTP 400 | I |",
            "| 2025 | a | X |",
        ),
        (unmarked, "without `login=true` (S).", "without `login=true`."),
        (unmarked, "in, and then the school (S, V).", "in, and then the school."),
        (invented, "`#zone_msgDetail` instead", "`#zone_messages` instead"),
        (invented, "`/auth/saml/acs` takes", "`/auth/saml/acx` takes"),
        (invented, "`form.cas__login-form`", "`form.cas_login`"),
        (beyond, "40 exchanges", "50 exchanges"),
        (beyond, "five minutes", "an hour"),
    ],
)
def test_a_page_that_is_wrong_is_noticed(check: Callable[[str], object], old: str, new: str) -> None:
    """By the check that is meant for it."""
    assert old in TEXT
    assert check(TEXT.replace(old, new))


def test_a_place_that_is_not_there_is_noticed() -> None:
    """In a docstring of ours, or of a file that is yet to come."""
    assert dangling([f"See {NAME}#nowhere and {NAME}#families."], TEXT) == {"nowhere"}
    assert dangling([f"{NAME}#families"], TEXT.replace("## Families", "## Makes")) == {"families"}
