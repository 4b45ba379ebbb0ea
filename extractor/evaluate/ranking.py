"""The errors of an evaluation, worst first, each with the passage where a reader can check it.

What weighs how much: a value that is wrong or invented misleads whoever reads
it (100), one that is missed does not; a whole meeting outweighs one of its
values (50); a wrong value that stands on words of the article is believed
(25); and fields weigh by what a reader would build on them.
"""

from collections.abc import Iterator, Mapping, Sequence

from extractor.evaluate.passages import at_claims, at_evidence, at_likeness, at_words
from extractor.schemas import Account, Article, Claim, Evidence
from extractor.schemas.evaluation import Mistake, Passage
from extractor.schemas.gold import GoldMeeting
from extractor.schemas.scores import Mark, Scores, Verdict

MISLEADING, WHOLE_MEETING, BELIEVED = 100, 50, 25
FIELD_WEIGHTS = {
    "quotes_given": 12, "speaker": 11, "parties": 10, "occurrence": 9, "participants": 8, "represents": 7, "date": 6,
    "role": 5, "quotes": 5, "quotes_anywhere": 5, "host_event": 4, "city": 4, "country": 4, "level": 3, "format": 2,
    "kind": 2, "date_compatible": 6, "meetings": 0,
}  # fmt: skip


def mistakes(
    scores: Scores,
    articles: Mapping[str, Article],
    found: Mapping[str, Sequence[Account]],
    gold: Mapping[str, Sequence[GoldMeeting]],
) -> tuple[Mistake, ...]:
    """All errors, worst first; of one weight in the order of the gold file."""
    claims = {claim.id: claim for accounts in found.values() for account in accounts for claim in account.claims}
    accounts = {account.id: account for told in found.values() for account in told}
    meetings = {(file, meeting.id): meeting for file, told in gold.items() for meeting in told}
    made = []
    for mark in scores.errors:
        claim = claims.get(mark.claim or "")
        told = accounts.get(mark.meeting)
        article = articles.get(mark.file)
        passage = _passage(article, mark, claim, told, meetings.get((mark.file, mark.meeting))) if article else None
        grounded = mark.verdict is not Verdict.MISSED and claim is not None and any(_evidence(claim))
        made.append(Mistake(**dict(mark), weight=weight(mark, grounded=grounded), grounded=grounded, passage=passage))
    return tuple(sorted(made, key=lambda mistake: -mistake.weight))


def weight(mark: Mark, *, grounded: bool) -> int:
    """How much an error weighs: the sum of what the module's docstring names."""
    misleads = mark.verdict is not Verdict.MISSED
    return (
        MISLEADING * misleads
        + WHOLE_MEETING * (mark.field == "meetings")
        + BELIEVED * (misleads and grounded)
        + FIELD_WEIGHTS[mark.field]
    )


def _passage(
    article: Article, mark: Mark, claim: Claim | None, account: Account | None, gold: GoldMeeting | None
) -> Passage | None:
    """The words of the value found; else the quote that was missed, else the sentence most like the meeting."""
    for evidence in _evidence(claim) if claim else ():
        return at_evidence(article, evidence)
    if mark.field == "meetings" and account:
        return at_claims(article, account)
    quote = mark.expected if mark.field.startswith("quotes") else mark.about
    if quote and (passage := at_words(article, quote)):
        return passage
    if mark.found and (passage := at_words(article, mark.found)):
        return passage
    expected = None if mark.field == "meetings" else mark.expected
    return at_likeness(article, gold, expected) if gold else None


def _evidence(claim: Claim) -> Iterator[Evidence]:
    derived = claim.derivation.evidence if claim.derivation else ()
    return (evidence for evidence in (*claim.evidence, *derived) if evidence.grounded)
