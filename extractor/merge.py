"""Merge: the claims of several accounts on one field to one value, losing none of them.

Support counts origins, not articles: reprints of one wire story are one
source. Inferred values never count as an account's saying; where nobody states
a value they stand, marked as inferred.
"""

from collections.abc import Callable, Sequence

from extractor import dates, gatherings, places, wording
from extractor.match import same_city
from extractor.names import Likeness, likeness
from extractor.schemas import Account, Agreement, Claim, Field, Item, Participant, Status

Relation = Callable[[str, str], Agreement]
"""How two values of a field stand to each other: agreed, compatible, variant or conflict."""


def merge_field(accounts: Sequence[Account], name: str) -> Field:
    """A field with one value. The accounts stand in the order of their labels."""
    return merge_claims(accounts, [c for a in accounts for c in a.of(name)], _RELATIONS.get(name, _exact), _LEADS.get(name))


def merge_claims(
    accounts: Sequence[Account],
    claims: Sequence[Claim],
    relation: Relation,
    lead: Callable[[str], int] | None = None,
) -> Field:
    """One value of several claims: the finest where they fit together, else the one of most origins."""
    if not claims:
        return Field(value=None, status=Status.NOT_STATED)
    ids = tuple(c.id for c in claims)
    stated = [c for c in claims if c.status is Status.STATED]
    if not stated:
        best = claims[0]
        same = all(relation(best.value, c.value) is Agreement.AGREED for c in claims)
        agreement = None if same else Agreement.CONFLICT
        return Field(value=best.value, status=Status.INFERRED, agreement=agreement, claims=ids, rule="nobody states it")
    origin = {a.id: a.origin for a in accounts}
    best = _leading(stated, origin, lead)
    worst = _worst([relation(best.value, c.value) for c in stated if c is not best])
    if len({origin[c.account] for c in stated}) == 1 and worst is Agreement.AGREED:
        worst = Agreement.SINGLE
    rule = {Agreement.COMPATIBLE: "the finer value leads", Agreement.CONFLICT: "most origins, then the first account"}
    return Field(value=best.value, status=Status.STATED, agreement=worst, claims=ids, rule=rule.get(worst))


def _leading(stated: Sequence[Claim], origin: dict[str, str], lead: Callable[[str], int] | None) -> Claim:
    def weight(claim: Claim) -> tuple[int, int]:
        support = len({origin[c.account] for c in stated if c.value == claim.value})
        return (lead(claim.value) if lead else 0, support)

    return max(stated, key=weight)


_SEVERITY = (Agreement.AGREED, Agreement.COMPATIBLE, Agreement.VARIANT, Agreement.CONFLICT)


def _worst(found: Sequence[Agreement]) -> Agreement:
    return max(found, key=_SEVERITY.index, default=Agreement.AGREED)


def _exact(left: str, right: str) -> Agreement:
    return Agreement.AGREED if wording.same(left, right) else Agreement.CONFLICT


def date_relation(left: str, right: str) -> Agreement:
    """Equal dates agree; finer and coarser ones, and a day that time zones explain, are compatible."""
    if left == right:
        return Agreement.AGREED
    near = dates.days_apart(left, right) == 1
    return Agreement.COMPATIBLE if near or dates.compatible(left, right) else Agreement.CONFLICT


def _city_relation(left: str, right: str) -> Agreement:
    return Agreement.AGREED if same_city(left, right) else Agreement.CONFLICT


def _place_relation(left: str, right: str) -> Agreement:
    if same_city(left, right):
        return Agreement.AGREED
    inside = wording.words(left) and set(wording.words(left)) & set(wording.words(right))
    return Agreement.COMPATIBLE if inside else Agreement.CONFLICT


def _gathering_relation(left: str, right: str) -> Agreement:
    """One gathering under two names is agreed; described in other words it is a variant."""
    a, b = gatherings.read(left), gatherings.read(right)
    if not a.same(b):
        return Agreement.CONFLICT
    described = a.description and b.description and not wording.same(a.description, b.description)
    if described:
        return Agreement.VARIANT
    return Agreement.AGREED if a == b else Agreement.COMPATIBLE


def _occurrence_relation(left: str, right: str) -> Agreement:
    """Planned and then held is one history; held and cancelled is a conflict."""
    if left == right:
        return Agreement.AGREED
    return Agreement.COMPATIBLE if {left, right} <= {"planned", "held", "unclear"} or "unclear" in (left, right) else Agreement.CONFLICT


