"""Files, folders and bytes become articles, or say why not."""

import hashlib
import os
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.errors import ConfigurationError, UnreadableError
from extractor.read import LARGEST, Unread, merge, read, read_text
from extractor.schemas import Article, Sighting
from extractor.texts.decode import decode

WORDS = "The foreign ministers of Kenya and Norway met in Oslo on Friday.\n"
PAGE = """<!doctype html><html><head><meta charset="{charset}"><title>T</title>
<meta property="og:site_name" content="The Daily">
<meta property="article:published_time" content="2024-02-23T23:30:00+09:00"></head>
<body><nav><a href="/">Home</a></nav><article><h1>Ministers meet in Oslo</h1>
<p>The foreign ministers of Kenya and Norway met in Oslo on Friday to talk about trade.</p>
<p>“We agree on much,” said the minister of Kenya, “and we will meet again in Malmö next year.”</p></article>
<footer>Subscribe</footer></body></html>"""


def write(folder: Path, files: dict[str, str | bytes]) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def article(raw: bytes | str, **more: object) -> Article:
    return read_text(raw, **more)  # type: ignore[arg-type]


def only(path: Path) -> Article | Unread:
    (one,) = read(path)
    return one


def reason(path: Path) -> str:
    one = only(path)
    assert isinstance(one, Unread)
    return one.reason


def day(one: Article | Unread) -> date | None:
    assert isinstance(one, Article)
    return one.reference.published


# Where articles come from


def test_a_folder_is_read_at_any_depth_in_the_order_of_its_paths(tmp_path: Path) -> None:
    write(tmp_path, {"b.txt": "two", "a.md": "one", "c/d/e.txt": "four", "c/a.txt": "three"})
    found = [one.text for one in read(tmp_path) if isinstance(one, Article)]
    assert found == ["one", "two", "three", "four"]


@pytest.mark.parametrize("name", [".hidden.txt", ".git/a.txt", "README.md", "readme", "gold.jsonl", "a.json"])
def test_a_folder_passes_over_what_is_no_article_by_its_name(tmp_path: Path, name: str) -> None:
    write(tmp_path, {name: "words", "a.txt": WORDS})
    assert [type(one) for one in read(tmp_path)] == [Article]


@pytest.mark.parametrize("name", ["README.md", ".hidden.txt", "readmission.txt"])
def test_a_file_that_is_named_is_read_whatever_a_folder_would_do(tmp_path: Path, name: str) -> None:
    assert isinstance(only(write(tmp_path, {name: WORDS}) / name), Article)


