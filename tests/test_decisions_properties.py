"""What holds of decisions on fields, for any accounts."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from itertools import pairwise

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from extractor.decisions import subject, verdicts
from extractor.diff import diff
from extractor.queue import answered, queue
from extractor.reconcile import reconcile
from extractor.schemas import Account, Agreement, Claim, Decision, DecisionKind, Evidence, Meeting
from tests.accounts import retold

NOON = datetime(2031, 5, 1, 12, tzinfo=UTC)
FIRST = 100
"""The number of the first answer: those before are the pairs that are held to be one meeting."""
few = settings(max_examples=15)
"""Each example reads and merges whole articles."""


def decided(told: Sequence[Account], log: Iterable[Decision]) -> tuple[Meeting, ...]:
    return reconcile(told, verdicts([*joining(told), *log], told).judged)


def joining(told: Sequence[Account]) -> list[Decision]:
    """That a person holds all that report to be one meeting, so that there is something to decide."""
    reports = [subject(one) for one in told if one.role == "reported" and any(c.grounded for c in one.claims)]
    pairs = [pair for pair in pairwise(dict.fromkeys(reports)) if pair[0].article != pair[1].article]
    return logged(Decision(kind=DecisionKind.SAME, subjects=pair, actor="Bruun", made_at=NOON) for pair in pairs)


def logged(decisions: Iterable[Decision], first: int = 1) -> list[Decision]:
    return [one.model_copy(update={"number": number}) for number, one in enumerate(decisions, first)]


def answers(data: st.DataObject, told: Sequence[Account]) -> list[Decision]:
    """A person's answers to some of what the meetings leave to decide."""
    meetings = decided(told, [])
    items = queue(meetings, [diff(meeting, meetings) for meeting in meetings])
    assume(items)
    made: list[Decision] = []
    for item in data.draw(st.lists(st.sampled_from(items), min_size=1, max_size=3, unique_by=lambda one: one.id)):
        choice = data.draw(st.sampled_from([one for one in item.choices if one.kind is not DecisionKind.EDIT]))
        made.extend(answered(item, choice.name, actor="Adeola", made_at=NOON))
    return logged(made, FIRST)


@few
@given(told=retold(), data=st.data())
def test_to_decide_on_fields_and_undo_leaves_every_byte_as_it_was(told: list[Account], data: st.DataObject) -> None:
    log = answers(data, told)
    undos = [Decision(kind=DecisionKind.UNDO, undoes=one.number, actor="Adeola", made_at=NOON) for one in log]
    assert decided(told, logged([*log, *undos], FIRST)) == decided(told, [])


@few
@given(told=retold(), data=st.data())
def test_decisions_on_fields_change_neither_ids_nor_claims_and_have_no_order(
    told: list[Account], data: st.DataObject
) -> None:
    log = answers(data, told)
    found = decided(told, log)
    assert [(one.id, one.claims) for one in found] == [(one.id, one.claims) for one in decided(told, [])]
    assert decided(told, logged(log[::-1], FIRST)) == found


def again(account: Account) -> Account:
    """The same account as another model reads it: by other ids, its evidence a character shorter."""
    new = account.id + "-again"

    def read(claim: Claim) -> Claim:
        about = claim.about and claim.about + "-again"
        changed = {"id": claim.id + "-again", "account": new, "about": about}
        return claim.model_copy(update={**changed, "evidence": tuple(map(shorter, claim.evidence))})

    changed = {"id": new, "model": "another", "extraction": "e" * 64, "claims": tuple(map(read, account.claims))}
    return account.model_copy(update=changed)


def shorter(evidence: Evidence) -> Evidence:
    if evidence.start is None or evidence.end is None or evidence.end - evidence.start < 2:
        return evidence
    return evidence.model_copy(update={"end": evidence.end - 1, "exact": evidence.exact[:-1]})


def settled(meetings: Iterable[Meeting]) -> list[tuple[str, str | None]]:
    """What people decided, and what stands."""
    found: list[tuple[str, str | None]] = []
    for meeting in meetings:
        fields = {"host_event": meeting.host_event, "date": meeting.date, "city": meeting.city, "place": meeting.place}
        found += [(name, one.value) for name, one in fields.items() if one.agreement is Agreement.DECIDED]
        found += [("statement", one.text) for one in meeting.statements if one.agreement is Agreement.DECIDED]
        found += [("outcome", one.text) for one in meeting.outcomes if one.agreement is Agreement.DECIDED]
    return sorted(found)


@few
@given(told=retold(), data=st.data())
def test_decisions_survive_that_another_model_reads_the_articles(told: list[Account], data: st.DataObject) -> None:
    log = answers(data, told)
    anew = [again(account) for account in told]
    assert settled(decided(anew, log)) == settled(decided(told, log))
    assert verdicts(log, anew).stale == verdicts(log, told).stale
