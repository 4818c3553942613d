"""Pages read as a browser reads them, and shown as nobody minds."""

from __future__ import annotations

import pytest

from schoolsync.flow.forms import LONGEST, Field, Form, Page
from schoolsync.flow.http import Response

URL = "https://cas.example.test/a/login?service=x&y=1#top"
LOGIN = """
<form id="log-in" class="cas__login-form wide" action="/login?a=1&amp;b=2" method="post">
  <label for="u">Identifiant</label><input id="u" name="username">
  <label for="p">Mot de passe</label><input id="p" name="password" type="password">
  <input type="hidden" name="execution" value="e1s1&amp;é">
  <input type="checkbox" name="remember" value="yes">
  <input type="radio" name="source" value="a"><input type="radio" name="source" value="b" checked>
  <input value="without a name">
  <input type="submit" name="submit" value="Valider"><input type="image" name="picture">
  <input type="reset" name="again"><button name="other" value="1">Other</button>
</form>
"""
SECRET = "Sésame-ouvre-toi"


def read(markup: str, url: str = URL, kind: str | None = "text/html; charset=utf-8") -> Page:
    """The page of *markup*."""
    headers = (("content-type", kind),) if kind else ()
    return Page(Response(200, headers, url, markup.encode()))


# -- forms ------------------------------------------------------------------------------


def test_a_form_as_it_stands() -> None:
    """What would be sent without pressing a button: neither buttons nor what is not chosen."""
    form = read(LOGIN).form(having="password")
    assert form is not None
    assert (form.id, form.method, sorted(form.classes)) == ("log-in", "POST", ["cas__login-form", "wide"])
    assert form.action == "https://cas.example.test/login?a=1&b=2"
    assert form.text == "Identifiant Mot de passe"
    assert form.values() == {"username": "", "password": "", "execution": "e1s1&é", "source": "b"}
    assert form.names == (
        *("username", "password", "execution", "remember", "source", "submit", "picture", "again", "other"),
    )


def test_a_button_is_pressed_by_name() -> None:
    """Its value is added; no other button's is."""
    (form,) = read(LOGIN).forms
    assert form.button("submit") == {"submit": "Valider"}
    assert form.button("other") == {"other": "1"}
    assert form.button("execution") == form.button("nobody") == {}


def test_what_somebody_types_into() -> None:
    """Words, numbers and passwords, if they have a name; and which of them are passwords."""
    markup = (
        "<form><input name=a><input name=b type=TEL><input name=c type=number><input name=d type=password>"
        "<input type=password><input name=e type=hidden><input name=f type=checkbox><input></form>"
    )
    (form,) = read(markup).forms
    assert [field.name for field in form.fields if field.is_typed] == ["a", "b", "c", "d"]
    assert [field.name for field in form.passwords] == ["d", ""]


def test_forms_are_found_by_id_and_control() -> None:
    """The first that fits; none is chosen for want of a better one."""
    page = read(f"<form id=search><input name=q></form>{LOGIN}<form id=again><input name=password></form>")
    assert [form.id for form in page.forms] == ["search", "log-in", "again"]
    found = page.form(having="password"), page.form(called="again"), page.form(called="search", having="q")
    assert [form and form.id for form in found] == ["log-in", "again", "search"]
    assert page.form(called="search", having="password") is None
    assert page.form(called="") is None


def test_a_form_without_labels_says_everything() -> None:
    """Scripts left out."""
    (form,) = read("<form><p>Collège <b>Exemple</b><script>x</script><button>Go</button></form>").forms
    assert form.text == "Collège Exemple Go"


@pytest.mark.parametrize(
    ("method", "read_as"), [("", "GET"), ("get", "GET"), ("PoSt", "POST"), ("put", "GET"), ("dialog", "GET")]
)
def test_the_method_of_a_form(method: str, read_as: str) -> None:
    """GET unless it says POST."""
    (form,) = read(f"<form method='{method}'></form>").forms
    assert form.method == read_as


@pytest.mark.parametrize(
    ("action", "leads_to"),
    [
        ("", "https://cas.example.test/a/login?service=x&y=1"),
        ("?z=1", "https://cas.example.test/a/login?z=1"),
        ("next", "https://cas.example.test/a/next"),
        ("../next", "https://cas.example.test/next"),
        ("//other.example.test/x", "https://other.example.test/x"),
        (" \n\t/ne\nxt\x00 ", "https://cas.example.test/next\ufffd"),
        ("http://cas.example.test/", "http://cas.example.test/"),
        ("javascript:alert(1)", "javascript:alert(1)"),
        ("data:text/html,x", "data:text/html,x"),
        ("https://a@b.example.test/", "https://a@b.example.test/"),
        ("/\\evil.test", "https://cas.example.test/\\evil.test"),
        ("https://[nobody", ""),
    ],
)
def test_where_a_form_leads(action: str, leads_to: str) -> None:
    """An absolute address, whatever it is: whether it may be used is for others to say."""
    (form,) = read(f'<form action="{action}"></form>').forms
    assert form.action == leads_to


def test_a_form_without_an_action_leads_to_its_own_page() -> None:
    """Even where the page says that addresses are relative to another."""
    without, empty, other = read(
        '<base href="/b/"><form></form><form action=""></form><form action="c"></form>'
    ).forms
    assert without.action == empty.action == "https://cas.example.test/a/login?service=x&y=1"
    assert other.action == "https://cas.example.test/b/c"


