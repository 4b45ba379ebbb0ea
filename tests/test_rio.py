"""The pair from Rio: what a perfect merge of two countries' accounts shows, one test an item.

A is the Japanese account, B the Korean one in machine translation.
"""

import re
from collections.abc import Iterator

import pytest

from extractor.diff import diff
from extractor.schemas import Meeting, MeetingDiff, Row, Run, Section, WarningCode

BLINKEN_ON_ALLIES = "ooperation and coordination with our closest allies are more important than ever"


@pytest.fixture(scope="module")
def rio(seeds_run: Run) -> Meeting:
    """The one meeting that two of the seed articles report."""
    (meeting,) = [m for m in seeds_run.meetings if len(m.accounts) > 1]
    return meeting


@pytest.fixture(scope="module")
def report(rio: Meeting, seeds_run: Run) -> MeetingDiff:
    return diff(rio, seeds_run.meetings)


def rows(report: MeetingDiff, section: Section, field: str) -> Iterator[Row]:
    return (row for row in report.section(section) if row.field == field)


def one(report: MeetingDiff, section: Section, field: str, *words: str) -> Row:
    """The only row of a section that has these words among its values and texts."""
    found = [
        row
        for row in rows(report, section, field)
        if all(
            word in " / ".join([str(row.value), row.title, *(f"{s.value} {s.text}" for s in row.sides)])
            for word in words
        )
    ]
    assert len(found) == 1, f"{len(found)} rows of {field} with {words} in {section}"
    return found[0]


def labels(row: Row) -> set[str]:
    return {side.label for side in row.sides}


def text(row: Row, label: str) -> str:
    return " ".join(side.text for side in row.sides if side.label == label)


def test_the_japanese_account_is_a_and_the_korean_b(rio: Meeting) -> None:
    assert [(a.label, a.source[:3]) for a in rio.accounts] == [("A", "000"), ("B", "001")]


class TestAgreed:
    @pytest.mark.parametrize(
        ("field", "value"),
        [
            pytest.param("occurrence", "held", id="it was held"),
            pytest.param("configuration", "trilateral", id="it was trilateral"),
            pytest.param("level", "ministers", id="foreign ministers met"),
            pytest.param("city", "Rio de Janeiro", id="in Rio de Janeiro"),
        ],
    )
    def test_both_say(self, report: MeetingDiff, field: str, value: str) -> None:
        row = one(report, Section.AGREED, field)
        assert row.value == value
        assert labels(row) == {"A", "B"}

    def test_the_level_is_that_of_foreign_ministers(self, report: MeetingDiff) -> None:
        assert {s.text for s in one(report, Section.AGREED, "level").sides} == {"Foreign Minister"}

    def test_three_principals_took_part(self, report: MeetingDiff, rio: Meeting) -> None:
        row = one(report, Section.AGREED, "participants")
        assert row.value == "Yoko Kamikawa, Antony Blinken, Cho Tae-yul"
        assert {p.role for p in rio.participants} == {"principal"}
        assert [p.represents.value for p in rio.participants] == ["JPN", "USA", "KOR"]

    def test_it_stood_beside_the_g20_foreign_ministers_meeting(self, report: MeetingDiff) -> None:
        row = one(report, Section.AGREED, "host_event")
        assert row.value == "G20 foreign ministers meeting"
        assert labels(row) == {"A", "B"}

    @pytest.mark.parametrize("topic", ["North Korea", "North Korea–Russia cooperation", "China"])
    def test_both_name_the_topic(self, report: MeetingDiff, topic: str) -> None:
        row = next(row for row in rows(report, Section.AGREED, "topics") if row.value == topic)
        assert labels(row) == {"A", "B"}

    def test_blinken_on_allies_is_the_same_in_both(self, report: MeetingDiff) -> None:
        row = one(report, Section.AGREED, "statements", "Blinken", BLINKEN_ON_ALLIES)
        assert labels(row) == {"A", "B"}


class TestCompatible:
    def test_thursday_before_the_dateline_and_the_22nd_are_one_date(self, report: MeetingDiff, rio: Meeting) -> None:
        row = one(report, Section.COMPATIBLE, "date")
        assert row.value == rio.date.value == "2024-02-22"
        assert {s.label: (s.value, s.text) for s in row.sides} == {
            "A": ("2024-02-22", "on Thursday"),
            "B": ("2024-XX-22", "on the 22nd (local time)"),
        }

    def test_the_date_of_a_is_derived_from_its_dateline(self, rio: Meeting) -> None:
        claim = next(c for c in rio.claims if c.id == rio.date.claims[0])
        assert claim.derivation
        assert claim.derivation.rule == "weekday before publication"
        assert [e.exact for e in claim.derivation.evidence] == ["February 23, 2024"]

    def test_the_year_of_b_follows_from_the_anniversary(self, rio: Meeting) -> None:
        claim = next(c for c in rio.claims if c.id == rio.date.claims[1])
        assert claim.derivation
        (evidence,) = claim.derivation.evidence
        assert "30th anniversary" in evidence.exact
        assert evidence.exact.endswith("1994")

    @pytest.mark.parametrize(("a", "b"), [("Cho Tae-yul", "Cho Tae-yeol"), ("Antony Blinken", "Tony Blinken")])
    def test_one_person_in_two_spellings(self, report: MeetingDiff, a: str, b: str) -> None:
        row = one(report, Section.COMPATIBLE, "participants", a, b)
        assert (text(row, "A"), text(row, "B")) == (a, b)
        assert row.links == ("participants",)

    def test_korea_is_south_korea(self, report: MeetingDiff) -> None:
        row = one(report, Section.COMPATIBLE, "parties", "KOR")
        assert (text(row, "A"), text(row, "B")) == ("South Korean", "Korea")


