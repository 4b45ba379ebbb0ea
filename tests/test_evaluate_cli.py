"""`extractor evaluate`, run as a user runs it."""

import json
import os
import re
import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import run

import pytest

from extractor import pipeline
from extractor.cli import main
from extractor.schemas.evaluation import EvaluationReport
from extractor.settings import BUILTIN, Settings
from tests.conftest import SEEDS
from tests.test_cli import ARTICLE, ENVIRONMENT, Done

GOLD = SEEDS / "gold.jsonl"


Command = Callable[..., Done]


@pytest.fixture
def extractor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """The command in this process and an empty folder, as the machine takes seconds to start another."""
    for name in os.environ.keys() - ENVIRONMENT.keys():
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str | Path) -> Done:
        monkeypatch.setattr(sys, "argv", ["extractor", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capsys.readouterr()
        return Done(int(ended.value.code or 0), out, err)

    return call


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with the seeds in it."""
    file = tmp_path_factory.mktemp("evaluate") / "seeds.db"
    pipeline.extract(SEEDS, Settings(model=BUILTIN), db=file)
    return file


@pytest.fixture
def coder(tmp_path: Path) -> Path:
    """A second coder's gold of the seeds: other dates, and a meeting less."""
    lines = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
    for line in lines:
        for meeting in line["meetings"]:
            meeting["date"] = meeting["date"] and meeting["date"][:4]
    lines[0]["meetings"] = []
    file = tmp_path / "coder.jsonl"
    file.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    return file


def test_it_prints_tables_within_80_columns_and_what_a_run_cost(extractor: Command, tmp_path: Path) -> None:
    done = extractor("evaluate", SEEDS, "--gold", GOLD, "--model", "builtin")
    assert done.code == 0
    assert max(map(len, done.out.splitlines())) <= 80
    assert "meetings         12" in done.out
    assert re.search(r"^5 articles asked: [\d,]+ tokens, [\d.]+ s and no cost an article\.$", done.out, re.MULTILINE)
    assert list(tmp_path.iterdir()) == []


def test_a_workspace_is_scored_without_asking_and_always_the_same(extractor: Command, db: Path) -> None:
    first, second = (extractor("evaluate", "--db", db, "--gold", GOLD) for _ in range(2))
    assert (first.code, first.err) == (0, "")
    assert first == second


def test_a_report_is_written_and_named(extractor: Command, tmp_path: Path, db: Path, coder: Path) -> None:
    done = extractor("evaluate", "--db", db, "--gold", coder, "--report", "out/errors.html")
    assert done.err == "wrote out/errors.html\n"
    assert "Read from" in (tmp_path / "out" / "errors.html").read_text(encoding="utf-8")


def test_what_was_answered_from_the_workspace_is_said_to_be(extractor: Command, db: Path) -> None:
    done = extractor("evaluate", SEEDS, "--gold", GOLD, "--db", db, "--model", "builtin")
    assert "5 articles, all answered from the workspace: nothing was spent." in done.out


def test_json_is_one_document_with_all_figures_and_errors(extractor: Command, db: Path, coder: Path) -> None:
    done = extractor("evaluate", "--db", db, "--gold", coder, "--against", db, "--json")
    report = EvaluationReport.model_validate_json(done.out)
    assert report.schema_version == 1
    assert report.evaluation
    assert report.evaluation.row("meetings").intervals["f1"].low <= 11 * 2 / 23
    assert {error.field for error in report.evaluation.errors} == {"date", "meetings"}
    assert report.comparison
    assert {row.field for row in report.comparison.rows if row.alpha is not None} >= {"role", "date", "parties"}


def test_errors_are_listed_worst_first_with_the_words_of_the_article(extractor: Command, db: Path, coder: Path) -> None:
    done = extractor("evaluate", "--db", db, "--gold", coder, "--errors")
    errors = [line.split()[:2] for line in done.out.splitlines() if line.startswith(("invented ", "wrong ", "missed "))]
    assert errors[0] == ["invented", "meetings"]
    assert ["wrong", "date"] in errors
    assert "‹on Thursday›" in done.out
    assert max(map(len, done.out.splitlines())) <= 100


def test_two_gold_files_need_no_article(extractor: Command, coder: Path) -> None:
    done = extractor("evaluate", "--gold", GOLD, "--against", coder)
    assert (done.code, done.err) == (0, "")
    assert "meetings          11    12" in done.out
    assert "  date: 2025-04-03 → 2025\n" in done.out
    assert "nan" not in done.out


def test_a_workspace_is_compared_with_a_workspace_and_gold_with_gold(extractor: Command, db: Path, coder: Path) -> None:
    def sides(*arguments: str | Path) -> tuple[str, str]:
        found = EvaluationReport.model_validate_json(extractor("evaluate", "--json", *arguments).out).comparison
        assert found
        return found.left, found.right

    assert sides("--db", db, "--gold", GOLD, "--against", coder) == (str(GOLD), str(coder))
    assert sides("--db", db, "--gold", GOLD, "--against", db) == ("builtin", f"builtin ({db})")
    assert sides("--db", db, "--against", coder) == ("builtin", str(coder))
    assert sides("--gold", GOLD, "--against", db) == (str(GOLD), f"builtin ({db})")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("a.txt",), "scored against what? Name a gold file (--gold)"),
        (("--gold", "gold.jsonl"), "which articles? Name files or folders"),
        (("a.txt", "--gold", "nowhere.jsonl"), "nowhere.jsonl cannot be read as a gold file"),
        (("a.txt", "--gold", "broken.jsonl"), "broken.jsonl, line 2: a date is not EDTF"),
        (("a.txt", "--gold", "others.jsonl"), "others.jsonl knows none of these articles"),
        (("--gold", "gold.jsonl", "--against", "nowhere.jsonl"), "nowhere.jsonl cannot be read"),
        (("--gold", "gold.jsonl", "--against", "others.jsonl"), "have no article in common"),
        (("--db", "nowhere.db", "--gold", "gold.jsonl"), "nowhere.db"),
    ],
)
def test_what_cannot_work_is_one_clear_line(
    extractor: Command, tmp_path: Path, arguments: tuple[str, ...], words: str
) -> None:
    (tmp_path / "a.txt").write_text(ARTICLE)
    (tmp_path / "gold.jsonl").write_text('{"file": "a.txt", "meetings": []}\n')
    (tmp_path / "others.jsonl").write_text('{"file": "b.txt", "meetings": []}\n')
    (tmp_path / "broken.jsonl").write_text(
        '{"file": "b.txt", "meetings": []}\n{"file": "a.txt", "meetings": [{"id": "x", "date": "last May"}]}\n'
    )
    done = extractor("evaluate", *arguments, "--quiet")
    assert done.code == 2
    assert done.out == ""
    assert words in done.err
    assert len(done.err.splitlines()) == 1


