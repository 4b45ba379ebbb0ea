"""Accounts against invented gold."""

from typing import Any

import pytest

from extractor.evaluate import coded, score
from extractor.evaluate.same import can_pair
from extractor.schemas import Account, Claim, Evidence, Grounding, Status
from extractor.schemas.gold import GoldMeeting
from extractor.schemas.scores import FIELDS, OVERALL, Row, Scores

QUOTE = "We will reopen the northern crossing before the harvest begins."

TALKS: dict[str, Any] = {
    "id": "ken-uga-2019-nairobi",
    "role": "reported",
    "occurrence": "held",
    "date": "2019-05-14",
    "city": "Nairobi",
    "country": "KEN",
    "format": "in_person",
    "level": "ministers",
    "host_event": None,
    "parties": ["KEN", "UGA"],
    "participants": [
        {"name": "Amina Wanjala", "office": "Foreign Minister", "represents": "KEN"},
        {"name": "Moses Okidi", "office": "Foreign Minister", "represents": "UGA"},
    ],
    "statements": [{"speaker": "Amina Wanjala", "quote": QUOTE, "kind": "direct"}],
}
FOUND: dict[str, Any] = {
    "occurrence": "held",
    "date": "2019-05-14",
    "city": "Nairobi",
    "country": "KEN",
    "format": "in_person",
    "level": "ministers",
    "parties": ["KEN", "UGA"],
    "participants": [("Amina Wanjala", "KEN"), ("Moses Okidi", "UGA")],
    "statements": [(QUOTE, "Amina Wanjala", "direct")],
}


def gold(**changes: Any) -> GoldMeeting:
    """The gold of the talks in Nairobi; a change to `...` takes the key out."""
    return GoldMeeting.model_validate({k: v for k, v in (TALKS | changes).items() if v is not ...})


def account(name: str = "a", **changes: Any) -> Account:
    """What was found of the talks in Nairobi; a change to None takes the field out."""
    claims: list[Claim] = []

    def add(field: str, value: str | None, about: str | None = None, **more: Any) -> str:
        evidence = Evidence(article="x", start=0, end=1, exact="x", grounding=Grounding.VERBATIM)
        if value is not None:
            made = {"id": f"{name}-{len(claims)}", "account": name, "field": field, "value": value, "text": value}
            claims.append(Claim.model_validate({**made, "about": about, "evidence": (evidence,), **more}))
        return claims[-1].id

    values = FOUND | changes
    inferred, ungrounded = values.pop("inferred", ()), values.pop("ungrounded", ())
    people, statements, parties = (values.pop(key, ()) for key in ("participants", "statements", "parties"))
    add("role", "reported")
    for field, value in values.items():
        if isinstance(value, str):
            add(field, value, status=Status.INFERRED if field in inferred else Status.STATED)
    for code in parties:
        add("parties", code)
    for person, code in people:
        add("participants.represents", code, about=add("participants", person))
    for text, speaker, kind in statements:
        lost = Evidence(article="x", start=None, end=None, exact=text, grounding=Grounding.UNGROUNDED)
        more: dict[str, Any] = {"evidence": (lost,)} if text in ungrounded else {}
        at = add("statements", text, **more)
        add("statements.speaker", speaker, about=at)
        add("statements.kind", kind, about=at)
    return Account(id=name, article="x", source="x", published=None, origin="x", role="reported", claims=tuple(claims))


def one(found: Account, expected: GoldMeeting) -> Scores:
    """The scores of one account against one gold meeting."""
    return score({"n.txt": [found]}, {"n.txt": [expected]})


def counts(row: Row) -> tuple[int, int, int, int, int]:
    """Right, wrong, missed, invented, empty."""
    return row.right, row.wrong, row.missed, row.invented, row.empty


RIGHT, WRONG, MISSED, INVENTED, EMPTY = ((0,) * at + (1,) + (0,) * (4 - at) for at in range(5))
UNSCORED = (0,) * 5


