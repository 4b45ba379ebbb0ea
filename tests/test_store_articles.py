"""The articles of a workspace: kept once, superseded by newer texts, and forgotten without a trace."""

import zlib
from datetime import date
from itertools import permutations
from pathlib import Path

import pytest

from extractor.errors import ConfigurationError
from extractor.read import Unread
from extractor.schemas import Article
from extractor.store import Workspace
from tests.workspaces import EMPTY, article, extraction, reply, save_call

URL = "https://wire.invalid/1"
SECRET = "The minister of fish resigned in tears"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "extractor.db"


def test_the_same_text_twice_is_one_article_with_two_sightings(workspace: Workspace) -> None:
    workspace.save_article(article("One.", "a.txt", date(2024, 2, 24)))
    kept = workspace.save_article(article("One.", "b.txt", date(2024, 2, 23)))
    assert [seen.path for seen in kept.sightings] == ["a.txt", "b.txt"]
    assert kept.reference.published == date(2024, 2, 23)
    assert list(workspace.articles()) == [kept]


def test_many_articles_saved_at_once_come_back_by_id(workspace: Workspace) -> None:
    workspace.save_article(article("One.", "a.txt"))
    again, new, twin = article("One.", "b.txt"), article("Two.", "c.txt"), article("Two.", "d.txt")
    kept = workspace.save_articles([again, new, twin])
    assert {id_: [seen.path for seen in one.sightings] for id_, one in kept.items()} == {
        again.id: ["a.txt", "b.txt"],
        new.id: ["c.txt", "d.txt"],
    }
    assert list(workspace.articles()) == [kept[id_] for id_ in sorted(kept)]


def test_an_article_is_found_by_the_start_of_its_id(workspace: Workspace) -> None:
    one, other = (workspace.save_article(article(text)) for text in ("One.", "Two."))
    assert workspace.article(one.id[:8]) == one
    assert workspace.article(other.id.upper()) == other


@pytest.mark.parametrize(
    ("prefix", "complaint"),
    [("", "more than one article starts"), ("zz", "no article starts"), ("%", "no article"), ("_", "no article")],
)
def test_a_start_that_fits_no_article_or_many_says_so(workspace: Workspace, prefix: str, complaint: str) -> None:
    for text in ("One.", "Two."):
        workspace.save_article(article(text))
    with pytest.raises(ConfigurationError, match=complaint):
        workspace.article(prefix)


# Sources


def test_a_source_that_was_read_is_known_again_by_its_digest(workspace: Workspace) -> None:
    one, two = article("One."), article("Two.")
    workspace.save_articles([one, two], {"digest-1": one.id, "digest-2": two.id})
    assert workspace.read_before(["digest-2", "digest-3"]) == {"digest-2": two.id}


def test_a_path_that_gave_no_article_is_remembered_until_it_gives_one(workspace: Workspace) -> None:
    workspace.save_unread(["a.txt", "b.txt"], [Unread(path="a.txt", reason="empty"), Unread(path="b.txt", reason="?")])
    workspace.save_unread(["b.txt"], [Unread(path="b.txt", reason="too large")])
    assert workspace.unread() == {"a.txt": "empty", "b.txt": "too large"}
    workspace.save_unread(["a.txt", "c.txt"], [])
    assert workspace.unread() == {"b.txt": "too large"}
    assert [(one.source, one.reason) for one in workspace.outcomes()] == [("b.txt", "too large")]


# Superseding


def seen(day: int | None, url: str | None = URL, text: str = "One.") -> Article:
    return article(text, path=None, published=date(2024, 2, day) if day else None, url=url)


@pytest.mark.parametrize(
    ("runs", "superseded"),
    [
        pytest.param([[(1, URL)], [(2, URL)]], [0], id="published later"),
        pytest.param([[(2, URL)], [(1, URL)]], [1], id="published later, though seen before"),
        pytest.param([[(1, URL)], [(1, URL)]], [0], id="of one day: seen in a later run"),
        pytest.param([[(None, URL)], [(None, URL)]], [0], id="of no day: seen in a later run"),
        pytest.param([[(1, URL)], [(None, URL)]], [1], id="a day is later than none"),
        pytest.param([[(1, URL)], [(2, URL)], [(3, URL)]], [0, 1], id="only the last one stands"),
        pytest.param([[(1, URL)], [(2, URL + "0")]], [], id="another URL"),
        pytest.param([[(1, None)], [(2, None)]], [], id="no URL"),
        pytest.param([[(1, URL), (1, URL + "0")], [(2, URL)]], [], id="it stands at another URL too"),
        pytest.param([[(1, URL), (1, None)], [(2, URL)]], [], id="it was seen in a file too"),
        pytest.param([[(1, URL), (1, URL + "0")], [(2, URL)], [(2, URL + "0")]], [0], id="superseded at each URL"),
    ],
)
def test_a_newer_text_at_the_same_url_supersedes(
    workspace: Workspace, runs: list[list[tuple[int | None, str | None]]], superseded: list[int]
) -> None:
    ids = [seen(None, text=f"Text {number}.").id for number in range(len(runs))]
    for number, sightings in enumerate(runs):
        (kept,) = workspace.save_articles(
            [seen(day, url, f"Text {number}.") for day, url in sightings], run=number + 1
        ).values()
        workspace.save_extraction(extraction(kept))
    assert workspace.superseded() == {ids[number] for number in superseded}
    standing = {id_ for number, id_ in enumerate(ids) if number not in superseded}
    assert {one.article for one in workspace.active()} == standing
    assert {one.id for one in workspace.articles()} == set(ids)


