"""Signing in: who somebody says they are, the proof, and what must be done before anything else."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import attrs

from schoolsync.sandbox.pronote.call import Trouble
from schoolsync.sandbox.pronote.claims import Claim, read_claim
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
from schoolsync.sandbox.pronote.tokens import MobileTokens

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
    tokens: MobileTokens
    """What telephones sign in with."""
    visits: dict[str, dt.datetime] = attrs.field(factory=dict, repr=False)
    """Number of an account → when it signed in last."""
    devices: set[tuple[str, str]] = attrs.field(factory=set, repr=False)
    """Accounts, each with a browser that needs no PIN any more."""

    # -- who -----------------------------------------------------------------------

    def identification(
        self, session: Session, data: Mapping[str, Any], *, now: float, at: dt.datetime
    ) -> dict[str, Any]:
        """The challenge for whoever *data* names; somebody unknown gets one too, which nothing answers.

        Somebody from a portal gets no `alea`, and the app is told the login. Evidence: read; that case
        is ignored in tokens as in passwords is inferred.

        Raises:
            Trouble: There were too many failures (25).
        """
        if self.failures.is_suspended(now):
            raise too_many_failures()
        claim = read_claim(data, is_mobile=space_numbered(session.space).is_mobile)
        account = self._named(session, claim)
        has_alea = not (self.generation.has_direct_challenge or claim.way == "portal")
        alea = drawn_text(self.chance, 16) if has_alea else ""
        key = self._key(session, claim, account, alea, at)
        said, answers = self._challenge(Cipher(key, session.cipher.iv))
        session.challenge = Challenge(claim, account.number if account else None, key, answers)
        modes = account if claim.way != "portal" else None
        return {
            **({"alea": alea} if alea else {}),
            "modeCompMdp": int(bool(modes and modes.ignores_password_case)),
            "modeCompLog": int(bool(modes and modes.ignores_case)),
            **({"login": account.login if account else claim.login} if claim.is_app else {}),
            "challenge": said,
        }

    def _named(self, session: Session, claim: Claim) -> Account | None:
        """The account that *claim* names; one that comes from the portal, by its handle on this very page."""
        if claim.way != "portal":
            return self.college.account(claim.login, space_numbered(session.space).kind)
        arrived = session.arrived
        is_right = arrived is not None and arrived.handle == claim.login
        return self.college.account_numbered(arrived.account) if arrived and is_right else None

    def _secret(self, session: Session, claim: Claim, account: Account, at: dt.datetime) -> str | None:
        """What *account* has to know; `None` if nothing is good."""
        match claim.way:
            case "portal":
                return session.arrived.secret if session.arrived else None
            case "code":
                return self.tokens.code(account, at)
            case "token":
                return self.tokens.token(account, claim.device)
        return account.password

    def _key(
        self, session: Session, claim: Claim, account: Account | None, alea: str, at: dt.datetime
    ) -> bytes:
        """The key that the right secret makes; the portal's goes in as it is, without a name."""
        secret = self._secret(session, claim, account, at) if account else None
        if account is None or secret is None:
            return self.chance.randbytes(KEY_LENGTH)
        if claim.way == "portal":
            return login_key("", secret)
        login = account.login.lower() if account.ignores_case else account.login
        return login_key(login, secret.lower() if account.ignores_password_case else secret, alea)

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
        self._use_up(session, challenge)
        account = self.college.account_numbered(challenge.account) if challenge.account else None
        refused = self._refusal(account)
        if account is None or refused:
            return refused, None
        return self._welcome(session, account, challenge, at)

    def _use_up(self, session: Session, challenge: Challenge) -> None:
        """What was right and is good only once is not good any more. Evidence: read; a wrong proof: guess."""
        if challenge.claim.way == "portal":
            session.arrived = None
        if challenge.claim.way == "code" and challenge.account:
            self.tokens.use_code(challenge.account)

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
        session.telephone = challenge.claim.device
        said |= self.next_token(session, account)
        if account.state in ACTIONS and not self._is_known(session, account):
            session.unsettled = frozenset({ACTIONS[account.state]})
            said |= self._demands(account, session.unsettled)
        return said, session.cipher.rekeyed(material)

    def next_token(self, session: Session, account: Account) -> dict[str, Any]:
        """The next token, for a session that wants one."""
        if not (session.telephone and self.tokens.rules.has_app):
            return {}
        return {"jetonConnexionAppliMobile": self.tokens.give(account, session.telephone)}

    def _is_known(self, session: Session, account: Account) -> bool:
        """Whether this browser or telephone has named itself before."""
        names = {session.device, session.telephone} - {""}
        return any((account.number, name) in self.devices for name in names)

    def _demands(self, account: Account, actions: frozenset[int]) -> dict[str, Any]:
        return {
            "actionsDoubleAuth": typed(26, f"[{','.join(map(str, sorted(actions)))}]"),
            "modesPossibles": typed(26, "[1..3]"),
            "modeSecurisationParDefaut": MODES.get(account.state, 1),
            "codePINFixe": False,
            "reglesSaisieMDP": password_rules(),
        }
