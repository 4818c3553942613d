"""Every family of portals: what can be set for one of them, and which file knows the way.

The ways are loaded when they are walked: a look into the directory loads none. Names are those of the
software behind the portals; `docs/protocol/portals.md` tells what is known of each.
"""

from __future__ import annotations

from typing import ClassVar, Final
from urllib.parse import urlsplit

import attrs

from schoolsync.ent.portal import EDUCONNECT, EVERYBODY, Door, Family, Profile
from schoolsync.ent.trip import Trip
from schoolsync.errors import SchoolSyncError

__all__ = [
    "ApereoCasEduConnect",
    "ApereoCasForm",
    "HubEduConnect",
    "KeycloakMonLycee",
    "KosmosEduConnect",
    "KosmosForm",
    "LaclasseEduConnect",
    "LaclasseSso",
    "OpenEntEduConnect",
    "OpenEntLocal",
    "Oze",
    "Retired",
    "SamlDiscoveryEduConnect",
    "ShibWayfEduConnect",
    "SimpleForm",
    "Toutatice",
]

HUB: Final = "hubeduconnect.index-education.net"


def _host(url: str) -> str:
    parts = urlsplit(url)
    return parts.netloc.lower()


def _with_service(url: str, door: Door) -> str:
    """*url* with the service of *door*, byte for byte; without any if the door has none."""
    if not door.service:
        return url
    return f"{url}{'&' if '?' in url else '?'}service={door.service}"


# -- Kosmos: Skolengo, kdecole ------------------------------------------------------------


@attrs.frozen(kw_only=True)
class KosmosForm(Family):
    """Kosmos (Skolengo, kdecole) with accounts of its own."""

    kind: ClassVar[str] = "kosmos_form"
    profiles: ClassVar[frozenset[Profile]] = EVERYBODY

    host: str
    """Its CAS: `cas.….fr`."""
    selection: str | None = None
    """Which source of accounts, where there are several: a code of its chooser."""

    @property
    def hosts(self) -> tuple[str, ...]:
        """The CAS."""
        return (self.host,)

    def entrance(self, door: Door, profile: Profile) -> str:
        """The CAS's log-in page, for the source of accounts."""
        chosen = f"https://{self.host}/login" + (f"?selection={self.selection}" if self.selection else "")
        return _with_service(chosen, door)

    async def turn(self, trip: Trip) -> None:
        """See `kosmos_form`."""
        from schoolsync.ent import kosmos_form

        await kosmos_form.turn(self, trip)


@attrs.frozen(kw_only=True)
class KosmosEduConnect(Family):
    """Kosmos (Skolengo, kdecole) with accounts of EduConnect."""

    kind: ClassVar[str] = "kosmos_educonnect"
    uses_educonnect: ClassVar[bool] = True

    host: str
    """Its CAS: `cas.….fr`."""
    selection: str = "EDU"
    """What its chooser calls EduConnect: `EDU`, `EDU_parent_eleve`, `MONT-EDU_parent_eleve`, …"""

    @property
    def hosts(self) -> tuple[str, ...]:
        """The CAS."""
        return (self.host,)

    def entrance(self, door: Door, profile: Profile) -> str:
        """The CAS's log-in page, EduConnect chosen."""
        return (
            _with_service(f"https://{self.host}/login?selection={self.selection}", door) + "&submit=Valider"
        )

    async def turn(self, trip: Trip) -> None:
        """See `kosmos_educonnect`."""
        from schoolsync.ent import kosmos_educonnect

        await kosmos_educonnect.turn(self, trip)


# -- Edifice: OpenENT, Neo, One -----------------------------------------------------------------


@attrs.frozen(kw_only=True)
class OpenEntLocal(Family):
    """OpenENT (Edifice, Neo) with accounts of its own."""

    kind: ClassVar[str] = "openent_local"
    profiles: ClassVar[frozenset[Profile]] = EVERYBODY

    host: str
    """The portal."""

    @property
    def hosts(self) -> tuple[str, ...]:
        """The portal."""
        return (self.host,)

    def entrance(self, door: Door, profile: Profile) -> str:
        """The portal's CAS."""
        return _with_service(f"https://{self.host}/cas/login", door)

    def signpost(self, url: str) -> SchoolSyncError | None:
        """See `openent_local`."""
        from schoolsync.ent import openent_local

        return openent_local.signpost(url)

    async def turn(self, trip: Trip) -> None:
        """See `openent_local`."""
        from schoolsync.ent import openent_local

        await openent_local.turn(self, trip)


