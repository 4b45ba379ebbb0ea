"""The application to which the commands are added."""

import typer

app = typer.Typer(
    name="extractor",
    help="News articles in, one evidence-backed record per diplomatic meeting out.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
