"""Doubts: what a careful reader of an article would question, each with the words that raise it."""

import re
from collections.abc import Iterator, Sequence

from extractor import dates, places
from extractor.schemas import Account, Article, Claim, Warning, WarningCode
from extractor.selectors import select

# Offices that bear this plain title in few countries: "Secretary of State" is the foreign minister of these.
_SECRETARY_OF_STATE = frozenset({"USA", "VAT"})
_INSTITUTION = re.compile(
    r"department|ministry|government|office|house|statement|release|readout|council|commission|kremlin|pentagon|agency",
    re.IGNORECASE,
)
_RUN_ON = re.compile(r"”\s*“[^“”]{1,80}[,.]?”")


def institution(speaker: str) -> bool:
    """Whether a speaker is an institution or a document rather than a person."""
    return bool(_INSTITUTION.search(speaker)) or places.country(speaker) is not None


def office_of_another(office: str, code: str) -> bool:
    """Whether the office's plain title belongs to other countries than this one."""
    return office.strip().lower() == "secretary of state" and len(code) == 3 and code not in _SECRETARY_OF_STATE


def within(article: Article, account: Account) -> Iterator[Warning]:
    """The doubts about one account by itself."""
    yield from _ungrounded(account)
    if account.role == "reported":
        yield from _quotation_marks(article, account)
        yield from _dateline(article, account)


def across(article: Article, accounts: Sequence[Account]) -> tuple[Account, ...]:
    """The accounts of an article with the doubts that one raises about another."""
    past = [c for a in accounts for c in a.of("date") if _occurrence(a) == "held"]
    result = []
    for account in accounts:
        found = [*account.warnings, *_planned_in_past(article, account, past)]
        result.append(account.model_copy(update={"warnings": tuple(found)}))
    return tuple(result)


def _occurrence(account: Account) -> str:
    claim = account.first("occurrence")
    return claim.value if claim else "unclear"


def _ungrounded(account: Account) -> Iterator[Warning]:
    for claim in account.claims:
        missing = tuple(e for e in claim.evidence if not e.grounded)
        if missing and claim.about is None:
            message = f"{claim.field}: the words {claim.text!r} do not stand in the article"
            yield Warning(code=WarningCode.UNGROUNDED, message=message, account=account.id, evidence=missing)


def _quotation_marks(article: Article, account: Account) -> Iterator[Warning]:
    """Paragraphs of statements whose marks do not pair, or where one quotation runs into the next."""
    quoted = [c for c in account.of("statements") if c.grounded]
    seen: set[int] = set()
    for claim in quoted:
        start = claim.evidence[0].start or 0
        sentence = next((s for s in article.sentences if s.start <= start < s.end), None)
        if sentence is None or sentence.paragraph in seen:
            continue
        seen.add(sentence.paragraph)
        spans = [s for s in article.sentences if s.paragraph == sentence.paragraph]
        left, right = spans[0].start, spans[-1].end
        text = article.text[left:right]
        for match in _RUN_ON.finditer(text):
            shown = select(article, left + match.start() + match.group().index("“"), left + match.end())
            message = f"{shown.exact} follows another quotation with no words between: a break in the speech, or a slip"
            yield Warning(code=WarningCode.BROKEN_QUOTATION, message=message, account=account.id, evidence=(shown,))
        opens, closes = text.count("“"), text.count("”")
        if opens != closes or text.count('"') % 2:
            message = f"quotation marks do not pair: {opens} opened, {closes} closed" if opens != closes else "a quotation mark is missing"
            shown = select(article, left, right)
            yield Warning(code=WarningCode.UNBALANCED_QUOTES, message=message, account=account.id, evidence=(shown,))


def _dateline(article: Article, account: Account) -> Iterator[Warning]:
    """The place of filing, where it is another city than the meeting's."""
    reference, city = article.reference, account.first("city")
    filed = places.city(reference.dateline) if reference.dateline else None
    met = places.city(city.value) if city else None
    if filed and met and filed != met and reference.dateline_start is not None and reference.dateline_end is not None:
        shown = select(article, reference.dateline_start, reference.dateline_end)
        message = f"the byline names {filed.name}, where the text was filed; the meeting was in {city.value if city else ''}"
        yield Warning(code=WarningCode.DATELINE_ELSEWHERE, message=message, account=account.id, evidence=(shown,))


def _planned_in_past(article: Article, account: Account, past: Sequence[Claim]) -> Iterator[Warning]:
    """Said to be coming in a month that had passed: by the date of publication, or by what is told as held."""
    claim = account.first("date")
    if _occurrence(account) != "planned" or claim is None:
        return
    planned = dates.parse(claim.value)[-1]
    published = article.reference.published
    gone = published and (latest := dates.bounds(claim.value)) and latest[1] < published
    held = [p for c in past for p in dates.parse(c.value) if p.month and (p.year is None or planned.year in (None, p.year))]
    told = [p for p in held if planned.month and p.month and planned.month < p.month and planned.year is None]
    if gone or told:
        message = f"said to be coming ({claim.text!r}), while the article tells of a later month as past: next year's, or a slip"
        yield Warning(code=WarningCode.PLANNED_IN_PAST, message=message, account=account.id, evidence=claim.evidence)

