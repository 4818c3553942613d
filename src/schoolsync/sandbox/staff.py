"""The teachers of the invented schools, and the groups that they teach."""

from __future__ import annotations

from schoolsync.sandbox.papers import TeachingSet
from schoolsync.sandbox.people import Teacher

__all__ = ["ACADEMY_SETS", "ACADEMY_TUTOR", "CHOIR", "COVER", "JUNIOR_SETS", "STAFF", "teacher_called"]

SAMPLE = Teacher(40211, "Ms", "Dana", "Sample")
KIM = Teacher(40212, "Mr", "Kim", "Sample")
SPECIMEN = Teacher(40213, "Dr", "Alba", "Specimen")
TEMPLATE = Teacher(40214, "Mrs", "Tessa", "Template")
PROTOTYPE = Teacher(40215, "Mr", "Piers", "Prototype")
DUMMY = Teacher(40216, "Miss", "Una", "O'Dummy")
COVER = Teacher(40217, "Mr", "Stan", "Standin")
"""Who teaches when somebody else is away."""

STAFF = (SAMPLE, KIM, SPECIMEN, TEMPLATE, PROTOTYPE, DUMMY, COVER)
"""Everybody who teaches."""

ACADEMY_SETS = (
    TeachingSet(70011, "9X/Sc1", "Science & Technology", SAMPLE.name, "S4", (SPECIMEN.name,)),
    TeachingSet(70012, "9X/Ma2", "Mathematics", KIM.name, "Room 12"),
    TeachingSet(70013, "9X/En1", "English", TEMPLATE.name, "E1"),
    TeachingSet(70014, "9X/Hi1", "History", SPECIMEN.name, "H2"),
    TeachingSet(70015, "9X/Fr2", "French", DUMMY.name, "L3"),
    TeachingSet(70016, "9X/Ar1", "Art & Design", PROTOTYPE.name, "Studio"),
    TeachingSet(70017, "9X/Pe1", "PE", KIM.name, ""),
)
"""The groups of the older pupils."""
ACADEMY_TUTOR = TeachingSet(70018, "9X", "Tutor time", SAMPLE.name, "S4")
"""The form, where the day begins."""
CHOIR = TeachingSet(70019, "Choir", "Music", TEMPLATE.name, "Hall")
"""A group that meets beside another lesson."""
JUNIOR_SETS = (
    TeachingSet(70031, "5 Oak", "Literacy", DUMMY.name, "Oak"),
    TeachingSet(70032, "5 Oak Maths", "Numeracy", DUMMY.name, "Oak"),
    TeachingSet(70033, "5 Oak Topic", "Topic <& more>", PROTOTYPE.name, "Hall"),
    TeachingSet(70034, "5 Oak Games", "Games", COVER.name, ""),
)
"""The groups of the younger pupils."""


def teacher_called(name: str | None) -> Teacher | None:
    """The teacher whom the school writes as *name*, or `None`."""
    return next((teacher for teacher in STAFF if teacher.name == name), None)
