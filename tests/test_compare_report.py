"""The comparison of two runs in a terminal, in Markdown and as a page."""

import re

import pytest

from extractor.compare import compare
from extractor.report.changes import summary
from extractor.report.comparison import comparison_markdown, comparison_view, render_comparison
from extractor.report.jsonlines import record_lines
from extractor.report.words import plain
from extractor.schemas import (
    Change,
    Compared,
    ComparedSide,
    Difference,
    Grounding,
    Held,
    Maker,
    MeetingComparison,
    RunComparison,
    Said,
)
from tests.report_samples import HOSTILE, evidence, meeting, saying, sources
from tests.test_report_html import Page
from tests.test_report_markdown import structure
from tests.test_report_terminal import COLOUR, printed

SIDE = ComparedSide(
    name="old.db", meetings=1, articles=2, makers=(Maker(model="m", extraction="3f9c2a1b", accounts=2),)
)


def sample(text: str = "Kisumu") -> RunComparison:
    """A comparison with each kind of difference, in which every free string is the text."""
    quote = evidence("A", "Kisumu").model_copy(update={"exact": text, "prefix": text, "suffix": text})
    lost = quote.model_copy(update={"start": None, "end": None, "grounding": Grounding.UNGROUNDED})
    said = tuple(
        Said(article="a", source=text, value=text, text=words, evidence=found)
        for words, found in ((text, (quote,)), (f"{text} it is", (lost,)), (text, ()))
    )
    value = Held(value=text, said=said, marks=((0, 3),))
    changes = [
        Change(field=field, about=text, was=was, now=now)
        for field in ("city", "statements", "statements.speaker", "warnings")
        for was, now in ((value, value), (value, None), (None, value))
    ]
    side = Compared(id=text, title=text, role="reported", sources=tuple(
        ref.model_copy(update={"source": text}) for ref in sources("AB")
    ))  # fmt: skip
    sides = {
        Difference.NEW: ((), (side,)),
        Difference.GONE: ((side,), ()),
        Difference.SPLIT: ((side,), (side, side)),
        Difference.JOINED: ((side, side), (side,)),
        Difference.REGROUPED: ((side, side), (side, side)),
    }
    differences = [
        MeetingComparison(difference=kind, was=was, now=now, changes=tuple(changes))
        for kind in Difference
        for was, now in [sides.get(kind, ((side,), (side,)))]
    ]
    makers = (Maker(model=text, extraction=text, accounts=1), Maker(model=text, extraction="", accounts=1))
    named = SIDE.model_copy(update={"name": text, "makers": makers})
    return RunComparison(old=named, new=named, same=1, differences=tuple(differences))


def test_the_first_line_counts_all_that_became_of_the_meetings() -> None:
    line = summary(sample())
    assert line == (
        "1 meeting → 1: 1 new, 1 gone, 1 split, 1 joined, 1 regrouped, 1 changed, 1 same values, 1 unchanged; "
        "statements +7 -7"
    )
    assert " ".join(printed(comparison_view(sample())).split()).startswith(line)
    assert comparison_markdown(sample()).splitlines()[2] == line


def test_that_nothing_differs_is_said() -> None:
    found = compare([meeting()], [meeting()])
    assert found.differences == ()
    assert summary(found) == "Nothing differs: 1 meeting on both sides, equal in every value."
    assert summary(compare([], [])) == "Nothing differs: no meetings on either side."
    for text in (printed(comparison_view(found)), comparison_markdown(found), render_comparison(found)):
        assert "Nothing differs: 1 meeting on both sides" in text
    assert record_lines(found.differences) == ""


def test_each_side_is_told_with_who_made_it() -> None:
    was, now = (
        meeting().model_copy(
            update={
                "accounts": tuple(
                    ref.model_copy(update={"model": model, "extraction": digest}) for ref in sources("AB")
                )
            }
        )
        for model, digest in (("gpt-x", "3f9c2a1b77"), ("builtin", "77aa10ffee"))
    )
    text = printed(comparison_view(compare([was], [now], ("old.db", "new.db"))))
    assert "old old.db  1 meeting, 2 articles; made by gpt-x 3f9c2a1b\n" in re.sub(" +\n", "\n", text)
    assert "new new.db  1 meeting, 2 articles; made by builtin 77aa10ff\n" in re.sub(" +\n", "\n", text)
    assert "= SAME VALUES  1" in text


