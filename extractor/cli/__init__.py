"""The command line: arguments, progress, exit codes.

Data goes to stdout; progress, notes and errors to stderr. Heavy imports stand
inside the commands, so that help and completion are quick.

Exit codes: 0 all well · 1 findings (`check`; `diff` and `compare` with
`--exit-code`) · 2 usage or configuration · 3 some articles failed or were left
by a limit, the rest is written · 4 the model can't be reached · 130 interrupted.
"""

import sys

from extractor.cli import (  # noqa: F401 - they add their commands
    batch,
    compare,
    decide,
    evaluate,
    review,
    run,
    show,
    tools,
    weights,
)
from extractor.cli.app import app
from extractor.cli.job import again
from extractor.cli.options import INTERRUPTED
from extractor.console import error, note
from extractor.errors import ExtractorError


def main() -> None:
    """The entry point: one clear line for each error, and the exit code that belongs to it."""
    try:
        app()
    except ExtractorError as failure:
        error(str(failure))
        sys.exit(failure.exit_code)
    except SystemExit as ended:
        if ended.code == INTERRUPTED:
            error("interrupted; what is done is kept, and this goes on from there:")
            note(again())
        raise
