"""Reports of meetings and diffs: terminal, Markdown, HTML and JSON Lines.

Everything here takes finished records and only renders them. Article text is
untrusted in every format: it stays text.
"""

import os
from collections.abc import Sequence
from pathlib import Path

from extractor.errors import ConfigurationError
from extractor.report.html import IN_PAGE, NO_TEXTS, Texts, render_html, render_texts
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

TEXTS = "texts"
"""The folder of full texts beside a large report."""


def write_reports(
    out: Path,
    meetings: Sequence[Meeting],
    diffs: Sequence[MeetingDiff],
    *,
    texts: Texts = NO_TEXTS,
) -> list[Path]:
    """Write `meetings.jsonl`, `statements.jsonl`, `report.html` and `report.md`; return their paths.

    The folder is made where it is missing. All four are rendered before the
    first is written, and each replaces its predecessor in one step. The full
    texts of a report of more than `IN_PAGE` meetings are written into the
    folder `texts`, a file a meeting; then that comes last among the paths.

    Raises:
        ConfigurationError: the folder cannot be made or written.
    """
    beside = TEXTS if texts and len(meetings) > IN_PAGE else ""
    files = {
        "meetings.jsonl": meeting_lines(meetings),
        "statements.jsonl": statement_lines(meetings),
        "report.html": render_html(meetings, diffs, texts=texts, beside=beside),
        "report.md": render_markdown(meetings, diffs),
    }
    written = [write_file(out / name, text) for name, text in files.items()]
    if beside:
        for name, text in render_texts(meetings, diffs, texts, report="../report.html"):
            write_file(out / beside / name, text)
        written.append(out / beside)
    return written


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
