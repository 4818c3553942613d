"""What is said while somebody signs in: a challenge, and whether its answer was right."""

from __future__ import annotations

from pydantic import Field

from schoolsync.providers.pronote.schema.words import Count, Numbers, Row

__all__ = ["ChallengePage", "CodePage", "EntryPage", "SchoolMessageRow"]


class ChallengePage(Row):
    """Wire: `Identification`."""

    challenge: str
    """Hexadecimal: 32 digits, or many more."""
    alea: str | None = None
    """What the password is hashed with; not on newer servers."""
    login_mode: Count = Field(None, alias="modeCompLog")
    """Above 0, the case of the user name does not count."""
    password_mode: Count = Field(None, alias="modeCompMdp")
    """Above 0, the case of the password does not count."""
    login: str | None = None
    """The account's own user name, which a token goes with."""


class CodePage(Row):
    """What a QR code says to the app. Wire: `JetonAppliMobile`."""

    login: str
    """The account's own user name, encrypted with the PIN."""
    token: str = Field(alias="jeton")
    """Good for the first log-in of an app, encrypted with the PIN."""


class SchoolMessageRow(Row):
    """What a school wants to tell those whom it does not let in."""

    title: str | None = Field(None, alias="titre")
    message: str | None = None


class EntryPage(Row):
    """Wire: `Authentification`."""

    access: Count = Field(None, alias="Acces")
    """Why not; 0 or nothing means yes."""
    message: SchoolMessageRow | None = Field(None, alias="AccesMessage")
    key: str | None = Field(None, alias="cle")
    """The new key, encrypted with the one that the password made."""
    label: str | None = Field(None, alias="libelleUtil")
    """Who it is."""
    token: str | None = Field(None, alias="jetonConnexionAppliMobile")
    """For the next log-in of the app that signed in; the one that it came with is dead."""
    steps: Numbers = Field((), alias="actionsDoubleAuth")
    """What must be done before anything else: 0 choose a password, 1 choose how the account is secured,
    2 choose a PIN, 3 enter the PIN, 4 choose the PIN again, 5 name this device."""
