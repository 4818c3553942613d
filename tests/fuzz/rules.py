"""What a schema says of one place in an answer: read from the models' fields, not from the decoder."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any, get_args

import attrs
from pydantic import AliasChoices, AliasPath, BaseModel, TypeAdapter, ValidationError

from tests.fuzz.mutant import LOST, Steps
from tests.fuzz.readings import Reading

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo

__all__ = ["Loss", "loss_of", "row_of"]

WRAPPER = "pupil_event"
"""A key that newer servers wrap awards in; the schema looks through it."""


class Loss(Enum):
    """What a change costs."""

    NOTHING = "nothing"
    FIELD = "a field, or a row of an inner list"
    ROW = "the whole row"


@attrs.frozen
class _Rule:
    """One key of a row, or one element of a list in it."""

    is_top: bool
    """Whether it stands directly in the row."""
    is_required: bool
    takes_null: bool
    may_be_missing: bool = False
    """Whether it is an element: a shorter list is as good."""


_WRAPPED = _Rule(is_top=False, is_required=False, takes_null=True)
"""The wrapper around an award."""


def row_of(reading: Reading, steps: Steps) -> Steps | None:
    """The steps to the row in which *steps* lie; `None` outside of rows."""
    depth = {"rows": 2, "register": 3, "one": 1}[reading.kind]
    return steps[:depth] if steps[0] == "data" and len(steps) >= depth else None


def loss_of(reading: Reading, said: Any, steps: Steps, value: Any) -> Loss:
    """What it costs when *value* stands at *steps* of *said* instead of what did; see `LOST`."""
    row = row_of(reading, steps)
    if row == steps or (steps[0] == "data" and row is None):  # a whole row, or a day of the register
        is_empty = value is None and reading.kind == "register"
        return Loss.NOTHING if value is LOST or is_empty else Loss.ROW
    model, start = (reading.meta, 1) if row is None else (reading.row, len(row))
    rule = _rule(model, _at(said, steps[:start]), steps[start:])
    if rule is None:
        return Loss.NOTHING
    if value is LOST:
        is_fine = rule.may_be_missing or not rule.is_required
    else:
        is_fine = value is None and rule.takes_null
    if is_fine:
        return Loss.NOTHING
    return Loss.ROW if rule.is_top and rule.is_required and row is not None else Loss.FIELD


def _at(said: Any, steps: Steps) -> Any:
    for step in steps:
        said = said[step]
    return said


def _rule(model: type[BaseModel], said: Any, steps: Steps, *, is_top: bool = True) -> _Rule | None:
    """The rule for *steps* below *said*, an object of *model*; `None` if the schema does not know them."""
    if steps[0] == WRAPPER:
        return _rule(model, said[WRAPPER], steps[1:], is_top=is_top) if steps[1:] else _WRAPPED
    field = _field(model, said, str(steps[0]))
    if field is None:
        return None
    inner, below = said[steps[0]], steps[1:]
    if not below:
        return _Rule(is_top, field.is_required(), _takes(field, None))
    nested = _model_in(field.annotation)
    if isinstance(below[0], int) and len(below) > 1:
        inner, below = inner[below[0]], below[1:]
    elif len(below) == 1 and not (nested and isinstance(inner, dict)):
        return _Rule(False, True, False, may_be_missing=True)  # an element of a list or a map
    return _rule(nested, inner, below, is_top=False) if nested else None


def _field(model: type[BaseModel], said: Any, key: str) -> FieldInfo | None:
    """The field that is read from *key*, unless another spelling is there that goes first."""
    for name, field in model.model_fields.items():
        alias = field.validation_alias
        choices = alias.choices if isinstance(alias, AliasChoices) else [alias or name]
        spellings = [str(one.path[-1]) if isinstance(one, AliasPath) else one for one in choices]
        if key in spellings:
            return field if key == next(one for one in spellings if one in said) else None
    return None


def _takes(field: FieldInfo, value: object) -> bool:
    adapter: TypeAdapter[Any] = TypeAdapter(field.rebuild_annotation())
    try:
        adapter.validate_python(value)
    except ValidationError:
        return False
    return True


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """The model that an annotation holds, maybe in a list or beside `None`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := _model_in(part))), None)
