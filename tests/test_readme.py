"""The README: every command in it runs, every figure in it is printed by one."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import SEEDS
from tests.test_cli import ENVIRONMENT

README = (SEEDS.parent / "README.md").read_text(encoding="utf-8")


def block(language: str) -> str:
    """The one code block of a language."""
    (found,) = re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)
    return str(found)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder like a checkout: with the seeds in it."""
    for name in ("seeds", "tests"):
        (tmp_path / name).symlink_to(SEEDS.parent / name)
    return tmp_path


def test_the_commands_of_the_shell_part_run_one_after_the_other(folder: Path) -> None:
    script = 'extractor() { "$PYTHON" -m extractor "$@"; }\nset -e\n' + block("sh")
    done = subprocess.run(
        ["bash", "-c", script],  # noqa: S607 - the user's shell
        cwd=folder,
        env=ENVIRONMENT | {"PYTHON": sys.executable},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert (folder / "out" / "report.html").exists()
    assert len((folder / "accounts.jsonl").read_text().splitlines()) == 12
    assert block("text") in done.stdout, "the table in the README is not what evaluate prints"


def test_the_python_part_runs(folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", block("python")],
        cwd=folder,
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "reported 2024-02-22 Rio de Janeiro ['JPN', 'KOR', 'USA']" in done.stdout


def test_the_part_of_the_diff_that_is_shown_is_what_is_printed(folder: Path) -> None:
    def extractor(*arguments: str) -> str:
        command = [sys.executable, "-m", "extractor", *arguments]
        return subprocess.run(command, cwd=folder, env=ENVIRONMENT, capture_output=True, text=True, check=True).stdout

    extractor("run", "seeds", "--quiet")
    printed = {line.strip() for line in extractor("diff", "2024-02-22").splitlines()}
    (shown,) = re.findall(r"This is a part of it:\n\n(.*?)\n\n!\[", README, re.DOTALL)
    assert [line for line in shown.splitlines() if line.strip() not in printed] == []


def test_files_that_it_links_to_exist() -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", README):
        assert (SEEDS.parent / target).exists(), target


def run(folder: Path, commands: list[str]) -> subprocess.CompletedProcess[str]:
    """Commands as a user types them, one after the other; the first that fails ends it."""
    done = subprocess.run(
        ["bash", "-c", 'extractor() { "$PYTHON" -m extractor "$@"; }\nset -e\n' + "\n".join(commands)],  # noqa: S607 - the user's shell
        cwd=folder,
        env=ENVIRONMENT | {"PYTHON": sys.executable, "EXTRACTOR_MODEL": "builtin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done


def console(start: str) -> list[str]:
    """The commands of the console block that begins so."""
    found = [lines.splitlines() for lines in re.findall(r"```console\n(.*?)```", README, re.DOTALL)]
    (lines,) = [[line.removeprefix("$ ") for line in lines] for lines in found if lines[0].startswith(f"$ {start}")]
    return lines


def test_the_commands_for_an_archive_run(folder: Path) -> None:
    (folder / "archive").symlink_to(SEEDS)
    (folder / "replies.jsonl").touch()
    lines = console("extractor run archive/")
    offline = [line for line in lines if not re.search("batch (submit|fetch)", line)]  # see test_cli_batch.py
    assert len(lines) == len(offline) + 2
    done = run(folder, offline)
    assert "5 articles: 0 known already, 5 to ask about" in done.stdout
    assert "forgotten: " in done.stderr


def test_the_commands_for_deciding_run(folder: Path) -> None:
    done = run(folder, ["extractor run seeds/ --quiet", "extractor decide", *console("extractor decide")])
    assert "decision 1 (pick, Statement" in done.stdout
    assert "Nothing differs: 11 meetings on both sides, equal in every value." in done.stdout
