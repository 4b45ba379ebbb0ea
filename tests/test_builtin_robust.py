"""The built-in reader on any text: it never fails, never runs away, and quotes only what stands there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.builtin.reader import Line, NotEnglishError, read_draft
from extractor.ground import quoted
from extractor.schemas import Draft
from extractor.texts import sentences

PIECES = st.sampled_from(
    [
        *(
            "Kenyan President Jane Doe",
            "Ugandan Foreign Minister John Roe",
            "her Rwandan counterpart, Ann Poe",
            "Kenya",
        ),
        *("met", "held talks with", "and", ", ", ". ", "in Nairobi", "on Friday", "on the sidelines of the G20 summit"),
        *("“", "”", '"', "said", "agreed to", "told reporters", "the two leaders", "a phone call with", "Uganda", "’s"),
        *("PRESIDENT DOE: ", "Q ", "(", ")", "the talks", "will meet", "postponed", "U.S.", "—", "meeting", "here"),
        *("last met in Kampala in May", "bilateral meetings with", "who", "after", "was received by", "separately"),
        *("\ue000", "\ue001\ue001", "\uf8ff", "A.", "\u202e", "é", "\x00"),
    ]
)
ENDS = st.sampled_from(["", " ", "\n"])
ARTICLES = st.lists(st.tuples(PIECES | st.text(max_size=12), ENDS).map("".join), max_size=60).map("".join)


def lines(text: str) -> list[Line]:
    return [Line(s.number, s.paragraph, text[s.start : s.end]) for s in sentences.split(text)]


def read(text: str) -> Draft:
    try:
        return read_draft(lines(text))
    except NotEnglishError:
        return Draft(meetings=[])


@given(ARTICLES)
def test_all_that_is_quoted_stands_in_the_sentences_it_cites(text: str) -> None:
    numbered = lines(text)
    for words, number in quoted(read(text)):
        assert words
        assert words in " ".join(line.text for line in numbered if line.number >= number)


@given(st.lists(st.text(max_size=80), max_size=12))
def test_any_lines_at_all_are_read(texts: list[str]) -> None:
    assert isinstance(read("\n".join(texts)), Draft)


LONG = 10_000
UNITS = [
    *("A", "a", "1", " ", ",", "(", '"', "“a ", "A. ", "Abc ", "ABC ", "O’", "P, ", "— ", "’s ", "\ue000 and "),
    *("Kenya, ", "Kenya and ", "Kenya-", "President Jane Doe and ", "Foreign Minister ", "chief deputy ", "Ali bin "),
    *("met ", "meeting ", "talks with ", "of the ", "with the ", "his counterpart ", "after ", "who ", "to ", "said "),
    *("Monday, ", "in Nairobi, ", "on the sidelines of the ", "separate ", "discussed ", "visited "),
    *(
        "emerged from hours of ",
        "The Minister of Trade, the Hon ",
        "where ",
        "his ",
        "each of the two ",
        "the first Joint ",
    ),
    *("- With the Minister of Kenya: ", "flew to Nairobi for ", "the state of ", "received in audience "),
]


@pytest.mark.parametrize("unit", UNITS)
def test_a_long_run_of_one_thing_is_read_to_its_end(unit: str) -> None:
    """A rule that tries all ways to part the run would not come back."""
    run = unit * (LONG // len(unit))
    sense = "The minister said on Friday that the talks in the city were good and of use to the people.\n"
    told = "Kenyan President Jane Doe met Ugandan President John Roe in Nairobi.\n"
    text = f"{sense}{told}President Jane Doe of Kenya met {run} President John Roe.\n{run}\n"
    assert isinstance(read(text), Draft)


def test_an_article_of_book_length_is_read() -> None:
    story = (
        "NAIROBI — Kenyan President Jane Doe met Ugandan President John Roe in Nairobi on Friday.\n"
        "“We agreed,” Doe said. Roe told reporters that the two countries would open the border.\n"
    )
    (meeting,) = read(story * (150_000 // len(story))).meetings
    assert {party.name for party in meeting.parties} == {"Kenya", "Uganda"}
