"""Archives: JSON Lines, an article a line."""

import json
import os
import tracemalloc
from contextlib import suppress
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.errors import UnreadableError
from extractor.read import LARGEST, Unread, count, read, sources
from extractor.schemas import Article, Sighting
from extractor.texts.archive import lines, row

GOOD = json.dumps({"text": "They met."})


def archive(folder: Path, *content: str | bytes, name: str = "a.jsonl") -> Path:
    path = folder / name
    path.write_bytes(b"\n".join(line.encode() if isinstance(line, str) else line for line in content))
    return path


def line(**values: object) -> str:
    return json.dumps(values)


def told(path: Path) -> dict[str, str]:
    """What each path gave: the text, or why there is none."""
    shown = {one.path if isinstance(one, Unread) else str(one.sightings[0].path): one for one in read(path)}
    return {Path(key).name: one.reason if isinstance(one, Unread) else one.text for key, one in shown.items()}


def only(path: Path) -> Article:
    (one,) = read(path)
    assert isinstance(one, Article)
    return one


# What a line gives


def test_a_line_is_an_article_and_knows_where_it_stands(tmp_path: Path) -> None:
    told_of_it = line(
        text="They met.",
        URL="https://example.org/a",
        publisher=" The Daily ",
        published="2024-02-23T23:30:00+09:00",
        language="en",
        reader="x",
        topics=["trade"],
    )
    one = only(archive(tmp_path, "", told_of_it))
    assert one.text == "They met."
    assert one.sightings == (
        Sighting(
            path=f"{tmp_path.as_posix()}/a.jsonl:2",
            url="https://example.org/a",
            publisher="The Daily",
            published=date(2024, 2, 23),
            language="en",
        ),
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\r\nb\rc", "a\nb\nc"),
        ("\ufeffa", "a"),
        ("a\u2028b", "a\u2028b"),
        ("---\npublisher: The Daily\n---\nThey met.", "---\npublisher: The Daily\n---\nThey met."),
        ("<p>They met.</p>", "<p>They met.</p>"),
    ],
    ids=["line breaks", "mark", "line separator", "front matter", "markup"],
)
def test_the_text_of_a_line_is_data_and_stays_but_for_its_line_breaks(tmp_path: Path, text: str, expected: str) -> None:
    one = only(archive(tmp_path, line(text=text)))
    assert (one.text, one.sightings[0].publisher) == (expected, None)


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ('{"text": "They', "no JSON (Unterminated string starting at): write one article a line, in UTF-8"),
        (b'{"text": "caf\xe9"}', "no JSON (UnicodeDecodeError): write one article a line, in UTF-8"),
        ("[" * 100_000, "no JSON (RecursionError): write one article a line, in UTF-8"),
        ('"They met."', 'no article: write it as {"text": "...", "published": "2024-02-23"}'),
        (line(text=None), 'no article: write it as {"text": "...", "published": "2024-02-23"}'),
        (line(body="They met."), 'no article: write it as {"text": "...", "published": "2024-02-23"}'),
        (line(text=" \n"), "empty: it holds no text"),
        (line(text="a\0b"), "holds no text: there are NUL characters in it"),
        (line(text="half \ud800"), "half a character (a lone surrogate) at 5: decode it anew"),
        (line(text="a", published="last Friday"), "`published` is 'last Friday': write it as 2024-02-23"),
        (line(text="a", url=5), "`url` in the line must be a text, not '5'"),
        (b" " * 5 + b"x" * LARGEST + GOOD.encode(), "larger than 20 MB: split it into articles"),
    ],
    ids=lambda value: str(value)[:30] if isinstance(value, str) else "bytes",
)
def test_a_line_that_gives_no_article_says_why_and_the_next_goes_on(
    tmp_path: Path, bad: str | bytes, reason: str
) -> None:
    found = told(archive(tmp_path, line(text="One."), bad, line(text="Three.")))
    assert found == {"a.jsonl:1": "One.", "a.jsonl:2": reason, "a.jsonl:3": "Three."}


@pytest.mark.parametrize("end", ["", "\n", "\r\n", "\n\n \n"])
def test_ends_of_lines_and_blank_ones_make_no_article(tmp_path: Path, end: str) -> None:
    assert told(archive(tmp_path, f"\ufeff{GOOD}\r", "", GOOD + end)) == {
        "a.jsonl:1": "They met.",
        "a.jsonl:3": "They met.",
    }


