"""Does the sandbox still say what was recorded? The recorded requests ask it, and no client of ours."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qsl, urlencode

import attrs
import pytest

from schoolsync.flow.http import Request
from schoolsync.sandbox.classcharts import Shapes
from tests.conversations.stage import ALL, PARENT, PUPIL, conversation
from tools.captures import Spoken, read, write
from tools.diary import Conversation
from tools.record_pronote import LIFETIME
from tools.redact import Redactor

STAND_IN = re.compile(r"(?:redacted|REDACTED)-\d+|person-\d+@example\.invalid")


@attrs.define
class Understudy:
    """Says the recorded requests with the secrets that belong to them, learning each as it is given."""

    said: Conversation
    server: Any
    redactor: Redactor = attrs.field(factory=lambda: Redactor(is_invented=True))

    def __attrs_post_init__(self) -> None:
        """The secrets that the log-in types are known."""
        for secret in self.said.account.log_in:
            self.redactor.hide(secret)

    def answer(self, one: Spoken) -> Spoken:
        """What the server answers to the request of *one*, redacted like the recording.

        An error of PRONOTE's is the one of a session that was forgotten: so much time had passed.
        """
        if b'"Erreur"' in one.content:
            self.server.clock.advance(LIFETIME)
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
        typed = self.said.account.typed
        return secrets.get(text) or STAND_IN.sub(lambda found: secrets.get(found[0], typed), text)

    def _form(self, body: bytes) -> bytes:
        if body.startswith(b"{"):
            return self._filled(body.decode()).encode()
        pairs = parse_qsl(body.decode(), keep_blank_values=True)
        return urlencode([(name, self._filled(value)) for name, value in pairs]).encode()


def differences(said: Conversation, server: Any) -> list[str]:
    """Addresses whose answers are not those that were recorded."""
    understudy = Understudy(said, server)
    return [
        one.url
        for one in conversation(said.name)
        if read(write([understudy.answer(one)])) != read(write([one]))
    ]


@pytest.mark.parametrize("said", ALL, ids=str)
def test_the_sandbox_says_what_was_recorded(said: Conversation) -> None:
    """Every status, header line and body, in the recorded order."""
    assert differences(said, said.new_server(said.new_clock())) == []


def test_another_word_of_the_sandbox_is_noticed() -> None:
    """A server that words files otherwise differs where files are listed, and only there."""
    server: Any = PARENT.new_server(PARENT.new_clock())
    server.shapes = Shapes(announcement_file_key="fileName")
    different = differences(PARENT, server)
    assert different
    assert all("/announcements/" in url for url in different)


def test_another_mark_of_the_sandbox_is_noticed() -> None:
    """A college with another mark differs in the pages with marks."""
    server: Any = PUPIL.new_server(PUPIL.new_clock())
    server.college.set_mark(server.college.desk("e1").marks.sheets[0].record.key, "3.25", "e1")
    assert 0 < len(differences(PUPIL, server)) < 5
