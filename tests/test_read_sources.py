"""Sources: what stands at a path, before it is made an article, and the digest by which it is known again."""

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from extractor.errors import UnreadableError
from extractor.read import Source, read, sources

WORDS = "The foreign ministers of Kenya and Norway met in Oslo on Friday.\n"
PAGE = f"<html><body><article><h1>Ministers meet</h1><p>{WORDS}</p></article></body></html>"


def write(folder: Path, files: dict[str, str | bytes]) -> Path:
    for name, content in files.items():
        (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def source(path: Path, published: date | None = None) -> Source:
    (one,) = sources(path, published)
    assert isinstance(one, Source)
    return one


def test_the_articles_are_those_of_the_sources(tmp_path: Path) -> None:
    page = PAGE
    write(tmp_path, {"a.txt": WORDS, "b.html": page, "c.pdf": "x", "d.jsonl": json.dumps({"text": WORDS})})
    made = [one.article() if isinstance(one, Source) else one for one in sources(tmp_path)]
    assert made == list(read(tmp_path))
    assert len(made) == 4


def test_a_source_without_text_is_found_out_when_its_article_is_made(tmp_path: Path) -> None:
    one = source(write(tmp_path, {"a.txt": b"\x00\x01\x02"}))
    with pytest.raises(UnreadableError, match="holds no text"):
        one.article()


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.jsonl"])
def test_a_source_that_did_not_change_keeps_its_digest(tmp_path: Path, name: str) -> None:
    write(tmp_path, {name: json.dumps({"text": "half \ud800", "url": "u"})})
    first = source(tmp_path).digest
    (tmp_path / name).touch()
    assert source(tmp_path).digest == first


@pytest.mark.parametrize(
    "change",
    [
        {"a.txt": WORDS + " "},
        {"a.txt": f"\ufeff{WORDS}"},
        {"manifest.jsonl": '{"file": "a.txt", "publisher": "The Daily"}'},
        {"manifest.jsonl": '{"file": "a.txt", "published": "2024-02-23"}'},
    ],
)
def test_whatever_an_article_is_made_from_changes_the_digest(tmp_path: Path, change: dict[str, str | bytes]) -> None:
    before = source(write(tmp_path, {"a.txt": WORDS})).digest
    assert source(write(tmp_path, change)).digest != before


def test_sources_that_give_other_articles_have_other_digests(tmp_path: Path) -> None:
    front = f"---\nurl: u\n---\n{WORDS}"
    write(tmp_path, {"a.txt": front, "b.txt": front, "b.html": front, "c.jsonl": json.dumps({"text": front})})
    found = [one for day in (None, date(2024, 2, 23)) for one in sources(tmp_path, day) if isinstance(one, Source)]
    named = Source(found[0].path, front, False, {}, None)  # the text of a line, whose front matter stays
    assert len({one.digest for one in [*found, named]}) == 9


def test_what_a_manifest_says_beyond_metadata_does_not_change_the_digest(tmp_path: Path) -> None:
    before = source(write(tmp_path, {"a.txt": WORDS})).digest
    assert source(write(tmp_path, {"manifest.jsonl": '{"file": "a.txt", "x": 1}'})).digest == before


def test_a_page_is_known_again_without_loading_what_reads_pages(tmp_path: Path) -> None:
    write(tmp_path, {"a.html": PAGE})
    look = "import sys; from extractor.read import sources; next(sources(sys.argv[1])).digest; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", look, str(tmp_path)], check=True, capture_output=True, text=True
    ).stdout.split()
    assert "extractor.read" in loaded
    assert "trafilatura" not in loaded
