"""Hard cases of merging (`cases/linking/`): which accounts a careful desk officer would file as one meeting.

A case is a few articles, each telling of one meeting or more; `is` names the
meeting that an account is of. What stands under `all` is told by every account.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
import yaml

from extractor.reconcile import reconcile
from extractor.schemas import Account, Meeting
from tests.accounts import Person, Result, Said, Told, accounts

CASES = Path(__file__).parent / "cases" / "linking"


def cases() -> Iterator[Any]:
    for path in sorted(CASES.glob("*.yaml")):
        for case in yaml.safe_load(path.read_text(encoding="utf-8")):
            yield pytest.param(case, id=f"{path.stem}: {case['case']}")


def told(fields: Mapping[str, Any]) -> Told:
    """One meeting of a draft; people are written as name and party, parties as name or as name and words."""
    found = dict(fields)
    found["parties"] = [tuple(p) if isinstance(p, list) else p for p in found.get("parties", ())]
    found["people"] = [Person(name, party) for name, party in found.get("people", {}).items()]
    found["said"] = [Said(*quote) if isinstance(quote, list) else Said(quote) for quote in found.get("said", ())]
    found["outcomes"] = [Result(text) for text in found.get("outcomes", ())]
    return Told(**found)


def read(case: Mapping[str, Any]) -> list[tuple[str, Account]]:
    """The accounts of a case, each with the name of its meeting."""
    found: list[tuple[str, Account]] = []
    for article in case["articles"]:
        tells = [{**case.get("all", {}), **article.get("all", {}), **one} for one in article["tells"]]
        names = [str(one.pop("is")) for one in tells]
        text, published = article["text"], article.get("published")
        found += zip(names, accounts(text, *map(told, tells), published=published and str(published)), strict=True)
    return found


def grouped(meetings: Sequence[Meeting], names: Mapping[str, str]) -> list[list[str]]:
    """For each meeting the names of its accounts."""
    return sorted(sorted(names[ref.id] for ref in meeting.accounts) for meeting in meetings)


@pytest.mark.parametrize("case", list(cases()))
def test_accounts_are_filed_as_a_desk_officer_would(case: Mapping[str, Any]) -> None:
    known = read(case)
    names = {account.id: name for name, account in known}
    assert len(names) == len(known), "two accounts are one: change a word"
    expected: dict[str, list[str]] = defaultdict(list)
    for name, _ in known:
        expected[name].append(name)
    meetings = reconcile([account for _, account in known])
    assert grouped(meetings, names) == sorted(expected.values()), _reasons(meetings)
    codes = {warning.code.value for warning in chain.from_iterable(meeting.warnings for meeting in meetings)}
    assert codes >= set(case.get("warns", ()))


def _reasons(meetings: Sequence[Meeting]) -> str:
    """Why accounts were joined, for whoever reads the failure."""
    return "; ".join(
        ", ".join(f"{signal.name} {signal.weight:+}" for signal in meeting.why.signals) for meeting in meetings
    )
