"""What a session tells when it begins, in our words, and small: the year, the pupils, what is open to them.

Ids are good for one session. So all of this belongs to the page that the session began with, and is
thrown away as a whole when another one begins.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from typing import Final

import attrs

from schoolsync.errors import BadArgument, DecodeIssue, UsageError
from schoolsync.model import Capabilities, Pupil
from schoolsync.model.record import known_zone
from schoolsync.providers.pronote.envelope import Answer, content_at
from schoolsync.providers.pronote.mapping.capabilities import to_capabilities
from schoolsync.providers.pronote.mapping.people import to_pupils
from schoolsync.providers.pronote.mapping.spans import TabPeriods, to_tab_periods
from schoolsync.providers.pronote.mapping.year import SchoolYear, to_school_year
from schoolsync.providers.pronote.page import Start
from schoolsync.providers.pronote.schema.settings import SettingsPage, UserPage
from schoolsync.providers.pronote.schema.words import unwrapped
from schoolsync.providers.pronote.session import Resource, Space

__all__ = ["Begun", "Kept", "Known", "read_zone", "to_begun", "to_known"]

PARIS: Final = "Europe/Paris"
NOUMEA: Final = "Pacific/Noumea"
FOLDING: Final = 3
"""Half the time of zlib's own measure, and a tenth more bytes."""


def read_zone(name: str | None) -> str | None:
    """The name of the school's zone; `None`: as the server says.

    Raises:
        BadArgument: There is no such zone.
    """
    if name is None:
        return None
    try:
        return known_zone(name).key
    except UsageError as error:
        raise BadArgument("timezone", error.problem) from None


@attrs.frozen
class Kept:
    """A big answer, folded, because it is seldom looked at."""

    function: str
    """Its name."""
    packed: bytes = attrs.field(repr=False)
    """The JSON text that its content stands in, deflated."""
    steps: tuple[str, ...]
    """The way from the top of that text to the content."""

    @classmethod
    def of(cls, answer: Answer) -> Kept:
        """*answer*, folded. Losses: what it said beside the content."""
        return cls(answer.function, zlib.compress(answer.source, FOLDING), answer.steps)

    def unfolded(self) -> Answer:
        """What was kept, read anew."""
        source = zlib.decompress(self.packed)
        content = content_at(json.loads(source, object_hook=unwrapped), self.steps)
        return Answer(self.function, {} if content is None else content, source=source, steps=self.steps)


@attrs.frozen
class Begun:
    """What is known of a session before its account is."""

    of: Start = attrs.field(repr=False)
    """The page that the session began with."""
    settings: Kept
    """`FonctionParametres`."""
    year: SchoolYear = attrs.field(repr=False)
    """What the readings need of it."""
    zone: str
    """IANA name of the school's zone."""
    label: str | None = attrs.field(repr=False)
    """Who signed in, if the log-in said it."""


@attrs.frozen
class Known:
    """What is known of a session and its account."""

    begun: Begun
    """What it began with."""
    user: Kept
    """`ParametresUtilisateur`."""
    label: str = attrs.field(repr=False)
    """Who signed in, as the server writes it; empty if it does not."""
    pupils: tuple[Pupil, ...] = attrs.field(repr=False)
    """In the server's order."""
    resources: Mapping[str, Resource] = attrs.field(repr=False)
    """How the session knows them, by pupil key."""
    tabs: Mapping[str, Mapping[int, TabPeriods]] = attrs.field(repr=False)
    """The periods of their screens, by pupil key and number."""
    capabilities: Capabilities = attrs.field(repr=False)
    """What the account can see of them."""

    @property
    def names(self) -> frozenset[str]:
        """What no error may quote."""
        said = (name for one in self.pupils for name in (one.name, one.first_name, one.last_name))
        return frozenset(name for name in (self.label, *said) if name)


def to_begun(
    start: Start, answer: Answer, settings: SettingsPage, *, timezone: str | None, label: str | None
) -> Begun:
    """What *settings* say of a session.

    Args:
        start: The page that it began with.
        answer: `FonctionParametres`, as it came.
        settings: The same, read.
        timezone: The school's zone, if the caller knows it. A server says no zone; the one that says
            that it is in New Caledonia is in Nouméa's (inferred), any other counts as in Paris's.
        label: Who signed in, if the log-in said it.
    """
    zone = timezone or (NOUMEA if settings.is_new_caledonia else PARIS)
    return Begun(start, Kept.of(answer), to_school_year(settings), zone, label)


def to_known(
    begun: Begun,
    answer: Answer,
    user: UserPage,
    *,
    root: str,
    space: Space,
    issues: list[DecodeIssue],
) -> Known:
    """What *user* says of the account; without pupils, if it shows none that can be read.

    Args:
        begun: What is known of the session.
        answer: `ParametresUtilisateur`, as it came.
        user: The same, read.
        root: The instance.
        space: Who signed in.
        issues: Gets an entry for each pupil who cannot be asked about.
    """
    found = to_pupils(user, begun.year, root=root, zone=begun.zone, space=space, issues=issues)
    pupils = tuple(pupil for pupil, _ in found)
    periods = {row.id: to_tab_periods(row, begun.year) for row in (user.user, *user.user.children)}
    return Known(
        begun=begun,
        user=Kept.of(answer),
        label=begun.label or user.user.label,
        pupils=pupils,
        resources={pupil.key: resource for pupil, resource in found},
        tabs={pupil.key: periods.get(resource.id, {}) for pupil, resource in found},
        capabilities=to_capabilities(pupils, user, space, begun.year),
    )
