"""What is said while somebody signs in: a challenge, and whether its answer was right."""

from __future__ import annotations

from pydantic import Field

from schoolsync.providers.pronote.schema.words import Count, Numbers, Row

__all__ = ["ChallengePage", "EntryPage", "SchoolMessageRow"]


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
    steps: Numbers = Field((), alias="actionsDoubleAuth")
    """What must be done before anything else: 0 choose a password, 1 choose how the account is secured,
    2 choose a PIN, 3 enter the PIN, 4 choose the PIN again, 5 name this device."""
