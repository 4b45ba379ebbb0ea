"""The corpus of our own: that its gold can be trusted, before anything is measured against it."""

import json
from collections import Counter, defaultdict
from datetime import date
from itertools import combinations
from pathlib import Path

import pycountry
import pytest
from rapidfuzz import fuzz

from extractor.evaluate import load_gold
from extractor.read import Unread, read, read_text
from extractor.schemas.gold import GoldMeeting
from extractor.values import dates, places

CORPUS = Path(__file__).parent / "corpus"
GOLD = load_gold(CORPUS / "gold.jsonl")
MEETINGS = [
    pytest.param(file, meeting, id=f"{file[:2]}-{meeting.id}") for file, all_ in GOLD.items() for meeting in all_
]
LONG = "22-long-record.txt"
REPRINTED = ("04-kathmandu-power.txt", "05-kathmandu-reprint.txt")
VOCABULARIES = {
    "role": {"reported", "background"},
    "occurrence": {"planned", "held", "postponed", "cancelled", "denied", "unclear"},
    "level": {"leaders", "ministers", "senior_officials", "working", "unknown"},
    "format": {"in_person", "video", "phone", "hybrid", "unknown"},
}
CODES = {country.alpha_3 for country in pycountry.countries} | {"XKX"} | set(places.ORGANISATIONS.values())


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    """The text of each article by the name of its file, as the tool reads it."""
    articles = (item for item in read(CORPUS / "articles") if not isinstance(item, Unread))
    return {Path(str(article.sightings[0].path)).name: article.text for article in articles}


def test_each_article_has_a_line_of_gold_and_each_line_its_article(texts: dict[str, str]) -> None:
    assert sorted(texts) == sorted(GOLD)
    assert 22 <= len(texts) <= 28


@pytest.mark.parametrize(("file", "meeting"), MEETINGS)
def test_every_quote_and_every_name_stands_in_its_article(
    file: str, meeting: GoldMeeting, texts: dict[str, str]
) -> None:
    words = [statement.quote for statement in meeting.statements] + [person.name for person in meeting.participants]
    assert [printed for printed in words if printed not in texts[file]] == []


@pytest.mark.parametrize(("file", "meeting"), MEETINGS)
def test_a_place_that_is_printed_stands_in_its_article(file: str, meeting: GoldMeeting, texts: dict[str, str]) -> None:
    named = {meeting.place, meeting.city, meeting.host_event} - {None}
    assert [printed for printed in named if str(printed) not in texts[file]] == []


@pytest.mark.parametrize(("file", "meeting"), MEETINGS)
def test_values_are_of_the_vocabularies(file: str, meeting: GoldMeeting) -> None:  # noqa: ARG001 - one list of cases
    for key, allowed in VOCABULARIES.items():
        if meeting.scored(key):
            assert {getattr(meeting, key), *meeting.alternatives(key)} <= allowed
    assert set(meeting.parties) | set(filter(None, [meeting.country])) <= CODES
    assert {statement.kind for statement in meeting.statements} <= {"direct", "joint"}


@pytest.mark.parametrize(("file", "meeting"), MEETINGS)
def test_a_date_is_edtf_of_a_year_that_is_known(file: str, meeting: GoldMeeting) -> None:  # noqa: ARG001
    if meeting.date:
        assert dates.bounds(meeting.date) is not None


@pytest.mark.parametrize(("file", "meeting"), MEETINGS)
def test_who_takes_part_represents_a_party(file: str, meeting: GoldMeeting) -> None:  # noqa: ARG001
    assert {person.represents for person in meeting.participants} <= set(meeting.parties)


def test_accounts_of_one_meeting_can_be_of_one_time_and_share_two_parties() -> None:
    told: dict[str, list[GoldMeeting]] = defaultdict(list)
    for meetings in GOLD.values():
        for meeting in meetings:
            told[meeting.id].append(meeting)
    several = {id_: accounts for id_, accounts in told.items() if len(accounts) > 1}
    assert len(several) >= 8
    for left, right in (pair for accounts in several.values() for pair in combinations(accounts, 2)):
        assert len(set(left.parties) & set(right.parties)) > 1
        if left.date and right.date and not dates.compatible(left.date, right.date):
            assert (dates.days_apart(left.date, right.date) or 0) <= 1  # a day apart is local time


def test_no_article_tells_of_one_meeting_twice() -> None:
    for meetings in GOLD.values():
        assert len({meeting.id for meeting in meetings}) == len(meetings)


def test_all_occurrences_and_ways_of_meeting_are_there_and_texts_that_tell_of_none() -> None:
    counts = Counter(
        value for meetings in GOLD.values() for m in meetings for value in (m.role, m.occurrence, m.level, m.format)
    )
    wanted = set().union(*VOCABULARIES.values()) - {"unclear", "unknown", "hybrid"}
    assert wanted <= set(counts)
    assert sum(not meetings for meetings in GOLD.values()) >= 5


def test_what_the_long_article_tells_lies_far_apart(texts: dict[str, str]) -> None:
    text = texts[LONG]
    assert len(text) > 30_000
    reported, earlier, _ = GOLD[LONG]
    opened, closed = text.index(reported.statements[0].quote), text.index(reported.statements[-1].quote)
    assert opened < len(text) * 0.05 < len(text) * 0.95 < closed
    assert len(text) * 0.25 < text.index(str(earlier.city)) < len(text) * 0.75


def test_no_two_articles_are_alike_but_the_reprint(texts: dict[str, str]) -> None:
    pairs = combinations(sorted(texts), 2)
    assert [pair for pair in pairs if fuzz.ratio(texts[pair[0]], texts[pair[1]]) > 75] == [REPRINTED]


def test_the_example_in_the_documents_is_gold_that_can_be_used(tmp_path: Path) -> None:
    document = (CORPUS.parent.parent / "docs" / "gold.md").read_text(encoding="utf-8")
    text, record = (document.split(f"```{kind}\n")[1].split("```")[0] for kind in ("text", "json"))
    (tmp_path / "gold.jsonl").write_text(json.dumps(json.loads(record)), encoding="utf-8")
    article = read_text(text)
    assert (article.reference.published, article.sightings[0].publisher) == (date(2011, 5, 19), "Lakeshore Times")
    for meeting in load_gold(tmp_path / "gold.jsonl")["kampala.txt"]:
        words = [*(s.quote for s in meeting.statements), *(p.name for p in meeting.participants), str(meeting.city)]
        assert [printed for printed in words if printed not in article.text] == []
