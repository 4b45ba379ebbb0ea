"""What all tests share: recorded HTTP from `cassettes/`, and one run over the seeds."""

import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest

import extractor
from extractor.schemas import Run
from extractor.settings import BUILTIN, Settings
from extractor.store import Workspace
from tests import recording
from tests.batch_server import BatchServer, batch_server
from tests.desk import Desk, desk_at
from tests.postgres import POSTGRES, Server, binaries, server

RISEN = "risen"
"""The property under which tests tell what they found better than the floor under it."""
SEEDS = Path(__file__).parent.parent / "seeds"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Says which floors can be raised."""
    passed = terminalreporter.stats.get("passed", [])
    if risen := [value for report in passed for name, value in report.user_properties if name == RISEN]:
        terminalreporter.section("floors that can be raised")
        for line in risen:
            terminalreporter.line(str(line))


def pytest_recording_configure(config: pytest.Config, vcr: Any) -> None:  # noqa: ARG001 - the plugin's signature
    """Match by method, path and JSON body; leave secrets out."""
    recording.configure(vcr)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Let a recording reach the endpoint that the user names; nothing else leaves loopback."""
    if config.getoption("--record-mode") not in (None, "none") and os.environ.get("EXTRACTOR_BASE_URL"):
        for item in items:
            if item.get_closest_marker("vcr"):
                item.add_marker("enable_socket")


@pytest.fixture(scope="module")
def vcr_cassette_dir() -> str:
    """One folder for all cassettes; a file's name says which test plays it and who answered."""
    return str(recording.CASSETTES)


@pytest.fixture
def vcr_config() -> dict[str, object]:
    """How requests are matched."""
    return recording.VCR_CONFIG


@pytest.fixture
async def endpoint(record_mode: str) -> AsyncIterator[Settings]:
    """Settings that reach who is recorded: the endpoint that the user names, or the built-in model on loopback."""
    settings = recording.settings_to_record(os.environ)
    if record_mode == "none":
        yield Settings(model="recorded", base_url=recording.RECORDED_URL)
    elif settings.base_url:
        yield settings
    else:
        async with recording.builtin_server() as url:
            yield settings.model_copy(update={"base_url": url})


@pytest.fixture(scope="session")
def seeds_run() -> Run:
    """The whole run over the five seed articles, by the built-in model in process."""
    return extractor.run(SEEDS, settings=Settings(model=BUILTIN))


@pytest.fixture
def api() -> Iterator[BatchServer]:
    """The Batch API on loopback."""
    with batch_server() as server:
        yield server


@pytest.fixture
def desk(api: BatchServer, tmp_path: Path) -> Iterator[Desk]:
    """A workspace whose model is that API."""
    with desk_at(tmp_path, api.url) as made:
        yield made


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A PostgreSQL server."""
    programs = binaries()
    if programs is None:
        pytest.skip("no PostgreSQL is installed (Debian: apt-get install --no-install-recommends postgresql)")
    with server(programs) as started:
        yield started


@pytest.fixture(params=["file", POSTGRES])
def shared(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where there is room for a workspace that several processes share."""
    room = _room(request, tmp_path)
    assert room
    return room


@pytest.fixture(params=["memory", "file", POSTGRES])
def workspace(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Workspace]:
    """An empty workspace, on each kind of database."""
    with Workspace.open(_room(request, tmp_path)) as opened:
        yield opened


def _room(request: pytest.FixtureRequest, folder: Path) -> str | None:
    if request.param == "memory":
        return None
    if request.param == "file":
        return str(folder / "extractor.db")
    started: Server = request.getfixturevalue("postgres")
    return started.workspace()