def test_what_is_all_right_has_no_error() -> None:
    scores = one(account(), gold())
    assert scores.errors == ()
    assert {scores.row(field).f1 for field in (*FIELDS, OVERALL)} == {1.0, None}


CASES = [
    ("another value is wrong", {"level": "leaders"}, {}, "level", WRONG),
    ("a value that is not found is missed", {"city": None}, {}, "city", MISSED),
    ("a value where the text gives none is invented", {}, {"city": None}, "city", INVENTED),
    ("no value where the text gives none is rightly empty", {"city": None}, {"city": None}, "city", EMPTY),
    ("a missing key is not scored", {}, {"city": ...}, "city", UNSCORED),
    ("missing parties are not scored", {}, {"parties": ["KEN", "UGA"], "participants": ...}, "participants", UNSCORED),
    ("an alternative is right", {"level": "leaders"}, {"level_alt": ["leaders"]}, "level", RIGHT),
    ("an alternative to null is right", {"date": "2019-05"}, {"date": None, "date_alt": ["2019-05"]}, "date", RIGHT),
    ("null is right beside its alternatives", {"date": None}, {"date": None, "date_alt": ["2019-05"]}, "date", EMPTY),
    ("null may be an alternative", {"city": None}, {"city_alt": [None]}, "city", EMPTY),
    ("unknown is no value", {"format": None}, {"format": "unknown"}, "format", EMPTY),
    ("a coarser date is not exact", {"date": "2019-05"}, {}, "date", WRONG),
    ("a coarser date is compatible", {"date": "2019-05"}, {}, "date_compatible", RIGHT),
    (
        "an inferred country against null is not scored",
        {"inferred": ("country",)},
        {"country": None},
        "country",
        UNSCORED,
    ),
    ("a stated country against null is invented", {}, {"country": None}, "country", INVENTED),
    ("an inferred country against another is wrong", {"inferred": ("country",)}, {"country": "TZA"}, "country", WRONG),
    (
        "a gathering has many names",
        {"host_event": "the UN General Assembly"},
        {"host_event": "United Nations General Assembly"},
        "host_event",
        RIGHT,
    ),
    ("a party more is invented", {"parties": ["KEN", "UGA", "TZA"]}, {}, "parties", (2, 0, 0, 1, 0)),
    ("a party less is missed", {}, {"parties": ["KEN", "UGA", "TZA"]}, "parties", (2, 0, 1, 0, 0)),
    (
        "a party that may be there is not scored",
        {"parties": ["KEN", "UGA", "TZA"]},
        {"parties_alt": ["TZA"]},
        "parties",
        (2, 0, 0, 0, 0),
    ),
    (
        "a title and another order make no other person",
        {"participants": [("Minister Okidi Moses", "UGA"), ("Wanjala", "KEN")]},
        {},
        "participants",
        (2, 0, 0, 0, 0),
    ),
    ("a stranger is invented", {"participants": [("Ruth Abasi", "KEN")]}, {}, "participants", (0, 0, 2, 1, 0)),
    (
        "two of one surname go by their country",
        {"participants": [("Okidi", "UGA"), ("Okidi", "KEN")]},
        {"participants": [{"name": "J. Okidi", "represents": "KEN"}, {"name": "M. Okidi", "represents": "UGA"}]},
        "represents",
        (2, 0, 0, 0, 0),
    ),
    ("another country is wrong", {"participants": [("Moses Okidi", "KEN")]}, {}, "represents", WRONG),
    ("no country is missed", {"participants": [("Moses Okidi", None)]}, {}, "represents", MISSED),
    ("another's quote is found", {"statements": [(QUOTE, "Moses Okidi", "direct")]}, {}, "quotes", RIGHT),
    ("another's quote has the wrong speaker", {"statements": [(QUOTE, "Moses Okidi", "direct")]}, {}, "speaker", WRONG),
    ("an unresolved speaker is missed", {"statements": [(QUOTE, "unresolved", "direct")]}, {}, "speaker", MISSED),
    ("another kind is wrong", {"statements": [(QUOTE, "Wanjala", "indirect")]}, {}, "kind", WRONG),
    ("half a quote is missed", {"statements": [(QUOTE[:30], "Wanjala", "direct")]}, {}, "quotes", MISSED),
    ("a quote that is not found has no speaker", {"statements": []}, {}, "speaker", UNSCORED),
    ("a quote that is not in the text is invented", {"ungrounded": (QUOTE,)}, {}, "quotes_given", INVENTED),
    (
        "a quote that is by gold another's is invented",
        {"statements": [(QUOTE, "Moses Okidi", "direct")]},
        {},
        "quotes_given",
        INVENTED,
    ),
    (
        "a piece of another's quote is invented",
        {"statements": [(QUOTE[:40], "Moses Okidi", "direct")]},
        {},
        "quotes_given",
        INVENTED,
    ),
    ("a quote of nobody is no invention", {"statements": [(QUOTE, "unresolved", "direct")]}, {}, "quotes_given", RIGHT),
    (
        "a quote that the gold does not have is no invention",
        {"statements": [("The lake has no owner but its fish.", "Moses Okidi", "direct")]},
        {},
        "quotes_given",
        RIGHT,
    ),
]


