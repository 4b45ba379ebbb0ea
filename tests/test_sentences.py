from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.texts.sentences import split


def pieces(text: str) -> list[str]:
    return [text[s.start : s.end] for s in split(text)]


@pytest.mark.parametrize(
    "sentences",
    [
        ["Ana Ruiz met Omar Diallo.", "They talked."],
        ["Will she go?", "Yes!", "She said so…", "And went."],
        ["The U.S. side met Gen. Diallo on Sept. 15 in St. Ives.", "It rained."],
        ["He flew to the U.S.", "The talks began at 9 a.m. in Rome."],
        ["They met at 9 a.m.", "She left."],
        ["J. R. Hartley came.", "G. In-ho came too."],
        ["There was a plan B.", "The ministers took it."],
        ["It was No. 5 of 7.", "He said no.", "Nobody moved."],
        ["“We go.”", "Then they left.", "“Why?” asked Ruiz."],
        ["(They met in Rome.)", "«Good.»", "¿Why?"],
        ["Acme Inc. President Diallo came with aides, etc.", "The rest stayed."],
        ["Washington, D.C. officials came.", "It cost $5.", "$6 came back."],
        ["It rose by 3.5 points.", "5 states agreed."],
        ["Élan won.", "Ärger folgte."],
        ["and so on. then it went on.", "Good."],
        ["今日は会談した。", "次は？", "「好。」", "他说。"],
        ["Слово один.", "А. Б. Иванов пришёл."],
        ["1. The first item.", "The rest."],
        ["The two sides met ... and parted."],
        ["They talked . . . and left. . . .", "It rained."],
        ["MR. DIALLO: Thank you.", "MAJ. GEN. RUIZ: Good.", "SEN. RUIZ: No."],
        ["Lt. Gen. Diallo, Amb. Ruiz and Gov. Hartley came.", "Asst. Sec. Ruiz left."],
        ["On JAN. 5 it was NO. 7 vs. ACME INC. President Diallo.", "THE REST stayed."],
        ["Omar Diallo Jr. said so.", "It was Rs. 500, approx. 6 dollars, under Res. 22."],
        ["She holds a Ph.D. in law.", "So does Ph.D. student Ruiz."],
        ["E.Hartley and G.In-ho spoke.", "They left."],
        ["It was in the 1990s.", "5 states came."],
        ["They met.[3]", "They left.[4][5]", "It rained."],
        ["They met.", "• They left.", "• It rained."],
        ["The items: a. Kenya; b. Uganda; c. Chad.", "Good."],
        ["He left on 5. May 2014 for Rome.", "It rose to 5.", "The rest fell."],
        ["「行く。」と述べた。", "次。"],
        ["وہ آیا۔", "وہ گیا۔"],
    ],
    ids=lambda sentences: sentences[0],
)
def test_a_line_is_cut_where_its_sentences_end(sentences: list[str]) -> None:
    joined = "".join(s if s.endswith(("。", "？", "」")) else f"{s} " for s in sentences)
    assert pieces(joined) == sentences


@pytest.mark.parametrize(
    "number", ["1.", "  2.", "1.2.", "3.1.4.", "II.", "IV.", "a.", "A.", "Q.", "Article 5.", "SECTION 3."]
)
def test_the_number_of_an_item_stays_with_its_words(number: str) -> None:
    assert pieces(f"{number} The use of terms. They follow.") == [f"{number.strip()} The use of terms.", "They follow."]


def test_a_line_break_ends_a_sentence_and_a_paragraph() -> None:
    found = split("A headline without a stop\n\n  The U.S.\u2028and Kenya met. It rained. \r\n")
    assert [(s.number, s.paragraph) for s in found] == [(1, 1), (2, 2), (3, 3), (4, 3)]


TEXTS = st.text(st.sampled_from("aB1.!?…\"'”’“ ()\n\t\u2028\x85。」é한.A S t. ")) | st.text()


@given(TEXTS)
def test_every_character_but_white_space_stands_in_exactly_one_sentence(text: str) -> None:
    found = split(text)
    assert "".join("".join(text[s.start : s.end].split()) for s in found) == "".join(text.split())
    assert all(left.end <= right.start for left, right in pairwise(found))


@given(TEXTS)
def test_a_sentence_is_stripped_numbered_and_holds_no_line_break(text: str) -> None:
    for number, span in enumerate(split(text), 1):
        piece = text[span.start : span.end]
        assert span.number == number
        assert piece == piece.strip() != ""
        assert len(piece.splitlines()) == 1


@pytest.mark.parametrize(
    ("line", "count"),
    [
        ("The U.S. side met Gen. Diallo. " * 30_000, 30_000),
        ("." * 1_000_000, 1),
        (". " * 500_000, 1),
        ('."' * 500_000, 1),
        ("a." + " " * 1_000_000 + "b", 1),
        ("a. " + '"' * 1_000_000, 1),
        ("Да. А.Б. Нет. " * 70_000, 140_000),
        ("会談した。" * 200_000, 200_000),
    ],
    ids=lambda value: str(value)[:12],
)
def test_a_line_of_a_million_characters_is_cut(line: str, count: int) -> None:
    # In quadratic time this would not end.
    assert len(split(line)) == count
