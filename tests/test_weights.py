"""Weights: a file of them, which are in force, and that meetings follow them there and back."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from itertools import combinations
from pathlib import Path

import pytest
import yaml

import extractor
from extractor import pipeline
from extractor.cli import main
from extractor.errors import ConfigurationError
from extractor.settings import BUILTIN, Settings
from extractor.store import Workspace
from extractor.weights import Weights, in_force, standard
from tests.test_cli import ENVIRONMENT, Done

MEETINGS = list(combinations(["Kenya", "Norway", "Peru", "Vietnam", "Ghana"], 2))
CITIES = ("Bergen", "Nairobi", "Lima", "Hanoi", "Accra", "Santiago", "Oslo")
MINISTERS, PRESIDENTS = "foreign ministers", "presidents"


def changed(**signals: int) -> Weights:
    named = {name.replace("_", " "): weight for name, weight in signals.items()}
    return standard().model_copy(update={"signals": {**standard().signals, **named}})


DEAF = changed(city_other=0)
"""To these it is nothing if two accounts name two cities."""


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three articles for each two countries: two on ministers, one on presidents, each naming a city of its own."""
    folder = tmp_path_factory.mktemp("press")
    for number, (one, other) in enumerate(MEETINGS):
        for copy, who in enumerate((MINISTERS, MINISTERS, PRESIDENTS)):
            city = CITIES[(3 * copy + number) % len(CITIES)]
            lines = [f"The {who} of {one} and {other} met in {city} on 3 March 2031.", *["It snowed."] * copy]
            (folder / f"{number}-{copy}.txt").write_text("\n".join(lines), encoding="utf-8")
    return folder


@pytest.fixture
def db(press: Path, tmp_path: Path) -> Path:
    """A workspace with that press in it."""
    pipeline.extract(press, Settings(model=BUILTIN), db=tmp_path / "press.db")
    return tmp_path / "press.db"


# A file of weights


def test_weights_are_what_they_were_after_dumping_and_loading(tmp_path: Path) -> None:
    path = tmp_path / "weights.yaml"
    path.write_text(DEAF.dump("learnt\nsomewhere"), encoding="utf-8")
    assert Weights.load(path) == DEAF
    assert path.read_text().startswith("# learnt\n# somewhere\nthreshold: ")


def test_the_digest_is_that_of_the_numbers() -> None:
    turned = {**standard().model_dump(), "signals": dict(sorted(standard().signals.items(), reverse=True))}
    assert Weights.model_validate(turned).digest == standard().digest
    others = [DEAF, standard().model_copy(update={"threshold": standard().threshold + 1})]
    assert len({one.digest for one in [standard(), *others]}) == 3


def _without(name: str) -> str:
    signals = {known: weight for known, weight in standard().signals.items() if known != name}
    return standard().model_copy(update={"signals": signals}).dump()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "holds no weights"),
        ("threshold: [", "holds no weights"),
        (standard().dump().replace("city same: 5", "city same: lots"), "holds no weights"),
        (_without("city same"), "city same: is missing"),
        (changed(weather_same=3).dump(), "weather same: is missing, or no signal of that name"),
    ],
)
def test_a_file_that_holds_no_weights_is_one_clear_line(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "weights.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigurationError, match=message) as caught:
        in_force(path)
    assert "\n" not in str(caught.value)


def test_where_no_file_is_named_the_weights_of_the_package_are_in_force() -> None:
    assert in_force(None) == standard()


# Meetings follow the weights


def test_a_run_reconciles_by_the_weights_of_its_settings(press: Path, tmp_path: Path) -> None:
    path = tmp_path / "weights.yaml"
    path.write_text(DEAF.dump(), encoding="utf-8")
    settings = Settings.from_environment({"EXTRACTOR_MODEL": BUILTIN, "EXTRACTOR_WEIGHTS": str(path)})
    by_city = extractor.extract_meetings(press, model=BUILTIN)
    by_day = extractor.extract_meetings(press, settings=settings)
    assert (len(by_city), len(by_day)) == (3 * len(MEETINGS), 2 * len(MEETINGS))


def test_a_run_with_weights_that_are_not_there_ends_before_it_asks(press: Path, tmp_path: Path) -> None:
    settings = Settings(model=BUILTIN, weights=tmp_path / "none.yaml")
    with pytest.raises(ConfigurationError, match="No such file"):
        extractor.run(press, settings=settings, db=tmp_path / "w.db")
    assert not (tmp_path / "w.db").exists()


def test_kept_meetings_are_made_anew_by_other_weights_and_back(db: Path) -> None:
    with Workspace.open(db) as workspace:
        first = pipeline.meetings(workspace)
        assert pipeline.settle(workspace, DEAF) == 2 * len(MEETINGS) < len(first)
        kept = workspace.reconciled()
        assert pipeline.settle(workspace, Weights.model_validate(DEAF.model_dump())) == 2 * len(MEETINGS)
        assert workspace.reconciled() == kept
        assert pipeline.meetings(workspace) == first


# The command


Command = Callable[..., Done]


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """The command in this process and an empty folder, as the machine takes seconds to start another."""
    for name in os.environ.keys() - ENVIRONMENT.keys():
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str | Path, **env: str) -> Done:
        monkeypatch.setattr(sys, "argv", ["extractor", *map(str, arguments)])
        with monkeypatch.context() as patch:
            for name, value in env.items():
                patch.setenv(name, value)
            with pytest.raises(SystemExit) as ended:
                main()
        out, err = capsys.readouterr()
        return Done(int(ended.value.code or 0), out, err)

    return call


