"""Guarded average linkage of weighted pairs: nobody's library, so that scores can be told from clustering.

Two groups join while the mean of the weights of all pairs between them
reaches the threshold, the highest mean first; a pair without a weight counts
as `missing`. Two ids of one article never come together. Whole numbers only,
ties by number: the result doesn't depend on the order of the pairs.
"""

from collections import defaultdict
from collections.abc import Hashable, Sequence
from heapq import heapify, heappop, heappush

Pair = tuple[int, int, int]
"""Two ids, and the weight of their being one."""
_FINE = 1 << 20
"""Parts of a weight that means are told apart by."""


def linked(articles: Sequence[Hashable], pairs: Sequence[Pair], threshold: int, missing: int) -> list[int]:
    """The group of each id, an id of the group; `articles` says which article each id comes from."""
    part = _components(len(articles), pairs, threshold)
    inside = defaultdict(list)
    for pair in pairs:
        if part[pair[0]] == part[pair[1]]:
            inside[part[pair[0]]].append(pair)
    group = list(range(len(articles)))
    for some in inside.values():
        _join(articles, some, threshold * _FINE, missing, group)
    return [_top(group, one) for one in range(len(group))]


def _components(size: int, pairs: Sequence[Pair], threshold: int) -> list[int]:
    """Ids that a chain of pairs from the threshold on connects: no group reaches further."""
    top = list(range(size))
    for left, right, weight in pairs:
        if weight >= threshold:
            one, other = _top(top, left), _top(top, right)
            top[max(one, other)] = min(one, other)
    return [_top(top, one) for one in range(size)]


def _top(parents: list[int], one: int) -> int:
    while parents[one] != one:
        parents[one] = parents[parents[one]]
        one = parents[one]
    return one


def _join(articles: Sequence[Hashable], pairs: Sequence[Pair], threshold: int, missing: int, group: list[int]) -> None:
    """Joins the ids of one component; writes into `group` which id leads which."""
    links: dict[int, dict[int, tuple[int, int]]] = defaultdict(dict)
    for left, right, weight in pairs:
        links[left][right] = links[right][left] = (weight, 1)
    size = dict.fromkeys(links, 1)
    origins = {one: {articles[one]} for one in links}

    def mean(left: int, right: int) -> int:
        total, known = links[left][right]
        both = size[left] * size[right]
        return (total + missing * (both - known)) * _FINE // both

    heap = [(-weight * _FINE, min(a, b), max(a, b)) for a, b, weight in pairs if weight * _FINE >= threshold]
    heapify(heap)
    while heap:
        distance, left, right = heappop(heap)
        if right not in links.get(left, ()) or -distance != mean(left, right) or origins[left] & origins[right]:
            continue
        group[right] = left
        size[left] += size.pop(right)
        origins[left] |= origins.pop(right)
        for other, (total, known) in links.pop(right).items():
            del links[other][right]
            if other != left:
                more, others = links[left].get(other, (0, 0))
                links[left][other] = links[other][left] = (more + total, others + known)
        for other in links[left]:
            if (now := mean(left, other)) >= threshold:
                heappush(heap, (-now, min(left, other), max(left, other)))
