"""Who is signed in: log-ins, their session ids and how long each is good."""

from __future__ import annotations

import random
from typing import Literal

import attrs

from schoolsync.sandbox.classcharts.shapes import Rules

__all__ = ["LogIn", "Role", "Sessions"]

Role = Literal["parent", "student"]
"""Which of the two APIs."""


@attrs.define
class LogIn:
    """One log-in, by form or through the API."""

    role: Role
    """Which API it is for."""
    account: str
    """Number of the parent or pupil."""
    cookie: str = attrs.field(repr=False)
    """What `cc-session` holds."""
    ends: float
    """Until when the log-in is good, in seconds of the clock."""
    has_web_session: bool
    """Whether it went through the form; the API's log-in gives no cookie."""
    ids: dict[str, float] = attrs.field(factory=dict, repr=False)
    """Session id → until when it is good."""
    newest: str = attrs.field(default="", repr=False)
    """The id given last."""
    has_pinged: bool = False
    """Whether a ping followed."""


@attrs.define
class Sessions:
    """All log-ins of one server."""

    rules: Rules
    """How long things are good."""
    _chance: random.Random
    _log_ins: list[LogIn] = attrs.field(factory=list)

    def begin(self, role: Role, account: str, now: float, *, has_web_session: bool) -> LogIn:
        """A new log-in with its first session id."""
        ends = now + self.rules.cookie_life.total_seconds()
        log_in = LogIn(role, account, self._token(), ends, has_web_session)
        self.issue(log_in, now)
        self._log_ins.append(log_in)
        return log_in

    def issue(self, log_in: LogIn, now: float, *, presented: str = "") -> str:
        """A new session id; the newest so far, and the one *presented*, stay good for a while."""
        least = now + self.rules.grace.total_seconds()
        for older in {log_in.newest, presented} & log_in.ids.keys():
            log_in.ids[older] = max(log_in.ids[older], least)
        log_in.newest = self._token()
        self.extend(log_in, log_in.newest, now)
        return log_in.newest

    def extend(self, log_in: LogIn, session_id: str, now: float) -> None:
        """*session_id* is good for a whole life from *now*, and so is the log-in."""
        log_in.ids[session_id] = now + self.rules.id_life.total_seconds()
        log_in.ends = now + self.rules.cookie_life.total_seconds()

    def find(self, session_id: str, now: float, *, is_ping: bool = False) -> LogIn | None:
        """The log-in that *session_id* belongs to, if the id is still good.

        An expired id may still ping while its log-in lives, unless the rules are strict.
        """
        for log_in in self._log_ins:
            if session_id in log_in.ids and now <= log_in.ends:
                is_fresh = now < log_in.ids[session_id]
                return log_in if is_fresh or (is_ping and not self.rules.strict_ping) else None
        return None

    def find_cookie(self, cookie: str, now: float) -> LogIn | None:
        """The log-in whose `cc-session` is *cookie*, if it still lives."""
        return next((one for one in self._log_ins if one.cookie == cookie and now <= one.ends), None)

    def end(self, log_in: LogIn) -> None:
        """The log-in and all its ids are forgotten."""
        self._log_ins.remove(log_in)

    def end_by_id(self, session_id: str) -> None:
        """The log-in that *session_id* belongs to, if any, is forgotten."""
        self._log_ins = [one for one in self._log_ins if session_id not in one.ids]

    def end_all(self) -> None:
        """Every log-in is forgotten."""
        self._log_ins.clear()

    def _token(self) -> str:
        return f"{self._chance.getrandbits(128):032x}"
