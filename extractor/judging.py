"""Judging: pairs of accounts on their way to verdicts, many of them in flight.

pairs ──> admitted ──> shown ──> asked ──> kept
          mine, not    both      in        journal
          judged yet   sides     flight
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from extractor.adjudicate import Told, adjudicate
from extractor.errors import ExtractorError, ReplyError
from extractor.journal import Journal
from extractor.linking import Pair
from extractor.model import LimitReached, Model, Stored
from extractor.schemas import Account, Adjudged, DraftVerdict, Usage, Verdict
from extractor.schemas.verdict import Judgement
from extractor.settings import Settings
from extractor.store import Workspace
from extractor.templates import Adjudication

Failure = Callable[[str], None]
"""Told, in one line, of each pair that got no verdict, and why."""


class Judging:
    """One run over pairs of accounts. What was `spent` before counts towards its limits, but is not its own."""

    def __init__(
        self,
        journal: Journal,
        settings: Settings,
        prompt: Adjudication,
        digest: str,
        run: int,
        failure: Failure,
        spent: Usage,
    ) -> None:
        self._journal = journal
        self._settings = settings
        self._prompt = prompt
        self._digest = digest
        self._run = run
        self._failure = failure
        self._model = Model(settings)
        self._model.budget.spend(spent)
        self._spent = Usage()
        self._counts: Counter[Judgement] = Counter()
        self._elsewhere = self._failed = 0
        self._stopped: str | None = None

    @property
    def adjudged(self) -> Adjudged:
        """How far it has come."""
        return Adjudged(
            counts=dict(self._counts),
            elsewhere=self._elsewhere,
            failed=self._failed,
            stopped=self._stopped,
            usage=self._spent,
        )

    async def judge(self, pairs: Sequence[Pair], accounts: Mapping[str, Account]) -> None:
        """Every pair to its verdict; the failure of one is its own.

        Raises:
            ModelUnreachableError: no model answers; what was done is kept.
            WorkspaceError: the workspace cannot be used.
        """
        waiting = iter(pairs)

        async def work() -> None:
            for first, second in waiting:
                if self._stopped:
                    return
                await self._judge(accounts[first], accounts[second])

        async with self._model:
            try:
                async with asyncio.TaskGroup() as flight:  # what ends one of its tasks ends them all
                    for _ in range(min(self._settings.jobs, len(pairs))):
                        flight.create_task(work())
            except BaseExceptionGroup as errors:
                raise errors.exceptions[0] from None  # the others say the same of other pairs

    async def _judge(self, first: Account, second: Account) -> None:
        """Asks about one pair, if it is this run's to ask, and keeps the verdict."""
        pair, again = (first.id, second.id), self._settings.refresh
        admit = partial(
            Workspace.admit_pair, pair=pair, article=first.article, digest=self._digest, run=self._run, again=again
        )
        if not await self._journal.write(admit):
            self._elsewhere += 1
            return
        try:
            draft = await self._ask(first, second)
        except LimitReached as limit:
            self._stopped = str(limit)
            return
        except ReplyError as error:
            self._fail(first, second, str(error))
            return
        except ExtractorError:
            raise
        except Exception as error:  # a bug takes no other pair along
            self._fail(first, second, f"a bug in the extractor, please report it: {error!r}")
            return
        verdict = Verdict(accounts=pair, **dict(draft), model=self._settings.model, digest=self._digest)
        articles = (first.article, second.article)
        await self._journal.write(lambda workspace: workspace.save_verdict(verdict, articles))
        self._counts[verdict.answer] += 1

    async def _ask(self, first: Account, second: Account) -> DraftVerdict:
        one, other = [
            Told(account, await self._journal.do(partial(Workspace.article, prefix=account.article)))
            for account in (first, second)
        ]
        anew = self._settings.refresh or self._settings.retry_failed
        ledger = _Ledger(self._journal, (first.article, second.article), self._digest, self._prompt, anew=anew)
        answer = await adjudicate(one, other, self._model, self._prompt, ledger, self._spend)
        return answer.draft

    def _spend(self, usage: Usage) -> None:
        """Books what is spent now; what an earlier run paid is in its own book."""
        if not usage.cached:
            self._spent += usage

    def _fail(self, first: Account, second: Account, reason: str) -> None:
        self._failed += 1
        self._failure(f"{first.source} and {second.source}: {reason}")


class _Ledger:
    """The calls about two articles in the workspace; where it is asked `anew`, none of them answers."""

    def __init__(self, journal: Journal, articles: Pair, digest: str, prompt: Adjudication, *, anew: bool) -> None:
        self._journal = journal
        self._articles = articles
        self._about = (digest, prompt)
        self._anew = anew

    async def get(self, key: str) -> Stored | None:
        """The reply that is kept."""
        return None if self._anew else await self._journal.do(lambda workspace: workspace.reply(key))

    async def put(self, key: str, request: Mapping[str, Any], reply: str) -> None:
        """Keeps a reply."""
        article, other = self._articles
        about = (key, article, *self._about, request, reply)
        await self._journal.write(lambda workspace: workspace.save_call(*about, other=other))
