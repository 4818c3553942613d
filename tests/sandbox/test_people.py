"""The people of the invented school."""

from __future__ import annotations

import datetime as dt

from schoolsync.model import Pupil, School
from schoolsync.sandbox.people import FEATURES, ParentAccount, PupilFile, Teacher

SCHOOL = School(name="Northfield Example Academy", timezone="Europe/London", provider="classcharts")
PUPIL = Pupil(key="pupil-1", name="Alex Example", school=SCHOOL, provider_id="1")


def test_a_teacher_is_written_as_the_school_does() -> None:
    """Title, initial, family name."""
    assert Teacher(1, "Ms", "Dana", "Sample").name == "Ms D Sample"


def test_what_people_sign_in_with_is_not_shown() -> None:
    """Invented secrets stay out of representations too, so that a copied habit does no harm."""
    file = PupilFile(PUPIL, "ZZTEST0001", dt.date(2011, 3, 14))
    parent = ParentAccount(1, "Robin Example", "robin@example.test", "s3cret", ("1",))
    shown = f"{file!r} {parent!r}"
    assert not any(secret in shown for secret in ("ZZTEST", "2011", "s3cret", "@example"))


def test_each_pupil_has_switches_of_their_own() -> None:
    """Two files do not share the map, and know the zone of their school."""
    one, other = (PupilFile(PUPIL, "A", dt.date(2011, 3, 14)) for _ in range(2))
    assert one.features == FEATURES
    assert one.features is not other.features
    assert one.zone.key == "Europe/London"
    assert one.id == "1"
