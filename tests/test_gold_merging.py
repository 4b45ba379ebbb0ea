"""Reconciliation by itself: the accounts are those of a corpus's gold, as if they had been read without a mistake."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest

from extractor import claims
from extractor.claims import Raw
from extractor.evaluate import load_gold
from extractor.read import Unread, read
from extractor.reconcile import reconcile
from extractor.schemas import Account, Article, Evidence
from extractor.schemas.gold import GoldMeeting
from extractor.schemas.meeting import Grounding
from tests.conftest import SEEDS

CORPUS = Path(__file__).parent / "corpus"
VALUES = ("occurrence", "level", "format", "date", "place", "city", "country", "host_event")
PARTED = {
    "bol-pry-ury-leaders-1999-06-14-asuncion": "one paper tells of a pair where the other tells of three: "
    "with nothing else in the way, these are two meetings of one morning",
}
"""The meetings whose accounts stay apart, and why."""


def told(meeting: GoldMeeting, number: int, article: Article) -> Account:
    """The account that a line of gold gives. Where its words stand plays no part in linking: any will do."""
    here = (Evidence(article=article.id, start=number, end=number + 1, exact=article.text[number],
                     grounding=Grounding.VERBATIM),)  # fmt: skip
    raws: list[Raw] = []

    def say(field: str, value: str | None, about: int | None = None) -> None:
        if value and value != "unknown":
            raws.append(Raw(field, value, value, here, about=about))

    for field in VALUES:
        say(field, getattr(meeting, field))
    for party in meeting.parties:
        say("parties", party)
    for person in meeting.participants:
        say("participants", person.name)
        say("participants.represents", person.represents, len(raws) - 1)
    for statement in meeting.statements:
        say("statements", statement.quote)
        say("statements.kind", statement.kind, len(raws) - 1)
    return claims.account(article, "background" if meeting.role == "background" else "reported", raws)


def accounts(gold: Path, articles: Path) -> Iterator[tuple[str, Account]]:
    """All accounts of a corpus, each with the id of its meeting."""
    texts = {Path(str(one.sightings[0].path)).name: one for one in read(articles) if not isinstance(one, Unread)}
    for file, meetings in load_gold(gold).items():
        for number, meeting in enumerate(meetings):
            yield meeting.id, told(meeting, number, texts[file])


def groups(pairs: Sequence[tuple[str, str]]) -> set[frozenset[str]]:
    """The accounts of each meeting."""
    found: Mapping[str, set[str]] = defaultdict(set)
    for meeting, account in pairs:
        found[meeting].add(account)
    return set(map(frozenset, found.values()))


@pytest.mark.parametrize(
    ("gold", "articles", "parted"),
    [(SEEDS / "gold.jsonl", SEEDS, {}), (CORPUS / "gold.jsonl", CORPUS / "articles", PARTED)],
    ids=["seeds", "corpus"],
)
def test_accounts_that_are_right_merge_as_the_gold_says(gold: Path, articles: Path, parted: Mapping[str, str]) -> None:
    known = list(accounts(gold, articles))
    merged = reconcile([account for _, account in known])
    found = groups([(meeting.id, ref.id) for meeting in merged for ref in meeting.accounts])
    wanted = groups([(f"{id_} {account.id}" if id_ in parted else id_, account.id) for id_, account in known])
    assert found == wanted
