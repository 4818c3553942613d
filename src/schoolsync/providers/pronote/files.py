"""From a listing to a file's bytes: where the files of this session are, and what comes instead of them."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from schoolsync.errors import StaleReference
from schoolsync.flow.http import Headers, Request, ResponseHead, origin_of
from schoolsync.model import Attachment, Pupil
from schoolsync.providers.pronote.address import file_name
from schoolsync.providers.pronote.page import Start
from schoolsync.providers.pronote.refusals import status_refusal
from schoolsync.providers.pronote.session import Session

__all__ = ["Shelf", "Shelved"]

AGENT: Headers = (("user-agent", "schoolsync"),)
"""Who asks, on hosts that are not the school's."""
PAGES: Mapping[str, tuple[str, ...]] = {
    "text/html": (".html", ".htm"),
    "application/xhtml+xml": (".xhtml", ".xht"),
    "application/json": (".json",),
}
"""What comes instead of a file whose address has ended, and how files are called that are just that.

Evidence: read (HTML); the others a guess.
"""
GONE = 404


@attrs.frozen
class Shelved:
    """What the address of a stored file is made of."""

    id: str
    """Of the file, or of the record that it hangs on; good for this session."""
    name: str = attrs.field(repr=False)
    """What stands in the address; decorative."""
    code: str | None = None
    """For special files: `DevoirSujet`, `EvaluationCorrige`, …"""


@attrs.define
class Shelf:
    """The files that the listings of this session named; a new session begins with an empty one."""

    session: Session
    """Whose ids and key open them."""
    _files: dict[tuple[str, int], Shelved] = attrs.field(factory=dict, repr=False, init=False)
    _of: Start | None = attrs.field(default=None, repr=False, init=False)

    def keep(self, files: Mapping[tuple[str, int], Shelved]) -> None:
        """*files* are known, by record key and position."""
        self._current().update(files)

    def keep_photo(self, pupil: Pupil) -> None:
        """The portrait of *pupil* is known, if the school shares one."""
        if pupil.photo and pupil.provider_id:
            self.keep({pupil.photo.ref: Shelved(pupil.provider_id, pupil.photo.name)})

    def forget(self, attachment: Attachment) -> None:
        """It is not known where *attachment* is."""
        self._current().pop(attachment.ref, None)

    def request(self, attachment: Attachment) -> Request | None:
        """The first request for its bytes; `None` when no listing of this session named it.

        Wire: `GET {root}/FichiersExternes/{segment}/{name}?Session=`. Evidence: read.
        """
        file = self._current().get(attachment.ref)
        if file is None:
            return None
        return self._dressed(self.session.file_url(file.id, file.name, code=file.code))

    def follow(self, head: ResponseHead) -> Request | None:
        """The next request on the way; `None` when *head* begins the bytes.

        Losses: a file that is itself a page, such as a shared `.html`, cannot be told from the page that
        comes when the session has ended: both begin alike, and the bytes may be that page's. Behind a
        redirect, where a log-in page would be, such a file is taken for a page.

        Raises:
            StaleReference: A page came instead of a file.
            RateLimited: Fewer requests are asked for.
            InstanceClosed: The server is in trouble.
        """
        trouble = status_refusal(head)
        if trouble is not None and head.status != GONE:
            raise trouble
        if head.location is not None:
            return self._dressed(head.location)
        if head.status != 200 or self._is_page(head):  # noqa: PLR2004 - the only status with a file
            raise StaleReference
        return None

    def _is_page(self, head: ResponseHead) -> bool:
        """Whether a page came from an address that is not called like one."""
        endings = PAGES.get(head.media_type or "")
        name = file_name(self.session.root, head.url) or ""
        return endings is not None and not name.lower().endswith(endings)

    def _current(self) -> dict[tuple[str, int], Shelved]:
        """The files of the present session: ids of an earlier one open nothing."""
        if self._of is not self.session.start:
            self._files, self._of = {}, self.session.start
        return self._files

    def _dressed(self, url: str) -> Request:
        is_home = origin_of(url) == origin_of(self.session.root)
        return Request("GET", url, self.session.dress(url) if is_home else AGENT, is_read=True)
