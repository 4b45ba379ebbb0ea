"""What tests of requests in files share: a workspace, the articles that it asks about, models that answer badly."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import Any

from extractor import deferred
from extractor.read import sources
from extractor.replies import Brought
from extractor.schemas import Outcomes, Tally
from extractor.settings import Price, Settings
from extractor.store import BatchEntry, Extraction, Workspace
from tests.batch_server import KEY, Answer, well
from tests.faults import Body, Reply, completion, good, number, write_articles

PRICE = Price(prompt=Decimal(2), completion=Decimal(8))
LISTED = (100 * PRICE.prompt + 20 * PRICE.completion) / 10**6
"""USD of one reply at the list price: `completion` counts 100 tokens of prompt, 20 of reply."""
COUNT = 4


@dataclass(frozen=True)
class Desk:
    """A workspace, the articles about which it asks, and how."""

    workspace: Workspace
    folder: Path
    settings: Settings

    def prepare(self) -> Tally:
        return deferred.prepare(self.workspace, sources([self.folder]), self.settings)

    def submit(self) -> list[BatchEntry]:
        self.prepare()
        return deferred.submit(self.workspace, self.settings)

    def status(self) -> list[str]:
        return [entry.status for entry in deferred.status(self.workspace, self.settings)]

    def fetch(self) -> tuple[Brought, Tally]:
        return deferred.fetch(self.workspace, self.settings)

    def export(self) -> str:
        """The requests that are due, as they are written."""
        file = self.folder.parent / "requests.jsonl"
        self.prepare()
        deferred.export(self.workspace, self.settings, file)
        return file.read_text("utf-8")

    def bring(self, lines: str | bytes, **changes: Any) -> tuple[Brought, Tally]:
        file = self.folder.parent / "replies.jsonl"
        file.write_bytes(lines.encode("utf-8", "surrogatepass") if isinstance(lines, str) else lines)
        return deferred.bring(self.workspace, self.settings.replace(**changes), file)

    def extractions(self) -> dict[int, Extraction]:
        """What came of the articles, by their numbers."""
        paths = {e.article: self.workspace.article(e.article).sightings[0].path for e in self.workspace.active()}
        return {int(Path(paths[e.article] or "").stem): e for e in self.workspace.active()}

    def done(self) -> dict[int, Outcomes]:
        return {n: extraction.outcome for n, extraction in self.extractions().items()}


@contextmanager
def desk_at(folder: Path, url: str) -> Iterator[Desk]:
    """A workspace in a folder, and articles to ask a model at this address about."""
    settings = {"model": "scripted", "base_url": url, "api_key": KEY, "price": PRICE, "retries": 0}
    articles = write_articles(folder / "in", range(COUNT))
    with Workspace.open(folder / "w.db") as workspace:
        yield Desk(workspace, articles, Settings.model_validate(settings))


def everything(outcome: Outcomes = Outcomes.RECORDS) -> dict[int, Outcomes]:
    return dict.fromkeys(range(COUNT), outcome)


def about(n: int, bad: Callable[[Body], Reply]) -> Answer:
    """A model that answers well but for the request about one article."""
    return lambda body: bad(body) if number(body) == n else well(body)


def is_reask(body: Body) -> bool:
    return "<article" not in body["messages"][-1]["content"]


def misquoting(body: Body) -> Reply:
    """A draft with a quotation that the article does not have."""
    return completion(good(number(body)).replace("It went well,", "It went badly,"))


def wandering(reply: Callable[[int], str]) -> Answer:
    """A model that never says the same twice."""
    said = count()
    return lambda _: completion(reply(next(said)))


def misquoting_once(body: Body) -> Reply:
    return well(body) if is_reask(body) else misquoting(body)
