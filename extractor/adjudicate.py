"""Two accounts to a verdict: shown side by side to a model, which judges whether they tell of one meeting.

Shown is what stands in their articles: the values with the words printed for
them, and the sentences that tell which meeting it was. Never a whole article.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from extractor.linking import Links, Pair
from extractor.model import Answer, Ledger, Model, Spend, nobody
from extractor.schemas import Account, Article, Claim, DraftVerdict, Evidence, Status, Verdict
from extractor.templates import Adjudication, Line, on_one_line, show

MOST_CLAIMS = 8
"""Claims of one field that are shown of an account."""
MOST_SENTENCES = 12
"""Sentences that are shown of an account."""
LONGEST_WORDS, LONGEST_SENTENCE = 200, 600
"""Characters that are shown of a claim's words and of a sentence."""

_ATTRIBUTES = {"participants": ("office", "represents"), "outcomes": ("verb",), "statements": ("speaker",)}
_WHOLE_IN_THEIR_WORDS = {"topics", "outcomes", "statements"}
"""Fields of which no sentence is shown: their words say it all."""
_SIGNALS = {"same": "model says same", "different": "model says different"}


class Told(NamedTuple):
    """An account, and the article that gives it."""

    account: Account
    article: Article


async def adjudicate(
    one: Told, other: Told, model: Model, prompt: Adjudication, ledger: Ledger | None = None, spend: Spend = nobody
) -> Answer[DraftVerdict]:
    """What the model judges of two accounts. What the `ledger` holds is not asked; `spend` is told each cost.

    Raises:
        ReplyError: the model refused, or no reply was of any use.
        ModelUnreachableError: no model answers there, or not to this key.
        LimitReached: a limit of the run allows no further call.
    """
    who = f"{one.account.id} {other.account.id}"
    return await model.ask(DraftVerdict, prompt.asking(render(one, other)), _problems, ledger, spend, who=who)


def chosen(links: Links, accounts: Mapping[str, Account]) -> list[Pair]:
    """The grey pairs to ask about, those of which both accounts tell most first.

    A topic counts by the mean of the pairs that speak on it, so that one
    verdict speaks for two whole groups: asked is about one pair for each two
    groups, and inside a group about one for each account.
    """
    where = {id_: number for number, group in enumerate(links.groups) for id_ in group}
    taken: set[object] = set()
    pairs = []

    def rank(pair: Pair) -> tuple[int, int, Pair]:
        least, most = sorted(len(accounts[id_].claims) for id_ in pair)
        return -least, -most, pair

    for pair in sorted(links.grey, key=rank):
        groups = frozenset(where[id_] for id_ in pair)
        decides = {groups} if len(groups) == 2 else set(pair)
        if not decides <= taken:
            taken |= decides
            pairs.append(pair)
    return pairs


def said(verdicts: Iterable[Verdict]) -> dict[Pair, str]:
    """The signal that each verdict gives; none where the model is unsure."""
    return {verdict.accounts: _SIGNALS[verdict.answer] for verdict in verdicts if verdict.answer in _SIGNALS}


def render(one: Told, other: Told) -> str:
    """The message that shows two accounts."""
    return "\n\n".join(f"account: {number} of 2\n{_shown(told)}" for number, told in enumerate((one, other), 1))


def _problems(draft: DraftVerdict) -> Sequence[str]:
    return () if draft.reason.strip() else ("reason: it is empty; say what decides.",)


def _shown(told: Told) -> str:
    """An account: its head, its claims, its sentences."""
    account, article = told
    published = f"published: {on_one_line(account.published)}\n" if account.published else ""
    claims = list(_claims(account))
    lines = "".join(f"{_line(account, article, claim)}\n" for claim in claims)
    return f"{published}source: {on_one_line(account.source)}\n{lines}{show(article.id, _sentences(article, claims))}"


def _claims(account: Account) -> Iterator[Claim]:
    """The claims that stand in the article, some of each field; their attributes come with them."""
    shown: Counter[str] = Counter()
    for claim in account.claims:
        if claim.grounded and claim.about is None and shown[claim.field] < MOST_CLAIMS:
            shown[claim.field] += 1
            yield claim


def _line(account: Account, article: Article, claim: Claim) -> str:
    """A claim: its value, the words, the number of their sentence, and its attributes."""
    words = "" if claim.text == claim.value else f", printed {on_one_line(claim.text, LONGEST_WORDS)}"
    if claim.status is Status.INFERRED:
        words = " inferred"
    attributes = (
        f", {name} {on_one_line(found.value, LONGEST_WORDS)}"
        for name in _ATTRIBUTES.get(claim.field, ())
        if (found := account.about(claim, f"{claim.field}.{name}"))
    )
    value = on_one_line(claim.value, LONGEST_WORDS)
    return f"{claim.field}: {value}{words} [{_number(article, claim.evidence[0])}]{''.join(attributes)}"


def _sentences(article: Article, claims: Sequence[Claim]) -> list[Line]:
    """The sentences of the claims that tell which meeting it was, and of what their values were derived from."""
    telling = (claim for claim in claims if claim.field not in _WHOLE_IN_THEIR_WORDS)
    shown = (e for c in telling for e in (*c.evidence, *(c.derivation.evidence if c.derivation else ())) if e.grounded)
    numbers = list(dict.fromkeys(_number(article, e) for e in shown))[:MOST_SENTENCES]
    sentences = [article.sentences[number - 1] for number in sorted(numbers)]
    return [(s.number, s.paragraph, _cut(article.slice(s))) for s in sentences]


def _number(article: Article, evidence: Evidence) -> int:
    """The number of the sentence in which grounded words start."""
    return max(1, bisect_right(article.sentences, evidence.start or 0, key=lambda sentence: sentence.start))


def _cut(words: str) -> str:
    return words if len(words) <= LONGEST_SENTENCE else f"{words[: LONGEST_SENTENCE - 1]}…"
