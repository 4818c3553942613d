"""What is kept beside the neutral records."""

from __future__ import annotations

from schoolsync.model import Identity, Pupil, School
from schoolsync.sandbox.papers import StoredFile, named

SCHOOL = School(name="Northfield Example Academy", timezone="Europe/London", provider="classcharts")
PUPIL = Pupil(key="pupil-7", name="Alex Example", school=SCHOOL, provider_id="7")


def test_a_record_is_named_after_its_pupil() -> None:
    """Kind, pupil and number make the key; extras stand under the provider's name."""
    fields = named("mark", 3, PUPIL, provider_id=12, identity=Identity.NATIVE, source="report", room=None)
    assert fields["key"] == "mark-7-3"
    assert fields["pupil_key"] == "pupil-7"
    assert fields["provider_id"] == "12"
    assert fields["identity"] is Identity.NATIVE
    assert dict(fields["extras"]) == {"classcharts.source": "report"}


def test_without_a_number_of_the_provider_nothing_is_native() -> None:
    """The default is a derived record without a provider's id."""
    fields = named("absence", "x", PUPIL)
    assert fields["provider_id"] is None
    assert fields["identity"] is Identity.DERIVED


def test_the_bytes_of_a_file_are_not_shown() -> None:
    """A representation names the file only."""
    assert "secret" not in repr(StoredFile(1, "a.pdf", b"secret"))
