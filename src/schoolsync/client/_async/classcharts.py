"""Parents and students of ClassCharts."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncGenerator
from typing import Unpack

from schoolsync.client._async.base import AsyncClient, AsyncClientOptions, Day
from schoolsync.client._async.classcharts_native import AsyncNative
from schoolsync.model import Rows
from schoolsync.provider import Days, PupilLike, needed_day, rows
from schoolsync.providers.classcharts.calls import Attendance
from schoolsync.providers.classcharts.login import ParentLogin, StudentLogin, read_login
from schoolsync.providers.classcharts.schema.behaviour import (
    ActivityRow,
    BehaviourSummary,
    DetentionRow,
    ParentBehaviourRow,
)
from schoolsync.providers.classcharts.schema.people import PupilRow
from schoolsync.providers.classcharts.schema.reports import (
    AcademicReport,
    AcademicReportRow,
    ReportCard,
    ReportCardRow,
)
from schoolsync.providers.classcharts.schema.shop import ClassRow, PupilFields, Purchase, RewardRow
from schoolsync.providers.classcharts.service import ClassCharts, service

__all__ = ["AsyncClassChartsClient", "AsyncParentClient", "AsyncStudentClient", "connect_async"]


class AsyncClassChartsClient(AsyncClient[ClassCharts]):
    """What parents and students of ClassCharts share beyond every school object.

    These readings give the service's own rows, typed. `native` gives the whole envelopes.
    """

    @property
    def native(self) -> AsyncNative:
        """Every call of the server, with the whole typed envelope. No I/O."""
        return AsyncNative(self._service, self._driver, self._whom)

    async def get_student_info(self, *, pupil: PupilLike | None = None) -> PupilRow:
        """The pupil with all `display_*` switches. Costs: one request."""
        whom = self._whom(pupil)
        return (await self._run(self._service.native.student_info(pupil=whom))).data

    async def get_activity(
        self,
        from_: Day | None = None,
        to: Day | None = None,
        last_id: int | None = None,
        *,
        pupil: PupilLike | None = None,
    ) -> Rows[ActivityRow]:
        """One page of the activity: at most 50 rows, newest first.

        Args:
            from_: First day; the service shows about 31 days if nothing is given.
            to: Last day, included.
            last_id: The last row of the page before, to get the next one.
            pupil: Whom it is about; the selected pupil if not given.

        Costs:
            One request.
        """
        days, native = Days.read(from_, to), self._service.native
        return await self._run(
            self._service.own_rows(
                "activity", lambda whom: native.activity(days, last_id, pupil=whom), pupil=self._whom(pupil)
            )
        )

    async def get_full_activity(
        self, from_: Day | None = None, to: Day | None = None, *, pupil: PupilLike | None = None
    ) -> Rows[ActivityRow]:
        """The activity of all pages, newest first.

        Costs:
            One request for each 50 rows, and one for the empty page at the end.
        """
        days, native = Days.read(from_, to), self._service.native
        return await self._run(
            self._service.own_rows(
                "activity", lambda whom: native.full_activity(days, pupil=whom), pupil=self._whom(pupil)
            )
        )

    def iter_activity(
        self, from_: Day | None = None, to: Day | None = None, *, pupil: PupilLike | None = None
    ) -> AsyncGenerator[ActivityRow]:
        """The rows of the activity, newest first, read page by page as they are wanted.

        A loop that is left early is ended with `aclose()`.

        Costs:
            One request a page of 50, when its first row is wanted.
        """
        rows = self._service.activity_rows(Days.read(from_, to), pupil=self._whom(pupil))
        return self._driver.iterate(rows)

    async def get_behaviour(
        self, from_: Day | None = None, to: Day | None = None, *, pupil: PupilLike | None = None
    ) -> BehaviourSummary:
        """The service's summary: points by time and by reason. Costs: one request."""
        days, native = Days.read(from_, to), self._service.native
        return await self._run(
            self._service.own(
                "behaviour", lambda whom: native.behaviour(days, pupil=whom), pupil=self._whom(pupil)
            )
        )

    async def get_detentions(self, *, pupil: PupilLike | None = None) -> Rows[DetentionRow]:
        """All detentions, as the service words them. Costs: one request."""
        native = self._service.native
        return await self._run(
            self._service.own_rows(
                "detentions", lambda whom: native.detentions(pupil=whom), pupil=self._whom(pupil)
            )
        )

    async def get_attendance(
        self, from_: Day | None = None, to: Day | None = None, *, pupil: PupilLike | None = None
    ) -> Attendance:
        """The register by day and session, present ones included. Costs: one request."""
        days, native = Days.read(from_, to), self._service.native
        return await self._run(
            self._service.own(
                "attendance", lambda whom: native.attendance(days, pupil=whom), pupil=self._whom(pupil)
            )
        )

    async def get_pupil_fields(self, *, pupil: PupilLike | None = None) -> PupilFields:
        """What the school shows about the pupil: a note and fields. Costs: one request."""
        native = self._service.native
        return await self._run(
            self._service.own(
                "pupil_fields", lambda whom: native.pupil_fields(pupil=whom), pupil=self._whom(pupil)
            )
        )

    async def get_classes(self, *, pupil: PupilLike | None = None) -> Rows[ClassRow]:
        """The pupil's classes. Costs: one request."""
        native = self._service.native
        return await self._run(
            self._service.own_rows(
                "classes", lambda whom: native.classes(pupil=whom), pupil=self._whom(pupil)
            )
        )

    async def get_academic_reports(self, *, pupil: PupilLike | None = None) -> Rows[AcademicReportRow]:
        """The academic reports, without their content. Costs: one request."""
        native = self._service.native
        return await self._run(
            self._service.own_rows(
                "academic_reports", lambda whom: native.academic_reports(pupil=whom), pupil=self._whom(pupil)
            )
        )

    async def get_academic_report(self, report_id: int, *, pupil: PupilLike | None = None) -> AcademicReport:
        """One academic report, whole. Costs: one request."""
        native = self._service.native
        return await self._run(
            self._service.own(
                "academic_reports",
                lambda whom: native.academic_report(report_id, pupil=whom),
                pupil=self._whom(pupil),
            )
        )

    async def get_report_cards(self, *, pupil: PupilLike | None = None) -> Rows[ReportCardRow]:
        """The cards of a pupil who is on report. Costs: one request."""
        native = self._service.native
        return await self._run(
            self._service.own_rows(
                "report_cards", lambda whom: native.report_cards(pupil=whom), pupil=self._whom(pupil)
            )
        )

    async def get_report_card(self, card_id: int, *, pupil: PupilLike | None = None) -> ReportCard:
        """One card, whole. Costs: one request."""
        native = self._service.native
        return await self._run(
            self._service.own(
                "report_cards", lambda whom: native.report_card(card_id, pupil=whom), pupil=self._whom(pupil)
            )
        )


