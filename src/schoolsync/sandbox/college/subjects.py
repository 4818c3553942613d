"""What is taught at the invented collège, and in which colour it is shown."""

from __future__ import annotations

from collections.abc import Mapping

from schoolsync.model import Subject

__all__ = ["COLOURS", "subject_called"]

COLOURS: Mapping[str, str] = {
    "MATHEMATIQUES": "#f49737",
    "FRANCAIS": "#dc2f55",
    "HISTOIRE-GEOGRAPHIE": "#8c4ca5",
    "ANGLAIS LV1": "#0fa28b",
    "ESPAGNOL LV2": "#2c6bb3",
    "SCIENCES VIE & TERRE": "#58b947",
    "ARTS PLASTIQUES": "#d9b23a",
    "ED.PHYSIQUE & SPORT.": "#9a6240",
    "PERMANENCE": "#c0c0c0",
}
"""Name of a subject → its colour; in the college's order."""
PLAIN = "#b0b0b0"
"""The colour of a subject that has none of its own."""


def subject_called(name: str) -> Subject:
    """The subject *name*, as a correct client delivers it."""
    return Subject(name=name, colour=COLOURS.get(name, PLAIN))
