"""Which portal stands in front of a school, told from the addresses that the school leads over.

Nothing is asked here: whoever sends hands in what was met. The school's own word and the first redirect that
names a service count most, later hosts less, hosts that an address only mentions least; EduConnect counts
nothing, because every portal leads there. A host is known by its whole name, never by a part of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final
from urllib.parse import parse_qsl, unquote, urlsplit

import attrs

from schoolsync.ent import directory
from schoolsync.ent.families import KosmosEduConnect, KosmosForm
from schoolsync.ent.portal import EDUCONNECT, Family, Portal, State
from schoolsync.errors import plain_address

__all__ = ["Match", "hinted", "match"]

WRAPPERS: Final = frozenset(("callback", "callBack", "service", "TARGET", "RelayState", "redirect_uri"))
"""Parts of a query in which one address carries another."""
OLD: Final = State.HISTORIC
MOST_WRAPS: Final = 5
"""How deep addresses are unwrapped."""
ACADEMY: Final = "ac-"
"""How names of academies begin: one portal serves several of them."""
DEPARTMENTS: Final[Mapping[str, frozenset[str]]] = {
    "ac-montpellier": frozenset("011 030 034 048 066".split()),
    "ac-toulouse": frozenset("009 012 031 032 046 065 081 082".split()),
}
"""Departments of the academies that share a portal's host and nothing else."""
OPEN_ENT: Final = ("openent_educonnect", "openent_local")
APEREO: Final = ("apereo_cas_educonnect", "apereo_cas_form")
SHAPES: Final = (
    (re.compile(r"/cas/login/keycloak-"), ("keycloak_monlycee",)),
    (re.compile(r"/casshib/shib/"), ("toutatice",)),
    (re.compile(r"/EduConnect/cas/login(\?|$)"), ("hubeduconnect",)),
    (re.compile(r"/connexion/login(\?|$)"), ("apereo_cas_form",)),
    (re.compile(r"/(access|shibcas)/login(\?|$)|/discovery/WAYF"), ("shib_wayf_educonnect",)),
    (re.compile(r"/sso/login(\?|$)"), ("laclasse_sso",)),
    (re.compile(r"/auth/login(\?|$)|/auth/saml/"), OPEN_ENT),
    (re.compile(r"/cas/login\?(.*&)?idpId="), ("apereo_cas_educonnect",)),
    (re.compile(r"/cas/login(\?|$)"), (*OPEN_ENT, *APEREO)),
    (re.compile(r"^cas\.[^/]+/login(\?|$)|/delegate/redirect/"), ("kosmos_educonnect", "kosmos_form")),
)
"""What an address looks like, host and path and query, and the makes of portals that have such ones."""


@attrs.frozen(kw_only=True)
class Match:
    """What the addresses of a school tell about its portal."""

    names: tuple[str, ...] = ()
    """Portals that it may be, the most probable first; one name where several stand for the same way."""
    is_direct: bool = False
    """Whether the school lets people in by itself."""
    service: str | None = None
    """What the school calls itself at the portal: still encoded, exactly as its redirect wrote it."""
    evidence: tuple[str, ...] = ()
    """Why, in sentences that may be shown."""
    hops: tuple[str, ...] = ()
    """The addresses met, host and path only."""
    families: tuple[str, ...] = ()
    """What a portal that nobody knows looks like; a guess from the form of its addresses."""

    @property
    def name(self) -> str | None:
        """The portal, when it can be one only."""
        return self.names[0] if len(self.names) == 1 else None


