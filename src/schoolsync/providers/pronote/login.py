"""Who I am: a user name, and a password of PRONOTE or of a portal before it, or a token of the app."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Mapping
from typing import Final, TypeAlias
from urllib.parse import urlsplit

import attrs

from schoolsync.ent.portal import Family, Portal, Profile, Visitor, portal_of
from schoolsync.errors import BadArgument, UnknownName, UsageError
from schoolsync.flow.effects import Credentials, Knock
from schoolsync.flow.secret import Secret
from schoolsync.providers.pronote.address import Space, read_root
from schoolsync.providers.pronote.refusals import PROVIDER

__all__ = [
    "PROFILES",
    "AutoLogin",
    "Cas",
    "KnownLogin",
    "Login",
    "PasswordLogin",
    "PortalLogin",
    "TokenLogin",
    "read_login",
    "read_portal",
    "read_space",
    "read_token",
]

ACCOUNTS: Final[Mapping[str, Space]] = {
    "student": Space.STUDENT,
    "parent": Space.PARENT,
    "teacher": Space.TEACHER,
    "eleve": Space.STUDENT,
    "professeur": Space.TEACHER,
}
"""What an account may be called; the server's own words too."""
PROFILES: Final[Mapping[Space, Profile]] = {
    Space.STUDENT: Profile.PUPIL,
    Space.PARENT: Profile.PARENT,
    Space.TEACHER: Profile.STAFF,
}
"""As who somebody comes to a portal."""
DIRECT: Final = frozenset(("", "none"))
"""Portals that are none."""
AUTO: Final = "auto"
"""The portal that is to be found out."""
TOKEN_FIELDS: Final[Mapping[str, str]] = {
    "url": "the address of the school's PRONOTE",
    "username": "the account's user name",
    "token": "the newest token",
    "uuid": "the name of this installation",
    "account": "the kind of account",
}
"""What the credentials of a token must say."""


def _need(argument: str, given: object, what: str) -> None:
    if not isinstance(given, str) or not given.strip():
        raise BadArgument(argument, f"{what} is needed, as text")


def _secret(text: str | Secret) -> Secret:
    return text if isinstance(text, Secret) else Secret(text)


def _opaque(*words: str) -> str:
    return hashlib.blake2b(" ".join(words).encode(), digest_size=16).hexdigest()


def _is_listed(portal: Portal) -> bool:
    """Whether *portal* is what its name leads to, so that the name alone tells it."""
    from schoolsync.ent import directory

    try:
        return directory.find(portal.name) == portal
    except UnknownName:
        return False


@attrs.frozen
class _Typed:
    """What somebody typed, for a school."""

    root: str
    """The instance, as `read_root` gives it."""
    space: Space
    """What kind of account it is."""
    username: str = attrs.field(repr=False)
    """As typed; spaces around it do not count."""
    password: Secret = attrs.field(converter=_secret)
    """The password; spaces around PRONOTE's own do not count, as in the vendor's own page."""

    def __attrs_post_init__(self) -> None:
        """Refuse what cannot be meant, before any I/O."""
        _need("username", self.username, "a user name")
        _need("password", self.password.reveal(), "a password")

    @property
    def private(self) -> tuple[str, ...]:
        """What no error may quote."""
        return (self.username.strip(), self.password.reveal().strip())

    @property
    def credentials(self) -> Credentials:
        """What `connect` takes. Leave for http without TLS is not in it: it is given each time."""
        fields = {
            "url": self.root,
            "username": self.username,
            "password": self.password.reveal(),
            "account": self.space.value,
        }
        return Credentials(PROVIDER, fields)

    @property
    def _name(self) -> str:
        """One account is one, however it is typed."""
        return self.username.strip().lower()


@attrs.frozen
class PasswordLogin(_Typed):
    """A user name and a password of PRONOTE itself, without a portal before it."""

    @property
    def knock(self) -> Knock:
        """How the governor knows it."""
        account = _opaque("pronote", self.root, self.space, self._name)
        return Knock(urlsplit(self.root).netloc, account, Secret(self.password.reveal().strip()))