def test_gold_that_nothing_can_match_is_mentioned_and_counts_as_missed(extractor: Command, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ARTICLE)
    talks = {"id": "t", "parties": ["KEN", "UGA"], "level": "minister"}
    lines = [{"file": "a.txt", "meetings": []}, {"file": "b.txt", "meetings": [talks]}]
    (tmp_path / "gold.jsonl").write_text("\n".join(map(json.dumps, lines)))
    done = extractor("evaluate", "a.txt", "--gold", "gold.jsonl", "--json", "--model", "builtin")
    assert "gold.jsonl: b.txt, t: level 'minister' is none of leaders, ministers" in done.err
    assert "1 articles of gold.jsonl are not here, and count as missed: b.txt" in done.err
    report = EvaluationReport.model_validate_json(done.out).evaluation
    assert report
    assert report.row("meetings").missed == 1


@pytest.mark.parametrize("library", ["scipy", "numpy"])
def test_without_its_libraries_it_says_how_to_get_them(library: str) -> None:
    hidden = f"import sys; sys.modules[{library!r}] = None; from extractor.cli import main; main()"
    done = run(
        [sys.executable, "-c", hidden, "evaluate", "--gold", GOLD, "--against", GOLD],
        capture_output=True,
        text=True,
        env=ENVIRONMENT,
        check=False,
    )
    assert done.returncode == 2
    assert "pip install 'meeting-extractor[evaluate]'" in done.stderr
    assert len(done.stderr.splitlines()) == 1