@attrs.frozen(kw_only=True)
class OpenEntEduConnect(Family):
    """OpenENT (Edifice, Neo) with accounts of EduConnect."""

    kind: ClassVar[str] = "openent_educonnect"
    uses_educonnect: ClassVar[bool] = True

    host: str
    """The portal."""
    authn: bool = False
    """Whether the portal itself begins (`/auth/saml/authn/student`), which keeps the service; else EduConnect
    is told whom to answer."""
    provider_id: str | None = None
    """What EduConnect calls the portal; `https://{host}/auth/saml/metadata/idp.xml` if not said."""

    @property
    def hosts(self) -> tuple[str, ...]:
        """The portal."""
        return (self.host,)

    def entrance(self, door: Door, profile: Profile) -> str:
        """The portal's way to EduConnect, or EduConnect's own to the portal."""
        from schoolsync.ent import openent_educonnect

        return openent_educonnect.entrance(self, door, profile)

    def signpost(self, url: str) -> SchoolSyncError | None:
        """See `openent_educonnect`."""
        from schoolsync.ent import openent_educonnect

        return openent_educonnect.signpost(url)

    async def turn(self, trip: Trip) -> None:
        """See `openent_educonnect`."""
        from schoolsync.ent import openent_educonnect

        await openent_educonnect.turn(self, trip)


# -- Apereo CAS -----------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class ApereoCasForm(Family):
    """A plain CAS server with its own form: Atrium, and many others."""

    kind: ClassVar[str] = "apereo_cas_form"
    profiles: ClassVar[frozenset[Profile]] = EVERYBODY

    login_url: str
    """The log-in page: `https://www.….fr/connexion/login`."""
    form: str = "fm1"
    """Id of its form."""

    @property
    def hosts(self) -> tuple[str, ...]:
        """The CAS server."""
        return (_host(self.login_url),)

    def entrance(self, door: Door, profile: Profile) -> str:
        """The log-in page."""
        return _with_service(self.login_url, door)

    async def turn(self, trip: Trip) -> None:
        """See `apereo_cas_form`."""
        from schoolsync.ent import apereo_cas_form

        await apereo_cas_form.turn(self, trip)


@attrs.frozen(kw_only=True)
class ApereoCasEduConnect(Family):
    """A CAS server that hands over to EduConnect: RECIA, Net O'Centre."""

    kind: ClassVar[str] = "apereo_cas_educonnect"
    uses_educonnect: ClassVar[bool] = True

    login_url: str
    """The log-in page: `https://auth.….fr/cas/login`."""
    idp_id: str
    """What the server calls EduConnect: `parentEleveEN-IdP`."""

    @property
    def hosts(self) -> tuple[str, ...]:
        """The CAS server."""
        return (_host(self.login_url),)

    def entrance(self, door: Door, profile: Profile) -> str:
        """The log-in page, EduConnect chosen."""
        return _with_service(f"{self.login_url}?idpId={self.idp_id}", door)

    async def turn(self, trip: Trip) -> None:
        """See `apereo_cas_educonnect`."""
        from schoolsync.ent import apereo_cas_educonnect

        await apereo_cas_educonnect.turn(self, trip)


# -- one portal each ------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class KeycloakMonLycee(Family):
    """MonLycée.net of Île-de-France: Keycloak in front of a CAS."""

    kind: ClassVar[str] = "keycloak_monlycee"
    profiles: ClassVar[frozenset[Profile]] = EVERYBODY

    entry_url: str = "https://psn.monlycee.net/"
    """The portal's front page, which leads to the log-in."""
    auth_host: str = "auth.monlycee.net"
    """The Keycloak server."""

    @property
    def hosts(self) -> tuple[str, ...]:
        """The portal, and the server that asks for the password."""
        return (_host(self.entry_url), self.auth_host)

    @property
    def password_hosts(self) -> tuple[str, ...]:
        """The Keycloak server alone."""
        return (self.auth_host,)

    def entrance(self, door: Door, profile: Profile) -> str:
        """Where the school leads; else the portal's front page."""
        return door.entrance or self.entry_url

    async def turn(self, trip: Trip) -> None:
        """See `keycloak_monlycee`."""
        from schoolsync.ent import keycloak_monlycee

        await keycloak_monlycee.turn(self, trip)


