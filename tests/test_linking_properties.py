"""What holds for any accounts, and for whatever people judged of them."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.diff import diff
from extractor.ground import holds
from extractor.linking import NOBODY, Judged, Links, Pair, link
from extractor.profile import profile
from extractor.reconcile import reconcile
from extractor.schemas import Account, Article, Draft, Meeting
from extractor.weights import standard
from tests.accounts import Told, account, account_lists, all_accounts, tellings

few = settings(max_examples=25)
"""Each example reads and merges whole articles."""
SAYINGS = ("model says same", "model says different")


def dumped(meetings: tuple[Meeting, ...]) -> list[str]:
    return [meeting.model_dump_json() for meeting in meetings]


def linked(accounts: list[Account], judged: Judged = NOBODY) -> Links:
    return link(map(profile, accounts), standard(), judged)


def pairs(accounts: list[Account]) -> list[Pair]:
    return list(combinations(sorted(account.id for account in accounts), 2))


def places(links: Links) -> dict[str, int]:
    """The number of the group of each account."""
    return {id_: number for number, group in enumerate(links.groups) for id_ in group}


def chains(same: frozenset[Pair]) -> list[set[str]]:
    """The sets of ids that hang together by pairs."""
    found: list[set[str]] = []
    for pair in same:
        touched = [chain for chain in found if not chain.isdisjoint(pair)]
        found = [chain for chain in found if chain not in touched] + [{*pair}.union(*touched)]
    return found


@st.composite
def judgements(draw: st.DrawFn, accounts: list[Account], *, most: int = 4) -> Judged:
    """What people, and the model, may say of some of the pairs."""
    known = pairs(accounts)
    if not known:
        return NOBODY
    some = st.frozensets(st.sampled_from(known), max_size=most)
    said = st.dictionaries(st.sampled_from(known), st.sampled_from(SAYINGS), max_size=most)
    return Judged(draw(some), draw(some), draw(said))


STRANGERS = [
    account(text, Told(date=date, city=city, parties=parties, level="leaders"))
    for text, date, city, parties in (
        ("The presidents of Ghana and Chile met in Accra on 9 July 2019.", "9 July 2019", "Accra", ("Ghana", "Chile")),
        ("On 9 July 2019 Chile and Ghana met in Accra.", "9 July 2019", "Accra", ("Chile", "Ghana")),
        ("Canada and Ghana met in Ottawa in May 2018.", "in May 2018", "Ottawa", ("Canada", "Ghana")),
        ("Canada, Chile and Ghana met in Santiago in 2017.", "in 2017", "Santiago", ("Canada", "Chile", "Ghana")),
    )
]


@few
@given(told=account_lists(), data=st.data())
def test_any_order_gives_the_same_meetings_whatever_was_judged(told: list[Account], data: st.DataObject) -> None:
    judged = data.draw(judgements(told))
    shuffled = data.draw(st.permutations(told))
    assert linked(shuffled, judged) == linked(told, judged)
    assert dumped(reconcile(shuffled, judged)) == dumped(reconcile(told, judged))


@few
@given(told=account_lists())
def test_to_reconcile_again_gives_the_same_records_and_diffs(told: list[Account]) -> None:
    first, second = reconcile(told), reconcile(told)
    assert dumped(first) == dumped(second)
    assert [diff(meeting, first) for meeting in first] == [diff(meeting, second) for meeting in second]


@few
@given(told=account_lists(), strangers=st.lists(st.sampled_from(STRANGERS), min_size=1, unique_by=lambda one: one.id))
def test_accounts_that_share_nothing_change_no_other_meeting(told: list[Account], strangers: list[Account]) -> None:
    alone = dumped(reconcile(told)) + dumped(reconcile(strangers))
    assert sorted(dumped(reconcile([*strangers, *told]))) == sorted(alone)


@few
@given(told=account_lists(), data=st.data())
def test_every_account_is_in_one_meeting_whatever_was_judged(told: list[Account], data: st.DataObject) -> None:
    links = linked(told, data.draw(judgements(told)))
    assert sorted(id_ for group in links.groups for id_ in group) == sorted(one.id for one in told)


@few
@given(told=account_lists())
def test_the_id_of_a_meeting_depends_on_its_members_alone(told: list[Account]) -> None:
    for meeting in reconcile(told):
        ids = {ref.id for ref in meeting.accounts}
        members = [one for one in told if one.id in ids]
        (alone,) = reconcile(members, Judged(together=frozenset(pairs(members))))
        assert alone.id == meeting.id


@settings(max_examples=50)
@given(told=account_lists(most=7), data=st.data())
def test_what_was_judged_different_is_never_one_whatever_the_path(told: list[Account], data: st.DataObject) -> None:
    judged = data.draw(judgements(told, most=8))
    at = places(linked(told, judged))
    assert all(at[left] != at[right] for left, right in judged.apart)


@settings(max_examples=50)
@given(told=account_lists(most=7), data=st.data())
def test_what_was_judged_the_same_is_one_unless_something_on_the_way_was_judged_different(
    told: list[Account], data: st.DataObject
) -> None:
    judged = data.draw(judgements(told, most=8))
    links = linked(told, judged)
    at = places(links)
    clear = [chain for chain in chains(judged.together) if judged.apart.isdisjoint(combinations(sorted(chain), 2))]
    assert all(len({at[id_] for id_ in chain}) == 1 for chain in clear)
    assert {pair for pair in judged.together if at[pair[0]] != at[pair[1]]} <= set(links.cut)


@few
@given(told=account_lists(), data=st.data())
def test_a_path_that_was_cut_is_told_in_both_meetings(told: list[Account], data: st.DataObject) -> None:
    judged = data.draw(judgements(told))
    cut = linked(told, judged).cut
    warned = [one for meeting in reconcile(told, judged) for one in meeting.warnings if one.code == "cut_link"]
    assert {one.account for one in warned} == {id_ for pair in cut for id_ in pair}


@few
@given(told=account_lists(), data=st.data())
def test_a_pair_that_a_person_judged_is_asked_of_nobody(told: list[Account], data: st.DataObject) -> None:
    judged = data.draw(judgements(told))
    assert (judged.together | judged.apart).isdisjoint(linked(told, judged).grey)


@pytest.mark.parametrize("known", ["a-gone", min(one.id for one in STRANGERS)])
def test_what_was_judged_of_accounts_that_are_gone_changes_nothing(known: str) -> None:
    gone = frozenset({(known, "a-lost")})
    assert linked(STRANGERS, Judged(gone, gone, {(known, "a-lost"): SAYINGS[0]})) == linked(STRANGERS)


@few
@given(told=tellings(), data=st.data())
def test_every_published_value_stands_at_its_offsets(told: list[tuple[Article, Draft]], data: st.DataObject) -> None:
    accounts = all_accounts(told)
    articles = {article.id: article for article, _ in told}
    for meeting in reconcile(accounts, data.draw(judgements(accounts))):
        shown = [evidence for claim in meeting.claims for evidence in claim.evidence]
        shown += [evidence for warning in meeting.warnings for evidence in warning.evidence]
        assert all(holds(articles[one.article], one) for one in shown)
