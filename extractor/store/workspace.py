"""The workspace: everything that is kept, in one database. The one class of `store` that others use."""

from extractor.store.decisions import Decisions
from extractor.store.meetings import Meetings
from extractor.store.verdicts import Verdicts


class Workspace(Meetings, Decisions, Verdicts):
    """One open workspace, in a file or in memory. Use it as a context manager, from one thread at a time."""
