"""What is shipped, what is pinned, and that `make` leads to it."""

import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hatchling.builders.sdist import SdistBuilder
from hatchling.builders.wheel import WheelBuilder

ROOT = Path(__file__).parent.parent
SOURCE = {".py", ".md", ".json", ".jsonl", ".txt", ".html", ".css", ".js", ".j2", ".typed", ".csv", ".yaml"}
PINS = ["requirements.txt", "requirements-test.txt"]


def tracked(folder: str) -> set[Path]:
    """The files under a folder of the checkout that are source, not cache."""
    found = {path for path in (ROOT / folder).rglob("*") if path.is_file() and path.suffix in SOURCE}
    return {path for path in found if "__pycache__" not in path.parts}


@pytest.fixture(scope="module")
def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text())


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    (path,) = WheelBuilder(str(ROOT)).build(directory=str(tmp_path_factory.mktemp("wheel")), versions=["standard"])
    return zipfile.ZipFile(path)


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    (path,) = SdistBuilder(str(ROOT)).build(directory=str(tmp_path_factory.mktemp("sdist")), versions=["standard"])
    return Path(path)


@pytest.fixture(scope="module")
def shipped(wheel: zipfile.ZipFile, sdist: Path) -> dict[str, dict[str, bytes]]:
    """The files of wheel and sdist by name (the sdist's without its top folder)."""
    with tarfile.open(sdist) as archive:
        unpacked = {
            member.name.split("/", 1)[1]: file.read()
            for member in archive.getmembers()
            if (file := archive.extractfile(member))
        }
    return {"wheel": {name: wheel.read(name) for name in wheel.namelist()}, "sdist": unpacked}


@pytest.mark.parametrize("kind", ["wheel", "sdist"])
def test_schemas_and_prompts_are_shipped_inside_the_package(shipped: dict[str, dict[str, bytes]], kind: str) -> None:
    there = {f"extractor/{path.relative_to(ROOT)}" for path in tracked("schemas") | tracked("prompts")}
    assert there
    assert there <= set(shipped[kind])


@pytest.mark.parametrize("kind", ["wheel", "sdist"])
def test_the_whole_package_is_shipped(shipped: dict[str, dict[str, bytes]], kind: str) -> None:
    assert {str(path.relative_to(ROOT)) for path in tracked("extractor")} <= set(shipped[kind])


@pytest.mark.parametrize("kind", ["wheel", "sdist"])
def test_the_seed_articles_are_not_shipped(shipped: dict[str, dict[str, bytes]], kind: str) -> None:
    seeds = [path.read_bytes() for path in (ROOT / "seeds").glob("*.txt")]
    assert seeds
    assert not [name for name, content in shipped[kind].items() if name.startswith("seeds") or content in seeds]


def test_a_wheel_adds_nothing_but_the_package(wheel: zipfile.ZipFile) -> None:
    tops = {name.split("/")[0] for name in wheel.namelist()}
    assert tops == {"extractor", "meeting_extractor-0.1.0.dist-info"}


def test_the_distribution_brings_its_licence_and_what_that_does_not_cover(wheel: zipfile.ZipFile) -> None:
    info = "meeting_extractor-0.1.0.dist-info"
    assert "Apache License" in wheel.read(f"{info}/licenses/LICENSE").decode()
    assert "third-party press texts" in wheel.read(f"{info}/licenses/NOTICE").decode()
    assert "License-Expression: Apache-2.0\n" in wheel.read(f"{info}/METADATA").decode()


def test_the_command_is_called_extractor(wheel: zipfile.ZipFile) -> None:
    points = wheel.read("meeting_extractor-0.1.0.dist-info/entry_points.txt").decode()
    assert points == "[console_scripts]\nextractor = extractor.cli:main\n"


def test_a_wheel_built_from_the_sdist_is_the_same(shipped: dict[str, dict[str, bytes]], tmp_path: Path) -> None:
    for name, content in shipped["sdist"].items():
        path = tmp_path / "source" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    (again,) = WheelBuilder(str(tmp_path / "source")).build(directory=str(tmp_path), versions=["standard"])
    with zipfile.ZipFile(again) as other:
        assert {name: other.read(name) for name in other.namelist()} == shipped["wheel"]


def test_the_records_cannot_be_imported_under_a_second_name() -> None:
    done = subprocess.run([sys.executable, "-c", "import schemas"], cwd=ROOT, capture_output=True, text=True)
    assert "import extractor.schemas, not schemas" in done.stderr


@pytest.mark.parametrize("name", PINS)
def test_every_pin_has_a_version_and_a_hash_and_names_no_registry(name: str) -> None:
    lines = (ROOT / name).read_text().replace("\\\n", "").splitlines()
    pins = [line for line in lines if line.strip() and not line.startswith("#")]
    assert pins
    assert not [
        pin for pin in pins if not re.match(r"[a-z0-9.-]+==[\w.]+(?: ; [^-]+)? +--hash=sha256:[0-9a-f]{64}", pin)
    ]
    assert not re.search(r"https?://|file:|find-links|index-url|--trusted-host", (ROOT / name).read_text())


@pytest.mark.parametrize("name", PINS)
def test_every_dependency_is_pinned(project: dict[str, Any], name: str) -> None:
    extras = project["project"]["optional-dependencies"]
    wanted = project["project"]["dependencies"] + project["dependency-groups"]["build"] + extras["evaluate"]
    if name == "requirements-test.txt":
        wanted = wanted + extras["test"]
    pinned = set(re.findall(r"^([a-z0-9.-]+)==", (ROOT / name).read_text(), re.MULTILINE))
    assert {re.match(r"[\w.-]+", each)[0] for each in wanted} <= pinned  # type: ignore[index]


def test_both_files_pin_the_same_versions() -> None:
    run, test = (set(re.findall(r"^[a-z0-9.-]+==\S+", (ROOT / name).read_text(), re.MULTILINE)) for name in PINS)
    assert run <= test


@pytest.mark.skipif(not shutil.which("make"), reason="needs make")
def test_make_help_names_every_target() -> None:
    makefile = (ROOT / "Makefile").read_text()
    targets = set(re.findall(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)[0].split())
    done = subprocess.run(["make", "help"], cwd=ROOT, check=True, capture_output=True, text=True)  # noqa: S607
    assert set(re.findall(r"^(\w+)\t", done.stdout, re.MULTILINE)) == targets


@pytest.mark.skipif(not shutil.which("make"), reason="needs make")
def test_make_says_which_python_it_needs(tmp_path: Path) -> None:
    old = tmp_path / "old python"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)
    done = subprocess.run(
        ["make", "demo", f"PYTHON={old}", f"VENV={tmp_path / 'venv'}"],  # noqa: S607
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 2
    assert "Python 3.11 or newer is needed" in done.stderr
    assert "make demo PYTHON=" in done.stderr
