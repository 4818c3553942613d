"""Where pronotepy is known to be wrong, or to say less than the server does, by attribute.

Anything else fails. `test_departures.py` shows that each is still so.
"""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["DOCUMENTED_ONLY", "NOT_READ", "OTHER_TYPES"]

OTHER_TYPES: Mapping[str, str] = {
    "Grade.average: NoneType": "newer servers leave out what they keep to themselves",
    "Grade.comment: NoneType": "newer servers leave out empty texts",
    "Grade.default_out_of: NoneType": "left out where a test has no usual scale",
    "Grade.max: NoneType": "as the average",
    "Grade.min: NoneType": "as the average",
    "Lesson.virtual_classrooms: dict": "the address is a typed value, which is handed on with its type",
    "Period.grades: Failed": "a mark that no code stands for (`|-1`) makes all of the period unreadable",
    "Punishment.homework: NoneType": "most punishments have no work",
    "start_day: date": "the docstring says a time",
}
"""Attribute and what comes instead of what is declared → why."""

DOCUMENTED_ONLY: Mapping[str, str] = {
    "Discussion.id": "a discussion is known by its messages",
    "Menu.self.name": "a slip of the pen for `name`",
}
"""What a docstring lists and no object has → why."""

NOT_READ: Mapping[str, str] = {
    "Food.allergens": "labels are read, allergens are not",
    "Grade.attachments": "neither the paper of a test nor its correction is read",
    "Grade.remark": "what the teacher wrote about the mark; `comment` is the title of the test",
    "Homework.duration": "nor how hard it is, nor how it is handed in",
    "Information.questions": "only the text of the first question is read, and no answers",
    "Lesson.notes": "neither labels nor markers of a lesson's contents are read",
    "Message.attachments": "what hangs on a message",
    "Period.observations": "nor exclusions, measures and sanctions",
}
"""What the server says and pronotepy has no attribute for → more about it."""
