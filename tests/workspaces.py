"""What tests of the workspace share: small articles, extractions and calls."""

from datetime import date
from typing import Any

from extractor.protocol.wire import draft_format
from extractor.read import assemble
from extractor.schemas import Article, Draft, Outcomes, Sighting
from extractor.store import Extraction, Workspace
from extractor.templates import load_prompt

EMPTY = Draft.model_validate({"meetings": []})
WHO = {"model": "m", "endpoint": "in process", "prompt": "p", "digest": "d"}


def article(text: str, path: str | None = "a.txt", published: date | None = None, url: str | None = None) -> Article:
    return assemble(text, [Sighting(path=path, published=published, url=url)])


def extraction(of: Article, digest: str = "d", outcome: Outcomes = Outcomes.RECORDS, **more: object) -> Extraction:
    values = {"article": of.id, "digest": digest, "model": "m", "prompt": "p", "outcome": outcome, **more}
    return Extraction.model_validate(values)


def request(about: Article, *more: str, **parameters: object) -> dict[str, Any]:
    """What is sent about an article; a re-ask has a reply and a complaint more."""
    roles = ("assistant", "user")
    said = [{"role": roles[place % 2], "content": words} for place, words in enumerate(more)]
    messages = [*load_prompt().messages(about), *said]
    return {"model": "m", "messages": messages, "response_format": draft_format(), **parameters}


def save_call(
    workspace: Workspace, about: Article, reply: str, *more: str, key: str = "key", digest: str = "d"
) -> None:
    workspace.save_call(key, about.id, digest, load_prompt(), request(about, *more), reply)


def reply(workspace: Workspace, key: str = "key") -> str | None:
    stored = workspace.reply(key)
    return stored.reply if stored else None
