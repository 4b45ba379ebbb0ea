"""Labels: files of them, what gold says of pairs, and which pairs are worth a label."""

import json
from pathlib import Path

import pytest

from extractor.errors import ConfigurationError
from extractor.labels import checked, is_gold, load_labels, of_gold, row, to_label
from extractor.schemas.scores import Pair
from tests.accounts import Told, account, article

KNOWN = {"a-1", "a-2", "a-3"}


def write(folder: Path, *lines: object) -> Path:
    path = folder / "labels.jsonl"
    path.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines), encoding="utf-8")
    return path


def pair(left: str, right: str, same: object) -> dict[str, object]:
    return {"left": left, "right": right, "same": same, "note": "anything may stand beside it"}


def test_pairs_are_read_whichever_account_stands_first_and_unlabelled_ones_are_passed_over(tmp_path: Path) -> None:
    path = write(tmp_path, pair("a-2", "a-1", True), "", pair("a-1", "a-2", True), pair("a-1", "a-3", None))
    assert load_labels(path, KNOWN) == {("a-1", "a-2"): True}


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "line 2: the line: Invalid JSON"),
        ('["a-1", "a-2", true]', "line 2: the line: "),
        (pair("a-1", "a-3", "perhaps"), "line 2: same: "),
        ({"left": "a-1", "right": "a-2"}, "line 2: same: Field required"),
        (pair("a-1", "a-9", True), "line 2: a-9 is no account of this workspace"),
        (pair("a-3", "a-3", True), "line 2: a-3 is compared with itself"),
        (pair("a-2", "a-1", False), "line 2: another line says otherwise"),
    ],
)
def test_a_line_that_cannot_be_learnt_from_is_named(tmp_path: Path, line: object, message: str) -> None:
    path = write(tmp_path, pair("a-1", "a-2", True), line)
    with pytest.raises(ConfigurationError, match=message) as caught:
        load_labels(path, KNOWN)
    assert "\n" not in str(caught.value)


def test_a_file_that_is_not_there_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="cannot be read as labels"):
        is_gold(tmp_path / "none.jsonl")


@pytest.mark.parametrize(
    ("labels", "message"),
    [
        ({}, "labels no pair"),
        ({("a-1", "a-2"): True}, "all 1 pairs are the same; label some that are different"),
        ({("a-1", "a-2"): False, ("a-1", "a-3"): False}, "all 2 pairs are different; label some that are the same"),
    ],
)
def test_labels_of_one_kind_teach_nothing(labels: dict[tuple[str, str], bool], message: str) -> None:
    with pytest.raises(ConfigurationError, match=message):
        checked(labels, Path("labels.jsonl"))


@pytest.mark.parametrize(
    ("line", "gold"),
    [
        ({"file": "a.txt", "meetings": []}, True),
        (pair("a-1", "a-2", True), False),
        ("{", False),
        ("7", False),
        ("", False),
    ],
)
def test_gold_is_told_from_pairs_by_its_keys(tmp_path: Path, line: object, *, gold: bool) -> None:
    assert is_gold(write(tmp_path, line)) is gold


def test_gold_labels_the_compared_pairs_of_which_it_knows_both() -> None:
    told = [
        Pair(file=file, meeting=meeting, role=None, account=account)
        for file, meeting, account in [
            ("a.txt", "talks", "a-1"),
            ("b.txt", "talks", "a-2"),
            ("b.txt", "dinner", "a-3"),
            ("c.txt", "talks", None),
        ]
    ]
    compared = [("a-1", "a-2"), ("a-1", "a-3"), ("a-1", "a-4")]
    assert of_gold(told, compared) == {("a-1", "a-2"): True, ("a-1", "a-3"): False}


def test_pairs_to_label_are_the_closest_and_one_in_five_of_all_others() -> None:
    scores = {("a", f"{number:03}"): number for number in range(101)}
    chosen = to_label(scores, 50, 10)
    assert [scores[one] for one in chosen[:8]] == [50, 49, 51, 48, 52, 47, 53, 46]
    assert [abs(scores[one] - 50) for one in chosen[8:]] == [4, 27]


def test_where_there_are_few_pairs_all_are_to_be_labelled_and_each_once() -> None:
    scores = {("a", str(number)): number for number in range(7)}
    assert sorted(to_label(scores, 3, 100)) == sorted(scores)
    assert len(to_label(scores, 3, 7)) == 7


def test_a_pair_to_label_shows_what_both_say_and_not_what_the_weights_make_of_it() -> None:
    text = "Snow fell. The ministers of Kenya and Norway met in Oslo on 3 March 2031. Snow fell again."
    told = Told(date="on 3 March 2031", city="Oslo", parties=["Kenya", "Norway"])
    one = (account(text, told, published="2031-03-04"), article(text, published="2031-03-04"))
    found = row(one, one)
    assert found["same"] is None
    assert found["left_says"] == found["right_says"]
    assert found["left_says"] == {
        "source": one[0].source,
        "published": "2031-03-04",
        "words": "The ministers of Kenya and Norway met in Oslo on 3 March 2031.",
        "date": ["2031-03-03"],
        "city": ["Oslo"],
        "country": ["NOR"],
        "occurrence": ["held"],
        "parties": ["KEN", "NOR"],
    }
    assert found.keys() == {"left", "right", "same", "left_says", "right_says"}