class TestOnlyA:
    def test_it_lasted_about_one_hour(self, report: MeetingDiff) -> None:
        row = one(report, Section.ONLY, "duration")
        assert (row.value, text(row, "A"), labels(row)) == ("PT1H", "about one hour", {"A"})

    def test_kamikawa_was_seriously_concerned(self, report: MeetingDiff) -> None:
        assert labels(one(report, Section.ONLY, "statements", "Kamikawa", "seriously concerned")) == {"A"}

    def test_deterrence_and_capabilities(self, report: MeetingDiff) -> None:
        row = one(report, Section.ONLY, "topics", "deterrence")
        assert (text(row, "A"), labels(row)) == ("deterrence and capabilities", {"A"})


class TestOnlyB:
    def test_brazil_which_a_only_implies(self, report: MeetingDiff) -> None:
        row = one(report, Section.ONLY, "country")
        assert (row.value, text(row, "B"), labels(row)) == ("BRA", "Brazil", {"B"})
        assert "A: inferred" in str(row.note)

    @pytest.mark.parametrize(
        "words",
        [
            pytest.param("Foreign Ministers’ Meeting this year", id="first this year"),
            pytest.param("since Minister Cho took office", id="first since Cho took office"),
            pytest.param("held in South America", id="first in South America"),
        ],
    )
    def test_what_sets_it_apart(self, report: MeetingDiff, words: str) -> None:
        assert labels(one(report, Section.ONLY, "distinctions", words)) == {"B"}

    @pytest.mark.parametrize(
        ("speaker", "words"),
        [
            pytest.param("Blinken", "Since the Camp David Summit", id="Blinken on Camp David"),
            pytest.param("Blinken", "the sharing of missile information", id="Blinken on missile data"),
            pytest.param("Blinken", "promise to quickly consult with each other", id="Blinken on consultation"),
            pytest.param("Cho", "30th anniversary", id="Cho on the anniversary"),
            pytest.param("Cho", "meeting held in South America", id="Cho on South America"),
            pytest.param("Kamikawa", "Russia’s invasion of Ukraine", id="Kamikawa on Ukraine"),
            pytest.param("Kamikawa", "Our strategic cooperation", id="Kamikawa on strategic cooperation"),
            pytest.param("State Department", "the importance of establishing close cooperation", id="the readout"),
            pytest.param("State Department", "stability in the Taiwan Strait", id="the Taiwan Strait"),
            pytest.param("State Department", "the ongoing conflict in Gaza", id="Gaza"),
        ],
    )
    def test_what_was_said(self, report: MeetingDiff, speaker: str, words: str) -> None:
        row = one(report, Section.ONLY, "statements", words)
        assert labels(row) == {"B"}
        assert speaker in row.title


class TestToDecide:
    def test_assertive_or_aggressive(self, report: MeetingDiff) -> None:
        row = one(report, Section.TO_DECIDE, "statements", "assertive", "aggressive")
        assert {s.label: s.value for s in row.sides} == {"A": "indirect", "B": "direct"}

    def test_one_sentence_of_b_covers_a_paraphrase_and_a_quote_of_a(self, report: MeetingDiff) -> None:
        differing = one(report, Section.TO_DECIDE, "statements", "assertive", "aggressive")
        same = one(report, Section.AGREED, "statements", BLINKEN_ON_ALLIES)
        wholes = {side.whole for row in (differing, same) for side in row.sides if side.label == "B"}
        assert len(wholes) == 1
        assert same.id in differing.links
        assert differing.id in same.links

    def test_confirming_or_decided(self, report: MeetingDiff) -> None:
        row = one(report, Section.TO_DECIDE, "outcomes", "strengthen")
        assert {s.label: s.value.split()[0] for s in row.sides} == {"A": "confirming", "B": "decided"}

    def test_two_renderings_of_the_international_order_stay_two(self, report: MeetingDiff) -> None:
        row = one(report, Section.TO_DECIDE, "statements", "order")
        assert "based on the rule of law" in text(row, "A")
        assert "world order based on law" in text(row, "B")

    def test_the_words_that_differ_are_marked(self, report: MeetingDiff) -> None:
        row = one(report, Section.TO_DECIDE, "statements", "order")
        marked = {s.label: [s.text[start:end] for start, end in s.marks] for s in row.sides}
        assert marked == {"A": ["international", "the rule of", "now"], "B": ["world"]}

    def test_the_two_hopes_of_cho_are_linked_as_possibly_one(self, report: MeetingDiff, rio: Meeting) -> None:
        row = one(report, Section.TO_DECIDE, "statements", "an even stronger", "fruitful and meaningful discussion")
        assert next(s for s in rio.statements if s.id == row.id).possible

    def test_advanced_economies_or_major_countries(self, report: MeetingDiff) -> None:
        row = one(report, Section.TO_DECIDE, "host_event")
        assert "advanced economies / 20 major countries" in str(row.note)
        assert row.links == ("host_event",)

    @pytest.mark.parametrize(
        ("words", "labels_"),
        [
            pytest.param("aggressive", {"A", "B"}, id="the paraphrase and what it paraphrases"),
            pytest.param("closest allies", {"A", "B"}, id="the quote that both have"),
        ],
    )
    def test_side_by_side_two_of_a_stand_beside_one_sentence_of_b(
        self, report: MeetingDiff, words: str, labels_: set[str]
    ) -> None:
        (one_,) = [a for a in report.statements if any(s.label == "B" and words in s.text for s in a.sides)]
        assert [side.label for side in one_.sides] == ["A", "A", "B"]
        assert one_.sides[2].rows == (*one_.sides[0].rows, *one_.sides[1].rows)
        assert {side.label for side in one_.sides} == labels_

    def test_nothing_else_waits_for_a_person(self, report: MeetingDiff) -> None:
        assert len(report.section(Section.TO_DECIDE)) == 5


