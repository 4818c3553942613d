"""Attachments promise bytes; they do not say where those are."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from schoolsync.model import Attachment, AttachmentKind
from tests.model.samples import always_set

ADDRESS = "https://files.example.test/sheet.pdf?signature=s3cret"


def test_what_is_always_set() -> None:
    """A name, whether it is a file or a link, and whose it is."""
    assert always_set(Attachment) == {"name", "kind", "ref"}
    assert set(AttachmentKind) == {"file", "link"}


def test_a_file_has_no_address() -> None:
    """It may carry a session: the model refuses it, without showing it."""
    with pytest.raises(ValidationError, match="address") as caught:
        Attachment(name="sheet.pdf", kind=AttachmentKind.FILE, ref=("homework-1", 0), url=ADDRESS)
    assert "s3cret" not in str(caught.value)


def test_a_link_has_one() -> None:
    """It leads out of the school, and is content."""
    link = Attachment(name="Energy", kind=AttachmentKind.LINK, ref=("homework-1", 1), url=ADDRESS)
    assert Attachment.from_dict(link.to_dict()) == link
    assert ADDRESS not in repr(link)
