"""Answers opened and typed, in every way to write them."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import attrs
import pytest
from pydantic import Field

from schoolsync.errors import (
    UnexpectedShape,
)
from schoolsync.flow.http import Response
from schoolsync.providers.pronote.envelope import Answer, Opened, Page, opened, read_page
from schoolsync.providers.pronote.schema.words import Day, Named, Row, Tuple
from schoolsync.providers.pronote.wire import EARLY, LATE, NEW, OLD, Keys, Wire
from tests.providers.pronote.wire import IV, JSON, MATERIAL, Server, md5, options, sealed

KEYS = Keys(md5(MATERIAL), md5(IV))
PLAIN = Wire(NEW, LATE, False, False, None)
MODES = [(False, False), (True, False), (False, True), (True, True)]


def server(**given_: Any) -> Server:
    """One that everybody has signed in to."""
    return Server(announced=IV, material=MATERIAL, counter=0, **given_)


def open_(response: Response, wire: Wire = PLAIN, order: int = 8) -> Opened:
    """The answer to a call of number 7."""
    return opened(response, wire, KEYS, function="PageMenus", order=order)


def inside(**fields: object) -> Response:
    """A plain answer whose secured part has these fields."""
    return server().wrapped("PageMenus", None, order=8, secured=fields)


def said(body: object, status: int = 200) -> Response:
    """Any JSON."""
    return Response(status, JSON, body=json.dumps(body).encode())


# -- what comes out ------------------------------------------------------------------------


@pytest.mark.parametrize(("encrypts", "compresses"), MODES)
@pytest.mark.parametrize("has_new_names", [True, False])
@pytest.mark.parametrize("has_new_content", [True, False])
def test_every_way_to_write_an_answer(
    encrypts: bool, compresses: bool, has_new_names: bool, has_new_content: bool
) -> None:
    """Four modes, two sets of names outside, two inside: the same content, and as it was sent."""
    wire = Wire(NEW if has_new_names else OLD, None, encrypts, compresses, None)
    sender = server(
        has_new_names=has_new_names, has_new_content=has_new_content, encrypts=encrypts, compresses=compresses
    )
    content = {"a": {"_T": 24, "V": [{"L": "Été", "d": {"_T": 7, "V": "6/10/2025"}}]}, "b": {"_T": 10}}
    response = sender.wrapped(
        "PageMenus", content, order=8, signature={"nb": {"_T": 1, "V": 3}}, files=["aGVq", ""]
    )
    found = open_(response, wire)
    assert found.answer.function == "PageMenus"
    assert found.answer.data == {"a": [{"L": "Été", "d": "6/10/2025"}], "b": None}
    assert found.answer.as_sent() == content
    assert found.answer.signature == {"nb": 3}
    assert found.answer.files == ("aGVq", "")
    assert found.inner == (LATE if has_new_content else EARLY)
    assert found.wait is None


def test_names_of_the_other_generation_are_understood() -> None:
    """An answer is read by what it holds, not by what was expected."""
    response = server(has_new_names=False, has_new_content=False).wrapped("PageMenus", {"x": 1}, order=8)
    assert open_(response).answer.data == {"x": 1}
    mixed = server(has_new_names=False).wrapped("PageMenus", {"x": 1}, order=8, signature={"n": 1})
    assert open_(mixed).answer.signature == {"n": 1}


@pytest.mark.parametrize("content", [None, {}])
def test_nothing_is_an_empty_map(content: object) -> None:
    """Whether the server left it out, or sent null."""
    found = open_(server().wrapped("PageMenus", content, order=8))
    assert found.answer.data == {}
    assert open_(inside(data=None)).answer.data == {}
    assert open_(inside(data=None)).answer.as_sent() is None
    assert open_(inside()).answer.as_sent() == {}
    assert open_(inside()).inner is None


def test_what_a_function_saved() -> None:
    """The report is there when nothing went wrong, messages and all."""
    report = {"_messagesErreur_": ["Attention"], "_erreurSaisie_": False, "id": {"_T": 24, "V": {"N": "1#a"}}}
    assert open_(inside(RapportSaisie=report)).answer.report == {**report, "id": {"N": "1#a"}}


def test_an_answer_without_a_number_may_pass() -> None:
    """There is nothing to compare."""
    assert open_(said({"dataSec": {"data": {"x": 1}}})).answer.data == {"x": 1}
    assert open_(said({"no": None, "dataSec": {}})).answer.data == {}


def test_the_number_may_be_written_in_capitals() -> None:
    """Hexadecimal is."""
    order = sealed(b"8", KEYS.key, KEYS.iv).upper()
    assert open_(said({"no": order, "dataSec": {"data": {}}})).answer.data == {}


@pytest.mark.parametrize("before", [b"", b"\xef\xbb\xbf", b"\r\n \t"])
def test_what_may_stand_before_json(before: bytes) -> None:
    """A mark of its encoding, and blanks."""
    assert open_(Response(200, (), body=before + b'{"dataSec":{"data":{"x":1}}}')).answer.data == {"x": 1}


@pytest.mark.parametrize("files", [None, [], "x", {"fichiers": "x"}, {"fichiers": None}, {}])
def test_files_that_are_none(files: object) -> None:
    """No files came along."""
    assert open_(said({"dataSec": {}, "dataNonSec": files})).answer.files == ()


def test_a_file_that_is_no_text_keeps_its_place() -> None:
    """Because others are named by theirs."""
    assert open_(said({"dataSec": {}, "dataNonSec": {"fichiers": [1, "YQ=="]}})).answer.files == ("", "YQ==")


def test_an_answer_shows_nothing() -> None:
    """What it holds is somebody's."""
    answer = open_(server().wrapped("PageMenus", {"L": "EXAMPLE Louison"}, order=8, files=["aGVq"])).answer
    assert repr(answer) == "Answer(function='PageMenus', steps=('dataSec', 'data'))"


