"""Rows out of dirty data: one bad row, or one bad field of it, never costs the others.

Both kinds of loss are told as `DecodeIssue`s: where, and which rule was broken,
never the value.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from functools import cache
from typing import Any, TypeVar, get_args

from pydantic import AliasChoices, AliasPath, BaseModel, TypeAdapter, ValidationError

from schoolsync.errors import DecodeIssue, UnexpectedShape

__all__ = ["decode_row", "decode_rows", "refuse_issues"]

M = TypeVar("M", bound=BaseModel)
Steps = tuple[int | str, ...]

ROUNDS = 8
"""How often a row is mended before it is given up."""


def decode_rows(kind: type[M], data: object, path: str, issues: list[DecodeIssue]) -> list[tuple[M, Any]]:
    """The rows of *data* that could be read, each with what it was read from.

    Args:
        kind: Schema of one row.
        data: A list of rows; `None` counts as an empty one.
        path: Where the list stands in the answer.
        issues: Gets one entry for each row or field that was lost.

    Raises:
        UnexpectedShape: *data* is no list at all.
    """
    if data is None:
        return []
    if not isinstance(data, list):
        raise UnexpectedShape(path, f"list expected, found {type(data).__name__}")
    with suppress(ValidationError):  # whose text would quote the rows, so nothing is done in its handler
        return list(zip(_list_of(kind).validate_python(data), data, strict=True))
    read = ((decode_row(kind, row, f"{path}.{number}", issues), row) for number, row in enumerate(data))
    return [(row, raw) for row, raw in read if row is not None]


def decode_row(kind: type[M], data: object, path: str, issues: list[DecodeIssue]) -> M | None:
    """*data* as a *kind*, without the parts of it that cannot be read; `None` if nothing is left.

    A key that breaks a rule is taken out, so that an optional one becomes its default; a row of an
    inner list that lacks what it must have is taken out of that list.
    """
    mended: Any = data
    rules: dict[str, str] = {}  # the first of each place: a lost key breaks more of them later
    for _ in range(ROUNDS):
        try:
            row = kind.model_validate(mended)
        except ValidationError as error:
            problems = [(tuple(problem["loc"]), problem["type"]) for problem in _facts(error)]
        else:
            issues.extend(DecodeIssue(place, rule, is_row_lost=False) for place, rule in rules.items())
            return row
        reached = [_reached(mended, steps) for steps, _ in problems]
        for (steps, rule), way in zip(problems, reached, strict=True):
            rules.setdefault(_spelt(kind, path, steps, way), rule)
        if not all(reached):
            break
        mended = _without(mended, reached)
    issues.extend(DecodeIssue(place, rule) for place, rule in rules.items())
    return None


def refuse_issues(issues: Sequence[DecodeIssue]) -> None:
    """Nothing, when there are no issues: this is strict mode.

    Raises:
        UnexpectedShape: Names the first issue.
    """
    for issue in issues:
        raise UnexpectedShape(issue.path, issue.problem)


@cache
def _list_of(kind: type[M]) -> TypeAdapter[list[M]]:
    return TypeAdapter(list[kind])  # type: ignore[valid-type]


def _facts(error: ValidationError) -> Iterable[Any]:
    return error.errors(include_url=False, include_context=False, include_input=False)


def _reached(data: Any, steps: Steps) -> Steps:
    """How far *steps* lead into *data*; nothing if not even the first one does."""
    for taken, step in enumerate(steps):
        inner: Any = data if isinstance(data, dict | list) else ()
        try:
            data = inner[step]
        except (LookupError, TypeError):
            return steps[:taken]
    return steps


def _without(data: Any, places: Iterable[Steps]) -> Any:
    """*data* without what stands at *places*; only what lies on the way there is copied."""
    for steps in sorted(set(places), key=_deepest_first):
        data = _lacking(data, steps)
    return data


def _lacking(data: Any, steps: Steps) -> Any:
    """A copy of *data* without what stands at *steps*; *data* itself if an outer part is gone already."""
    step, *rest = steps
    try:
        copied, inner = data.copy(), data[step]
    except (AttributeError, KeyError, IndexError, TypeError):
        return data
    if rest:
        copied[step] = _lacking(inner, tuple(rest))
    else:
        del copied[step]
    return copied


def _deepest_first(steps: Steps) -> tuple[Any, ...]:
    """Later positions of a list before earlier ones, so that positions stay true."""
    return (*((0, -step, "") if isinstance(step, int) else (1, 0, step) for step in steps), (2, 0, ""))


def _spelt(kind: type[BaseModel], path: str, steps: Steps, reached: Steps) -> str:
    """Where below *path* the trouble is: as far as the data goes, or the key that it lacks.

    A key that is none of the schema's may be somebody's words, and becomes a star.
    """
    names, end = _names_in(kind), len(reached)
    shown = steps[: end + 1] if steps[end:] and steps[end] in names else reached
    return ".".join([path, *(str(step) if isinstance(step, int) or step in names else "*" for step in shown)])


@cache
def _names_in(kind: type[BaseModel]) -> frozenset[str]:
    """Every key that *kind* and the kinds inside it know."""
    return frozenset(_walk(kind, set()))


def _walk(kind: Any, seen: set[Any]) -> Iterator[str]:
    if isinstance(kind, type) and issubclass(kind, BaseModel) and kind not in seen:
        seen.add(kind)
        for name, field in kind.model_fields.items():
            yield name
            yield from _aliases(field.validation_alias)
            yield from _walk(field.annotation, seen)
    for inner in get_args(kind):
        yield from _walk(inner, seen)


def _aliases(alias: str | AliasPath | AliasChoices | None) -> Iterator[str]:
    match alias:
        case str():
            yield alias
        case AliasPath():
            yield from (step for step in alias.path if isinstance(step, str))
        case AliasChoices():
            for choice in alias.choices:
                yield from _aliases(choice)
