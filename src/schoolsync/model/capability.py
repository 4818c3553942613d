"""What an account can see and do, and why not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from schoolsync.errors import Availability, UnknownName
from schoolsync.model.people import Pupil, find_pupil

__all__ = ["Availability", "Capabilities"]


@attrs.frozen(kw_only=True)
class Capabilities:
    """The answers to "can this account …?", per pupil, with reasons.

    Example:
        `client.capabilities.of("marks") is Availability.YES`
    """

    pupils: tuple[Pupil, ...] = ()
    """The pupils that the answers are about."""
    selected: str | None = None
    """Key of the pupil who is meant when none is named; the first one if `None`."""
    operations: Mapping[str, Mapping[tuple[str, str], Availability]] = attrs.field(factory=dict, repr=False)
    """By pupil key: (thing, operation) → answer."""
    fields: Mapping[tuple[str, str], Availability] = attrs.field(factory=dict, repr=False)
    """(record class, field) → answer, where it is not simply yes."""

    def of(
        self, thing: str, operation: str = "read", *, pupil: Pupil | str | int | None = None
    ) -> Availability:
        """Whether *operation* on *thing* works for *pupil*, and why not.

        Args:
            thing: What `get_<thing>` would read (`"marks"`, `"lessons"`), or `"homeworks"` to write.
            operation: `"read"` or `"write"`.
            pupil: Whom it is about; the selected pupil if omitted.

        Raises:
            UnknownName: No such thing in any provider, or no such pupil.
        """
        if not self.pupils:
            return Availability.UNKNOWN
        wanted = pupil or self.selected
        chosen = self.pupils[0] if wanted is None else find_pupil(self.pupils, wanted)
        answers = self.operations[chosen.key]
        if (thing, operation) not in answers:
            known = sorted(" ".join(name) for name in answers)
            raise UnknownName("capability", f"{thing} {operation}", known)
        return answers[thing, operation]

    def about(self, pupil_key: str | None) -> Capabilities:
        """The same, with that pupil meant when none is named."""
        return attrs.evolve(self, selected=pupil_key)

    def field(self, record: type[Any], name: str) -> Availability:
        """Whether the provider ever fills field *name* of *record*.

        Raises:
            UnknownName: The record has no such field.
        """
        if name not in record.model_fields:
            raise UnknownName("field", name, record.model_fields)
        return self.fields.get((record.__name__, name), Availability.YES)
