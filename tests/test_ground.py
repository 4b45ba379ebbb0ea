import unicodedata
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.ground import ground, holds, locate, nearest, problems, quoted
from extractor.schemas import Draft, Evidence, Grounding
from extractor.texts.folding import fold
from tests.drafts import article, meeting, statement


def located(text: str, words: str, number: int = 1) -> Evidence:
    return locate(article(text), words, number)


# Marks that combine, emoji that join, jamo that compose, curly and straight quotes, soft hyphens, odd spaces.
PIECES = st.sampled_from(
    [
        *("e", "é", "e\u0301", "\u0301", "\u0344", "\u0f73", "Å", "A\u030a", "\u212b", "\u1100", "\u1161", "\u11a8"),
        *("각", "会談。", "กำ", "नि", "👩‍👩‍👧", "👍🏽", "\u00ad", "\u00a0", " ", *"“”\"’'—-–"),
        *("\n", "\t", "\u2028", "5", "1.5", "not", "can’t", "Ruiz", ".", ",", "ﬁ", "ß", "İ", "ǆ"),
    ]
)
TEXTS = st.lists(PIECES, max_size=30).map("".join) | st.text(max_size=60)
CURLED = str.maketrans("\"'-", "“’–") | {ord(" "): "\u00a0\n"}
STRAIGHT = str.maketrans("“”’—–", '""\'--')


@given(TEXTS, TEXTS, st.integers(0, 9))
def test_evidence_always_holds_the_words_where_it_says(text: str, words: str, number: int) -> None:
    source = article(text)
    shown = locate(source, words, number)
    assert holds(source, shown)
    if shown.grounding is Grounding.UNGROUNDED:
        assert (shown.start, shown.end, shown.exact) == (None, None, words)
        return
    assert text[shown.start : shown.end] == shown.exact
    assert (shown.exact == words) is (shown.grounding is Grounding.VERBATIM)
    assert fold(shown.exact).text.strip() == fold(words).text.strip()
    assert shown.start is not None
    assert shown.end is not None
    assert shown.prefix == text[max(0, shown.start - 32) : shown.start]
    assert shown.suffix == text[shown.end : shown.end + 32]


@given(TEXTS, st.data())
def test_a_sentence_is_found_in_its_text_under_any_folding(text: str, data: Any) -> None:
    source = article(text)
    for sentence in source.sentences:
        words = source.slice(sentence)
        shown = locate(source, words, sentence.number)
        assert (shown.start, shown.end) == (sentence.start, sentence.end)
        if all(c not in words for c in "\u0344\u0f73"):
            changed = unicodedata.normalize(data.draw(st.sampled_from(["NFC", "NFD"])), words)
            assert locate(source, changed.translate(CURLED), sentence.number).grounded


@given(TEXTS)
def test_folding_is_nfc_and_one_space_and_straight_marks(text: str) -> None:
    folded = fold(text)
    straight = unicodedata.normalize("NFC", text).translate(STRAIGHT)
    if not set(straight) & set("‘‚‛′„‟″‐‑‒―−"):
        assert folded.text.split() == straight.split()
    assert "  " not in folded.text
    assert fold(folded.text).text == folded.text


@given(TEXTS)
def test_folded_characters_keep_where_they_stood(text: str) -> None:
    folded = fold(text)
    spans = list(zip(folded.starts, folded.ends, strict=True))
    assert len(spans) == len(folded.text)
    assert all(start < end for start, end in spans)
    assert all(left == right or left[1] == right[0] for left, right in pairwise(spans))
    assert ([spans[0][0], spans[-1][1]] if spans else [0, 0]) == [0, len(text)]


@pytest.mark.parametrize(
    ("text", "words", "exact"),
    [
        ("He said “we go” — now.", 'said "we go" - now', "said “we go” — now"),
        ("It’s Ruiz‑Prado’s.", "It's Ruiz-Prado's", "It’s Ruiz‑Prado’s"),
        ("They met  in\u00a0Rome.", "met in Rome", "met  in\u00a0Rome"),
        ("They met in Rome.", "met\nin Rome", "met in Rome"),
        ("Jose\u0301 came.", "José", "Jose\u0301"),
        ("José came.", "Jose\u0301", "José"),
        ("\u1112\u1161\u11ab came.", "한", "\u1112\u1161\u11ab"),
    ],
)
def test_quotes_dashes_space_and_composition_fold(text: str, words: str, exact: str) -> None:
    shown = located(text, words)
    assert (shown.exact, shown.grounding) == (exact, Grounding.FOLDED)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Moscow will not sign.", "Moscow will sign"),
        ("Moscow will sign.", "Moscow will not sign"),
        ("We can’t sign.", "We can"),
        ("We can't sign.", "can"),
        ("We cannot sign.", "can"),
        ("A non-nuclear state.", "nuclear state"),
        ("It is unlikely.", "likely"),
        ("They agreed on 20,000 men.", "20"),
        ("They agreed on 20,000 men.", "000 men"),
        ("It rose by 1.5 percent.", "5 percent"),
        ("It fell to -5 degrees.", "5 degrees"),
        ("At 10:30 they met.", "30 they met"),
        ("In 2024 they met.", "In 202"),
        ("They met in Rome.", "met in rome"),
        ("They met in Rome.", "They met"[:-1]),
        ("They met in Rome.", "hey met"),
        ("They met in Rome.", "They meet in Rome"),
        ("They met, in Rome.", "They met in Rome"),
        ("Jose\u0301 came.", "Jose"),
        ("José came.", "Jose"),
        ("co\u00adoperate", "cooperate"),
        ("👩‍👩‍👧 came.", "👩"),
        ("नि came.", "न"),
        ("They met in Rome.", ""),
        ("They met in Rome.", " \n"),
        ("", "They met"),
    ],
)
def test_other_words_negations_and_numbers_never_ground(text: str, words: str) -> None:
    shown = located(text, words)
    assert (shown.grounding, shown.exact) == (Grounding.UNGROUNDED, words)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("U.S.-Japan ties", "Japan"),
        ("Japan’s plan", "Japan"),
        ("(Rome)", "Rome"),
        ("UN-backed talks", "UN"),
        ("It cost $5.", "5"),
        ("It rose 5%, 6%.", "5"),
        ("G-20 talks", "20 talks"),
        ("외교장관은 말했다", "외교장관"),
        ("会談した", "会談"),
        ("In 2024.", "2024"),
        ("In 2024, 5 came.", "2024"),
    ],
)
def test_whole_words_ground(text: str, words: str) -> None:
    assert located(text, words).grounding is Grounding.VERBATIM