def match(*, cas_active: bool | None, cas_url: str | None, chain: Sequence[str], rne: str | None) -> Match:
    """Which portal, or none, by what the school says and where it leads.

    Args:
        cas_active: Whether the school's public information says that a portal lets people in; `None`: it was
            not asked, or does not say.
        cas_url: The portal's address in that information.
        chain: Every address met, whole and in order: the school's own page first, then each redirect.
        rne: The school's national code, if its address has one: `0311234A`.

    Evidence:
        Read: the weights, the shapes of addresses. General knowledge: departments of the academies. Where
        the information says "no portal" and the page leads to one, the page is believed: a guess.
    """
    clues = _Clues.read("" if cas_active is False else cas_url or "", chain)
    rows = directory.portals()
    found = clues.candidates(rows)
    if not found and clues.is_direct(cas_active):
        return Match(is_direct=True, hops=clues.hops, evidence=(_direct(cas_active),))
    ways = _grouped(found)
    names, why = _decided(ways, clues, rne)
    shape = () if names else clues.shape
    evidence = (
        *_said(cas_active, clues),
        *clues.over(rows),
        *(_same(one) for one in ways.values() if len(one) > 1),
        *(f"{row.name} is an older way, which may not work any more." for row in found if row.state is OLD),
        *why,
        *_unknown(clues, names, shape),
    )
    return Match(names=names, service=clues.service, evidence=evidence, hops=clues.hops, families=shape)


def hinted(url: str) -> tuple[str, ...]:
    """The hosts of the addresses that *url* carries in its query, however deep; none of them is asked."""
    return tuple(dict.fromkeys(_unwrapped(url, MOST_WRAPS)))


def _unwrapped(url: str, depth: int) -> Iterator[str]:
    for name, value in parse_qsl(_query(url)) if depth else ():
        if name in WRAPPERS and (host := _host(value)):
            yield host
            yield from _unwrapped(value, depth - 1)


# -- what was met -------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class _Clues:
    """The hosts that speak, in three tiers."""

    tiers: tuple[tuple[str, ...], ...]
    """The portal by the school's word; hosts that it led over; hosts that were only mentioned."""
    told: str
    """The portal's address by the school's word; empty: not told."""
    entrance: str
    """The first address that names a service; empty: none does."""
    service: str | None
    addresses: tuple[str, ...]
    """What lies outside of the school and of EduConnect, the school's word included."""
    hops: tuple[str, ...]
    is_kept: bool
    """Whether the school was asked, and led nowhere else."""

    @classmethod
    def read(cls, cas_url: str, chain: Sequence[str]) -> _Clues:
        own: set[str | None] = {None, EDUCONNECT, *map(_host, chain[:1])}
        entrance = next((url for url in chain if _host(url) not in own and _service(url)), "")
        service = _service(entrance)
        own.add(_host(unquote(service)))
        abroad = [url for url in chain if _host(url) not in own]
        told = cas_url if _host(cas_url) not in own else ""
        hosts = (
            [_host(url) for url in (entrance, told)],
            [_host(url) for url in abroad],
            [host for url in (*abroad, told) for host in hinted(url)],
        )
        seen = [*own]
        tiers: list[tuple[str, ...]] = []
        for tier in hosts:
            tiers.append(tuple(dict.fromkeys(host for host in tier if host and host not in seen)))
            seen += tier
        return cls(
            tiers=tuple(tiers),
            told=told,
            entrance=entrance,
            service=service or None,
            addresses=(*abroad, *([told] if told else [])),
            hops=tuple(map(_shown, chain)),
            is_kept=bool(chain) and all(_host(url) in own - {None, EDUCONNECT} for url in chain),
        )

    @property
    def hosts(self) -> tuple[str, ...]:
        """All of them."""
        return tuple(host for tier in self.tiers for host in tier)

    @property
    def shape(self) -> tuple[str, ...]:
        """The makes of portals that have addresses like those met; like the one told, if none was."""
        met = [url for url in self.addresses if url != self.told] or self.addresses
        texts = [f"{_host(url)}{urlsplit(url).path}?{_query(url)}" for url in met]
        return next((kinds for sign, kinds in SHAPES if any(map(sign.search, texts))), ())

    def is_direct(self, cas_active: bool | None) -> bool:
        """Whether nothing speaks for a portal, known or not."""
        return not self.entrance if cas_active is False else cas_active is None and self.is_kept

    def candidates(self, rows: Iterable[Portal]) -> tuple[Portal, ...]:
        """The rows of the highest tier that has any; one that works before one that may."""
        rows = tuple(rows)
        for state in (State.CURRENT, OLD):
            for tier in self.tiers:
                found = [row for host in tier for row in rows if row.state is state and _has(row, host)]
                if found:
                    return tuple(dict.fromkeys(found))
        return ()

    def over(self, rows: Iterable[Portal]) -> Iterator[str]:
        """A sentence for every portal that is met and over, unless something else lives at its host."""
        rows = tuple(rows)
        for host in self.hosts:
            here = [row for row in rows if _has(row, host)]
            if all(row.state is State.DEAD for row in here):
                for row in here:
                    instead = f"; {row.successor} replaces it" if row.successor else ""
                    yield f"{host} belonged to {row.name}, which is over{instead}."


