"""What is compared: gold files, and accounts by the files of their articles."""

import json
from pathlib import Path

import pytest

from extractor.errors import ConfigurationError
from extractor.evaluate import by_file, coded, load_gold, named, strange
from extractor.read import read_text
from tests.test_evaluate import TALKS, account, gold, one


def test_a_gold_file_is_loaded_by_file_name_with_keys_that_nobody_knows(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    lines = [{"file": "n.txt", "meetings": [TALKS | {"weather": "dry"}], "by": "me"}, {"file": "o.txt", "meetings": []}]
    path.write_text("\n\n".join(map(json.dumps, lines)), encoding="utf-8")
    loaded = load_gold(path)
    assert {file: [meeting.id for meeting in meetings] for file, meetings in loaded.items()} == {
        "n.txt": ["ken-uga-2019-nairobi"],
        "o.txt": [],
    }


@pytest.mark.parametrize(
    ("second", "message"),
    [
        ("{", "line 2: the line: Invalid JSON"),
        ('{"file": "n.txt"}', "line 2: meetings: Field required"),
        ('{"file": "n.txt", "meetings": [{"id": "x", "date": "last May"}]}', "line 2: a date is not EDTF"),
        ('{"file": "n.txt", "meetings": [{"id": "x", "date": "2019-02-30"}]}', "line 2: a date is not EDTF"),
        ('{"file": "o.txt", "meetings": []}', "line 2: o.txt has a line already"),
        ('["o.txt"]', "line 2: the line: "),
    ],
)
def test_a_gold_file_with_a_mistake_says_where(tmp_path: Path, second: str, message: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text('{"file": "o.txt", "meetings": []}\n' + second, encoding="utf-8")
    with pytest.raises(ConfigurationError, match=message):
        load_gold(path)


def test_a_gold_file_that_is_not_there_is_a_configuration_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="cannot be read as a gold file"):
        load_gold(tmp_path / "gold.jsonl")


def test_an_empty_gold_file_is_a_configuration_error(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text("\n")
    with pytest.raises(ConfigurationError, match="holds no gold record"):
        load_gold(path)


def test_an_account_can_be_coded_like_gold_and_then_all_of_it_is_right() -> None:
    found = account(place="the lake house", host_event="the Lakes Forum", inferred=("country",))
    meeting = coded(found)
    assert one(found, meeting).errors == ()
    assert (meeting.parties, meeting.place, meeting.accepted("country")) == (
        ("KEN", "UGA"),
        "the lake house",
        ["KEN", None],
    )


def test_accounts_go_by_every_file_name_of_their_article() -> None:
    told, silent = read_text("They met.", path="a/n.txt"), read_text("They did not.", path="a/o.txt")
    found = account().model_copy(update={"article": told.id})
    assert by_file([told, silent], [found]) == {"n.txt": [found], "o.txt": []}


def test_two_articles_of_one_file_name_cannot_be_told_apart() -> None:
    articles = [read_text("They met.", path="a/n.txt"), read_text("They did not.", path="b/n.txt")]
    with pytest.raises(ConfigurationError, match=r"two articles are called n\.txt"):
        named(articles)


def test_a_value_in_no_vocabulary_is_mentioned_with_its_place() -> None:
    slip = gold(id="slip", format="in person", statements=[{"quote": "Yes.", "kind": "verbatim"}], level_alt=["heads"])
    assert list(strange({"n.txt": [gold(level=None), slip]})) == [
        "n.txt, slip: level 'heads' is none of leaders, ministers, senior_officials, working, unknown: "
        "nothing can match it",
        "n.txt, slip: format 'in person' is none of in_person, video, phone, hybrid, unknown: nothing can match it",
        "n.txt, slip: kind 'verbatim' is none of direct, indirect, joint: nothing can match it",
    ]
