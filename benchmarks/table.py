"""What a benchmark found, as text or JSON, with what it was found on."""

import json
import os
import platform
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

Cell = str | int | float | None
Row = Mapping[str, Cell]

_LIBRARIES = ("meeting-extractor", "instructor", "openai", "pydantic", "sqlalchemy")


@dataclass(frozen=True)
class Table:
    """Rows under one title; the first row's keys are the columns."""

    title: str
    rows: Sequence[Row]

    def text(self) -> str:
        """The table for a terminal: words to the left, numbers to the right."""
        columns = [*self.rows[0]]
        cells = [columns, *([_cell(row[column]) for column in columns] for row in self.rows)]
        widths = [max(len(line[at]) for line in cells) for at in range(len(columns))]
        words = [isinstance(self.rows[0][column], str) for column in columns]
        lines = [
            "  ".join(
                cell.ljust(width) if word else cell.rjust(width)
                for cell, width, word in zip(line, widths, words, strict=True)
            ).rstrip()
            for line in cells
        ]
        return "\n".join([self.title, "", *lines, ""])


def machine() -> dict[str, Cell]:
    """Where and with what: date (UTC), Python, platform, cores, versions."""
    return {
        "date": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "platform": f"{platform.system()} {platform.machine()}",
        "processor": _processor(),
        "cores": os.cpu_count(),
        **{name: version(name) for name in _LIBRARIES},
    }


def shown(tables: Sequence[Table], about: Mapping[str, Cell], *, as_json: bool) -> str:
    """All that was found, as it is printed."""
    if as_json:
        return json.dumps({"about": dict(about), "tables": [asdict(table) for table in tables]}, indent=2)
    head = "\n".join(f"{name}: {value}" for name, value in about.items())
    return "\n".join([head, "", *(table.text() for table in tables)]).rstrip()


def _cell(value: Cell) -> str:
    if isinstance(value, float):
        return f"{value:,.2f}"
    return f"{value:,}" if isinstance(value, int) else value or "-"


def _processor() -> str | None:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.processor() or None
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), None)
