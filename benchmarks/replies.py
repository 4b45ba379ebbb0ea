"""What the mock model answers: made once as bytes with places left open, filled from the words of a request.

Each form satisfies one reader: `draft` is this project's `Draft`, which
instructor, pydantic-ai and the bare client are given too; the others are what
their own prompts ask for.
"""

import json
from collections.abc import Callable
from typing import Any

from benchmarks.articles import COUNTRIES, TOLD

Reply = Callable[[bytes, bool], bytes]
"""From a request's body, and whether the quotes shall be wrong, to the response's body."""

_NAMES = {adjective.encode(): name.encode() for adjective, (name, _) in COUNTRIES.items()}
_MISQUOTED = b"words that stand nowhere in it"


def reply_of(form: str) -> Reply:
    """The replies of a form, by its name in `FORMS`."""
    template = _template(FORMS[form])

    def reply(body: bytes, misquote: bool) -> bytes:
        # Examples in the prompt look alike: the article to answer for comes last.
        told = TOLD.search(body, max(body.rfind(b"<article "), 0))
        if told is None:
            return _NOTHING
        words: dict[bytes, Any] = {name.encode(): value for name, value in told.groupdict().items()}
        number = int(told["number"] or 1)
        words |= {b"n0": number, b"n1": number + 1, b"n2": number + 2, b"tokens": len(body) // 4}
        words |= {b"home country": _NAMES[told["home"]], b"away country": _NAMES[told["away"]]}
        if misquote:
            words[b"pledge"] = _MISQUOTED
        return template % words

    return reply


def article_of(body: bytes) -> bytes:
    """What tells the article that a request is about from all others."""
    told = TOLD.search(body, max(body.rfind(b"<article "), 0))
    return told.group() if told else b""


def _completion(content: str, tokens: object) -> str:
    message = {"role": "assistant", "content": content, "refusal": None}
    usage = {"prompt_tokens": tokens, "completion_tokens": len(content) // 4, "total_tokens": tokens}
    return json.dumps(
        {
            "id": "chatcmpl-mock",
            "object": "chat.completion",
            "created": 0,
            "model": "mock",
            "choices": [{"index": 0, "finish_reason": "stop", "logprobs": None, "message": message}],
            "usage": usage,
        }
    )


_NOTHING = _completion('{"meetings": []}', 0).encode()


def _template(value: object) -> bytes:
    """A completion with this content for `%`: of "<name>" the words, of "#name" the number."""
    content = json.dumps(value)
    for name in ("n0", "n1", "n2"):
        content = content.replace(f'"#{name}"', f"#{name}")
    body = _completion(content, "#tokens").replace('"#tokens"', "#tokens").replace("%", "%%")
    for name in ("n0", "n1", "n2", "tokens"):
        body = body.replace(f"#{name}", f"%({name})d")
    for name in (*TOLD.groupindex, "home country", "away country"):
        body = body.replace(f"<{name}>", f"%({name})s")
    return body.encode()


def _words(text: str, number: str) -> dict[str, str]:
    return {"text": text, "sentence": number}


def _participant(name: str, country: str) -> dict[str, Any]:
    return {
        "name": name,
        "sentence": "#n0",
        "romanised": None,
        "office": _words("Foreign Minister", "#n0"),
        "represents": country,
        "role": "principal",
        "pronoun": None,
    }


_DRAFT = {
    "meetings": [
        {
            "mention": _words("<first> met <away> Foreign Minister <second>", "#n0"),
            "role": "reported",
            "occurrence": "held",
            "level": "ministers",
            "level_words": _words("Foreign Minister", "#n0"),
            "format": "in_person",
            "format_words": _words("met <away> Foreign Minister <second> in <city>", "#n0"),
            "date": _words("on <day>", "#n0"),
            "time": None,
            "duration": None,
            "place": _words("<city>", "#n0"),
            "venue": None,
            "city": _words("<city>", "#n0"),
            "country": None,
            "host_event": None,
            "parties": [
                {"name": "<home country>", **_words("<home> Foreign Minister", "#n0")},
                {"name": "<away country>", **_words("<away> Foreign Minister", "#n0")},
            ],
            "participants": [_participant("<first>", "<home country>"), _participant("<second>", "<away country>")],
            "distinctions": [],
            "topics": [{"label": "public works", **_words("<pledge>", "#n1")}],
            "outcomes": [{"kind": "agreement", "verb": "agreed", **_words("<pledge>", "#n1")}],
            "statements": [
                {
                    "speaker": "<second>",
                    "via": None,
                    "kind": "direct",
                    **_words("<words>", "#n2"),
                    "attribution": _words("<guest> told reporters", "#n2"),
                    "setting": "press",
                    "translation": None,
                }
            ],
        }
    ]
}

_LANGEXTRACT = {
    "extractions": [
        {"participant": "<first>", "participant_attributes": {"represents": "<home country>"}},
        {
            "meeting": "met <away> Foreign Minister",
            "meeting_attributes": {"level": "ministers", "format": "in_person", "city": "<city>", "date": "on <day>"},
        },
        {"participant": "<second>", "participant_attributes": {"represents": "<away country>"}},
        {"outcome": "agreed <pledge>", "outcome_attributes": {"kind": "agreement"}},
        {"statement": "<words>", "statement_attributes": {"speaker": "<second>"}},
    ]
}

_CONTEXTGEM = [
    {
        "concept_id": "C0",
        "extracted_items": [
            {
                "value": {
                    "level": "ministers",
                    "format": "in_person",
                    "date": "on <day>",
                    "city": "<city>",
                    "first": "<first>",
                    "first_country": "<home country>",
                    "second": "<second>",
                    "second_country": "<away country>",
                    "pledge": "<pledge>",
                    "statement": "<words>",
                },
                "reference_paragraph_ids": ["P3"],
            }
        ],
    }
]

FORMS: dict[str, object] = {"draft": _DRAFT, "langextract": _LANGEXTRACT, "contextgem": _CONTEXTGEM}
