"""Ask a model. The one place that knows openai, instructor and tenacity.

    ask ────> instructor ──> _answer ──> _fetch ──> ledger, or line ──> HTTP
              re-asks what   reads the   makes no   keeps within the limits,
              doesn't        reply's     call       retries what the transport
              validate       envelope    twice      lost

Any OpenAI-compatible endpoint is reached this way, the built-in model too: it
is the same protocol over a transport that stays inside the process.
"""

from extractor.model.client import Model, paid_for, revision
from extractor.model.exchange import Answer, Check, Exchange, Spend, nobody, reread
from extractor.model.ledger import Ledger, LimitReached, NotAsked, Stored, estimated

__all__ = [
    "Answer",
    "Check",
    "Exchange",
    "Ledger",
    "LimitReached",
    "Model",
    "NotAsked",
    "Spend",
    "Stored",
    "estimated",
    "nobody",
    "paid_for",
    "reread",
    "revision",
]
