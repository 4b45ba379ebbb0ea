"""The prompts: load them, render them for an article or for a reader, digest them.

The fixed part comes first (the rules of answering, the codebook, the few-shot
examples) and only the last message varies, so that providers' prompt caches
hit. That for drafts and that for verdicts have a digest each: to change one
asks nothing of the other anew. No template engine: an article's words are joined to the prompt, never
interpreted.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import chain
from typing import Any, ClassVar, TypedDict

from extractor.parts import Part
from extractor.protocol.wire import as_json, as_sent, draft_schema, format_of, schema_of
from extractor.schemas import Article, Draft, DraftVerdict
from extractor.schemas.base import Record

_HEAD_LIMIT = 120
"""Characters of a publisher's name or a language tag that are shown; they are not ours either."""

_CONTROL = re.compile(
    r"(<[|｜][^<>]{1,60}?"
    r"|</?s|<(?:bos|eos|start_of_turn|end_of_turn|/?think)"
    r"|\[/?(?:INST|SYSTEM_PROMPT|AVAILABLE_TOOLS|TOOL_CALLS|TOOL_RESULTS))(?=[|｜]?[>\]])"
)
"""Control tokens of chat templates: ChatML and Llama 3, DeepSeek, Llama 2, Gemma, Mistral."""

Line = tuple[int, int, str]
"""A sentence as it is shown: its number, its paragraph, its words."""


class Message(TypedDict):
    """A chat message of the OpenAI protocol."""

    role: str
    content: str


class Fixed:
    """The fixed part of all requests for one kind of reply.

    `fixed` are the messages that stand before the one that varies, `digest`
    the SHA-256, in hex, of them and of the JSON schema of the reply: two runs
    with the same digest were asked the same way.
    """

    kind: ClassVar[type[Record]]

    @property
    def fixed(self) -> tuple[Message, ...]:
        """See the class."""
        raise NotImplementedError

    @cached_property
    def digest(self) -> str:
        """See the class."""
        canonical = json.dumps([self.fixed, schema_of(self.kind)], ensure_ascii=False)
        return hashlib.sha256(canonical.encode()).hexdigest()

    @property
    def body(self) -> str:
        """The fixed part of a request's body, as JSON."""
        return json.dumps({"messages": self.fixed, "response_format": format_of(self.kind)}, ensure_ascii=False)

    def without(self, request: Mapping[str, Any]) -> str:
        """The rest of a request's body, as JSON."""
        rest = {name: value for name, value in request.items() if name != "response_format"}
        return as_json({**rest, "messages": request["messages"][len(self.fixed) :]})

    def asking(self, shown: str) -> list[Message]:
        """What is sent to ask about what is shown."""
        return [*self.fixed, {"role": "user", "content": shown}]


@dataclass(frozen=True)
class Prompt(Fixed):
    """What asks for drafts.

    `rules` (of answering) and `codebook` are the system message; `examples`
    are pairs of an article as it is shown and the reply to it.
    """

    rules: str
    codebook: str
    examples: tuple[tuple[str, str], ...]
    kind = Draft

    @cached_property
    def fixed(self) -> tuple[Message, ...]:
        """The messages that stand before the one with the article."""
        system: Message = {"role": "system", "content": f"{self.rules}\n\n{self.codebook}"}
        pairs: Iterable[tuple[Message, Message]] = (
            ({"role": "user", "content": shown}, {"role": "assistant", "content": reply})
            for shown, reply in self.examples
        )
        return (system, *chain.from_iterable(pairs))

    def size(self, article: Article, part: Part) -> int:
        """Characters of a request about a part of an article, the schema among them."""
        return len(self.body) + len(render(article, part))

    def messages(self, article: Article, part: Part | None = None) -> list[Message]:
        """What is sent to ask for the draft of an article, or of a part of it."""
        return self.asking(render(article, part))

    def parts(self, article: Article | None = None) -> dict[str, str]:
        """The words of a request by part, for counting."""
        fixed = {
            "rules": self.rules,
            "codebook": self.codebook,
            "examples": "\n".join(chain.from_iterable(self.examples)),
            "schema": as_sent(draft_schema()),
        }
        return {**fixed, "article": render(article)} if article else fixed

    def markdown(self) -> str:
        """The fixed part for a reader: rules, codebook, examples and schema in Markdown."""
        shown = [f"{_fenced(text)}\n\n{_fenced(_spread(reply), 'json')}" for text, reply in self.examples]
        schema = _fenced(json.dumps(draft_schema(), indent=2, ensure_ascii=False), "json")
        return "\n\n".join([self.rules, self.codebook, "# Examples", *shown, "# Schema of the reply", schema]) + "\n"