def test_one_bad_file_never_takes_its_neighbours_along(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": WORDS, "b.txt": b"\x00\x01\x02", "c.pdf": b"%PDF", "d.txt": "", "e.txt": "More."})
    found = {Path(one.path).name: one.reason for one in read(tmp_path) if isinstance(one, Unread)}
    assert found == {
        "b.txt": "holds no text: save it as UTF-8",
        "c.pdf": "only .txt, .md, .html and .jsonl are read",
        "d.txt": "empty: it holds no text",
    }
    assert [one.text for one in read(tmp_path) if isinstance(one, Article)] == [WORDS, "More."]


def test_a_list_mixes_files_and_folders(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": "one", "more/b.txt": "two"})
    assert len(list(read([tmp_path / "a.txt", str(tmp_path / "more")]))) == 2


def test_a_path_that_is_not_there_is_an_error_before_anything_is_read(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": WORDS})
    with pytest.raises(ConfigurationError, match="nowhere does not exist"):
        read([tmp_path, tmp_path / "nowhere"])


@pytest.mark.parametrize("path", ["x" * 5000, "a\0b"])
def test_a_path_that_no_system_can_hold_does_not_exist(path: str) -> None:
    with pytest.raises(ConfigurationError, match="does not exist"):
        read(path)


def test_a_sighting_keeps_the_path_as_it_was_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {"news/a.txt": WORDS})
    monkeypatch.chdir(tmp_path)
    (one,) = read("./news/")
    assert isinstance(one, Article)
    assert one.sightings == (Sighting(path="news/a.txt"),)


def test_a_file_name_that_is_no_unicode_does_no_harm(tmp_path: Path) -> None:
    name = os.fsdecode(b"caf\xe9.txt")
    try:
        write(tmp_path, {name: WORDS})
    except OSError:
        pytest.skip("this file system takes Unicode names alone")
    one = only(tmp_path)
    assert isinstance(one, Article)
    assert one.source == "caf�.txt"


def test_links_are_not_followed_out_of_the_folder(tmp_path: Path) -> None:
    write(tmp_path, {"secret/key.txt": "secret", "in/a.txt": WORDS})
    (tmp_path / "in/key.txt").symlink_to(tmp_path / "secret/key.txt")
    (tmp_path / "in/folder").symlink_to(tmp_path / "secret")
    (tmp_path / "in/ring.txt").symlink_to(tmp_path / "in/ring.txt")
    (tmp_path / "in/same.txt").symlink_to(tmp_path / "in/a.txt")
    found = list(read(tmp_path / "in"))
    assert {one.text for one in found if isinstance(one, Article)} == {WORDS}
    assert [Path(one.path).name for one in found if isinstance(one, Unread)] == ["key.txt", "ring.txt", "folder"]


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    assert reason(tmp_path) == "not a file"


def test_a_file_that_is_too_large_says_so(tmp_path: Path) -> None:
    with (tmp_path / "a.txt").open("wb") as file:
        file.truncate(LARGEST + 1)
    assert reason(tmp_path) == "larger than 20 MB: split it into articles"


# From bytes to text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (WORDS, "utf-8"),
        (WORDS, "utf-8-sig"),
        (WORDS, "utf-16"),
        (WORDS, "utf-32"),
        ("“We’ll meet,” she said, “in Brasília” — and nowhere else, she added to reporters.", "cp1252"),
        ("A café in São Paulo, so the minister told the reporters who had come to see her.", "cp1252"),
        ("Министр иностранных дел встретился в Москве с коллегой из Норвегии.", "cp1251"),
        ("外務大臣は昨日、東京で会談した。両国は協力を確認した。次の会談は来年である。", "shift_jis"),
        ("외교장관은 어제 서울에서 회담했다. 협력을 확인했다. 다음 회담은 내년이다.", "euc_kr"),
    ],
)
def test_bytes_become_the_text_that_was_written(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_all_utf_8_is_read_as_that(text: str) -> None:
    assert decode(text.encode()) == text.removeprefix("\ufeff")


@given(st.binary())
def test_any_bytes_give_a_text_or_a_clear_error(raw: bytes) -> None:
    with suppress(UnreadableError):
        one = article(raw)
        assert one.id == hashlib.sha256(one.text.encode()).hexdigest()
        assert "\r" not in one.text


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b" \n\t\r\n",
        b"\xef\xbb\xbf",
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
        b"a\x00b",
        b"\xff\xfea",
        bytes(range(256)) * 4,
        "a\0b",
        "half \ud800",
        "---\npublished: 2024-02-23\n---\n\n",
    ],
)
def test_what_holds_no_text_is_unreadable(raw: bytes | str) -> None:
    with pytest.raises(UnreadableError):
        article(raw)


def test_line_ends_are_one_character_and_make_no_other_article() -> None:
    assert article("a\r\nb\rc").text == "a\nb\nc"
    assert article("a\r\nb").id == article("a\nb").id == article(b"\xef\xbb\xbfa\nb").id


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_sentences_are_spans_of_the_text_without_line_breaks(text: str) -> None:
    with suppress(UnreadableError):
        one = article(text)
        assert [s.number for s in one.sentences] == list(range(1, len(one.sentences) + 1))
        assert all(one.slice(s) and len(one.slice(s).splitlines()) == 1 for s in one.sentences)


