"""`extractor compare`, run as a user runs it, over workspaces and files of records."""

import json
from pathlib import Path

import pytest

from extractor.schemas import Difference, MeetingComparison
from tests.judged import FULL, PLACED, VAGUE, workspace
from tests.test_cli import Done, extractor


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the records and workspaces of a few readings."""
    folder = tmp_path_factory.mktemp("home")
    for name, texts in {
        "full": [FULL],
        "both": [FULL, PLACED],
        "apart": [FULL, VAGUE],
        "vague": [VAGUE],
    }.items():
        with workspace(*texts, db=folder / f"{name}.db"):
            pass
    (folder / "in").mkdir()
    (folder / "in" / "0.txt").write_text(FULL)
    done = extractor("run", "in", "--db", "run.db", "--out", "out", "--model", "builtin", cwd=folder)
    assert done.code == 0
    return folder


def compare(home: Path, *arguments: str) -> Done:
    return extractor("compare", *arguments, cwd=home)


def differences(done: Done) -> list[MeetingComparison]:
    return [MeetingComparison.model_validate_json(line) for line in done.out.splitlines()]


@pytest.mark.parametrize(
    ("old", "new", "kinds"),
    [
        pytest.param("full.db", "apart.db", [Difference.NEW], id="one more article, of another meeting"),
        pytest.param(
            "apart.db", "vague.db", [Difference.GONE, Difference.SAME_VALUES], id="one less, and the other was renamed"
        ),
    ],
)
def test_json_is_a_record_a_meeting_that_differs(home: Path, old: str, new: str, kinds: list[Difference]) -> None:
    found = differences(compare(home, old, new, "--format", "json"))
    assert [one.difference for one in found] == kinds


@pytest.mark.parametrize(("old", "new"), [("both.db", "both.db"), ("out/meetings.jsonl", "run.db")])
def test_the_same_records_differ_in_nothing_wherever_they_are(home: Path, old: str, new: str) -> None:
    done = compare(home, old, new, "--exit-code")
    assert done.code == 0
    assert done.out.startswith("Nothing differs: 1 meeting on both sides")


def test_it_tells_in_80_columns_what_is_new_and_who_says_it_and_ends_with_1_where_that_is_asked_for(home: Path) -> None:
    done = compare(home, "full.db", "both.db", "--exit-code")
    assert done.code == 1
    assert done.out.splitlines()[0].startswith("1 meeting → 1: 1 changed; ")
    assert max(map(len, done.out.splitlines())) <= 80
    assert "+ Article  1.txt" in done.out
    assert "+ Outcome  agreed: to pave the lake road  1.txt" in done.out
    assert "made by builtin" in done.out


@pytest.mark.parametrize("form", ["term", "md", "html", "json"])
def test_every_form_tells_what_changed_on_the_screen_or_in_a_file(home: Path, form: str) -> None:
    printed = compare(home, "full.db", "both.db", "--format", form)
    assert printed.code == 0
    assert "to pave the lake road" in printed.out
    assert form == "json" or "1 meeting → 1: 1 changed" in printed.out
    done = compare(home, "full.db", "both.db", "--format", form, "-o", f"found.{form}")
    assert (done.out, done.err) == ("", f"wrote found.{form}\n")
    assert (home / f"found.{form}").read_text() == printed.out


def test_the_order_of_the_lines_does_not_matter(home: Path) -> None:
    lines = [extractor("meetings", "--json", "--db", "apart.db", cwd=home).out.splitlines(keepends=True)]
    lines.append(lines[0][::-1])
    assert lines[0] != lines[1]
    for name, some in zip(("there.jsonl", "back.jsonl"), lines, strict=True):
        (home / name).write_text("".join(some))
    there, back = (compare(home, "both.db", f"{name}.jsonl", "--format", "json").out for name in ("there", "back"))
    assert there == back != ""


def test_a_workspace_is_compared_wherever_it_is(home: Path, shared: str) -> None:
    with workspace(FULL, PLACED, db=shared):
        pass
    assert compare(home, shared, "both.db").out.startswith("Nothing differs: 1 meeting on both sides")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("\n[1]\n", "line 2: no meeting (the line: "),
        ("not JSON\n", "line 1: no meeting (the line: "),
        ("\udcff\n", "line 1: no meeting ("),
    ],
)
def test_a_line_that_is_no_meeting_is_an_error_in_one_line(tmp_path: Path, content: str, told: str) -> None:
    (tmp_path / "bad.jsonl").write_bytes(content.encode(errors="surrogateescape"))
    done = extractor("compare", "bad.jsonl", "bad.jsonl", cwd=tmp_path)
    assert done.code == 2
    assert done.err.startswith(f"error: bad.jsonl, {told}")
    assert done.err.endswith("name a meetings.jsonl as `extractor run --out` of this version writes it\n")
    assert done.err.count("\n") == 1


def test_a_meeting_that_stands_twice_in_a_file_is_an_error(home: Path) -> None:
    line = (home / "out" / "meetings.jsonl").read_text()
    (home / "twice.jsonl").write_text(line * 2)
    done = compare(home, "twice.jsonl", "out")
    assert (done.code, done.err) == (
        2,
        f"error: twice.jsonl, line 2: {json.loads(line)['id']} stands there twice; keep one of them\n",
    )


@pytest.mark.parametrize(
    ("side", "told"),
    [
        ("missing.db", "missing.db does not exist: "),
        ("missing.jsonl", "missing.jsonl cannot be read: "),
        ("in", "in/meetings.jsonl cannot be read: "),
        ("in/0.txt", "0.txt is no workspace: "),
    ],
)
def test_what_cannot_be_compared_is_said(home: Path, side: str, told: str) -> None:
    done = compare(home, "full.db", side)
    assert (done.code, done.out) == (2, "")
    assert told in done.err
    assert not (home / "missing.db").exists()


def test_the_schema_of_a_line_is_published() -> None:
    schema = json.loads(extractor("schema", "comparison").out)
    assert schema["title"] == "MeetingComparison"
    assert {"difference", "was", "now", "changes"} <= set(schema["required"])
