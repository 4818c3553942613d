"""What telephones sign in with instead of a password: QR codes, and tokens that change every time.

Wire: `JetonAppliMobile`; `jetonConnexionAppliMobile` in the answer to `Authentification`. Evidence: read.
"""

from __future__ import annotations

import datetime as dt
import random
from typing import TYPE_CHECKING

import attrs

from schoolsync.sandbox.pronote.crypto import NO_IV, Cipher, digest, drawn_text
from schoolsync.sandbox.pronote.sessions import Rules

if TYPE_CHECKING:
    from schoolsync.sandbox.college.roll import Account

__all__ = ["MobileTokens"]

CODE_LIFE = dt.timedelta(minutes=10)
CODE_LENGTH, TOKEN_LENGTH = 64, 32


@attrs.frozen
class _Code:
    """What a QR code proves with."""

    secret: str = attrs.field(repr=False)
    made: dt.datetime


@attrs.frozen
class _Token:
    """What a telephone proves with, and the password that its owner had when it was given."""

    secret: str = attrs.field(repr=False)
    password: str = attrs.field(repr=False)


@attrs.define
class MobileTokens:
    """Every QR code and token of one server that is still good."""

    rules: Rules
    """Whether there are any, and whether they are kept."""
    _chance: random.Random = attrs.field(repr=False)
    _codes: dict[str, _Code] = attrs.field(factory=dict, repr=False)
    _tokens: dict[tuple[str, str], _Token] = attrs.field(factory=dict, repr=False)

    # -- QR codes ------------------------------------------------------------------

    def draw_code(self, account: Account, pin: str, at: dt.datetime) -> dict[str, str]:
        """What a QR code for *account* says, readable with *pin*; one drawn before is not good any more.

        Evidence: read, but for the one before: guess.

        Args:
            account: Whose it is.
            pin: What they chose for it.
            at: The present.
        """
        self._codes[account.number] = _Code(drawn_text(self._chance, CODE_LENGTH), at)
        cipher = Cipher(digest(pin.encode()), NO_IV)
        said = {"login": account.login, "jeton": self._codes[account.number].secret}
        return {name: cipher.seal(value.encode()).upper() for name, value in said.items()}

    def code(self, account: Account, at: dt.datetime) -> str | None:
        """What the code of *account* proves with; `None` if there is none, or it is too old."""
        found = self._codes.get(account.number)
        return found.secret if found and at - found.made <= CODE_LIFE else None

    def use_code(self, number: str) -> None:
        """The code of the account with that number is not good any more."""
        self._codes.pop(number, None)

    # -- tokens --------------------------------------------------------------------

    def give(self, account: Account, device: str) -> str:
        """A token for the telephone *device* of *account*, in place of the one it had.

        A school for demonstration gives one, too, and keeps none. Evidence: read.
        """
        secret = drawn_text(self._chance, TOKEN_LENGTH)
        if not self.rules.is_demo:
            self._tokens[account.number, device] = _Token(secret, account.password)
        return secret

    def token(self, account: Account, device: str) -> str | None:
        """The token that *device* has now; `None` if it has none. A new password ends all of them."""
        found = self._tokens.get((account.number, device))
        return found.secret if found and found.password == account.password else None

    def revoke_all(self) -> None:
        """No token is good any more, as after the summer."""
        self._tokens.clear()
