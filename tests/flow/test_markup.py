"""The rules of HTML that a parser's tree does not tell: owners, switches, choices, what is read and seen."""

from __future__ import annotations

import time

import pytest
from selectolax.lexbor import LexborHTMLParser

from schoolsync.flow.markup import is_measured, is_off, is_shown, kind_of, owned, spoken, value_of


def owners(markup: str) -> dict[str, list[str | None]]:
    """Id of every form, and the names of its controls."""
    found = owned(LexborHTMLParser(markup))
    return {
        form.attributes.get("id") or "": [control.attributes.get("name") for control in controls]
        for form, controls in found
    }


def control(markup: str) -> tuple[str, str, bool]:
    """Type, value, and whether it is off, of the first control of *markup* that is called `x`."""
    node = LexborHTMLParser(markup).css_first("[name=x]")
    assert node is not None
    kind = kind_of(node)
    return kind, value_of(node, kind), is_off(node, kind)


# -- whose a control is -----------------------------------------------------------------

INPUT = "<input name={}>"
A, B, C = (INPUT.format(letter) for letter in "abc")


@pytest.mark.parametrize(
    ("markup", "forms"),
    [
        ("", {}),
        (A, {}),
        (f"<form id=f>{A}{B}</form>{C}", {"f": ["a", "b", "c"]}),
        (f"{C}<form id=f>{A}</form>", {"f": ["a"]}),
        (f"<form id=f><div><p>{A}</div><textarea name=t></textarea></form>", {"f": ["a", "t"]}),
        (f"<form id=f>{A}<select name=s></select><button name=b></button></form>", {"f": ["a", "s", "b"]}),
        (f"<form id=f>{A}<form id=g>{B}</form>{C}</form>", {"f": ["a", "b", "c"]}),
        (f"<form id=f></form>{A}<form id=g></form>{B}", {"f": ["a"], "g": ["b"]}),
        (f"<form id=f>{A}<template>{B}</template></form>", {"f": ["a"]}),
    ],
)
def test_a_control_belongs_to_the_form_that_it_stands_in(
    markup: str, forms: dict[str, list[str | None]]
) -> None:
    """Forms cannot be nested; what stands in none belongs to the one before it."""
    assert owners(markup) == forms


@pytest.mark.parametrize(
    ("markup", "forms"),
    [
        (f"<table><form id=f><tr><td>{A}<td>{B}</table>", {"f": ["a", "b"]}),
        (f"<table><tr><form id=f><td>{A}</td></form></tr></table>", {"f": ["a"]}),
        (f"<table><tr><td><form id=f>{A}</td><td>{B}</td></tr></table>", {"f": ["a", "b"]}),
        (f"<table><form id=f><td>{A}</form><form id=g><td>{B}</form></table>", {"f": ["a"], "g": ["b"]}),
        (f"<div><form id=f></div>{A}{B}</form>", {"f": ["a", "b"]}),
        ("<table><form id=f><input type=hidden name=h><td><input name=a></table>", {"f": ["h", "a"]}),
    ],
)
def test_a_form_that_begins_in_a_table(markup: str, forms: dict[str, list[str | None]]) -> None:
    """The parser closes it at once; what follows is still its own."""
    assert owners(markup) == forms


def test_a_stray_control_never_takes_the_place_of_one_in_the_form() -> None:
    """It may be nobody's at all, and what the form says of itself counts."""
    tree = LexborHTMLParser("<form><input name=x value=1></form><input name=x value=2><input name=y>")
    ((_, controls),) = owned(tree)
    assert [(node.attributes.get("name"), node.attributes.get("value")) for node in controls] == [
        ("x", "1"),
        ("y", None),
    ]


@pytest.mark.parametrize(
    ("markup", "forms"),
    [
        (f"<form id=f>{A}</form><input name=x form=f>", {"f": ["a", "x"]}),
        (f"<input name=x form=f><form id=f>{A}</form>", {"f": ["x", "a"]}),
        ("<form id=f><input name=x form=g></form><form id=g></form>", {"f": [], "g": ["x"]}),
        ("<form id=f><input name=x form=nobody></form>", {"f": []}),
        ('<form id=f><input name=x form=""></form><input name=y form>', {"f": []}),
        ('<form><input name=x form=""></form>', {"": []}),
    ],
)
def test_a_control_may_name_its_form(markup: str, forms: dict[str, list[str | None]]) -> None:
    """Wherever it stands; one that names none has none."""
    assert owners(markup) == forms


def test_of_two_forms_with_one_id_the_first_is_named() -> None:
    """As in a browser."""
    found = owned(LexborHTMLParser("<form id=f></form><form id=f></form><input name=x form=f>"))
    assert [len(controls) for _, controls in found] == [1, 0]


def test_a_page_with_too_many_controls_has_no_forms() -> None:
    """200 are read, 201 are not."""
    assert owners(f"<form>{A * 200}</form>") == {"": ["a"] * 200}
    assert owners(f"<form>{A * 200}</form>{B}") == {}


