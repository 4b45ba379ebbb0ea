"""Meetings and diffs in a terminal."""

import re

import pytest
from rich.cells import cell_len
from rich.console import Console, RenderableType

from extractor.report.terminal import diff_view, meeting_view, meetings_table
from extractor.report.words import plain
from tests.report_samples import DECISIONS, HOSTILE, background, diff, meeting, saying

COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def printed(view: RenderableType, *, width: int = 80, colour: bool = False) -> str:
    console = Console(width=width, force_terminal=colour, color_system="truecolor" if colour else None, _environ={})
    with console.capture() as capture:
        console.print(view)
    return capture.get()


def views(text: str | None = None) -> dict[str, RenderableType]:
    records, diffs = ([meeting("ABC"), background()[0]], [diff("ABC")]) if text is None else saying(text)
    return {"table": meetings_table(records, diffs), "meeting": meeting_view(records[0]), "diff": diff_view(diffs[0])}


@pytest.mark.parametrize("width", [40, 80, 200])
@pytest.mark.parametrize("name", ["table", "meeting", "diff"])
def test_no_line_is_wider_than_the_terminal_or_than_reads_well(name: str, width: int) -> None:
    lines = printed(views()[name], width=width).splitlines()
    assert max(map(cell_len, lines)) <= min(width, 100)


@pytest.mark.parametrize("name", ["table", "meeting", "diff"])
def test_colour_adds_nothing_that_is_not_there_without_it(name: str) -> None:
    view = views()[name]
    assert "\x1b" not in printed(view)
    assert COLOUR.sub("", printed(view, colour=True)) == printed(view)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("name", ["table", "meeting", "diff"])
def test_a_hostile_text_steers_nothing(name: str, text: str) -> None:
    shown = COLOUR.sub("", printed(views(text)[name], colour=True))
    assert not [char for char in shown if char != "\n" and plain(char) != char]


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_text_is_shown_to_the_letter(text: str) -> None:
    shown = "".join(printed(views(text)["meeting"], width=300).split())
    assert "".join(plain(text).split()) in shown


@pytest.mark.parametrize(
    "line",
    [
        "! TO DECIDE  3",
        "+A ONLY A  2",
        "+C ONLY C  1",
        "~ COMPATIBLE  2",
        "w WARNINGS  2",
        "? UNGROUNDED  1",
        "✓ DECIDED  1",
        "= AGREED  3",
        "    decided: ministers",
        "    rule: the primary source leads",
        "    decide: extractor decide f-3fa2b1c9 A",
        "  A and C  +6, 1 for, 0 against",
        "THE DECISIONS SO FAR  2",
        "  #3 Level: ministers, pick by Ines Okoro, 2031-04-01 09:30 UTC, in force",
        "    Both read-outs list ministers.",
        "  ! Statement, Amina Wekesa  variant",
        "      A “The ‹open› and common use of these waters, based on ‹agreed› rules, is",
        "    see also Warnings: Pronoun mismatch",
        "    proposed: confirming",
        "      A 2031-03-06  “on Thursday”",
        "    A B “Kisumu”",
        "      C ? not in the article: “we will meet again in April”",
        "  +14  shared words  A matter more  B matter more",
    ],
)
def test_a_diff_has_this_line(line: str) -> None:
    decided = diff("ABC").model_copy(update={"decisions": DECISIONS})
    assert line in [shown.rstrip() for shown in printed(diff_view(decided)).splitlines()]


def test_ungrounded_is_shown_when_there_is_nothing_ungrounded() -> None:
    assert re.search(r"\? UNGROUNDED  0\s+none\n", printed(diff_view(diff("AB"))))


def test_the_table_tells_reported_from_background_and_gives_every_id() -> None:
    record, other = background()
    shown = printed(meetings_table([meeting(), record], [diff(), other]))
    before, after = shown.split("BACKGROUND MEETINGS  1")
    assert "REPORTED MEETINGS  1" in before
    assert f"  {meeting().id}\n" in before
    assert f"  {record.id}\n" in after


@pytest.mark.parametrize(
    "words",
    [
        "~ date        2031-03-06  the finer date leads",
        "A “on Thursday”  138–149",
        "~ Ruth Nakato-Okello (also Ruth Nakato), Foreign Minister, UGA",
        "+ Amina Wekesa  indirect, via a spokesperson",
        "w pronoun mismatch: Another account uses “she”",
        "decided: “share daily readings of it”",
    ],
)
def test_one_meeting_is_shown_with_signs_and_the_words_it_stands_on(words: str) -> None:
    assert words in printed(meeting_view(meeting()))


@pytest.mark.parametrize("labels", ["AB", "ABC"])
def test_statements_stand_side_by_side(labels: str) -> None:
    lines = printed(diff_view(diff(labels)), width=100).splitlines()
    line = next(line for line in lines if "A ! “increasingly" in line)
    assert "B ! = “Illegal" in line


def test_statements_of_many_sources_stand_one_under_the_other() -> None:
    three = diff("ABC")
    many = three.model_copy(update={"sources": (*three.sources, *(three.sources[0],) * 2)})
    lines = [line.strip() for line in printed(diff_view(many), width=100).splitlines()]
    assert "A = “Patience and shared figures between neighbours matter more today than ever,”" in lines


def test_of_many_pairs_the_weakest_are_shown_with_the_values_and_the_others_with_their_weights() -> None:
    three = diff("ABC")
    weights = (6, 7, 8, 9)
    signals = tuple(
        three.signals[0].model_copy(
            update={"weight": weight, "accounts": ("a-a", f"a-{weight}"), "right": f"by {weight}"}
        )
        for weight in weights
    )
    shown = printed(diff_view(three.model_copy(update={"signals": signals})))
    assert [f"by {weight}" in shown for weight in weights] == [True, True, True, False]
    assert "    date +9\n" in "\n".join(line.rstrip() for line in shown.splitlines()) + "\n"