def _has(row: Portal, host: str) -> bool:
    return host in row.all_hosts or host in row.fronts


def _service(url: str) -> str:
    """The value of `service=`, still encoded; empty if there is none."""
    pairs = (pair.partition("=") for pair in _query(url).split("&"))
    return next((value for name, _, value in pairs if name == "service"), "")


def _shown(url: str) -> str:
    """Host and path of *url*."""
    return plain_address(url).partition("://")[2] or "an unreadable address"


def _query(url: str) -> str:
    try:
        return urlsplit(url).query
    except ValueError:
        return ""


def _host(url: str) -> str | None:
    """Host of an absolute address, in lower case, with its port if that is not the usual one."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        return None
    usual = {"http": 80, "https": 443}[parts.scheme]
    return parts.hostname if port in {None, usual} else f"{parts.hostname}:{port}"


# -- deciding -----------------------------------------------------------------------------


def _grouped(rows: Iterable[Portal]) -> dict[Family, list[Portal]]:
    """Rows that are one way under several names, the one to name first."""
    ways: dict[Family, list[Portal]] = {}
    for row in rows:
        ways.setdefault(row.family, []).append(row)
    return {way: sorted(one, key=_rank) for way, one in ways.items()}


def _rank(row: Portal) -> tuple[bool, str]:
    """A portal's own name says more than that of one of its academies."""
    return row.name.startswith(ACADEMY), row.name


def _decided(
    ways: Mapping[Family, list[Portal]], clues: _Clues, rne: str | None
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names that remain, ranked, and why others do not."""
    rows = [one[0] for one in ways.values()]
    why: list[str] = []
    department = (rne or "")[:3]
    here = [row for row in rows if department in DEPARTMENTS.get(row.name, ())]
    if len(rows) > 1 and here:
        rows = [row for row in rows if row in here or row.name not in DEPARTMENTS]
        why.append(f"The school's department, {department}, is one of {here[0].name}.")
    chosen = {
        value for url in clues.addresses for name, value in parse_qsl(_query(url)) if name == "selection"
    }
    here = [row for row in rows if _selection(row.family) in chosen]
    if len(rows) > 1 and here:
        rows = here
        why.append(f"The address chooses the accounts of {' or '.join(row.name for row in here)}.")
    rows.sort(key=lambda row: (row.family.kind not in clues.shape, bool(_selection(row.family)), *_rank(row)))
    return tuple(row.name for row in rows), tuple(why)


def _selection(family: Family) -> str | None:
    return family.selection if isinstance(family, KosmosForm | KosmosEduConnect) else None


# -- saying why -----------------------------------------------------------------------------


def _direct(cas_active: bool | None) -> str:
    if cas_active is None:
        return "The school's page leads nowhere else."
    return "The school's information says that no portal lets people in."


def _said(cas_active: bool | None, clues: _Clues) -> Iterator[str]:
    if cas_active is False:
        yield "The school's information says that no portal lets people in, and its page leads to one."
    elif clues.told:
        yield f"The school's information names {_shown(clues.told)}."
    elif cas_active:
        yield "The school's information says that a portal lets people in, and not which."
    if clues.entrance:
        yield f"The school's page leads to {_shown(clues.entrance)}."
    elif clues.tiers[1]:
        yield f"The school's page leads to {clues.tiers[1][0]} without naming a service."


def _same(rows: Sequence[Portal]) -> str:
    return f"{', '.join(row.name for row in rows)}: one way under several names."


def _unknown(clues: _Clues, names: tuple[str, ...], shape: tuple[str, ...]) -> Iterator[str]:
    if not names and clues.hosts:
        yield f"No portal that works is known at {', '.join(clues.hosts)}."
    if shape:
        yield f"The addresses look like those of {' or '.join(shape)}: a guess."