def labelled(command: Command, db: Path, most: int = 100) -> Path:
    """The pairs that the command prints, labelled by who heeds level and parties only, and sees so many same ones."""
    rows = [json.loads(line) for line in command("weights", "pairs", "--db", db).out.splitlines()]
    for row in rows:
        left, right = ((said["level"], sorted(said["parties"])) for said in (row["left_says"], row["right_says"]))
        row["same"] = left == right and sum(bool(other["same"]) for other in rows) < most
    path = db.with_name("labels.jsonl")
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return path


def test_weights_that_were_learnt_change_the_meetings_and_those_of_the_package_change_them_back(
    command: Command, press: Path, db: Path
) -> None:
    def meetings(*arguments: str | Path, **env: str) -> list[str]:
        return command(*arguments, "--db", db, "--json", **env).out.splitlines()

    before = meetings("meetings")
    done = command("weights", "fit", labelled(command, db), "--db", db, "-o", "learnt.yaml")
    assert done.code == 0
    assert "30 pairs: 10 the same, 20 different" in done.err
    learnt = meetings("run", press, "--quiet", EXTRACTOR_WEIGHTS="learnt.yaml")
    assert len(learnt) == 2 * len(MEETINGS) < len(before)
    assert meetings("meetings", "--weights", "learnt.yaml") == learnt
    assert meetings("meetings") == before


def test_gold_teaches_what_its_pairs_would(command: Command, press: Path, db: Path) -> None:
    gold = [
        {
            "file": file.name,
            "meetings": [
                {"id": f"{file.stem[0]} {PRESIDENTS in file.read_text()}", "parties": parties, "date": "2031-03-03"}
            ],
        }
        for file in sorted(press.iterdir())
        for parties in [sorted(_codes(MEETINGS[int(file.stem[0])]))]
    ]
    (db.parent / "gold.jsonl").write_text("\n".join(map(json.dumps, gold)), encoding="utf-8")
    by_gold, by_pairs = (
        command("weights", "fit", labels, "--db", db) for labels in ("gold.jsonl", labelled(command, db))
    )
    assert by_gold.code == 0
    assert yaml.safe_load(by_gold.out) == yaml.safe_load(by_pairs.out)
    assert yaml.safe_load(by_gold.out) != standard().model_dump()


def _codes(names: tuple[str, ...]) -> list[str]:
    codes = {"Kenya": "KEN", "Norway": "NOR", "Peru": "PER", "Vietnam": "VNM", "Ghana": "GHA"}
    return [codes[name] for name in names]


def test_it_tells_what_moved_and_what_the_weights_were_learnt_from(command: Command, db: Path) -> None:
    done = command("weights", "fit", labelled(command, db), "--db", db)
    assert [line.split("  ")[0] for line in done.err.splitlines()[2:5]] == [
        "the weights before",
        "learnt, pairs held out",
        "learnt, all these pairs",
    ]
    assert "city other" in done.err
    assert done.out.startswith("# Learnt from 30 labelled pairs (10 the same, 20 different) of labels.jsonl\n")


@pytest.mark.parametrize(("most", "better"), [(100, True), (2, False)])
def test_weights_that_are_no_better_on_pairs_held_out_are_said_to_be(
    command: Command, db: Path, most: int, *, better: bool
) -> None:
    done = command("weights", "fit", labelled(command, db, most), "--db", db)
    assert ("held out they are no better than before: label more" in done.err) is not better


def test_the_weights_in_force_are_shown_with_where_they_are_from(command: Command, tmp_path: Path) -> None:
    done = command("weights", "show")
    assert done.out.startswith("# The weights of the package\n")
    assert Weights.model_validate(yaml.safe_load(done.out)) == standard()
    (tmp_path / "own.yaml").write_text(DEAF.dump(), encoding="utf-8")
    done = command("weights", "show", EXTRACTOR_WEIGHTS="own.yaml")
    assert done.out.startswith("# own.yaml\n")
    assert Weights.model_validate(yaml.safe_load(done.out)) == DEAF


def test_so_many_pairs_are_printed_as_are_asked_for(command: Command, db: Path) -> None:
    done = command("weights", "pairs", "--db", db, "-n", "7")
    assert len(done.out.splitlines()) == 7


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ('{"left": "a-0", "right": "a-1", "same": true}', "line 1: a-0 is no account of this workspace"),
        ("", "labels no pair of this workspace"),
        ('{"file": "elsewhere.txt", "meetings": []}', "labels no pair of this workspace"),
    ],
)
def test_labels_that_teach_nothing_are_one_clear_line(command: Command, db: Path, lines: str, message: str) -> None:
    (db.parent / "labels.jsonl").write_text(lines, encoding="utf-8")
    done = command("weights", "fit", "labels.jsonl", "--db", db)
    assert (done.code, done.out) == (2, "")
    assert message in done.err
    assert len(done.err.splitlines()) == 1


def test_without_its_libraries_it_says_how_to_get_them(tmp_path: Path) -> None:
    hidden = "import sys; sys.modules['numpy'] = None; from extractor.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", hidden, "weights", "fit", "labels.jsonl"],
        cwd=tmp_path,
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "pip install 'meeting-extractor[evaluate]'" in done.stderr
    assert len(done.stderr.splitlines()) == 1
