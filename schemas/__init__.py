"""The records: what goes in, what a model answers, what comes out.

Importable as `extractor.schemas` alone. The folder stands at the top of the
checkout, so a stray `import schemas` would build every class a second time.
"""

if __name__ != "extractor.schemas":
    raise ImportError("import extractor.schemas, not schemas: the classes must exist once")

from extractor.schemas.article import Article, Reference, Sentence, Sighting
from extractor.schemas.comparison import (
    Change,
    Compared,
    ComparedSide,
    Difference,
    Held,
    Maker,
    MeetingComparison,
    RunComparison,
    Said,
)
from extractor.schemas.decision import Decision, DecisionKind, Saying, Subject
from extractor.schemas.diff import Aligned, DecisionLine, MeetingDiff, Row, Section, Side, Spoken
from extractor.schemas.draft import Draft
from extractor.schemas.meeting import (
    SCHEMA_VERSION,
    Account,
    AccountRef,
    Agreement,
    Claim,
    Derivation,
    Evidence,
    Field,
    Grounding,
    Item,
    Meeting,
    Outcome,
    Participant,
    Rendering,
    Signal,
    Statement,
    Status,
    Warning,  # noqa: A004 - the word of the design
    WarningCode,
    Why,
)
from extractor.schemas.question import Question
from extractor.schemas.queue import Queue, QueueChoice, QueueItem
from extractor.schemas.run import ArticleOutcome, Outcomes, Run, Tally, Usage
from extractor.schemas.verdict import Adjudged, DraftVerdict, Verdict

__all__ = [
    "SCHEMA_VERSION",
    "Account",
    "AccountRef",
    "Adjudged",
    "Agreement",
    "Aligned",
    "Article",
    "ArticleOutcome",
    "Change",
    "Claim",
    "Compared",
    "ComparedSide",
    "Decision",
    "DecisionKind",
    "DecisionLine",
    "Derivation",
    "Difference",
    "Draft",
    "DraftVerdict",
    "Evidence",
    "Field",
    "Grounding",
    "Held",
    "Item",
    "Maker",
    "Meeting",
    "MeetingComparison",
    "MeetingDiff",
    "Outcome",
    "Outcomes",
    "Participant",
    "Question",
    "Queue",
    "QueueChoice",
    "QueueItem",
    "Reference",
    "Rendering",
    "Row",
    "Run",
    "RunComparison",
    "Said",
    "Saying",
    "Section",
    "Sentence",
    "Side",
    "Sighting",
    "Signal",
    "Spoken",
    "Statement",
    "Status",
    "Subject",
    "Tally",
    "Usage",
    "Verdict",
    "Warning",
    "WarningCode",
    "Why",
]