@pytest.mark.parametrize(
    ("base", "leads_to"),
    [
        ("/b/", "https://cas.example.test/b/x"),
        (" //other.example.test ", "https://other.example.test/x"),
        ("javascript:1", "https://cas.example.test/a/x"),
        ("data:,", "https://cas.example.test/a/x"),
        ("https://[", "https://cas.example.test/a/x"),
        ("", "https://cas.example.test/a/x"),
    ],
)
def test_what_addresses_are_relative_to(base: str, leads_to: str) -> None:
    """The first `base` of the page, if that is an address of the web."""
    page = read(f'<base target=_top><base href="{base}"><base href="/no/"><a href="x">y</a>')
    assert page.links() == (leads_to,)


def test_links_are_absolute() -> None:
    """In order; those that lead nowhere are left out, those to the same page are not."""
    page = read('<a href="b">1</a><a>2</a><a href="">3</a><a href="https://[">4</a><a href="#x">5</a>')
    assert page.links() == (
        "https://cas.example.test/a/b",
        "https://cas.example.test/a/login?service=x&y=1#x",
    )


def test_no_refresh_and_no_script_is_a_way() -> None:
    """A page that would move by itself has neither a form nor a link."""
    page = read(
        '<meta http-equiv="refresh" content="0;url=https://evil.test/">'
        "<script>location = 'https://evil.test/'; document.write('<form><input name=x></form>')</script>"
    )
    assert not page.forms
    assert not page.links()
    assert page.words == ""


# -- signs --------------------------------------------------------------------------------


def test_signs_of_a_page() -> None:
    """There, shown, and what they say."""
    page = read(
        '<div hidden><p class="error" data-x="1"> A  b<br>c</p></div><p class="error">L’é<i>tat</i></p>'
    )
    assert page.has(".error")
    assert page.shows(".error")
    assert not page.shows("div p")
    assert not page.has("#error")
    assert not page.shows("#error")
    assert page.attribute(".error", "data-x") == "1"
    assert page.attribute(".error", "data-y") is page.attribute("#error", "data-x") is None
    assert page.text(".error") == "A b c"
    assert page.text("#error") == ""
    assert page.words == "a b c l'état"


def test_where_a_page_came_from() -> None:
    """The host in lower case, without its port."""
    page = read("", "https://CAS.Example.test:8443/a/b?c=d")
    assert (page.host, page.path) == ("cas.example.test", "/a/b")
    assert read("", "").host == ""


@pytest.mark.parametrize("kind", [None, "text/html", "application/xhtml+xml", "text/xml", "application/xml"])
def test_what_is_read_as_a_page(kind: str | None) -> None:
    """HTML and XML, and what does not say what it is."""
    page = read(LOGIN, kind=kind)
    assert page.is_markup
    assert page.forms


@pytest.mark.parametrize(
    "page",
    [
        read(LOGIN, kind="text/plain"),
        read(LOGIN, kind="application/json"),
        read(LOGIN, kind="image/svg+xml"),
        read(LOGIN + " " * LONGEST),
        read(LOGIN + "<p>" * 10_000),
        read(f"{LOGIN}<p {'a ' * 2_000}>"),
    ],
    ids=["text", "JSON", "a picture", "too long", "too many tags", "too many attributes"],
)
def test_what_is_no_page(page: Page) -> None:
    """Or one beyond all measure: nothing is seen in it."""
    assert not page.is_markup
    assert not page.forms
    assert not page.links()
    assert not page.has("form")
    assert not page.shows("form")
    assert page.words == page.text() == ""
    assert page.outline == "HTTP 200, no form"


def test_a_page_with_too_many_controls_has_signs_and_no_forms() -> None:
    """More than 200 are never filled in."""
    page = read(LOGIN + "<form>" + "<input name=x>" * 200 + "</form>")
    assert page.forms == ()
    assert page.has("#log-in")


# -- what is shown -------------------------------------------------------------------------


def test_nothing_shows_a_value() -> None:
    """Neither a page, nor a form, nor a field."""
    markup = (
        f'<form id=f><input name=user value="{SECRET}"><textarea name=t>{SECRET}</textarea></form>{SECRET}'
    )
    page = read(markup, f"https://cas.example.test/?ticket={SECRET}")
    (form,) = page.forms
    shown = [f"{one} {one!r}" for one in (page, page.response, form, *form.fields)]
    assert SECRET not in "".join(shown)
    assert repr(page) == "<Page HTTP 200, f (user, t)>"
    assert repr(form) == "<Form f (user, t)>"
    assert repr(form.fields[0]) == "<Field user text>"


@pytest.mark.parametrize(
    "name", ["j_username", "_eventId_proceed", "user[login]", "javax.faces.ViewState", "lt"]
)
def test_names_that_somebody_thought_of_are_shown(name: str) -> None:
    """They are what a report is for."""
    assert f"({name})" in read(f'<form><input name="{name}"></form>').outline


@pytest.mark.parametrize(
    "name", ["Louison Exemple", "a1b2c3d4e5f6a7b8", "élève", "x" * 61, "a\x1b[31m", "eyJhbGciOi.J9=", "1234"]
)
def test_names_that_nobody_thought_of_are_not(name: str) -> None:
    """They may be a token, a person, or worse."""
    page = read(f'<form id="{name}"><input name="{name}"><input id="{name}" type="{name}"></form>')
    assert page.outline == "HTTP 200, … (…)"
    assert name not in f"{page!r}{page.forms!r}{page.forms[0].fields!r}"


def test_an_outline_is_no_longer_than_a_person_reads() -> None:
    """Of many names and forms, the first ones."""
    many = read("".join(f"<form id=f>{'<input name=a>' * 2}</form>" for _ in range(90)))
    assert many.outline.count("f (a)") == 20
    letters = [f"{one}{two}" for one in "abcde" for two in "abcde"]
    names = Form("", "GET", tuple(Field(name, "") for name in letters)).outline
    assert names.endswith("dd, de, …)")
