"""What linkage is measured with: synthetic accounts that are always the same, and measures that are worked by hand."""

from collections import Counter
from pathlib import Path

import duckdb
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks import clusters, ours_linkage, synthetic
from benchmarks.clusters import Compared
from benchmarks.peers import guarded
from extractor.evaluate.clusters import bcubed, pairwise
from extractor.linking import texts


@pytest.mark.parametrize(
    ("found", "true", "pairs", "of_bcubed", "lea"),
    [
        ("aab", "aab", (1, 1), (1, 1), (1, 1)),
        ("aaa", "aab", (1 / 3, 1), (5 / 9, 1), (1 / 3, 2 / 3)),
        ("abc", "aab", (1, 0), (1, 2 / 3), (1 / 3, 1 / 3)),
        ("aabb", "abab", (0, 0), (1 / 2, 1 / 2), (0, 0)),
        # Two of three right, and one of another: links 1 of 3 in {a}, 1 of 1 in {b}; of the true ones 1 of 1, 1 of 3.
        ("aaabb", "xxyyy", (1 / 2, 1 / 2), (11 / 15, 11 / 15), (3 / 5, 3 / 5)),
        ("", "", (1, 1), (1, 1), (1, 1)),
    ],
)
def test_the_measures_of_small_partitions_are_as_worked_by_hand(
    found: str, true: str, pairs: tuple[float, float], of_bcubed: tuple[float, float], lea: tuple[float, float]
) -> None:
    said = compared(found, true)
    assert [tuple(one) for one in said] == [pytest.approx(one) for one in (pairs, of_bcubed, lea)]


_PARTITIONS = st.integers(2, 40).flatmap(
    lambda size: st.tuples(*[st.lists(st.integers(0, 9), min_size=size, max_size=size)] * 2)
)


@given(_PARTITIONS)
def test_random_partitions_score_as_the_project_scores_its_own_merging(both: tuple[list[int], list[int]]) -> None:
    found, gold = both
    said = compared(found, gold)
    blocks = bcubed(found, gold)
    assert said.bcubed == pytest.approx((blocks["precision"][0], blocks["recall"][0]))
    assert said.bcubed.f1 == pytest.approx(blocks["f1"][0])
    pairs = pairwise(found, gold)
    for share, theirs in zip(said.pairs, (pairs["precision"][0], pairs["recall"][0]), strict=True):
        assert np.isnan(theirs) or share == pytest.approx(theirs)


def test_partitions_of_other_ids_are_refused() -> None:
    with pytest.raises(ValueError, match="3 ids were put in clusters, 2 have a true one"):
        compared("abc", "ab")


def compared(found: object, true: object) -> Compared:
    return clusters.compared(clusters.numbered(found), clusters.numbered(true))  # type: ignore[arg-type]


def test_the_same_seed_and_number_make_the_same_accounts_and_another_seed_makes_others() -> None:
    first, again, other = (list(synthetic.rows(500, seed)) for seed in (1, 1, 2))
    assert first == again
    assert first != other


def test_accounts_come_out_of_the_file_as_they_went_in(tmp_path: Path) -> None:
    synthetic.write(tmp_path / "accounts.csv", 500, 1)
    assert list(synthetic.read(tmp_path / "accounts.csv")) == list(synthetic.rows(500, 1))


@pytest.fixture(scope="module")
def accounts() -> list[synthetic.Row]:
    return list(synthetic.rows(5000, 1))


def test_an_article_tells_of_one_meeting_once(accounts: list[synthetic.Row]) -> None:
    assert max(Counter((row.article, row.meeting) for row in accounts).values()) == 1
    assert max(Counter(row.article for row in accounts).values()) > 1


def test_each_account_has_an_id_of_its_own(accounts: list[synthetic.Row]) -> None:
    assert len({row.account for row in accounts}) == len(accounts) == 5000


@pytest.mark.parametrize(
    ("what", "low", "high"),
    [
        ("date in full", 0.66, 0.76),
        ("no date", 0.13, 0.19),
        ("city", 0.65, 0.78),
        ("published", 0.93, 0.97),
        ("two parties", 0.8, 0.92),
        ("another script", 0.08, 0.16),
    ],
)
def test_the_accounts_err_as_often_as_the_noise_model_says(
    accounts: list[synthetic.Row], what: str, low: float, high: float
) -> None:
    named = [person for row in accounts for person in row.people]
    shares = {
        "date in full": np.mean([len(row.date) == 10 for row in accounts]),
        "no date": np.mean([not row.date for row in accounts]),
        "city": np.mean([bool(row.city) for row in accounts]),
        "published": np.mean([bool(row.published) for row in accounts]),
        "two parties": np.mean([len(row.parties) == 2 for row in accounts]),
        "another script": np.mean([bool(person.printed) for person in named]),
    }
    assert low < shares[what] < high


@pytest.mark.parametrize(
    ("pairs", "articles", "groups"),
    [
        ([(0, 1, 9), (1, 2, 9)], "abc", [0, 0, 2]),  # the third pair has no weight, and counts against
        ([(0, 1, 9), (1, 2, 9), (0, 2, 3)], "abc", [0, 0, 0]),
        ([(0, 1, 9), (1, 2, 8), (0, 2, 9)], "aba", [0, 0, 2]),  # two of one article never come together
        ([(0, 1, 5)], "ab", [0, 1]),
        ([(0, 1, 9), (2, 3, 9), (1, 2, 9), (0, 2, 1), (0, 3, 1), (1, 3, 1)], "abcd", [0, 0, 2, 2]),
    ],
)
def test_the_guarded_linkage_of_a_peers_weights_joins_by_the_mean_and_never_within_an_article(
    pairs: list[guarded.Pair], articles: str, groups: list[int]
) -> None:
    for order in (pairs, pairs[::-1]):
        assert guarded.linked(articles, order, 6, -20) == groups


def test_a_file_read_as_a_table_holds_the_profiles_of_its_rows(tmp_path: Path) -> None:
    file = tmp_path / "accounts.csv"
    synthetic.write(file, 400, 5)
    table = duckdb.execute(ours_linkage.ROWS.replace("$file", f"'{file}'")).fetchall()
    assert sorted(table) == sorted(texts.row(ours_linkage.compared(row)) for row in synthetic.read(file))