@pytest.mark.parametrize(("found", "expected", "field", "verdict"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_a_field_is_judged(
    found: dict[str, Any], expected: dict[str, Any], field: str, verdict: tuple[int, ...]
) -> None:
    assert counts(one(account(**found), gold(**expected)).row(field)) == verdict


def test_measures_count_what_they_say() -> None:
    row = one(account(parties=["KEN", "UGA", "TZA", "RWA"]), gold(parties=["KEN", "UGA", "BDI"])).row("parties")
    assert [row.precision, row.recall, row.f1] == pytest.approx([2 / 4, 2 / 3, 4 / 7])
    assert row.accuracy is None


def test_rightly_empty_counts_for_accuracy_alone() -> None:
    row = one(account(city=None), gold(city=None)).row("city")
    assert (row.precision, row.recall, row.f1, row.accuracy) == (None, None, None, 1.0)


def test_recall_alone_is_told_of_quotes_and_precision_alone_of_what_stands_in_the_text() -> None:
    found = account(statements=[(QUOTE, "Wanjala", "direct"), ("More of it", "Wanjala", "direct")])
    scores = one(found, gold())
    assert (scores.row("quotes").precision, scores.row("quotes").recall) == (None, 1.0)
    assert (scores.row("quotes_given").precision, scores.row("quotes_given").recall) == (1.0, None)


PAIRS = [
    ("two parties", {}, {}, True),
    ("one party and the city", {"parties": ["KEN", "TZA"]}, {}, True),
    ("one party and the city as a place", {"parties": ["KEN"], "city": None, "place": "Nairobi"}, {}, True),
    (
        "one party and the gathering",
        {"parties": ["KEN"], "city": "Entebbe", "host_event": "an African Union summit"},
        {"host_event": "the African Union"},
        True,
    ),
    ("one party alone", {"parties": ["KEN"], "city": "Entebbe"}, {}, False),
    ("the city alone", {"parties": ["TZA", "RWA"]}, {}, False),
    ("another day", {"date": "2019-05-15"}, {}, False),
    ("a coarser date", {"date": "2019-05"}, {}, True),
    ("a day that an alternative allows", {"date": "2019-05-15"}, {"date_alt": ["2019-05-15"]}, True),
    ("no date found", {"date": None}, {}, True),
    ("no date in the gold", {}, {"date": None}, True),
]


@pytest.mark.parametrize(("found", "expected", "paired"), [c[1:] for c in PAIRS], ids=[c[0] for c in PAIRS])
def test_meetings_pair_up_by(found: dict[str, Any], expected: dict[str, Any], paired: bool) -> None:
    assert can_pair(gold(**expected), coded(account(**found))) is paired
    assert can_pair(coded(account(**found)), gold(**expected)) is paired
    row = one(account(**found), gold(**expected)).row("meetings")
    assert counts(row) == (RIGHT if paired else (0, 0, 1, 1, 0))


def test_each_meeting_pairs_with_the_one_it_is_most_like() -> None:
    leaders, ministers = account("b", level="leaders", city="Entebbe"), account("c")
    expected = [gold(), gold(id="other", level="leaders", city="Entebbe")]
    scores = score({"n.txt": [leaders, ministers]}, {"n.txt": expected})
    assert counts(scores.row("level")) == (2, 0, 0, 0, 0)
    assert counts(scores.row("city")) == (2, 0, 0, 0, 0)


def test_a_meeting_told_twice_is_found_once_and_invented_once() -> None:
    scores = score({"n.txt": [account("b"), account("c")]}, {"n.txt": [gold()]})
    assert counts(scores.row("meetings")) == (1, 0, 0, 1, 0)


def test_an_article_of_which_nothing_is_known_counts_as_missed_and_one_without_gold_not_at_all() -> None:
    scores = score({"other.txt": [account()]}, {"n.txt": [gold()]})
    assert counts(scores.row("meetings")) == MISSED
    assert counts(scores.row("quotes_anywhere")) == MISSED
    assert counts(scores.row("quotes_given")) == UNSCORED


def test_what_is_found_in_an_article_without_meetings_is_invented() -> None:
    assert counts(score({"n.txt": [account()]}, {"n.txt": []}).row("meetings")) == INVENTED


def test_a_quote_in_another_account_of_the_article_is_missed_there_and_found_anywhere() -> None:
    elsewhere = account("b", parties=["FRA", "DEU"], city="Lyon")
    scores = score({"n.txt": [account(statements=[]), elsewhere]}, {"n.txt": [gold()]})
    assert counts(scores.row("quotes")) == MISSED
    assert counts(scores.row("quotes_anywhere")) == RIGHT


def test_a_quote_is_the_shortest_that_holds_it_even_if_the_longer_has_the_right_speaker() -> None:
    longer = (f"{QUOTE} And there is more to come.", "Amina Wanjala", "direct")
    found = account(statements=[longer, (QUOTE, "Moses Okidi", "direct")])
    assert counts(one(found, gold()).row("speaker")) == WRONG


def test_errors_tell_what_was_expected_and_found_once() -> None:
    found = account(date=None, statements=[(QUOTE, "Moses Okidi", "direct")])
    errors = one(found, gold()).errors
    assert [(e.field, e.verdict, e.expected, e.found, e.about) for e in errors] == [
        ("date", "missed", "2019-05-14", None, None),
        ("quotes_given", "invented", "Amina Wanjala", "Moses Okidi", QUOTE),
    ]


def test_a_mark_names_the_claim_that_gave_the_value() -> None:
    found = account(level="leaders")
    (wrong,) = one(found, gold()).errors
    assert [claim.field for claim in found.claims if claim.id == wrong.claim] == ["level"]


def test_a_gold_meeting_knows_the_account_that_is_its_pair() -> None:
    scores = score({"n.txt": [account("b")]}, {"n.txt": [gold(), gold(id="other", date="2020-01-01")]})
    assert [(pair.meeting, pair.account) for pair in scores.pairs] == [("ken-uga-2019-nairobi", "b"), ("other", None)]


def test_overall_counts_each_value_once() -> None:
    scores = one(account(date="2019-05", statements=[]), gold())
    row = scores.row(OVERALL)
    assert (row.wrong, row.missed) == (1, 1)
    assert row.right + row.wrong + row.missed + row.empty == len(scores.marks) - len(("date_compatible", "quotes_any"))


def test_where_nothing_was_found_f1_is_0() -> None:
    row = score({}, {"n.txt": [gold()]}).row("meetings")
    assert (row.precision, row.recall, row.f1) == (None, 0.0, 0.0)