@pytest.mark.parametrize("width", [40, 80, 200])
def test_no_line_is_wider_than_the_terminal_or_than_reads_well(width: int) -> None:
    assert max(map(len, printed(comparison_view(sample()), width=width).splitlines())) <= min(width, 100)


def test_colour_adds_nothing_that_is_not_there_without_it() -> None:
    view = comparison_view(sample())
    assert COLOUR.sub("", printed(view, colour=True)) == printed(view)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_text_steers_no_terminal_and_is_shown_to_the_letter(text: str) -> None:
    shown = COLOUR.sub("", printed(comparison_view(sample(text)), colour=True))
    assert not [char for char in shown if char != "\n" and plain(char) != char]
    assert "".join(plain(text).split()) in "".join(printed(comparison_view(sample(text)), width=100).split())


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_text_adds_nothing_to_the_page(text: str) -> None:
    html = render_comparison(sample(text))
    assert Page(html).skeleton == Page(render_comparison(sample("nothing to see here"))).skeleton
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e]", html)
    links = [str(attributes["href"]) for _, attributes in Page(html).tags if "href" in attributes]
    assert all(link.startswith("#") for link in links)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_text_is_no_markdown(text: str) -> None:
    assert not {"link_open", "image", "html_inline", "html_block", "fence", "hr"} & set(
        structure(comparison_markdown(sample(text)))
    )
    assert structure(comparison_markdown(sample(text))).count("heading_open") == 1 + 2 * len(Difference)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_record_comes_through_whole(text: str) -> None:
    found = compare([meeting("ABC")], saying(text)[0])
    assert found.differences
    for one, line in zip(found.differences, record_lines(found.differences).splitlines(), strict=True):
        assert MeetingComparison.model_validate_json(line) == one
    for shown in (printed(comparison_view(found)), render_comparison(found), comparison_markdown(found)):
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e]", shown)


def test_words_that_differ_stand_out_in_every_form() -> None:
    other = meeting()
    first, *rest = other.statements
    text = first.text.replace("open and common", "free and common")
    other = other.model_copy(update={"statements": (first.model_copy(update={"text": text}), *rest)})
    found = compare([meeting()], [other])
    assert "is  The ‹free› and common use" in printed(comparison_view(found))
    assert "is: The ‹**free**› and common use" in comparison_markdown(found)
    assert '<em class="differs">free</em> and common use' in render_comparison(found)


def test_who_says_a_value_now_is_told_with_the_words() -> None:
    later = meeting()
    moved = later.model_copy(update={"date": later.date.model_copy(update={"value": "2031-03-07"})})
    found = compare([meeting()], [moved])
    text = printed(comparison_view(found))
    assert "~ Date  2031-03-06 → 2031-03-07" in text
    assert "“on Thursday”" in text
    assert "“on the 6th (local time)”" in text
    assert "on Thursday</mark>" in render_comparison(found)


def test_words_that_are_not_in_the_article_are_told_so_in_every_form() -> None:
    lost = evidence("A", "Kisumu").model_copy(update={"start": None, "end": None, "grounding": Grounding.UNGROUNDED})
    said = Said(article="a", source="a.txt", value="Kisumu", text="Kisumu", evidence=(lost,))
    side = Compared(id="m", title="Meeting", role="reported", sources=sources("A"))
    change = Change(field="city", was=None, now=Held(value="Kisumu", said=(said,)))
    one = MeetingComparison(difference=Difference.CHANGED, was=(side,), now=(side,), changes=(change,))
    found = RunComparison(old=SIDE, new=SIDE, same=0, differences=(one,))
    assert "? not in a.txt: “Kisumu”" in printed(comparison_view(found))
    assert "? not in a.txt: “Kisumu”" in comparison_markdown(found)
    assert "? not found in the article:</span> <bdi>Kisumu" in render_comparison(found)
