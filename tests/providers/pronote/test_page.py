"""The start page of every generation, and everything that may come instead of it."""

from __future__ import annotations

import json
import re
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolsync.errors import (
    ActionRequired,
    AddressSuspended,
    InstanceClosed,
    LostOnTheWay,
    RateLimited,
    SchoolSyncError,
    Unavailable,
    Undecodable,
)
from schoolsync.flow.http import Response
from schoolsync.providers.pronote.crypto import RsaKey
from schoolsync.providers.pronote.page import Start, read_start
from tests.providers.pronote.wire import NUMBER, ROOT, html, page

BODY = '<html><title>PRONOTE</title><body onload="try { %s } catch (e) { messageErreur (e) }"></body></html>'
SCRIPT = '<title>PRONOTE</title><script>addEventListener("load", () => {try{%s;} catch (e) {}});</script>'


def start(response: Response) -> Start:
    """What the page says; there is a number."""
    found = read_start(response)
    assert found is not None
    return found


def body(call: str) -> Start:
    """What a call in the body's `onload` says."""
    return start(html(BODY % call))


# -- the generations ------------------------------------------------------------------------


def test_the_body_of_2022() -> None:
    """Relaxed JSON, a key of the server's own, flags for what is skipped."""
    given_ = {"MR": "C0FFEE", "ER": "010001", "sCrA": True, "sCoA": False, "poll": True}
    found = start(page(given_, layout="body", version="", footer="PRONOTE 2022 - 0.3.9"))
    assert found == Start(
        number=NUMBER,
        space=3,
        rsa_key=RsaKey(0xC0FFEE, 65537),
        skips_encryption=True,
        skips_compression=False,
        polls=True,
        version=(2022, 0, 3, 9),
    )


def test_the_body_of_2025() -> None:
    """Nothing but number, space and a demonstration's mark: nothing else is said."""
    found = start(page({"d": True}, layout="body", version="2025.1.3"))
    assert found == Start(number=NUMBER, space=3, is_demo=True, version=(2025, 1, 3))


def test_the_script_of_2026() -> None:
    """Strict JSON, a numeric number, a semicolon; flags for what is done."""
    found = start(page({"CrA": True, "CoA": False, "http": True}, version="2026.2.5.6"))
    assert found == Start(
        number=NUMBER,
        space=3,
        is_http=True,
        does_encrypt=True,
        does_compress=False,
        is_script=True,
        version=(2026, 2, 5, 6),
    )


@pytest.mark.parametrize("layout", ["body", "script"])
def test_after_a_portal(layout: str) -> None:
    """A one-time user name and password, which nothing shows."""
    found = start(page({"e": "8796A5B4C3D2E1F0", "f": "F0E1D2C3,B4:A5}9687'", "g": 3}, layout=layout))
    assert found.access == 3
    assert found.ent_user is not None
    assert found.ent_user.reveal() == "8796A5B4C3D2E1F0"
    assert found.ent_password is not None
    assert "8796" not in repr(found)
    assert "F0E1" not in repr(found)
    assert str(NUMBER) not in repr(found)


def test_a_page_of_choice_has_no_space() -> None:
    """The root page."""
    assert start(html(SCRIPT % 'Start ({"h":12})')) == Start(number=12, is_script=True)


# -- how the call is written -----------------------------------------------------------------

SPELLINGS = [
    "Start ({h:'1234567',a:3})",
    "Start({h:'1234567',a:3})",
    "Start  (  {  h : '1234567' , a : 3 }  )",
    "Start\n(\t{h:\n'1234567',\r\na:3,}\n)",
    'Start ({"h":1234567,"a":3})',
    'Start ({"h":"1234567","a":"3"})',
    "Start ({'h':'1234567','a':'3'})",
    "Start ({h:1234567,a:3,x:{y:[1,{z:'})'}],w:{}},n:null,u:undefined})",
    "Start ({x:'it\\'s \\\\ a {brace} \\x41\\u00e9\\n',h:'1234567',a:3})",
    'Start ({x:"say \\"h\\":9",a:3,h:1234567})',
    "Start ({$x_1:-1.5,h:1234567,a:3})",
    "Start ({&quot;h&quot;:1234567,&quot;a&quot;:3})",
    "Start ({h:&#39;1234567&#39;,a:3})",
    "IE.sendLogFailStart (1234567, e); Start ({h:1234567,a:3})",
    "reStart ({h:9,a:9}); Start ({h:1234567,a:3})",
    "Start ({h:9 a:9}); Start ({h:9}; Start ({h:1234567,a:3})",
    "Start ({h:1234567,a:3}); Start ({h:9,a:9})",
]


@pytest.mark.parametrize("call", SPELLINGS)
def test_every_spelling_of_the_call(call: str) -> None:
    """Bare, single and double quotes, spaces, nesting, escapes, references; and what only looks like it."""
    assert body(call) == Start(number=1234567, space=3)


