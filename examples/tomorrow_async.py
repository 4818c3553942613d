"""When school begins and ends tomorrow, for every child at once.

On trio it is the same with a nursery instead of the task group. Try it on the sandbox as
`homework_to_do.py` says.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import os

from schoolsync import classcharts
from schoolsync.model import LessonKind, Pupil


async def tell(family: classcharts.AsyncParentClient, pupil: Pupil) -> None:
    """One line is printed about *pupil*."""
    tomorrow = dt.datetime.now(pupil.school.zone).date() + dt.timedelta(days=1)
    rows = await family.get_lessons(tomorrow, pupil=pupil)
    lessons = [row for row in rows if row.kind is not LessonKind.BREAK]
    if lessons:
        print(f"{pupil.name}: {lessons[0].start:%H:%M} to {lessons[-1].end:%H:%M}, {len(lessons)} lessons")
    else:
        print(f"{pupil.name}: no school")


async def main() -> None:
    """All children of one account; the client asks one thing at a time, whoever waits for it."""
    async with (
        classcharts.AsyncParentClient(
            os.environ["SCHOOL_EMAIL"], os.environ["SCHOOL_PASSWORD"], base_url=os.environ.get("SCHOOL_URL")
        ) as family,
        asyncio.TaskGroup() as tasks,
    ):
        for pupil in family.pupils:
            tasks.create_task(tell(family, pupil))


if __name__ == "__main__":
    asyncio.run(main())