@attrs.frozen
class PortalLogin(_Typed):
    """A user name and a password of a portal before PRONOTE, or of EduConnect behind that.

    Raises:
        Unavailable: The portal is over, and which one replaces it; or others come that way.
    """

    portal: Portal
    """The way in."""

    def __attrs_post_init__(self) -> None:
        """Refuse what cannot be meant, and portals that cannot be tried, before any I/O."""
        from schoolsync.ent.walk import check

        super().__attrs_post_init__()
        check(self.portal, self.profile)

    @property
    def profile(self) -> Profile:
        """As who the portal is entered."""
        return PROFILES[self.space]

    @property
    def visitor(self) -> Visitor:
        """Who enters the portal."""
        return Visitor(self.username, self.password, self.profile)

    @property
    def knock(self) -> Knock:
        """How the governor knows it at the host that asks for the password, whatever school it is for."""
        host = (*self.portal.family.password_hosts, *self.portal.all_hosts, "")[0]
        return Knock(host, _opaque("portal", host, self._name), self.password)

    @property
    def knock_at_school(self) -> Knock:
        """How the governor knows it at the school, which sees a log-in each time, but no password."""
        account = _opaque("pronote by portal", self.root, self.space, self._name)
        return Knock(urlsplit(self.root).netloc, account, self.password)

    @property
    def credentials(self) -> Credentials:
        """What `connect` takes, the portal by its name.

        Raises:
            UsageError: The portal has no name: it was given as an object.
        """
        if not _is_listed(self.portal):
            raise UsageError(
                "the portal of this log-in was given as an object, and has no name to be written down",
                hint="Keep url, username, password and account yourself, and give the same cas= again.",
            )
        said = super().credentials
        return attrs.evolve(said, fields={**said.fields, "cas": self.portal.name})


@attrs.frozen
class AutoLogin(_Typed):
    """A user name and a password for whatever lets people in at that school: found out at the log-in."""

    @property
    def credentials(self) -> Credentials:
        """What `connect` takes, as long as nothing was found out."""
        said = super().credentials
        return attrs.evolve(said, fields={**said.fields, "cas": AUTO})

    def through(self, portal: Portal | None) -> PasswordLogin | PortalLogin:
        """The same through *portal*; at PRONOTE itself without one.

        Raises:
            Unavailable: It cannot be tried.
        """
        if portal is None:
            return PasswordLogin(self.root, self.space, self.username, self.password)
        return PortalLogin(self.root, self.space, self.username, self.password, portal)


@attrs.frozen
class TokenLogin:
    """A token of the app, good for one log-in, which gives the next one.

    The password is not needed, and not known: not even that of a portal.
    """

    root: str
    """The instance, as `read_root` gives it."""
    space: Space
    """What kind of account it is."""
    username: str = attrs.field(repr=False)
    """The account's own user name, as the school says it; after a portal it is another one than there."""
    token: Secret = attrs.field(converter=_secret)
    """The newest one."""
    uuid: str = attrs.field(repr=False)
    """The name of this installation; a token is bound to it."""
    previous: Secret | None = attrs.field(default=None, repr=False)
    """The token before it, which is tried once if the newest is refused."""

    def __attrs_post_init__(self) -> None:
        """Refuse what cannot be meant, before any I/O."""
        _need("username", self.username, "a user name")
        _need("token", self.token.reveal(), "a token")
        _need("uuid", self.uuid, "the name of this installation")

    @property
    def private(self) -> tuple[str, ...]:
        """What no error may quote."""
        return (self.username.strip(), self.token.reveal().strip(), self.uuid)

    @property
    def knock(self) -> Knock:
        """How the governor knows it: the account, whatever the installation."""
        account = _opaque("pronote by token", self.root, self.space, self.username.strip().lower())
        return Knock(urlsplit(self.root).netloc, account, self.token)

    @property
    def credentials(self) -> Credentials:
        """What `connect` takes. Leave for http without TLS is not in it: it is given each time."""
        fields = {
            "url": self.root,
            "username": self.username,
            "token": self.token.reveal(),
            "uuid": self.uuid,
            "account": self.space.value,
        }
        return Credentials(PROVIDER, fields)

    def followed_by(self, token: Secret) -> TokenLogin:
        """The log-in of the next time, with the *token* that this one was given."""
        return self if token == self.token else attrs.evolve(self, token=token, previous=self.token)