@dataclass(frozen=True)
class Adjudication(Fixed):
    """What asks for verdicts: `rules` is the system message, of answering and of what makes one meeting."""

    rules: str
    kind = DraftVerdict

    @cached_property
    def fixed(self) -> tuple[Message, ...]:
        """The message that stands before the one with the two accounts."""
        return ({"role": "system", "content": self.rules},)


@cache
def load_prompt() -> Prompt:
    """The prompt for drafts that comes with the package, from `prompts/`."""
    folder = files("extractor") / "prompts"
    rules, codebook = ((folder / name).read_text("utf-8").strip() for name in ("system.md", "codebook.md"))
    shown = tuple((show(example_id(text), example_lines(text)), reply) for text, reply in examples(folder / "examples"))
    return Prompt(rules, codebook, shown)


@cache
def load_adjudication() -> Adjudication:
    """The prompt for verdicts that comes with the package."""
    return Adjudication((files("extractor") / "prompts" / "adjudicate.md").read_text("utf-8").strip())


def render(article: Article, part: Part | None = None) -> str:
    """The message that shows an article, or a part of it: a head of metadata, then its numbered sentences."""
    part = part or Part(1, 1, article.sentences)
    reference, seen = article.reference, article.sightings
    published = reference.published or min((s.published for s in seen if s.published), default=None)
    head = {
        "published": published.isoformat() if published else None,
        "publisher": min((s.publisher for s in seen if s.publisher), default=None),
        "language": min((s.language for s in seen if s.language), default=None),
    }
    lines = ((s.number, s.paragraph, article.slice(s)) for s in part.sentences)
    said = "".join(f"{key}: {on_one_line(value)}\n" for key, value in head.items() if value)
    which = f"part: {part.number} of {part.of}\n" if part.of > 1 else ""
    return which + said + show(article.id, lines)


def part_of(message: str) -> tuple[int, int]:
    """The number of the part that a rendered message shows, and of how many."""
    found = re.match(r"part: (\d+) of (\d+)\n", message)
    return (int(found[1]), int(found[2])) if found else (1, 1)


def show(article_id: str, lines: Iterable[Line]) -> str:
    """Numbered sentences between boundaries that carry the start of the article's id.

    The id is the hash of the text, so that a text cannot name its own
    boundary; and as each sentence stands on a line that starts with its
    number, no sentence can stand where a boundary does.
    """
    boundary = f"article {article_id[:16]}"
    shown = [f"<{boundary}>"]
    last: Line | None = None
    for number, paragraph, words in lines:
        if last and last[0] + 1 < number:
            shown += ["", "[...]", ""]
        elif last and last[1] != paragraph:
            shown.append("")
        last = (number, paragraph, words)
        shown.append(f"[{number}] {inert(words)}")
    return "\n".join([*shown, f"</{boundary}>"])


def examples(folder: Traversable) -> list[tuple[str, str]]:
    """The few-shot examples, by name: text, and draft as compact JSON with all its keys in order."""
    texts = sorted((file for file in folder.iterdir() if file.name.endswith(".txt")), key=lambda file: file.name)
    pairs = []
    for file in texts:
        reply = (folder / file.name.replace(".txt", ".json")).read_text("utf-8")
        pairs.append((file.read_text("utf-8"), Draft.model_validate_json(reply).model_dump_json()))
    return pairs


def example_id(text: str) -> str:
    """The id of an example, made as an article's is."""
    return hashlib.sha256(text.encode()).hexdigest()


def example_lines(text: str) -> list[Line]:
    """The sentences of an example, which is stored with one on a line and empty lines between paragraphs."""
    paragraphs = [part.splitlines() for part in text.strip().split("\n\n")]
    flat = [(paragraph, words) for paragraph, lines in enumerate(paragraphs, 1) for words in lines]
    return [(number, paragraph, words) for number, (paragraph, words) in enumerate(flat, 1)]


def on_one_line(value: str, limit: int = _HEAD_LIMIT) -> str:
    """Words as a JSON string on one line: what front matter or a draft says is no more trusted than an article."""
    return json.dumps(inert(" ".join(value.split())[:limit]), ensure_ascii=False)


def inert(words: str) -> str:
    """The words with a space put into each control token.

    Local servers read the whole rendered chat as tokens, so that one that
    stands in an article would end its message there and begin another.
    """
    return _CONTROL.sub(r"\1 ", words)


def _fenced(text: str, language: str = "") -> str:
    return f"```{language}\n{text}\n```"


def _spread(reply: str) -> str:
    return json.dumps(json.loads(reply), indent=2, ensure_ascii=False)
