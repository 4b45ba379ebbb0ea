"""Joined: what a person's `same` means for the groups of two accounts.

A person who is shown two accounts judges the meetings that they stand for. So
the groups that the rules have them in are joined whole, as far as nothing
forbids it: an article in both, or what a person judged different. Where the
groups cannot be one, the two accounts alone are.
"""

from collections.abc import Callable, Iterable, Mapping

from extractor.linking.cluster import Group, Member, Rule, judged_same, may_join
from extractor.linking.judged import Judged, Links


def joined(judged: Judged, articles: Mapping[str, str], link: Callable[[Judged], Links]) -> Links:
    """Links by what was judged, the groups of accounts that were judged the same being joined.

    `link` links the accounts by what was judged of pairs; `articles` are the articles of these accounts.
    """
    if not judged.together:
        return link(judged)
    alone = link(judged._replace(together=frozenset()))
    return link(widened(judged, alone.groups, articles))


def widened(judged: Judged, groups: Iterable[Group], articles: Mapping[str, str]) -> Judged:
    """What was judged of accounts the same, told of their groups. The largest group, and what is largest in it, first.

    What cannot be one with the rest of its group stays what it was.
    """
    rule = Rule(0, judged)
    units = judged_same(sorted({id_ for pair in judged.together for id_ in pair}), judged)
    unit = {id_: one for one in units if len(one) > 1 for id_ in one}
    for group in sorted((one for one in groups if not unit.keys().isdisjoint(one)), key=_largest):
        whole, *rest = sorted({unit.get(id_, (id_,)) for id_ in group}, key=_largest)
        for part in rest:
            members = {id_: Member(articles[id_]) for id_ in (*whole, *part)}
            if may_join(whole, part, members, rule):
                whole = tuple(sorted(whole + part))
        unit |= dict.fromkeys(whole, whole)
    joined = {(one[0], id_) for one in unit.values() for id_ in one[1:]}
    return judged._replace(together=judged.together | joined)


def _largest(group: Group) -> tuple[int, Group]:
    return -len(group), group
