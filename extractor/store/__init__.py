"""The workspace: articles, raw model calls, extractions and runs, in one database.

database      transactions on a file, or in memory
├── articles      texts and where they were seen
├── calls         raw requests and replies
├── extractions   what came of each article, and which run asks about it
├── meetings      what was reconciled last
└── runs          who ran when, at what cost
workspace     all of them: the one class that others use
"""

from extractor.store.deferred import BatchEntry, Pending
from extractor.store.extractions import Extraction, Known
from extractor.store.runs import RunEntry
from extractor.store.workspace import Workspace

__all__ = ["BatchEntry", "Extraction", "Known", "Pending", "RunEntry", "Workspace"]
