"""Reports of meetings and diffs: terminal, Markdown, HTML and JSON Lines.

Everything here takes finished records and only renders them. Article text is
untrusted in every format: it stays text.
"""

import os
from collections.abc import Sequence
from pathlib import Path

from extractor.errors import ConfigurationError
from extractor.report.html import render_html
from extractor.report.jsonlines import diff_lines, meeting_lines, statement_lines
from extractor.report.markdown import render_markdown
from extractor.schemas import Meeting, MeetingDiff

__all__ = [
    "diff_lines",
    "meeting_lines",
    "render_html",
    "render_markdown",
    "statement_lines",
    "write_file",
    "write_reports",
]


def write_reports(out: Path, meetings: Sequence[Meeting], diffs: Sequence[MeetingDiff]) -> list[Path]:
    """Write `meetings.jsonl`, `statements.jsonl`, `report.html` and `report.md`; return their paths.

    The folder is made where it is missing. All four are rendered before the
    first is written, and each replaces its predecessor in one step.

    Raises:
        ConfigurationError: the folder cannot be made or written.
    """
    files = {
        "meetings.jsonl": meeting_lines(meetings),
        "statements.jsonl": statement_lines(meetings),
        "report.html": render_html(meetings, diffs),
        "report.md": render_markdown(meetings, diffs),
    }
    return [write_file(out / name, text) for name, text in files.items()]


def write_file(path: Path, text: str) -> Path:
    """Write a file (UTF-8) in one step: whoever reads it sees the old one or the new one, never a part.

    Raises:
        ConfigurationError: it cannot be written.
    """
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            unfinished.write_bytes(text.encode())
            unfinished.replace(path)
        finally:
            unfinished.unlink(missing_ok=True)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ConfigurationError(f"cannot write {path}: {reason}; name a folder that can be written") from error
    return path