def test_what_a_line_leaves_open_the_manifest_may_say_of_its_file(tmp_path: Path) -> None:
    archive(tmp_path, line(file="a.jsonl", publisher="The Daily", published="2024-02-22"), name="manifest.jsonl")
    archive(tmp_path, line(text="One.", published="2024-02-23", publisher=None), line(text="Two.", publisher="Other"))
    seen = [one.sightings[0] for one in read(tmp_path, date(2024, 1, 1)) if isinstance(one, Article)]
    assert [(one.publisher, one.published) for one in seen] == [
        ("The Daily", date(2024, 2, 23)),
        ("Other", date(2024, 2, 22)),
    ]


def test_the_date_that_the_caller_names_counts_where_a_line_has_none(tmp_path: Path) -> None:
    archive(tmp_path, GOOD, line(text="Two.", published="2024-02-23"))
    days = [one.reference.published for one in read(tmp_path, date(2024, 1, 1)) if isinstance(one, Article)]
    assert days == [date(2024, 1, 1), date(2024, 2, 23)]


@given(st.binary() | st.lists(st.sampled_from([b'{"text":', b'"a"', b"}", b"\n", b"\xff", b"1" * 5000])).map(b"".join))
def test_any_bytes_give_texts_or_clear_errors(raw: bytes) -> None:
    for number, content in lines(BytesIO(raw)):
        assert content in raw.split(b"\n")[number - 1]
        with suppress(UnreadableError):
            text, values = row(content)
            assert values["text"] == text


# Which files are archives


def test_a_folder_reads_its_archives_in_their_place(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("A.")
    (tmp_path / "c.txt").write_text("C.")
    archive(tmp_path, GOOD, "broken", GOOD, name="b.JSONL")
    assert list(told(tmp_path)) == ["a.txt", "b.JSONL:1", "b.JSONL:2", "b.JSONL:3", "c.txt"]


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("manifest.jsonl", line(file="a.jsonl", text="They met.")),
        ("meetings.jsonl", GOOD),
        ("statements.jsonl", GOOD),
        (".hidden.jsonl", GOOD),
        ("README.jsonl", GOOD),
        ("gold.jsonl", line(file="a.txt", meetings=[])),
        ("broken.jsonl", "{"),
        ("list.jsonl", "[]"),
        ("empty.jsonl", ""),
        ("blank.jsonl", "\n\n"),
    ],
)
def test_a_folder_passes_over_what_is_no_archive(tmp_path: Path, name: str, first: str) -> None:
    archive(tmp_path, first, GOOD if name == "gold.jsonl" else "", name=name)
    assert list(read(tmp_path)) == []
    assert count(tmp_path) == 0


def test_a_pipe_in_a_folder_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.jsonl")
    assert list(read(tmp_path)) == []


def test_a_link_to_an_archive_outside_is_told_and_not_followed(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.jsonl").symlink_to(archive(tmp_path, GOOD))
    assert told(tmp_path / "in") == {
        "a.jsonl": "a link that leads out of the folder is not followed: name it by itself"
    }


@pytest.mark.parametrize("name", ["statements.jsonl", "gold.jsonl", ".hidden.jsonl"])
def test_an_archive_that_is_named_is_read_whatever_a_folder_would_do(tmp_path: Path, name: str) -> None:
    path = archive(tmp_path, line(file="a.txt"), GOOD, name=name)
    assert told(path)[f"{name}:2"] == "They met."


@pytest.mark.parametrize("content", [[], ["", ""], [line(file="a.txt")] * 3, ["{", "["]])
def test_a_named_file_without_any_article_says_so_once(tmp_path: Path, content: list[str]) -> None:
    found = told(archive(tmp_path, *content))
    assert found == {"a.jsonl": 'no line of it is an article: write each as {"text": "...", "url": "..."}'}


# Size


@pytest.mark.parametrize(
    ("content", "expected"),
    [("", 0), (GOOD, 1), (f"{GOOD}\n", 1), (f"{GOOD}\n{GOOD}", 2), (f"{GOOD}\n" * 5000, 5000)],
    ids=["empty", "one", "one and its end", "two", "more than a block"],
)
def test_the_lines_of_an_archive_are_counted(tmp_path: Path, content: str, expected: int) -> None:
    assert count(archive(tmp_path, content)) == expected


def test_an_archive_in_a_folder_counts_by_its_lines(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("A.")
    archive(tmp_path, GOOD, GOOD, GOOD)
    assert count(tmp_path) == 4 == len(list(read(tmp_path)))


def test_memory_holds_a_line_at_a_time(tmp_path: Path) -> None:
    path = archive(tmp_path, *[line(text=f"{number} " + "They met. " * 1000) for number in range(400)])
    tracemalloc.start()
    try:
        assert sum(1 for _ in sources(path)) == 400
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < path.stat().st_size / 10
