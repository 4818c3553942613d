"""What each child still has to do, for the next seven days.

Try it on the sandbox: `schoolsync sandbox serve --port 8421`, and in a second terminal

    SCHOOL_URL=http://127.0.0.1:8421 SCHOOL_EMAIL=robin@example.test SCHOOL_PASSWORD='s3cret&+' \
        python examples/homework_to_do.py

With your own account, leave SCHOOL_URL out.
"""

from __future__ import annotations

import datetime as dt
import os

from schoolsync import classcharts
from schoolsync.model import HomeworkState

WANTED = {HomeworkState.TODO, HomeworkState.LATE}


def main() -> None:
    """A list for each child is printed."""
    with classcharts.ParentClient(
        os.environ["SCHOOL_EMAIL"], os.environ["SCHOOL_PASSWORD"], base_url=os.environ.get("SCHOOL_URL")
    ) as family:
        for pupil in family.pupils:
            today = dt.datetime.now(pupil.school.zone).date()
            homework = family.get_homeworks(today, today + dt.timedelta(days=7), pupil=pupil)
            print(pupil.name)
            for one in homework:
                if one.state in WANTED:
                    print(f"  {one.due}  {one.subject.name if one.subject else ''}: {one.title}")


if __name__ == "__main__":
    main()