class AsyncParentClient(AsyncClassChartsClient):
    """A parent of ClassCharts, with e-mail address and password.

    ```python
    async with AsyncParentClient(email, password) as family:
        for pupil in family.pupils:
            homework = await family.get_homeworks(pupil=pupil)
    ```

    Args:
        email: The address that the parent signs in with.
        password: The password.
        base_url: Another server than ClassCharts' own, such as the sandbox.
        options: See `AsyncClientOptions`.

    Raises:
        BadArgument: Something that cannot be meant; nothing was sent.
    """

    def __init__(
        self,
        email: str,
        password: str,
        *,
        base_url: str | None = None,
        **options: Unpack[AsyncClientOptions],
    ) -> None:
        who = ParentLogin(email, password)
        super().__init__(lambda given: service(who, given, base_url), **options)

    async def get_pupils(self) -> Rows[PupilRow]:
        """The parent's children as the service words them, in its order. Costs: one request."""
        envelope = await self._run(self._service.native.pupils())
        return rows(envelope.data, envelope.issues, operation="pupils", provider=self.provider)

    async def get_parent_behaviours(self, *, pupil: PupilLike | None = None) -> Rows[ParentBehaviourRow]:
        """What a parent can give points for at home. Costs: one request."""
        native = self._service.native
        return await self._run(
            self._service.own_rows(
                "parent_behaviours",
                lambda whom: native.parent_behaviours(pupil=whom),
                pupil=self._whom(pupil),
            )
        )

    async def add_parent_behaviour(
        self, behaviour_id: int, *, pupil: PupilLike | None = None
    ) -> Rows[ParentBehaviourRow]:
        """Points are given; what can be given now.

        Raises:
            Refused: The daily limit is reached.
            Interrupted: It was sent and its outcome is unknown.

        Costs:
            One request, never repeated.
        """
        native = self._service.native
        return await self._run(
            self._service.own_rows(
                "parent_behaviours",
                lambda whom: native.add_parent_behaviour(behaviour_id, pupil=whom),
                pupil=self._whom(pupil),
                operation="write",
            )
        )

    async def change_password(self, current: str, new: str) -> None:
        """The password is *new*, at the school and in this client; `on_credentials` gets it.

        Raises:
            BadArgument: One of them is empty.
            Refused: The school did not accept it.
            Interrupted: It was sent and its outcome is unknown.

        Costs:
            One request, never repeated.
        """
        await self._run(self._service.native.change_password(current, new))


