"""Descriptions in JSON Schemas are the docstrings under the fields."""

from __future__ import annotations

from typing import ClassVar

from pydantic import BaseModel

from schoolsync.model import Discussion, Lesson, Record
from schoolsync.model.described import described, field_docs


class Outer(BaseModel):
    """A model of this test."""

    plain: int
    """A plain field."""
    bare: int
    listed: tuple[str, ...]
    """One of two lines,
    folded as docstrings are."""
    limit: ClassVar[int] = 5


class Inner(Outer):
    """A model that inherits."""

    plain: int
    """A plain field, said anew."""


def test_field_docs() -> None:
    """Those below a field, inherited ones too; the last word counts."""
    assert field_docs(Outer) == {
        "plain": "A plain field.",
        "listed": "One of two lines,\nfolded as docstrings are.",
    }
    assert field_docs(Inner)["plain"] == "A plain field, said anew."
    assert field_docs(Lesson).items() >= field_docs(Record).items()


def test_no_source_no_docs() -> None:
    """A class made at run time has no file to read; that is no error."""
    made = type("Made", (BaseModel,), {"__annotations__": {"x": int}, "__module__": "nowhere"})
    assert field_docs(made) == {}


def test_described_reaches_what_is_held() -> None:
    """Fields of models inside lists and unions are described where the schema defines them."""
    schema = described(Discussion.model_json_schema(), Discussion)
    assert schema["properties"]["messages"]["description"].startswith("The messages")
    assert schema["$defs"]["Message"]["properties"]["sent_at"]["description"] == "When it was sent."
    assert schema["$defs"]["Attachment"]["properties"]["ref"]["description"]