def _office_relation(left: str, right: str) -> Agreement:
    if wording.same(left, right):
        return Agreement.AGREED
    a, b = set(wording.words(left)), set(wording.words(right))
    return Agreement.COMPATIBLE if a <= b or b <= a else Agreement.CONFLICT


_RELATIONS: dict[str, Relation] = {
    "date": date_relation,
    "city": _city_relation,
    "place": _place_relation,
    "venue": _place_relation,
    "host_event": _gathering_relation,
    "occurrence": _occurrence_relation,
    "participants.office": _office_relation,
}
_LEADS: dict[str, Callable[[str], int]] = {
    "date": dates.precision,
    "occurrence": lambda value: {"unclear": 0, "planned": 1}.get(value, 2),
    "host_event": len,
}


def merge_parties(accounts: Sequence[Account]) -> tuple[Item, ...]:
    """The union of the parties, each with who names it; a name that two countries bear only fits."""
    return _items(accounts, "parties", lambda claim: claim.value, _party_agreement)


def _party_agreement(claims: Sequence[Claim]) -> Agreement:
    read = {places.shared(c.text) for c in claims}
    return Agreement.COMPATIBLE if len(read) > 1 else Agreement.AGREED


def merge_topics(accounts: Sequence[Account]) -> tuple[Item, ...]:
    """The union of the topics by their labels."""
    return _items(accounts, "topics", lambda claim: claim.value.casefold(), lambda _: Agreement.AGREED)


def merge_distinctions(accounts: Sequence[Account]) -> tuple[Item, ...]:
    """The union of the distinctions; wordings of one claim are one."""
    return _items(accounts, "distinctions", lambda claim: wording.distinction(claim.value), lambda _: Agreement.AGREED)


def _items(
    accounts: Sequence[Account],
    name: str,
    key: Callable[[Claim], object],
    agreement: Callable[[Sequence[Claim]], Agreement],
) -> tuple[Item, ...]:
    origin = {a.id: a.origin for a in accounts}
    groups: dict[object, list[Claim]] = {}
    for account in accounts:
        for claim in account.of(name):
            groups.setdefault(key(claim), []).append(claim)
    return tuple(
        Item(
            value=max(claims, key=lambda c: len(c.value)).value if name == "distinctions" else claims[0].value,
            agreement=agreement(claims) if len({origin[c.account] for c in claims}) > 1 else Agreement.SINGLE,
            claims=tuple(c.id for c in claims),
        )
        for claims in groups.values()
    )


def merge_participants(accounts: Sequence[Account]) -> tuple[Participant, ...]:
    """The people over all accounts: one person in several spellings is one participant."""
    groups: list[list[tuple[Account, Claim]]] = []
    for account in accounts:
        for claim in account.of("participants"):
            group = next((g for g in groups if _same_person(g, account, claim)), None)
            if group:
                group.append((account, claim))
            else:
                groups.append([(account, claim)])
    return tuple(_participant(accounts, group) for group in groups)


def _represents(account: Account, claim: Claim) -> str | None:
    found = account.about(claim, "participants.represents")
    return found.value if found else None


def _same_person(group: Sequence[tuple[Account, Claim]], account: Account, claim: Claim) -> bool:
    code = _represents(account, claim)
    for other, theirs in group:
        party = _represents(other, theirs)
        like = likeness(claim.value, theirs.value)
        if code and party and code != party:
            return False
        # A surname alone is one person only where both speak for one party.
        if like > Likeness.PARTIAL or (like is Likeness.PARTIAL and code is not None and code == party):
            return True
    return False


def _participant(accounts: Sequence[Account], group: Sequence[tuple[Account, Claim]]) -> Participant:
    claims = [claim for _, claim in group]
    names = tuple(dict.fromkeys(c.value for c in claims) | dict.fromkeys(c.text for c in claims))
    office = [c for a, claim in group if (c := a.about(claim, "participants.office"))]
    represents = [c for a, claim in group if (c := a.about(claim, "participants.represents"))]
    role = next((c.value for a, claim in group if (c := a.about(claim, "participants.role"))), "principal")
    agreement = Agreement.SINGLE
    if len({a.origin for a, _ in group}) > 1:
        same = all(likeness(claims[0].value, c.value) is Likeness.SAME for c in claims)
        agreement = Agreement.AGREED if same else Agreement.COMPATIBLE
    return Participant(
        name=max(claims, key=lambda c: len(c.value.split())).value,
        names=names,
        office=merge_claims(accounts, office, _office_relation),
        represents=merge_claims(accounts, represents, _exact),
        role=role,  # type: ignore[arg-type] - a value of the closed list
        agreement=agreement,
        claims=tuple(c.id for c in claims),
    )
