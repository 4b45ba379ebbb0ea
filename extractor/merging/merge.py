"""Merge: the claims of several accounts on one field to one value, losing none of them.

Only a value that is stated and stands in its article is an account's saying: a
voice. Inferred and ungrounded values are kept, and lead only where nobody
says anything. Support counts origins, not articles: reprints of one wire
story are one source. Where voices differ a primary source leads, which
decides nothing: a conflict stays one.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple, cast

from extractor.merging import history, relations
from extractor.schemas import Account, Agreement, Claim, Field, Item, Participant, Status
from extractor.schemas.draft import PersonRole
from extractor.values import places, wording
from extractor.values.names import Likeness, likeness, tokens

Sources = Mapping[str, Account]
"""Who says the claims: the accounts by their ids."""

_ONE_BREATH = 200
"""Code points within which an account names the people of one list."""
_SEVERITY = (Agreement.AGREED, Agreement.COMPATIBLE, Agreement.VARIANT, Agreement.CONFLICT)


def sources(accounts: Iterable[Account]) -> Sources:
    """The accounts by their ids."""
    return {account.id: account for account in accounts}


def voice(claim: Claim) -> bool:
    """Whether a claim is the saying of its account: stated, in words that stand in the article."""
    return claim.status is Status.STATED and claim.grounded


def together(found: Iterable[Agreement], sources: Iterable[str]) -> Agreement:
    """The agreement of several values: the worst between two of them.

    What one origin alone says is `single`, unless it contradicts itself.
    """
    worst = max(found, key=_SEVERITY.index, default=Agreement.AGREED)
    alone = len(set(sources)) < 2
    return Agreement.SINGLE if alone and worst is not Agreement.CONFLICT else worst


def merge_field(accounts: Sequence[Account], name: str) -> Field:
    """A field with one value. The accounts stand in the order of their labels."""
    claims = [claim for account in accounts for claim in account.of(name)]
    by = sources(accounts)
    compare = _history(claims, by) if name == "occurrence" and claims else relations.of(name)
    return merge_claims(claims, by, compare)


def _history(claims: Sequence[Claim], by: Sources) -> relations.Comparison:
    """How claims on what became of a meeting compare: by when they were published."""
    told = [(claim.value, by[claim.account]) for claim in list(filter(voice, claims)) or claims]
    return history.comparison([history.Saying(value, who.origin, who.published, who.primary) for value, who in told])


def merge_claims(claims: Sequence[Claim], by: Sources, compare: relations.Comparison) -> Field:
    """One value of several claims: the one that fits with most origins; of these the finest, then the first.

    Where a primary source speaks, its value leads, or another that tells the same more closely.
    """
    if not claims:
        return Field(value=None, status=Status.NOT_STATED)
    ids = tuple(c.id for c in claims)
    voices = [c for c in claims if voice(c)]
    said: dict[str, set[str]] = {}
    for claim in voices:
        said.setdefault(claim.value, set()).add(by[claim.account].origin)
    if not said:
        return _unsaid(claims, ids, compare)
    relation = {(x, y): compare.relation(x, y) for x, y in combinations(said, 2)}

    def support(value: str, worst: Agreement) -> int:
        """From how many origins comes this value, or one that stands to it no worse than so."""
        near = (Agreement.AGREED if v == value else relation.get((value, v)) or relation[v, value] for v in said)
        fitting = (v for v, how in zip(said, near, strict=True) if _SEVERITY.index(how) <= _SEVERITY.index(worst))
        return len(set().union(*(said[v] for v in fitting)))

    def weight(value: str) -> tuple[int, int, int]:
        return support(value, Agreement.VARIANT), compare.fineness(value), support(value, Agreement.AGREED)

    standing = compare.standing or tuple(said)
    primary = {c.value for c in voices if by[c.account].primary}.intersection(standing)
    leading = [v for v in standing if v in primary or any(compare.closer(v, p) for p in primary)] or standing
    best = max(leading, key=weight)
    agreement = together(relation.values(), set().union(*said.values()))
    rule = None
    if len(said) > 1 and agreement is not Agreement.AGREED:
        rest = [compare.fineness(value) for value in said if value != best]
        finer = agreement is not Agreement.CONFLICT and compare.fineness(best) > max(rest)
        by_rank = primary and len(standing) > 1
        rule = _of_primary(best, primary) if by_rank else "the finer value leads" if finer else compare.rule
    return Field(value=best, status=Status.STATED, agreement=agreement, claims=ids, rule=rule)


def _of_primary(best: str, primary: Collection[str]) -> str:
    """How the value was chosen among those of the primary sources."""
    if best not in primary:
        return "the primary source leads, as told more closely by another"
    return "the primary source leads" if len(primary) == 1 else "the primary sources lead; of these, most origins"


def _unsaid(claims: Sequence[Claim], ids: tuple[str, ...], compare: relations.Comparison) -> Field:
    """A value that no account says: inferred, or in words that stand nowhere."""
    best = next((c for c in claims if c.grounded), claims[0])
    same = all(compare.relation(best.value, c.value) is Agreement.AGREED for c in claims)
    return Field(
        value=best.value,
        status=Status.INFERRED,
        agreement=None if same else Agreement.CONFLICT,
        claims=ids,
        rule="nobody states it" if best.grounded else "its words do not stand in the article",
    )


def merge_parties(accounts: Sequence[Account]) -> tuple[Item, ...]:
    """The union of the parties by code, each with who names it; a name that two countries bear only fits."""

    def agreement(voices: Sequence[Claim]) -> Agreement:
        return Agreement.COMPATIBLE if len({places.shared(c.text) for c in voices}) > 1 else Agreement.AGREED

    found = _items(accounts, "parties", lambda claim: claim.value, agreement)
    return tuple(sorted(found, key=lambda item: item.value))


def merge_topics(accounts: Sequence[Account]) -> tuple[Item, ...]:
    """The union of the topics by their labels."""
    return _items(accounts, "topics", lambda claim: claim.value.casefold(), lambda _: Agreement.AGREED)


def merge_distinctions(accounts: Sequence[Account]) -> tuple[Item, ...]:
    """The union of the distinctions; wordings of one claim are one, and a primary source's leads, else the fullest."""

    def agreement(voices: Sequence[Claim]) -> Agreement:
        same = all(wording.same(voices[0].value, c.value) for c in voices)
        return Agreement.AGREED if same else Agreement.COMPATIBLE

    return _items(accounts, "distinctions", lambda claim: wording.distinction(claim.value), agreement, len)