def test_strings_keep_what_they_say() -> None:
    """Escapes of either kind, and nothing of the language around them."""
    found = body(r"Start ({h:1,e:'a\'b\u00e9\x41\\c',f:'x:y,\u{}'})")
    assert found.ent_user is not None
    assert found.ent_user.reveal() == "a'béA\\c"


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("true", True),
        ("'true'", True),
        ("'True'", True),
        ("1", True),
        ("false", False),
        ("'false'", False),
        ("0", False),
        ("null", None),
        ("'maybe'", None),
        ("2", None),
        ("{}", None),
        ("''", None),
    ],
)
def test_flags_are_true_false_or_not_said(said: str, meant: bool | None) -> None:
    """As booleans or as words; a flag that says neither says nothing."""
    assert body(f"Start ({{h:1,sCrA:{said}}})").skips_encryption is meant


@pytest.mark.parametrize(
    "said", ["null", "true", "'x'", "-1", "1.5", "''", "[1]", "{n:1}", "'" + "9" * 19 + "'", "'²'"]
)
def test_a_start_without_a_number(said: str) -> None:
    """Is asked for again."""
    assert read_start(html(BODY % f"Start ({{h:{said},a:3}})")) is None
    assert read_start(html(BODY % "Start ({a:3})")) is None


@pytest.mark.parametrize(("modulus", "exponent"), [("C0FFEE", ""), ("", "010001"), ("", "")])
def test_half_a_key_is_none(modulus: str, exponent: str) -> None:
    """Both, or neither."""
    assert body(f"Start ({{h:1,MR:'{modulus}',ER:'{exponent}'}})").rsa_key is None


@pytest.mark.parametrize("modulus", ["xyz", "F" * 1025, "-1", "0x10"])
def test_a_key_that_is_no_number(modulus: str) -> None:
    """Names its stage, and quotes nothing."""
    with pytest.raises(Undecodable, match="at RSA key"):
        body(f"Start ({{h:1,MR:'{modulus}',ER:'010001'}})")


# -- the version -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "footer", "version"),
    [
        ("PRONOTE 2026.2.6 Microsoft-HTTPAPI/2.0", "", (2026, 2, 6)),
        ("PRONOTE 2026.2.5.6 Microsoft-HTTPAPI/2.0", "PRONOTE 2025.1.3 gestion", (2026, 2, 5, 6)),
        ("nginx/1.27.1", "PRONOTE 2025.1.3 gestion de vie scolaire", (2025, 1, 3)),
        ("nginx/1.27.1", "PRONOTE 2023 - 0.3.0 gestion", (2023, 0, 3, 0)),
        ("", "PRONOTE&nbsp;2024.3.9", (2024, 3, 9)),
        ("", "PRONOTE 2026", ()),
        ("PRONOTE 2026", "PRONOTE 2025.1", ()),
        ("", "PRONOTE 19.1.2.3", ()),
        ("", "", ()),
    ],
)
def test_where_the_version_stands(header: str, footer: str, version: tuple[int, ...]) -> None:
    """The header first, then the foot of the page; a year alone says too little."""
    lines = (("server", header),) if header else ()
    assert start(html(SCRIPT % "Start ({h:1})" + f"<a>{footer}</a>", 200, *lines)).version == version


# -- other pages --------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [200, 403, 503])
@pytest.mark.parametrize(
    ("sentence", "leaf"),
    [
        ("Votre adresse IP est provisoirement suspendue.", AddressSuspended),
        ("Le site n'est pas disponible. Votre adresse IP est provisoirement suspendue.", AddressSuspended),
        ("Le site n'est pas disponible.", InstanceClosed),
        ("Le site est momentanément indisponible.", RateLimited),
        ("La page demandée n'existe pas.", Unavailable),
    ],
)
def test_a_page_that_says_why(sentence: str, leaf: type[SchoolSyncError], status: int) -> None:
    """Whatever its status, and whatever else stands on it."""
    with pytest.raises(leaf):
        read_start(html(f"<h1>PRONOTE</h1><p>{sentence}</p>", status))


def test_an_equipe_is_not_suspended() -> None:
    """Two letters prove nothing."""
    text = BODY % "Start ({h:1,a:3})" + "<p>EQUIPE PEDAGOGIQUE, votre adresse IP est 192.0.2.1</p>"
    assert start(html(text)).number == 1


@pytest.mark.parametrize(
    ("status", "leaf"), [(404, Unavailable), (429, RateLimited), (500, InstanceClosed), (502, InstanceClosed)]
)
def test_a_status_that_says_why(status: int, leaf: type[SchoolSyncError]) -> None:
    """Where the page itself says nothing."""
    with pytest.raises(leaf):
        read_start(html("<h1>Oops</h1>", status))


