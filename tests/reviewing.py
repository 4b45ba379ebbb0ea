"""What tests of the review page share: invented articles, the page over real HTTP on loopback, and who uses it.

VAGUE and FULL (of `judged`) are a grey pair. NORTH and SOUTH tell of one
meeting and differ on its duration and on the words of a statement.
"""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Self

import httpx2
import uvicorn

from extractor import pipeline, waiting
from extractor.review.app import app
from extractor.review.desk import Desk
from extractor.review.server import listening
from extractor.schemas import Decision, QueueItem
from extractor.store import Workspace
from tests.judged import FULL, VAGUE, workspace

TOKEN = "a-key-for-tests"
NORTH = (
    "Norwegian Foreign Minister Ingrid Solberg met Peruvian Foreign Minister Marta Quispe in Lima on 9 May 2031. "
    "The talks lasted two hours. “The cold sea feeds all who live on its shores,” Quispe said."
)
SOUTH = (
    "Peruvian Foreign Minister Marta Quispe met Norwegian Foreign Minister Ingrid Solberg in Lima on 9 May 2031. "
    "The talks lasted three hours. “The cold sea feeds everybody who lives on its shores,” Quispe said."
)
TEXTS = (VAGUE, FULL, NORTH, SOUTH)
"""They give three items: a question, a duration and a statement."""
AGAIN = (
    "Ugandan Foreign Minister Ruth Nakato met Kenyan Foreign Minister Amina Wekesa in Nairobi on 3 March 2031 "
    "on the sidelines of the Commonwealth summit. The border market came up."
)
"""With FULL and PLACED (of `judged`) one meeting, in which PLACED hangs by little."""
_HIDDEN = re.compile(r'<input type="hidden" name="([^"]*)" value="([^"]*)">')


@dataclass(frozen=True)
class Served:
    """A page that is served, and the desk under it."""

    url: str
    desk: Desk

    @property
    def address(self) -> str:
        """What is opened: it holds the key."""
        return f"{self.url}/?token={TOKEN}"


@contextmanager
def reviewing(db: Path, actor: str = "Adeola") -> Iterator[Served]:
    """The page over a workspace, on a free port."""
    with listening() as socket, Desk(str(db), actor) as desk:
        port = socket.getsockname()[1]
        config = uvicorn.Config(app(desk, TOKEN, port), log_level="critical", lifespan="off")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [socket]})
        thread.start()
        try:
            yield Served(f"http://127.0.0.1:{port}", desk)
        finally:
            server.should_exit = True
            thread.join()


def made(db: Path, *texts: str) -> Path:
    """A workspace in which the built-in model has read these texts, and whose meetings are made."""
    with workspace(*texts, db=db) as opened:
        pipeline.settle(opened)
    return db


class Person:
    """Who uses the page without scripts, by its links and forms. One browser; several are several windows."""

    def __init__(self, served: Served) -> None:
        self.client = httpx2.Client(base_url=served.url, headers={"origin": served.url}, follow_redirects=True)
        self.at = self.client.get(served.address)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.client.close()

    @property
    def path(self) -> str:
        """Where the person is."""
        return self.at.url.raw_path.decode()

    @property
    def page(self) -> str:
        """What they read, without markup, in one line."""
        return " ".join(unescape(re.sub(r"<[^>]*>", " ", self.at.text)).split())

    def go(self, path: str) -> Self:
        self.at = self.client.get(path)
        return self

    def answer(self, name: str, **more: str) -> Self:
        """Presses a button of the item that is shown."""
        shown = dict(_HIDDEN.findall(self.at.text.partition('<form class="decide"')[2]))["shown"]
        return self.post(self.path, {"shown": shown, "answer": name, **more})

    def insist(self) -> Self:
        """Decides so anyway."""
        form = {name: unescape(value) for name, value in _HIDDEN.findall(self.at.text.partition("Your answer")[2])}
        return self.post(self.path, {**form, "anyway": "1"})

    def wait(self) -> Self:
        """Looks what waits once the meetings are made anew."""
        return self.go("/?settled=1")

    def undo(self) -> Self:
        """Undoes their last decision."""
        given = _HIDDEN.findall(self.at.text.partition("Your last decision")[2].partition("</form>")[0])
        return self.post("/undo", {"number": [number for _, number in given]})

    def post(self, path: str, form: dict[str, str] | dict[str, list[str]]) -> Self:
        self.at = self.client.post(path, data=form)
        return self


def log(db: Path) -> list[Decision]:
    """All decisions of a workspace."""
    with Workspace.open(db, create=False) as opened:
        return list(opened.decisions())


def elsewhere(db: Path, item: QueueItem, answer: str, actor: str = "Bolanle") -> None:
    """Somebody answers an item without the page."""
    with Workspace.open(db, create=False) as opened:
        waiting.decide(opened, item, answer, actor=actor)


def waits(*texts: str) -> waiting.Waiting:
    """What waits where the built-in model has read these texts."""
    with workspace(*texts) as opened:
        return waiting.waiting(opened)
