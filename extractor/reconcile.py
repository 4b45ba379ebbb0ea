"""Reconcile: accounts to meetings, with reasons.

Meetings are a function of the active accounts, of what was judged of them and
of the weights: any order of the accounts gives the same meetings, ids included.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import combinations

from extractor import doubts
from extractor.ids import meeting_id
from extractor.linking import NOBODY, Judged, Links, Pair, link
from extractor.merging.choices import Choice, choose
from extractor.merging.merge import merge_distinctions, merge_field, merge_participants, merge_parties, merge_topics
from extractor.merging.utterances import merge_outcomes, merge_statements
from extractor.profile import Profile, profile
from extractor.schemas import Account, AccountRef, Claim, Item, Meeting, Why
from extractor.weights import Weights, standard

_CONFIGURATIONS = {0: "unknown", 1: "unknown", 2: "bilateral", 3: "trilateral", 4: "quadrilateral"}


_REFERRED = set(AccountRef.model_fields) - {"label"}


def reconcile(
    accounts: Sequence[Account], judged: Judged = NOBODY, weights: Weights | None = None, links: Links | None = None
) -> tuple[Meeting, ...]:
    """The meetings that the accounts tell of, sorted by date, then id; undated ones last.

    What people judged of these accounts outranks what the accounts say of each other. Which of them tell of one meeting
    can have been found elsewhere (`links`): accounts that are gone since are left out, those that have come since wait
    for the next time.
    """
    weights = weights or standard()
    by_id = one_each(accounts)
    profiles = {id_: profile(account) for id_, account in by_id.items()}
    links = links or link(profiles.values(), weights, judged)
    apart: dict[str, list[str]] = defaultdict(list)
    for left, right in links.cut:
        apart[left].append(right)
        apart[right].append(left)
    chosen: dict[str, list[Choice]] = defaultdict(list)
    for choice in judged.choices:
        chosen[choice.voices[0].account].append(choice)
    meetings = []
    for group in links.groups:
        if not (ordered := sorted((by_id[id_] for id_ in group if id_ in by_id), key=_precedence)):
            continue
        ties = why([profiles[account.id] for account in ordered], weights, judged)
        choices = [choice for account in ordered for choice in chosen.get(account.id, ())]
        meetings.append(choose(_meeting(ordered, ties, apart), choices))
    return tuple(sorted(meetings, key=order))


def one_each(accounts: Sequence[Account]) -> dict[str, Account]:
    """The accounts by id. Of two that share an id, whichever stands first, the same one is kept."""
    by_id: dict[str, Account] = {}
    for account in accounts:
        known = by_id.setdefault(account.id, account)
        if known != account:
            by_id[account.id] = min(known, account, key=Account.model_dump_json)
    return by_id


def order(meeting: Meeting) -> tuple[str, str]:
    """The key by which meetings are sorted: dates in order of time, what is not known after what is; then ids."""
    edtf = meeting.date.value
    return edtf.replace("X", "~") if edtf else "~~~~", meeting.id


def _meeting(ordered: Sequence[Account], why: Why, apart: Mapping[str, Sequence[str]]) -> Meeting:
    """One meeting from the accounts of it; those that report it lead, in order of publication."""
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
        why=why,
        warnings=(*(w for a in ordered for w in a.warnings), *doubts.between(ordered, participants, cut)),
    )


def _precedence(account: Account) -> tuple[bool, bool, str, str]:
    """Primary sources first (they report the meeting, always), then who reports it, then who recalls it."""
    return not account.primary, account.role != "reported", account.published or "~", account.id


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


def why(profiles: Sequence[Profile], weights: Weights, judged: Judged = NOBODY) -> Why:
    """Why these are of one meeting: what ties each to the others best, the weakest pair, and everything against.

    All pairs of a meeting of many accounts would say little more, at length.
    """
    signals = {
        (left.account, right.account): weights.explained(
            left, right, judged.said.get((min(left.account, right.account), max(left.account, right.account)))
        )
        for left, right in combinations(profiles, 2)
    }
    if not signals:
        return Why()
    scores = {pair: sum(signal.weight for signal in found) for pair, found in signals.items()}
    by_score = sorted(scores, key=lambda pair: (-scores[pair], sorted(pair)))
    ties: dict[str, Pair] = {}
    for pair in by_score:
        for id_ in pair:
            ties.setdefault(id_, pair)
    weakest = by_score[-1]
    shown = {weakest, *ties.values()}
    told = (signal for pair, found in signals.items() for signal in found if pair in shown or signal.weight < 0)
    return Why(score=scores[weakest], signals=tuple(sorted(told, key=lambda s: -abs(s.weight))))
