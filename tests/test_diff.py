"""The diff: each item in its section, whatever the number of accounts."""

from pathlib import Path

import pytest

import extractor
from extractor.diff import diff, undecided
from extractor.schemas import MeetingDiff, Section
from extractor.settings import BUILTIN, Settings

LEAD = "Kenyan Foreign Minister Amina Wekesa met Ugandan Foreign Minister Ruth Nakato "
ACCOUNTS = {
    "a": LEAD + "in Nairobi on 3 March 2031. “The lake feeds two nations and its waters must be shared,” Wekesa said.",
    "b": LEAD + "in Nairobi on 3 March 2031. “The lake feeds two nations and its waters must be guarded,” Wekesa said.",
    "c": LEAD + "in Nairobi on 3 March 2031. The talks lasted two hours.",
    "both": LEAD
    + "in Nairobi on 3 March 2031. “The boats are many, the lake feeds two nations and its waters must be shared,” "
    "Wekesa said. “We shall meet again in the spring,” Nakato said.",
    "moved": LEAD + "in Nairobi on 4 March 2031. The talks lasted three hours.",
}


def diffs(folder: Path, *names: str) -> list[MeetingDiff]:
    """The diffs of all meetings that these accounts make."""
    for name in names:
        (folder / f"{name}.txt").write_text(ACCOUNTS[name])
    meetings = extractor.run(folder, settings=Settings(model=BUILTIN)).meetings
    return [diff(meeting, meetings) for meeting in meetings]


def test_a_meeting_with_one_account_is_all_what_that_one_says(tmp_path: Path) -> None:
    (only,) = diffs(tmp_path, "a")
    assert {row.section for row in only.rows} == {Section.ONLY}
    assert (only.score, only.signals) == (None, ())


def test_what_three_accounts_say_stands_on_three_sides(tmp_path: Path) -> None:
    (one,) = diffs(tmp_path, "a", "b", "c")
    (city,) = [row for row in one.section(Section.AGREED) if row.field == "city"]
    assert [side.label for side in city.sides] == ["A", "B", "C"]


def test_two_renderings_of_one_sentence_wait_for_a_person(tmp_path: Path) -> None:
    (one,) = diffs(tmp_path, "a", "b")
    (row,) = one.section(Section.TO_DECIDE)
    marked = {side.text[start:end] for side in row.sides for start, end in side.marks}
    assert marked == {"shared", "guarded"}
    assert undecided([one]) == 1


def test_dates_one_day_apart_are_compatible_and_a_doubt(tmp_path: Path) -> None:
    (one,) = diffs(tmp_path, "c", "moved")
    assert [row.field for row in one.section(Section.COMPATIBLE)] == ["date"]
    assert [row.field for row in one.section(Section.WARNINGS)] == ["one_day_apart"]


def test_durations_that_differ_conflict(tmp_path: Path) -> None:
    (one,) = diffs(tmp_path, "c", "moved")
    (row,) = one.section(Section.TO_DECIDE)
    assert (row.field, {side.value for side in row.sides}) == ("duration", {"PT2H", "PT3H"})


@pytest.mark.parametrize("names", [("a",), ("a", "b"), ("a", "b", "c", "moved")])
def test_the_ids_of_rows_are_their_own_and_links_lead_to_rows(tmp_path: Path, names: tuple[str, ...]) -> None:
    for one in diffs(tmp_path, *names):
        ids = [row.id for row in one.rows]
        assert len(ids) == len(set(ids))
        assert {link for row in one.rows for link in row.links} <= set(ids)


def test_sections_stand_in_their_order(tmp_path: Path) -> None:
    (one,) = diffs(tmp_path, "a", "b", "moved")
    order = list(Section)
    places = [order.index(row.section) for row in one.rows]
    assert places == sorted(places)


def test_each_statement_stands_once_in_the_order_of_the_texts(tmp_path: Path) -> None:
    (one,) = diffs(tmp_path, "a", "both")
    told = [(aligned.speaker, [side.text.split()[-1] for side in aligned.sides]) for aligned in one.statements]
    assert told == [("Amina Wekesa", ["shared,", "shared,"]), ("Ruth Nakato", ["spring,"])]
    rows = {row.id for row in one.rows if row.field == "statements"}
    assert {id_ for aligned in one.statements for side in aligned.sides for id_ in side.rows} == rows


def test_one_account_alone_has_nothing_beside_its_statements(tmp_path: Path) -> None:
    (one,) = diffs(tmp_path, "a")
    assert one.statements == ()


def test_a_row_tells_by_what_rule_its_value_was_chosen(tmp_path: Path) -> None:
    (one,) = diffs(tmp_path, "a", "b")
    assert {row.rule for row in one.rows if row.field == "format"} <= {"nobody states it"}
