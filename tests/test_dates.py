import json
import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import edtf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.schemas import Reference
from extractor.values import dates

# A phrase, the day of publication (none: nothing to count from), and its date for what has been and what is to come.
CASES: list[dict[str, Any]] = [
    json.loads(line) for line in (Path(__file__).parent / "cases/dates.jsonl").read_text("utf-8").splitlines()
]
FRIDAY = date(2024, 2, 23)


def value(phrase: str, published: date | None = FRIDAY, *, future: bool = False) -> str | None:
    resolved = dates.resolve(phrase, Reference(published=published), future=future)
    return resolved.edtf if resolved else None


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['phrase']} | {case.get('published', 'undated')}")
def test_a_phrase_gives_the_date_that_it_means_or_none(case: dict[str, Any]) -> None:
    published = date.fromisoformat(case["published"]) if "published" in case else None
    found = {tense: value(case["phrase"], published, future=tense == "future") for tense in ("past", "future")}
    assert found == {tense: case[tense] for tense in ("past", "future")}


@pytest.mark.parametrize("case", [case for case in CASES if "published" not in case and case["past"]])
def test_what_is_printed_whole_is_not_relative(case: dict[str, Any]) -> None:
    resolved = dates.resolve(case["phrase"], Reference())
    assert resolved
    assert not resolved.relative
    if "X" not in case["past"]:
        assert value(case["phrase"], FRIDAY) == case["past"]


@pytest.mark.parametrize(
    ("phrase", "edtf_value"),
    [("the 22nd", "2024-XX-22"), ("in July of last year", "2023-07"), ("last year", "2023"), ("in July", "XXXX-07")],
)
def test_a_year_alone_settles_what_it_can(phrase: str, edtf_value: str) -> None:
    resolved = dates.resolve(phrase, Reference(year=2024))
    assert resolved
    assert resolved.edtf == edtf_value


@pytest.mark.parametrize(
    ("phrase", "mismatch"),
    [
        ("Thursday, February 22, 2024", False),
        ("Friday, February 22, 2024", True),
        ("Friday, Feb. 22", True),
        ("Thursday the 22nd", False),
        ("Friday the 22nd", True),
        ("Wednesday and Thursday, Feb. 21-22, 2024", False),
        ("Friday", False),
        ("Friday of last week", False),
        ("Fri, 23 Feb 2024", False),
        ("Thu, 23 Feb 2024", True),
        ("Feb. 22 (Thurs.)", False),
        ("22 February 2024, a Friday", True),
        ("2024-02-22 (Friday)", True),
        ("2024年2月22日(木)", False),
        ("2024年2月22日（金）", True),
        ("2月22日金曜日", True),
        ("2024年2月22日星期四", False),
        ("2024年2月22日星期日", True),
        ("2월 22일(목)", False),
        ("2월 22일 금요일", True),
        ("Wednesday to Friday, 21-23 February", False),
        ("Wednesday to Saturday, 21-23 February", True),
        ("Wednesday, 21 February to Saturday, 23 February 2024", True),
        ("Monday, March 4", False),
        ("Tuesday, March 4", True),
        ("Friday, February 2024", False),
    ],
)
def test_a_weekday_that_contradicts_its_date_is_marked(phrase: str, mismatch: bool) -> None:
    resolved = dates.resolve(phrase, Reference(published=FRIDAY))
    assert resolved
    assert resolved.mismatch is mismatch


