"""What only one provider says is kept, and kept from being changed."""

from __future__ import annotations

import copy
import json
import pickle
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from schoolsync.model import FrozenMap
from tests.model.samples import JSON

maps = st.dictionaries(st.text(max_size=8), JSON, max_size=4)


def test_it_is_a_mapping() -> None:
    """In the order given, equal to a dictionary, and silent about its values."""
    extras = FrozenMap({"b": 1, "a": None})
    assert list(extras) == ["b", "a"]
    assert (len(extras), extras["b"], extras.get("c", 5)) == (2, 1, 5)
    assert extras == {"a": None, "b": 1}
    assert repr(extras) == "FrozenMap(b, a)"
    assert FrozenMap([("x", True)]) == {"x": True}


@pytest.mark.parametrize("change", ["['a'] = 2", ".a = 2", ".update(a=2)", ".pop('a')"])
def test_it_cannot_be_changed(change: str) -> None:
    """By none of the ways in which a dictionary can."""
    extras = FrozenMap({"a": 1})
    with pytest.raises((TypeError, AttributeError)):
        exec(f"extras{change}", {"extras": extras})
    assert extras == {"a": 1}


def test_it_is_frozen_however_deep() -> None:
    """What it was made of may change afterwards; it does not."""
    inner: dict[str, Any] = {"list": [1, {"x": 2}]}
    extras = FrozenMap({"inner": inner})
    inner["list"].append(3)
    inner["list"][1]["x"] = 4
    assert extras == FrozenMap({"inner": {"list": [1, {"x": 2}]}})
    held = extras["inner"]
    assert isinstance(held, FrozenMap)
    with pytest.raises(TypeError):
        held["list"] = 5  # type: ignore[index]


@given(maps)
def test_copies_pickles_and_hashes(items: dict[str, Any]) -> None:
    """All equal; in another order it is the same map."""
    extras = FrozenMap(items)
    for again in (copy.copy(extras), copy.deepcopy(extras), pickle.loads(pickle.dumps(extras))):
        assert again == extras
        assert hash(again) == hash(extras)
    backwards = FrozenMap(reversed(items.items()))
    assert (backwards, hash(backwards)) == (extras, hash(extras))


@given(maps)
def test_it_is_written_as_the_json_that_it_was(items: dict[str, Any]) -> None:
    """Lists are lists again, and what is read back is equal."""
    adapter = TypeAdapter(FrozenMap)
    written = adapter.dump_python(adapter.validate_python(items))
    assert written == items
    assert json.loads(json.dumps(written)) == items
    assert adapter.validate_json(adapter.dump_json(FrozenMap(items))) == FrozenMap(items)


@pytest.mark.parametrize("value", [object(), Decimal(1), {1, 2}, b"bytes", [object()], {"deep": object()}])
def test_what_json_cannot_say_is_refused(value: object) -> None:
    """With its type, not its value."""
    with pytest.raises(TypeError, match="JSON"):
        FrozenMap({"a": value})
    with pytest.raises(ValidationError, match="JSON") as caught:
        TypeAdapter(FrozenMap).validate_python({"a": value})
    assert "object at" not in str(caught.value).partition("[type")[0]
