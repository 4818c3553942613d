"""The school week of every child, on whichever platform the school is.

One line of configuration says where, in the words of `schoolsync.connect`:

    SCHOOL='{"provider": "pronote", "url": "…", "username": "…", "password": "…", "account": "parent"}'
    SCHOOL='{"provider": "classcharts", "email": "…", "password": "…"}'

Try it on the sandbox: `schoolsync sandbox serve --port 8421`, whose PRONOTE has the url
`http://127.0.0.1:8421/pronote/`, and its ClassCharts the `"base_url": "http://127.0.0.1:8421"`.
"""

from __future__ import annotations

import datetime as dt
import json
import os

import schoolsync
from schoolsync.model import LessonKind, LessonStatus, Pupil


def tell(school: schoolsync.SchoolClient, pupil: Pupil) -> None:
    """Lessons and homework of the week are printed about *pupil*."""
    today = dt.datetime.now(pupil.school.zone).date()
    monday = today - dt.timedelta(days=today.weekday())
    sunday = monday + dt.timedelta(days=6)
    print(f"\n{pupil.name}, {pupil.school.name}")
    for lesson in school.get_lessons(monday, sunday, pupil=pupil):
        if lesson.kind is LessonKind.BREAK:
            continue
        what = lesson.subject.name if lesson.subject else ", ".join(lesson.groups)
        news = "" if lesson.status is LessonStatus.SCHEDULED else f"  ({lesson.status_text or lesson.status})"
        print(f"  {lesson.start:%a %H:%M}-{lesson.end:%H:%M}  {what}  {', '.join(lesson.rooms)}{news}")
    for homework in school.get_homeworks(monday, sunday, pupil=pupil):
        subject = homework.subject.name if homework.subject else ""
        print(f"  for {homework.due:%a}  {subject}: {homework.title or homework.description_text[:60]}")


def main() -> None:
    """The platform is not mentioned here: it is part of the configuration."""
    account = json.loads(os.environ["SCHOOL"])
    with schoolsync.connect(account.pop("provider"), **account) as school:
        for pupil in school.pupils:
            tell(school, pupil)


if __name__ == "__main__":
    main()