MONTHS = ["Jan.", "February", "Mar.", "April", "May", "June", "Jul.", "Aug.", "Sept.", "Oct.", "November", "Dec."]
WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
NUMBER = st.integers(0, 40).map(str)
MONTH = st.sampled_from(MONTHS)
YEAR = st.sampled_from(["", " 2023", ", 2024", " 1899", " last year", " of this year"])
PHRASES = st.one_of(
    st.builds("{} {}{}".format, MONTH, NUMBER, YEAR),
    st.builds("{} {}-{}{}".format, MONTH, NUMBER, NUMBER, YEAR),
    st.builds("{} {} to {} {}{}".format, MONTH, NUMBER, MONTH, NUMBER, YEAR),
    st.builds("{} to {} {}{}".format, NUMBER, NUMBER, MONTH, YEAR),
    st.builds("the {}th and {}th".format, NUMBER, NUMBER),
    st.builds("{}{}".format, MONTH, YEAR),
    st.builds("{}-{}-{}".format, st.integers(1800, 2099), NUMBER, NUMBER),
    st.builds("{}/{}/{}".format, NUMBER, NUMBER, st.integers(1800, 2099)),
    st.builds("{}/{}".format, NUMBER, st.integers(1800, 2099)),
    st.builds("{}-{}".format, st.integers(1800, 2099), NUMBER | st.integers(1800, 2099).map(str)),
    st.builds("{} {}".format, MONTH, st.integers(1000, 2999)),
    st.builds("{}, {} and {} {}".format, NUMBER, NUMBER, NUMBER, MONTH),
    st.builds("{} to {}{}".format, MONTH, MONTH, YEAR),
    st.builds("{}, {} {}".format, st.sampled_from(WEEKDAYS), MONTH, NUMBER),
    st.builds("a week {} {}".format, st.sampled_from(["ago", "from", "on"]), st.sampled_from(WEEKDAYS)),
    st.builds("{}年{}月{}日({})".format, NUMBER, NUMBER, NUMBER, st.sampled_from("月火水木金土日")),
    st.builds("{} {}".format, st.sampled_from(["last", "this", "next", "on"]), st.sampled_from([*WEEKDAYS, *MONTHS])),
    st.builds("{} {} week".format, st.sampled_from(WEEKDAYS), st.sampled_from(["last", "this", "next"])),
    st.builds("{} and {}".format, st.sampled_from(WEEKDAYS), st.sampled_from(WEEKDAYS)),
    st.builds(
        "{} {} {}".format, st.sampled_from(["last", "this", "in the"]), st.sampled_from(["spring", "winter"]), YEAR
    ),
    st.builds("{} {}s ago".format, NUMBER, st.sampled_from(["day", "week", "fortnight", "month", "year"])),
    st.builds("in {} {}s".format, NUMBER, st.sampled_from(["day", "week", "fortnight", "month", "year"])),
    st.builds("{} {}".format, st.sampled_from(["last", "next"]), st.sampled_from(["weekend", "month", "year"])),
    st.text(),
)
REFERENCES = st.builds(Reference, published=st.none() | st.dates(), year=st.none() | st.integers(1800, 2099))


@given(PHRASES, REFERENCES, st.booleans())
def test_every_value_is_edtf(phrase: str, reference: Reference, future: bool) -> None:
    resolved = dates.resolve(phrase, reference, future=future)
    if resolved:
        assert str(edtf.parse_edtf(resolved.edtf)) == resolved.edtf
        # It is a date of some calendar: XXXX-02-30 would be none. A season is read as its year.
        assert "/".join(map(str, dates.parse(resolved.edtf))) == re.sub(r"^(\d{4})-2[1-4]$", r"\1", resolved.edtf)
        first, last = dates.bounds(resolved.edtf) or (date.min, date.max)
        assert first <= last
        assert resolved.relative <= bool(reference.published or reference.year)


