"""The pictures of the overview, as numbers."""

from datetime import date

import pytest

from extractor.report import charts
from extractor.schemas import Agreement, Field, Item, Meeting, Status
from tests.report_samples import meeting


def on(day: str | None, *parties: str, topics: tuple[str, ...] = (), ident: str = "m") -> Meeting:
    """A meeting on a day, of these parties, about these topics."""
    return meeting(ident=ident).model_copy(
        update={
            "date": Field(value=day, status=Status.STATED),
            "parties": tuple(Item(value=code, agreement=Agreement.AGREED, claims=()) for code in parties),
            "topics": tuple(Item(value=name, agreement=Agreement.AGREED, claims=()) for name in topics),
        }
    )


def test_a_meeting_stands_on_the_timeline_where_its_date_does() -> None:
    found = charts.timeline([on("2031-01-01"), on("2031-07-02"), on("2031-12-31")])
    assert found
    assert [dot.middle for dot in found.dots] == [2.0, 50.0, 98.0]


def test_a_date_of_less_than_a_day_is_a_line_as_long_as_it_can_mean() -> None:
    found = charts.timeline([on("2031"), on("2031-03")])
    assert found
    assert [(dot.start, dot.end) for dot in found.dots] == [(2.0, 98.0), (17.56, 25.47)]


@pytest.mark.parametrize("day", [None, "XXXX-05", "XXXX-XX-06", "some day"])
def test_a_meeting_whose_year_is_open_is_told_apart(day: str | None) -> None:
    undated = on(day, ident="undated")
    found = charts.timeline([on("2031-03-06"), undated])
    assert found
    assert found.undated == (undated,)
    assert len(found.dots) == 1


def test_without_any_year_there_is_no_timeline() -> None:
    assert charts.timeline([on(None)]) is None


def test_meetings_of_one_day_stand_above_one_another() -> None:
    found = charts.timeline([on("2031-03-06", ident=str(i)) for i in range(3)])
    assert found
    assert (found.lanes, {dot.lane for dot in found.dots}) == (3, {0, 1, 2})


def test_many_meetings_are_counted_and_none_is_lost() -> None:
    found = charts.timeline([on(f"20{30 + i % 20}-03-06") for i in range(charts.DOTS + 1)])
    assert found
    assert found.dots == ()
    assert sum(count for _, count in found.bars) == sum(count for _, count in found.years) == charts.DOTS + 1


@pytest.mark.parametrize(
    ("first", "last", "labels"),
    [
        ("2031-03-06", "2031-03-06", ["2031-03"]),
        ("2031-03-06", "2031-06-30", ["2031-04", "2031-05", "2031-06"]),
        ("2031-03-06", "2034-01-01", ["2031-07", "2032-01", "2032-07", "2033-01", "2033-07", "2034-01"]),
        ("2001-03-06", "2034-01-01", ["2010", "2020", "2030"]),
        ("0001-01-01", "9999-12-31", ["2000", "4000", "6000", "8000"]),
    ],
)
def test_the_axis_has_few_and_round_marks(first: str, last: str, labels: list[str]) -> None:
    axis = charts.Axis(date.fromisoformat(first), date.fromisoformat(last))
    assert [label for _, label in axis.ticks] == labels


def test_who_met_whom_counts_each_pair_at_each_meeting() -> None:
    found = charts.matrix([on(None, "KEN", "UGA", "ETH"), on(None, "UGA", "KEN"), on(None, "TZA")])
    assert found
    assert found.pairs == (("KEN", "UGA", 2), ("KEN", "ETH", 1), ("UGA", "ETH", 1))
    assert found.names["KEN"] == "Kenya"
    assert "TZA" not in found.parties


def test_parties_that_met_least_are_counted_as_left_out() -> None:
    often = [on(None, "KEN", f"P{i:02}") for i in range(charts.PARTIES) for _ in range(2)]
    found = charts.matrix([*often, on(None, "KEN", "RARE")])
    assert found
    assert "RARE" not in found.parties
    assert (len(found.parties), found.left_out) == (charts.PARTIES, 2)


def test_without_two_parties_at_one_table_nobody_met() -> None:
    assert charts.matrix([on(None, "KEN"), on(None)]) is None


def test_topics_are_those_of_most_meetings_and_tell_how_many_have_no_year() -> None:
    told = [on("2031-03-06", topics=("fishing",)), on(None, topics=("fishing", "dams")), on("2032", topics=("dams",))]
    axis, found = charts.topics([*told, on("2033", topics=("dams",))])
    assert axis == charts.Axis(date(2031, 3, 6), date(2033, 12, 31))
    assert [(topic.name, topic.meetings, topic.undated) for topic in found] == [("dams", 3, 1), ("fishing", 2, 1)]
    assert found[0].years == (("2032", 1), ("2033", 1))