class TestStatementsSideBySide:
    def test_each_statement_stands_there_once(self, report: MeetingDiff, rio: Meeting) -> None:
        shown = [id_ for one_ in report.statements for id_ in dict.fromkeys(i for s in one_.sides for i in s.rows)]
        assert sorted(shown) == sorted(statement.id for statement in rio.statements)

    @pytest.mark.parametrize("label", ["A", "B"])
    def test_they_stand_in_the_order_of_the_text(self, report: MeetingDiff, rio: Meeting, label: str) -> None:
        starts = {r.text: r.evidence[0].start for s in rio.statements for r in s.renderings}
        told = [
            next(start for text, start in starts.items() if text in side.text)
            for one_ in report.statements
            for side in one_.sides
            if side.label == label
        ]
        leading = told if label == "A" else told[:5]  # the order of A goes before that of B
        assert leading == sorted(leading, key=lambda start: start or 0)


class TestWarnings:
    @pytest.mark.parametrize(
        ("code", "label", "words"),
        [
            pytest.param(WarningCode.UNBALANCED_QUOTES, "B", "do not pair", id="unbalanced quotation marks"),
            pytest.param(WarningCode.BROKEN_QUOTATION, "B", "I protected it", id="I protected it"),
            pytest.param(WarningCode.PRONOUN_MISMATCH, "B", "Yoko Kamikawa", id="he said of Kamikawa"),
            pytest.param(WarningCode.PRONOUN_OF_ORGANISATION, "B", "he said", id="he said of a press release"),
            pytest.param(WarningCode.DATELINE_ELSEWHERE, "B", "Washington", id="the Washington byline"),
        ],
    )
    def test_warns(self, report: MeetingDiff, code: WarningCode, label: str, words: str) -> None:
        found = [row for row in rows(report, Section.WARNINGS, code.value) if words in f"{row.note}"]
        assert any(label in labels(row) for row in found)

    def test_nothing_is_ungrounded(self, report: MeetingDiff) -> None:
        assert not report.section(Section.UNGROUNDED)


class TestBackground:
    @pytest.mark.parametrize(("place", "date"), [("Camp David", "2023-08"), (None, "1994")])
    def test_the_summits_that_b_recalls(self, seeds_run: Run, place: str | None, date: str) -> None:
        (meeting,) = [m for m in seeds_run.meetings if m.date.value == date]
        assert (meeting.role, meeting.level.value, meeting.place.value) == ("background", "leaders", place)

    def test_they_are_listed_with_the_pair(self, report: MeetingDiff) -> None:
        titles = [row.title for row in report.section(Section.BACKGROUND)]
        assert titles == ["Trilateral leaders’ meeting, 1994", "Trilateral leaders’ meeting, Camp David, 2023-08"]


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("Takaichi", id="the sidebar of popular articles"),
        pytest.param("ACCESS RANKING", id="the ranking"),
        pytest.param("No menu items", id="the menu"),
        pytest.param("Advertisement", id="advertisements"),
        pytest.param("Share This Post", id="share buttons"),
        pytest.param("such as close contact with Russia", id="the digest under the headline"),
    ],
)
def test_nothing_is_taken_from(rio: Meeting, words: str) -> None:
    assert not any(words in evidence.exact for claim in rio.claims for evidence in claim.evidence)


def test_every_row_that_is_linked_exists(report: MeetingDiff) -> None:
    ids = [row.id for row in report.rows]
    assert len(ids) == len(set(ids))
    assert {link for row in report.rows for link in row.links} <= set(ids)
    assert all(re.fullmatch(r"[\w-]+", id_) for id_ in ids)
