"""Arguments and options that several commands share, and the exit codes."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from extractor.errors import ConfigurationError

if TYPE_CHECKING:
    from extractor.settings import Settings

WORKSPACE = "extractor.db"
FINDINGS, FAILED, INTERRUPTED = 1, 3, 130


class Form(StrEnum):
    """The forms in which something can be shown."""

    TERM = "term"
    MD = "md"
    HTML = "html"
    JSON = "json"


PathsArgument = Annotated[
    list[Path], typer.Argument(metavar="PATH...", help="Articles: .txt, .md, .html, .jsonl, or folders.")
]
SomePathsArgument = Annotated[
    list[Path] | None, typer.Argument(metavar="PATH", help="Articles: .txt, .md, .html, .jsonl, or folders.")
]
DbOption = Annotated[
    str, typer.Option("--db", metavar="FILE|URL", help="The workspace; URL: on PostgreSQL.", envvar="EXTRACTOR_DB")
]
WeightsOption = Annotated[
    Path | None,
    typer.Option(
        "--weights", metavar="FILE", help="What signals of one meeting are worth.", envvar="EXTRACTOR_WEIGHTS"
    ),
]
ModelOption = Annotated[str | None, typer.Option("--model", metavar="NAME", help="Model; `builtin` needs no key.")]
UrlOption = Annotated[str | None, typer.Option("--base-url", metavar="URL", help="An OpenAI-compatible endpoint.")]
PublishedOption = Annotated[
    str | None, typer.Option("--published", metavar="DATE", help="For articles that bring no date of their own.")
]
JobsOption = Annotated[
    int | None, typer.Option("--jobs", metavar="N", min=1, help="Calls in flight at a time (default 32).")
]
ActorOption = Annotated[
    str | None,
    typer.Option("--actor", metavar="NAME", help="Who decides (default: the login name).", envvar="EXTRACTOR_ACTOR"),
]
NoteOption = Annotated[str, typer.Option("--note", metavar="TEXT", help="Why, in your words.")]
QuietOption = Annotated[bool, typer.Option("--quiet", "-q", help="No progress, no notes; errors stay.")]
JsonOption = Annotated[bool, typer.Option("--json", help="JSON Lines on stdout.")]
MaxCostOption = Annotated[
    str | None, typer.Option("--max-cost", metavar="USD", help="Stop when so much is spent.", rich_help_panel="Limits")
]
MaxTokensOption = Annotated[
    int | None,
    typer.Option("--max-tokens", metavar="N", min=0, help="Stop after so many tokens.", rich_help_panel="Limits"),
]
MaxCallsOption = Annotated[
    int | None,
    typer.Option("--max-calls", metavar="N", min=0, help="Stop after so many calls.", rich_help_panel="Limits"),
]
PriceOption = Annotated[
    str | None,
    typer.Option(
        "--price", metavar="IN/OUT", help="USD per million tokens of prompts and replies.", rich_help_panel="Limits"
    ),
]
RequestsOption = Annotated[
    float | None,
    typer.Option("--requests-per-minute", metavar="N", help="Send no faster.", rich_help_panel="Limits"),
]
TokensOption = Annotated[
    float | None, typer.Option("--tokens-per-minute", metavar="N", help="Send no more.", rich_help_panel="Limits")
]


def settings_of(**given: Any) -> "Settings":
    """The settings of the environment, outranked by the options that are given."""
    from extractor.settings import Settings

    return Settings.from_environment(**given)


def actor_of(given: str | None) -> str:
    """Who decides: by the name given, or the login name."""
    from getpass import getuser

    try:
        name = text_of("--actor", given or getuser()).strip()
    except (OSError, KeyError, ImportError):  # nobody is known by this user's number
        name = ""
    if not name:
        raise ConfigurationError("who decides? Give a name with --actor, or in EXTRACTOR_ACTOR")
    return name


def text_of(option: str, given: str) -> str:
    """The words of an option, which can be kept in UTF-8."""
    try:
        given.encode()
    except UnicodeEncodeError as error:
        raise ConfigurationError(
            f"{option} is no text in UTF-8: write it anew, or set the terminal to UTF-8"
        ) from error
    return given
