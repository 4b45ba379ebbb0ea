"""JSON Lines (jsonlines.org): UTF-8, one record a line, the same bytes for the same records."""

import json
from collections.abc import Iterable, Iterator

from pydantic import BaseModel

from extractor.schemas import Meeting, MeetingDiff

# JSON allows these inside a string, but many readers end a line at them.
_LINE_ENDS = {ord(char): f"\\u{ord(char):04x}" for char in "\x7f\x85\u2028\u2029"}


def meeting_lines(meetings: Iterable[Meeting]) -> str:
    """One line a meeting, in the order given."""
    return _lines(map(_json, meetings))


def statement_lines(meetings: Iterable[Meeting]) -> str:
    """One line a statement: its meeting's id, date (EDTF) and parties, then the statement's own fields."""
    return _lines(
        json.dumps(line, ensure_ascii=False, separators=(",", ":")) for m in meetings for line in _statements(m)
    )


def diff_lines(diffs: Iterable[MeetingDiff]) -> str:
    """One line a diff with the decisions on its meeting, in the order given."""
    return _lines(map(_json, diffs))


def record_lines(records: Iterable[BaseModel]) -> str:
    """One line a record of any kind, in the order given."""
    return _lines(map(_json, records))


def _json(record: BaseModel) -> str:
    return record.model_dump_json()


def _lines(lines: Iterable[str]) -> str:
    return "".join(line.translate(_LINE_ENDS) + "\n" for line in lines)


def _statements(meeting: Meeting) -> Iterator[dict[str, object]]:
    about = {"meeting": meeting.id, "date": meeting.date.value, "parties": [party.value for party in meeting.parties]}
    for statement in meeting.statements:
        yield about | statement.model_dump(mode="json")