def _items(
    accounts: Sequence[Account],
    name: str,
    key: Callable[[Claim], object],
    agreement: Callable[[Sequence[Claim]], Agreement],
    fineness: Callable[[str], int] = lambda _: 0,
) -> tuple[Item, ...]:
    by = sources(accounts)
    groups: dict[object, list[Claim]] = {}
    for account in accounts:
        for claim in account.of(name):
            groups.setdefault(key(claim), []).append(claim)
    found = []
    for claims in groups.values():
        voices = [c for c in claims if voice(c)]
        how = together([agreement(voices)] if voices else [], (by[c.account].origin for c in voices))
        leading = [c for c in voices if by[c.account].primary] or voices or claims
        value = max(leading, key=lambda c: fineness(c.value)).value
        found.append(Item(value=value, agreement=how, claims=tuple(c.id for c in claims)))
    return tuple(found)


class _Mention(NamedTuple):
    """A person as one account names them."""

    account: Account
    claim: Claim
    party: str | None

    def like(self, other: "_Mention") -> Likeness:
        """How alike the names are; DIFFERENT where something speaks against one person."""
        found = likeness(self.claim.value, other.claim.value)
        if self.party and other.party and self.party != other.party:
            return Likeness.DIFFERENT
        # An account that names two people side by side knows them apart, unless it prints the very same name.
        if found is Likeness.VARIANT and self.beside(other):
            return Likeness.DIFFERENT
        return found

    def beside(self, other: "_Mention") -> bool:
        """Whether one account names both in one breath."""
        here, there = (m.claim.evidence[0].start for m in (self, other))
        if self.account.id != other.account.id or here is None or there is None:
            return False
        return abs(here - there) < _ONE_BREATH


def merge_participants(accounts: Sequence[Account]) -> tuple[Participant, ...]:
    """The people over all accounts: one person in several spellings is one participant.

    Full names come first, then surnames alone. A name that fits two people
    equally well stays by itself.
    """
    mentions = [
        _Mention(account, claim, c.value if (c := account.about(claim, "participants.represents")) else None)
        for account in accounts
        for claim in account.of("participants")
    ]
    groups: list[list[_Mention]] = []
    for mention in sorted(mentions, key=lambda m: len(tokens(m.claim.value)) == 1):
        fitting = [(like, group) for group in groups if (like := min(map(mention.like, group)))]
        best = [group for like, group in fitting if like == max(like for like, _ in fitting)]
        if len(best) == 1:
            best[0].append(mention)
        else:
            groups.append([mention])
    order = {m.claim.id: i for i, m in enumerate(mentions)}
    by = sources(accounts)
    groups = [sorted(group, key=lambda m: order[m.claim.id]) for group in groups]
    return tuple(_participant(g, by) for g in sorted(groups, key=lambda g: order[g[0].claim.id]))


def _participant(group: Sequence[_Mention], by: Sources) -> Participant:
    claims = [m.claim for m in group]

    def attributes(name: str) -> list[Claim]:
        return [c for m in group if (c := m.account.about(m.claim, f"participants.{name}"))]

    same = all(likeness(claims[0].value, c.value) is Likeness.SAME for c in claims)
    named = [c for c in claims if voice(c)]
    # A surname alone names nobody, whoever prints it.
    leading = [c for c in named if by[c.account].primary and len(tokens(c.value)) > 1] or named or claims
    roles = [c.value for c in attributes("role")]
    return Participant(
        name=max(leading, key=lambda c: len(c.value.split())).value,
        names=tuple(dict.fromkeys([*(c.value for c in claims), *(c.text for c in claims)])),
        office=merge_claims(attributes("office"), by, relations.of("participants.office")),
        represents=merge_claims(attributes("represents"), by, relations.of("participants.represents")),
        role=cast("PersonRole", next((role for role in roles if role != "principal"), "principal")),
        agreement=together([Agreement.AGREED if same else Agreement.COMPATIBLE], (by[c.account].origin for c in named)),
        claims=tuple(c.id for c in claims),
    )