@attrs.frozen(kw_only=True)
class LaclasseSso(Family):
    """laclasse.com of Grand Lyon, with accounts of its own."""

    kind: ClassVar[str] = "laclasse_sso"
    profiles: ClassVar[frozenset[Profile]] = EVERYBODY

    login_url: str = "https://www.laclasse.com/sso/login"
    """The log-in page."""

    @property
    def hosts(self) -> tuple[str, ...]:
        """The portal."""
        return (_host(self.login_url),)

    def entrance(self, door: Door, profile: Profile) -> str:
        """The log-in page."""
        return _with_service(self.login_url, door)

    async def turn(self, trip: Trip) -> None:
        """See `laclasse_sso`."""
        from schoolsync.ent import laclasse_sso

        await laclasse_sso.turn(self, trip)


@attrs.frozen(kw_only=True)
class LaclasseEduConnect(Family):
    """laclasse.com of Grand Lyon, with accounts of EduConnect."""

    kind: ClassVar[str] = "laclasse_sso"
    uses_educonnect: ClassVar[bool] = True

    educonnect_url: str = "https://www.laclasse.com/sso/educonnect"
    """The way to EduConnect."""

    @property
    def hosts(self) -> tuple[str, ...]:
        """The portal."""
        return (_host(self.educonnect_url),)

    def entrance(self, door: Door, profile: Profile) -> str:
        """The way to EduConnect. That it takes the service is a guess; without it, the walk asks again."""
        return _with_service(self.educonnect_url, door)

    async def turn(self, trip: Trip) -> None:
        """See `laclasse_sso`."""
        from schoolsync.ent import laclasse_sso

        await laclasse_sso.turn(self, trip)


@attrs.frozen(kw_only=True)
class Toutatice(Family):
    """Toutatice of Brittany: a chooser, EduConnect, and an exchange of sessions in XML."""

    kind: ClassVar[str] = "toutatice"
    uses_educonnect: ClassVar[bool] = True

    start_url: str = "https://www.toutatice.fr/portail/auth/MonEspace"
    """Where the way begins when the school does not say."""
    wayf_action: str = "https://www.toutatice.fr/wayf/Ctrl"
    """Where its chooser is answered."""
    saml_idp: str = "educonnect"
    """What its chooser calls EduConnect."""

    @property
    def hosts(self) -> tuple[str, ...]:
        """The portal."""
        return (_host(self.start_url),)

    def entrance(self, door: Door, profile: Profile) -> str:
        """Where the school leads; else the portal's own page."""
        return door.entrance or self.start_url

    async def turn(self, trip: Trip) -> None:
        """See `toutatice`."""
        from schoolsync.ent import toutatice

        await toutatice.turn(self, trip)


@attrs.frozen(kw_only=True)
class HubEduConnect(Family):
    """EduConnect without a portal: the gateway of PRONOTE's own vendor."""

    kind: ClassVar[str] = "hubeduconnect"
    uses_educonnect: ClassVar[bool] = True

    host: str = HUB
    """The gateway."""

    @property
    def hosts(self) -> tuple[str, ...]:
        """The gateway."""
        return (self.host,)

    def entrance(self, door: Door, profile: Profile) -> str:
        """The gateway's log-in page."""
        return _with_service(f"https://{self.host}/EduConnect/cas/login", door)

    async def turn(self, trip: Trip) -> None:
        """See `hubeduconnect`."""
        from schoolsync.ent import hubeduconnect

        await hubeduconnect.turn(self, trip)


