"""Broken replies: what can be saved of them, item by item.

A reply may be cut off in the middle or hold items that do not validate. Each
item is judged for itself: what validates is kept, what does not is dropped
and counted. A gap is filled with nothing but null, `unknown` or an empty list.
"""

from types import NoneType
from typing import Any, TypeVar, get_args, get_origin

from pydantic import TypeAdapter, ValidationError
from pydantic_core import from_json

from extractor.schemas.base import Record

_R = TypeVar("_R", bound=Record)
_MISSING = object()


class _Lost(Exception):  # noqa: N818 - a signal inside this file, no error of the package
    """This value cannot be kept."""


def json_part(reply: str) -> str:
    """The JSON object in a reply: without a Markdown fence, thoughts before it, or chatter around it."""
    text = _from_brace(reply)
    return text[: text.rfind("}") + 1] or text


def _from_brace(reply: str) -> str:
    text = reply.strip()
    if text.startswith("<think>"):
        text = text.partition("</think>")[2]
    return text[max(text.find("{"), 0) :]


def salvage(kind: type[_R], reply: str) -> tuple[_R, int] | None:
    """What a broken reply still holds as a record of this kind, and how many values were lost with the rest.

    None where nothing can be saved: an empty draft would claim that the
    article tells of no meeting. A reply that breaks off counts as one loss at
    least.
    """
    try:
        value, cut = from_json(json_part(reply)), 0
    except ValueError:
        try:
            value, cut = from_json(_from_brace(reply), allow_partial=True), 1
        except ValueError:
            return None
    try:
        saved, lost = _mend(kind, value)
    except _Lost:
        return None
    lost = max(lost, cut)
    return (saved, lost) if any(dict(saved).values()) or not lost else None


def _mend(kind: Any, value: Any) -> tuple[Any, int]:
    """The value as `kind`, and how many parts of it were lost."""
    args = get_args(kind)
    if get_origin(kind) is list:
        return _mend_list(args[0], value)
    if NoneType in args:
        if value is None:
            return None, 0
        try:
            return _mend(args[0], value)
        except _Lost:
            return None, 1
    if isinstance(kind, type) and issubclass(kind, Record):
        if not isinstance(value, dict):
            raise _Lost
        parts = {name: _mend(field.annotation, value.get(name, _MISSING)) for name, field in kind.model_fields.items()}
        return kind(**{name: part for name, (part, _) in parts.items()}), sum(lost for _, lost in parts.values())
    if "unknown" in args and value not in args:
        return "unknown", 1
    try:
        return TypeAdapter(kind).validate_python(value), 0
    except ValidationError as error:
        raise _Lost from error


def _mend_list(kind: Any, value: Any) -> tuple[list[Any], int]:
    if not isinstance(value, list):
        return [], 1
    kept, lost = [], 0
    for item in value:
        try:
            mended, less = _mend(kind, item)
        except _Lost:
            lost += 1
        else:
            kept.append(mended)
            lost += less
    return kept, lost
