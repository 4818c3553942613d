"""Students, parents and teachers of PRONOTE."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar, Unpack

from schoolsync.client._async.base import AsyncClientOptions, Day
from schoolsync.client._async.pronote_native import AsyncPronoteNative
from schoolsync.client._async.pronote_readings import AsyncPronoteReadings
from schoolsync.flow.effects import Credentials
from schoolsync.model import Announcement, Discussion
from schoolsync.provider import PupilLike, needed_day
from schoolsync.providers.pronote.extra import Params, User
from schoolsync.providers.pronote.login import Cas, read_login, read_token
from schoolsync.providers.pronote.service import Pronote, service

__all__ = ["AsyncPronoteClient", "connect_async", "login_async", "login_token_async"]


class AsyncPronoteClient(AsyncPronoteReadings):
    """A student, parent or teacher of a school on PRONOTE.

    ```python
    async with AsyncPronoteClient(url, username, password, account="parent") as family:
        for pupil in family.pupils:
            marks = await family.get_marks(pupil=pupil)
    ```

    Args:
        url: The school's PRONOTE, with or without a page: `https://0000000a.example/pronote/eleve.html`.
        username: The user name: of PRONOTE itself, or of the portal.
        password: The password: of PRONOTE itself, or of the portal.
        token: Instead of a password: the newest token, as `issue_token` and `on_credentials=` give it.
        uuid: The name of the installation that the token belongs to.
        cas: The school's portal: one of `cas_names()`, a `Portal`, or a `Family` with its settings; `"auto"`
            finds it out at the log-in; `None`, `""` or `"none"` for PRONOTE's own log-in.
        account: `"student"`, `"parent"` or `"teacher"`.
        timezone: IANA name of the school's zone; `None`: Europe/Paris, or what the server says. Schools
            overseas have their own.
        allow_http: Whether an address without TLS may be used that is not on this computer.
        options: See `AsyncClientOptions`.

    Raises:
        BadArgument: Something that cannot be meant; nothing was sent.
        UnknownName: No such kind of account, or no such portal; nothing was sent.
        Unavailable: The portal is over, or not for this kind of account; nothing was sent.
    """

    def __init__(
        self,
        url: str,
        username: str,
        password: str | None = None,
        *,
        token: str | None = None,
        uuid: str | None = None,
        cas: Cas = None,
        account: str = "student",
        timezone: str | None = None,
        allow_http: bool = False,
        **options: Unpack[AsyncClientOptions],
    ) -> None:
        who = read_login(
            url=url,
            username=username,
            password=password,
            token=token,
            uuid=uuid,
            account=account,
            cas=cas,
            allow_http=allow_http,
        )
        super().__init__(
            lambda given: self._make(who, given, timezone=timezone, allow_http=allow_http), **options
        )

    _make: ClassVar[Callable[..., Pronote]] = staticmethod(service)
    """Makes the service; a subclass may draw its random bytes from elsewhere."""

    # -- who, without I/O --

    @property
    def user(self) -> User:
        """Who is signed in. No I/O.

        Raises:
            UsageError: Nobody has signed in yet.
        """
        return self._service.user

    @property
    def params(self) -> Params:
        """The school year as the server sets it up: version, grid, holidays, levels. No I/O.

        Raises:
            UsageError: Nobody has signed in yet.
        """
        return self._service.params

    @property
    def credentials(self) -> Credentials:
        """What the next log-in needs: `connect(provider, **credentials.fields)`. No I/O.

        A portal is written down by its name, also one that was found out; a token is the newest one.

        Raises:
            UsageError: Nobody has signed in yet, or somebody else brought the keys, or the portal was given
                as an object, which has no name to be written down.
        """
        return self._service.credentials

    @property
    def native(self) -> AsyncPronoteNative:
        """Every function of the server, typed, and `request` for any other. No I/O."""
        return AsyncPronoteNative(self._service, self._driver, self._whom)

    # -- without a password --

    async def issue_token(self) -> Credentials:
        """What signs in the next time without a password: `login_token`, or `connect` with its fields.

        Whoever holds it can read the account: keep it as secret as a password, of which it says nothing. It
        also goes to `on_credentials=`. Each log-in with it burns its token and gives the next one to
        `on_credentials=`, so it works in one place only: let each installation have its own. This session
        stays as it is.

        Raises:
            Unavailable: The school gives this account none, or is one for demonstrations.
            Refused: The school did not take its own code: try again later.
            ActionRequired: The school asks the app for something first.
            ChallengeUnanswered: The school asks the app for the PIN or the name of the device.
            LoginHeld: The governor held the app's log-in back, because there were too many.

        Costs:
            Six requests, one of them a log-in: a code, then the page, the school year, two for the log-in
            and the log-out of a second session.
        """
        return await self._run(self._service.issue_token())

    # -- the actions --

    async def mark_news_read(
        self, announcement: Announcement | str, is_read: bool = True, *, pupil: PupilLike | None = None
    ) -> None:
        """The piece of news counts as read, or as not read.

        Raises:
            StaleReference: The school does not list it any more.
            Interrupted: It was sent and its outcome is unknown.

        Costs:
            Two requests; the second one is never repeated.
        """
        whose = self._whose(announcement, pupil)
        await self._run(self._service.mark_news_read(announcement, is_read=is_read, pupil=whose))

    async def acknowledge(self, announcement: Announcement | str, *, pupil: PupilLike | None = None) -> None:
        """The school knows that the piece of news was received. This cannot be taken back.

        Raises:
            Unavailable: No receipt is asked for.
            StaleReference: The school does not list it any more.
            Interrupted: It was sent and its outcome is unknown.

        Costs:
            Two or three requests; the last one is never repeated.
        """
        await self._run(self._service.acknowledge(announcement, pupil=self._whose(announcement, pupil)))

    async def answer(
        self,
        announcement: Announcement | str,
        answers: Sequence[str | Sequence[str]],
        *,
        pupil: PupilLike | None = None,
    ) -> None:
        """The survey is answered.

        Args:
            announcement: The record of a survey, or its key.
            answers: One for each of its `questions`, in order: a text, a choice, or several of them.
            pupil: Whose it is; the record's pupil, else the selected one, if not given.

        Raises:
            BadArgument: Not one answer for each question, no such choice, or too many of them.
            Unavailable: It is no survey.
            Interrupted: It was sent and its outcome is unknown.

        Costs:
            Two or three requests; the last one is never repeated.
        """
        whose = self._whose(announcement, pupil)
        await self._run(self._service.answer(announcement, answers, pupil=whose))

    async def reply(self, discussion: Discussion | str, text: str, *, pupil: PupilLike | None = None) -> None:
        """*text* is sent to everybody in the thread. `native.start_discussion` begins a new one.

        Args:
            discussion: The record, or its key.
            text: Plain text.
            pupil: Whose it is; the record's pupil, else the selected one, if not given.

        Raises:
            Unavailable: The thread takes no answer, or the school takes none from this account.
            StaleReference: The school does not list it any more.
            Interrupted: It was sent and its outcome is unknown.

        Costs:
            Three requests; the last one is never repeated.
        """
        await self._run(self._service.reply(discussion, text, pupil=self._whose(discussion, pupil)))

    async def mark_discussion_read(
        self, discussion: Discussion | str, is_read: bool = True, *, pupil: PupilLike | None = None
    ) -> None:
        """The messages of the thread count as read, or as not read.

        Raises:
            StaleReference: The school does not list it any more.
            Interrupted: It was sent and its outcome is unknown.

        Costs:
            Two requests; the last one is never repeated.
        """
        whose = self._whose(discussion, pupil)
        await self._run(self._service.mark_discussion_read(discussion, is_read=is_read, pupil=whose))

    # -- to take away --

    async def export_ical_url(self, *, pupil: PupilLike | None = None) -> str:
        """The address of the timetable as a calendar. Whoever has it can read the timetable: keep it secret.

        Raises:
            Unavailable: The school gives none to this account.

        Costs:
            One request.
        """
        return (await self._run(self._service.ical_url(pupil=self._whom(pupil)))).reveal()

    async def timetable_pdf(self, day: Day | None = None, *, pupil: PupilLike | None = None) -> bytes:
        """The timetable of one week as a PDF, made by the server.

        Args:
            day: Any day of the week; today if not given.
            pupil: Whose timetable; the selected pupil's if not given.

        Costs:
            Two requests.
        """
        wanted = None if day is None else needed_day(day, "day")
        return await self._run(self._service.timetable_pdf(wanted, pupil=self._whom(pupil)))

    def _whose(self, record: Announcement | Discussion | str, pupil: PupilLike | None) -> PupilLike | None:
        if pupil is None and not isinstance(record, str):
            return record.pupil_key
        return self._whom(pupil)


async def login_async(
    url: str,
    username: str,
    password: str,
    *,
    cas: Cas = None,
    account: str = "student",
    **more: Any,
) -> AsyncPronoteClient:
    """A client that is signed in; close it, or use it with `async with`.

    Args:
        url: The school's PRONOTE, with or without a page.
        username: The user name: of PRONOTE itself, or of the portal.
        password: The password: of PRONOTE itself, or of the portal.
        cas: The school's portal; `"auto"` finds it out; `None`, `""` or `"none"` for PRONOTE's own log-in.
        account: `"student"`, `"parent"` or `"teacher"`.
        more: `timezone`, `allow_http`, and the options of `AsyncClientOptions`.

    Raises:
        WrongCredentials: The school, or its portal, refused.
        LoginHeld: The governor held it back, because there were too many.
        AccountError: Something that the person must do, at the school or at its portal.
        UnknownName: No such portal; with `"auto"`: it is not clear which.
        LostOnTheWay: The portal showed a page that is not known.
        BadArgument: Something that cannot be meant; nothing was sent.

    Costs:
        Five requests: the page, the school year, two for the log-in, the user. Through a portal, six to
        twenty more; `"auto"` costs what `find_cas` costs, once.
    """
    client = AsyncPronoteClient(url, username, password, cas=cas, account=account, **more)
    try:
        return await client.login()
    except BaseException:
        await client.aclose()
        raise


async def login_token_async(
    credentials: Credentials | Mapping[str, str], **options: Any
) -> AsyncPronoteClient:
    """A client that is signed in by a token; close it, or use it with `async with`.

    The token is dead afterwards. `on_credentials=` gets the next one before anything else is sent, and so at
    every renewal; should it fail or be cut off, it is called again before the next request leaves, or when
    the client is closed. Without it only `client.credentials` has the token, which ends with the program.
    Two clients that use one token lock each other out.

    When the answer to a log-in is lost on its way, the token may be dead: the next log-in tries it once
    more. When the newest token is refused, the one before it is tried once, if this client knows it.

    Args:
        credentials: What `issue_token` or `on_credentials=` gave, or its fields.
        options: `timezone`, `allow_http`, and the options of `AsyncClientOptions`.

    Raises:
        BadArgument: Not the credentials of a token; nothing was sent.
        WrongCredentials: The token is dead: used elsewhere, withdrawn, or over with the school year.
        LoginHeld: The governor held it back, because there were too many, or it was refused before.
        Unavailable: The school is one for demonstrations, which keep no tokens.
        Interrupted: The answer was lost.

    Costs:
        Five requests, as `login`; nothing at a portal. Four more where the token before was tried.
    """
    fields: dict[str, Any] = {**read_token(credentials), **options}
    client = AsyncPronoteClient(**fields)
    try:
        return await client.login()
    except BaseException:
        await client.aclose()
        raise


def connect_async(
    *, url: str, username: str, password: str | None = None, account: str = "student", **more: Any
) -> AsyncPronoteClient:
    """A client of that account; nothing is sent yet.

    Raises:
        BadArgument: Something that cannot be meant.
        UnknownName: No such kind of account, or no such portal.
        Unavailable: The portal is over, or not for this kind of account.
    """
    return AsyncPronoteClient(url, username, password, account=account, **more)