@given(st.sampled_from(WEEKDAYS), st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_a_weekday_of_the_past_is_within_a_week_and_is_that_weekday(weekday: str, published: date) -> None:
    day = date.fromisoformat(value(weekday, published) or "")
    assert timedelta(0) <= published - day < timedelta(7)
    assert f"{day:%A}" == weekday


@given(st.integers(1, 31), st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_a_day_of_the_month_lies_at_most_two_months_back(day: int, published: date) -> None:
    found = date.fromisoformat(value(f"on the {day}th", published) or "")
    assert found.day == day
    assert timedelta(-1) <= published - found <= timedelta(62)


UNKNOWN_YEAR = st.dates().map(lambda day: f"XXXX-{day:%m-%d}")
VALUES = st.one_of(
    st.dates().map(str),
    st.dates().map(lambda day: str(day)[:7]),
    st.dates().map(lambda day: str(day)[:4]),
    UNKNOWN_YEAR,
    st.integers(1, 12).map("XXXX-{:02}".format),
    st.integers(1, 31).map("2024-XX-{:02}".format),
    st.integers(1, 31).map("XXXX-XX-{:02}".format),
    st.builds("{}/{}".format, UNKNOWN_YEAR, UNKNOWN_YEAR),
    st.tuples(st.dates(), st.dates()).map(lambda days: "/".join(map(str, sorted(days)))),
    st.sampled_from(
        [
            "XXXX",
            "2024-02-21/2024-02-23",
            "XXXX-12-30/XXXX-01-02",
            "2022-05/2022-07",
            "2019/2021",
            "2024-21",
            "2024-02-22~",
        ]
    ),
)


@given(VALUES, VALUES)
def test_compatible_is_symmetric_and_reflexive(left: str, right: str) -> None:
    assert dates.compatible(left, right) == dates.compatible(right, left)
    assert dates.compatible(left, left)


@pytest.mark.parametrize(
    ("left", "right", "fits"),
    [
        ("2024-02-22", "2024-02", True),
        ("2024-02-22", "2024-XX-22", True),
        ("2024-02-22", "XXXX-02", True),
        ("2024-02-22", "XXXX-XX-22", True),
        ("2024-02-22", "2024", True),
        ("2024-02-22", "XXXX", True),
        ("2024-02-22", "2024-02-23", False),
        ("2024-02-22", "2024-XX-23", False),
        ("2024-02-22", "2023", False),
        ("XXXX-02-29", "2023", False),
        ("XXXX-02-29", "2024", True),
        ("XXXX-XX-31", "XXXX-02", False),
        ("2024-02-21/2024-02-23", "2024-02-22", True),
        ("2024-02-21/2024-02-23", "2024-02-24", False),
        ("2024-02-21/2024-02-23", "XXXX-02-22", True),
        ("2024-02-21/2024-02-23", "XXXX-02-24", False),
        ("2024-02-21/2024-02-23", "2024-XX-24", False),
        ("XXXX-12-30/XXXX-01-02", "2024-01-01", True),
        ("2024-21", "2024-04", True),
        ("2024-21", "2024-10", True),
        ("2024-21", "2023-04-05", False),
        ("XXXX-12-30/XXXX-01-02", "XXXX-06", False),
        ("2023-12-30/2024-01-02", "2024-01", True),
    ],
)
def test_two_values_fit_where_a_day_fits_both(left: str, right: str, fits: bool) -> None:
    assert dates.compatible(left, right) is fits


@pytest.mark.parametrize(
    ("edtf_value", "first", "last"),
    [
        ("2024-02-22", "2024-02-22", "2024-02-22"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2023", "2023-01-01", "2023-12-31"),
        ("2024-XX-30", "2024-01-30", "2024-12-30"),
        ("2023-12-30/2024-01-02", "2023-12-30", "2024-01-02"),
        ("2024-02/2024-04", "2024-02-01", "2024-04-30"),
    ],
)
def test_bounds_are_the_first_and_the_last_day_meant(edtf_value: str, first: str, last: str) -> None:
    assert dates.bounds(edtf_value) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize("edtf_value", ["XXXX-02-22", "XXXX", "XXXX-12-30/XXXX-01-02"])
def test_without_a_year_there_are_no_bounds(edtf_value: str) -> None:
    assert dates.bounds(edtf_value) is None


@pytest.mark.parametrize(
    "words",
    ["last May", "", "2024-25", "2024-13", "2024-2-22", "2024-02-30", "XXXX-02-30", "0000-01-01", "2024/..", "a/b/c"],
)
def test_what_is_no_date_of_the_subset_is_refused(words: str) -> None:
    with pytest.raises(ValueError, match=r"is no date in EDTF|no calendar has that day"):
        dates.parse(words)


@pytest.mark.parametrize(
    ("edtf_value", "known"),
    [
        ("2024-02-22", 3),
        ("2024-02", 2),
        ("2024-XX-22", 2),
        ("2024", 1),
        ("2024-21", 1),
        ("XXXX-09", 1),
        ("XXXX", 0),
        ("2024-02-21/2024-02-22", 2),
        ("XXXX-02-21/XXXX-02-22", 2),
    ],
)
def test_precision_counts_the_parts_that_are_known(edtf_value: str, known: int) -> None:
    assert dates.precision(edtf_value) == known


@given(st.dates(), st.dates())
def test_days_apart_counts_between_full_dates(left: date, right: date) -> None:
    assert dates.days_apart(str(left), str(right)) == abs((left - right).days)


@pytest.mark.parametrize("edtf_value", ["2024-02", "XXXX-02-22", "2024-XX-22", "2024-02-21/2024-02-22"])
def test_days_apart_needs_two_full_dates(edtf_value: str) -> None:
    assert dates.days_apart(edtf_value, "2024-02-23") is None
    assert dates.days_apart("2024-02-23", edtf_value) is None
