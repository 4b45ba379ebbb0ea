"""What the built-in model reads in a text, without a workspace."""

from extractor.builtin.reader import Line, read_draft
from extractor.schemas.draft import DraftMeeting
from extractor.texts import sentences


def meetings(text: str, publisher: str = "") -> list[DraftMeeting]:
    lines = [Line(s.number, s.paragraph, text[s.start : s.end]) for s in sentences.split(text)]
    return read_draft(lines, publisher).meetings


def parties(text: str, publisher: str = "") -> list[set[str]]:
    return [{party.name for party in meeting.parties} for meeting in meetings(text, publisher)]
