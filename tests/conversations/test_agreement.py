"""Does the sandbox still say what was recorded? The recorded requests ask it, and no client of ours."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode

import attrs
import pytest

from schoolsync.flow.http import Request
from schoolsync.sandbox.classcharts import ClassChartsServer, Shapes
from tests.conversations.stage import ROLES, conversation
from tools.captures import Spoken, read, write
from tools.record import ACCOUNTS, new_clock, new_server
from tools.redact import Redactor

STAND_IN = re.compile(r"(?:redacted|REDACTED)-\d+|person-\d+@example\.invalid")


@attrs.define
class Understudy:
    """Says the recorded requests with the secrets that belong to them, learning each as it is given."""

    role: str
    server: ClassChartsServer
    redactor: Redactor = attrs.field(factory=lambda: Redactor(is_invented=True))

    def __attrs_post_init__(self) -> None:
        """The secrets that the log-in types are known."""
        for secret in ACCOUNTS[self.role].log_in:
            self.redactor.hide(secret)

    def answer(self, one: Spoken) -> Spoken:
        """What the server answers to the request of *one*, redacted like the recording."""
        asked = attrs.evolve(
            one,
            url=self._filled(one.url),
            sent=tuple((name, self._filled(text)) for name, text in one.sent),
            body=self._form(one.body),
        )
        got = self.server.answer(Request(asked.method, asked.url, asked.sent, asked.body))
        whole = attrs.evolve(asked, status=got.status, said=got.headers, content=got.body)
        return self.redactor.swept(self.redactor.shaped(whole))

    def _filled(self, text: str) -> str:
        secrets = {stand_in: secret for secret, stand_in in self.redactor.secrets.items()}
        typed = ACCOUNTS[self.role].typed
        return secrets.get(text) or STAND_IN.sub(lambda found: secrets.get(found[0], typed), text)

    def _form(self, body: bytes) -> bytes:
        pairs = parse_qsl(body.decode(), keep_blank_values=True)
        return urlencode([(name, self._filled(value)) for name, value in pairs]).encode()


def differences(role: str, server: ClassChartsServer) -> list[str]:
    """Addresses whose answers are not those that were recorded."""
    understudy = Understudy(role, server)
    return [
        one.url for one in conversation(role) if read(write([understudy.answer(one)])) != read(write([one]))
    ]


@pytest.mark.parametrize("role", ROLES)
def test_the_sandbox_says_what_was_recorded(role: str) -> None:
    """Every status, header line and body, in the recorded order."""
    assert differences(role, new_server(new_clock())) == []


def test_another_word_of_the_sandbox_is_noticed() -> None:
    """A server that words files otherwise differs where files are listed, and only there."""
    server = new_server(new_clock())
    server.shapes = Shapes(announcement_file_key="fileName")
    different = differences("parent", server)
    assert different
    assert all("/announcements/" in url for url in different)
