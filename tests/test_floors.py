"""The built-in model reads no worse than it did, nor otherwise than the documents say: floors under its figures.

The floors stand in `corpus/floors.yaml` with the hash of each corpus. A
figure below its floor fails; one that is well above it is named at the end of
the test run, and its floor can be raised.
"""

import hashlib
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
import yaml

from benchmarks.accuracy import figures, measured
from extractor.report.figures import cell
from extractor.schemas.evaluation import Evaluation
from extractor.settings import BUILTIN, Settings
from tests.conftest import RISEN

SETTINGS = Settings(model=BUILTIN)
ROOT = Path(__file__).parent.parent
FLOORS = yaml.safe_load((Path(__file__).parent / "corpus" / "floors.yaml").read_text("utf-8"))
SLACK = 0.01
"""How far above its floor a figure may be before it is worth a word."""


def digest(folder: Path) -> str:
    """The SHA-256 of the articles and their gold, by name."""
    files = sorted(path for path in folder.rglob("*") if path.suffix in (".txt", ".md", ".html", ".jsonl"))
    whole = hashlib.sha256()
    for path in (path for path in files if path.name != "README.md"):
        whole.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return whole.hexdigest()


@cache
def evaluation(corpus: str) -> Evaluation:
    """What the built-in model reads in a corpus."""
    return measured(ROOT / corpus, SETTINGS)


@pytest.mark.parametrize("corpus", FLOORS)
def test_the_figures_in_the_documents_are_those_of_today(corpus: str) -> None:
    document = (ROOT / "docs" / "accuracy.md").read_text("utf-8").splitlines()
    head, _, *rows = ([cell.strip() for cell in line.split("|")[1:-1]] for line in document if line.startswith("|"))
    printed = {row[0]: row[head.index(Path(corpus).name)] for row in rows}
    today = {name: cell(*figure).strip() for name, figure in figures(evaluation(corpus)).items()}
    assert {name: printed.get(name) for name in today} == today


@pytest.mark.parametrize("corpus", FLOORS)
def test_the_built_in_model_reads_no_worse_than_it_did(
    corpus: str, record_property: Callable[[str, object], None]
) -> None:
    kept = FLOORS[corpus]
    assert digest(ROOT / corpus) == kept["sha256"], f"{corpus} is not what its floors were measured on: measure again"
    found = {name: figure.value or 0.0 for name, figure in figures(evaluation(corpus)).items()}
    fallen = {name: (round(found[name], 3), floor) for name, floor in kept["floors"].items() if found[name] < floor}
    assert fallen == {}, "below the floor"
    for name, floor in kept["floors"].items():
        if found[name] > floor + SLACK:
            record_property(RISEN, f"{corpus}: {name} is {found[name]:.3f}, its floor {floor}")
