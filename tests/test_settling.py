"""A workspace is reconciled in pieces as it is in one, reprints and cut pairs included."""

from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from extractor.errors import WorkspaceError
from extractor.linking import NOBODY, Judged, link
from extractor.pipeline import accounts
from extractor.profile import profile
from extractor.reconcile import reconcile
from extractor.report import meeting_lines
from extractor.schemas import Article, Draft
from extractor.settling import Page, make, settled
from extractor.store import Workspace, database
from extractor.weights import standard
from tests.accounts import Told, all_accounts, article, tellings
from tests.elsewhere import Elsewhere
from tests.workspaces import extraction

TOPICS = ("dams", "ferries", "herring", "visas", "rail gauges", "customs forms", "scholarships", "harbour dues")
LONG = "\n".join(f"They spoke of {topic} for an hour, and want to speak of {topic} again." for topic in TOPICS)
"""Enough words for a reprint to be known."""


@pytest.fixture(autouse=True)
def _small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "PAGE", 2)


def kept(db: Path, told: Iterable[tuple[Article, Draft]]) -> Workspace:
    """A workspace in a file that holds these articles, each with its draft."""
    workspace = Workspace.open(db)
    for seen, draft in {seen.id: (seen, draft) for seen, draft in told}.values():
        workspace.save_article(seen)
        workspace.save_extraction(extraction(seen, draft=draft))
    return workspace


def drafted(text: str) -> tuple[Article, Draft]:
    """A text that tells of Kenya and Norway in Oslo on Monday."""
    seen = article(text, "2031-03-04")
    told = Told(city="Oslo", place="Oslo", date="Monday", parties=["Kenya", "Norway"], people=["Ingrid Solberg"])
    return seen, Draft.model_validate({"meetings": [told.draft(seen)]})


def in_pieces(workspace: Workspace, judged: Judged = NOBODY) -> str:
    """The meetings, each account compared and each group merged by itself (JSON Lines)."""
    return meeting_lines(settled(Elsewhere(), workspace, judged, most=1)[0])


@settings(max_examples=4, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(told=tellings(most=6))
def test_small_pieces_give_the_meetings_of_the_whole(
    tmp_path_factory: pytest.TempPathFactory, told: list[tuple[Article, Draft]]
) -> None:
    with kept(tmp_path_factory.mktemp("any") / "w.db", told) as workspace:
        assert in_pieces(workspace) == meeting_lines(reconcile(accounts(workspace)))


def test_reprints_that_are_read_by_several_workers_have_one_origin(tmp_path: Path) -> None:
    first = "Ingrid Solberg of Norway met the envoy of Kenya in Oslo on Monday."
    told = [drafted(f"{first}\n{LONG}\n{last}") for last in ("", "It rained.", "It snowed.", "The sun shone.")]
    with kept(tmp_path / "w.db", told) as workspace:
        ((meeting,), _) = settled(Elsewhere(), workspace, most=1)
        assert len({account.origin for account in meeting.accounts}) == 1
        assert len(meeting.accounts) == len(told)


def test_what_people_judged_counts_in_pieces_too(tmp_path: Path) -> None:
    told = [
        drafted(f"Ingrid Solberg of Norway {met} Kenya in Oslo on Monday.") for met in ("met", "soon met", "again met")
    ]
    with kept(tmp_path / "w.db", told) as workspace:
        made = accounts(workspace)
        a, b, _ = sorted(account.id for account in made)
        judged = Judged(apart=frozenset({(a, b)}))
        assert in_pieces(workspace, judged) == meeting_lines(reconcile(made, judged))
        assert in_pieces(workspace, judged) != in_pieces(workspace)


def test_accounts_that_are_gone_since_they_were_compared_are_left_out() -> None:
    told = [drafted(f"Ingrid Solberg of Norway {met} Kenya in Oslo on Monday.") for met in ("met", "soon met")]
    one, other = all_accounts(told)
    links = link(map(profile, (one, other)), standard())
    assert reconcile([one], links=links) == reconcile([one])
    assert reconcile([], links=links) == ()


def test_a_workspace_that_cannot_be_opened_there_is_an_error_here(tmp_path: Path) -> None:
    error = make(Page(("a",), str(tmp_path / "none.db")))
    assert isinstance(error, WorkspaceError)
    assert "none.db" not in repr(Page(("a",), str(tmp_path / "none.db")))
