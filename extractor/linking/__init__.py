"""Linking: which accounts tell of one meeting.

    profiles ──> blocks ──────> pairs ─────────> cluster
    facets       who is         what each two    groups, and paths
                 compared       say, by topic    that were cut

`pairs` compares the accounts of a folder in Python; `archive` those of a large
one in DuckDB, which joins facets and sums what `match` says of each two of
them. Both give the same.
"""

from collections.abc import Callable, Iterable, Sequence
from importlib.util import find_spec

from extractor.linking.blocks import span
from extractor.linking.cluster import Member, Rule, cluster
from extractor.linking.joined import joined
from extractor.linking.judged import GREY, NOBODY, Judged, Links, Pair
from extractor.linking.pairs import Teller, compare
from extractor.profile import Profile
from extractor.weights import Weights

__all__ = ["GREY", "NOBODY", "Judged", "Links", "Pair", "link"]

ARCHIVE = 2_000
"""Accounts from which on DuckDB is worth its start, where it is installed (extra `archive`)."""


def link(profiles: Iterable[Profile], weights: Weights, judged: Judged = NOBODY) -> Links:
    """Groups the accounts that tell of one meeting. Any order of them gives the same."""
    accounts = {profile.account: profile for profile in profiles}
    ordered = [accounts[id_] for id_ in sorted(accounts)]
    judged = judged.about(accounts)
    together: Callable[[Sequence[Profile], Weights, Judged], Links] = _link
    if len(ordered) >= ARCHIVE and find_spec("duckdb") and find_spec("scipy"):
        from extractor.linking.levels import link_archive

        together = link_archive
    articles = {profile.account: profile.article for profile in ordered}
    links = joined(judged, articles, lambda known: together(ordered, weights, known))
    links.warn()
    return links


def _link(ordered: Sequence[Profile], weights: Weights, judged: Judged) -> Links:
    """The same for a folder, without a database."""
    members = {profile.account: Member(profile.article, span(profile.when).size) for profile in ordered}
    tell = Teller(ordered, weights, judged)
    scores, large = compare(ordered, tell)
    alike = [pair for pair, score in scores.items() if score >= weights.threshold]
    groups, cut = cluster(members, alike, tell, Rule(weights.threshold, judged))
    grey = (pair for pair, score in scores.items() if abs(score - weights.threshold) <= GREY)
    settled = judged.together | judged.apart
    return Links(groups, cut, tuple(sorted(pair for pair in grey if pair not in settled)), large)
