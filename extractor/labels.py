"""Labels: which pairs of accounts are of one meeting, as people say; and which pairs to ask them about."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path

from pydantic import BaseModel, ValidationError

from extractor.errors import ConfigurationError
from extractor.linking import Pair
from extractor.schemas import Account, Article
from extractor.schemas.scores import Pair as Paired

Labels = Mapping[Pair, bool]
"""Whether two accounts are of one meeting."""

_TOLD = ("date", "city", "place", "country", "host_event", "level", "format", "occurrence", "parties", "participants")
"""The fields that are shown to a person, in their order."""
_CLEAR = 5
"""One pair of so many is a clear one: without any, weights would be learnt from doubts alone."""


class _Line(BaseModel):
    """A pair; what it says besides is not looked at. One without a label is passed over."""

    left: str
    right: str
    same: bool | None


def is_gold(path: Path) -> bool:
    """Whether a file has gold (a line has `file`) in place of pairs (a line has `left`)."""
    first = next((line for _, line in _lines(path)), "")
    try:
        return "file" in json.loads(first)
    except (ValueError, TypeError):
        return False


def load_labels(path: Path, known: Collection[str]) -> Labels:
    """The labelled pairs of a file over known accounts.

    Raises:
        ConfigurationError: the file cannot be read, a line is no pair, names
            an account that is not known, or contradicts another.
    """
    found: dict[Pair, bool] = {}
    for number, line in _lines(path):
        where = f"{path}, line {number}"
        try:
            label = _Line.model_validate_json(line)
        except ValidationError as error:
            wrong = error.errors()[0]
            key = ".".join(map(str, wrong["loc"])) or "the line"
            raise ConfigurationError(
                f"{where}: {key}: {wrong['msg']}; a line is "
                '{"left": ACCOUNT, "right": ACCOUNT, "same": true, false or null}'
            ) from error
        left, right = sorted((label.left, label.right))
        if strange := [id_ for id_ in (label.left, label.right) if id_ not in known]:
            raise ConfigurationError(f"{where}: {strange[0]} is no account of this workspace; is it the right --db?")
        if left == right:
            raise ConfigurationError(f"{where}: {left} is compared with itself; name two accounts")
        if label.same is not None and found.setdefault((left, right), label.same) != label.same:
            raise ConfigurationError(f"{where}: another line says otherwise of these two; keep one of them")
    return found


def of_gold(told: Iterable[Paired], compared: Iterable[Pair]) -> Labels:
    """The labels that follow from gold, for those of the compared pairs whose accounts both have a gold meeting."""
    of = {paired.account: paired.meeting for paired in told if paired.account}
    return {pair: of[pair[0]] == of[pair[1]] for pair in compared if pair[0] in of and pair[1] in of}


def checked(labels: Labels, source: Path) -> Labels:
    """The same labels.

    Raises:
        ConfigurationError: nothing can be learnt from them.
    """
    if not labels:
        raise ConfigurationError(f"{source} labels no pair of this workspace: `extractor weights pairs` prints some")
    if len(set(labels.values())) == 1:
        kind, other = ("the same", "different") if next(iter(labels.values())) else ("different", "the same")
        raise ConfigurationError(f"{source}: all {len(labels)} pairs are {kind}; label some that are {other}, too")
    return labels


def to_label(scores: Mapping[Pair, int], threshold: int, count: int) -> list[Pair]:
    """So many pairs worth a label, the closest to the threshold first.

    Most are the closest ones; one in five is of the others, taken evenly from
    the closer to the clearest.
    """
    ordered = sorted(scores, key=lambda pair: (abs(scores[pair] - threshold), pair))
    clear = count // _CLEAR
    close, rest = ordered[: count - clear], ordered[count - clear :]
    return [*close, *(rest[at * len(rest) // clear] for at in range(min(clear, len(rest))))]


def row(left: tuple[Account, Article], right: tuple[Account, Article]) -> dict[str, object]:
    """Two accounts to be labelled: their ids, an empty label and what they say, but not what the weights make of it."""
    ids = {"left": left[0].id, "right": right[0].id}
    return {**ids, "same": None, "left_says": _says(*left), "right_says": _says(*right)}


def _says(account: Account, article: Article) -> dict[str, object]:
    """Where an account stands, the sentences that mention the meeting, and its values."""
    mentions = [(e.start, e.end) for claim in account.of("role") for e in claim.evidence]
    sentences = (
        article.text[s.start : s.end]
        for s in article.sentences
        if any(start is not None and end is not None and start < s.end and s.start < end for start, end in mentions)
    )
    values = {name: list(dict.fromkeys(claim.value for claim in account.of(name))) for name in _TOLD}
    return {
        "source": account.source,
        "published": account.published,
        "words": " ".join(sentences),
        **{name: found for name, found in values.items() if found},
    }


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """The lines of a file that are not empty, with their numbers."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{path} cannot be read as labels: {error}") from error
    yield from ((number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip())