@pytest.mark.parametrize("status", [204, 400, 401, 403, 304])
def test_a_status_without_a_page(status: int) -> None:
    """No start page comes with it."""
    with pytest.raises(Undecodable, match=f"at status, saw HTTP {status} text/html"):
        read_start(html(BODY % "Start ({h:1})", status))


@pytest.mark.parametrize("status", [301, 302, 303, 307])
def test_a_portal_in_front_of_the_school(status: int) -> None:
    """Its host is named, its ticket is not."""
    target = "https://portal.example/cas/login?service=https%3A%2F%2F0000000a.example&ticket=ST-123"
    with pytest.raises(ActionRequired, match=r"\(portal\.example\).*portal") as caught:
        read_start(html("", status, ("location", target)))
    assert "ST-123" not in str(caught.value)
    assert "service" not in str(caught.value)


@pytest.mark.parametrize("target", ["/pronote/mobile.eleve.html", f"{ROOT}/autre.html", "parent.html"])
def test_a_way_to_another_page_of_the_same_host(target: str) -> None:
    """Is no portal that we know."""
    with pytest.raises(LostOnTheWay, match=r"0000000a\.example"):
        read_start(html("", 302, ("location", target)))


@pytest.mark.parametrize(
    "lines", [(), (("location", ""),), (("location", "https://["),), (("location", "mailto:x"),)]
)
def test_a_redirect_to_nowhere(lines: tuple[tuple[str, str], ...]) -> None:
    """Without an address, or with none that can be read."""
    with pytest.raises(Undecodable, match="at status"):
        read_start(html("", 302, *lines))


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("", "does not name PRONOTE"),
        ("<form><input name=username></form>", "does not name PRONOTE"),
        ("<title>PRONOTE</title> Start ()", "without a Start"),
        ("<title>PRONOTE</title> Votre navigateur n'est pas compatible", "about the browser"),
        (BODY % "Start ({h:1234567,a:3", "a Start that cannot be read"),
        (BODY % "Start ({h:1234567,a:3}", "a Start that cannot be read"),
        (BODY % "Start ({h:1234567,a:3},4)", "a Start that cannot be read"),
        (BODY % "Start ({h:'1234567,a:3})", "a Start that cannot be read"),
        (BODY % "Start ({h:new Date(),a:3})", "a Start that cannot be read"),
        (BODY % "Start ({h:1,,a:3})", "a Start that cannot be read"),
        (BODY % "Start ({h:1]})", "a Start that cannot be read"),
        (BODY % ("Start (" + "{x:" * 30 + "1" + "}" * 30 + ")"), "a Start that cannot be read"),
        (BODY % ("Start ({h:1," + "x:1," * 2000 + "})"), "a Start that cannot be read"),
        ("x" * 1_000_000 + BODY % "Start ({h:1})", "does not name PRONOTE"),
    ],
)
def test_a_page_that_is_no_start_page(text: str, seen: str) -> None:
    """It is said what was seen, without quoting it."""
    with pytest.raises(Undecodable) as caught:
        read_start(html(text))
    assert caught.value.stage == "start page"
    assert caught.value.seen is not None
    assert caught.value.seen.startswith("HTTP 200 text/html, a ")
    assert seen in caught.value.seen
    assert "1234567" not in str(caught.value)


def test_a_page_that_calls_a_thousand_times() -> None:
    """Not every call is tried: no page keeps us busy."""
    many = "Start ({h:1 x}) " * 1000
    with pytest.raises(Undecodable):
        read_start(html(many + BODY % "Start ({h:1})"))


# -- any page at all ---------------------------------------------------------------------------

KEYS = st.sampled_from(["h", "a", "d", "e", "f", "g", "MR", "ER", "http", "sCrA", "CrA", "poll", "x"])
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=5,
)


@given(st.dictionaries(KEYS, VALUES, max_size=8), st.booleans())
def test_any_object_is_read_or_refused(said: dict[str, Any], is_ascii: bool) -> None:
    """Whatever is in it: a start, none, or the one error of a key that is no number."""
    call = json.dumps(said, ensure_ascii=is_ascii)
    try:
        found = read_start(html(SCRIPT % f"Start ({call})"))
    except Undecodable as trouble:
        assert trouble.stage in {"RSA key", "start page"}  # noqa: PT017 - only if there is one
        return
    wants_number = isinstance(said.get("h"), int | str) and re.fullmatch(r"[0-9]{1,18}", str(said["h"]))
    assert (found is not None) is (bool(wants_number) and not isinstance(said.get("h"), bool))


@given(st.text(alphabet="Start ({})[]:,'\"\\h1&quot;<script>", max_size=80))
def test_any_text_is_read_or_refused(text: str) -> None:
    """No other error, and no endless search."""
    try:
        found = read_start(html(text))
    except Undecodable:
        return
    assert found is None or attrs.has(type(found))
