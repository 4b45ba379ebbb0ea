"""The prompt as a user reads it: the codebook covers the draft, and the examples keep to the codebook."""

import json
import re
from collections.abc import Iterator
from importlib.resources import files
from typing import get_args

import pytest

from extractor.ground import problems, quoted
from extractor.protocol.wire import draft_schema
from extractor.schemas import Draft
from extractor.schemas.base import Record
from extractor.schemas.draft import (
    DraftMeeting,
    DraftOutcome,
    DraftParticipant,
    DraftParty,
    DraftStatement,
    DraftTopic,
    Format,
    Kind,
    Level,
    Occurrence,
    OutcomeKind,
    PersonRole,
    Role,
    Setting,
    Words,
)
from extractor.templates import example_lines, examples, load_prompt
from tests.conftest import SEEDS
from tests.drafts import article
from tests.test_cli import extractor

CODEBOOK = load_prompt().codebook
PAIRS = [
    (text, Draft.model_validate_json(reply)) for text, reply in examples(files("extractor") / "prompts" / "examples")
]
MEETINGS = [meeting for _, told in PAIRS for meeting in told.meetings]
STATEMENTS = [(text, said) for text, told in PAIRS for meeting in told.meetings for said in meeting.statements]

RECORDS = (Words, DraftMeeting, DraftParty, DraftParticipant, DraftTopic, DraftOutcome, DraftStatement)
FIELDS = {name for record in RECORDS for name in record.model_fields}
VALUES = {
    v for words in (Role, Occurrence, Level, Format, Kind, Setting, OutcomeKind, PersonRole) for v in get_args(words)
}


# The codebook


@pytest.mark.parametrize("name", sorted(FIELDS | VALUES))
def test_the_codebook_says_what_each_field_and_each_value_means(name: str) -> None:
    # Local servers make a grammar of the schema and never show it to the model.
    assert f"`{name}`" in CODEBOOK


def test_it_speaks_of_no_field_or_value_that_is_not_there() -> None:
    assert set(re.findall(r"`([a-z]+(?:_[a-z]+)*)`", CODEBOOK)) == FIELDS | VALUES | {"unresolved"}


def test_the_prompt_leaves_room_for_the_article() -> None:
    # A small local model reads some 16,000 tokens; a long article takes half of them.
    tokens = {name: len(text) / 4 for name, text in load_prompt().parts().items()}
    assert tokens["codebook"] < 3_000
    assert sum(tokens.values()) < 9_000


# The examples


@pytest.mark.parametrize(("text", "told"), PAIRS)
def test_nothing_is_wrong_with_the_pointers_of_an_example(text: str, told: Draft) -> None:
    assert problems(article(text), told) == []


@pytest.mark.parametrize("meeting", MEETINGS)
def test_nothing_rests_on_a_headline(meeting: DraftMeeting) -> None:
    assert 1 not in {number for _, number in quoted(meeting)}


@pytest.mark.parametrize("meeting", MEETINGS)
def test_who_takes_part_speaks_for_a_party(meeting: DraftMeeting) -> None:
    assert {person.represents for person in meeting.participants} <= {party.name for party in meeting.parties}


@pytest.mark.parametrize("meeting", MEETINGS)
def test_what_is_not_known_is_shown_by_no_words_and_what_is_known_by_some(meeting: DraftMeeting) -> None:
    assert (meeting.level == "unknown") == (meeting.level_words is None)
    assert (meeting.format == "unknown") == (meeting.format_words is None)


@pytest.mark.parametrize("meeting", MEETINGS)
def test_a_call_has_no_place(meeting: DraftMeeting) -> None:
    assert (meeting.format == "phone") == (meeting.place is None)


@pytest.mark.parametrize(("text", "told"), PAIRS)
def test_an_outcome_follows_its_verb(text: str, told: Draft) -> None:
    outcomes = [outcome for meeting in told.meetings for outcome in meeting.outcomes]
    assert all(f"{outcome.verb} {outcome.text}" in text for outcome in outcomes)


