"""A diff as reports lay it out."""

import pytest

from extractor.report import sections
from extractor.schemas import Section
from tests.report_samples import DECISIONS, background, diff, meeting


@pytest.mark.parametrize(
    ("labels", "only"), [("AB", "only-a only-b"), ("ABC", "only-a only-b only-c")], ids=["two accounts", "three"]
)
def test_every_section_is_shown_in_order_and_each_source_has_its_own(labels: str, only: str) -> None:
    expected = f"to-decide {only} compatible warnings ungrounded decided agreed background"
    assert [group.key for group in sections.groups(diff(labels))] == expected.split()


def test_no_row_is_lost_among_the_groups() -> None:
    three = diff("ABC")
    shared = three.model_copy(
        update={"rows": (*three.rows, three.rows[0].model_copy(update={"id": "both", "section": Section.ONLY}))}
    )
    grouped = [row.id for group in sections.groups(shared) for row in group.rows]
    assert sorted(grouped) == sorted(row.id for row in shared.rows)


def test_what_was_decided_has_a_section_and_a_sign_of_its_own() -> None:
    (group,) = (group for group in sections.groups(diff()) if group.section is Section.DECIDED)
    assert (group.sign, [row.id for row in group.rows]) == ("✓", ["level"])


def test_a_diff_of_no_given_meeting_is_an_error() -> None:
    with pytest.raises(ValueError, match="no given meeting"):
        sections.pair([background()[0]], [diff()])


def test_the_weakest_pair_of_accounts_comes_first_with_its_score() -> None:
    found = [(pair.left, pair.right, pair.score, pair.in_words) for pair in sections.compared(diff("ABC"))]
    assert found == [("A", "C", 6, "1 for, 0 against"), ("A", "B", 41, "4 for, 1 against")]


def test_statements_stand_in_the_columns_of_their_sources() -> None:
    one = diff("ABC")
    shared = next(aligned for aligned in one.statements if aligned.speaker == "Dawit Bekele")
    assert [len(told) for told in sections.columns(shared, one)] == [2, 1, 1]


def test_decisions_that_a_diff_has_already_stay() -> None:
    decided = diff().model_copy(update={"decisions": DECISIONS})
    ((_, found),) = sections.pair([meeting()], [decided])
    assert found == decided


def test_a_link_to_a_row_is_told_by_section_and_title() -> None:
    row = next(row for row in diff().rows if row.id == "statements.3f")
    assert list(sections.see_also(diff(), row)) == [("warnings.1", "Warnings: Pronoun mismatch")]
