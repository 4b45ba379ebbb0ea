"""Errors, worst first, each with the words of the article to check it by."""

from typing import Any

import pytest

from extractor.evaluate import score
from extractor.evaluate.passages import AROUND, at_likeness, at_words
from extractor.evaluate.ranking import mistakes
from extractor.read import read_text
from extractor.schemas import Account, Article, Evidence, Grounding
from extractor.schemas.evaluation import Mistake
from tests.test_evaluate import QUOTE, account, gold

TEXT = (
    "Ministers of the lakes meet again\n"
    "Kenya and Uganda sat down in Nairobi on 14 May 2019 at the edge of the Lakes Forum.\n"
    f"“{QUOTE}” said Amina Wanjala, who had asked for the talks.\n"
    "Moses Okidi flew home to Kampala in the evening.\n"
    "The weather in Lyon was fine.\n"
)
ARTICLE = read_text(TEXT, path="n.txt")


def grounded(found: Account, **words: str) -> Account:
    """The account, its claims of some fields standing on these words of the article."""

    def evidence(exact: str) -> Evidence:
        start = TEXT.index(exact)
        return Evidence(
            article=ARTICLE.id, start=start, end=start + len(exact), exact=exact, grounding=Grounding.VERBATIM
        )

    lost = Evidence(article=ARTICLE.id, start=None, end=None, exact="x", grounding=Grounding.UNGROUNDED)
    claims = [
        claim.model_copy(update={"evidence": (evidence(words[claim.field]) if claim.field in words else lost,)})
        for claim in found.claims
    ]
    return found.model_copy(update={"claims": tuple(claims)})


def errors(found: list[Account], articles: dict[str, Article] | None = None, **changes: Any) -> tuple[Mistake, ...]:
    """The errors of accounts against the talks in Nairobi."""
    told, known = {"n.txt": found}, {"n.txt": [gold(**changes)]}
    return mistakes(score(told, known), {"n.txt": ARTICLE} if articles is None else articles, told, known)


def marked(mistake: Mistake) -> str | None:
    """The words of the passage, if there is one."""
    return mistake.passage.exact if mistake.passage else None


def test_what_misleads_comes_before_what_is_missed_and_meetings_before_values() -> None:
    invented = account("b", parties=["FRA", "DEU"], city="Lyon", participants=[], statements=[])
    found = grounded(account(level="leaders", city=None, format="phone"), level="Ministers of the lakes")
    assert [(e.verdict, e.field, e.grounded) for e in errors([found, invented])][:3] == [
        ("invented", "meetings", False),
        ("wrong", "level", True),
        ("invented", "quotes_given", False),
    ]
    assert [e.field for e in errors([found, invented])][-1] == "city"
    weights = [e.weight for e in errors([found, invented])]
    assert weights == sorted(weights, reverse=True)


def test_a_missed_meeting_comes_before_a_missed_value_and_after_a_wrong_one() -> None:
    other = gold(id="other", date="2020-01-01", parties=["FRA", "DEU"])
    told = {"n.txt": [account(level="leaders", city=None)]}
    known = {"n.txt": [other, gold(statements=[])]}
    found = mistakes(score(told, known), {}, told, known)
    assert [(e.verdict, e.field) for e in found if e.field != "quotes"] == [
        ("wrong", "level"),
        ("missed", "meetings"),
        ("missed", "city"),
    ]


def test_a_wrong_value_is_shown_with_the_words_it_was_read_from() -> None:
    found = grounded(account(city="Kampala", statements=[]), city="Kampala")
    (wrong,) = (e for e in errors([found], statements=[]) if e.field == "city")
    assert (marked(wrong), wrong.grounded) == ("Kampala", True)


def test_a_value_without_evidence_is_shown_with_its_words_where_they_stand() -> None:
    (wrong,) = errors([grounded(account(city="Lyon", statements=[]))], statements=[])
    assert (marked(wrong), wrong.grounded) == ("Lyon", False)


def test_a_missed_quote_is_shown_where_it_stands() -> None:
    missed = next(e for e in errors([account(statements=[])]) if e.field == "quotes")
    assert (marked(missed), missed.grounded) == (QUOTE, False)
    assert missed.passage
    assert missed.passage.prefix.endswith("Lakes Forum.\n“")
    assert len(missed.passage.suffix) <= AROUND


def test_a_missed_value_is_shown_with_the_sentence_most_like_it() -> None:
    missed = {e.expected: marked(e) for e in errors([account(city=None, participants=[("Wanjala", "KEN")])])}
    assert str(missed["Nairobi"]).startswith("Kenya and Uganda sat down in Nairobi")
    assert missed["Moses Okidi"] == "Moses Okidi flew home to Kampala in the evening."


def test_a_meeting_that_is_invented_is_shown_with_the_sentence_that_says_most_of_it() -> None:
    invented = grounded(
        account("b", parties=["FRA", "DEU"], city="Lyon", occurrence="held", statements=[], participants=[]),
        parties="Ministers of the lakes",
        city="Lyon",
        occurrence="was fine",
    )
    assert marked(errors([account(), invented])[0]) == "The weather in Lyon was fine."


def test_an_article_that_is_not_here_gives_no_passage() -> None:
    assert {marked(e) for e in errors([account(city=None)], articles={})} == {None}


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (QUOTE, QUOTE),
        (QUOTE.replace("northern ", ""), f"“{QUOTE}” said Amina Wanjala, who had asked for the talks."),
        ("sat down in Nairobi", "sat down in Nairobi"),
        ("Nairoby", None),
        ("They parted without a word and without a handshake.", None),
    ],
)
def test_words_are_found_as_they_are_or_where_they_are_most_alike(words: str, found: str | None) -> None:
    passage = at_words(ARTICLE, words)
    assert (passage and passage.exact) == found
    assert passage is None or TEXT[passage.start : passage.end] == passage.exact


def test_where_no_sentence_is_like_a_meeting_there_is_no_passage() -> None:
    strange = gold(parties=["FJI", "TON"], participants=[], city="Suva", host_event=None, date=None)
    assert at_likeness(ARTICLE, strange) is None
