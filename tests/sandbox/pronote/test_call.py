"""A call: the things that its elements stand for, and values with and without a type."""

from __future__ import annotations

import pytest

from schoolsync.sandbox.pronote import CURRENT, PronoteServer
from schoolsync.sandbox.pronote.call import Call, Trouble, bare
from schoolsync.sandbox.pronote.ids import Ids


@pytest.fixture
def call(server: PronoteServer) -> Call:
    """By Louison."""
    college = server.college
    return Call(
        function="PageMenus",
        tab=10,
        data={},
        account=college.account_numbered("e1"),
        desk=college.desk("e1"),
        college=college,
        generation=CURRENT,
        ids=Ids(b"one"),
        now=server.clock.now(),
    )


def test_an_element_stands_for_a_thing(call: Call) -> None:
    """By its id; whatever else it says."""
    given = call.ids.of(105, "period:Trimestre 1")
    assert call.thing({"N": given, "G": 2, "L": "Trimestre 9"}) == "period:Trimestre 1"


@pytest.mark.parametrize("element", [{}, {"N": "105#x"}, {"N": None}, None, "105#x", []])
def test_an_element_of_another_session_has_expired(call: Call, element: object) -> None:
    """As does what is none."""
    with pytest.raises(Trouble) as trouble:
        call.thing(element)
    assert trouble.value.number == 22


@pytest.mark.parametrize(
    ("said", "value"),
    [({"_T": 7, "V": "x"}, "x"), ({"_T": 7}, None), ("x", "x"), ({"V": 1}, {"V": 1}), (None, None), ([], [])],
)
def test_a_type_may_be_left_out(said: object, value: object) -> None:
    """The value is the same."""
    assert bare(said) == value


def test_nothing_of_the_content_is_shown(call: Call) -> None:
    """Nor of the account."""
    assert "s3cret" not in repr(call)
    assert "Sésame" not in repr(call)
