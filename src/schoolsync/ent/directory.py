"""Every portal that is known, by name and by host.

The rows of this package are in `tables`. Other packages add theirs through the entry-point group
`schoolsync.portals`: an entry point leads to a `Portal`, or to several. A broken one is told in a warning, by
its name, and the others stay; one that takes a name which is taken is refused the same way.

Looking something up loads no family: the way through a portal is loaded when it is walked.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from types import MappingProxyType

from schoolsync.ent.portal import Portal
from schoolsync.ent.tables import edifice, edifice_local, kosmos, kosmos_local, others, retired
from schoolsync.errors import UnknownName

__all__ = ["BUILT_IN", "GROUP", "by_host", "find", "names", "portals"]

GROUP = "schoolsync.portals"
"""The entry-point group."""
BUILT_IN: tuple[Portal, ...] = (
    *kosmos.ROWS,
    *kosmos_local.ROWS,
    *edifice.ROWS,
    *edifice_local.ROWS,
    *others.ROWS,
    *retired.ROWS,
)
"""The portals of this package."""
log: logging.Logger = logging.getLogger("schoolsync.ent")


def find(name: str) -> Portal:
    """The portal called *name*, or so by another client; case, `_` and `-` do not matter.

    Raises:
        UnknownName: There is none. Its `suggestions` are the nearest names.
    """
    rows = _rows()
    row = rows.get(_plain(name))
    if row is None:
        words = (word for one in rows.values() for word in (one.name, *one.aliases))
        raise UnknownName("portal", name, tuple(sorted({*words})))
    return row


def names() -> tuple[str, ...]:
    """The names of all portals, sorted; their other names are left out."""
    return tuple(row.name for row in portals())


def portals() -> tuple[Portal, ...]:
    """All portals, sorted by name: those that work, those that may, and those that are over."""
    return tuple(sorted({row.name: row for row in _rows().values()}.values(), key=lambda row: row.name))


def by_host(host: str) -> tuple[Portal, ...]:
    """The portals that *host*, whole and with its port if it has one, belongs or leads to; sorted by name."""
    plain = host.lower().removesuffix(":443")
    return tuple(row for row in portals() if plain in row.all_hosts or plain in row.fronts)


def _plain(name: str) -> str:
    return name.strip().lower().replace("_", "-")


@cache
def _rows() -> Mapping[str, Portal]:
    """Every portal under each of its names, spelt plainly. Other packages are looked for once."""
    rows = {word: row for row in BUILT_IN for word in _words(row)}
    for point in sorted(entry_points(group=GROUP), key=lambda point: point.name):
        for row in _loaded(point):
            taken = sorted(_words(row) & rows.keys())
            if taken:
                log.warning("portals of another package, %r: %s is taken; not added", point.name, taken[0])
            else:
                rows.update(dict.fromkeys(_words(row), row))
    return MappingProxyType(rows)


def _words(row: Portal) -> set[str]:
    return {_plain(word) for word in (row.name, *row.aliases)}


def _loaded(point: EntryPoint) -> Iterator[Portal]:
    """The rows that *point* leads to; whatever else it leads to is told."""
    try:
        found = point.load()
        rows = tuple(found) if isinstance(found, Iterable) else (found,)
    except Exception as error:  # noqa: BLE001 - whatever another package does, the others stay
        log.warning("portals of another package, %r: cannot be loaded (%s)", point.name, type(error).__name__)
        return
    for row in rows:
        if isinstance(row, Portal):
            yield row
        else:
            log.warning("portals of another package, %r: leads to something else", point.name)
