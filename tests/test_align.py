"""Utterances aligned across accounts: by their words, never blended, nothing lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.merging.align import UNRESOLVED, Group, Piece, align
from extractor.schemas import Agreement

STRAIT = "We will keep the strait open to every ship of every flag"
HARBOUR = "our northern harbours will grow before the winter"
BOTH = f"{STRAIT}, and {HARBOUR}."


def pieces(
    account: str, *texts: str, speaker: str = "Ana Ruiz", origin: str | None = None, told: bool = True
) -> list[Piece]:
    return [
        Piece(account, origin or account, f"{account}{i}", speaker, text, 0, len(text), first=i == 0, told=told)
        for i, text in enumerate(texts)
    ]


def words(groups: list[Group]) -> list[list[str]]:
    return [[piece.words for piece in group.pieces] for group in groups]


def agreements(groups: list[Group]) -> list[Agreement]:
    return [group.agreement for group in groups]


TEXTS = st.sampled_from(
    [
        STRAIT,
        HARBOUR,
        BOTH,
        "We will keep the strait open to all ships",
        "We will not keep the strait open to every ship",
        "I look forward to it",
        "She hopes for an early thaw",
        "a good day",
        "It was a good day, and our northern harbours will grow",
        "and the",
        "—",
    ]
)
ACCOUNTS = st.lists(
    st.lists(st.tuples(TEXTS, st.sampled_from(["Ruiz", "Solberg", UNRESOLVED])), max_size=4), max_size=4
)


def drawn(accounts: list[list[tuple[str, str]]]) -> list[list[Piece]]:
    return [
        [
            Piece(f"a{i}", f"a{i}", f"a{i}-{j}", who, text, 0, len(text), first=j == 0)
            for j, (text, who) in enumerate(account)
        ]
        for i, account in enumerate(accounts)
    ]


@given(accounts=ACCOUNTS, lead=st.booleans())
def test_every_piece_is_in_some_group(accounts: list[list[tuple[str, str]]], *, lead: bool) -> None:
    given_ = drawn(accounts)
    groups = align(given_, lead=lead)
    assert {p.claim for g in groups for p in g.pieces} == {p.claim for account in given_ for p in account}


@given(accounts=ACCOUNTS, lead=st.booleans())
def test_no_words_stand_in_a_group_twice_and_parts_are_real(
    accounts: list[list[tuple[str, str]]], *, lead: bool
) -> None:
    for group in align(drawn(accounts), lead=lead):
        assert len({p.claim for p in group.pieces}) == len(group.pieces)
        assert all(0 <= p.start < p.end <= len(p.text) or not p.text for p in group.pieces)


@given(accounts=ACCOUNTS)
def test_only_repeated_words_of_an_account_share_a_group(accounts: list[list[tuple[str, str]]]) -> None:
    for group in align(drawn(accounts)):
        for account in {p.account for p in group.pieces}:
            assert len({p.text for p in group.pieces if p.account == account}) == 1


@given(accounts=ACCOUNTS)
def test_a_group_of_one_account_is_single_and_one_of_more_is_not(accounts: list[list[tuple[str, str]]]) -> None:
    for group in align(drawn(accounts)):
        assert (group.agreement is Agreement.SINGLE) == (len({p.account for p in group.pieces}) == 1)


@pytest.mark.parametrize(
    ("left", "right", "agreement"),
    [
        pytest.param(STRAIT, STRAIT, Agreement.AGREED, id="the same words"),
        pytest.param(f"{STRAIT},", f"“{STRAIT.lower()}.”", Agreement.AGREED, id="case and punctuation aside"),
        pytest.param("a good day", "A good day!", Agreement.AGREED, id="few words, if they are the very same"),
        pytest.param(
            STRAIT, "We will keep the strait open to all ships of any flag", Agreement.VARIANT, id="two renderings"
        ),
        pytest.param(STRAIT, STRAIT.replace("will", "will not"), Agreement.CONFLICT, id="a negation"),
        pytest.param(
            "We sent 3 ships to the strait", "We sent 4 ships to the strait", Agreement.CONFLICT, id="a number"
        ),
        pytest.param(
            "We sent 3 ships to the strait", "We sent ships to the strait", Agreement.VARIANT, id="a number left out"
        ),
    ],
)
def test_two_renderings_of_one_utterance(left: str, right: str, agreement: Agreement) -> None:
    groups = align([pieces("A", left), pieces("B", right)])
    assert words(groups) == [[left, right]]
    assert agreements(groups) == [agreement]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (STRAIT, HARBOUR),
        ("a good day", "a bad day"),
        ("fish", "We spoke of fish and ports"),
        ("and so it is", "and so they are"),
    ],
)
def test_what_is_not_alike_stays_apart(left: str, right: str) -> None:
    assert words(align([pieces("A", left), pieces("B", right)])) == [[left], [right]]


def test_one_sentence_that_covers_two_is_divided_between_them() -> None:
    two = pieces("A", STRAIT, HARBOUR)
    one = pieces("B", BOTH)
    expected = [[STRAIT, STRAIT], [HARBOUR, f"{HARBOUR}."]]
    forwards, backwards = align([two, one]), align([one, two])
    assert [sorted(map(len, group)) for group in words(forwards)] == [sorted(map(len, group)) for group in expected]
    assert [[p.account for p in g.pieces] for g in forwards] == [["A", "B"]] * 2
    assert [[p.account for p in g.pieces] for g in backwards] == [["B", "A"]] * 2
    assert agreements(forwards) == agreements(backwards) == [Agreement.AGREED] * 2
    assert all(p.part for g in forwards for p in g.pieces if p.account == "B")


def test_a_short_quotation_is_found_inside_a_longer_one() -> None:
    long = "It was a good day, she said, for both of our countries"
    (group,) = align([pieces("A", "a good day"), pieces("B", long)])
    assert [p.words for p in group.pieces] == ["a good day", "a good day"]
    assert group.agreement is Agreement.AGREED


def test_a_third_account_joins_the_part_that_it_tells() -> None:
    groups = align([pieces("A", BOTH), pieces("B", STRAIT), pieces("C", HARBOUR)])
    assert [[p.account for p in g.pieces] for g in groups] == [["A", "B"], ["A", "C"]]
    groups = align([pieces("A", BOTH), pieces("B", STRAIT), pieces("C", STRAIT)])
    assert [[p.account for p in g.pieces] for g in groups] == [["A", "B", "C"]]
    groups = align([pieces("A", BOTH), pieces("B", STRAIT), pieces("C", BOTH)])
    assert [[(p.account, p.part) for p in g.pieces] for g in groups] == [
        [("A", False), ("C", False)],
        [("A", True), ("B", False)],
    ]


def test_three_accounts_of_one_utterance_are_one_group() -> None:
    groups = align([pieces("A", STRAIT), pieces("B", STRAIT), pieces("C", STRAIT.replace("every", "any"))])
    assert [len(g.pieces) for g in groups] == [3]
    assert agreements(groups) == [Agreement.VARIANT]


def test_two_of_three_that_contradict_each_other_are_a_conflict() -> None:
    texts = ("We sent ships to the strait", "We sent 3 ships to the strait", "We sent 4 ships to the strait")
    assert agreements(align([pieces(name, text) for name, text in zip("ABC", texts, strict=True)])) == [
        Agreement.CONFLICT
    ]


def test_what_an_account_says_twice_is_one_utterance() -> None:
    groups = align([pieces("A", STRAIT, HARBOUR, f"{STRAIT}."), pieces("B", STRAIT)])
    assert [[p.claim for p in g.pieces] for g in groups] == [["A0", "A2", "B0"], ["A1"]]
    assert agreements(groups) == [Agreement.AGREED, Agreement.SINGLE]
    assert agreements(align([pieces("A", STRAIT, STRAIT)])) == [Agreement.SINGLE]


def test_reprints_of_one_origin_are_one_voice() -> None:
    same = [pieces(name, STRAIT, origin="wire") for name in "AB"]
    assert agreements(align(same)) == [Agreement.SINGLE]
    assert agreements(align([*same, pieces("C", STRAIT)])) == [Agreement.AGREED]


def test_another_speaker_of_like_words_says_something_else() -> None:
    groups = align([pieces("A", STRAIT), pieces("B", STRAIT.replace("every", "any"), speaker="Nils Aasen")])
    assert agreements(groups) == [Agreement.SINGLE] * 2


def test_the_very_same_words_of_two_speakers_contradict_each_other() -> None:
    groups = align([pieces("A", STRAIT), pieces("B", STRAIT, speaker="Nils Aasen")])
    assert agreements(groups) == [Agreement.CONFLICT]


@pytest.mark.parametrize("other", [{"speaker": UNRESOLVED}, {"speaker": "Nils Aasen", "told": False}])
def test_a_speaker_who_is_not_told_contradicts_nobody(other: dict[str, str | bool]) -> None:
    groups = align([pieces("A", STRAIT, **other), pieces("B", STRAIT)])  # type: ignore[arg-type]
    assert agreements(groups) == [Agreement.AGREED]
    assert groups[0].speaker == "Ana Ruiz"


def test_an_utterance_of_nobody_known_stays_unresolved() -> None:
    (group,) = align([pieces("A", STRAIT, speaker=UNRESOLVED)])
    assert group.speaker == UNRESOLVED


def test_words_that_stand_nowhere_are_kept_and_compared_with_nothing() -> None:
    made_up = [Piece("A", "A", "A0", "Ana Ruiz", STRAIT, 0, len(STRAIT), grounded=False)]
    assert agreements(align([made_up, pieces("B", STRAIT)])) == [Agreement.SINGLE] * 2


HOPE, WISH = "I look forward to the talks", "She hopes for an early thaw"


def test_one_attitude_of_one_speaker_is_linked_as_possible() -> None:
    (group,) = align([pieces("A", HOPE), pieces("B", WISH)])
    assert (group.possible, group.agreement) == (True, Agreement.VARIANT)
    assert not any(g.possible for g in align([pieces("A", HOPE), pieces("B", WISH, speaker="Nils Aasen")]))
    assert not any(g.possible for g in align([pieces("A", HOPE, WISH)]))


def test_what_is_only_possibly_one_utterance_is_no_contradiction() -> None:
    (group,) = align([pieces("A", HOPE), pieces("B", "She does not hope for 3 early thaws")])
    assert (group.possible, group.agreement) == (True, Agreement.VARIANT)


def test_a_possible_link_never_touches_a_sure_one() -> None:
    groups = align([pieces("A", HOPE), pieces("B", HOPE), pieces("C", WISH)])
    assert [(len(g.pieces), g.possible, g.agreement) for g in groups] == [
        (2, False, Agreement.AGREED),
        (1, False, Agreement.SINGLE),
    ]


def test_leads_of_two_accounts_are_linked_where_that_is_asked_for() -> None:
    left, right = pieces("A", "to open the northern harbours", "x"), pieces("B", "to dredge all harbours soon", "y")
    assert [g.possible for g in align([left, right], lead=True)] == [True, False, False]
    assert not any(g.possible for g in align([left, right]))
    assert not any(g.possible for g in align([left, pieces("B", "to plant trees")], lead=True))


def test_groups_stand_in_the_order_of_the_accounts_and_of_their_texts() -> None:
    groups = align([pieces("A", STRAIT, "a good day"), pieces("B", "Fish is dear", HARBOUR, STRAIT)])
    assert [g.pieces[0].claim for g in groups] == ["A0", "A1", "B0", "B1"]
