"""How well a model reads, corpus by corpus, in one table of Markdown.

    python -m benchmarks.accuracy [FOLDER ...]

A corpus is a folder with `gold.jsonl`; its articles stand beside that, or in
`articles/`. Without folders: `seeds/` and `tests/corpus/`. The model is that
of the environment (EXTRACTOR_MODEL ...); without one, the built-in one.
"""

import sys
import tempfile
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from extractor import pipeline
from extractor.evaluate import by_file, evaluate, load_gold, named
from extractor.model import revision
from extractor.report.figures import cell, field_name
from extractor.schemas.evaluation import METHOD, Evaluation
from extractor.schemas.scores import Interval
from extractor.settings import Settings
from extractor.store import Workspace

ROOT = Path(__file__).parent.parent
CORPORA = (ROOT / "seeds", ROOT / "tests" / "corpus")

MEASURES = {
    "meetings": ("precision", "recall", "f1"),
    "role": ("accuracy",),
    "occurrence": ("accuracy",),
    "date": ("f1", "accuracy"),
    "date_compatible": ("f1", "accuracy"),
    "city": ("f1",),
    "country": ("f1",),
    "level": ("accuracy",),
    "format": ("f1",),
    "host_event": ("f1",),
    "parties": ("f1",),
    "participants": ("f1",),
    "represents": ("accuracy",),
    "quotes": ("recall",),
    "quotes_anywhere": ("recall",),
    "quotes_given": ("precision",),
    "speaker": ("accuracy",),
    "kind": ("accuracy",),
    "overall": ("f1",),
}
"""What the table shows of each field. Accuracy counts the rightly empty ones; F1 doesn't."""
MERGING = {
    "bcubed_precision": "B-cubed precision",
    "bcubed_recall": "B-cubed recall",
    "bcubed_f1": "B-cubed F1",
    "pairwise_f1": "pairwise F1",
}


class Figure(NamedTuple):
    """A measure, 0 to 1, with its interval; None where it has no case."""

    value: float | None
    interval: Interval | None


def main(folders: Sequence[str]) -> None:
    """Prints the table of the folders, or of the project's own corpora."""
    settings = Settings.from_environment()
    found = {folder.name: measured(folder, settings) for folder in map(Path, folders or CORPORA)}
    today = datetime.now(UTC).date()
    rules = f" (rules {revision(settings)[:12]})" if settings.builtin else ""
    print(f"Model: {settings.model}{rules}; {today:%-d %B %Y}.\n\n{table(found)}\n\n{METHOD}")


def measured(folder: Path, settings: Settings) -> Evaluation:
    """What a model reads in a corpus, against its gold."""
    gold = load_gold(folder / "gold.jsonl")
    articles = folder / "articles"
    with tempfile.TemporaryDirectory() as scratch:
        db = Path(scratch) / "accuracy.db"
        pipeline.extract(sorted(_articles(articles if articles.is_dir() else folder)), settings, db=db)
        with Workspace.open(db) as workspace:
            known = named(workspace.articles())
            told = by_file(known.values(), pipeline.accounts(workspace))
            return evaluate(known, told, pipeline.meetings(workspace), gold, model=settings.model, name=folder.name)


def figures(evaluation: Evaluation) -> dict[str, Figure]:
    """The measures of the table by their names."""
    found: dict[str, Figure] = {}
    for field, names in MEASURES.items():
        row = evaluation.row(field)
        for name in names:
            title = f"{field_name(field)}, {name.replace('f1', 'F1')}"
            found[title] = Figure(getattr(row, name), row.intervals.get(name))
    for merging in evaluation.merging:
        for name, title in MERGING.items():
            scope = merging.scope.replace("gold", "all gold")
            found[f"{title}, {scope}"] = Figure(getattr(merging, name), merging.intervals.get(name))
    return found


def table(found: dict[str, Evaluation]) -> str:
    """The measures as rows, the corpora as columns, in Markdown."""
    rows = [
        ["", *found],
        ["---", *("---:" for _ in found)],
        ["articles", *(str(one.articles) for one in found.values())],
        ["meetings in gold", *(str(row.right + row.missed) for row in (one.row("meetings") for one in found.values()))],
    ]
    columns = [figures(one) for one in found.values()]
    rows += [[name, *(cell(*column[name]).strip() for column in columns)] for name in columns[0]]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _articles(folder: Path) -> Iterator[Path]:
    """The texts of a corpus: no gold, no manifest, no page about it."""
    return (path for path in folder.iterdir() if path.suffix in (".txt", ".md", ".html") and path.name != "README.md")


if __name__ == "__main__":
    main(sys.argv[1:])
