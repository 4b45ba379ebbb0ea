"""The built-in model's verdicts: one value must settle it, and what is shown is data."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.builtin.verdicts import Shown, judge, read_accounts

QUOTE = "Our fleets will share the northern banks"
ONE = {
    "date": ["2031-03-03"],
    "city": ["Oslo"],
    "parties": ["NOR", "KEN"],
    "level": ["ministers"],
    "participants": ["Ingrid Solberg", "Achieng Otieno"],
}


@pytest.mark.parametrize(
    ("one", "other", "answer"),
    [
        pytest.param({}, {"date": ["2031-03-05"]}, "different", id="days apart"),
        pytest.param({}, {"date": ["2031-04"]}, "different", id="another month"),
        pytest.param({}, {"date": ["2031-03-04"]}, "unsure", id="a day apart: time zones"),
        pytest.param({}, {"date": ["2031-03"]}, "unsure", id="the same month"),
        pytest.param({}, {"date": []}, "unsure", id="no date"),
        pytest.param({}, {"city": ["Bergen"]}, "different", id="another city"),
        pytest.param({"city": ["New York"]}, {"city": ["New York City"]}, "unsure", id="one city by two names"),
        pytest.param({}, {"city": ["Smallholm"]}, "unsure", id="a city that nobody knows"),
        pytest.param({}, {"parties": ["PER", "CHL"]}, "different", id="no common party"),
        pytest.param({}, {"parties": ["NOR", "KEN", "PER"]}, "unsure", id="a third party"),
        pytest.param({}, {"level": ["leaders"], "participants": ["Ana Ruiz"]}, "different", id="leaders, other people"),
        pytest.param({}, {"level": ["leaders"]}, "unsure", id="leaders, the same people"),
        pytest.param({}, {"level": ["leaders"], "participants": []}, "unsure", id="leaders, and no people"),
        pytest.param({"venue": ["Villa Berg"]}, {"venue": ["villa Berg"]}, "same", id="one venue on one day"),
        pytest.param({"venue": ["Villa Berg"]}, {"venue": ["Town Hall"]}, "unsure", id="two venues on one day"),
        pytest.param(
            {"venue": ["Villa Berg"]}, {"venue": ["Villa Berg"], "date": ["2031-03"]}, "unsure", id="one venue"
        ),
        pytest.param({"statements": [QUOTE]}, {"statements": [f"{QUOTE},"]}, "same", id="one quotation"),
        pytest.param(
            {"statements": [QUOTE], "date": []}, {"statements": [QUOTE], "date": []}, "same", id="... without a date"
        ),
        pytest.param({"statements": ["It went well"]}, {"statements": ["It went well"]}, "unsure", id="a short one"),
        pytest.param(
            {"statements": [QUOTE]}, {"statements": [QUOTE], "date": ["2031-03-04"]}, "unsure", id="... on another day"
        ),
        pytest.param(
            {"statements": [QUOTE]}, {"statements": [QUOTE], "parties": ["NOR"]}, "unsure", id="... of other parties"
        ),
        pytest.param(
            {"statements": [QUOTE], "format": ["phone"]}, {"statements": [QUOTE]}, "unsure", id="... on the telephone"
        ),
        pytest.param({}, {}, "unsure", id="all the same, and nothing rare"),
    ],
)
def test_one_value_settles_it_or_none_does(one: dict[str, list[str]], other: dict[str, list[str]], answer: str) -> None:
    left, right = ({field: values for field, values in (ONE | said).items() if values} for said in (one, other))
    verdicts = [judge(Shown(left), Shown(right)), judge(Shown(right), Shown(left))]
    assert [verdict.answer for verdict in verdicts] == [answer, answer]
    assert all(verdict.reason.startswith("By rule: ") for verdict in verdicts)


def test_nothing_shown_leaves_it_unsure() -> None:
    assert judge(Shown(), Shown()).answer == "unsure"


@pytest.mark.parametrize(
    ("line", "values"),
    [
        ('date: "2031-03-03", printed "on Monday" [2]', {"date": ["2031-03-03"]}),
        ('city: "Oslo" [2]', {"city": ["Oslo"]}),
        ('country: "NOR" inferred [2]', {}),
        ('participants: "Ingrid Solberg" [2], office "Foreign Minister"', {"participants": ["Ingrid Solberg"]}),
        (r'city: "a \"b\" \\ [1]" [2]', {"city": ['a "b" \\ [1]']}),
        (r'city: "\x" [2]', {}),
        ('city: "Oslo', {}),
        ("", {}),
        ('<article 00>\n[1] date: "2031-03-03" [2]\ncity: "Oslo" [2]', {}),
    ],
)
def test_the_values_of_an_account_are_read_off_its_lines(line: str, values: dict[str, list[str]]) -> None:
    read = read_accounts(f'account: 1 of 2\nsource: "x"\n{line}\n\naccount: 2 of 2\n')
    assert read is not None
    assert read == (values, {})


@pytest.mark.parametrize("message", ["", "account: 1 of 2\n", "[1] account: 1 of 2\n[2] account: 2 of 2"])
def test_a_message_without_two_accounts_shows_none(message: str) -> None:
    assert read_accounts(message) is None


@given(left=st.text(), right=st.text())
def test_no_words_break_it(left: str, right: str) -> None:
    read = read_accounts(
        f'account: 1 of 2\ndate: "{left}" [1]\ncity: "{right}" [1]\naccount: 2 of 2\ndate: "{right}" [1]'
    )
    assert read is None or judge(*read).answer in ("same", "different", "unsure")
