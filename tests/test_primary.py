"""A primary source is marked as such, and leads where accounts differ; nothing that others say is lost."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.console import console
from extractor.diff import diff
from extractor.errors import UnreadableError
from extractor.merging.merge import merge_distinctions, merge_field, merge_participants
from extractor.pipeline import run
from extractor.read import merge, read, read_text
from extractor.reconcile import reconcile
from extractor.report import render_html, render_markdown, terminal, words
from extractor.schemas import Account, Agreement, Article, Meeting
from extractor.settings import Settings
from extractor.store import Workspace
from tests.accounts import Person, Told, account, account_lists

WORDS = "The foreign ministers of Kenya and Norway met in Oslo on Friday.\n"

# Marked


@pytest.mark.parametrize(
    ("front", "expected"),
    [("primary: true", True), ("Primary: True", True), ("primary: false", False), ("url: u", False)],
)
def test_front_matter_marks_a_primary_source(front: str, expected: bool) -> None:
    assert read_text(f"---\n{front}\n---\n{WORDS}").primary is expected


@pytest.mark.parametrize("said", [True, "true"])
def test_a_manifest_marks_its_file_and_front_matter_outranks_it(tmp_path: Path, said: object) -> None:
    (tmp_path / "a.txt").write_text(WORDS)
    (tmp_path / "b.txt").write_text(f"---\nprimary: false\n---\n{WORDS}")
    rows = (json.dumps({"file": name, "primary": said}) for name in ("a.txt", "b.txt"))
    (tmp_path / "manifest.jsonl").write_text("\n".join(rows))
    assert [one.primary for one in read(tmp_path) if isinstance(one, Article)] == [True, False]


def test_a_line_of_an_archive_marks_its_article_and_outranks_the_manifest(tmp_path: Path) -> None:
    rows = [{"text": "One."}, {"text": "Two.", "primary": False}, {"text": "Three.", "primary": None}]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, rows)))
    (tmp_path / "manifest.jsonl").write_text('{"file": "a.jsonl", "primary": true}')
    assert [one.primary for one in read(tmp_path) if isinstance(one, Article)] == [True, False, True]


@pytest.mark.parametrize("said", ["yes", "1", "official"])
def test_a_mark_that_is_neither_true_nor_false_is_an_error_with_its_mend(said: str) -> None:
    with pytest.raises(UnreadableError, match=f"^`primary` is '{said}': write it as true or false$"):
        read_text(f"---\nprimary: {said}\n---\n{WORDS}")


def test_a_text_is_primary_where_one_place_says_so_until_that_is_taken_back() -> None:
    marked, plain = (read_text(WORDS, path=name, row={"primary": name == "a.txt"}) for name in ("a.txt", "b.txt"))
    assert merge(plain, marked).primary
    assert not merge(marked, read_text(WORDS, path="a.txt")).primary


def test_the_workspace_keeps_the_mark(tmp_path: Path) -> None:
    marked = read_text(WORDS, path="a.txt", row={"primary": True})
    with Workspace.open(tmp_path / "w.db") as workspace:
        workspace.save_article(marked)
        assert list(workspace.articles()) == [marked]
        workspace.save_article(read_text(WORDS, path="a.txt"))
        assert not workspace.article(marked.id).primary


# Leads

TEXT = (
    "They met in Oslo, in Bergen, on March 3, 2031, on March 4, 2031, on March 9, 2031, in March 2031, for two hours, "
    "for 90 minutes. Achieng Otieno, Achieng Wambui Otieno, Otieno. Foreign Minister, Minister of Trade. "
    "It was the first this year, their first meeting this year."
)


def told(label: str, *, primary: bool = False, published: str | None = None, **fields: Any) -> Account:
    made = account(f"{TEXT} ({label})", Told(**fields), published=published)
    return made.model_copy(update={"primary": primary})


def official(label: str, **fields: Any) -> Account:
    return told(label, primary=True, **fields)


LEADS = "the primary source leads"


@pytest.mark.parametrize(
    ("field", "primary", "others", "expected"),
    [
        ("city", ("Bergen",), ("Oslo", "Oslo"), ("Bergen", "conflict", LEADS)),
        ("duration", ("90 minutes",), ("two hours",) * 3, ("PT1H30M", "conflict", LEADS)),
        ("date", ("March 4, 2031",), ("March 3, 2031",) * 2, ("2031-03-04", "compatible", LEADS)),
        (
            "date",
            ("in March 2031",),
            ("March 3, 2031",),
            ("2031-03-03", "compatible", "the primary source leads, as told more closely by another"),
        ),
        ("date", ("in March 2031",), ("March 3, 2031", "March 9, 2031"), ("2031-03", "conflict", LEADS)),
        ("city", ("Oslo",), ("Oslo",), ("Oslo", "agreed", None)),
        ("city", (None,), ("Oslo", "Bergen", "Bergen"), ("Bergen", "conflict", "most origins, then the first account")),
        ("city", ("Lisbon",), ("Oslo",), ("Oslo", "single", None)),
        (
            "city",
            ("Oslo", "Bergen"),
            ("Bergen", "Bergen"),
            ("Bergen", "conflict", "the primary sources lead; of these, most origins"),
        ),
        ("city", ("Oslo", "Oslo"), ("Bergen",) * 3, ("Oslo", "conflict", LEADS)),
    ],
    ids=[
        "against many",
        "a duration",
        "a day apart",
        "told more closely",
        "told more closely in two ways",
        "agreed",
        "a silent one",
        "words that stand nowhere",
        "two that differ",
        "two that agree",
    ],
)
def test_a_primary_source_leads_and_the_agreement_stays_as_it_is(
    field: str, primary: tuple[str | None, ...], others: tuple[str, ...], expected: tuple[str, str, str | None]
) -> None:
    said: list[dict[str, Any]] = [{field: value} if value else {} for value in primary]
    first = [official(f"p{i}", **fields) for i, fields in enumerate(said)]
    rest = [told(f"o{i}", **dict[str, Any]({field: value})) for i, value in enumerate(others)]
    found = merge_field([*first, *rest], field)
    assert (found.value, found.agreement, found.rule) == expected
    plain = [one.model_copy(update={"primary": False}) for one in (*first, *rest)]
    assert merge_field(plain, field).agreement == found.agreement
    assert set(found.claims) == {claim.id for one in plain for claim in one.of(field)}


OTIENO = "Achieng Otieno"


@pytest.mark.parametrize(
    ("printed", "expected"), [(OTIENO, OTIENO), ("Otieno", "Achieng Wambui Otieno")], ids=["a name", "a surname"]
)
def test_a_person_goes_by_the_name_of_the_primary_source_unless_it_is_a_surname_alone(
    printed: str, expected: str
) -> None:
    other = Person("Achieng Wambui Otieno", "Kenya", "Foreign Minister")
    accounts = [official("p", people=[Person(printed, "Kenya", "Minister of Trade")]), told("o", people=[other] * 2)]
    (person,) = merge_participants(accounts)
    assert person.name == expected
    assert set(person.names) == {printed, "Achieng Wambui Otieno"}
    assert (person.office.value, person.office.agreement) == ("Minister of Trade", Agreement.CONFLICT)


def test_a_distinction_stands_in_the_words_of_the_primary_source() -> None:
    accounts = [
        official("p", distinctions=["the first this year"]),
        told("o", distinctions=["their first meeting this year"]),
    ]
    (found,) = merge_distinctions(accounts)
    assert (found.value, found.agreement) == ("the first this year", Agreement.COMPATIBLE)


# In a meeting

FIELDS = ("level", "format", "date", "time_text", "duration", "place", "venue", "city", "country", "host_event")


@settings(max_examples=30)
@given(told=account_lists(), data=st.data())
def test_to_mark_sources_moves_no_account_and_loses_no_claim_and_decides_no_difference(
    told: list[Account], data: st.DataObject
) -> None:
    chosen = data.draw(st.sets(st.sampled_from([one.article for one in told]))) if told else set()
    marked = [one.model_copy(update={"primary": one.article in chosen and one.role == "reported"}) for one in told]
    pairs = zip(by_members(reconcile(told)), by_members(reconcile(marked)), strict=True)
    for plain, led in pairs:
        assert {ref.id for ref in plain.accounts} == {ref.id for ref in led.accounts}
        assert {claim.id for claim in plain.claims} == {claim.id for claim in led.claims}
        for name in FIELDS:
            assert getattr(plain, name).agreement == getattr(led, name).agreement
        assert plain.role == led.role
        refs = [ref.primary for ref in led.accounts]
        assert refs == sorted(refs, reverse=True)


def by_members(meetings: Sequence[Meeting]) -> list[Meeting]:
    """The meetings in the order of their accounts' ids."""
    return sorted(meetings, key=lambda meeting: sorted(ref.id for ref in meeting.accounts))


