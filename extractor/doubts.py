"""Doubts: what a careful reader would question, each with the words that raise it.

About one account by itself (`within`), about the accounts of one article
(`across`), about the accounts of one meeting (`between`).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from extractor.schemas import Account, Article, Claim, Evidence, Participant, Status, Warning, WarningCode  # noqa: A004
from extractor.texts.selectors import select
from extractor.values import edtf, places

# Offices that bear this plain title in few countries: "Secretary of State" is the foreign minister of these.
_SECRETARY_OF_STATE = frozenset({"USA", "VAT"})
_INSTITUTION = re.compile(
    r"department|ministry|government|office|house|statement|release|readout|council|commission|kremlin|pentagon|agency",
    re.IGNORECASE,
)
_RUN_ON = re.compile(r"”\s*“[^“”]{1,80}[,.]?”")
_PRONOUNS = {"he": "he", "him": "he", "his": "he", "she": "she", "her": "she", "hers": "she"}


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
    past = [c for a in accounts for c in a.of("date") if c.grounded and _occurrence(a) == "held"]
    result = []
    for account in accounts:
        found = [*account.warnings, *_planned_in_past(article, account, past)]
        result.append(account.model_copy(update={"warnings": tuple(found)}))
    return tuple(result)


def between(
    accounts: Sequence[Account], participants: Iterable[Participant], apart: Iterable[tuple[Account, str]]
) -> Iterator[Warning]:
    """The doubts that only several accounts together raise.

    `apart` pairs an account with the id of another that it was kept apart from.
    """
    yield from _one_day_apart(accounts)
    for person in participants:
        yield from _pronouns(accounts, person)
    for account, other in apart:
        message = f"looks like the meeting of account {other}, but their groups as a whole do not go together"
        mention = tuple(e for c in account.of("role") for e in c.evidence)
        yield Warning(code=WarningCode.CUT_LINK, message=message, account=account.id, evidence=mention)


def _occurrence(account: Account) -> str:
    claim = account.first("occurrence")
    return claim.value if claim else "unclear"


def _ungrounded(account: Account) -> Iterator[Warning]:
    """Each missing quote once, with the first claim that rests on it."""
    seen: set[Evidence] = set()
    for claim in account.claims:
        missing = tuple(e for e in claim.evidence if not e.grounded and e not in seen)
        if missing:
            seen.update(missing)
            message = f"{claim.field}: the words {missing[0].exact!r} do not stand in the article"
            yield Warning(code=WarningCode.UNGROUNDED, message=message, account=account.id, evidence=missing)


def _quotation_marks(article: Article, account: Account) -> Iterator[Warning]:
    """Paragraphs of statements whose marks do not pair, or where one quotation runs into the next."""
    paragraphs = _paragraphs(article)
    starts = {c.evidence[0].start for c in account.of("statements") if c.grounded}
    told = {s.paragraph for s in article.sentences if any(s.start <= (start or 0) < s.end for start in starts)}
    for number in sorted(told):
        left, right = paragraphs[number]
        text = article.text[left:right]
        for match in _RUN_ON.finditer(text):
            shown = select(article, left + match.start() + match.group().index("“"), left + match.end())
            message = f"{shown.exact} follows another quotation with no words between: a break in the speech, or a slip"
            yield Warning(code=WarningCode.BROKEN_QUOTATION, message=message, account=account.id, evidence=(shown,))
        opens, closes = text.count("“"), text.count("”")
        start, end = paragraphs.get(number + 1, (0, 0))
        # A quotation of several paragraphs opens each of them and closes only the last.
        if opens == closes + 1 and text.rfind("“") > text.rfind("”") and article.text[start:end].startswith("“"):
            closes += 1
        if opens != closes or text.count('"') % 2:
            pairs = f"quotation marks do not pair: {opens} opened, {closes} closed"
            message = pairs if opens != closes else "a quotation mark is missing"
            shown = select(article, left, right)
            yield Warning(code=WarningCode.UNBALANCED_QUOTES, message=message, account=account.id, evidence=(shown,))


def _paragraphs(article: Article) -> dict[int, tuple[int, int]]:
    """Where each paragraph stands, by its number (start, end; code points)."""
    found: dict[int, tuple[int, int]] = {}
    for sentence in article.sentences:
        start, _ = found.get(sentence.paragraph, (sentence.start, 0))
        found[sentence.paragraph] = (start, sentence.end)
    return found


def _dateline(article: Article, account: Account) -> Iterator[Warning]:
    """The place of filing, where it is another city than the meeting's."""
    reference, city = article.reference, account.first("city")
    filed = places.city(reference.dateline) if reference.dateline else None
    met = places.city(city.value) if city else None
    if city and filed and met and filed != met:
        if reference.dateline_start is None or reference.dateline_end is None:
            return
        shown = select(article, reference.dateline_start, reference.dateline_end)
        message = f"the byline names {filed.name}, where the text was filed; the meeting was in {city.value}"
        yield Warning(code=WarningCode.DATELINE_ELSEWHERE, message=message, account=account.id, evidence=(shown,))


def _planned_in_past(article: Article, account: Account, past: Sequence[Claim]) -> Iterator[Warning]:
    """Said to be coming in a month that had passed: by the date of publication, or by what is told as held."""
    claim = account.first("date")
    if _occurrence(account) != "planned" or claim is None:
        return
    planned = edtf.parse(claim.value)[-1]
    published, span = article.reference.published, edtf.bounds(claim.value)
    gone = published is not None and span is not None and span[1] < published
    held = [part for c in past for part in edtf.parse(c.value)]
    later = any(p.month and planned.month and p.month > planned.month for p in held)
    if gone or (later and planned.year is None):
        why = f"was published on {published}" if gone else "tells of a later month as past"
        message = f"said to be coming ({claim.text!r}), while the article {why}: next year's, or a slip"
        yield Warning(code=WarningCode.PLANNED_IN_PAST, message=message, account=account.id, evidence=claim.evidence)


def _one_day_apart(accounts: Sequence[Account]) -> Iterator[Warning]:
    """Each two days that are neighbours, once."""
    days: dict[str, list[Claim]] = {}
    for claim in (c for a in accounts for c in a.of("date") if c.status is Status.STATED and c.grounded):
        days.setdefault(claim.value, []).append(claim)
    for left, right in combinations(sorted(days), 2):
        if edtf.days_apart(left, right) == 1:
            message = f"{left} and {right}: one day apart, as time zones can explain"
            evidence = tuple(e for c in days[left] + days[right] for e in c.evidence)
            yield Warning(code=WarningCode.ONE_DAY_APART, message=message, evidence=evidence)


def _pronouns(accounts: Iterable[Account], person: Participant) -> Iterator[Warning]:
    used: dict[str, Claim] = {}
    for claim in (c for a in accounts for c in a.of("participants.pronoun") if c.about in person.claims):
        if claim.grounded and (pronoun := _PRONOUNS.get(claim.value)):
            used.setdefault(pronoun, claim)
    if len(used) > 1:
        message = f"{person.name} is both {' and '.join(repr(claim.text) for claim in used.values())}"
        evidence = tuple(e for claim in used.values() for e in claim.evidence)
        yield Warning(code=WarningCode.PRONOUN_MISMATCH, message=message, evidence=evidence)
