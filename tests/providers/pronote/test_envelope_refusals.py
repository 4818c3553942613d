"""Answers that refuse, and answers that are damaged: the stage and the path are named, never a value."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolsync.errors import (
    AddressSuspended,
    InstanceClosed,
    RateLimited,
    Refused,
    SchoolSyncError,
    SessionExpired,
    StaleReference,
    Unavailable,
    Undecodable,
    UnexpectedShape,
)
from schoolsync.flow.http import Response
from schoolsync.providers.pronote.envelope import Opened, opened
from schoolsync.providers.pronote.refusals import Misread, Private
from schoolsync.providers.pronote.wire import EARLY, LATE, NEW, OLD, Keys, Wire
from tests.providers.pronote.wire import IV, JSON, MATERIAL, Server, error, html, md5, sealed

KEYS = Keys(md5(MATERIAL), md5(IV))
PLAIN = Wire(NEW, LATE, False, False, None)
MODES = [(False, False), (True, False), (False, True), (True, True)]


def server(**given_: Any) -> Server:
    """One that everybody has signed in to."""
    return Server(announced=IV, material=MATERIAL, counter=0, **given_)


def open_(response: Response, wire: Wire = PLAIN, order: int = 8, private: Private | None = None) -> Opened:
    """The answer to a call of number 7."""
    return opened(response, wire, KEYS, function="PageMenus", order=order, private=private)


def inside(**fields: object) -> Response:
    """A plain answer whose secured part has these fields."""
    return server().wrapped("PageMenus", None, order=8, secured=fields)


def said(body: object, status: int = 200) -> Response:
    """Any JSON."""
    return Response(status, JSON, body=json.dumps(body).encode())


# -- refusals -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "leaf"),
    [
        (3, Unavailable),
        (4, Unavailable),
        (7, AddressSuspended),
        (8, SessionExpired),
        (10, SessionExpired),
        (11, Misread),
        (13, SessionExpired),
        (14, Misread),
        (18, SessionExpired),
        (21, Misread),
        (22, StaleReference),
        (25, RateLimited),
        (99, Refused),
    ],
)
@pytest.mark.parametrize("wire", [PLAIN, Wire(OLD, EARLY, True, True, None)])
def test_an_error_beside_the_secured_part(number: int, leaf: type[SchoolSyncError], wire: Wire) -> None:
    """In clear, in every mode."""
    with pytest.raises(leaf):
        open_(error(number, "Non"), wire)


@pytest.mark.parametrize("trouble", ["La page a expiré", 10, [3], True, {"_T": 24, "V": {"G": 10}}])
def test_an_error_of_another_shape(trouble: object) -> None:
    """It is one all the same."""
    with pytest.raises((Refused, SessionExpired)):
        open_(said({"Erreur": trouble, "session": 0}))


@pytest.mark.parametrize(
    ("trouble", "code"),
    [(3, 3), ({"G": 4}, 4), ({}, None), (0, 0), ("x", None), (True, None)],
)
@pytest.mark.parametrize("name", ["Signature", "_Signature_"])
def test_a_refusal_in_the_signature(trouble: object, code: int | None, name: str) -> None:
    """With the server's sentence, without the account's words."""
    signature = {"Erreur": trouble, "MessageErreur": "<p>Vos droits sont insuffisants, Louison</p>"}
    with pytest.raises(Refused) as caught:
        open_(inside(**{name: signature}), private=Private(names={"louison"}))
    assert (caught.value.code, caught.value.text) == (code, "Vos droits sont insuffisants, …")


@pytest.mark.parametrize("signature", [{"Erreur": None}, {"Erreur": 0}, {"Erreur": False}, {}, None, 3, []])
def test_a_signature_without_a_refusal(signature: object) -> None:
    """Null, zero and false are none."""
    assert open_(inside(Signature=signature, data={"x": 1})).answer.data == {"x": 1}


@pytest.mark.parametrize(
    ("report", "text"),
    [
        (
            {"_messagesErreur_": ["Fichier trop gros", "5 Mo"], "titre_Messages_Erreur": "Non"},
            "Non Fichier trop gros 5 Mo",
        ),
        ({"_messagesErreur_": "Fichier trop gros"}, "Fichier trop gros"),
        ({"_messagesErreur_": [3, None]}, None),
        ({}, None),
    ],
)
def test_nothing_was_saved(report: dict[str, object], text: str | None) -> None:
    """The report says so, and why."""
    with pytest.raises(Refused) as caught:
        open_(inside(RapportSaisie={"_erreurSaisie_": True, **report}, data={}))
    assert caught.value.text == text


@pytest.mark.parametrize(
    ("response", "leaf"),
    [
        (html("Votre adresse IP est provisoirement suspendue"), AddressSuspended),
        (html("Le site n'est pas disponible"), InstanceClosed),
        (html("Le site est momentanément indisponible"), RateLimited),
        (html("La page demandée n'existe pas", 404), Unavailable),
        (html("", 404), Unavailable),
        (html("Bad gateway", 502), InstanceClosed),
        (Response(503), InstanceClosed),
        (Response(429, {"retry-after": "5"}, body=b'{"error":"slow down"}'), RateLimited),
        (Response(500, JSON, body=b"{}"), InstanceClosed),
    ],
)
def test_a_page_or_a_status_instead_of_an_answer(response: Response, leaf: type[SchoolSyncError]) -> None:
    """Says what it says to anybody."""
    with pytest.raises(leaf):
        open_(response)


# -- damage ---------------------------------------------------------------------------------


def stage(response: Response, wire: Wire = PLAIN) -> str:
    """Where the answer broke; the error holds no value and no cause that would."""
    with pytest.raises(Undecodable) as caught:
        open_(response, wire)
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None or caught.value.__suppress_context__
    assert "EXAMPLE" not in str(caught.value)
    return caught.value.stage


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"EXAMPLE",
        b"{",
        b'{"dataSec":',
        b"<html>EXAMPLE</html>",
        b"\xff\xfe{",
        b'{"a":"\xff"}',
        b"{EXAMPLE}",
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b'{"a":' + b"9" * 5000 + b"}",
    ],
)
def test_no_json(body: bytes) -> None:
    """Truncated, of another kind, garbled, too deep, too long a number."""
    assert stage(Response(200, JSON, body=body)) == "JSON"


@pytest.mark.parametrize("status", [204, 302, 400, 401, 403])
def test_a_status_without_an_answer(status: int) -> None:
    """Names the status."""
    assert stage(html("EXAMPLE", status)) == "status"


@pytest.mark.parametrize("order", ["00" * 16, "zz", "", 8, 7.5, [], {}, True, "8"])
def test_another_order_number(order: object) -> None:
    """It is the answer to another call, or none of ours."""
    assert stage(said({"no": order, "dataSec": {"data": {}}})) == "order number"


@pytest.mark.parametrize(
    ("text", "encrypts", "compresses", "found"),
    [
        ("", True, False, "hex"),
        ("00" * 15, True, False, "hex"),
        ("EXAMPLE", True, True, "hex"),
        ("00" * 16, True, False, "decrypt"),
        (sealed(b"{}", md5(b"other"), KEYS.iv), True, True, "decrypt"),
        (sealed(b"{}", KEYS.key, KEYS.iv), True, True, "inflate"),
        (sealed(b"EXAMPLE", KEYS.key, KEYS.iv), True, False, "content"),
        (sealed(b"\xff", KEYS.key, KEYS.iv), True, False, "content"),
        (b"EXAMPLE".hex(), False, False, "content"),
        ("EXAMPLE", False, False, "hex"),
        ("ffff", False, True, "inflate"),
        ((b"[" * 100_000).hex(), False, False, "content"),
    ],
)
def test_a_garbled_secured_part(text: str, encrypts: bool, compresses: bool, found: str) -> None:
    """Each step has a name."""
    assert stage(said({"dataSec": text}), Wire(NEW, LATE, encrypts, compresses, None)) == found


def test_a_secured_part_cut_short() -> None:
    """At any digit: one of the stages, and no other error."""
    wire = Wire(NEW, LATE, True, True, None)
    body = json.loads(server(encrypts=True, compresses=True).wrapped("F", {"x": "y" * 90}, order=8).body)
    whole = body["dataSec"]
    for end in range(len(whole)):
        assert stage(said({**body, "dataSec": whole[:end]}), wire) in {"hex", "decrypt", "inflate", "content"}


@pytest.mark.parametrize("body", [[], [{"dataSec": {}}]])
def test_an_answer_that_is_no_object(body: object) -> None:
    """The path is the answer itself."""
    with pytest.raises(UnexpectedShape, match="at answer: an object expected, found list"):
        open_(said(body))


@pytest.mark.parametrize(
    ("body", "wire", "path", "problem"),
    [
        ({}, PLAIN, "dataSec", "missing"),
        ({"Erreur": {}}, PLAIN, "dataSec", "missing"),
        ({"id": "EXAMPLE"}, Wire(OLD, EARLY, True, True, None), "donneesSec", "missing"),
        ({"dataSec": None}, PLAIN, "dataSec", "found NoneType"),
        ({"dataSec": [1]}, PLAIN, "dataSec", "found list"),
        ({"donneesSec": 3}, PLAIN, "donneesSec", "found int"),
        ({"dataSec": b"[1]".hex()}, PLAIN, "dataSec", "found list"),
    ],
)
def test_a_secured_part_that_is_no_object(body: object, wire: Wire, path: str, problem: str) -> None:
    """The path is the server's own key."""
    with pytest.raises(UnexpectedShape) as caught:
        open_(said(body), wire)
    assert caught.value.path == path
    assert problem in str(caught.value)


WORDS = (
    "Erreur G Titre Message MessageErreur dataSec donneesSec dataNonSec fichiers no data donnees Signature"
    " _Signature_ RapportSaisie _erreurSaisie_ _messagesErreur_ SignatureAttente ParametresAtt delai _T V"
).split()
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 30) | st.sampled_from(["", "x", "7b7d", "[1..3]"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(WORDS), inner, max_size=4),
    max_leaves=12,
)


@given(ANYTHING, st.sampled_from(MODES))
def test_any_json_is_an_answer_or_one_of_our_errors(body: object, mode: tuple[bool, bool]) -> None:
    """Whatever stands where."""
    try:
        found = open_(said(body), Wire(NEW, LATE, *mode, None))
    except SchoolSyncError:
        return
    assert found.answer.as_sent() is not Ellipsis
