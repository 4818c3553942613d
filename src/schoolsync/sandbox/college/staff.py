"""Who works at the invented collège and does not teach, and what people of the school are to each other."""

from __future__ import annotations

import attrs

__all__ = ["COUNSELLOR", "HEADMISTRESS", "OFFICE", "Colleague"]


@attrs.frozen
class Colleague:
    """One member of staff who does not teach."""

    number: str
    """Number in the college's list."""
    last_name: str
    """Family name, in capitals."""
    first_name: str
    """Given name."""
    role: str
    """What they do, as the college writes it: `CPE`."""
    takes_messages: bool = True
    """Whether families may write to them."""

    @property
    def name(self) -> str:
        """Short: `CANEVAS R.`."""
        return f"{self.last_name} {self.first_name[0]}."

    @property
    def full_name(self) -> str:
        """As lists of people show it: `CANEVAS Rosa`."""
        return f"{self.last_name} {self.first_name}"


COUNSELLOR = Colleague("s1", "CANEVAS", "Rosa", "CPE")
"""Who looks after school life: absences, punishments."""
HEADMISTRESS = Colleague("s2", "ARCHETYPE", "Odile", "Principale", takes_messages=False)
"""Who leads the school, and decides what is grave."""
OFFICE = (COUNSELLOR, HEADMISTRESS)
"""Everybody of them."""
