"""What a person is asked first: where the rules are likely to err, and much hangs on it."""

import pytest

from benchmarks.review import errors
from extractor.linking import Judged, Links
from extractor.linking.joined import widened
from extractor.profile import Parties, Place, Profile, When
from extractor.questions import Asked, questions, worth
from extractor.schemas import Question
from extractor.schemas.question import Because
from extractor.weights import standard

SAME_DAY, OTHER_DAY = When("2031-03-03"), When("2031-04-03")


def told(name: str, when: When = SAME_DAY, article: str = "") -> Profile:
    return Profile(name, article or f"of {name}", when, Place("Oslo", None, "NOR"), parties=Parties(("KEN", "NOR")))


PROFILES = {one.account: one for one in (*map(told, "abcd"), told("x", OTHER_DAY), told("e", article="of a"))}


def asked_of(groups: tuple[str, ...], pairs: tuple[str, ...], judged: Judged | None = None) -> tuple[Question, ...]:
    links = Links(tuple(tuple(group) for group in groups), (), (), ())
    pairs_asked = [Asked((one[0], one[1]), Because.CLOSE) for one in pairs]
    return questions(pairs_asked, links, PROFILES, standard(), judged or Judged())


@pytest.mark.parametrize(
    ("groups", "pairs", "first"),
    [
        pytest.param(("a", "b", "x"), ("ab", "ax"), "ab", id="of as many accounts, those that are more alike"),
        pytest.param(("ab", "c", "d"), ("ac", "cd"), "ac", id="of as likely ones, that of more accounts"),
        pytest.param(("a", "b", "e"), ("ae", "ab"), "ab", id="one article rarely tells twice of a meeting"),
    ],
)
def test_what_is_asked_first(groups: tuple[str, ...], pairs: tuple[str, ...], first: str) -> None:
    found = asked_of(groups, pairs)
    assert found[0].left + found[0].right == first
    assert worth(found[0]) > worth(found[1])


def test_two_groups_are_asked_about_once() -> None:
    assert len(asked_of(("ab", "cd"), ("ac", "ad", "bc", "bd"))) == 1


def test_groups_of_which_two_accounts_were_judged_different_come_later() -> None:
    before, after = (
        asked_of(("ab", "cd"), ("bd",), judged)[0] for judged in (Judged(), Judged(apart=frozenset({("a", "c")})))
    )
    assert worth(after) < worth(before)


def test_an_account_that_a_person_confirmed_in_its_group_is_not_asked_about_there_again() -> None:
    assert asked_of(("ab",), ("ab",))
    assert not asked_of(("ab",), ("ab",), Judged(together=frozenset({("a", "b")})))


ARTICLES = {name: one.article for name, one in PROFILES.items()}


@pytest.mark.parametrize(
    ("apart", "groups", "together"),
    [
        pytest.param(set(), ("ab", "cd"), {("a", "b"), ("a", "c"), ("a", "d")}, id="the groups are one"),
        pytest.param({("b", "d")}, ("ab", "cd"), {("a", "b"), ("a", "c")}, id="but not against what was judged"),
        pytest.param(set(), ("ab", "ce"), {("a", "b"), ("a", "c")}, id="and no article tells twice"),
    ],
)
def test_to_judge_two_accounts_the_same_joins_their_groups(
    apart: set[tuple[str, str]], groups: tuple[str, ...], together: set[tuple[str, str]]
) -> None:
    judged = Judged(frozenset({("a", "c")}), frozenset(apart))
    found = widened(judged, tuple(tuple(group) for group in groups), ARTICLES)
    assert found == judged._replace(together=frozenset(together))


@pytest.mark.parametrize(
    ("groups", "wrong"), [(("ab", "cd"), 0), (("abcd",), 4), (("a", "b", "cd"), 1), (("ac", "bd"), 4)]
)
def test_errors_are_pairs_that_are_wrongly_joined_or_parted(groups: tuple[str, ...], wrong: int) -> None:
    assert errors(groups, {"a": "m", "b": "m", "c": "n", "d": "n"}) == wrong