@pytest.mark.parametrize("charset", ["utf-8", "windows-1252", "shift_jis-of-no-kind"])
def test_a_page_gives_its_paragraphs_and_what_its_head_declares(tmp_path: Path, charset: str) -> None:
    encoding = "cp1252" if charset == "windows-1252" else "utf-8"
    one = only(write(tmp_path, {"a.html": PAGE.format(charset=charset).encode(encoding)}))
    assert isinstance(one, Article)
    assert one.text.split("\n") == [
        "Ministers meet in Oslo",
        "The foreign ministers of Kenya and Norway met in Oslo on Friday to talk about trade.",
        "“We agree on much,” said the minister of Kenya, “and we will meet again in Malmö next year.”",
    ]
    (seen,) = one.sightings
    assert (seen.publisher, seen.published) == ("The Daily", date(2024, 2, 23))
    assert str(seen.reader).startswith("trafilatura ")


@pytest.mark.parametrize("source", ["<html><body></body></html>", "<" * 5000, "<div>" * 20_000 + "x", "\x0c"])
def test_a_page_without_an_article_says_so(source: str) -> None:
    with pytest.raises(UnreadableError, match="no article text found"):
        article(source, html=True)


# What an article brings along


def test_front_matter_is_taken_off_and_kept_with_the_sighting() -> None:
    front = (
        "---\ntitle: T\nurl: https://example.org/a\nPublisher: The Daily\npublished: 2024-02-23\nlanguage: no\n---\n\n"
    )
    one = article(front + WORDS)
    assert one.text == WORDS
    assert one.id == article(WORDS).id
    (seen,) = one.sightings
    assert seen == Sighting(
        url="https://example.org/a", publisher="The Daily", published=date(2024, 2, 23), language="no"
    )
    assert (one.reference.published, one.reference.source) == (date(2024, 2, 23), "metadata")


@pytest.mark.parametrize(
    "text",
    [
        "---\n\nA rule on top, and one below.\n\n---\n\nMore.",
        "--- a: b\nc",
        "---\na: b\nno end",
        "----\na: b\n----\n",
        "\n---\na: b\n---\n",
        "---\nThe minister said: we agree\n---\n",
        "---\nurl: " + "x" * 70_000 + "\n---\nwords",
    ],
)
def test_what_only_looks_like_front_matter_stays_text(text: str) -> None:
    assert article(text).text == text


