"""Writing the four files, and what holds for reports of every format."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from rich.console import Console

from extractor.errors import ConfigurationError
from extractor.report import (
    diff_lines,
    meeting_lines,
    render_html,
    render_markdown,
    statement_lines,
    write_reports,
)
from extractor.report.html import IN_PAGE
from extractor.report.terminal import diff_view
from extractor.schemas import Meeting, MeetingDiff
from tests.report_samples import DECISIONS, MEETING, articles, background, diff, meeting

Render = Callable[[Sequence[Meeting], Sequence[MeetingDiff]], str]


SECTIONS = (
    "to decide",
    "statements side by side",
    "only a",
    "only b",
    "compatible",
    "warnings",
    "ungrounded",
    "decided",
    "agreed",
    "background",
    "the decisions so far",
)


def in_terminal(_: Sequence[Meeting], diffs: Sequence[MeetingDiff]) -> str:
    console = Console(width=80, force_terminal=False)
    with console.capture() as capture:
        for one in diffs:
            console.print(diff_view(one))
    return capture.get()


FORMATS: dict[str, Render] = {"terminal": in_terminal, "markdown": render_markdown, "html": render_html}
NAMES = ["meetings.jsonl", "statements.jsonl", "report.html", "report.md"]


def test_four_files_are_written_into_a_folder_that_is_made(tmp_path: Path) -> None:
    written = write_reports(tmp_path / "new" / "out", [meeting()], [diff()])
    assert [path.name for path in written] == NAMES
    assert sorted(path.name for path in (tmp_path / "new" / "out").iterdir()) == sorted(NAMES)


def test_the_same_records_give_the_same_bytes(tmp_path: Path) -> None:
    record, other = background()
    first, second = (
        [path.read_bytes() for path in write_reports(tmp_path / name, [meeting("ABC"), record], [diff("ABC"), other])]
        for name in ("one", "two")
    )
    assert first == second


def test_the_texts_of_a_large_report_are_written_beside_it_and_lead_back(tmp_path: Path) -> None:
    records = [meeting(ident=f"{MEETING}-{i}") for i in range(IN_PAGE + 1)]
    diffs = [diff().model_copy(update={"meeting": record.id}) for record in records]
    written = write_reports(tmp_path, records, diffs, texts=articles())
    assert [path.name for path in written] == [*NAMES, "texts"]
    assert len(list(written[-1].iterdir())) == IN_PAGE + 1
    (page,) = written[-1].glob(f"{MEETING}-7.html")
    assert f'<a href="../report.html#{MEETING}-7.date"' in page.read_text()
    assert "texts/" + page.name in (tmp_path / "report.html").read_text()


def test_a_small_report_has_its_texts_within(tmp_path: Path) -> None:
    written = write_reports(tmp_path, [meeting()], [diff()], texts=articles())
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(NAMES)
    assert "Full texts" in written[2].read_text()


def test_a_line_of_a_diff_holds_the_statements_and_the_decisions() -> None:
    read = MeetingDiff.model_validate_json(diff_lines([diff().model_copy(update={"decisions": DECISIONS})]))
    assert (read.statements, read.decisions) == (diff().statements, DECISIONS)


def test_no_meetings_make_whole_reports_too(tmp_path: Path) -> None:
    contents = [path.read_text() for path in write_reports(tmp_path, [], [])]
    assert contents[:2] == ["", ""]
    assert "None." in contents[2]
    assert "None." in contents[3]


@pytest.mark.parametrize("name", NAMES)
def test_what_cannot_be_written_is_one_line_and_leaves_nothing_unfinished(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    with pytest.raises(ConfigurationError, match=name) as caught:
        write_reports(tmp_path, [meeting()], [diff()])
    assert "\n" not in str(caught.value)
    assert not list(tmp_path.glob("*.tmp")) + list(tmp_path.glob(".*.tmp"))


def test_a_file_where_the_folder_should_be_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine")
    with pytest.raises(ConfigurationError, match=r"cannot write .*; name a folder that can be written"):
        write_reports(tmp_path / "out", [meeting()], [diff()])
    assert (tmp_path / "out").read_text() == "mine"


def test_meetings_are_one_line_each_and_read_back_as_they_were() -> None:
    records = [meeting(), background()[0]]
    lines = meeting_lines(records).splitlines()
    assert [Meeting.model_validate_json(line) for line in lines] == records


def test_diffs_are_one_line_each_and_read_back_as_they_were() -> None:
    diffs = [diff(), diff("ABC")]
    assert [MeetingDiff.model_validate_json(line) for line in diff_lines(diffs).splitlines()] == diffs


def test_statements_are_one_line_each_and_name_their_meeting_first() -> None:
    lines = [json.loads(line) for line in statement_lines([meeting(), background()[0]]).splitlines()]
    about = {"meeting": meeting().id, "date": "2031-03-06", "parties": ["ETH", "KEN", "UGA"]}
    assert lines == [about | statement.model_dump(mode="json") for statement in meeting().statements]
    assert next(iter(lines[0])) == "meeting"


@pytest.mark.parametrize("end", ["\n", "\r", "\v", "\f", "\x1c", "\x85", "\u2028", "\u2029"])
def test_no_character_of_a_text_ends_a_line(end: str) -> None:
    spoken = meeting().statements[0].model_copy(update={"text": f"one{end}two"})
    record = meeting().model_copy(update={"statements": (spoken,)})
    for lines in (meeting_lines([record]), statement_lines([record])):
        assert len(lines.splitlines()) == 1
    assert json.loads(statement_lines([record]))["text"] == f"one{end}two"


def test_text_of_other_scripts_is_written_as_it_is() -> None:
    assert "湖畔新聞" in meeting_lines([meeting("ABC")])


@pytest.mark.parametrize("render", FORMATS.values(), ids=FORMATS)
@pytest.mark.parametrize("labels", ["AB", "ABC"])
def test_every_section_is_shown_with_its_count_in_this_order(render: Render, labels: str) -> None:
    page = " ".join(render([meeting(labels)], [diff(labels)]).lower().replace("&nbsp;", " ").split())
    at = page.index("why these are one meeting")
    for head in SECTIONS:
        assert head in page[at:], head
        at = page.index(head, at)


@pytest.mark.parametrize("render", FORMATS.values(), ids=FORMATS)
@pytest.mark.parametrize(
    "words",
    [
        "The Lakeside Courier",
        "publication date not stated",
        "shared words",
        "aggressive",
        "Illegal fishing is spreading",  # the whole of which the reading is a part
        "Two renderings of the same words",
        "Pronoun mismatch",
        "湖畔新聞",
        "called for calm",
        "we will meet again in April",  # ungrounded, and shown all the same
    ],
)
def test_three_accounts_are_told_in_full(render: Render, words: str) -> None:
    assert words in " ".join(render([meeting("ABC")], [diff("ABC")]).split())
