"""What every row of the directory owes: evidence, names and hosts of its own, a family that a fake can show.

Each check takes rows and returns complaints, `name: what`; an empty list is a clean directory.
"""

from __future__ import annotations

import ast
import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import attrs

from schoolsync.ent.families import Retired
from schoolsync.ent.portal import EDUCONNECT, Portal, State
from tests.house.code import sources
from tests.house.contracts import ROOT

Check = Callable[[Sequence[Portal]], list[str]]

FAKES = "src/schoolsync/sandbox/portals"
FIRST = dt.date(2020, 1, 1)
"""No evidence is older: that is when other clients began."""
SENTENCE = 30
"""Characters that an evidence has at least."""


def unproven(rows: Sequence[Portal]) -> list[str]:
    """Rows that do not say, in a sentence and with a day that can be, how they are known."""
    latest = dt.datetime.now(dt.UTC).date()
    return [
        *(
            f"{row.name}: no sentence of evidence"
            for row in rows
            if len(row.evidence) < SENTENCE or not row.evidence.endswith(".")
        ),
        *(f"{row.name}: seen on {row.seen}" for row in rows if not FIRST <= row.seen <= latest),
        *(f"{row.name}: no region" for row in rows if not row.region),
    ]


def ambiguous(rows: Sequence[Portal]) -> list[str]:
    """Names and other names that two rows have, spelt alike but for case and lines; and titles."""
    words = Counter(word.replace("_", "-") for row in rows for word in (row.name, *row.aliases))
    titles = Counter(f"the title {row.title!r}" for row in rows)
    return [f"{word}: {count} times" for word, count in (words + titles).items() if count > 1]


def misplaced(rows: Sequence[Portal]) -> list[str]:
    """Hosts that stand twice in a row, or that belong to no portal; and addresses without encryption."""
    complaints = []
    for row in rows:
        hosts = Counter((*row.family.hosts, *row.hosts, *row.fronts))
        complaints += [f"{row.name}: {host} stands twice" for host, count in hosts.items() if count > 1]
        complaints += [f"{row.name}: {EDUCONNECT} is nobody's"] * (EDUCONNECT in hosts)
        complaints += [
            f"{row.name}: {value} is not https"
            for value in attrs.asdict(row.family).values()
            if isinstance(value, str) and "://" in value and not value.startswith("https://")
        ]
    return complaints


def doubled(rows: Sequence[Portal]) -> list[str]:
    """Rows with the same hosts and settings as another, unless they share the very object on purpose."""
    first: dict[object, Portal] = {}
    complaints = []
    for row in rows:
        other = first.setdefault(row.family, row)
        if other.family is not row.family:
            complaints.append(f"{row.name}: the same way as {other.name}, and not said to be")
        elif other is not row and other.all_hosts != row.all_hosts:
            complaints.append(f"{row.name}: the same way as {other.name}, over other hosts")
    return complaints


def stranded(rows: Sequence[Portal]) -> list[str]:
    """Dead rows that lead nowhere, and rows that are dead by half."""
    states = {row.name: row.state for row in rows}
    return [f"{row.name}: {what}" for row in rows for what in _stranded(row, states)]


def _stranded(row: Portal, states: dict[str, State]) -> Iterator[str]:
    is_dead = row.state is State.DEAD
    if is_dead is not isinstance(row.family, Retired):
        yield "dead rows have the family Retired, and others have not"
    if is_dead and states.get(row.successor or "") is not State.CURRENT:
        yield f"its successor, {row.successor}, is not current"
    if not is_dead and row.successor:
        yield "it has a successor, and is not dead"


def unshown(rows: Sequence[Portal], root: Path = ROOT) -> list[str]:
    """Families and hosts in use that the sandbox does not show; its text is read, nothing is loaded.

    A fake says which family it is (`family = …`), and `FAKES` which other families it shows as well.
    """
    trees = [tree for _, tree in sources(root, FAKES)]
    shown = {name for tree in trees for name in (*_families(tree), *_also(tree))}
    texts = {node.value for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    live = [row for row in rows if row.state is not State.DEAD]
    hosts = {host: row for row in live for host in row.all_hosts}
    return [
        *(f"{kind}: no fake in {FAKES}" for kind in sorted({row.family.kind for row in live} - shown)),
        *(f"{row.name}: no {host} in {FAKES}" for host, row in hosts.items() if host not in texts),
    ]


def _families(tree: ast.Module) -> Iterator[str]:
    """What classes of a file say in `family = …`, with a type or without."""
    for kind in (node for node in ast.walk(tree) if isinstance(node, ast.ClassDef)):
        for node in kind.body:
            match node:
                case (
                    ast.Assign(targets=[ast.Name(id="family")], value=ast.Constant(value=str(value)))
                    | ast.AnnAssign(target=ast.Name(id="family"), value=ast.Constant(value=str(value)))
                ):
                    yield value
                case _:
                    pass


def _also(tree: ast.Module) -> Iterator[str]:
    """The keys of a file's `FAKES`, if it has one."""
    for node in tree.body:
        match node:
            case (
                ast.Assign(targets=[ast.Name(id="FAKES")], value=ast.Dict(keys=keys))
                | ast.AnnAssign(target=ast.Name(id="FAKES"), value=ast.Dict(keys=keys))
            ):
                yield from (str(key.value) for key in keys if isinstance(key, ast.Constant))
            case _:
                pass


CHECKS: tuple[Check, ...] = (unproven, ambiguous, misplaced, doubled, stranded, unshown)
"""All of them."""