@attrs.frozen(kw_only=True)
class ShibWayfEduConnect(Family):
    """A Shibboleth service with a discovery page, and accounts of EduConnect: e-lyco."""

    kind: ClassVar[str] = "shib_wayf_educonnect"
    uses_educonnect: ClassVar[bool] = True

    host: str
    """The service."""
    cas_path: str
    """Where the school leads on it: `access/login`."""
    origin: str = f"https://{EDUCONNECT}/idp"
    """What its discovery page calls EduConnect."""

    @property
    def hosts(self) -> tuple[str, ...]:
        """The service."""
        return (self.host,)

    def entrance(self, door: Door, profile: Profile) -> str:
        """Where the school leads, which may be another of its hosts; else the service's CAS."""
        return door.entrance or f"https://{self.host}/{self.cas_path}"

    async def turn(self, trip: Trip) -> None:
        """See `shib_wayf_educonnect`."""
        from schoolsync.ent import shib_wayf_educonnect

        await shib_wayf_educonnect.turn(self, trip)


@attrs.frozen(kw_only=True)
class SamlDiscoveryEduConnect(Family):
    """An academy's gateway that leads to EduConnect at once: La Réunion, Poitiers."""

    kind: ClassVar[str] = "saml_discovery_educonnect"
    is_entered_from_school: ClassVar[bool] = False
    uses_educonnect: ClassVar[bool] = True

    start_url: str
    """The gateway."""

    @property
    def hosts(self) -> tuple[str, ...]:
        """The gateway."""
        return (_host(self.start_url),)

    def entrance(self, door: Door, profile: Profile) -> str:
        """The gateway: it is entered first, and the school afterwards."""
        return self.start_url

    async def turn(self, trip: Trip) -> None:
        """See `saml_discovery_educonnect`."""
        from schoolsync.ent import saml_discovery_educonnect

        await saml_discovery_educonnect.turn(self, trip)


@attrs.frozen(kw_only=True)
class Oze(Family):
    """Oze, ENC: a Keycloak form, and then the portal's own interface for programs."""

    kind: ClassVar[str] = "oze"
    is_entered_from_school: ClassVar[bool] = False
    profiles: ClassVar[frozenset[Profile]] = EVERYBODY

    url: str
    """The portal: `https://….fr/`."""

    @property
    def hosts(self) -> tuple[str, ...]:
        """The portal, and its interface for programs."""
        return (_host(self.url), f"api-{_host(self.url)}")

    @property
    def password_hosts(self) -> tuple[str, ...]:
        """The portal alone."""
        return (_host(self.url),)

    def entrance(self, door: Door, profile: Profile) -> str:
        """The portal's front page."""
        return self.url

    async def turn(self, trip: Trip) -> None:
        """See `oze`."""
        from schoolsync.ent import oze

        await oze.turn(self, trip)


@attrs.frozen(kw_only=True)
class SimpleForm(Family):
    """A page with one form, and nothing else."""

    kind: ClassVar[str] = "simple_form"
    is_entered_from_school: ClassVar[bool] = False
    profiles: ClassVar[frozenset[Profile]] = EVERYBODY

    url: str
    """The page."""
    form: str | None = None
    """Id of its form; `None`: the first one that asks for a password."""

    @property
    def hosts(self) -> tuple[str, ...]:
        """The page's host."""
        return (_host(self.url),)

    def entrance(self, door: Door, profile: Profile) -> str:
        """The page: it is entered first, and the school afterwards."""
        return self.url

    async def turn(self, trip: Trip) -> None:
        """See `simple_form`."""
        from schoolsync.ent import simple_form

        await simple_form.turn(self, trip)


# -- what is over -----------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class Retired(Family):
    """A way that cannot be walked any more, or must not be: it is known so that it can be told."""

    kind: ClassVar[str] = "retired"

    was: str
    """The family that it belonged to: `kosmos_aten`, `aten_start`, `simple_form`, …"""
    host: str
    """A host that it had to itself: where it began, or where it asked for the password."""
    why: str
    """What is over, or what we refuse to do."""

    @property
    def hosts(self) -> tuple[str, ...]:
        """The host that it had to itself."""
        return (self.host,)

    @property
    def password_hosts(self) -> tuple[str, ...]:
        """None at all."""
        return ()

    def entrance(self, door: Door, profile: Profile) -> str:
        """Nowhere: a portal of this family is dead, and refused before anything is sent."""
        return ""

    async def turn(self, trip: Trip) -> None:
        """Nothing: no page of it is ever asked for."""
        raise trip.lost(self.why)
