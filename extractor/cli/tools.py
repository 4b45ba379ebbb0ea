"""The commands that need no workspace: schema, prompt, serve-model."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extractor.cli.app import app
from extractor.console import note, write
from extractor.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import BaseModel

    from extractor.schemas import Article


class Record(StrEnum):
    """The records that have a schema."""

    MEETING = "meeting"
    STATEMENT = "statement"
    ACCOUNT = "account"
    DRAFT = "draft"
    COMPARISON = "comparison"


@app.command()
def schema(record: Annotated[Record, typer.Argument(help="Which record.")] = Record.MEETING) -> None:
    """The JSON Schema of a record."""
    import json

    from extractor import schemas

    models: dict[Record, type[BaseModel]] = {
        Record.MEETING: schemas.Meeting,
        Record.STATEMENT: schemas.Statement,
        Record.ACCOUNT: schemas.Account,
        Record.DRAFT: schemas.Draft,
        Record.COMPARISON: schemas.MeetingComparison,
    }
    write(json.dumps(models[record].model_json_schema(), indent=2, ensure_ascii=False) + "\n")


@app.command()
def prompt(
    path: Annotated[Path | None, typer.Argument(metavar="PATH", help="One article.", show_default=False)] = None,
    tokens: Annotated[bool, typer.Option("--tokens", help="Count the parts instead.")] = False,
) -> None:
    """What is sent to a model: for one article the exact messages and schema, as JSON; else the fixed part, to read."""
    import json

    from extractor.parts import split
    from extractor.protocol.wire import draft_schema
    from extractor.settings import Settings
    from extractor.templates import load_prompt

    fixed, article = load_prompt(), _article(path) if path else None
    if tokens:
        write(_counted(fixed.parts(article)))
    elif article:
        for part in split(article, Settings.from_environment().part_size):
            sent = {"messages": fixed.messages(article, part), "schema": draft_schema()}
            write(json.dumps(sent, indent=2, ensure_ascii=False) + "\n")
    else:
        write(fixed.markdown())


def _article(path: Path) -> "Article":
    from extractor.read import Unread, read

    article = next(read(path), None)
    if article is None or isinstance(article, Unread):
        raise ConfigurationError(f"{path}: {article.reason if article else 'no article there'}")
    return article


def _counted(parts: "Mapping[str, str]") -> str:
    """The characters of each part, and its tokens as a run estimates them: characters / 4, rounded up."""
    sizes = [(name, len(text)) for name, text in parts.items()]
    rows = [*sizes, ("together", sum(size for _, size in sizes))]
    lines = [f"{name:8}  {size:10}  {-(-size // 4):20}" for name, size in rows]
    return "\n".join(["part      characters  tokens (about, / 4)", *lines]) + "\n"


@app.command("serve-model")
def serve_model(
    host: Annotated[str, typer.Option(help="Loopback address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.", min=0, max=65535)] = 8817,
) -> None:
    """The built-in model as an OpenAI-compatible server on loopback."""
    from extractor.builtin.app import serve

    note(f"the built-in model listens: --base-url http://{host}:{port}/v1 --model builtin")
    serve(host, port)
