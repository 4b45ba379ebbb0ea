"""The accounts of an archive, compared in DuckDB, give what those of a folder give."""

from collections.abc import Iterable, Sequence
from contextlib import closing
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor import linking
from extractor.linking import Judged, Links
from extractor.linking.archive import FEW, Archive
from extractor.linking.blocks import MOST_PAIRS, Cut
from extractor.linking.joined import joined
from extractor.linking.judged import LargeBlockWarning
from extractor.linking.levels import Levels, link_archive
from extractor.linking.pairs import Teller, compare
from extractor.profile import Parties, Place, Profile, When
from extractor.weights import standard
from tests.profiles import profiles


def folder(profiles: list[Profile], judged: Judged = linking.NOBODY) -> Links:
    return linking.link(profiles, standard(), judged)


def _oslo(name: str, date: str) -> Profile:
    return Profile(name, f"article of {name}", When(date), Place("Oslo"), "G20 summit", parties=Parties(("KEN", "NOR")))


@st.composite
def _judged(draw: st.DrawFn, profiles: list[Profile]) -> Judged:
    pairs = list(combinations(sorted(profile.account for profile in profiles), 2))
    if not pairs:
        return linking.NOBODY
    some = st.frozensets(st.sampled_from(pairs), max_size=3)
    said = st.dictionaries(st.sampled_from(pairs), st.sampled_from(["model says same", "model says different"]))
    return Judged(draw(some), draw(some), draw(said))


@settings(max_examples=12)
@given(told=profiles(), data=st.data())
def test_an_archive_is_grouped_like_a_folder(told: list[Profile], data: st.DataObject) -> None:
    judged = data.draw(_judged(told))
    articles = {one.account: one.article for one in told}
    assert joined(judged, articles, lambda known: link_archive(told, standard(), known)) == folder(told, judged)


def _grown(steps: Iterable[Sequence[Profile]], judged: Judged, most: int, few: int = FEW) -> Links:
    """What is linked when accounts come step by step, and are grouped at each."""
    with closing(Archive(standard(), judged, most=most, few=few)) as archive:
        levels = Levels(archive)
        for step in steps:
            archive.add(step)
            levels.place()
        return levels.links()


@settings(max_examples=8)
@given(told=profiles(), most=st.sampled_from([3, MOST_PAIRS]), data=st.data())
def test_accounts_that_come_step_by_step_are_grouped_as_if_they_had_come_at_once(
    told: list[Profile], most: int, data: st.DataObject
) -> None:
    judged = data.draw(_judged(told))
    at = [0, *sorted(data.draw(st.lists(st.integers(0, len(told)), max_size=3))), len(told)]
    steps = [told[start:stop] for start, stop in pairwise(at)]
    assert _grown(steps, judged, most) == _grown([told], judged, most, few=0)


def test_what_was_judged_of_an_account_that_is_still_to_come_changes_nothing() -> None:
    told = [_oslo("a-0", "2031-03-03"), _oslo("a-1", "2031-05-05")]
    judged = Judged(together=frozenset({("a-0", "a-1")}))
    assert _grown([told[:1]], judged, MOST_PAIRS).groups == (("a-0",),)
    assert _grown([told[:1], told[1:]], judged, MOST_PAIRS).groups == (("a-0", "a-1"),)


def test_pairs_of_a_block_that_becomes_too_large_are_forgotten() -> None:
    told = [_oslo(f"a-{number}", "2031-03-03") for number in range(4)]
    assert _grown([told[:3]], linking.NOBODY, 3).groups == (("a-0", "a-1", "a-2"),)
    found = _grown([told[:3], told[3:]], linking.NOBODY, 3)
    assert found.groups == (("a-0",), ("a-1",), ("a-2",), ("a-3",))
    assert {cut.accounts for cut in found.large} == {4}


@settings(max_examples=8)
@given(told=profiles(), few=st.sampled_from([0, FEW]))
def test_what_two_accounts_say_is_the_same_to_the_topic(told: list[Profile], few: int) -> None:
    told = sorted(told)
    archive = Archive(standard(), few=few)
    for step in (told[:1], told[1:]):
        archive.add(step)
    archive.tell("SELECT a.i AS l, b.i AS r FROM member a, member b WHERE a.i < b.i")
    tell = Teller(told, standard())
    assert archive.told() == {(a.account, b.account): tell(a.account, b.account) for a, b in combinations(told, 2)}
    archive.close()


@settings(max_examples=5)
@given(told=profiles())
def test_the_same_blocks_are_too_large(told: list[Profile]) -> None:
    archive = Archive(standard(), most=3)
    archive.add(told)
    assert archive.cut == compare(told, Teller(told, standard()), most=3).cut
    archive.close()


def test_an_account_joins_no_group_with_one_that_was_judged_different() -> None:
    profiles = [_oslo(f"a-{number}", date) for number, date in enumerate(("2031-03-03", "2031-03-03", "2031"))]
    assert link_archive(profiles, standard(), linking.NOBODY).groups == (("a-0", "a-1", "a-2"),)
    judged = Judged(apart=frozenset({("a-0", "a-2")}))
    assert link_archive(profiles, standard(), judged).groups == (("a-0", "a-1"), ("a-2",))


def test_blocks_that_are_too_large_are_told() -> None:
    large = (Cut("KEN NOR", "2031-03-03", 1200, 719_400), Cut("KEN PER", "2031-03-11", 1100, 604_450))
    with pytest.warns(LargeBlockWarning, match="2 blocks .* 1200 accounts of KEN NOR from 2031-03-03 on"):
        Links((), (), (), large).warn()
