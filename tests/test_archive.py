"""The accounts of an archive, compared in DuckDB, give what those of a folder give."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor import linking
from extractor.linking import Judged, Links
from extractor.linking.archive import Archive
from extractor.linking.blocks import Cut
from extractor.linking.judged import LargeBlockWarning
from extractor.linking.levels import Levels, link_archive
from extractor.linking.pairs import Teller, compare
from extractor.profile import Place, Profile, When
from extractor.weights import standard
from tests.profiles import profiles


def folder(profiles: list[Profile], judged: Judged = linking.NOBODY) -> Links:
    return linking.link(profiles, standard(), judged)


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
    assert link_archive(told, standard(), judged) == folder(told, judged)


@settings(max_examples=5)
@given(told=profiles(), data=st.data())
def test_accounts_that_come_later_are_grouped_as_if_they_had_been_there(
    told: list[Profile], data: st.DataObject
) -> None:
    cut = data.draw(st.integers(0, len(told)))
    archive = Archive(standard())
    archive.add(told[:cut])
    archive.add(told[cut:])
    levels = Levels(archive)
    levels.place()
    archive.close()
    assert levels.links() == folder(told)


@settings(max_examples=5)
@given(told=profiles())
def test_what_two_accounts_say_is_the_same_to_the_topic(told: list[Profile]) -> None:
    told = sorted(told)
    archive = Archive(standard())
    archive.add(told)
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
    parties = ("KEN", "NOR")
    profiles = [
        Profile(f"a-{number}", f"article {number}", When(date), Place("Oslo"), "G20 summit", parties=parties)
        for number, date in enumerate(("2031-03-03", "2031-03-03", "2031"))
    ]
    assert link_archive(profiles, standard(), linking.NOBODY).groups == (("a-0", "a-1", "a-2"),)
    judged = Judged(apart=frozenset({("a-0", "a-2")}))
    assert link_archive(profiles, standard(), judged).groups == (("a-0", "a-1"), ("a-2",))


def test_blocks_that_are_too_large_are_told() -> None:
    large = (Cut("KEN NOR", "2031-03-03", 1200, 719_400), Cut("KEN PER", "2031-03-11", 1100, 604_450))
    with pytest.warns(LargeBlockWarning, match="2 blocks .* 1200 accounts of KEN NOR from 2031-03-03 on"):
        Links((), (), (), large).warn()