KnownLogin: TypeAlias = PasswordLogin | PortalLogin | TokenLogin
"""A log-in whose way is known."""
Login: TypeAlias = KnownLogin | AutoLogin
"""Any log-in."""
Cas: TypeAlias = str | Portal | Family | None
"""A portal as a caller may name it."""


def read_space(account: str) -> Space:
    """The kind of account that *account* names, in English or in the server's French.

    Raises:
        UnknownName: None is called so.
        BadArgument: It is no name.
    """
    if not isinstance(account, str):
        raise BadArgument("account", "one of 'student', 'parent', 'teacher' is expected")
    letters = unicodedata.normalize("NFKD", account.strip().casefold())
    found = ACCOUNTS.get("".join(letter for letter in letters if not unicodedata.combining(letter)))
    if found is None:
        raise UnknownName("account", account, ACCOUNTS, hint="It is one of student, parent and teacher.")
    return found


def read_portal(cas: str | Portal | Family) -> Portal:
    """The portal that a caller means: a name, a row, or a family with its settings.

    Raises:
        UnknownName: None is called so.
    """
    if isinstance(cas, Portal):
        return cas
    if isinstance(cas, Family):
        return portal_of(cas)
    from schoolsync.ent import directory

    return directory.find(str(cas))


def read_login(
    *,
    url: str,
    username: str,
    password: str | None = None,
    token: str | None = None,
    uuid: str | None = None,
    account: str = "student",
    cas: Cas = None,
    allow_http: bool = False,
) -> Login:
    """The log-in that a caller means: by a password, or by a token.

    Args:
        url: Any address of the school's PRONOTE.
        username: Of PRONOTE itself, or of the portal.
        password: Of PRONOTE itself, or of the portal.
        token: Instead of a password: the newest one.
        uuid: The name of the installation that the token belongs to.
        account: `"student"`, `"parent"` or `"teacher"`.
        cas: The portal in front of it: a name, a `Portal`, or a `Family` with its settings; `"auto"`: to be
            found out at the log-in; `None`, `""` or `"none"`: there is none.
        allow_http: Whether a host that is not on loopback may be reached without TLS.

    Raises:
        BadArgument: Something that cannot be meant.
        UnknownName: Another kind of account, or another portal.
        Unavailable: The portal cannot be tried: it is over, or not for this kind of account.
    """
    root, space = read_root(url, allow_http=allow_http), read_space(account)
    name = cas.strip().lower() if isinstance(cas, str) else None
    if token is not None or uuid is not None:
        if password is not None or not (cas is None or name in DIRECT):
            raise BadArgument("token", "goes without a password and without a portal")
        return TokenLogin(root, space, username, token or "", uuid or "")
    word = "" if password is None else password
    if cas is None or name in DIRECT:
        return PasswordLogin(root, space, username, word)
    if name == AUTO:
        return AutoLogin(root, space, username, word)
    return PortalLogin(root, space, username, word, read_portal(cas))


def read_token(given: Credentials | Mapping[str, str]) -> dict[str, str]:
    """The fields of the credentials of a token: what `connect` takes.

    Raises:
        BadArgument: Another provider's, a field too many or too few, or one that is no text.
    """
    if isinstance(given, Credentials) and given.provider != PROVIDER:
        raise BadArgument("credentials", "are those of another provider")
    said = given.fields if isinstance(given, Credentials) else given
    if not isinstance(said, Mapping):
        raise BadArgument("credentials", "what on_credentials= was given, or a mapping of its fields")
    for name, what in TOKEN_FIELDS.items():
        _need(name, said.get(name), what)
    if said.keys() - TOKEN_FIELDS.keys() - {"timezone"}:
        raise BadArgument("credentials", f"have other fields than {', '.join(TOKEN_FIELDS)} and timezone")
    return dict(said)