@pytest.mark.parametrize(("text", "said"), STATEMENTS)
def test_quoted_words_stand_between_marks_and_an_attributed_clause_does_not(text: str, said: DraftStatement) -> None:
    assert (f"“{said.text}”" in text) == (said.kind in ("direct", "joint"))


def test_the_attribution_is_no_part_of_what_was_said() -> None:
    assert all(said.attribution and said.attribution.text not in said.text for _, said in STATEMENTS)


def test_every_mark_of_an_article_opens_a_statement_or_the_words_of_a_bystander() -> None:
    quotations = {words for text, _ in PAIRS for words in re.findall(r"“(.*?)”", text)}
    assert quotations - {said.text for _, said in STATEMENTS} == {
        "We want our neighbours to come,",  # a minister to lawmakers
        "Nobody has asked the fishermen,",  # a lecturer
    }


def test_the_last_lines_of_a_page_are_coded_by_nobody() -> None:
    cited = {(text, number) for text, told in PAIRS for _, number in quoted(told)}
    furniture = [
        (text, number)
        for text, _ in PAIRS
        for number, _, words in example_lines(text)
        if not words.endswith((".", "”"))
    ]
    assert len(furniture) >= 2 * len(PAIRS) - 1  # headlines, and more
    assert not cited & set(furniture)


@pytest.mark.parametrize(
    "shown", ["background", "planned", "cancelled", "phone", "mediator", "indirect", "joint", "press"]
)
def test_the_hard_cases_are_shown(shown: str) -> None:
    def values(record: Record) -> Iterator[object]:
        for value in dict(record).values():
            for item in value if isinstance(value, list) else [value]:
                yield from values(item) if isinstance(item, Record) else [item]

    assert shown in {value for _, told in PAIRS for value in values(told)}


def test_their_persons_are_in_no_seed_article() -> None:
    seeds = "\n".join(path.read_text("utf-8") for path in SEEDS.glob("*.txt"))
    assert [p.name for meeting in MEETINGS for p in meeting.participants if p.name.split()[-1] in seeds] == []


# The command


def test_without_an_article_the_command_prints_the_fixed_part_to_read() -> None:
    printed = extractor("prompt").out
    prompt = load_prompt()
    assert printed.startswith(f"{prompt.rules}\n\n{prompt.codebook}\n\n# Examples\n")
    blocks = [json.loads(block) for block in re.findall(r"```json\n(.*?)\n```", printed, re.DOTALL)]
    assert blocks == [*(json.loads(reply) for _, reply in prompt.examples), draft_schema()]


def test_counts_are_of_what_is_sent() -> None:
    def counts(*arguments: str) -> dict[str, int]:
        rows = [line.split() for line in extractor("prompt", *arguments, "--tokens").out.splitlines()[1:]]
        assert all(int(tokens) == -(-int(characters) // 4) for _, characters, tokens in rows)
        return {name: int(characters) for name, characters, _ in rows}

    seed = sorted(SEEDS.glob("*.txt"))[0]
    fixed, whole = counts(), counts(str(seed))
    sent = json.loads(extractor("prompt", str(seed)).out)["messages"]
    assert whole.pop("together") == fixed.pop("together") + whole["article"]
    assert whole == {**fixed, "article": len(sent[-1]["content"])}
    assert sum(fixed.values()) - fixed["schema"] == pytest.approx(sum(len(m["content"]) for m in sent[:-1]), abs=20)


def test_the_counts_in_the_readme_are_those_of_the_command() -> None:
    readme = (SEEDS.parent / "README.md").read_text("utf-8")
    printed = extractor("prompt", "--tokens").out
    assert printed in "".join(line.strip() + "\n" for line in readme.splitlines())


def test_an_article_that_is_not_there_is_said_in_one_line() -> None:
    done = extractor("prompt", "nowhere.txt")
    assert (done.code, done.out) == (2, "")
    assert done.err.count("\n") == 1
    assert "nowhere.txt" in done.err
