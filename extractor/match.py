"""Match: two accounts to an explained score. The one scorer.

Each signal is an integer log-odds in half bits: +2 makes it twice as likely
that both tell of one meeting. The weights are reasoned, not learnt: a common
full date is rare among meetings of the same parties, a common level is not.
"""

from collections.abc import Iterator

from extractor import dates, gatherings, places, wording
from extractor.names import Likeness, likeness
from extractor.schemas import Account, Signal

THRESHOLD = 10
"""From this score on two accounts count as being of one meeting."""

_WEIGHTS = {
    "date same": 8, "date compatible": 5, "date same month": 2, "date same year": 1, "date a day apart": 1,
    "date excludes": -24, "city same": 5, "city other": -10, "country same": 2, "country other": -8,
    "host event same": 5, "host event other": -2, "parties same": 5, "parties part": 0, "parties other": -8,
    "parties none common": -20, "level same": 1, "level other": -8, "format other": -6, "person same": 3,
    "person other": -9, "words same": 4, "distinction same": 2,
}  # fmt: skip


def score(signals: tuple[Signal, ...]) -> int:
    """The sum of the signals' weights."""
    return sum(signal.weight for signal in signals)


def signals(left: Account, right: Account) -> tuple[Signal, ...]:
    """All reasons for and against two accounts being of one meeting, strongest first."""
    found = [*_date(left, right), *_place(left, right), *_kind(left, right), *_parties(left, right)]
    found += [*_people(left, right), *_words(left, right)]
    return tuple(sorted(found, key=lambda s: (-abs(s.weight), s.name, s.left, s.right)))


def _signal(name: str, a: Account, b: Account, left: str, right: str) -> Signal:
    return Signal(name=name, weight=_WEIGHTS[name], left=left, right=right, accounts=(a.id, b.id))


def _value(account: Account, field: str) -> str | None:
    claim = account.first(field)
    return claim.value if claim else None


def _date(a: Account, b: Account) -> Iterator[Signal]:
    left, right = _value(a, "date"), _value(b, "date")
    if left is None or right is None:
        return
    yield _signal(_date_relation(left, right), a, b, left, right)


def _date_relation(left: str, right: str) -> str:
    if not dates.compatible(left, right):
        return "date a day apart" if dates.days_apart(left, right) == 1 else "date excludes"
    precision = min(dates.precision(left), dates.precision(right))
    if left == right and precision == 3:
        return "date same"
    shared = [x for x, y in zip(dates.parse(left)[0], dates.parse(right)[0], strict=True) if x is not None and x == y]
    days = dates.parse(left)[0].day is not None and dates.parse(right)[0].day is not None
    if days or len(shared) == 3:
        return "date compatible"
    return "date same month" if len(shared) == 2 else "date same year"


def _place(a: Account, b: Account) -> Iterator[Signal]:
    left, right = _value(a, "city"), _value(b, "city")
    if left and right:
        name = "city same" if same_city(left, right) else "city other"
        yield _signal(name, a, b, left, right)
    else:
        left, right = _value(a, "country"), _value(b, "country")
        if left and right:
            yield _signal("country same" if left == right else "country other", a, b, left, right)
    left, right = _value(a, "host_event"), _value(b, "host_event")
    if left and right:
        same = gatherings.read(left).same(gatherings.read(right))
        yield _signal("host event same" if same else "host event other", a, b, left, right)


def same_city(left: str, right: str) -> bool:
    """Whether two printed cities are one: the same words, or one entry of the gazetteer."""
    return left.casefold() == right.casefold() or (
        (found := places.city(left)) is not None and found == places.city(right)
    )


def _kind(a: Account, b: Account) -> Iterator[Signal]:
    left, right = _value(a, "level"), _value(b, "level")
    if left and right:
        yield _signal("level same" if left == right else "level other", a, b, left, right)
    left, right = _value(a, "format"), _value(b, "format")
    if left and right and left != right and "hybrid" not in (left, right):
        yield _signal("format other", a, b, left, right)


def _parties(a: Account, b: Account) -> Iterator[Signal]:
    left = {c.value for c in a.of("parties")}
    right = {c.value for c in b.of("parties")}
    if not left or not right:
        return
    if left == right:
        name = "parties same"
    elif not left & right:
        name = "parties none common"
    elif left < right or right < left:
        # A third party that one account leaves out; but a pair beside a trio is a meeting of its own.
        name = "parties part" if min(len(left), len(right)) > 2 else "parties other"
    else:
        name = "parties other"
    yield _signal(name, a, b, ", ".join(sorted(left)), ", ".join(sorted(right)))


def _people(a: Account, b: Account) -> Iterator[Signal]:
    """People whom both name; and, at one level, another single person for the same party."""
    left, right = people(a), people(b)
    same_level = _value(a, "level") == _value(b, "level")
    for name, code in left:
        alike = [n for n, c in right if None in (code, c) or code == c if likeness(name, n) > Likeness.PARTIAL]
        if alike:
            yield _signal("person same", a, b, name, alike[0])
        elif code and same_level and [c for _, c in left].count(code) == 1:
            rivals = [n for n, c in right if c == code]
            if len(rivals) == 1 and likeness(name, rivals[0]) is Likeness.DIFFERENT:
                yield _signal("person other", a, b, f"{name} ({code})", f"{rivals[0]} ({code})")


def people(account: Account) -> list[tuple[str, str | None]]:
    """The participants of an account: the name, and the code of the party spoken for."""
    found = []
    for claim in account.of("participants"):
        represents = account.about(claim, "participants.represents")
        found.append((claim.value, represents.value if represents else None))
    return found


def _words(a: Account, b: Account) -> Iterator[Signal]:
    """Quotations of six words and more that both print, and the same distinction."""
    for left in a.of("statements"):
        for right in b.of("statements"):
            first, second = " ".join(wording.words(left.value)), " ".join(wording.words(right.value))
            short, long = sorted((first, second), key=len)
            if short.count(" ") >= 5 and short in long:
                yield _signal("words same", a, b, left.value, right.value)
    told = {wording.distinction(c.value): c.value for c in b.of("distinctions")}
    for claim in a.of("distinctions"):
        if (key := wording.distinction(claim.value)) in told:
            yield _signal("distinction same", a, b, claim.value, told[key])