class AsyncStudentClient(AsyncClassChartsClient):
    """A student of ClassCharts, with access code and date of birth.

    Args:
        code: The access code that the school gave.
        date_of_birth: `DD/MM/YYYY`, or a date; `None` where the school does not ask for it.
        base_url: Another server than ClassCharts' own, such as the sandbox.
        options: See `AsyncClientOptions`.

    Raises:
        BadArgument: Something that cannot be meant; nothing was sent.
    """

    def __init__(
        self,
        code: str,
        date_of_birth: dt.date | str | None = None,
        *,
        base_url: str | None = None,
        **options: Unpack[AsyncClientOptions],
    ) -> None:
        who = StudentLogin.read(code, date_of_birth)
        super().__init__(lambda given: service(who, given, base_url), **options)

    async def get_rewards(self, *, pupil: PupilLike | None = None) -> Rows[RewardRow]:
        """What can be had for points; `native.get_rewards` has the balance too. Costs: one request."""
        native = self._service.native
        return await self._run(
            self._service.own_rows(
                "rewards", lambda whom: native.rewards(pupil=whom), pupil=self._whom(pupil)
            )
        )

    async def purchase_reward(self, item_id: int, *, pupil: PupilLike | None = None) -> Purchase:
        """The item is bought; the order and the balance left.

        Raises:
            Refused: Not enough points, or nothing left.
            InstanceClosed: The server broke down, as it does for an unknown item.
            Interrupted: It was sent and its outcome is unknown.

        Costs:
            One request, never repeated.
        """
        native = self._service.native
        return await self._run(
            self._service.own(
                "rewards",
                lambda whom: native.purchase(item_id, pupil=whom),
                pupil=self._whom(pupil),
                operation="write",
            )
        )

    async def get_student_code(self, date_of_birth: Day) -> str:
        """The student's access code.

        Args:
            date_of_birth: A date or ISO text (`YYYY-MM-DD`), not the form of the log-in.

        Raises:
            BadArgument: No date.
            Refused: The school has another date.

        Costs:
            One request.
        """
        born = needed_day(date_of_birth, "date_of_birth")
        return (await self._run(self._service.native.student_code(born))).data.code

    async def check_code(self) -> bool | None:
        """Whether the code asks for a date of birth. Signs nobody in.

        `False` means an unknown code, or a school that does not ask; `None`: the server did not say.

        Costs:
            One request.
        """
        return (await self._run(self._service.native.code_check())).data.has_dob


def connect_async(
    *,
    email: str | None = None,
    password: str | None = None,
    code: str | None = None,
    date_of_birth: dt.date | str | None = None,
    base_url: str | None = None,
    **options: Unpack[AsyncClientOptions],
) -> AsyncParentClient | AsyncStudentClient:
    """A parent (*email*, *password*) or a student (*code*, *date_of_birth*); nothing is sent yet.

    Raises:
        BadArgument: Neither, both, or one that cannot be meant.
    """
    who = read_login(email=email, password=password, code=code, date_of_birth=date_of_birth)
    if isinstance(who, ParentLogin):
        return AsyncParentClient(who.email, who.password.reveal(), base_url=base_url, **options)
    return AsyncStudentClient(who.code, who.date_of_birth, base_url=base_url, **options)