MONDAY = "Kenyan Minister Achieng Otieno met Norwegian Minister Ingrid Solberg in Oslo on Monday for two hours."
READOUT = "Minister Otieno of Kenya and Minister Solberg of Norway met in Oslo on March 3, 2031, for 90 minutes."
TOLD = Told(date="on Monday", city="Oslo", duration="two hours", parties=(("Kenya", "Kenyan"), ("Norway", "Norwegian")))
OFFICIAL = replace(TOLD, date="March 3, 2031", duration="90 minutes", parties=("Kenya", "Norway"))


def readout(told: Told = OFFICIAL) -> Account:
    """The later of the two accounts, from an article that is marked."""
    one = account(READOUT, told, published="2031-03-05")
    return one.model_copy(update={"primary": one.role == "reported"})


def test_the_primary_source_is_a_and_what_differs_stays_to_decide() -> None:
    press = account(MONDAY, TOLD, published="2031-03-03")
    (meeting,) = reconcile([press, readout()])
    assert [(ref.label, ref.primary, ref.published) for ref in meeting.accounts] == [
        ("A", True, "2031-03-05"),
        ("B", False, "2031-03-03"),
    ]
    assert (meeting.duration.value, meeting.duration.agreement) == ("PT1H30M", Agreement.CONFLICT)
    assert {c.value for c in meeting.claims if c.field == "duration"} == {"PT1H30M", "PT2H"}


def test_every_report_says_which_account_is_primary() -> None:
    (meeting,) = reconcile([account(MONDAY, TOLD, published="2031-03-03"), readout()])
    one = diff(meeting)
    assert words.published(meeting.accounts[0], meeting.accounts) == "published 2031-03-05; primary source"
    for page in (render_markdown([meeting], [one]), render_html([meeting], [one])):
        assert page.count("; primary source") == 1
    for view in (terminal.diff_view(one), terminal.meeting_view(meeting)):
        screen = console(width=80)
        with screen.capture() as capture:
            screen.print(view)
        assert "published 2031-03-05; primary source" in capture.get()


def test_a_primary_source_leads_on_what_it_reports_and_not_on_what_it_recalls(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "---\nprimary: true\npublished: 2031-03-04\n---\n"
        "Kenyan Foreign Minister Achieng Otieno met Norwegian Foreign Minister Ingrid Solberg in Oslo on Monday.\n"
        "The two ministers last met in Nairobi in January.\n"
    )
    found = run([tmp_path], Settings()).meetings
    assert {ref.role: ref.primary for meeting in found for ref in meeting.accounts} == {
        "reported": True,
        "background": False,
    }
