"""Who it is about: the pupil and the school."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from zoneinfo import ZoneInfo

from pydantic import field_validator

from schoolsync.errors import BadArgument, UnknownName
from schoolsync.model.files import Attachment
from schoolsync.model.record import Value, known_zone

__all__ = ["Pupil", "School", "find_pupil"]


class School(Value):
    """A school, as far as the provider names it."""

    name: str
    """Its name as the provider writes it; empty when the provider does not say."""
    timezone: str
    """IANA name of the zone that all its times are in: `Europe/Paris`, `Pacific/Noumea`."""
    country: str | None = None
    """ISO 3166-1 alpha-2 code, upper case: `FR`, `GB`."""
    provider: str
    """Name of the provider."""
    url: str | None = None
    """Address of the school's service, without query."""

    @field_validator("timezone")
    @classmethod
    def _known(cls, name: str) -> str:
        return known_zone(name).key

    @property
    def zone(self) -> ZoneInfo:
        """The zone itself."""
        return ZoneInfo(self.timezone)


class Pupil(Value):
    """A child or young person whose data the account may read."""

    key: str
    """Stable and opaque: kind and 128 bits as hex."""
    name: str
    """Full name as the school writes it."""
    first_name: str | None = None
    """Given name, where the provider tells it apart."""
    last_name: str | None = None
    """Family name, where the provider tells it apart."""
    class_name: str | None = None
    """Form or class: `3A`."""
    school: School
    """The school that this pupil attends; children of one parent may attend several."""
    photo: Attachment | None = None
    """A portrait, if the school shares one."""
    provider_id: str | None = None
    """The provider's own id."""


def find_pupil(pupils: Sequence[Pupil], wanted: Pupil | str | int) -> Pupil:
    """The pupil meant by *wanted*.

    Args:
        pupils: The account's pupils, in the provider's order.
        wanted: A `Pupil`, a key, a full or first name (case and spaces ignored), a provider's id,
            or a number: one equal to a provider's id wins, else 1 to n is a position.

    Raises:
        UnknownName: None, or more than one, fits.
        BadArgument: *wanted* is none of these.
    """
    for fits in _readings(wanted):
        found = [pupil for position, pupil in enumerate(pupils, 1) if fits(pupil, position)]
        if len(found) == 1:
            return found[0]
        if found:
            raise _unknown(pupils, wanted, "More than one pupil is called so: use a key or a position.")
    raise _unknown(pupils, wanted)


def _readings(wanted: Pupil | str | int) -> tuple[Callable[[Pupil, int], bool], ...]:
    """Ways to read *wanted*, the surest first."""
    if isinstance(wanted, Pupil):
        return (lambda pupil, _: pupil.key == wanted.key,)
    if isinstance(wanted, int) and not isinstance(wanted, bool):
        return (lambda pupil, _: pupil.provider_id == str(wanted), lambda _, position: position == wanted)
    if not isinstance(wanted, str):
        raise BadArgument("pupil", "a Pupil, a key, a name or a number is expected")
    name = _folded(wanted)
    if not name:
        return ()
    return (
        lambda pupil, _: pupil.key == wanted,
        lambda pupil, _: _folded(pupil.name) == name,
        lambda pupil, _: _folded(pupil.first_name or "") == name,
        lambda pupil, _: pupil.provider_id == wanted,
    )


def _folded(name: str) -> str:
    """*name* as people compare names: without case, spare spaces, or a way to type accents."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def _unknown(pupils: Sequence[Pupil], wanted: Pupil | str | int, hint: str | None = None) -> UnknownName:
    known = [name for pupil in pupils for name in (pupil.name, pupil.key)]
    said = wanted.key if isinstance(wanted, Pupil) else str(wanted)
    return UnknownName("pupil", said, known, is_private=True, hint=hint)
