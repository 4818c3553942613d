"""A browser made by hand: it follows redirects, keeps cookies, and sends the forms that it is told to."""

from __future__ import annotations

from collections.abc import Mapping
from html.parser import HTMLParser
from urllib.parse import urlencode, urljoin, urlsplit

import attrs

from schoolsync.flow.http import Cookies, Request, Response
from schoolsync.sandbox.clock import HandClock
from schoolsync.sandbox.mount import Mount, Server


@attrs.define
class Sheet:
    """One form as it stands on a page."""

    marks: dict[str, str]
    fields: dict[str, str] = attrs.field(factory=dict)


class Reader(HTMLParser):
    """The forms of a page, with what every control of them would send."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.sheets: list[Sheet] = []
        self.links: list[str] = []
        self.feed(markup)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """A form, a link, or a control of the last form."""
        said = {name: value or "" for name, value in attributes}
        if tag == "form":
            self.sheets.append(Sheet(said))
        elif tag == "a":
            self.links.append(said.get("href", ""))
        elif tag in {"input", "button"} and self.sheets and said.get("name") and said.get("type") != "radio":
            self.sheets[-1].fields[said["name"]] = said.get("value", "")


@attrs.define
class Browser:
    """Somebody at a browser, in a town."""

    servers: Mapping[str, Server]
    cookies: Cookies = attrs.field(factory=Cookies)
    answer: Response = attrs.field(factory=lambda: Response(200))
    way: list[str] = attrs.field(factory=list)

    @property
    def text(self) -> str:
        """The page."""
        return self.answer.text

    @property
    def read(self) -> Reader:
        """The page, read."""
        return Reader(self.text)

    def get(self, url: str, *, most: int = 20) -> Response:
        """The page at *url*, at most so many redirects later."""
        return self._follow(Request("GET", urljoin(self.answer.url, url)), most)

    def post(self, url: str, fields: Mapping[str, str], *, most: int = 20) -> Response:
        """The page that comes when *fields* are posted."""
        return self._follow(Request.form(urljoin(self.answer.url, url), fields), most)

    def submit(self, number: int = 0, *, most: int = 20, **values: str) -> Response:
        """The page that comes when a form is sent as it stands, *values* written over what it holds."""
        sheet = self.read.sheets[number]
        fields = {**sheet.fields, **values}
        action = urljoin(self.answer.url, sheet.marks.get("action", ""))
        if sheet.marks.get("method", "get").lower() == "get":
            return self.get(f"{action.partition('?')[0]}?{urlencode(fields)}", most=most)
        return self.post(action, fields, most=most)

    def _follow(self, request: Request, most: int) -> Response:
        for _ in range(most + 1):
            now = next(iter(self.servers.values())).clock.now()
            request = attrs.evolve(
                request, headers=(*request.headers, *self.cookies.header(request.url, now))
            )
            self.answer = Mount(self.servers).exchange(request)
            self.cookies = self.cookies.after(self.answer, now)
            parts = urlsplit(request.url)
            self.way.append(f"{request.method} {parts.netloc}{parts.path} {self.answer.status}")
            if self.answer.location is None:
                break
            request = Request("GET", self.answer.location)
        return self.answer


def clock() -> HandClock:
    """Eight in the morning of a Monday in March."""
    import datetime as dt

    return HandClock(dt.datetime(2026, 3, 9, 8, tzinfo=dt.UTC))
