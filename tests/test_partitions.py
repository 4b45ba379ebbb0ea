"""The accounts of an archive, compared by partitions of days, are linked as if they had been compared together."""

from collections.abc import Iterable
from datetime import date
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor import linking
from extractor.linking import NOBODY, Judged
from extractor.linking.joined import joined
from extractor.linking.judged import LargeBlockWarning
from extractor.linking.levels import link_archive
from extractor.linking.partitions import DAYS, Partition, entry, link_by, partitions
from extractor.profile import NEWS, TOLD, Parties, Place, Profile, When, profile
from extractor.schemas import Account
from extractor.weights import standard
from tests.accounts import account_lists
from tests.elsewhere import Elsewhere


def _judged(draw: st.DataObject, profiles: list[Profile]) -> Judged:
    """What the model and people may have said of some pairs."""
    pairs = list(combinations(sorted(one.account for one in profiles), 2))
    if not pairs:
        return NOBODY
    some = st.frozensets(st.sampled_from(pairs), max_size=2)
    said = st.dictionaries(st.sampled_from(pairs), st.sampled_from(["model says same", "model says different"]))
    return Judged(draw.draw(some), draw.draw(some), draw.draw(said))


@settings(max_examples=12)
@given(told=account_lists(most=8), most=st.integers(1, 4), data=st.data())
def test_accounts_compared_by_partitions_are_linked_like_those_of_one_archive(
    told: list[Account], most: int, data: st.DataObject
) -> None:
    profiles = list({account.id: profile(account) for account in told}.values())
    judged = _judged(data, profiles)
    found = link_by(Elsewhere(), map(entry, profiles), standard(), judged, most=most)
    ordered = sorted(profiles, key=lambda one: one.account)
    articles = {one.account: one.article for one in ordered}
    assert found == joined(judged.about(articles), articles, lambda known: link_archive(ordered, standard(), known))


def _told(name: str, when: When, parties: str = "ke no") -> Profile:
    return Profile(name, f"article of {name}", when, Place("Oslo"), parties=Parties(tuple(parties.split())))


def _parted(profiles: Iterable[Profile], most: int) -> list[Partition]:
    return list(partitions([entry(one) for one in profiles], standard(), NOBODY, most))


def _names(partition: Partition) -> tuple[list[str], list[str]]:
    return [row[0] for row in partition.home], [row[0] for row in partition.halo]


def _day(number: int) -> When:
    """A day, counted from the first of some partition."""
    return When(date.fromordinal(DAYS * 92_700 + number).isoformat())


def test_an_account_is_at_home_where_its_days_end_and_a_guest_where_they_reach() -> None:
    early, late = _told("early", _day(0)), _told("late", _day(2 * DAYS))
    across = _told("on the last day, with one of grace", _day(DAYS - 1))
    first, second, third = _parted([early, across, late], most=1)
    assert _names(first) == (["early"], [across.account])
    assert _names(second) == ([across.account], [])
    assert _names(third) == (["late"], [])


def test_an_account_that_tells_no_day_is_in_all_partitions_that_it_leaves_open() -> None:
    days = [_told(str(number), _day(number * DAYS)) for number in range(4)]
    published = _told("published", When(None, _day(2 * DAYS).date, TOLD))
    never = _told("never", When())
    homes, halos = zip(*map(_names, _parted([*days, published, never], most=1)), strict=True)
    assert homes == (["0"], ["1"], ["2", "published"], ["3"], ["never"])
    assert halos == (["published", "never"], ["published", "never"], ["never"], ["never"], [])


def test_news_is_at_home_in_both_partitions_in_which_its_days_may_end() -> None:
    news = _told("news", When(None, _day(DAYS - 2).date, NEWS))  # of that day, or at most of the next one
    first, second = _parted([_told("early", _day(0)), news, _told("late", _day(DAYS))], most=1)
    assert _names(first) == (["early", "news"], [])
    assert _names(second) == (["news", "late"], [])


def test_an_account_without_a_key_is_in_no_partition() -> None:
    assert _parted([Profile("mute", "article", When())], most=1) == []


@pytest.mark.parametrize(("most", "sizes"), [(1, [8] * 6), (8, [8] * 6), (16, [16] * 3), (17, [24, 16, 8]), (99, [48])])
def test_partitions_are_runs_of_days_with_about_as_many_accounts(most: int, sizes: list[int]) -> None:
    profiles = [_told(f"{bucket}-{n}", _day(bucket * DAYS)) for bucket in range(6) for n in range(8)]
    assert [len(partition.home) for partition in _parted(profiles, most)] == sizes


def test_what_is_handed_to_a_worker_shows_nothing_of_accounts() -> None:
    assert repr(_parted([_told("secret", _day(0))], most=1)) == "[Partition()]"


def test_a_block_that_is_too_large_is_told_of() -> None:
    profiles = [_told(str(number), _day(0)) for number in range(1_100)]
    with pytest.warns(LargeBlockWarning, match="1100 accounts of"):
        found = link_by(Elsewhere(), map(entry, profiles), standard(), most=100)
    with pytest.warns(LargeBlockWarning, match="1100 accounts of"):
        assert found == linking.link(profiles, standard())
    assert {cut.accounts for cut in found.large} == {1_100}
