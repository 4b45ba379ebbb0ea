"""What became of meetings whose ids are no more: followed through their accounts, and through the articles of these."""

from collections.abc import Sequence

import pytest

from extractor.lineage import Member, fates, in_words

Meetings = dict[str, Sequence[str]]
"""Accounts by the meetings' ids. `x1` is the first account of the article x; `x2` is another, or what it became."""


def members(meetings: Meetings) -> dict[str, list[Member]]:
    return {id_: [Member(account, account[0]) for account in accounts] for id_, accounts in meetings.items()}


Fates = tuple[dict[str, int], tuple[str, ...]]


def found(old: Meetings, new: Meetings) -> dict[str, Fates]:
    return {id_: (dict(fate.heirs), fate.joined) for id_, fate in fates(members(old), members(new)).items()}


def line(old: Meetings, new: Meetings) -> str | None:
    return in_words(fates(members(old), members(new)))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param({"M": ["a1"]}, {"M": ["a1"]}, {}, id="nothing changed"),
        pytest.param({}, {"M": ["a1"]}, {}, id="all is new"),
        pytest.param({"M": ["a1"]}, {"N": ["a1", "b1"]}, {"M": ({"N": 1}, ())}, id="it grew"),
        pytest.param({"M": ["a1", "b1"]}, {"N": ["a1"]}, {"M": ({"N": 1}, ())}, id="it shrank"),
        pytest.param({"M": ["a1"]}, {"N": ["b1"]}, {"M": ({}, ())}, id="it is gone"),
        pytest.param(
            {"M": ["a1", "b1", "c1"]},
            {"N": ["c1"], "O": ["a1", "b1"]},
            {"M": ({"O": 2, "N": 1}, ())},
            id="it split, and most of it leads",
        ),
        pytest.param(
            {"M": ["a1", "b1"]},
            {"O": ["a1"], "N": ["b1"]},
            {"M": ({"N": 1, "O": 1}, ())},
            id="it split in halves, and the id that sorts first leads",
        ),
        pytest.param(
            {"M": ["a1"], "L": ["b1", "c1"]},
            {"N": ["a1", "b1", "c1"]},
            {"L": ({"N": 2}, ("M",)), "M": ({"N": 1}, ("L",))},
            id="two joined",
        ),
        pytest.param(
            {"M": ["a1", "b1"], "L": ["c1"]},
            {"N": ["a1", "c1"], "O": ["b1"]},
            {"L": ({"N": 1}, ("M",)), "M": ({"N": 1, "O": 1}, ("L",))},
            id="one split, and a part of it joined another",
        ),
        pytest.param(
            {"L": ["a1"], "M": ["a1", "b1"], "K": ["c1"], "J": ["c1", "d1"]},
            {"N": ["a1", "b1", "c1", "d1"]},
            {"L": ({"N": 1}, ("J",)), "M": ({"N": 2}, ("J",)), "K": ({"N": 1}, ("M",)), "J": ({"N": 2}, ("M",))},
            id="ids of several times: one is another at an earlier time, and did not join it",
        ),
    ],
)
def test_an_old_id_leads_to_the_meeting_that_has_most_of_its_accounts(
    old: Meetings, new: Meetings, expected: dict[str, Fates]
) -> None:
    assert found(old, new) == expected
    for id_, (shares, _) in found(old, new).items():
        assert list(shares) == list(expected[id_][0])


@pytest.mark.parametrize(
    ("old", "new", "heir"),
    [
        pytest.param({"M": ["a1"]}, {"N": ["a2"]}, "N", id="by its article"),
        pytest.param({"M": ["a1", "b1"]}, {"N": ["a2", "b1"], "L": ["a3"]}, "N", id="where its others are"),
        pytest.param({"M": ["a1"], "O": ["a2"]}, {"L": ["a2", "b1"], "N": ["a3"]}, "N", id="an account that is new"),
        pytest.param(
            {"2031-03-03-oslo-aa": ["a1"]},
            {"2031-03-01-lima-bb": ["a2"], "2031-03-03-oslo-cc": ["a3"]},
            "2031-03-03-oslo-cc",
            id="the id that is most alike",
        ),
        pytest.param({"Q": ["a1"]}, {"O": ["a2"], "N": ["a3"]}, "N", id="of equals the id that sorts first"),
        pytest.param({"M": ["a1"]}, {"N": ["b1"]}, None, id="nothing where the article is gone"),
    ],
)
def test_an_account_that_was_read_anew_goes_by_its_article(old: Meetings, new: Meetings, heir: str | None) -> None:
    first = next(iter(old))
    fate = fates(members(old), members(new))[first]
    assert fate.heir == heir
    assert sum(fate.heirs.values()) == (len(old[first]) if heir else 0)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ({"M": ["a1"]}, {"M": ["a1"], "N": ["b1"]}, None),
        ({"M": ["a1"]}, {"N": ["b1"]}, None),
        ({"M": ["a1"]}, {"N": ["a1", "b1"]}, "1 meeting changed its id: the old one still leads to it"),
        (
            {"M": ["a1", "b1"], "L": ["c1"], "K": ["d1"]},
            {"N": ["a1", "c1"], "O": ["b1"], "P": ["d1", "e1"]},
            "3 meetings changed their id, 1 split, 2 joined: old ids still lead to them",
        ),
    ],
    ids=["none", "one is gone", "one", "several"],
)
def test_changes_of_ids_are_told_in_one_line(old: Meetings, new: Meetings, expected: str | None) -> None:
    assert line(old, new) == expected
