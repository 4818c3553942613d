"""What every session begins and lives with: the user, signs of life, a code for the user's telephone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from schoolsync.sandbox.pronote.call import Call, Reading
from schoolsync.sandbox.pronote.encode.user import encode_user, open_tabs
from schoolsync.sandbox.pronote.wire import access_denied, expired

__all__ = ["READINGS", "navigation", "presence", "qr_code", "user"]

PIN_LENGTH = 4


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


def qr_code(call: Call) -> Mapping[str, Any]:
    """What a QR code holds, encrypted with the PIN that the user has chosen.

    Raises:
        Trouble: The school has no mobile app (3), or the PIN is none (11). Evidence: guess, both numbers.
    """
    pin = call.data.get("code")
    if call.tokens is None or not call.tokens.rules.has_app:
        raise access_denied()
    if not (isinstance(pin, str) and len(pin) == PIN_LENGTH and pin.isascii() and pin.isdigit()):
        raise expired(11)
    return call.tokens.draw_code(call.account, pin, call.now)


READINGS: Mapping[str, Reading] = {
    "JetonAppliMobile": qr_code,
    "Navigation": navigation,
    "ParametresUtilisateur": user,
    "Presence": presence,
}
"""Name of a function → what it does."""
