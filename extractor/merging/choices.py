"""Choices: what people decided of the fields of a meeting, put in the place of what the rules chose.

Claims and renderings stay as they are: a choice says what stands, never what
was said. It holds for what the person saw. Where another account says
something else since, the choice stands and the field is to decide again.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

from extractor.schemas import (
    Agreement,
    Claim,
    DecisionKind,
    Evidence,
    Field,
    Meeting,
    Outcome,
    Participant,
    Statement,
    Status,
)
from extractor.schemas.decision import Span

RULE = "decided by a person"
RULE_AGAIN = "decided by a person; another account says otherwise since"
_ONE_VALUE = ("occurrence", "level", "format", "date", "time_text", "duration", "place", "venue", "city", "country",
              "host_event")  # fmt: skip
_OF_PEOPLE = ("office", "represents")
Said = TypeVar("Said", Statement, Outcome)


class Voice(NamedTuple):
    """What an account says of a field: where its words stand, and the value."""

    account: str
    spans: tuple[Span, ...]
    value: str


class Choice(NamedTuple):
    """A decision on a field, by the accounts of today. Of two the one of higher `rank` was made later."""

    rank: int
    kind: DecisionKind
    field: str
    value: str | None
    voices: tuple[Voice, ...]


def choose(meeting: Meeting, choices: Iterable[Choice]) -> Meeting:
    """The meeting as people decided it. Its id and its claims stay; of two choices for a field the later counts."""
    accounts = {account.id for account in meeting.accounts}
    by_field: dict[str, list[Choice]] = {}
    for choice in sorted(choices, key=lambda one: one.rank):
        if all(voice.account in accounts for voice in choice.voices) and choice.kind is not DecisionKind.UNSURE:
            by_field.setdefault(choice.field, []).append(choice)
    if not by_field:
        return meeting
    claims = {claim.id: claim for claim in meeting.claims}
    changed: dict[str, object] = {
        name: _field(getattr(meeting, name), by_field[name], claims) for name in _ONE_VALUE if name in by_field
    }
    changed["participants"] = tuple(_person(person, by_field, claims) for person in meeting.participants)
    changed["statements"] = tuple(_said(meeting.statements, by_field.get("statements", ())))
    changed["outcomes"] = tuple(_said(meeting.outcomes, by_field.get("outcomes", ())))
    return meeting.model_copy(update=changed)


def applies(choice: Choice, voices: Sequence[Voice]) -> bool:
    """Whether a choice is of these voices: two of those that it was made of speak here, or the only one."""
    return sum(_heard(voice, voices) for voice in choice.voices) >= min(2, len(choice.voices))


def _field(field: Field, choices: Sequence[Choice], claims: Mapping[str, Claim]) -> Field:
    told = _voices(claims[id_] for id_ in field.claims)
    choice = next((one for one in reversed(choices) if applies(one, told)), None)
    if choice is None:
        return field
    known = seen(choice, told)
    update: dict[str, Any] = {
        "agreement": Agreement.DECIDED if known else Agreement.CONFLICT,
        "rule": RULE if known else RULE_AGAIN,
    }
    if choice.kind is DecisionKind.REJECT:
        update |= {"value": None, "status": Status.NOT_STATED}
    elif choice.kind is not DecisionKind.BOTH:
        update |= {"value": choice.value, "status": Status.STATED}
    return field.model_copy(update=update)


def _voices(claims: Iterable[Claim]) -> list[Voice]:
    """What accounts say of a field; where none does, what is inferred from their words."""
    found = list(claims)
    stated = [one for one in found if one.status is Status.STATED]
    return [Voice(one.account, evidence_spans(one.evidence), one.value) for one in stated or found]


def _person(person: Participant, by_field: Mapping[str, Sequence[Choice]], claims: Mapping[str, Claim]) -> Participant:
    update = {
        name: _field(getattr(person, name), by_field[f"participants.{name}"], claims)
        for name in _OF_PEOPLE
        if f"participants.{name}" in by_field
    }
    return person.model_copy(update=update) if update else person


def _said(said: Iterable[Said], choices: Sequence[Choice]) -> Iterator[Said]:
    """Utterances; one of which nothing stands is left out, while what was said stays among the claims."""
    for one in said:
        told = [Voice(r.account, evidence_spans(r.evidence), r.text) for r in one.renderings]
        choice = next((each for each in reversed(choices) if applies(each, told)), None)
        if choice is None:
            yield one
        elif choice.kind is not DecisionKind.REJECT:
            known = seen(choice, told)
            update: dict[str, Any] = {"agreement": Agreement.DECIDED if known else Agreement.CONFLICT}
            if choice.kind is not DecisionKind.BOTH:
                update |= {"text": choice.value, **_manner(one, choice.value)}
            yield one.model_copy(update=update)


def _manner(one: Statement | Outcome, text: str | None) -> dict[str, object]:
    """How the rendering with these words has it, if there is one: the kind and, of an outcome, the verb."""
    lead = next((rendering for rendering in one.renderings if rendering.text == text), None)
    if lead is None:
        return {}
    return {"kind": lead.kind, "verb": lead.verb or ""} if isinstance(one, Outcome) else {"kind": lead.kind}


def seen(choice: Choice, voices: Iterable[Voice]) -> bool:
    """Whether nobody says what the person had not seen."""
    values = {voice.value for voice in choice.voices}
    return all(voice.value in values or _heard(voice, choice.voices) for voice in voices)


def _heard(voice: Voice, voices: Iterable[Voice]) -> bool:
    """Whether one of these is of the same words; of words that stand nowhere, of the same value."""
    return any(
        other.account == voice.account
        and (overlap(voice.spans, other.spans) if voice.spans else not other.spans and voice.value == other.value)
        for other in voices
    )


def overlap(left: Iterable[Span], right: Sequence[Span]) -> bool:
    """Whether two lots of spans share a code point."""
    return any(a[0] < b[1] and b[0] < a[1] for a in left for b in right)


def evidence_spans(evidence: Iterable[Evidence]) -> tuple[Span, ...]:
    """Where evidence stands, of what stands anywhere."""
    return tuple((one.start, one.end) for one in evidence if one.start is not None and one.end is not None)
