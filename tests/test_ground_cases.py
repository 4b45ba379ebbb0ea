"""Grounding against a file of hostile pairs, whose verdicts follow from the rules of the record, not from the code."""

import json
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.ground import holds, locate
from extractor.schemas import Evidence, Grounding
from tests.drafts import article

CASES: list[dict[str, Any]] = [
    json.loads(line) for line in (Path(__file__).parent / "cases" / "grounding.jsonl").read_text("utf-8").splitlines()
]
KINDS = sorted({case["kind"] for case in CASES})


def located(case: dict[str, Any]) -> Evidence:
    return locate(article(case["text"]), case["quote"], case["sentence"])


@pytest.mark.parametrize("kind", KINDS)
def test_each_pair_gets_its_verdict_at_its_place(kind: str) -> None:
    wrong = []
    for case in (case for case in CASES if case["kind"] == kind):
        shown = located(case)
        expected = (case["grounding"], case.get("start"), case.get("end"))
        if (shown.grounding, shown.start, shown.end) != expected:
            wrong.append((case["quote"], case["why"], expected, (str(shown.grounding), shown.start, shown.end)))
    assert wrong == []


def test_no_pair_is_grounded_that_should_not_be() -> None:
    false = [case["quote"] for case in CASES if case["grounding"] == "ungrounded" and located(case).grounded]
    assert false == [], f"{len(false)} false groundings"


def test_evidence_of_each_pair_is_what_stands_in_the_text() -> None:
    for case in CASES:
        shown = located(case)
        assert holds(article(case["text"]), shown)
        if shown.grounded:
            assert case["text"][shown.start : shown.end] == shown.exact
            assert (shown.exact == case["quote"]) is (shown.grounding is Grounding.VERBATIM)


def test_the_pairs_are_many_and_various() -> None:
    assert len(CASES) >= 400
    assert len({(case["text"], case["quote"], case["sentence"]) for case in CASES}) == len(CASES)
    assert max(Counter(case["text"] for case in CASES).values()) <= 6
    assert min(Counter(case["kind"] for case in CASES).values()) >= 12
    assert {case["grounding"] for case in CASES} == set(Grounding)


LIKE_ANY_WORD = st.text(st.characters(categories=["L", "M", "N", "P", "S"]), min_size=1, max_size=8)
LETTERS = st.text("abcdefg", min_size=1, max_size=4)
FOLDS = {
    **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033", '"'),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
}


def charwise(text: str) -> str:
    """The folding that the rules name, written again, one character after the other."""
    folded = ""
    for char in unicodedata.normalize("NFC", text):
        if not char.isspace():
            folded += FOLDS.get(char, char)
        elif not folded.endswith(" "):
            folded += " "
    return folded.strip()


@given(st.lists(LIKE_ANY_WORD, min_size=1, max_size=12), st.data())
def test_words_between_blanks_stand_word_for_word(words: list[str], data: Any) -> None:
    start = data.draw(st.integers(0, len(words) - 1))
    end = data.draw(st.integers(start + 1, len(words)))
    quote = " ".join(words[start:end])
    source = article(" ".join(words))
    shown = locate(source, quote, 1)
    assert (shown.grounding, shown.exact) == (Grounding.VERBATIM, quote)
    assert holds(source, shown)


@given(st.lists(LIKE_ANY_WORD | st.sampled_from("“”‘’–—\u00a0\u2028\u0301"), max_size=12), st.data())
def test_what_is_grounded_is_equal_after_a_folding_written_again(words: list[str], data: Any) -> None:
    text = data.draw(st.sampled_from([" ", "", "\n"])).join(words)
    start = data.draw(st.integers(0, len(text)))
    quote = text[start : data.draw(st.integers(start, len(text)))]
    for changed in (quote, charwise(quote), quote.replace('"', "“").replace(" ", "\n")):
        shown = locate(article(text), changed, 1)
        if shown.grounded:
            assert charwise(shown.exact) == charwise(changed)


@given(st.lists(LETTERS, min_size=3, max_size=20, unique=True), st.data())
def test_a_quote_without_one_of_its_words_never_grounds(words: list[str], data: Any) -> None:
    start = data.draw(st.integers(0, len(words) - 3))
    end = data.draw(st.integers(start + 3, len(words)))
    dropped = data.draw(st.integers(start + 1, end - 2))
    quote = " ".join(words[start:dropped] + words[dropped + 1 : end])
    assert not locate(article(" ".join(words)), quote, 1).grounded


@given(st.lists(LETTERS, min_size=2, max_size=20), st.data())
def test_a_quote_with_a_word_put_in_never_grounds(words: list[str], data: Any) -> None:
    at = data.draw(st.integers(1, len(words) - 1))
    quote = " ".join([*words[:at], "not", *words[at:]])
    assert not locate(article(" ".join(words)), quote, 1).grounded
