"""Words where they stand: sentences, paragraphs, marks; and two accounts side by side."""

from collections.abc import Sequence

import pytest

from extractor.review.facing import MATTER, SETTING, facing, lines
from extractor.review.passages import Passage, differing, paragraphs, sentences
from extractor.schemas import Article, Evidence, Grounding, Side
from tests import judged
from tests.reviewing import waits
from tests.workspaces import article

TEXT = "It rained. The talks lasted two hours, and two more.\n\nSun came out.\n\nBirds sang.\n\nThey dined late.\n"
OF = article(TEXT)


def evidence(words: str, of: Article = OF) -> Evidence:
    start = of.text.index(words)
    end = start + len(words)
    return Evidence(article=of.id, start=start, end=end, exact=words, grounding=Grounding.VERBATIM)


def told(passage: Passage) -> str:
    """A passage with its marks: [evidence], {words that differ}."""
    marks = {(False, False): "{}", (True, False): "[{}]", (False, True): "{{{}}}", (True, True): "[{{{}}}]"}
    return "".join(marks[piece.told, piece.differs].format(piece.text) for piece in passage)


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        (["two hours"], ["The talks lasted [two hours], and two more."]),
        (["hours", "two more"], ["The talks lasted two [hours], and [two more]."]),
        (["lasted two", "two hours"], ["The talks [lasted two hours], and two more."]),
        (["rained. The talks"], ["It [rained. The talks] lasted two hours, and two more."]),
        (["dined", "rained"], ["It [rained].", "They [dined] late."]),
        ([], []),
    ],
)
def test_evidence_is_marked_in_its_sentence(words: Sequence[str], shown: list[str]) -> None:
    assert [told(one) for one in sentences(OF, map(evidence, words))] == shown


def test_words_that_were_not_found_have_no_sentence() -> None:
    lost = Evidence(article=OF.id, start=None, end=None, exact="snow", grounding=Grounding.UNGROUNDED)
    assert sentences(OF, [lost]) == ()
    assert paragraphs(OF, [lost]) == ()


@pytest.mark.parametrize(
    ("words", "blocks"),
    [
        (["two hours"], ["It rained. The talks lasted [two hours], and two more.|Sun came out."]),
        (["Birds"], ["Sun came out.|[Birds] sang.|They dined late."]),
        (
            ["rained", "dined"],
            ["It [rained]. The talks lasted two hours, and two more.|Sun came out.|Birds sang.|They [dined] late."],
        ),
    ],
)
def test_a_paragraph_is_shown_between_its_neighbours(words: Sequence[str], blocks: list[str]) -> None:
    assert ["|".join(map(told, block)) for block in paragraphs(OF, map(evidence, words))] == blocks


def test_what_is_far_apart_makes_two_blocks() -> None:
    far = article("\n".join(f"Line {letter}." for letter in "abcdefg"))
    found = paragraphs(far, [evidence("Line a", far), evidence("Line g", far)])
    assert [[told(one) for one in block] for block in found] == [
        ["[Line a].", "Line b."],
        ["Line f.", "[Line g]."],
    ]


@pytest.mark.parametrize(
    ("text", "whole", "shown"),
    [
        ("two hours", "two hours", "The talks lasted [two ][{hours}], and two more."),
        ("two hours", "lasted two hours", "The talks [lasted two ][{hours}], and two more."),
    ],
)
def test_words_that_differ_are_marked_where_they_stand(text: str, whole: str, shown: str) -> None:
    side = Side(label="A", account="a", value="", text=text, marks=((4, 9),), evidence=(evidence(whole),))
    (found,) = sentences(OF, side.evidence, differing(side) or ())
    assert told(found) == shown


def test_words_that_stand_otherwise_in_the_article_are_known_to() -> None:
    side = Side(label="A", account="a", value="", text="2 hours", evidence=(evidence("two hours"),))
    assert differing(side) is None


def test_two_accounts_are_faced_field_by_field() -> None:
    found = waits(judged.VAGUE, judged.FULL)
    (question,) = (item.question for item in found.items if item.question)
    faced = facing(question, found.meetings)
    shown = {line.field: line for line in lines(*faced, (*SETTING, *MATTER))}
    assert [one.ref.label for one in faced] == ["A", "B"]
    assert {cell.value for cell in shown["parties"].cells[0]} == {"Kenya", "Uganda"}
    assert all(cell.shared for side in shown["parties"].cells for cell in side)
    assert shown["host_event"].unlike
    assert not shown["parties"].unlike
    assert not shown["date"].unlike, "3 March 2031 is a day of March 2031"
    assert {(), ("Amina Wekesa, Foreign Minister (Kenya)", "Ruth Nakato, Foreign Minister (Uganda)")} == {
        tuple(cell.value for cell in side) for side in shown["participants"].cells
    }
