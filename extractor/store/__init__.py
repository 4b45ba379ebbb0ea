"""The workspace: articles, raw model calls, extractions and runs, in one database.

engines       what differs between databases
├── sqlite        a file, or memory
└── postgresql    a server, by its URL
database      transactions on one of them
├── articles      texts and where they were seen
├── calls         raw requests and replies
├── extractions   what came of each article, and which run asks about it
├── decisions     what people judged
├── verdicts      what a model judged of pairs of accounts
├── meetings      what was reconciled last
├── aliases       the ids that meetings have had
└── runs          who ran when, at what cost
workspace     all of them: the one class that others use
"""

from extractor.store.address import is_url, shown
from extractor.store.deferred import BatchEntry, Pending
from extractor.store.extractions import Extraction, Known
from extractor.store.runs import RunEntry
from extractor.store.workspace import Workspace

__all__ = ["BatchEntry", "Extraction", "Known", "Pending", "RunEntry", "Workspace", "is_url", "shown"]
