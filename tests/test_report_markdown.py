"""The report in Markdown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from extractor.report import render_markdown
from extractor.report.markdown import escape
from extractor.report.words import plain
from tests.report_samples import HOSTILE, diff, meeting, saying

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
