"""What a careful reader would question, with the words that raise it."""

from typing import Any

import pytest

from extractor.doubts import institution, office_of_another
from extractor.reconcile import reconcile
from extractor.schemas import Account
from tests.accounts import Person, Said, Told, account, accounts


def doubted(one: Account) -> list[tuple[str, list[str]]]:
    return [(w.code.value, [e.exact for e in w.evidence]) for w in one.warnings]


# Quotation marks

ODD, OVER = "unbalanced_quotes", "broken_quotation"
RUN_ON = "“We agreed on the ports.” “I guarded it,” she said."
OPEN = "She said: “A good day."
NEXT = "“And we will meet again.”"


@pytest.mark.parametrize(
    ("lines", "quote", "code", "shown"),
    [
        pytest.param(["“A good day,” she said."], "A good day,", None, "", id="a pair"),
        pytest.param(["“A good day, she said."], "A good day,", ODD, "“A good day, she said.", id="never closed"),
        pytest.param(["A good day,” she said."], "A good day,", ODD, "A good day,” she said.", id="never opened"),
        pytest.param(['"A good day, she said.'], "A good day,", ODD, '"A good day, she said.', id="one straight mark"),
        pytest.param(['"A good day," she said.'], "A good day,", None, "", id="two straight marks"),
        pytest.param([OPEN, NEXT], "A good day.", None, "", id="a quotation of two paragraphs"),
        pytest.param([OPEN, "They left."], "A good day.", ODD, OPEN, id="open, and no paragraph goes on"),
        pytest.param([RUN_ON], "I guarded it,", OVER, "“I guarded it,”", id="one quotation after another"),
        pytest.param(["“A good day,” she said.", OPEN], "A good day,", None, "", id="a paragraph without a statement"),
    ],
)
def test_quotation_marks_pair(lines: list[str], quote: str, code: str | None, shown: str) -> None:
    text = "\n".join(["Otieno met Solberg.", *lines])
    assert doubted(account(text, Told(said=[Said(quote)]))) == ([(code, [shown])] if code else [])


def test_a_paragraph_is_doubted_once() -> None:
    text = "Otieno met Solberg.\n“A good day, she said. “A long day,” she said."
    assert len(account(text, Told(said=[Said("A good day,"), Said("A long day,")])).warnings) == 1


def test_recalled_meetings_bring_no_doubts_about_quotations() -> None:
    text = "Otieno met Solberg.\n“A good day, she said."
    assert account(text, Told(role="background", said=[Said("A good day,")])).warnings == ()


# Place and time


@pytest.mark.parametrize(
    ("city", "expected"), [("Bergen", [("dateline_elsewhere", ["OSLO"])]), ("Oslo", []), (None, [])]
)
def test_a_text_filed_elsewhere_is_told(city: str | None, expected: list[tuple[str, list[str]]]) -> None:
    text = "OSLO, March 4, 2031 (Fjord) - Otieno met Solberg in Bergen, not in Oslo."
    assert doubted(account(text, Told(city=city))) == expected


@pytest.mark.parametrize(
    ("words", "published", "codes"),
    [
        ("in June", "2031-03-04", []),
        ("on March 1, 2031", "2031-03-04", ["planned_in_past"]),
        ("in January", None, ["planned_in_past"]),
        ("in June", None, []),
    ],
)
def test_a_plan_for_what_has_passed_is_doubted(words: str, published: str | None, codes: list[str]) -> None:
    text = "Otieno met Solberg in May. They will meet again in June, in January, on March 1, 2031."
    held = Told(date="in May")
    planned = Told("will meet", "background", "planned", date=words)
    _, second = accounts(text, held, planned, published=published)
    assert [w.code.value for w in second.warnings] == codes


# People


@pytest.mark.parametrize(
    ("speaker", "expected"),
    [("The ministry", True), ("Kenya", True), ("joint statement", True), ("Ingrid Solberg", False)],
)
def test_an_institution_is_known_by_its_name(speaker: str, *, expected: bool) -> None:
    assert institution(speaker) is expected


@pytest.mark.parametrize(
    ("office", "code", "expected"),
    [
        ("Secretary of State", "KEN", True),
        ("secretary of state", "NOR", True),
        ("Secretary of State", "USA", False),
        ("Secretary of State", "VAT", False),
        ("Secretary of State for Trade", "GBR", False),
        ("Foreign Minister", "KEN", False),
        ("Secretary of State", "Fisheries Forum", False),
    ],
)
def test_a_plain_title_belongs_to_few_countries(office: str, code: str, *, expected: bool) -> None:
    assert office_of_another(office, code) is expected


# What stands nowhere


def test_a_missing_quote_is_doubted_once_though_several_claims_rest_on_it() -> None:
    one = account("Otieno met Solberg.", Told(mention="had a chat", city="Lima", place="Lima"))
    assert doubted(one) == [("ungrounded", ["Lima"]), ("ungrounded", ["had a chat"])]


# Between accounts

TEXT = "Otieno of Kenya met Ingrid Solberg of Norway in Oslo on March {day}, 2031. “Good,” {who} said{more}"


def merged(*told: tuple[int, str]) -> list[tuple[str, list[str]]]:
    """The doubts about one meeting, told with these days and pronouns."""
    made = []
    for i, (day, who) in enumerate(told):
        fields: dict[str, Any] = {"date": f"March {day}, 2031", "city": "Oslo", "parties": ["Kenya", "Norway"]}
        said = [Said("Good,", "Ingrid Solberg", attribution=f"{who} said")]
        one = Told(people=[Person("Ingrid Solberg", "Norway", pronoun=who)], said=said, **fields)
        made.append(account(TEXT.format(day=day, who=who, more="." * (i + 1)), one))
    (meeting,) = reconcile(made)
    return sorted((w.code.value, sorted({e.exact for e in w.evidence})) for w in meeting.warnings)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        pytest.param([(3, "she"), (3, "she")], [], id="nothing differs"),
        pytest.param([(3, "she"), (3, "he")], [("pronoun_mismatch", ["he", "she"])], id="two pronouns"),
        pytest.param([(3, "she"), (3, "her")], [], id="two cases of one pronoun"),
        pytest.param([(3, "they"), (3, "she")], [], id="they is no contradiction"),
        pytest.param(
            [(3, "she"), (4, "she"), (4, "she")],
            [("one_day_apart", ["March 3, 2031", "March 4, 2031"])],
            id="each two days once",
        ),
    ],
)
def test_accounts_that_differ_raise_doubts_together(
    told: list[tuple[int, str]], expected: list[tuple[str, list[str]]]
) -> None:
    assert merged(*told) == expected
