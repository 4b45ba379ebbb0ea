"""Who said what: attribution in news writing (`cases/speech.yaml`), turns of transcripts (`cases/turns.yaml`)."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from extractor.builtin.page import Line
from extractor.builtin.reader import read_draft
from extractor.builtin.turns import turns
from extractor.texts import sentences

CASES = Path(__file__).parent / "cases"


def cases(name: str) -> list[Any]:
    return [pytest.param(case, id=case["is"]) for case in yaml.safe_load((CASES / name).read_text(encoding="utf-8"))]


def lines(text: str) -> list[Line]:
    return [Line(s.number, s.paragraph, text[s.start : s.end]) for s in sentences.split(text)]


TOLD = (
    "Kenyan Foreign Minister Jane Doe met Ugandan Foreign Minister John Roe in Nairobi on Friday.\n\n"
    "The two spoke about the border and about the trade in tea for more than an hour.\n\n"
)


@pytest.mark.parametrize("case", cases("speech.yaml"))
def test_a_quotation_is_of_the_one_whose_words_it_holds_when_it_is(case: dict[str, Any]) -> None:
    (meeting,) = read_draft(lines(TOLD + case["text"])).meetings
    assert [[s.speaker, s.text] for s in meeting.statements if s.kind != "indirect"] == case["said"]


@pytest.mark.parametrize("case", cases("turns.yaml"))
def test_a_label_starts_a_turn_when_it_is(case: dict[str, Any]) -> None:
    spoken = turns([Line(number, number, text) for number, text in enumerate(case["lines"], 1)])
    assert [spoken[n].label if n in spoken else None for n in range(1, len(case["lines"]) + 1)] == case["labels"]


GAGGLE = """Press Briefing by the Spokesperson

MR. POE: Good morning. On Friday, Foreign Minister Jane Doe of Kenya will meet Minister John Roe of Uganda in Nairobi.

We expect an open exchange on tea and on the border.

Q  And the floods in the north? Is help on its way?

MR. POE: Help is on its way, and the roads are open again.

Q  Back to the talks on Friday: what do you want from them?

MR. POE: A date for the bridge, and we are close to one.
"""


def test_in_a_briefing_only_the_turns_that_speak_of_the_meeting_are_its_statements() -> None:
    (meeting,) = read_draft(lines(GAGGLE)).meetings
    said = " ".join(s.text for s in meeting.statements)
    assert "open exchange" in said
    assert "date for the bridge" in said
    assert "floods" not in said
    assert "roads" not in said
    assert {s.speaker for s in meeting.statements} == {"Poe"}


def test_a_long_turn_is_parted_into_statements_of_whole_sentences() -> None:
    turn = " ".join(
        f"We spoke about the {n}th bridge over the river and about the road that leads to it." for n in range(20)
    )
    text = f"{TOLD}FOREIGN MINISTER DOE: {turn}\n\nQ  Thank you, was that all of the talks?\n"
    (meeting,) = read_draft(lines(text)).meetings
    spoken = [s.text for s in meeting.statements]
    assert " ".join(spoken) == turn
    assert all(text.endswith(".") and len(text.split()) < 120 for text in spoken)


def test_what_was_said_at_an_earlier_meeting_is_a_statement_of_that_one() -> None:
    text = f"{TOLD}The two last met in Kampala in May, where they pledged “a bridge within a year”.\n"
    now, then = read_draft(lines(text)).meetings
    assert now.statements == []
    assert [(s.kind, s.text) for s in then.statements] == [("joint", "a bridge within a year")]


def test_who_speaks_at_a_meeting_took_part_in_it_as_its_transcript_shows() -> None:
    text = """Remarks by President Doe of Kenya and President Roe of Uganda at a Meeting of the Lake States

PRESIDENT DOE: I am glad that President Roe and I could meet in Nairobi today, with President Poe of Tanzania.

PRESIDENT POE: Thank you. The lake is ours to keep, and we will keep it.

MS. MOE: That is all for the press, thank you very much.
"""
    meeting = read_draft(lines(text)).meetings[0]
    assert {p.name for p in meeting.participants} >= {"Doe", "Roe"}
    assert "Moe" not in {p.name for p in meeting.participants}
    assert "The lake is ours to keep, and we will keep it." in " ".join(
        s.text for s in meeting.statements if s.speaker == "Poe"
    )


INDIRECT = {
    "Doe told Ugandan media after the talks that the border would open in May.": "the border would open in May",
    "Roe warned, however, that the bridge might not last.": "the bridge might not last",
    "Doe voiced concern that the bridge might not last.": "concern that the bridge might not last",
    "Doe said on state radio that the lake was rising.": "the lake was rising",
}


@pytest.mark.parametrize(("sentence", "said"), INDIRECT.items())
def test_an_indirect_statement_starts_after_those_to_whom_it_is_made(sentence: str, said: str) -> None:
    (meeting,) = read_draft(lines(TOLD + sentence)).meetings
    assert [s.text for s in meeting.statements] == [said]


def test_a_visit_is_no_statement() -> None:
    meeting = read_draft(lines(TOLD + "Doe called on the President of Uganda at State House.")).meetings[0]
    assert meeting.statements == []


LETTERHEAD = """Doorstop

The Hon. Jane Doe MP
Prime Minister

PRIME MINISTER: I met Prime Minister John Roe of Uganda in Nairobi today for an hour.

JOURNALIST: Did you speak of Prime Minister Ann Poe of Fiji?

PRIME MINISTER: No, we spoke of tea and of nothing else.
"""


def test_an_office_as_a_label_is_that_of_the_letterhead() -> None:
    (meeting,) = read_draft(lines(LETTERHEAD), "Prime Minister of Kenya").meetings
    assert {s.speaker for s in meeting.statements} == {"Jane Doe"}
