"""Play a flow against scripted answers: a protocol test without a driver, a mock or a server.

```python
lessons, sent = play(calls.lessons(session, day), [answer])
assert sent[0].url.endswith("/timetable?date=2026-03-09")
```
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import TypeAlias, TypeVar

import attrs

from schoolsync.errors import ChallengeUnanswered
from schoolsync.flow.effects import Ask, Credentials, Effect, Flow, Permit, Question, Save, Send, Sleep
from schoolsync.flow.http import Request, Response

__all__ = ["Answer", "Script", "play"]

T = TypeVar("T")
Answer: TypeAlias = Response | BaseException | Callable[[Request], Response]
"""What one request gets: an answer, an error, or a function that looks at the request."""


@attrs.define
class Script:
    """Scripted answers, and a record of everything the flow asked of the world."""

    answers: list[Answer] = attrs.field(factory=list)
    """Answers to come, in order. Asking for more is an `AssertionError`."""
    replies: list[str] = attrs.field(factory=list)
    """Replies to questions to come, in order; without one, `ChallengeUnanswered`."""
    holds: Callable[[Permit], None] | None = None
    """A governor: raises `LoginHeld` to refuse a log-in. Without one, all are allowed."""
    sent: list[Request] = attrs.field(factory=list, init=False)
    """Requests, in order."""
    slept: list[dt.timedelta] = attrs.field(factory=list, init=False)
    """Pauses, in order; none was really made."""
    asked: list[Question] = attrs.field(factory=list, init=False)
    """Questions, in order."""
    saved: list[Credentials] = attrs.field(factory=list, init=False)
    """Credentials, in order."""
    permits: list[Permit] = attrs.field(factory=list, init=False)
    """Log-ins and their reported outcomes, in order."""

    def run(self, flow: Flow[T]) -> T:
        """What *flow* returns; its error is raised.

        Scripted errors are thrown into the flow, as a driver does. What leaves a driver by another
        way (an interrupt, a cancellation) and what is wrong with the test itself leave here too:
        the flow learns of them by being closed, and cannot swallow them.

        Raises:
            AssertionError: The flow asked for more than is scripted, or an answer refused a request.
            TypeError: The flow awaited something that is no effect.
        """
        try:
            effect = flow.send(None)
            while True:
                _check(effect)
                try:
                    answer = self._perform(effect)
                except AssertionError:
                    raise
                except Exception as error:  # noqa: BLE001 - whatever the script throws belongs to the flow
                    effect = flow.throw(error)
                else:
                    effect = flow.send(answer)
        except StopIteration as done:
            result: T = done.value
            return result
        finally:
            flow.close()

    def _perform(self, effect: Effect) -> object:
        match effect:
            case Send(request):
                return self._exchange(request)
            case Ask(question):
                return self._reply(question)
            case Sleep(duration):
                self.slept.append(duration)
            case Save(credentials):
                self.saved.append(credentials)
            case Permit():
                self.permits.append(effect)
                if self.holds:
                    self.holds(effect)
        return None

    def _reply(self, question: Question) -> str:
        self.asked.append(question)
        if not self.replies:
            raise ChallengeUnanswered(question.kind)
        return self.replies.pop(0)

    def _exchange(self, request: Request) -> Response:
        self.sent.append(request)
        if not self.answers:
            raise AssertionError(f"no answer is scripted for {request!r}")
        answer = self.answers.pop(0)
        if isinstance(answer, BaseException):
            raise answer
        given = answer if isinstance(answer, Response | type) else answer(request)
        if isinstance(given, Response):
            return given
        raise AssertionError(f"the script answers {request!r} with no Response: {type(given).__name__}")


def _check(effect: Effect) -> None:
    """Refuse what is no effect, as every driver does."""
    if not isinstance(effect, Effect):
        raise TypeError(f"a flow may await effects only, not {type(effect).__name__}")


def play(flow: Flow[T], answers: Iterable[Answer] = ()) -> tuple[T, list[Request]]:
    """What *flow* returns when it gets *answers*, and what it sent.

    Raises:
        AssertionError: The flow asked for more, or left answers over.
    """
    script = Script(list(answers))
    result = script.run(flow)
    if script.answers:
        raise AssertionError(f"{len(script.answers)} answers were not asked for")
    return result, script.sent
