"""Groups by average linkage: no bridge, no two accounts of one article, no matter the order."""

from itertools import combinations
from statistics import mean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.linking.cluster import Clusters, Member, Rule, Told
from extractor.linking.cluster import cluster as clustered
from extractor.linking.judged import Judged, Pair

THRESHOLD = 10
RULE = Rule(THRESHOLD)
UNLIKE = {"parties": -20}


def cluster(
    articles: dict[str, str], told: dict[Pair, Told], rule: Rule, sizes: dict[str, int] | None = None
) -> Clusters:
    """Groups of accounts of these articles; pairs of which nothing is told are unlike."""
    members = {id_: Member(article, (sizes or {}).get(id_, 0)) for id_, article in articles.items()}
    alike = [pair for pair, one in told.items() if sum(one.values()) >= THRESHOLD]
    return clustered(members, alike, lambda left, right: told.get((left, right), UNLIKE), rule)


@st.composite
def scored(draw: st.DrawFn) -> tuple[dict[str, str], dict[Pair, Told]]:
    ids = [f"a-{i}" for i in range(draw(st.integers(0, 7)))]
    articles = {id_: draw(st.sampled_from("uvwxyz")) for id_ in ids}
    pairs = [pair for pair in combinations(ids, 2) if articles[pair[0]] != articles[pair[1]]]
    said = st.dictionaries(st.sampled_from(["date", "place", "parties"]), st.integers(-30, 30))
    return articles, {pair: draw(said) for pair in pairs if draw(st.integers(0, 9))}


@given(case=scored(), data=st.data())
def test_the_order_of_the_accounts_does_not_matter(
    case: tuple[dict[str, str], dict[Pair, Told]], data: st.DataObject
) -> None:
    articles, weights = case
    shuffled = dict(data.draw(st.permutations(list(articles.items()))))
    turned = dict(data.draw(st.permutations(list(weights.items()))))
    assert cluster(articles, weights, RULE) == cluster(shuffled, turned, RULE)


@given(case=scored())
def test_every_account_is_in_one_group_and_no_group_has_an_article_twice(
    case: tuple[dict[str, str], dict[Pair, Told]],
) -> None:
    articles, weights = case
    groups, cut = cluster(articles, weights, RULE)
    assert sorted(id_ for group in groups for id_ in group) == sorted(articles)
    assert all(len({articles[id_] for id_ in group}) == len(group) for group in groups)
    where = {id_: group for group in groups for id_ in group}
    assert set(cut) == {p for p, w in weights.items() if sum(w.values()) >= THRESHOLD and where[p[0]] != where[p[1]]}


@given(case=scored())
def test_no_two_groups_are_left_that_should_join(case: tuple[dict[str, str], dict[Pair, Told]]) -> None:
    articles, weights = case
    groups = cluster(articles, weights, RULE).groups
    for left, right in combinations(groups, 2):
        if {articles[id_] for id_ in left}.isdisjoint(articles[id_] for id_ in right):
            said = [weights.get((min(a, b), max(a, b)), UNLIKE) for a in left for b in right]
            votes = [[one[topic] for one in said if topic in one] for topic in {t for one in said for t in one}]
            alike = any(sum(one.values()) >= THRESHOLD for one in said)
            assert not alike or sum(mean(vote) for vote in votes) < THRESHOLD + 1e-9


@given(case=scored())
def test_an_account_without_scores_changes_no_group(case: tuple[dict[str, str], dict[Pair, Told]]) -> None:
    articles, weights = case
    more = cluster({**articles, "a-z": "other"}, weights, RULE)
    assert set(more.groups) == {*cluster(articles, weights, RULE).groups, ("a-z",)}


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
    assert cluster(articles, {pair: {"date": s} for pair, s in scores.items()}, RULE) == (groups, cut)


def test_a_short_mention_weakens_no_group_that_it_belongs_to() -> None:
    same = {"date": 8, "parties": 5}
    placed, dated = {"place": 5, "parties": 5, "level": 1}, {**same, "place": 5}
    short = {"parties": 5}  # B and D print no common value but the parties
    weights: dict[Pair, Told] = {(A, B): same, (A, C): dated, (B, C): same, (A, D): placed, (B, D): short}
    weights[C, D] = placed
    assert cluster(APART, weights, RULE).groups == ((A, B, C, D),)


VAGUE = {C: 1, D: 1}


@pytest.mark.parametrize(
    ("scores", "groups"),
    [
        pytest.param(
            {(A, C): 20, (B, C): 20}, ((A,), (B,), (C,), (D,)), id="a vague account that fits two stays alone"
        ),
        pytest.param({(A, C): 20, (B, C): 21}, ((A,), (B, C), (D,)), id="it goes where it fits best"),
        pytest.param({(A, B): 20, (A, C): 12, (B, C): 12}, ((A, B, C), (D,)), id="all of a group are asked"),
        pytest.param({(A, B): 20, (A, C): 20}, ((A, B), (C,), (D,)), id="... and can refuse"),
        pytest.param({(A, C): 20, (C, D): 30}, ((A, C), (B,), (D,)), id="a clear account comes first"),
        pytest.param({(C, D): 20}, ((A,), (B,), (C, D)), id="vague accounts that fit none are grouped too"),
    ],
)
def test_accounts_that_tell_no_day_come_later(scores: dict[Pair, int], groups: tuple[tuple[str, ...], ...]) -> None:
    assert cluster(APART, {pair: {"date": s} for pair, s in scores.items()}, RULE, VAGUE).groups == groups


def test_of_two_groups_that_fit_equally_well_the_one_that_more_tell_of_is_meant() -> None:
    weights: dict[Pair, Told] = {pair: {"date": 20} for pair in ((A, B), (A, D), (B, D), (C, D))}
    assert cluster(APART, weights, RULE, {D: 1}).groups == ((A, B, D), (C,))


def test_of_two_accounts_of_an_article_one_joins_a_group() -> None:
    told: dict[Pair, Told] = {(A, C): {"date": 20}, (A, D): {"date": 21}}
    assert cluster(APART | {C: "w", D: "w"}, told, RULE, VAGUE).groups == ((A, D), (B,), (C,))


@pytest.mark.parametrize(
    ("judged", "groups"),
    [
        (Judged(together=frozenset({(A, D)})), ((A, B, C, D),)),
        (Judged(apart=frozenset({(A, C)})), ((A, B), (C,), (D,))),
        (Judged(apart=frozenset({(B, D)})), ((A, B, C), (D,))),
        (Judged(together=frozenset({(A, C), (C, D)}), apart=frozenset({(A, D)})), ((A, B, C), (D,))),
    ],
)
@pytest.mark.parametrize("sizes", [{}, {C: 1}, {C: 1, D: 2}])
def test_a_person_outranks_all_scores(
    judged: Judged, groups: tuple[tuple[str, ...], ...], sizes: dict[str, int]
) -> None:
    weights: dict[Pair, Told] = {pair: {} if D in pair else {"date": 20} for pair in combinations(APART, 2)}
    assert cluster(APART, weights, Rule(THRESHOLD, judged), sizes).groups == groups
