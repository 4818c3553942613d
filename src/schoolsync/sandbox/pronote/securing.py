"""What an account must do before anything else: enter its PIN, choose a password, name this device.

Wire: `SecurisationCompteDoubleAuth`, whose secrets are encrypted with the session's key.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import attrs

from schoolsync.sandbox.pronote.call import Trouble
from schoolsync.sandbox.pronote.crypto import Garbled
from schoolsync.sandbox.pronote.doors import ENTER_PIN, NEW_PASSWORD, Door
from schoolsync.sandbox.pronote.sessions import Session

if TYPE_CHECKING:
    from schoolsync.sandbox.college.roll import Account

__all__ = ["Securing"]


SHORTEST, LONGEST = 8, 32


def _is_good_password(password: str) -> bool:
    """Whether *password* has letters and digits, and neither too few nor too many."""
    has_both = any(map(str.isalpha, password)) and any(map(str.isdigit, password))
    return has_both and SHORTEST <= len(password) <= LONGEST


@attrs.frozen
class Securing:
    """The steps of one account in one session."""

    session: Session
    """Which learns what was settled."""
    account: Account
    """Whose it is."""
    door: Door = attrs.field(repr=False)
    """Where it signed in: what knows its devices, and gives tokens."""

    def step(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """What the step in *data* is answered.

        Raises:
            Trouble: There is no such step (3).
        """
        match data.get("action"):
            case 0:
                return {"result": self._has_pin(data)}
            case 1:
                return {"result": _is_good_password(self._secret(data, "nouveauMDP"))}
            case 2:
                known = {name for number, name in self.door.devices if number == self.account.number}
                return {"dejaConnu": str(data.get("libelle", "")) in known}
            case 3:
                return self._save(data)
        raise Trouble(3, "Accès refusé")

    def _secret(self, data: Mapping[str, Any], name: str) -> str:
        try:
            return self.session.cipher.open(data.get(name)).decode()
        except (Garbled, ValueError):
            return ""

    def _has_pin(self, data: Mapping[str, Any]) -> bool:
        """Whether the PIN is right; after three wrong ones none is."""
        is_right = self.session.pin_tries > 0 and self._secret(data, "codePin") == self.account.pin
        self.session.has_pin = is_right
        self.session.pin_tries -= not is_right
        return is_right

    def _save(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """What was chosen is kept, if everything that must be done is done.

        A new password ends all tokens, so a telephone gets another one. Evidence: inferred.
        """
        password = self._secret(data, "nouveauMDP")
        if NEW_PASSWORD in self.session.unsettled and not _is_good_password(password):
            raise Trouble(3, "Accès refusé", "Ce mot de passe n'est pas autorisé.")
        if ENTER_PIN in self.session.unsettled and not (self.session.has_pin and self._has_pin(data)):
            raise Trouble(3, "Accès refusé", "Le code PIN est incorrect.")
        if data.get("avecIdentification"):
            self._know(self.session.device, self.session.telephone, data.get("strIdentification"))
        is_new, self.session.unsettled = NEW_PASSWORD in self.session.unsettled, frozenset()
        if not is_new:
            return {}
        renewed = attrs.evolve(self.account, password=password, state="ok")
        self.door.college.replace_account(renewed)
        return self.door.next_token(self.session, renewed)

    def _know(self, *names: object) -> None:
        """Under any of *names* this device needs no PIN any more."""
        known = (name for name in names if isinstance(name, str) and name)
        self.door.devices.update((self.account.number, name) for name in known)