@pytest.mark.parametrize(
    ("front", "complaint"),
    [
        ("published: last Friday", "`published` is 'last Friday': write it as 2024-02-23"),
        ("published: 2024-02-30", "`published` is '2024-02-30': write it as 2024-02-23"),
        ("published: [2024-02-23]", "`published` in the front matter must be a text"),
        ("title: a: b", "its front matter is no YAML"),
        ("a: " + "[" * 5000, "its front matter is no YAML"),
    ],
)
def test_front_matter_that_cannot_be_read_is_an_error_and_not_forgotten(front: str, complaint: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        article(f"---\n{front}\n---\n{WORDS}")
    assert complaint in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("value", ["2024-02-23", "2024-02-23T23:30:00+09:00", "2024-02-23 23:30", "'2024-02-23'"])
def test_the_day_of_publication_is_that_of_the_place(value: str) -> None:
    assert day(article(f"---\npublished: {value}\n---\n{WORDS}")) == date(2024, 2, 23)


def test_half_a_character_in_metadata_does_no_harm() -> None:
    one = article(f'---\npublisher: "a\\ud800b"\n---\n{WORDS}')
    assert one.sightings[0].publisher == "a?b"


def test_a_manifest_speaks_for_the_files_beside_it(tmp_path: Path) -> None:
    row = '{"file": "a.txt", "url": "https://example.org/a", "publisher": null, "published": "2024-02-23", "x": 1}'
    write(tmp_path, {"a.txt": WORDS, "b.txt": WORDS + WORDS, "manifest.jsonl": f"\ufeff{row}\n\n"})
    one, other = read(tmp_path)
    assert isinstance(one, Article)
    assert one.sightings[0].url == "https://example.org/a"
    assert (day(one), day(other)) == (date(2024, 2, 23), None)


@pytest.mark.parametrize("line", ["{", "[]", '{"published": "2024-02-23"}', "[" * 100_000])
def test_a_bad_line_of_a_manifest_is_told_once_and_the_others_count(tmp_path: Path, line: str) -> None:
    manifest = f'{line}\n{{"file": "b.txt", "published": "2024-02-23"}}\n'
    write(tmp_path, {"a.txt": WORDS, "b.txt": WORDS, "manifest.jsonl": manifest})
    bad, _, good = read(tmp_path)
    assert isinstance(bad, Unread)
    assert bad.path.endswith("/manifest.jsonl")
    assert bad.reason.startswith("line 1 is no row like")
    assert day(good) == date(2024, 2, 23)


def test_a_manifest_that_is_no_utf_8_is_told(tmp_path: Path) -> None:
    bad, _ = read(write(tmp_path, {"a.txt": WORDS, "manifest.jsonl": b"\xff"}))
    assert isinstance(bad, Unread)
    assert bad.reason == "is not UTF-8: save it as that"


FRONT = "---\npublished: 2024-01-01\n---\n"
ROW = '{"file": "a.txt", "published": "2024-01-02"}'
LINE = "Updated: January 4, 2024\n"


@pytest.mark.parametrize(
    ("front", "row", "argument", "line", "expected", "source"),
    [
        (FRONT, ROW, date(2024, 1, 3), LINE, date(2024, 1, 1), "metadata"),
        ("", ROW, date(2024, 1, 3), LINE, date(2024, 1, 2), "metadata"),
        ("", "", date(2024, 1, 3), LINE, date(2024, 1, 3), "metadata"),
        ("", "", None, LINE, date(2024, 1, 4), "text"),
        ("", "", None, "", None, "none"),
    ],
    ids=["front matter", "manifest", "argument", "text", "nothing"],
)
def test_the_surest_date_of_publication_counts(
    tmp_path: Path, front: str, row: str, argument: date | None, line: str, expected: date | None, source: str
) -> None:
    write(tmp_path, {"a.txt": front + line + WORDS, "manifest.jsonl": row})
    (one,) = read(tmp_path, argument)
    assert isinstance(one, Article)
    assert (one.reference.published, one.reference.source) == (expected, source)


def test_a_dateline_is_kept_beside_a_date_from_metadata() -> None:
    one = article("OSLO — " + WORDS, published=date(2024, 2, 23))
    assert (one.reference.dateline, one.reference.published) == ("OSLO", date(2024, 2, 23))
    assert one.text[one.reference.dateline_start : one.reference.dateline_end] == "OSLO"


# The same text twice


def seen_at(path: str | None, published: date | None = None) -> Article:
    return article(WORDS, path=path, published=published)


def test_the_same_text_under_two_paths_is_one_article_whichever_comes_first() -> None:
    one, other = seen_at("a.txt", date(2024, 2, 24)), seen_at("b.txt", date(2024, 2, 23))
    assert merge(one, other) == merge(other, one)
    assert [seen.path for seen in merge(one, other).sightings] == ["a.txt", "b.txt"]
    assert merge(one, other).reference.published == date(2024, 2, 23)


def test_a_text_that_is_seen_again_as_it_was_stays_the_same_article() -> None:
    both = merge(seen_at("a.txt"), seen_at("b.txt"))
    assert merge(both, seen_at("b.txt")) is both


@pytest.mark.parametrize("mended", [date(2024, 2, 23), None])
def test_metadata_that_was_mended_replaces_what_the_same_path_said_before(mended: date | None) -> None:
    assert merge(seen_at("a.txt", date(2023, 1, 1)), seen_at("a.txt", mended)).reference.published == mended


def test_sightings_without_a_path_are_told_apart_by_what_they_say() -> None:
    both = merge(seen_at(None), seen_at(None, date(2024, 2, 23)))
    assert len(both.sightings) == 2
    assert merge(both, seen_at(None)) is both


def test_what_a_run_wrote_and_its_workspace_are_no_articles(tmp_path: Path) -> None:
    write(
        tmp_path, {"a.txt": "An article.", "extractor.db": b"SQLite", "extractor.db-wal": b"", "extractor.db-shm": b""}
    )
    (tmp_path / "out").mkdir()
    write(tmp_path / "out", {"meetings.jsonl": "", "statements.jsonl": "", "report.md": "# M", "report.html": "<p>M"})
    assert [only.text for only in read(tmp_path) if isinstance(only, Article)] == ["An article."]
    assert len(list(read(tmp_path))) == 1
