"""Reconcile: accounts to meetings, with reasons.

Meetings are a function of the active accounts alone: any order of them gives
the same meetings, ids included.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import combinations

from extractor import doubts, match
from extractor.ids import meeting_id
from extractor.merging.candidates import candidates
from extractor.merging.cluster import Pair, cluster
from extractor.merging.merge import merge_distinctions, merge_field, merge_participants, merge_parties, merge_topics
from extractor.merging.utterances import merge_outcomes, merge_statements
from extractor.profile import Profile
from extractor.schemas import Account, AccountRef, Claim, Item, Meeting, Why

_CONFIGURATIONS = {0: "unknown", 1: "unknown", 2: "bilateral", 3: "trilateral", 4: "quadrilateral"}


_REFERRED = set(AccountRef.model_fields) - {"label"}


def reconcile(accounts: Sequence[Account]) -> tuple[Meeting, ...]:
    """The meetings that the accounts tell of, sorted by date, then id; undated ones last."""
    by_id = _one_each(accounts)
    profiles = {id_: Profile(account) for id_, account in by_id.items()}
    weights = {
        (left, right): match.weighed(match.reasons(profiles[left], profiles[right]))
        for left, right in candidates([profiles[id_] for id_ in sorted(by_id)])
    }
    clusters = cluster(list(by_id.values()), weights, match.THRESHOLD)
    scores = {pair: sum(weighed.values()) for pair, weighed in weights.items()}
    apart: dict[str, list[str]] = defaultdict(list)
    for left, right in clusters.cut:
        apart[left].append(right)
        apart[right].append(left)
    meetings = [_meeting([profiles[id_] for id_ in group], scores, apart) for group in clusters.groups]
    return tuple(sorted(meetings, key=lambda m: (_sortable(m.date.value), m.id)))


def _one_each(accounts: Sequence[Account]) -> dict[str, Account]:
    """The accounts by id. Of two that share an id, whichever stands first, the same one is kept."""
    by_id: dict[str, Account] = {}
    for account in accounts:
        known = by_id.setdefault(account.id, account)
        if known != account:
            by_id[account.id] = min(known, account, key=Account.model_dump_json)
    return by_id


def _sortable(edtf: str | None) -> str:
    """Dates in order of time, what is not known after what is."""
    return edtf.replace("X", "~") if edtf else "~~~~"


def _meeting(profiles: Sequence[Profile], scores: Mapping[Pair, int], apart: Mapping[str, Sequence[str]]) -> Meeting:
    """One meeting from the accounts of it; those that report it lead, in order of publication."""
    profiles = sorted(profiles, key=lambda p: _precedence(p.account))
    ordered = [profile.account for profile in profiles]
    claims = {c.id: c for a in ordered for c in a.claims}
    parties = merge_parties(ordered)
    participants = merge_participants(ordered)
    date, place, city, country = (merge_field(ordered, name) for name in ("date", "place", "city", "country"))
    cut = [(account, other) for account in ordered for other in apart.get(account.id, ())]
    return Meeting(
        id=meeting_id(
            date.value, city.value or place.value or country.value, [p.value for p in parties], [a.id for a in ordered]
        ),
        role=ordered[0].role,
        configuration=_configuration(parties, claims),
        occurrence=merge_field(ordered, "occurrence"),
        level=merge_field(ordered, "level"),
        format=merge_field(ordered, "format"),
        date=date,
        time_text=merge_field(ordered, "time_text"),
        duration=merge_field(ordered, "duration"),
        place=place,
        venue=merge_field(ordered, "venue"),
        city=city,
        country=country,
        host_event=merge_field(ordered, "host_event"),
        parties=parties,
        participants=participants,
        distinctions=merge_distinctions(ordered),
        topics=merge_topics(ordered),
        outcomes=merge_outcomes(ordered),
        statements=merge_statements(ordered, participants),
        accounts=tuple(
            AccountRef(
                label=_label(i), **{name: getattr(a, name) for name in AccountRef.model_fields if name != "label"}
            )
            for i, a in enumerate(ordered)
        ),
        claims=tuple(claims.values()),
        why=_why(profiles, scores),
        warnings=(*(w for a in ordered for w in a.warnings), *doubts.between(ordered, participants, cut)),
    )


def _precedence(account: Account) -> tuple[bool, str, str]:
    return account.role != "reported", account.published or "~", account.id


def _label(index: int) -> str:
    """A, B, ..., Z, AA, AB, ..."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _configuration(parties: Sequence[Item], claims: Mapping[str, Claim]) -> str:
    """Counted from the parties whose words stand in an article."""
    count = sum(any(claims[id_].grounded for id_ in party.claims) for party in parties)
    return _CONFIGURATIONS.get(count, "multilateral")


def _why(profiles: Sequence[Profile], scores: Mapping[Pair, int]) -> Why:
    """What ties each account to the others best, the weakest pair, and everything that speaks against.

    All pairs of a meeting of many accounts would say little more, at length.
    """
    by_id = {profile.account.id: profile for profile in profiles}
    pairs = [pair for pair in combinations(sorted(by_id), 2) if pair in scores]
    if not pairs:
        return Why()
    by_score = sorted(pairs, key=lambda pair: (-scores[pair], pair))
    ties: dict[str, Pair] = {}
    for pair in by_score:
        for id_ in pair:
            ties.setdefault(id_, pair)
    weakest = by_score[-1]
    shown = {weakest, *ties.values()}
    signals = [
        signal
        for left, right in combinations(by_id, 2)
        if (pair := (min(left, right), max(left, right))) in scores
        for signal in match.explained(by_id[left], by_id[right], against_only=pair not in shown)
    ]
    return Why(score=scores[weakest], signals=tuple(sorted(signals, key=lambda s: -abs(s.weight))))
