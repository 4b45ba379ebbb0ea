"""Long articles are cut at paragraphs, and every sentence is shown."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.parts import split
from extractor.schemas import Article
from tests.drafts import TEXT, article

SIZE = 6_000
WORDS = "The two sides went through the annexes of the accord on river traffic, clause by clause."


def long_article(paragraphs: int, sentences: int = 5) -> Article:
    """An article whose paragraphs have so many sentences."""
    told = (" ".join(f"{WORDS} {p}, {s}." for s in range(sentences)) for p in range(paragraphs))
    return article("\n\n".join(told))


def characters(sentences: object) -> int:
    return sum(s.end - s.start for s in sentences)  # type: ignore[attr-defined]


def test_a_short_article_is_one_part() -> None:
    seen = article(TEXT)
    (part,) = split(seen, SIZE)
    assert (part.number, part.of, part.sentences) == (1, 1, seen.sentences)


def test_a_text_without_a_sentence_is_one_empty_part() -> None:
    seen = article("x").model_copy(update={"sentences": ()})
    assert [part.sentences for part in split(seen, SIZE)] == [()]


def test_parts_begin_at_paragraphs() -> None:
    seen = long_article(100)
    first_of = {s.paragraph: s.number for s in reversed(seen.sentences)}
    shown: set[int] = set()
    for part in split(seen, SIZE):
        numbers = [s.number for s in part.sentences]
        fresh = seen.sentence(min(set(numbers) - shown))
        assert fresh
        assert first_of[fresh.paragraph] == fresh.number
        shown |= set(numbers)


def test_every_part_shows_the_opening_and_the_end_of_the_part_before() -> None:
    parts = split(long_article(100), SIZE)
    for before, part in pairwise(parts):
        assert part.sentences[0].number == 1
        shared = {s.number for s in before.sentences} & {s.number for s in part.sentences}
        assert max(shared) == before.sentences[-1].number


@pytest.mark.parametrize("sentences", [1, 5, 2000], ids=["short paragraphs", "paragraphs", "one paragraph"])
def test_what_is_shown_grows_in_step_with_the_length(sentences: int) -> None:
    one, four = (long_article(n // sentences, sentences) for n in (2000, 8000))
    shown = [sum(characters(part.sentences) for part in split(seen, SIZE)) for seen in (one, four)]
    assert shown[1] / shown[0] == pytest.approx(4, rel=0.05)


@given(
    st.lists(st.lists(st.sampled_from([3, 20, 90, 900, 9000]), min_size=1, max_size=12), min_size=1, max_size=40),
    st.sampled_from([SIZE, 2 * SIZE]),
)
def test_every_sentence_is_shown_in_order_and_parts_keep_to_their_size(text: list[list[int]], size: int) -> None:
    seen = article("\n\n".join(" ".join("A" + "b" * length + "." for length in lengths) for lengths in text))
    parts = split(seen, size)
    numbers = [[s.number for s in part.sentences] for part in parts]
    assert all(shown == sorted(set(shown)) for shown in numbers)
    assert {n for shown in numbers for n in shown} == {s.number for s in seen.sentences}
    assert [(part.number, part.of) for part in parts] == [(n, len(parts)) for n in range(1, len(parts) + 1)]
    longest = max(s.end - s.start for s in seen.sentences)
    assert all(characters(part.sentences) <= size + 2 * longest for part in parts)
