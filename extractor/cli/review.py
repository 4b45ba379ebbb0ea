"""The command that opens the page on which a person decides."""

from typing import Annotated

import typer

from extractor.cli import options as o
from extractor.cli.app import app
from extractor.console import note


@app.command()
def review(
    db: o.DbOption = o.WORKSPACE,
    port: Annotated[int, typer.Option("--port", metavar="N", min=0, max=65535, help="0: any that is free.")] = 0,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open it in the browser.")] = True,
    actor: o.ActorOption = None,
    weights: o.WeightsOption = None,
) -> None:
    """Decide what waits, on a page of this machine alone. It runs until you end it with Ctrl+C."""
    from extractor.review.desk import Desk
    from extractor.review.server import listening, serve
    from extractor.weights import in_force

    known = in_force(weights)
    with listening(port) as socket, Desk(db, o.actor_of(actor), known) as desk:
        serve(desk, socket, lambda address: note(f"review: {address} (end it with Ctrl+C)"), browser=browser)
