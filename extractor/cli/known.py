"""Meetings by their ids, those of today and those that they had before; and by the ids of their accounts."""

import warnings
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from extractor.console import note
from extractor.errors import ConfigurationError

if TYPE_CHECKING:
    from extractor.lineage import Fate
    from extractor.runner import Runner
    from extractor.schemas import Meeting
    from extractor.store import Workspace
    from extractor.weights import Weights


def settled(workspace: "Workspace", weights: "Weights", *, quiet: bool = False, runner: "Runner | None" = None) -> int:
    """Reconciles what has changed, and tells where known ids changed; returns how many meetings there are."""
    from extractor.lineage import in_words
    from extractor.pipeline import settle

    def told(found: "Mapping[str, Fate]") -> None:
        if line := in_words(found):
            note(line, quiet=quiet)

    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        count = settle(workspace, weights, told, runner)
    for warning in caught:
        note(str(warning.message), quiet=quiet)
    return count


def find(workspace: "Workspace", everything: "Sequence[Meeting]", start: str) -> "Meeting":
    """The one meeting whose id, or the id of whose account, starts like this; or did before: then that is told.

    Raises:
        ConfigurationError: there is none, or more than one.
    """
    by_id = {meeting.id: meeting for meeting in everything}
    if ids := [id_ for id_ in by_id if id_.startswith(start)]:
        return by_id[_one(ids, start)]
    return by_id[(_of_account if start.startswith("a-") else _renamed)(workspace, everything, start)]


def _of_account(workspace: "Workspace", everything: "Sequence[Meeting]", start: str) -> str:
    """The meeting of an account; of one that is no more, the meeting that its article tells of now."""
    from extractor.lineage import fates, members

    holders = {ref.id: meeting.id for meeting in everything for ref in meeting.accounts if ref.id.startswith(start)}
    if holders:
        account = _one(list(holders), start, "account")
        note(f"{account} is an account of {holders[account]}")
        return holders[account]
    earlier = {
        member.account: (id_, member)
        for id_, had in workspace.known_as(start).items()
        for member in had
        if member.account.startswith(start)
    }
    account = _one(list(earlier), start, "account")
    id_, member = earlier[account]
    heir = _left(account, fates({id_: [member]}, members(everything))[id_])
    note(f"{account} is no more, as its article was read anew; the article tells of {heir}")
    return heir


def _renamed(workspace: "Workspace", everything: "Sequence[Meeting]", start: str) -> str:
    """The meeting that had another id before."""
    from extractor.lineage import fates, members

    known, now = workspace.known_as(start), members(everything)
    old = _one(list(known), start)
    heir = _left(old, fates({old: known[old]}, now)[old])
    others = workspace.having([member.account for member in now[heir]])
    note(_told(old, fates({**others, old: known[old]}, now)[old]))
    return heir


def _left(what: str, fate: "Fate") -> str:
    """The meeting that it is now."""
    if fate.heir is None:
        raise ConfigurationError(f"{what} is no more: no article of the workspace tells of it any longer")
    return fate.heir


def _told(old: str, fate: "Fate") -> str:
    """What became of a meeting, in a line: `A is now B; split: 2 of its accounts are in B, 1 in C; joined with D`."""
    parts = [f"{old} is now {fate.heir}"]
    if fate.split:
        (most, heir), *rest = ((count, heir) for heir, count in fate.heirs.items())
        first = f"{most} of its accounts {'is' if most == 1 else 'are'} in {heir}"
        parts.append(f"split: {', '.join([first, *(f'{count} in {other}' for count, other in rest)])}")
    if fate.joined:
        parts.append(f"joined with {', '.join(fate.joined)}")
    return "; ".join(parts)


def _one(found: Sequence[str], start: str, what: str = "meeting") -> str:
    """The one that was found, or the one that is named in full."""
    if len(found) == 1 or start in found:
        return start if start in found else found[0]
    names = ": " + ", ".join(found[:5]) if found else "; `extractor meetings` lists them"
    raise ConfigurationError(f"{f'several {what}s start' if found else f'no {what} starts'} with {start!r}{names}")
