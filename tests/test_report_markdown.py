"""The report in Markdown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from extractor.report import render_markdown
from extractor.report.markdown import escape
from extractor.report.words import plain
from tests.report_samples import DECISIONS, HOSTILE, background, diff, meeting, saying

PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def structure(page: str) -> list[str]:
    """Every element of the page, without its text."""

    def walk(tokens: list[Token]) -> list[str]:
        kinds = []
        for token in tokens:
            kinds += walk(token.children) if token.children else [token.type]
        return [kind for kind in kinds if kind not in ("text", "text_special")]

    return walk(PARSER.parse(page))


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_text_changes_no_element_of_the_page(text: str) -> None:
    harmless, hostile = (structure(render_markdown(*saying(said))) for said in ("nothing to see here", text))
    assert hostile == harmless
    assert not {"link_open", "image", "html_inline", "html_block"} & set(hostile)


@given(st.text(st.characters(codec="utf-8"), min_size=1))
def test_an_escaped_text_reads_as_the_text_and_is_nothing_else(text: str) -> None:
    tokens = PARSER.parseInline(f"“{escape(text)}”")[0].children or []
    assert {token.type for token in tokens} == {"text"}
    assert "".join(token.content for token in tokens).replace("@\u2060", "@") == f"“{plain(text)}”"


def test_differing_words_stand_out_and_evidence_stands_in_its_context() -> None:
    page = render_markdown([meeting()], [diff()])
    assert "- **A** “The ‹**open**› and common use" in page
    assert "  - A 247–331, verbatim: …talks lasted about two hours. “‹ … ›” Wekesa said. She added that …" in page


def test_a_meeting_without_a_diff_stands_in_the_overview() -> None:
    assert "| 2031-03-06 | Kisumu | ETH, KEN, UGA |" in render_markdown([meeting()], [])


def test_statements_stand_in_columns_as_many_lines_as_the_account_of_most_sentences_needs() -> None:
    lines = render_markdown([meeting()], [diff()]).splitlines()
    at = next(i for i, line in enumerate(lines) if line.startswith("| Dawit Bekele |"))
    assert lines[at].startswith("| Dawit Bekele | ! “increasingly ‹**determined**› claims")
    assert "| ! = “Illegal fishing is spreading" in lines[at]
    assert lines[at + 1].startswith("| ″ | = “Patience and shared figures")
    assert lines[at + 1].endswith("|  |")


@pytest.mark.parametrize(
    "line",
    [
        "### ✓ Decided (1)",
        "- decide: extractor decide f-3fa2b1c9 A",
        "- Rule: the primary source leads",
        "### The decisions so far (2)",
        "- \\#3 Level: ministers, pick by Ines Okoro, 2031-04-01 09:30 UTC, in force",
        "  - reason: Both read-outs list ministers.",
        "**A and C**: +6, 1 for, 0 against",
    ],
)
def test_the_page_has_this_line(line: str) -> None:
    page = render_markdown([meeting("ABC")], [diff("ABC").model_copy(update={"decisions": DECISIONS})])
    assert line in page.splitlines()


@pytest.mark.parametrize(
    "line",
    [
        "- Kenya and Ethiopia: 1",
        "- Kenya and Tanzania: 1",
        "- illegal fishing: 2 (2028: 1, 2031: 1, without a year: 0)",
    ],
)
def test_who_met_whom_and_what_about_is_told_in_words(line: str) -> None:
    record, other = background()
    assert line in render_markdown([meeting(), record], [diff(), other]).splitlines()
