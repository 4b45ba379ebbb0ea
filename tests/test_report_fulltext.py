"""The full texts with every evidence marked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.report.fulltext import Piece, file_name, full_texts
from extractor.schemas import Article, Claim, Evidence, Grounding, Status
from tests.report_samples import TEXTS, article, articles, diff, meeting


def pieces(label: str) -> list[Piece]:
    """What the sample's article is cut into."""
    (text,) = (text for text in full_texts(meeting("ABC"), diff("ABC"), articles("ABC")) if text.label == label)
    return [piece for paragraph in text.paragraphs for piece in paragraph]


@pytest.mark.parametrize("label", ["A", "B", "C"])
def test_the_text_is_whole_and_in_order(label: str) -> None:
    assert "".join(piece.text for piece in pieces(label)) == TEXTS[label]


@pytest.mark.parametrize(
    ("label", "text", "sign", "row"),
    [
        ("A", "on Thursday", "~", "Compatible: Date"),
        ("A", "about two hours", "+A", "Only A: Duration"),
        ("B", "he said, meaning Wekesa", "w", "Warnings: Pronoun mismatch"),
        ("C", "called for calm", "+C", "Only C: Statement, Amina Wekesa"),
    ],
)
def test_evidence_is_marked_with_the_sign_and_the_rows_that_rest_on_it(
    label: str, text: str, sign: str, row: str
) -> None:
    (found,) = (piece for piece in pieces(label) if piece.text == text)
    assert (found.marked, found.signs, [told for _, told in found.rows]) == (True, sign, [row])


def test_words_under_two_pieces_of_evidence_lead_to_both_the_nearer_first() -> None:
    found = next(piece for piece in pieces("B") if piece.text == "Kisumu")
    assert found.marked
    assert [row for row, _ in found.rows] == ["city"]


def test_what_is_no_evidence_is_not_marked() -> None:
    assert not next(piece for piece in pieces("A") if "with her Ethiopian" in piece.text).marked


def test_an_article_that_is_not_at_hand_is_left_out() -> None:
    assert [text.label for text in full_texts(meeting("ABC"), diff("ABC"), articles("AC"))] == ["A", "C"]


@given(
    st.text(st.sampled_from("ab \n\u2028"), max_size=40),
    st.lists(st.tuples(st.integers(0, 45), st.integers(0, 45)), max_size=8),
)
def test_no_character_is_lost_whatever_the_places(text: str, places: list[tuple[int, int]]) -> None:
    claims = tuple(
        Claim(id=str(i), account="a-a", field="topics", value="", text="", status=Status.STATED, evidence=(found,))
        for i, (start, end) in enumerate(places)
        if start < end
        for found in [
            Evidence(
                article=article("A"), start=start, end=end, exact="x" * (end - start), grounding=Grounding.VERBATIM
            )
        ]
    )
    record = meeting("A").model_copy(update={"claims": claims})
    texts = {article("A"): Article(id=article("A"), text=text, sentences=())}
    ((found),) = full_texts(record, None, texts)
    shown = [piece for paragraph in found.paragraphs for piece in paragraph]
    assert "".join(piece.text for piece in shown) == text.replace("\n", "").replace("\u2028", " ")
    inside = {at for start, end in places if start < end for at in range(start, min(end, len(text)))}
    marked = sum(len(piece.text) for piece in shown if piece.marked)
    assert marked == sum(text[at] != "\n" for at in inside)


@pytest.mark.parametrize("meeting_id", ["2031-03-06-kisumu-4be1d7", "../../etc/passwd", "a b/c\\d?%"])
def test_a_file_name_never_leaves_its_folder(meeting_id: str) -> None:
    assert not set("/\\.") & set(file_name(meeting_id).removesuffix(".html"))
