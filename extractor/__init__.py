"""Meeting extractor: news articles in, one evidence-backed record per diplomatic meeting out.

    from extractor import extract_meetings

    for meeting in extract_meetings("seeds/"):
        print(meeting.id, meeting.date.value, [p.name for p in meeting.participants])

Names load when they are first used, so that `import extractor` costs little.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from extractor.api import ArticleWarning, extract_meetings, run
    from extractor.errors import ExtractorError
    from extractor.schemas import Meeting, MeetingDiff, Run, Statement
    from extractor.settings import Settings

__all__ = [
    "ArticleWarning",
    "ExtractorError",
    "Meeting",
    "MeetingDiff",
    "Run",
    "Settings",
    "Statement",
    "extract_meetings",
    "run",
]

_HOMES = {
    "extractor.api": ("ArticleWarning", "extract_meetings", "run"),
    "extractor.errors": ("ExtractorError",),
    "extractor.schemas": ("Meeting", "MeetingDiff", "Run", "Statement"),
    "extractor.settings": ("Settings",),
}


def __getattr__(name: str) -> object:
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(home), name)
    raise AttributeError(f"module 'extractor' has no attribute {name!r}")
