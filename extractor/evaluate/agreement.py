"""Agreement: how far two codings of the same articles agree, field by field, beyond what chance would give.

Krippendorff's alpha for nominal values and missing ones (Krippendorff 2011,
"Computing Krippendorff's Alpha-Reliability"). Meetings of one article pair up
as for scores. The units of a field with one value are the paired meetings
where both codings have the key; that no value is given is a value too. The
units of parties, participants and quotes are all values that either coding
has anywhere in the article, for each paired meeting: is it there or not.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import eq
from typing import NamedTuple

import numpy as np

from extractor.evaluate.bootstrap import Array, intervals, ratio, resampled, value
from extractor.evaluate.judge import SAME, Same, in_words
from extractor.evaluate.same import assign, can_pair, persons, same_speaker, same_words
from extractor.schemas.evaluation import Agreement, Comparison, Disagreement
from extractor.schemas.gold import GoldMeeting, GoldParticipant, GoldStatement
from extractor.values.names import same_person

Coding = Mapping[str, Sequence[GoldMeeting]]

UNITS = {
    "meetings": "meetings of either", "parties": "codes, by meeting", "participants": "persons, by meeting",
    "represents": "persons of both", "quotes": "quotes, by meeting", "speaker": "quotes of both",
    "kind": "quotes of both",
}  # fmt: skip
"""What the units of a field are; of all others they are paired meetings."""
SINGLE = {field: same for field, same in SAME.items() if field != "date_compatible"}
FIELDS = ("meetings", *SINGLE, "parties", "participants", "represents", "quotes", "speaker", "kind")


class Unit(NamedTuple):
    """One judgement that both codings made. `left` and `right` are categories; None is one as well."""

    file: str
    meeting: GoldMeeting
    field: str
    left: str | None
    right: str | None
    agreed: bool
    about: str | None = None


def compare(left: Coding, right: Coding, *, names: tuple[str, str] = ("", "")) -> Comparison:
    """Two codings side by side; only articles that both have are compared."""
    both = sorted(left.keys() & right.keys())
    units = [unit for file in both for unit in _article(file, left[file], right[file])]
    by_field: dict[str, list[Unit]] = defaultdict(list)
    for unit in units:
        by_field[unit.field].append(unit)
    weights = resampled(len(both))
    at = {file: number for number, file in enumerate(both)}
    return Comparison(
        left=names[0],
        right=names[1],
        articles=len(both),
        only_left=len(left.keys() - right.keys()),
        only_right=len(right.keys() - left.keys()),
        rows=tuple(_agreement(field, by_field[field], at, weights) for field in FIELDS),
        disagreements=tuple(_disagreement(unit) for unit in units if not unit.agreed),
    )


def alpha(counts: Array, weights: Array | None = None) -> Array:
    """Krippendorff's alpha, nominal: one figure a row of weights; not a number where it is undefined.

    `counts` has a row a unit and a column a category: how many coders chose
    it. Units with fewer than two judgements say nothing. It is undefined where
    all judgements are of one category. A unit weighs 1 without weights.
    """
    weights = np.ones((1, len(counts))) if weights is None else weights
    pairable = counts.sum(axis=1) >= 2
    counts, weights = counts[pairable], weights[:, pairable]
    judged = counts.sum(axis=1)
    apart = (judged**2 - (counts**2).sum(axis=1)) / (judged - 1)
    total, chosen = weights @ judged, weights @ counts
    expected = ratio(total**2 - (chosen**2).sum(axis=1), total - 1)
    varied = (chosen > 0).sum(axis=1) > 1
    return 1 - ratio(weights @ apart, np.where(varied, expected, 0))


def _agreement(field: str, units: Sequence[Unit], at: Mapping[str, int], weights: Array) -> Agreement:
    drawn = weights[:, [at[unit.file] for unit in units]]
    agreed = np.array([unit.agreed for unit in units], dtype=float)
    figures = {"share": ratio(drawn @ agreed, drawn.sum(axis=1))}
    whole = None
    if field != "meetings":  # nobody codes what is no meeting: there is no chance agreement to correct for
        counts = _counts(units, SINGLE.get(field))
        whole = value(alpha(counts))
        figures |= {"alpha": alpha(counts, drawn)} if whole is not None else {}
    return Agreement(
        field=field,
        unit=UNITS.get(field, "paired meetings"),
        units=len(units),
        agreed=int(agreed.sum()),
        alpha=whole,
        intervals=intervals(figures),
    )


def _counts(units: Sequence[Unit], same: Same | None) -> Array:
    """How often each category was chosen for each unit. Names that are the same are one category."""
    categories: list[str | None] = []

    def number(category: str | None) -> int:
        for at, known in enumerate(categories):
            if known == category or (same and known and category and same(known, category)):
                return at
        categories.append(category)
        return len(categories) - 1

    chosen = []
    for unit in units:
        first = number(unit.left)
        second = first if unit.agreed else number(unit.right)
        if first == second and not unit.agreed:  # one name can be like two that are not alike
            categories.append(unit.right)
            second = len(categories) - 1
        chosen.append((first, second))
    counts = np.zeros((len(units), len(categories)))
    for row, pair in enumerate(chosen):
        for column in pair:
            counts[row, column] += 1
    return counts


def _article(file: str, left: Sequence[GoldMeeting], right: Sequence[GoldMeeting]) -> Iterator[Unit]:
    pairs = assign([[_likeness(a, b) if can_pair(a, b) else 0 for b in right] for a in left])
    everybody = [person for meeting in (*left, *right) for person in meeting.participants]
    quotes = [statement for meeting in (*left, *right) for statement in meeting.statements]
    codes = sorted({code for meeting in (*left, *right) for code in meeting.parties})
    for at, a in enumerate(left):
        if at in pairs:
            b = right[pairs[at]]
            yield Unit(file, a, "meetings", in_words(a), in_words(b), agreed=True)
            yield from _single(file, a, b)
            yield from _parties(file, a, b, codes)
            yield from _people(file, a, b, everybody)
            yield from _statements(file, a, b, quotes)
        else:
            yield Unit(file, a, "meetings", in_words(a), None, agreed=False)
    for at, b in enumerate(right):
        if at not in pairs.values():
            yield Unit(file, b, "meetings", None, in_words(b), agreed=False)


def _likeness(left: GoldMeeting, right: GoldMeeting) -> int:
    """How many values two meetings share."""
    fields = sum(_same(left.accepted(key), right.accepted(key), same) for key, same in SINGLE.items())
    return (
        1 + fields + len(set(left.parties) & set(right.parties)) + len(persons(left.participants, right.participants))
    )


def _same(left: Iterable[str | None], right: Sequence[str | None], same: Same) -> bool:
    return any(a == b or (a is not None and b is not None and same(a, b)) for a in left for b in right)


def _one(
    file: str, meeting: GoldMeeting, field: str, left: Sequence[str | None], right: Sequence[str | None], same: Same,
    about: str | None = None,
) -> Unit:  # fmt: skip
    return Unit(file, meeting, field, left[0], right[0], _same(left, right, same), about)


def _single(file: str, a: GoldMeeting, b: GoldMeeting) -> Iterator[Unit]:
    for key, same in SINGLE.items():
        if a.scored(key) and b.scored(key):
            yield _one(file, a, key, a.accepted(key), b.accepted(key), same)


def _parties(file: str, a: GoldMeeting, b: GoldMeeting, codes: Sequence[str]) -> Iterator[Unit]:
    if a.scored("parties") and b.scored("parties"):
        open_ = {*a.alternatives("parties"), *b.alternatives("parties")}
        for code in codes:
            if code not in open_:
                yield _presence(file, a, "parties", code, left=code in a.parties, right=code in b.parties)


def _people(file: str, a: GoldMeeting, b: GoldMeeting, everybody: Sequence[GoldParticipant]) -> Iterator[Unit]:
    if not (a.scored("participants") and b.scored("participants")):
        return
    pairs = persons(a.participants, b.participants)
    names = [[person.name for person in people] for people in (a.participants, b.participants, everybody)]
    for name, left, right in _candidates(names, pairs, same_person):
        yield _presence(file, a, "participants", name, left=left, right=right)
    for i, j in pairs.items():
        one, other = a.participants[i], b.participants[j]
        if one.scored("represents") and other.scored("represents"):
            accepted = one.accepted("represents"), other.accepted("represents")
            yield _one(file, a, "represents", *accepted, eq, one.name)


def _statements(file: str, a: GoldMeeting, b: GoldMeeting, everything: Sequence[GoldStatement]) -> Iterator[Unit]:
    if not (a.scored("statements") and b.scored("statements")):
        return
    quotes = [[statement.quote for statement in told] for told in (a.statements, b.statements, everything)]
    pairs = assign([[int(_same_quote(one, other)) for other in quotes[1]] for one in quotes[0]])
    for quote, left, right in _candidates(quotes, pairs, _same_quote):
        yield _presence(file, a, "quotes", quote, left=left, right=right)
    for i, j in pairs.items():
        one, other = a.statements[i], b.statements[j]
        for key, same in (("speaker", same_speaker), ("kind", eq)):
            if one.scored(key) and other.scored(key):
                yield _one(file, a, key, one.accepted(key), other.accepted(key), same, one.quote)


def _same_quote(left: str, right: str) -> bool:
    return left == right or same_words(left, right)


def _candidates(
    values: Sequence[Sequence[str]], pairs: Mapping[int, int], same: Same
) -> Iterator[tuple[str, bool, bool]]:
    """Every value of left, right and the whole article once, and whether it is on the left and on the right."""
    left, right, everywhere = values
    for at, one in enumerate(left):
        yield one, True, at in pairs
    for at, one in enumerate(right):
        if at not in pairs.values():
            yield one, False, True
    known = [*left, *right]
    for one in everywhere:
        if not any(same(one, other) for other in known):
            known.append(one)
            yield one, False, False


def _presence(file: str, meeting: GoldMeeting, field: str, name: str, *, left: bool, right: bool) -> Unit:
    return Unit(file, meeting, field, "present" if left else None, "present" if right else None, left == right, name)


def _disagreement(unit: Unit) -> Disagreement:
    """What differs; of a value that is there or not, the value on its side."""
    listed = unit.about is not None and "present" in (unit.left, unit.right)
    return Disagreement(
        file=unit.file,
        meeting=unit.meeting.id,
        title=in_words(unit.meeting),
        field=unit.field,
        left=unit.about if listed and unit.left else None if listed else unit.left,
        right=unit.about if listed and unit.right else None if listed else unit.right,
        about=None if listed else unit.about,
    )