# -- waiting --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said_pause", "seconds"),
    [
        (2, 2),
        (0.25, 0.25),
        (0, 0),
        (-1, 0.5),
        ("3", 0.5),
        (None, 0.5),
        (3600, 30),
        (float("nan"), 0.5),
        ({}, 0.5),
    ],
)
def test_a_treatment_that_takes_long(said_pause: object, seconds: float) -> None:
    """The pause that the server wants, within bounds; its word comes back as it was sent."""
    word = {"ParametresAtt": {"delai": said_pause, "n": {"_T": 1, "V": 2}}}
    found = open_(inside(SignatureAttente=word))
    assert found.wait is not None
    assert found.wait.pause == dt.timedelta(seconds=seconds)
    assert json.dumps(found.wait.word) == json.dumps(word)


@pytest.mark.parametrize("word", [None, 3, {}, {"ParametresAtt": []}])
def test_a_treatment_that_takes_long_without_saying_how(word: object) -> None:
    """Half a second, as in the vendor's client."""
    found = open_(inside(SignatureAttente=word))
    assert found.wait is not None
    assert (found.wait.pause, found.wait.word) == (dt.timedelta(seconds=0.5), word)


def test_a_wait_in_wrappings() -> None:
    """Typed values stand anywhere."""
    word = {"_T": 24, "V": {"ParametresAtt": {"_T": 24, "V": {"delai": {"_T": 1, "V": 2}}}}}
    found = open_(said({"dataSec": {"_T": 24, "V": {"SignatureAttente": word}}}))
    assert found.wait is not None
    assert found.wait == attrs.evolve(found.wait, pause=dt.timedelta(seconds=2), word=word)


# -- types ----------------------------------------------------------------------------------


class Dish(Row):
    """A row."""

    label: str = Field(alias="L")
    day: Day = Field(None, alias="Jour")


class Menu(Row):
    """An answer."""

    dishes: Tuple[Dish] = Field((), alias="Plats")
    where: Named | None = Field(None, alias="Lieu")


def answered(content: object) -> Answer:
    """The answer with that content."""
    return open_(server().wrapped("PageMenus", content, order=8, files=["YQ=="])).answer


def test_a_page_is_typed() -> None:
    """With its files, and without what was sent unless that is asked for."""
    content = {"Plats": {"_T": 24, "V": [{"L": "Tarte", "Jour": {"_T": 7, "V": "6/10/2025"}}]}}
    page: Page[Menu] = read_page(options(), answered(content), Menu)
    assert page.function == "PageMenus"
    assert [(dish.label, dish.day) for dish in page.data.dishes] == [("Tarte", dt.date(2025, 10, 6))]
    assert (page.issues, page.raw, page.files) == ((), None, ("YQ==",))
    assert read_page(options(keep_raw=True), answered(content), Menu).raw == content
    assert repr(page) == "Page(function='PageMenus', issues=())"


def test_a_row_that_cannot_be_read_is_an_issue() -> None:
    """Beside the good one; an error in strict mode."""
    content = {"Plats": [{"L": "Tarte"}, {"L": ["EXAMPLE"]}], "Lieu": 3}
    page = read_page(options(), answered(content), Menu)
    assert [dish.label for dish in page.data.dishes] == ["Tarte"]
    assert {issue.path for issue in page.issues} == {"PageMenus.Plats.1.L", "PageMenus.Lieu"}
    with pytest.raises(UnexpectedShape, match=r"at PageMenus\.") as caught:
        read_page(options(strict=True), answered(content), Menu)
    assert "EXAMPLE" not in str(caught.value)


@pytest.mark.parametrize("content", [[1], 3, "EXAMPLE"])
def test_a_page_that_is_no_object(content: object) -> None:
    """Nothing of it can be read."""
    with pytest.raises(UnexpectedShape, match="at PageMenus"):
        read_page(options(), answered(content), Menu)
