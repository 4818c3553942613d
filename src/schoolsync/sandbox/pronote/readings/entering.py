"""What every session begins and lives with: the user, and signs of life."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from schoolsync.sandbox.pronote.call import Call, Reading
from schoolsync.sandbox.pronote.encode.user import encode_user, open_tabs
from schoolsync.sandbox.pronote.wire import access_denied

__all__ = ["READINGS", "navigation", "presence", "user"]


def user(call: Call) -> Mapping[str, Any]:
    """Who is signed in, and what they may open."""
    return encode_user(call)


def navigation(call: Call) -> Mapping[str, Any]:
    """Nothing: the user went to another screen, or says that they are still there.

    Raises:
        Trouble: They may not open that screen (3).
    """
    desks = [call.college.desk(number) for number in call.account.pupils]
    if call.data.get("onglet", call.tab) not in open_tabs(call.account, desks):
        raise access_denied()
    return {}


def presence(call: Call) -> Mapping[str, Any]:
    """Nothing: the user is still there.

    Raises:
        Trouble: This server wants `Navigation` instead (3). Evidence: read, the number a guess.
    """
    if not call.generation.takes_presence:
        raise access_denied()
    return {}


READINGS: Mapping[str, Reading] = {
    "Navigation": navigation,
    "ParametresUtilisateur": user,
    "Presence": presence,
}
"""Name of a function → what it does."""
