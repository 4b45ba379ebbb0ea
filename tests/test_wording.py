"""Two wordings: the same words, alike, opposed, or one inside the other."""

from pathlib import Path
from unicodedata import normalize

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from extractor.values import wording

CASES = Path(__file__).parent / "cases"
WORDS = ("the", "open", "sea", "is", "not", "a", "border", ",", "—", "we", "said", "it’s", "3", "ships", ";", "and")
TEXTS = st.text(alphabet="aáB ’'s,.—1é\u0301“”", max_size=40) | st.lists(st.sampled_from(WORDS), max_size=12).map(
    " ".join
)


def cases(name: str) -> list[tuple[str, str, object]]:
    return [tuple(case) for case in yaml.safe_load((CASES / name).read_text(encoding="utf-8"))]


@given(text=TEXTS, other=TEXTS)
def test_likeness_is_symmetric_and_between_nothing_and_all(text: str, other: str) -> None:
    assert wording.similarity(text, other) == wording.similarity(other, text)
    assert 0 <= wording.similarity(text, other) <= 1
    assert wording.same(text, other) == wording.same(other, text)
    assert wording.opposed(text, other) == wording.opposed(other, text)


@given(text=TEXTS)
def test_a_text_is_the_same_as_itself_and_never_opposed_to_itself(text: str) -> None:
    assert wording.same(text, text)
    assert not wording.opposed(text, text)
    assert wording.marks(text, text) == ()


@given(text=TEXTS)
def test_composed_and_decomposed_letters_make_the_same_words(text: str) -> None:
    assert wording.words(normalize("NFC", text)) == wording.words(normalize("NFD", text))


@given(text=TEXTS, other=TEXTS)
def test_marks_are_stretches_of_the_text_in_order(text: str, other: str) -> None:
    ends = [end for span in wording.marks(text, other) for end in span]
    assert ends == sorted(ends)
    assert all(0 <= end <= len(text) for end in ends)


@given(text=TEXTS, other=TEXTS)
def test_what_is_not_marked_is_the_same_in_both(text: str, other: str) -> None:
    kept, at = "", 0
    for start, end in wording.marks(text, other):
        kept, at = kept + text[at:start] + " ", end
    rest = iter(wording.words(other))
    assert all(word in rest for word in wording.words(kept + text[at:]))


@given(short=TEXTS, long=TEXTS)
def test_the_best_part_is_a_stretch_of_the_text(short: str, long: str) -> None:
    start, end = wording.best_part(short, long)
    assert 0 <= start <= end <= len(long)


@given(before=TEXTS, text=TEXTS, after=TEXTS)
def test_words_that_stand_in_a_text_are_found_where_they_stand(before: str, text: str, after: str) -> None:
    long = f"{before} , {text} , {after}"
    held = wording.within(text, long)
    if wording.words(text) == ():
        assert held is None
    else:
        assert held is not None
        assert wording.words(long[slice(*held)]) == wording.words(text)


@pytest.mark.parametrize(
    ("short", "long", "part"),
    [
        ("a good day", "It was a good day, she said", "a good day"),
        ("A good day.", "a good day", "a good day"),
        ("good day", "a goodly day", None),
        ("act on it", "the pact on it", None),
        ("on ships, ports", "We talked on ships and ports", None),
        ("at all", "“At all!”", "“At all!”"),
    ],
)
def test_a_text_holds_another_word_for_word_or_not_at_all(short: str, long: str, part: str | None) -> None:
    held = wording.within(short, long)
    assert (long[slice(*held)] if held else None) == part


@pytest.mark.parametrize(
    ("short", "long", "part"),
    [
        (
            "The treaty holds",
            "The sea is calm, the treaty still holds, and the harbour is open.",
            "the treaty still holds",
        ),
        ("calm sea and open harbour", "A calm sea; an open harbour", "A calm sea; an open harbour"),
        ("one clause", "one clause only.", "one clause only."),
    ],
)
def test_the_best_part_is_the_clause_that_says_it(short: str, long: str, part: str) -> None:
    assert long[slice(*wording.best_part(short, long))] == part


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("Closest allies,", "closest allies.", True),
        ("the country’s ports", "the country's ports", True),
        ("the country's ports", "the country ports", True),
        ("strait open", "open strait", False),
        ("—", "…", False),
        ("—", "—", True),
        ("", "", True),
    ],
)
def test_case_and_punctuation_make_no_other_words(left: str, right: str, *, same: bool) -> None:
    assert wording.same(left, right) is same


@pytest.mark.parametrize(
    ("left", "right"),
    [("strengthening ties", "strengthened ties"), ("countries agreed", "the country agrees"), ("quickly", "quick")],
)
def test_stems_see_through_endings(left: str, right: str) -> None:
    assert wording.meaning(left) == wording.meaning(right)


@pytest.mark.parametrize(("left", "right", "opposed"), cases("oppositions.yaml"))
def test_a_negation_or_another_number_is_a_contradiction(left: str, right: str, *, opposed: bool) -> None:
    assert wording.opposed(left, right) is opposed


@pytest.mark.parametrize(("left", "right", "verdict"), cases("distinctions.yaml"))
def test_a_distinction_is_known_by_its_ordinal_and_scope(left: str, right: str, verdict: str) -> None:
    assert (wording.distinction(left) == wording.distinction(right)) is (verdict == "same")


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("I look forward to it", "looks forward"),
        ("She hopes for peace", "looks forward"),
        ("deeply concerned about the ships", "is concerned"),
        ("We welcome the treaty", "welcomes"),
        ("The sea is calm", None),
    ],
)
def test_the_usual_attitudes_of_diplomacy_are_known(text: str, stance: str | None) -> None:
    assert wording.stance(text) == stance
