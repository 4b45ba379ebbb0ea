"""Small articles and drafts to test with."""

from typing import Any

from extractor.read import assemble
from extractor.schemas import Article, Sighting

TEXT = "Ana Ruiz met Omar Diallo in Dakar on Monday.\nThey talked about fish.\n“It went well,” Ruiz said."


def article(text: str = TEXT, **seen: Any) -> Article:
    """An article with one sighting."""
    return assemble(text, [Sighting(**seen)])


def meeting(**changes: Any) -> dict[str, Any]:
    """The draft of the meeting in TEXT, as a model writes it."""
    empty = dict.fromkeys(
        ["level_words", "format_words", "time", "duration", "place", "venue", "country", "host_event"]
    )
    return {
        "mention": {"text": "Ana Ruiz met Omar Diallo", "sentence": 1},
        "role": "reported",
        "occurrence": "held",
        "level": "unknown",
        "format": "in_person",
        "date": {"text": "on Monday", "sentence": 1},
        "city": {"text": "Dakar", "sentence": 1},
        **empty,
        "parties": [],
        "participants": [],
        "distinctions": [],
        "topics": [{"label": "fish", "text": "fish", "sentence": 2}],
        "outcomes": [],
        "statements": [statement()],
        **changes,
    }


def statement(**changes: Any) -> dict[str, Any]:
    """The statement in TEXT."""
    return {
        "speaker": "Ana Ruiz",
        "via": None,
        "kind": "direct",
        "text": "It went well,",
        "sentence": 3,
        "attribution": None,
        "setting": "unknown",
        "translation": None,
        **changes,
    }
