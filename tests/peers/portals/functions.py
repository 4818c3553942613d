"""The functions that pronotepy has for portals, and what each one is, as it says itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from types import CodeType
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qs, urlsplit

import attrs
import pronotepy.ent

if TYPE_CHECKING:
    from requests.cookies import RequestsCookieJar

__all__ = ["ASKS_EDUCONNECT", "FAMILIES", "Function", "exported", "of_make"]

FAMILIES: Final[Mapping[str, tuple[str, ...]]] = {
    "apereo_cas_educonnect": ("ac_orleans_tours",),
    "apereo_cas_form": ("atrium_sud",),
    "hubeduconnect": ("bordeaux",),
    "kosmos_educonnect": (
        "ac_reims",
        "cas_agora06",
        "cas_arsene76_edu",
        "cas_cybercolleges42_edu",
        "cas_seinesaintdenis_edu",
        "eclat_bfc",
        "ecollege_haute_garonne_edu",
        "ent_auvergnerhonealpe",
        "ent_creuse_educonnect",
        "monbureaunumerique",
        "occitanie_montpellier_educonnect",
        "occitanie_toulouse_edu",
        "val_de_marne",
    ),
    "kosmos_form": (
        "cas_arsene76",
        "cas_ent27",
        "cas_kosmos",
        "ent_creuse",
        "occitanie_montpellier",
        "val_doise",
    ),
    "laclasse_sso": ("laclasse_educonnect", "laclasse_lyon"),
    "openent_educonnect": (
        "ent_94",
        "ent_hdf",
        "ent_somme",
        "ent_var",
        "l_normandie",
        "lyceeconnecte_edu",
    ),
    "openent_local": (
        "ent77",
        "ent_ecollege78",
        "ent_essonne",
        "ent_mayotte",
        "ile_de_france",
        "lyceeconnecte_aquitaine",
        "neoconnect_guadeloupe",
        "paris_classe_numerique",
    ),
    "saml_discovery_educonnect": ("ac_poitiers", "ac_reunion"),
    "shib_wayf_educonnect": ("ent_elyco",),
    "simple_form": ("extranet_colleges_somme",),
    "toutatice": ("ac_rennes",),
}
"""Family → the functions that walk through portals of it. A function that is not here has no place yet."""
ASKS_EDUCONNECT: Final[Mapping[str, bool]] = {
    "_cas": False,
    "_cas_edu": True,
    "_hubeduconnect": True,
    "_open_ent_ng": False,
    "_open_ent_ng_edu": True,
    "_simple_auth": False,
    "_wayf": True,
    "ac_rennes": True,
}
"""Of which make a function is → whether EduConnect asks for the password."""


@attrs.frozen
class Function:
    """One of them: a general one with an address filled in, or one of its own kind."""

    name: str
    """What it is called."""
    call: Callable[..., RequestsCookieJar] = attrs.field(repr=False)
    """It: user name and password in, cookies out."""

    @property
    def given(self) -> Mapping[str, Any]:
        """What is filled in."""
        return getattr(self.call, "keywords", {})

    @property
    def _whole(self) -> Any:
        """The function before anything is filled in."""
        return getattr(self.call, "func", self.call)

    @property
    def make(self) -> str:
        """What that one is called: `_cas`, `_open_ent_ng_edu`."""
        return str(self._whole.__name__)

    @property
    def family(self) -> str:
        """The family of portals that it has its place in.

        Raises:
            StopIteration: It has none yet.
        """
        return next(family for family, names in FAMILIES.items() if self.name in names)

    @property
    def uses_educonnect(self) -> bool:
        """Whether EduConnect asks for the password.

        Raises:
            KeyError: It is of a make that nobody has looked at.
        """
        return ASKS_EDUCONNECT[self.make]

    @property
    def address(self) -> str:
        """Where it begins: what is filled in; else the first address in it."""
        told = self.given.get("url") or self.given.get("domain")
        return str(told) if told else next(_addresses(self._whole.__code__))

    @property
    def host(self) -> str:
        """The portal's."""
        return urlsplit(self.address).netloc

    def asked(self, name: str) -> str | None:
        """What the address says to *name*: `selection`, `idpId`."""
        return next(iter(parse_qs(urlsplit(self.address).query).get(name, ())), None)


def _addresses(code: CodeType) -> Iterator[str]:
    """What is written in *code* and is an address."""
    return (one for one in code.co_consts if isinstance(one, str) and one.startswith("http"))


@cache
def exported() -> Mapping[str, Function]:
    """Everything that `pronotepy.ent` gives to those who sign in, by name."""
    given = {name: one for name, one in vars(pronotepy.ent).items() if not name.startswith("_")}
    return {name: Function(name, one) for name, one in sorted(given.items()) if callable(one)}


def of_make(*makes: str) -> list[Function]:
    """Those of *makes*, in order."""
    return [function for function in exported().values() if function.make in makes]
