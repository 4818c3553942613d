"""Signing in: who somebody says they are, the proof, and what must be done before anything else."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import attrs

from schoolsync.sandbox.pronote.call import Trouble
from schoolsync.sandbox.pronote.crypto import (
    Cipher,
    Garbled,
    drawn_text,
    listed_bytes,
    login_key,
    scrambled,
)
from schoolsync.sandbox.pronote.encode.user import password_rules
from schoolsync.sandbox.pronote.encode.words import moment, typed
from schoolsync.sandbox.pronote.generations import Generation
from schoolsync.sandbox.pronote.page import space_numbered
from schoolsync.sandbox.pronote.sessions import Challenge, Rules, Session

if TYPE_CHECKING:
    from schoolsync.sandbox.college.college import SandboxCollege
    from schoolsync.sandbox.college.roll import Account

__all__ = ["BAD_CREDENTIALS", "REFUSALS", "Door", "Failures", "too_many_failures"]

BAD_CREDENTIALS = 1
NO_PUPIL = 4
REFUSALS = {"forbidden": 2, "refused": 5, "blocked": 6, "message": 9, "disabled": 10}
"""State of an account → what `Acces` says once the password was right."""
NEW_PASSWORD, ENTER_PIN = 0, 3
ACTIONS = {"new_password": NEW_PASSWORD, "pin": ENTER_PIN}
"""State of an account → what must be done first."""
MODES = {"pin": 3}
"""State of an account → how it is secured: 1 not at all, 3 by a PIN."""
KEY_LENGTH = 16
MESSAGE = {
    "titre": "Rendez-vous au secrétariat",
    "message": "Un document manque à votre dossier : merci de passer au secrétariat.",
}


def too_many_failures() -> Trouble:
    """The refusal after too many wrong passwords."""
    said = "Vous avez dépassé le nombre d'erreurs d'authentification autorisées. Veuillez patienter…"
    return Trouble(25, said, said)


@attrs.define
class Failures:
    """Wrong passwords, counted for the one address that this server sees."""

    rules: Rules
    """How many are forgiven."""
    count: int = 0
    """How many there were since the last right one."""
    suspended_until: float = float("-inf")
    """Until when the address is suspended."""

    def is_suspended(self, now: float) -> bool:
        """Whether nobody may sign in."""
        return now < self.suspended_until

    def note(self, now: float) -> None:
        """There was one more.

        Raises:
            Trouble: It was one too many (25).
        """
        self.count += 1
        if self.count > self.rules.tries:
            self.count = 0
            self.suspended_until = now + self.rules.suspension.total_seconds()
            raise too_many_failures()

    def forget(self) -> None:
        """Somebody knew their password. Evidence: guess."""
        self.count = 0


@attrs.frozen(kw_only=True)
class Door:
    """Where people sign in."""

    college: SandboxCollege = attrs.field(repr=False)
    """Whose accounts they are."""
    generation: Generation
    """How the server talks."""
    failures: Failures
    """Wrong passwords."""
    chance: random.Random = attrs.field(repr=False)
    """What challenges and keys are drawn from."""
    visits: dict[str, dt.datetime] = attrs.field(factory=dict, repr=False)
    """Number of an account → when it signed in last."""
    devices: set[tuple[str, str]] = attrs.field(factory=set, repr=False)
    """Accounts, each with a browser that needs no PIN any more."""

    # -- who -----------------------------------------------------------------------

    def identification(self, session: Session, data: Mapping[str, Any], now: float) -> dict[str, Any]:
        """The challenge for whoever *data* names; somebody unknown gets one too, which nothing answers.

        Raises:
            Trouble: There were too many failures (25).
        """
        if self.failures.is_suspended(now):
            raise too_many_failures()
        login = str(data.get("identifiant", ""))
        account = self.college.account(login, space_numbered(session.space).kind)
        alea = "" if self.generation.has_direct_challenge else drawn_text(self.chance, 16)
        key = self._key(account, alea)
        said, answers = self._challenge(Cipher(key, session.cipher.iv))
        session.challenge = Challenge(login, key, answers)
        return {
            **({"alea": alea} if alea else {}),
            "modeCompMdp": int(bool(account and account.ignores_password_case)),
            "modeCompLog": int(bool(account and account.ignores_case)),
            "challenge": said,
        }

    def _key(self, account: Account | None, alea: str) -> bytes:
        if account is None:
            return self.chance.randbytes(KEY_LENGTH)
        login = account.login.lower() if account.ignores_case else account.login
        password = account.password.lower() if account.ignores_password_case else account.password
        return login_key(login, password, alea)

    def _challenge(self, cipher: Cipher) -> tuple[str, frozenset[str]]:
        """What is sent, and the texts either of which proves that the key is known."""
        if self.generation.has_direct_challenge:
            asked = drawn_text(self.chance).lower()
            return asked, frozenset({asked})
        wanted = drawn_text(self.chance)
        asked = cipher.seal(scrambled(wanted, self.chance).encode())
        # Since 2025 a client may send back what it was asked, as those do that know only newer servers.
        return asked, frozenset({wanted, asked} if self.generation.has_new_names else {wanted})

    # -- the proof --------------------------------------------------------------------

    def authentification(
        self, session: Session, data: Mapping[str, Any], *, now: float, at: dt.datetime
    ) -> tuple[dict[str, Any], Cipher | None]:
        """What is said to the proof in *data*, and how the session encrypts from then on if it was right.

        Raises:
            Trouble: There were too many failures (25).
        """
        if self.failures.is_suspended(now):
            raise too_many_failures()
        challenge, session.challenge = session.challenge, None
        if challenge is None or not self._is_right(challenge, session.cipher.iv, data.get("challenge")):
            self.failures.note(now)
            return {"Acces": BAD_CREDENTIALS}, None
        self.failures.forget()
        account = self.college.account(challenge.login, space_numbered(session.space).kind)
        refused = self._refusal(account)
        if account is None or refused:
            return refused, None
        return self._welcome(session, account, challenge, at)

    def _is_right(self, challenge: Challenge, iv: bytes, proof: object) -> bool:
        try:
            said = Cipher(challenge.key, iv).open(proof).decode("ascii", "replace")
        except Garbled:
            return False
        return said in challenge.answers

    def _refusal(self, account: Account | None) -> dict[str, Any]:
        if account is None:
            return {"Acces": BAD_CREDENTIALS}
        if account.kind == "parent" and not account.pupils:
            return {"Acces": NO_PUPIL}
        if account.state not in REFUSALS:
            return {}
        said: dict[str, Any] = {"Acces": REFUSALS[account.state]}
        return said | ({"AccesMessage": MESSAGE} if account.state == "message" else {})

    def _welcome(
        self, session: Session, account: Account, challenge: Challenge, at: dt.datetime
    ) -> tuple[dict[str, Any], Cipher]:
        material = self.chance.randbytes(KEY_LENGTH)
        told = Cipher(challenge.key, session.cipher.iv).seal(listed_bytes(material))
        session.account = account.number
        said: dict[str, Any] = {"libelleUtil": account.name, "cle": told, "modeSecurisationParDefaut": 1}
        if account.number in self.visits:
            said["derniereConnexion"] = moment(self.visits[account.number])
        self.visits[account.number] = at
        if account.state in ACTIONS and (account.number, session.device) not in self.devices:
            session.unsettled = frozenset({ACTIONS[account.state]})
            said |= self._demands(account, session.unsettled)
        return said, session.cipher.rekeyed(material)

    def _demands(self, account: Account, actions: frozenset[int]) -> dict[str, Any]:
        return {
            "actionsDoubleAuth": typed(26, f"[{','.join(map(str, sorted(actions)))}]"),
            "modesPossibles": typed(26, "[1..3]"),
            "modeSecurisationParDefaut": MODES.get(account.state, 1),
            "codePINFixe": False,
            "reglesSaisieMDP": password_rules(),
        }
