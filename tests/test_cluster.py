"""Groups by average linkage: no bridge, no two accounts of one article, no matter the order."""

from itertools import combinations
from statistics import mean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.match import UNLIKE
from extractor.merging.cluster import Pair, Weights, cluster
from extractor.schemas import Account

THRESHOLD = 10


def accounts(articles: dict[str, str]) -> list[Account]:
    """Accounts with nothing in them, by id, of these articles."""
    return [
        Account(id=id_, article=article, source="", published=None, origin=article, role="reported", claims=())
        for id_, article in articles.items()
    ]


@st.composite
def scored(draw: st.DrawFn) -> tuple[dict[str, str], dict[Pair, Weights]]:
    ids = [f"a-{i}" for i in range(draw(st.integers(0, 7)))]
    articles = {id_: draw(st.sampled_from("uvwxyz")) for id_ in ids}
    pairs = [pair for pair in combinations(ids, 2) if articles[pair[0]] != articles[pair[1]]]
    said = st.dictionaries(st.sampled_from(["date", "place", "parties"]), st.integers(-30, 30))
    return articles, {pair: draw(said) for pair in pairs if draw(st.integers(0, 9))}


@given(case=scored(), data=st.data())
def test_the_order_of_the_accounts_does_not_matter(
    case: tuple[dict[str, str], dict[Pair, Weights]], data: st.DataObject
) -> None:
    articles, weights = case
    shuffled = dict(data.draw(st.permutations(list(articles.items()))))
    turned = dict(data.draw(st.permutations(list(weights.items()))))
    assert cluster(accounts(articles), weights, THRESHOLD) == cluster(accounts(shuffled), turned, THRESHOLD)


@given(case=scored())
def test_every_account_is_in_one_group_and_no_group_has_an_article_twice(
    case: tuple[dict[str, str], dict[Pair, Weights]],
) -> None:
    articles, weights = case
    groups, cut = cluster(accounts(articles), weights, THRESHOLD)
    assert sorted(id_ for group in groups for id_ in group) == sorted(articles)
    assert all(len({articles[id_] for id_ in group}) == len(group) for group in groups)
    where = {id_: group for group in groups for id_ in group}
    assert set(cut) == {p for p, w in weights.items() if sum(w.values()) >= THRESHOLD and where[p[0]] != where[p[1]]}


@given(case=scored())
def test_no_two_groups_are_left_that_should_join(case: tuple[dict[str, str], dict[Pair, Weights]]) -> None:
    articles, weights = case
    groups = cluster(accounts(articles), weights, THRESHOLD).groups
    for left, right in combinations(groups, 2):
        if {articles[id_] for id_ in left}.isdisjoint(articles[id_] for id_ in right):
            said = [weights.get((min(a, b), max(a, b))) for a in left for b in right]
            told = [one for one in said if one is not None]
            votes = [[one[topic] for one in told if topic in one] for topic in {t for one in told for t in one}]
            total = sum(mean(vote) for vote in votes) * len(told) + UNLIKE * said.count(None)
            assert not told or total / len(said) < THRESHOLD + 1e-9


@given(case=scored())
def test_an_account_without_scores_changes_no_group(case: tuple[dict[str, str], dict[Pair, Weights]]) -> None:
    articles, weights = case
    more = cluster(accounts({**articles, "a-z": "other"}), weights, THRESHOLD)
    assert set(more.groups) == {*cluster(accounts(articles), weights, THRESHOLD).groups, ("a-z",)}


A, B, C, D = "a-1", "a-2", "a-3", "a-4"
APART = {A: "u", B: "v", C: "w", D: "x"}


@pytest.mark.parametrize(
    ("articles", "scores", "groups", "cut"),
    [
        pytest.param(APART, {}, ((A,), (B,), (C,), (D,)), (), id="without scores nothing joins"),
        pytest.param({A: "u", B: "v"}, {(A, B): 10}, ((A, B),), (), id="the threshold is enough"),
        pytest.param({A: "u", B: "v"}, {(A, B): 9}, ((A,), (B,)), (), id="less is not"),
        pytest.param(
            {A: "u", B: "v", C: "w"},
            {(A, B): 20, (B, C): 15, (A, C): -20},
            ((A, B), (C,)),
            ((B, C),),
            id="one alike account is no bridge; the cut is told",
        ),
        pytest.param(
            {A: "u", B: "v", C: "w"},
            {(A, B): 20, (B, C): 15, (A, C): 5},
            ((A, B, C),),
            (),
            id="a weak pair is carried by a strong average",
        ),
        pytest.param(
            {A: "u", B: "u", C: "w"},
            {(A, C): 12, (B, C): 20},
            ((A,), (B, C)),
            ((A, C),),
            id="of two accounts of an article the more alike joins",
        ),
        pytest.param(
            {A: "u", B: "u", C: "w"},
            {(A, C): 20, (B, C): 20},
            ((A, C), (B,)),
            ((B, C),),
            id="of two that are equally alike the first by id",
        ),
        pytest.param(
            {A: "u", B: "u", C: "w"},
            {(A, C): 60, (B, C): 50},
            ((A, C), (B,)),
            ((B, C),),
            id="two accounts of an article never join, however alike both are to a third",
        ),
        pytest.param(
            APART,
            {(A, B): 20, (C, D): 20, (A, C): 40},
            ((A, C), (B,), (D,)),
            ((A, B), (C, D)),
            id="a pair without a score speaks against",
        ),
    ],
)
def test_groups(
    articles: dict[str, str], scores: dict[Pair, int], groups: tuple[tuple[str, ...], ...], cut: tuple[Pair, ...]
) -> None:
    assert cluster(accounts(articles), {pair: {"date": s} for pair, s in scores.items()}, THRESHOLD) == (groups, cut)


def test_a_short_mention_weakens_no_group_that_it_belongs_to() -> None:
    same = {"date": 8, "parties": 5}
    placed, dated = {"place": 5, "parties": 5, "level": 1}, {**same, "place": 5}
    short = {"parties": 5}  # B and D print no common value but the parties
    weights: dict[Pair, Weights] = {(A, B): same, (A, C): dated, (B, C): same, (A, D): placed, (B, D): short}
    weights[C, D] = placed
    assert cluster(accounts(APART), weights, THRESHOLD).groups == ((A, B, C, D),)