# -- what a control sends -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<input name=x>", ("text", "", False)),
        ("<input name=x value>", ("text", "", False)),
        ("<INPUT NAME=x TYPE=PassWord VALUE='a&amp;b'>", ("password", "a&b", False)),
        ("<input name=x type=radio>", ("radio", "on", True)),
        ("<input name=x type=radio value='' checked>", ("radio", "", False)),
        ("<input name=x type=checkbox value=1 checked>", ("checkbox", "1", False)),
        ("<input name=x disabled value=1>", ("text", "1", True)),
        ("<textarea name=x>\n a\nb </textarea>", ("textarea", " a\nb ", False)),
        ("<button name=x value=1>go</button>", ("submit", "1", False)),
        ("<button name=x type=button>go</button>", ("button", "", False)),
        ("<select name=x></select>", ("select", "", True)),
        ("<select name=x><option value=1>a<option>b</select>", ("select", "1", False)),
        ("<select name=x><option>a<option selected> b </select>", ("select", "b", False)),
        ("<select name=x><option value='' selected>a</select>", ("select", "", False)),
        ("<select name=x><option disabled>a<option>b</select>", ("select", "b", False)),
        ("<select name=x><optgroup disabled><option>a</optgroup><option>b</select>", ("select", "b", False)),
        ("<select name=x><option selected>a<option selected>b</select>", ("select", "b", False)),
        ("<select name=x><option>a<option disabled selected>b</select>", ("select", "", True)),
        ("<select name=x multiple><option>a</select>", ("select", "", True)),
        ("<select name=x multiple><option>a<option selected>b</select>", ("select", "b", False)),
        ("<fieldset disabled><p><input name=x></fieldset>", ("text", "", True)),
        ("<fieldset disabled><legend><i><input name=x></i></legend></fieldset>", ("text", "", False)),
        ("<fieldset disabled><legend></legend><legend><input name=x></legend>", ("text", "", True)),
        ("<fieldset disabled><fieldset><legend><input name=x></legend>", ("text", "", True)),
        ("<fieldset><input name=x></fieldset>", ("text", "", False)),
        ("<datalist><input name=x></datalist>", ("text", "", True)),
    ],
)
def test_what_a_control_sends(markup: str, expected: tuple[str, str, bool]) -> None:
    """Its type, its value, and whether it is left out."""
    assert control(markup) == expected


# -- what is read -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("Identifiant ou <b>mot de passe</b>, <i>inc</i>orrect", "Identifiant ou mot de passe, incorrect"),
        ("l'<strong>identifiant</strong>", "l'identifiant"),
        ("<p>a</p><p>b</p>c<div>d</div>e", "a b c d e"),
        ("a<br>b<hr>c", "a b c"),
        ("<li>a<li>b", "a b"),
        ("<label>a</label><label>b</label>", "a b"),
        ("a\n\t b&nbsp;c&eacute;", "a b cé"),
        ("a<script>b</script><style>c</style><title>d</title><template>e</template>f", "af"),
        ("a<noscript>b</noscript>", "a b"),
        ("a<!-- b -->c", "ac"),
    ],
)
def test_what_is_spoken(markup: str, text: str) -> None:
    """Blocks end words, letters in bold do not; nothing that nobody reads."""
    body = LexborHTMLParser(markup).body
    assert body is not None
    assert spoken(body) == text


def test_what_nobody_reads_can_be_asked_for() -> None:
    """By name."""
    title = LexborHTMLParser("<title>a <b>c</b></title>").css_first("title")
    assert title is not None
    assert spoken(title) == "a <b>c</b>"


# -- what is seen -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("markup", "is_seen"),
    [
        ("<p class=x>", True),
        ("<p class=x hidden>", False),
        ("<p class=x style='DISPLAY : None'>", False),
        ("<p class=x style='color:red;visibility: hidden'>", False),
        ("<input class=x type=HIDDEN>", False),
        ("<div hidden><p><b class=x></b></div>", False),
        ("<div hidden><b class=x></b></div><b class=x></b>", True),
        ("<div hidden><i class=x></i><b class=x></b></div>", False),
        ("<body><noscript><p class=x></noscript>", True),
        ("<body><template><p class=x></template>", False),
        ("<p>", False),
    ],
)
def test_what_is_shown(markup: str, is_seen: bool) -> None:
    """Neither it nor what holds it is hidden."""
    assert is_shown(LexborHTMLParser(markup).css(".x")) is is_seen


# -- beyond all measure -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("markup", "is_fit"),
    [
        ("<div>" * 10_000, True),
        ("<div>" * 10_001, False),
        (f"<p {'a=1 ' * 990}>", True),
        (f"<p {'a ' * 1_100}>", False),
        (f"<p{'/a' * 1_100}>", False),
        ("<p " + 'a="1"' * 1_100 + ">", False),
        (f"<p x='>' {'a ' * 1_100}>", False),
        (f'<p x=a" {"a " * 1_100}>', False),
        (f"<p onload=\"{'a = b; ' * 1_100}\" title='{'a ' * 1_100}'>", True),
        ("a " * 5_000, True),
        (f"<script>{'a = 1; ' * 5_000}</script>", True),
        (f"<input value={'x' * 100_000}>", True),
    ],
)
def test_what_is_measured(markup: str, is_fit: bool) -> None:
    """Tags, and attributes of a tag; long texts and values are what pages are made of."""
    assert is_measured(markup) is is_fit


@pytest.mark.parametrize(
    "markup",
    [
        "<div hidden>" + "<div>" * 9_900,
        "<ul><li>" * 4_900,
        "".join(f"<font x={number}>" for number in range(9_900)),
        f"<form>{'<fieldset disabled>' * 9_600}{A * 200}",
        f"{'<table><tr>' * 3_000}{'<form><td><input name=x>' * 190}",
        "".join(f"<p {' '.join(f'a{number}' for number in range(900))}>" for _ in range(300)),
    ],
    ids=["depth", "lists", "fonts", "fieldsets", "tables", "attributes"],
)
def test_the_worst_page_that_is_read_is_read_soon(markup: str) -> None:
    """Nobody can keep a walk busy by depth."""
    assert is_measured(markup)
    before = time.process_time()
    tree = LexborHTMLParser(markup)
    for _, controls in owned(tree):
        for node in controls:
            is_off(node, kind_of(node))
    is_shown(tree.css("body *"))
    assert tree.body is not None
    spoken(tree.body)
    assert time.process_time() - before < 10
