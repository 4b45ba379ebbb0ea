"""What people decide on sameness: it outranks the rules, outlives an extraction, and can be undone."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from itertools import combinations, permutations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from extractor.decisions import Decided, attach, standing, subject, verdicts
from extractor.diff import diff
from extractor.errors import ConfigurationError
from extractor.linking import Judged, Pair
from extractor.linking.cluster import Member, Rule, cluster
from extractor.reconcile import reconcile
from extractor.report import words as words_of_reports
from extractor.schemas import Account, Claim, Decision, Evidence, Grounding, Meeting, Subject, WarningCode
from tests.accounts import Person, Told, account, account_lists, accounts

NOON = datetime(2031, 5, 1, 12, tzinfo=UTC)
few = settings(max_examples=50)
"""Each example reads and merges whole articles."""


def words(article: str, *spans: tuple[int, int]) -> Subject:
    return Subject(article=article, spans=spans)


def resting(article: str, *spans: tuple[int, int], name: str = "") -> Account:
    """An account that rests on these words of an article."""
    evidence = tuple(
        Evidence(article=article, start=s, end=e, exact="", grounding=Grounding.VERBATIM) for s, e in spans
    )
    id_ = f"a-{name or article}-{spans}"
    claim = Claim(id=f"c-{id_}", account=id_, field="place", value="", text="", evidence=evidence)
    return Account(id=id_, article=article, source="", published=None, origin=article, role="reported", claims=(claim,))


def decided(kind: str, *subjects: Subject, by: str = "Adeola", number: int = 0, undoes: int | None = None) -> Decision:
    return Decision.model_validate(
        {"kind": kind, "subjects": subjects, "actor": by, "number": number, "undoes": undoes, "made_at": NOON}
    )


def logged(*decisions: Decision) -> list[Decision]:
    """Decisions as a log numbers them."""
    return [decision.model_copy(update={"number": number}) for number, decision in enumerate(decisions, 1)]


def numbers(decisions: Iterable[Decision]) -> list[int]:
    return [decision.number for decision in decisions]


def dumped(meetings: Iterable[Meeting]) -> list[str]:
    return [meeting.model_dump_json() for meeting in meetings]


def groups(meetings: Iterable[Meeting]) -> list[set[str]]:
    """The ids of the accounts of each meeting."""
    return [{ref.id for ref in meeting.accounts} for meeting in meetings]


# The record

U, V, W = words("u", (0, 9)), words("v", (3, 8)), words("w", (1, 2))
SPANS = st.tuples(st.integers(0, 500), st.integers(1, 40)).map(lambda at: (at[0], at[0] + at[1]))
SUBJECTS = st.builds(Subject, article=st.sampled_from("uvw"), spans=st.lists(SPANS, min_size=1, max_size=4))
MOMENTS = st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=9)), timezone(-timedelta(hours=3.5))]))
RECORDS = st.builds(
    Decision,
    number=st.integers(10, 10**9),
    kind=st.sampled_from(["same", "different", "unsure"]),
    subjects=st.lists(SUBJECTS, min_size=2, max_size=2, unique=True),
    actor=st.text(st.characters(exclude_categories=["Cs"]), min_size=1),
    reason=st.text(st.characters(exclude_categories=["Cs"])),
    shown=st.none() | st.just("5e" * 32),
    undoes=st.none() | st.integers(1, 9),
    made_at=MOMENTS,
)


@given(log=st.lists(RECORDS))
def test_a_log_comes_back_from_json_lines_as_it_went(log: list[Decision]) -> None:
    lines = "\n".join(decision.model_dump_json() for decision in log)
    assert [Decision.model_validate_json(line) for line in lines.split("\n") if line] == log


def test_the_moment_of_a_decision_is_kept_in_universal_time() -> None:
    made = decided("same", U, V).model_copy(update={"made_at": NOON.astimezone(timezone(timedelta(hours=9)))})
    again = Decision.model_validate_json(made.model_dump_json())
    assert again.made_at == NOON
    assert '"made_at":"2031-05-01T12:00:00Z"' in again.model_dump_json()


def test_the_same_words_by_other_spans_are_the_same_subject() -> None:
    assert words("u", (4, 12), (0, 2), (7, 9), (2, 3)) == words("u", (0, 3), (4, 10), (8, 12)) != words("u", (0, 12))


@pytest.mark.parametrize(
    ("wrong", "complaint"),
    [
        pytest.param({"subjects": ()}, "two different subjects", id="nobody"),
        pytest.param({"subjects": (U,)}, "two different subjects", id="one account"),
        pytest.param({"subjects": (U, U)}, "two different subjects", id="one account twice"),
        pytest.param({"subjects": (U, V, W)}, "two different subjects", id="three accounts"),
        pytest.param({"kind": "undo", "undoes": 1}, "no subjects", id="an undo of accounts"),
        pytest.param({"kind": "undo", "subjects": ()}, "names the number", id="an undo of nothing"),
        pytest.param({"number": 2, "undoes": 2}, "undo what is earlier", id="an undo of itself"),
        pytest.param({"number": 2, "undoes": 3}, "undo what is earlier", id="an undo of what is to come"),
        pytest.param({"kind": "perhaps"}, "Input should be", id="a word that is none of the list"),
        pytest.param({"actor": ""}, "at least 1 character", id="no name"),
        pytest.param({"made_at": NOON.replace(tzinfo=None)}, "timezone", id="a time of nowhere"),
    ],
)
def test_a_decision_that_is_not_complete_is_refused(wrong: dict[str, Any], complaint: str) -> None:
    right = {"kind": "same", "subjects": (U, V), "actor": "Adeola", "made_at": NOON}
    assert Decision.model_validate(right).kind == "same"
    with pytest.raises(ValidationError, match=complaint):
        Decision.model_validate({**right, **wrong})


@pytest.mark.parametrize("spans", [(), ((3, 3),), ((5, 4),), ((-1, 4),)])
def test_a_subject_without_words_is_refused(spans: tuple[tuple[int, int], ...]) -> None:
    with pytest.raises(ValidationError):
        words("u", *spans)


# What is in force


@pytest.mark.parametrize(
    ("log", "in_force"),
    [
        pytest.param([], [], id="nothing was decided"),
        pytest.param([("same", U, V), ("different", V, W)], [1, 2], id="on two pairs"),
        pytest.param([("same", U, V), ("different", U, V)], [2], id="the last word counts"),
        pytest.param([("same", U, V), ("different", V, U)], [2], id="the order of a pair is nothing"),
        pytest.param([("same", U, V), ("unsure", U, V)], [2], id="to be unsure is a last word"),
        pytest.param([("same", U, V), 1], [], id="undone"),
        pytest.param([("same", U, V), ("different", U, V), 2], [1], id="with the last word undone the first counts"),
        pytest.param([("same", U, V), ("different", U, V), 1], [2], id="with the first word undone the last counts"),
        pytest.param([("same", U, V), 1, 2], [1], id="an undo undone"),
        pytest.param([("same", U, V), 1, 2, 3], [], id="an undo restored"),
        pytest.param([("same", U, V), 1, 1], [], id="undone twice"),
        pytest.param([("same", U, V), ("different", U, W, 1)], [2], id="a judgement may take another's place"),
        pytest.param([("same", U, V), ("different", U, W, 1), 2], [1], id="... until it is undone itself"),
    ],
)
def test_what_is_in_force(log: list[Any], in_force: list[int]) -> None:
    def made(entry: Any) -> Decision:
        if isinstance(entry, int):
            return decided("undo", undoes=entry)
        kind, left, right, *undoes = entry
        return decided(kind, left, right, undoes=undoes[0] if undoes else None)

    decisions = logged(*map(made, log))
    assert numbers(standing(decisions)) == in_force
    assert numbers(standing(reversed(decisions))) == in_force


# Which account is meant


@pytest.mark.parametrize(
    ("now", "chosen"),
    [
        pytest.param([], None, id="the article tells of no meeting now"),
        pytest.param([resting("u", (100, 120))], 0, id="the very words"),
        pytest.param([resting("u", (117, 140))], 0, id="a few of them"),
        pytest.param([resting("u", (120, 140)), resting("u", (90, 100))], None, id="none of them"),
        pytest.param([resting("v", (100, 120))], None, id="another article's"),
        pytest.param([resting("u", (100, 109)), resting("u", (109, 120))], 1, id="split: the larger part"),
        pytest.param([resting("u", (100, 110)), resting("u", (110, 120))], None, id="split in halves"),
        pytest.param([resting("u", (0, 200)), resting("u", (100, 120))], 1, id="of two with all the words the closer"),
        pytest.param([resting("u", (0, 200)), resting("u", (100, 119))], 0, id="one word more counts before that"),
        pytest.param([resting("u", (90, 120)), resting("u", (100, 130))], None, id="equal in both"),
        pytest.param(
            [resting("u", (100, 106), (101, 106), (100, 105)), resting("u", (108, 116))], 1, id="words count once"
        ),
        pytest.param([resting("u", (100, 120)), resting("u", (100, 120))], 0, id="the same account twice is one"),
    ],
)
def test_a_subject_is_the_account_that_shares_most_of_its_words(now: list[Account], chosen: int | None) -> None:
    expected = None if chosen is None else now[chosen]
    for order in permutations(now):
        assert attach(words("u", (100, 120)), order) == expected


@given(data=st.data())
def test_words_that_shift_a_little_still_mean_their_account(data: st.DataObject) -> None:
    lengths = data.draw(st.lists(st.integers(8, 40), min_size=1, max_size=6))
    before, after = [], []
    for number, length in enumerate(lengths):
        left, right = data.draw(st.integers(-3, 3)), data.draw(st.integers(-3, 3))
        before.append(resting("u", (100 * number + 10, 100 * number + 10 + length)))
        after.append(resting("u", (100 * number + 10 + left, 100 * number + 10 + length + right), name="again"))
    assert [attach(subject(one), after) for one in before] == after


@given(told=account_lists())
def test_an_account_is_found_by_its_own_words(told: list[Account]) -> None:
    assert [attach(subject(one), told) for one in told] == told


def test_an_account_of_which_no_words_stand_cannot_be_decided_about() -> None:
    with pytest.raises(ConfigurationError, match="no words of account a-u"):
        subject(resting("u"))


# What the log says of today's accounts

A, B, C = (resting(article, (10, 50)) for article in "uvw")
ON_A, ON_B, ON_C = subject(A), subject(B), subject(C)
AB = (A.id, B.id)


@pytest.mark.parametrize(
    ("log", "together", "apart", "contradicted"),
    [
        pytest.param([("same", "Adeola")], {AB}, set(), [], id="one word"),
        pytest.param([("different", "Adeola")], set(), {AB}, [], id="the other word"),
        pytest.param([("unsure", "Adeola")], set(), set(), [], id="no word"),
        pytest.param([("same", "Adeola"), ("different", "Adeola")], set(), {AB}, [], id="one who thinks again"),
        pytest.param([("same", "Adeola"), ("different", "Bruun")], set(), {AB}, [1], id="two who disagree"),
        pytest.param([("different", "Adeola"), ("same", "Bruun")], {AB}, set(), [1], id="the later stands"),
        pytest.param(
            [("same", "Adeola"), ("unsure", "Bruun")], set(), set(), [1], id="a doubt takes back what was said"
        ),
        pytest.param([("unsure", "Adeola"), ("same", "Bruun")], {AB}, set(), [], id="to be surer is no contradiction"),
        pytest.param([("same", "Adeola"), ("same", "Bruun")], {AB}, set(), [], id="two who agree"),
        pytest.param(
            [("same", "Adeola"), ("different", "Bruun"), ("different", "Adeola")], set(), {AB}, [], id="persuaded"
        ),
        pytest.param(
            [("same", "Adeola"), ("same", "Coe"), ("different", "Bruun")], set(), {AB}, [1, 2], id="one against two"
        ),
        pytest.param(
            [("same", "Adeola"), ("different", "Bruun"), ("same", "Coe")], {AB}, set(), [], id="a third settles it"
        ),
        pytest.param(
            [("same", "Adeola"), ("different", "Bruun"), ("same", "Coe"), ("different", "Bruun")],
            set(),
            {AB},
            [1, 3],
            id="who does not give in opens it again",
        ),
    ],
)
def test_the_last_word_on_a_pair_counts_and_who_contradicts_it_is_told(
    log: list[tuple[str, str]], together: set[Pair], apart: set[Pair], contradicted: list[int]
) -> None:
    decisions = logged(*(decided(kind, ON_A, ON_B, by=actor) for kind, actor in log))
    judged = verdicts(decisions, [C, B, A])
    assert (judged.judged, judged.stale) == (Judged(frozenset(together), frozenset(apart)), ())
    assert numbers(one.earlier for one in judged.contradictions) == contradicted
    assert all(one.later == decisions[-1] for one in judged.contradictions)


def test_a_later_word_counts_though_it_was_given_by_other_spans() -> None:
    log = logged(decided("different", ON_A, ON_B), decided("same", words("u", (12, 47)), ON_B))
    assert verdicts(log, [A, B]) == Decided(Judged(frozenset({AB})))


def test_a_decision_on_words_that_no_account_rests_on_is_stale() -> None:
    log = logged(
        decided("same", ON_A, ON_B), decided("different", ON_B, ON_C), decided("same", ON_A, words("v", (0, 5)))
    )
    judged = verdicts(log, [A, B])
    assert judged == Decided(Judged(frozenset({AB})), stale=tuple(log[1:]))
    assert verdicts([*log, decided("undo", number=9, undoes=2)], [A, B]).stale == (log[2],)


def test_of_decisions_that_nothing_is_left_of_only_the_last_word_is_stale() -> None:
    log = logged(decided("same", ON_A, ON_B), decided("different", ON_A, ON_B))
    assert verdicts(log, []).stale == (log[1],)


@pytest.mark.parametrize(("kind", "stale"), [("same", False), ("different", True), ("unsure", True)])
def test_of_two_accounts_that_have_become_one_only_sameness_stays_true(kind: str, stale: bool) -> None:
    log = logged(decided(kind, words("u", (10, 20)), words("u", (30, 40))))
    assert verdicts(log, [A]) == Decided(stale=tuple(log) if stale else ())


# Meetings


@st.composite
def logs(draw: st.DrawFn, told: Sequence[Account], *, most: int = 5) -> list[Decision]:
    """A log about these accounts: judgements of several people, and undos."""
    pairs = list(combinations(told, 2))
    made: list[Decision] = []
    for _ in range(draw(st.integers(0, most)) if pairs else 0):
        actor = draw(st.sampled_from(["Adeola", "Bruun"]))
        if made and draw(st.integers(0, 3)) == 0:
            made.append(decided("undo", by=actor, undoes=draw(st.integers(1, len(made)))))
        else:
            left, right = draw(st.sampled_from(pairs))
            kind = draw(st.sampled_from(["same", "different", "unsure"]))
            made.append(decided(kind, subject(left), subject(right), by=actor))
    return logged(*made)


def reconciled(told: Sequence[Account], log: Iterable[Decision]) -> tuple[Meeting, ...]:
    return reconcile(told, verdicts(log, told).judged)


@few
@given(told=account_lists(), data=st.data())
def test_to_decide_and_undo_leaves_every_byte_as_it_was(told: list[Account], data: st.DataObject) -> None:
    log = data.draw(logs(told))
    undos = [decided("undo", undoes=number) for number in reversed(numbers(log))]
    assert dumped(reconciled(told, logged(*log, *undos))) == dumped(reconcile(told))
    assert dumped(reconciled(told, logged(*log, *undos[:1]))) == dumped(reconciled(told, log[:-1]))


@few
@given(told=account_lists(), data=st.data())
def test_decisions_on_different_pairs_have_no_order(told: list[Account], data: st.DataObject) -> None:
    log = [decision for decision in data.draw(logs(told)) if decision.subjects and not decision.undoes]
    independent = list({decision.subjects: decision for decision in log}.values())
    turned = logged(*data.draw(st.permutations(independent)))
    shuffled = data.draw(st.permutations(told))
    assert dumped(reconciled(shuffled, turned)) == dumped(reconciled(told, logged(*independent)))


@few
@given(told=account_lists(), data=st.data())
def test_no_meeting_holds_two_accounts_that_a_person_holds_apart(told: list[Account], data: st.DataObject) -> None:
    judged = verdicts(data.draw(logs(told)), told).judged
    meetings = groups(reconcile(told, judged))
    assert sorted(id_ for group in meetings for id_ in group) == sorted(one.id for one in told)
    assert not [pair for pair in judged.apart for group in meetings if group.issuperset(pair)]


@few
@given(told=account_lists(), data=st.data())
def test_what_a_person_holds_together_is_one_meeting_unless_a_person_objects(
    told: list[Account], data: st.DataObject
) -> None:
    judged = verdicts(data.draw(logs(told)), told).judged
    meetings = groups(reconcile(told, judged))
    for chain in chains(judged.together):
        if not any(chain.issuperset(pair) for pair in judged.apart):
            assert any(group.issuperset(chain) for group in meetings)


def chains(pairs: Iterable[Pair]) -> list[set[str]]:
    """What hangs together by these pairs."""
    found: list[set[str]] = []
    for pair in pairs:
        touched = [chain for chain in found if chain.intersection(pair)]
        found = [chain for chain in found if chain not in touched] + [set(pair).union(*touched)]
    return found


PARTIES = (("Kenya", "Kenyan"), ("Norway", "Norwegian"))
PEOPLE = (Person("Achieng Otieno", "Kenya"), Person("Ingrid Solberg", "Norway"))
TOLD = Told(date="on Monday", city="Oslo", parties=PARTIES, people=PEOPLE)
TEXT = "Kenyan Minister Achieng Otieno met Norwegian Minister Ingrid Solberg in Oslo on Monday. {}"


def one_of_three(closing: str, told: Told = TOLD) -> Account:
    """An account of one meeting; the closing words make it another article."""
    return account(TEXT.format(closing), told, published="2031-03-03")


def cut_links(meetings: Iterable[Meeting]) -> set[str | None]:
    return {w.account for meeting in meetings for w in meeting.warnings if w.code is WarningCode.CUT_LINK}


def test_a_third_account_does_not_bridge_what_a_person_holds_apart_and_the_cut_is_told() -> None:
    first, second, third = (one_of_three(closing) for closing in ("It rained.", "It snowed.", "It was dry."))
    assert len(reconcile([first, second, third])) == 1
    log = logged(decided("different", subject(first), subject(second)))
    meetings = reconciled([first, second, third], log)
    assert len(meetings) == 2
    (alone,) = (group for group in groups(meetings) if len(group) == 1)
    assert cut_links(meetings) == {third.id, *alone}


def test_a_difference_outranks_a_chain_of_sameness_and_the_cut_is_told() -> None:
    first, second, third = (one_of_three(closing) for closing in ("It rained.", "It snowed.", "It was dry."))
    other = account("The presidents of Ghana and Chile met in Accra.", Told(city="Accra", parties=["Ghana", "Chile"]))
    on = {one.id: subject(one) for one in (first, second, third, other)}
    log = logged(
        decided("same", on[first.id], on[other.id]),
        decided("same", on[other.id], on[second.id]),
        decided("different", on[first.id], on[second.id]),
    )
    meetings = groups(found := reconciled([first, second, third, other], log))
    assert not any({first.id, second.id} <= group for group in meetings)
    assert any({first.id, other.id} <= group or {second.id, other.id} <= group for group in meetings)
    assert other.id in cut_links(found)


def test_a_pair_that_a_person_holds_apart_is_no_cut() -> None:
    pair = [one_of_three("It rained."), one_of_three("It snowed.")]
    meetings = reconciled(pair, logged(decided("different", *map(subject, pair))))
    assert len(meetings) == 2
    assert cut_links(meetings) == set()


def test_a_person_may_join_what_nothing_else_would() -> None:
    here = one_of_three("It rained.")
    far = account("The presidents of Ghana and Chile met in Accra.", Told(city="Accra", parties=["Ghana", "Chile"]))
    assert len(reconcile([here, far])) == 2
    (meeting,) = reconciled([here, far], logged(decided("same", subject(here), subject(far))))
    assert {party.value for party in meeting.parties} == {"KEN", "NOR", "GHA", "CHL"}


def test_a_person_may_join_two_accounts_of_one_article() -> None:
    both = accounts(TEXT.format("The two talked in Oslo."), TOLD, replace(TOLD, mention="talked", people=()))
    assert len(reconcile(both)) == 2
    (meeting,) = reconciled(both, logged(decided("same", *map(subject, both))))
    found = diff(meeting)
    assert {side.account for row in found.rows for side in row.sides} == {one.id for one in both}
    letters = {words_of_reports.label_of(found, both[0].article, ref.label) for ref in meeting.accounts}
    assert letters == {"A", "B"}


@pytest.mark.parametrize("changed", [{"mention": "Otieno met"}, {"people": PEOPLE[:1]}, {"city": None}])
def test_a_decision_outlives_the_extraction_that_it_was_made_on(changed: dict[str, Any]) -> None:
    first, second = one_of_three("It rained."), one_of_three("It snowed.")
    log = logged(decided("different", subject(first), subject(second)))
    again = one_of_three("It rained.", replace(TOLD, **changed))
    assert again.id != first.id
    assert len(reconcile([again, second])) == 1
    assert len(reconciled([again, second], log)) == 2


@given(data=st.data())
def test_no_scores_whatever_lead_round_a_difference(data: st.DataObject) -> None:
    told = [resting(data.draw(st.sampled_from("uvwxyz")), (n, n + 1)) for n in range(data.draw(st.integers(0, 7)))]
    article = {one.id: one.article for one in told}
    pairs = list(combinations(sorted(article), 2))
    scores = {p: data.draw(st.integers(-30, 30)) for p in pairs if article[p[0]] != article[p[1]]}
    some = st.frozensets(st.sampled_from(pairs)) if pairs else st.just(frozenset[Pair]())
    apart, together = data.draw(some), data.draw(some)
    judged = Judged(together=together - apart, apart=apart)
    alike = {pair for pair, score in scores.items() if score >= 10}

    def tell(left: str, right: str) -> dict[str, int]:
        return {"date": scores[left, right]} if (left, right) in scores else {}

    found, cut = cluster({id_: Member(of) for id_, of in article.items()}, alike, tell, Rule(10, judged))
    where = {id_: group for group in found for id_ in group}
    assert sorted(where) == sorted(article)
    assert all(where[left] != where[right] for left, right in apart)
    assert set(cut) == {pair for pair in (alike | judged.together) - apart if where[pair[0]] != where[pair[1]]}
