"""Screens: what is shown of an item, of the queue and of the log, as pages.

Every text of an article is escaped, and freed of control characters, by the
environment that the reports use.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from jinja2 import ChoiceLoader, Environment, PackageLoader

from extractor.report import page
from extractor.review import facing
from extractor.review.passages import Passage, differing, paragraphs, sentences
from extractor.review.snapshot import Sheet
from extractor.schemas import AccountRef, Article, Decision, DecisionKind, Evidence, Side

STATIC = Path(__file__).parent / "static"
_HINTS = {
    "date": "EDTF, such as 2031-03-03 or 2031-03",
    "duration": "ISO 8601, such as PT1H30M",
    "country": "ISO 3166-1 alpha-3, such as KEN",
    "participants.represents": "ISO 3166-1 alpha-3, such as KEN, or an acronym",
}
_JUDGED = {
    DecisionKind.SAME: "the same meeting",
    DecisionKind.DIFFERENT: "two meetings",
    DecisionKind.BOTH: "all of them stand",
    DecisionKind.REJECT: "none of them stands",
    DecisionKind.UNSURE: "left open",
}


class Voice(NamedTuple):
    """A side with its source and the sentences in which its words stand.

    `apart` are the side's own words where they do not stand in those.
    """

    side: Side
    source: AccountRef
    sentences: tuple[Passage, ...]
    apart: str | None


class Words(NamedTuple):
    """The paragraphs of an article around all evidence of an item, block by block."""

    label: str
    source: AccountRef
    blocks: tuple[tuple[Passage, ...], ...]


def environment() -> Environment:
    """The templates of these pages, with the pieces and safeguards of the reports'."""
    loader = ChoiceLoader([PackageLoader("extractor.review"), PackageLoader("extractor.report")])
    return page.environment(hints=_HINTS).overlay(loader=loader)


def style() -> str:
    """The style of the reports, and what these pages add."""
    return (Path(page.__file__).parent / "templates" / "report.css").read_text("utf-8") + (
        STATIC / "review.css"
    ).read_text("utf-8")


def in_words(decision: Decision) -> str:
    """What a judgement says: the value that stands, or `two meetings`."""
    return _JUDGED.get(decision.kind) or decision.value or decision.kind


def evidence_of(sheet: Sheet) -> tuple[tuple[AccountRef, tuple[Evidence, ...]], ...]:
    """All evidence of an item by the accounts that it is about, each with the letter that it has on the screen."""
    if sheet.item.question:
        return tuple((one.ref, one.all_evidence) for one in facing.facing(sheet.item.question, sheet.meetings))
    if sheet.item.row is None:
        return ()
    found: dict[str, list[Evidence]] = {}
    for side in sheet.item.row.sides:
        found.setdefault(side.account, []).extend(side.evidence)
    sources = {ref.id: ref for ref in sheet.meetings[0].accounts}
    return tuple((sources[id_], tuple(evidence)) for id_, evidence in found.items())


def of_item(sheet: Sheet, articles: Mapping[str, Article]) -> dict[str, object]:
    """What the screen of an item shows."""
    shown: dict[str, object] = {"sheet": sheet, "item": sheet.item, "context": _context(sheet, articles)}
    item = sheet.item
    if question := item.question:
        apart = [loose for loose, _ in item.partings]
        faced = facing.facing(question, sheet.meetings)
        shown |= {
            "faced": faced,
            "alone": next((one.ref.label for one, its in zip(faced, item.subjects, strict=True) if its in apart), ""),
            "setting": tuple(facing.lines(*faced, facing.SETTING)),
            "matter": tuple(facing.lines(*faced, facing.MATTER)),
            "told": [sentences(articles[one.ref.article], one.evidence) for one in faced],
        }
    elif row := sheet.item.row:
        sources = {ref.id: ref for ref in sheet.meetings[0].accounts}
        shown["voices"] = [_voice(side, sources[side.account], articles) for side in row.sides]
    return shown


def _voice(side: Side, source: AccountRef, articles: Mapping[str, Article]) -> Voice:
    article = articles[source.article]
    differs = differing(side)
    apart = side.text if differs is None else None
    return Voice(side, source, sentences(article, side.evidence, differs or ()), apart)


def _context(sheet: Sheet, articles: Mapping[str, Article]) -> list[Words]:
    return [Words(ref.label, ref, paragraphs(articles[ref.article], evidence)) for ref, evidence in evidence_of(sheet)]