REPEATED = "Ruiz spoke.\nRuiz left. Diallo stayed.\nOthers came.\n“Ruiz spoke.” Nobody else did."


@pytest.mark.parametrize(
    ("words", "number", "start"),
    [("Ruiz", 1, 0), ("Ruiz", 2, 12), ("Ruiz", 3, 12), ("Ruiz", 5, 52), ("Ruiz", 99, 0), ("Others", 1, 38)],
)
def test_of_several_places_the_one_in_the_sentence_counts_then_the_nearest(words: str, number: int, start: int) -> None:
    assert located(REPEATED, words, number).start == start


def test_folded_words_in_the_sentence_outrank_the_same_words_elsewhere() -> None:
    text = 'He said "yes" first.\nShe said “yes” later.'
    assert located(text, '"yes"', 1).grounding is Grounding.VERBATIM
    assert located(text, '"yes"', 2).exact == "“yes”"


def test_a_draft_is_located_as_a_whole() -> None:
    source = article()
    draft = Draft.model_validate({"meetings": [meeting(statements=[statement(text="It went badly")])]})
    found = ground(source, draft)
    assert set(found) == set(quoted(draft))
    assert found["on Monday", 1].exact == "on Monday"
    assert not found["It went badly", 3].grounded


def test_a_model_is_told_what_is_wrong_and_shown_the_nearest_words() -> None:
    said = [statement(text="It went badly, Ruiz said"), statement(sentence=9), statement(sentence=0)]
    draft = Draft.model_validate({"meetings": [meeting(statements=said)]})
    wrong, *numbers = problems(article(), draft)
    assert "'It went badly, Ruiz said' does not stand in sentence 3" in wrong
    assert "sentence 3: '“It went well,” Ruiz said.'" in wrong
    assert numbers == [f"There is no sentence {n}: the sentences are numbered 1 to 3." for n in (9, 0)]


def test_a_good_draft_has_no_problems() -> None:
    assert problems(article(), Draft.model_validate({"meetings": [meeting()]})) == []


def test_the_nearest_words_are_no_lone_word_and_no_endless_line() -> None:
    text = "The\n" + "so on and on " * 500 + "Ruiz met Diallo in Dakar at noon " + "and so on " * 500
    number, passage = nearest(article(text), "Ruiz met Diallo near Dakar at noon")
    assert number == 2
    assert "Ruiz met Diallo in Dakar" in passage
    assert len(passage) <= 400


def test_an_article_without_sentences_has_no_nearest_words() -> None:
    assert nearest(article(""), "Ruiz") == (0, "")


@pytest.mark.parametrize(
    "text",
    ["e" + "\u0301" * 300_000, "\u1100\u1161\u11a8" * 60_000, "👩‍" * 80_000, "会談" * 80_000, " \u00a0" * 80_000],
    ids=["marks", "jamo", "emoji", "kanji", "spaces"],
)
def test_a_long_run_of_one_kind_folds(text: str) -> None:
    # In quadratic time this would not end.
    assert fold(text).ends[-1] == len(text)


def test_a_hundred_long_quotes_are_located_in_a_long_article() -> None:
    words = [f"w{number}" for number in range(27_000)]
    lines = [" ".join(words[i : i + 25]) + " “so”." for i in range(0, len(words), 25)]
    source = article("\n".join(lines))
    assert len(source.text) > 150_000
    quotes = [" ".join(lines[i : i + 5]).replace("“", '"').replace("”", '"') for i in range(0, 1000, 10)]
    said = [statement(text=quote, sentence=1) for quote in quotes]
    draft = Draft.model_validate({"meetings": [meeting(statements=said)]})
    found = ground(source, draft)
    assert {found[quote, 1].grounding for quote in quotes} == {Grounding.FOLDED}
