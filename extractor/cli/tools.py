"""The commands that need no workspace: schema, prompt, serve-model."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extractor.cli.app import app
from extractor.console import note, write
from extractor.errors import ConfigurationError

if TYPE_CHECKING:
    from pydantic import BaseModel


class Record(StrEnum):
    """The records that have a schema."""

    MEETING = "meeting"
    STATEMENT = "statement"
    ACCOUNT = "account"
    DRAFT = "draft"


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
    }
    write(json.dumps(models[record].model_json_schema(), indent=2, ensure_ascii=False) + "\n")


@app.command()
def prompt(path: Annotated[Path, typer.Argument(metavar="PATH", help="One article.")]) -> None:
    """The exact messages and schema that would be sent for an article, as JSON."""
    import json

    from extractor.protocol.wire import draft_schema
    from extractor.read import Unread, read
    from extractor.templates import load_prompt

    article = next(read(path), None)
    if article is None or isinstance(article, Unread):
        raise ConfigurationError(f"{path}: {article.reason if article else 'no article there'}")
    sent = {"messages": load_prompt().messages(article), "schema": draft_schema()}
    write(json.dumps(sent, indent=2, ensure_ascii=False) + "\n")


@app.command("serve-model")
def serve_model(
    host: Annotated[str, typer.Option(help="Loopback address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.", min=0, max=65535)] = 8817,
) -> None:
    """The built-in model as an OpenAI-compatible server on loopback."""
    from extractor.builtin.app import serve

    note(f"the built-in model listens: --base-url http://{host}:{port}/v1 --model builtin")
    serve(host, port)
