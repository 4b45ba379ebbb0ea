"""One exchange with a model about one thing: what was asked, answered and spent so far, and what comes of it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from pydantic import ValidationError

from extractor.errors import ReplyError
from extractor.model.ledger import Ledger
from extractor.protocol.salvage import json_part, salvage
from extractor.protocol.transport import RawReply
from extractor.schemas import Draft, Usage
from extractor.schemas.base import Record
from extractor.settings import Settings

R = TypeVar("R", bound=Record)
"""What a reply is read as."""
Check = Callable[[Draft], Sequence[str]]
"""What is wrong with a draft, in words for the model; nothing where it is right."""
Spend = Callable[[Usage], None]

MAX_PROBLEMS = 30
MAX_PROBLEM = 800
"""Problems told in one re-ask, and characters of each."""


class Answer(Record, Generic[R]):
    """What a model drafted, what it cost, and what should be known of it.

    `problems` is how many its check still finds in it.
    """

    draft: R
    usage: Usage
    warnings: tuple[str, ...] = ()
    problems: int = 0


class Unfit(Exception):  # noqa: N818 - a signal to re-ask
    """A reply does not do; the words tell the model why."""


def nobody(_: Usage) -> None:
    """Is not told what is spent."""


@dataclass
class Exchange(Generic[R]):
    """The state of one `Model.ask`."""

    messages: list[dict[str, object]]
    kind: type[R]
    check: Callable[[R], Sequence[str]]
    ledger: Ledger | None = None
    budget: Spend = nobody
    spend: Spend = nobody
    who: str = ""
    """What is asked about: an article's id, say."""
    usage: Usage = field(default_factory=Usage)
    replies: list[str] = field(default_factory=list)
    recalled: set[str] = field(default_factory=set)
    reason: str = "stop"
    """Why the last reply ends."""
    draft: R | None = None
    problems: Sequence[str] = ()

    def count(self, usage: Usage) -> None:
        """Book what is spent now."""
        self.budget(usage)
        self.usage += usage
        self.spend(usage)

    def recall(self, key: str, usage: Usage) -> None:
        """Book what an earlier run paid for a reply: it counts for the article, once, and not for this run."""
        if key not in self.recalled:
            self.recalled.add(key)
            self.usage += usage
            self.spend(usage)

    def heard(self, reply: RawReply) -> str:
        """Notes the reply that came in; returns its text.

        Raises:
            ReplyError: the model refused, or its provider withheld the text.
        """
        text, self.reason = reply.text()
        self.replies.append(text)
        return text

    def read(self, reply: str) -> R:
        """The draft in a reply, if nothing is wrong with it; of flawed ones the best is kept.

        Raises:
            Unfit: it does not fit the schema, or its check finds fault with it.
        """
        try:
            draft = self.kind.model_validate_json(json_part(reply))
        except ValidationError as error:
            problems = [f"{'.'.join(map(str, e['loc'])) or 'the reply'}: {e['msg']}" for e in error.errors()]
            raise Unfit(_told(problems)) from error
        problems = list(self.check(draft))
        if self.draft is None or len(problems) <= len(self.problems):
            self.draft, self.problems = draft, problems
        if problems:
            raise Unfit(_told(problems))
        return draft

    def answer(self) -> Answer[R]:
        """The best that came of it.

        Raises:
            ReplyError: nothing of use came.
        """
        if self.draft is not None:
            left = len(self.problems)
            flaws = (f"problems left after the last re-ask: {left}",) if left else ()
            return Answer(draft=self.draft, usage=self.usage, warnings=flaws, problems=left)
        last = self.replies[-1]
        saved = salvage(self.kind, last)
        if saved is None:
            raise ReplyError("The reply is cut off or does not fit the schema; nothing of it can be used.", raw=last)
        draft, lost = saved
        self.count(Usage(dropped=lost))
        loss = (f"the reply is cut off or does not fit the schema; values lost: {lost}",) if lost else ()
        return Answer(draft=draft, usage=self.usage, warnings=loss, problems=len(self.check(draft)))


def reread(raws: Iterable[str], exchange: Exchange[R], settings: Settings) -> Answer[R]:
    """What comes of raw replies that were kept, in the order in which they came: nobody is asked.

    Raises:
        ReplyError: nothing of use is among them.
    """
    failure: ReplyError | None = None
    for raw in raws:
        try:
            exchange.read(exchange.heard(RawReply.opened(raw, settings)))
        except ReplyError as error:
            failure = error
        except Unfit:
            pass
    if failure and not exchange.replies:
        raise failure
    return exchange.answer()


def _told(problems: Sequence[str]) -> str:
    told = [f"- {problem[:MAX_PROBLEM]}" for problem in problems[:MAX_PROBLEMS]]
    if len(problems) > MAX_PROBLEMS:
        told.append(f"- and {len(problems) - MAX_PROBLEMS} more of the kind")
    return "\n".join([*told, "Correct these, keep all the rest, answer with the whole JSON."])