@pytest.mark.parametrize("together", [True, False])
def test_within_a_run_the_order_of_saving_decides_nothing(together: bool) -> None:
    found = set()
    for order in permutations([seen(1, text="One."), seen(1, text="Two."), seen(1, text="Three.")]):
        with Workspace.open() as workspace:
            for batch in [order] if together else [[one] for one in order]:
                workspace.save_articles(batch, run=1)
            found.add(workspace.superseded())
    assert len(found) == 1
    assert len(found.pop()) == 2


def test_to_read_an_archive_again_changes_nothing_of_what_stands(workspace: Workspace) -> None:
    old, new = seen(1, text="Old."), seen(1, text="New.")
    for run, one in enumerate([old, new, old, new, old], 1):
        workspace.save_articles([one], run=run)
    assert workspace.superseded() == {old.id}


# Forgetting


def bytes_of(file: Path) -> bytes:
    """All that the disk holds of a workspace."""
    return b"".join(path.read_bytes() for path in file.parent.iterdir() if path.name.startswith(file.name))


def test_nothing_of_a_forgotten_article_is_left_on_the_disk(file: Path) -> None:
    text = "\n".join(f"{SECRET} on day {number}." for number in range(200))
    with Workspace.open(file) as workspace:
        one = workspace.save_article(article(text, "secret-path.txt", url="https://secret.invalid/"))
        workspace.save_articles([one], {"digest": one.id})
        save_call(workspace, one, SECRET)
        workspace.save_extraction(extraction(one, draft=EMPTY, reason=SECRET))
        other = workspace.save_article(article("Two."))
        traces = [words.encode() for words in (SECRET, "secret-path", "secret.invalid", one.id)]
        traces.append(zlib.compress(SECRET.encode(), level=1))  # as replies are kept
        before = bytes_of(file)
        assert all(trace in before for trace in traces)
        workspace.forget(one.id)
        left = bytes_of(file)
        assert not [trace for trace in traces if trace in left]
        assert list(workspace.articles()) == [other]
    assert SECRET.encode() not in bytes_of(file)


def test_a_forgotten_article_is_forgotten_with_all_that_came_from_it(workspace: Workspace) -> None:
    one, other = (workspace.save_articles([article(text)], {text: article(text).id}) for text in ("One.", "Two."))
    (forgotten,), (kept,) = one.values(), other.values()
    for about, key in ((forgotten, "a"), (kept, "b")):
        save_call(workspace, about, "reply", key=key)
        workspace.save_extraction(extraction(about))
    workspace.save_meetings("state", ())
    workspace.forget(forgotten.id)
    assert [one.article for one in workspace.extractions()] == [kept.id]
    assert (reply(workspace, "a"), reply(workspace, "b")) == (None, "reply")
    assert workspace.read_before(["One.", "Two."]) == {"Two.": kept.id}
    assert workspace.reconciled() is None
    assert workspace.asked([forgotten.id, kept.id], "d") == {kept.id}


def test_what_an_article_was_read_from_before_its_metadata_changed_is_read_again(workspace: Workspace) -> None:
    plain, told = article("One.", "one.txt"), article("One.", "one.txt", url="https://news.invalid/1")
    workspace.save_articles([plain], {"plain": plain.id})
    workspace.save_articles([told], {"told": told.id})
    assert workspace.read_before(["plain", "told"]) == {"told": told.id}
    workspace.save_articles([plain], {"plain": plain.id})
    assert list(workspace.articles()) == [plain]


def test_what_was_forgotten_can_come_again(workspace: Workspace) -> None:
    one = workspace.save_article(article("One."))
    workspace.save_extraction(extraction(one))
    workspace.forget(one.id)
    assert workspace.save_article(article("One.")) == one
    assert list(workspace.active()) == []
