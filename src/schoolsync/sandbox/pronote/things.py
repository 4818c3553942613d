"""What an id in a request stands for, if it stands for what it should."""

from __future__ import annotations

from schoolsync.sandbox.pronote.call import Call, Trouble

__all__ = ["expired", "thing_called"]


def expired() -> Trouble:
    """The refusal of an id that means nothing here (22)."""
    return Trouble(22, "L'objet demandé n'existe plus")


def thing_called(call: Call, element: object, *kinds: str) -> str:
    """The name of what *element* stands for, without its kind: `Trimestre 1` for `period:Trimestre 1`.

    Args:
        call: The call that it came with.
        element: As sent: `{N: …}`.
        kinds: What it may be.

    Raises:
        Trouble: This session never gave that id, or gave it to something of another kind (22).
    """
    kind, _, name = call.thing(element).partition(":")
    if kind not in kinds:
        raise expired()
    return name
