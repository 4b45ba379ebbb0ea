from datetime import date, timedelta

import edtf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.schemas import Reference
from extractor.values import dates

# The reference day of the cases: a Friday.
FRIDAY = date(2024, 2, 23)


def value(phrase: str, published: date | None = FRIDAY, *, future: bool = False) -> str | None:
    resolved = dates.resolve(phrase, Reference(published=published), future=future)
    return resolved.edtf if resolved else None


@pytest.mark.parametrize(
    ("phrase", "edtf_value"),
    [
        ("2024-02-22", "2024-02-22"),
        ("2024/2/22", "2024-02-22"),
        ("2024-02-22T09:30:00Z", "2024-02-22"),
        ("22.02.2024", "2024-02-22"),
        ("2024年2月22日", "2024-02-22"),
        ("2월 22일", "XXXX-02-22"),
        ("February 22, 2024", "2024-02-22"),
        ("FEB. 22, 2024", "2024-02-22"),
        ("22nd of February 2024", "2024-02-22"),
        ("Sept. 5th, 2023", "2023-09-05"),
        ("Thursday, 22 February, 2024", "2024-02-22"),
        ("Feb. 22", "XXXX-02-22"),
        ("February 21–22, 2024", "2024-02-21/2024-02-22"),
        ("21 and 22 February 2024", "2024-02-21/2024-02-22"),
        ("Feb. 21-22", "XXXX-02-21/XXXX-02-22"),
        ("28 February to 2 March 2024", "2024-02-28/2024-03-02"),
        ("Dec. 30-Jan. 2, 2025", "2024-12-30/2025-01-02"),
        ("Dec. 30 to Jan. 2", "XXXX-12-30/XXXX-01-02"),
        ("in August 2023", "2023-08"),
        ("August of 2023", "2023-08"),
        ("in May", "XXXX-05"),
        ("mid-July", "XXXX-07"),
        ("late 2023", "2023"),
        ("on the 22nd (local time)", "XXXX-XX-22"),
        ("the 21st and 22nd", "XXXX-XX-21/XXXX-XX-22"),
        ("22日", "XXXX-XX-22"),
    ],
)
def test_what_is_printed_is_written_and_what_is_not_stays_open(phrase: str, edtf_value: str) -> None:
    assert value(phrase, None) == edtf_value


@pytest.mark.parametrize(
    "phrase",
    [
        "Friday",
        "last Friday",
        "today",
        "yesterday",
        "last month",
        "earlier this week",
        "they may meet",
        "protesters march",
        "an august assembly",
        "the 30th anniversary",
        "the 22nd round",
        "the 1990s",
        "February 30, 2024",
        "Feb. 30",
        "30 February",
        "2023-02-29",
        "the 32nd",
        "Ruiz met Diallo",
        "",
    ],
)
def test_without_a_day_of_publication_nothing_is_guessed_and_no_day_is_made_up(phrase: str) -> None:
    assert value(phrase, None) is None


@pytest.mark.parametrize(
    ("phrase", "edtf_value"),
    [
        ("Friday", "2024-02-23"),
        ("on Thursday", "2024-02-22"),
        ("Saturday", "2024-02-17"),
        ("last Friday", "2024-02-16"),
        ("last Thursday", "2024-02-22"),
        ("this Monday", "2024-02-19"),
        ("next Friday", "2024-03-01"),
        ("Friday last week", "2024-02-16"),
        ("Monday of next week", "2024-02-26"),
        ("Thursday and Friday", "2024-02-22/2024-02-23"),
        ("Friday-Saturday", "2024-02-16/2024-02-17"),
        ("on Thursday at 10 a.m.", "2024-02-22"),
        ("today", "2024-02-23"),
        ("this morning", "2024-02-23"),
        ("yesterday", "2024-02-22"),
        ("the day before yesterday", "2024-02-21"),
        ("tomorrow", "2024-02-24"),
        ("three days ago", "2024-02-20"),
        ("two weeks ago", "2024-02-05/2024-02-11"),
        ("a month ago", "2024-01"),
        ("one year ago", "2023"),
        ("earlier this week", "2024-02-19/2024-02-25"),
        ("last week", "2024-02-12/2024-02-18"),
        ("last weekend", "2024-02-17/2024-02-18"),
        ("over the weekend", "2024-02-17/2024-02-18"),
        ("earlier this month", "2024-02"),
        ("last month", "2024-01"),
        ("early next month", "2024-03"),
        ("last year", "2023"),
        ("on the 22nd (local time)", "2024-02-22"),
        ("the 24th", "2024-02-24"),
        ("the 25th", "2024-01-25"),
        ("on the 31st", "2024-01-31"),
        ("the 21st and 22nd", "2024-02-21/2024-02-22"),
        ("the 5th of last month", "2024-01-05"),
        ("Feb. 22", "2024-02-22"),
        ("February 21-22", "2024-02-21/2024-02-22"),
        ("Feb. 25", "2023-02-25"),
        ("Dec. 31", "2023-12-31"),
        ("Feb. 29", "2020-02-29"),
        ("in August of last year", "2023-08"),
        ("Aug. 18, last year", "2023-08-18"),
        ("last year, in August", "2023-08"),
        ("earlier this year, in January", "2024-01"),
        ("January this year", "2024-01"),
        ("in January", "2024-01"),
        ("in February", "2024-02"),
        ("in March", "2023-03"),
        ("last August", "2023-08"),
        ("last February", "2023-02"),
        ("next June", "2024-06"),
    ],
)
def test_a_relative_date_is_counted_from_publication(phrase: str, edtf_value: str) -> None:
    resolved = dates.resolve(phrase, Reference(published=FRIDAY))
    assert resolved
    assert (resolved.edtf, resolved.relative) == (edtf_value, True)


@pytest.mark.parametrize(
    ("phrase", "edtf_value"),
    [
        ("Friday", "2024-02-23"),
        ("Thursday", "2024-02-29"),
        ("this Thursday", "2024-02-29"),
        ("last Thursday", "2024-02-22"),
        ("next Friday", "2024-03-01"),
        ("Monday and Tuesday", "2024-02-26/2024-02-27"),
        ("the 22nd", "2024-02-22"),
        ("the 1st", "2024-03-01"),
        ("Feb. 22", "2024-02-22"),
        ("Jan. 5", "2025-01-05"),
        ("in March", "2024-03"),
        ("in January", "2025-01"),
        ("this weekend", "2024-02-24/2024-02-25"),
        ("over the weekend", "2024-02-24/2024-02-25"),
    ],
)
def test_what_is_still_to_come_lies_ahead(phrase: str, edtf_value: str) -> None:
    assert value(phrase, future=True) == edtf_value


def test_new_years_day_abroad_is_no_year_ago() -> None:
    assert value("Jan. 1", date(2023, 12, 31)) == "2024-01-01"
    assert value("Dec. 31", date(2024, 1, 1)) == "2023-12-31"


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
    st.builds("{} {}".format, st.sampled_from(["last", "this", "next", "on"]), st.sampled_from([*WEEKDAYS, *MONTHS])),
    st.builds("{} {} week".format, st.sampled_from(WEEKDAYS), st.sampled_from(["last", "this", "next"])),
    st.builds("{} and {}".format, st.sampled_from(WEEKDAYS), st.sampled_from(WEEKDAYS)),
    st.builds("{} {}s ago".format, NUMBER, st.sampled_from(["day", "week", "month", "year"])),
    st.builds("{} {}".format, st.sampled_from(["last", "next"]), st.sampled_from(["weekend", "month", "year"])),
    st.text(),
)
REFERENCES = st.builds(Reference, published=st.none() | st.dates(), year=st.none() | st.integers(1800, 2099))


@given(PHRASES, REFERENCES, st.booleans())
def test_every_value_is_edtf(phrase: str, reference: Reference, future: bool) -> None:
    resolved = dates.resolve(phrase, reference, future=future)
    if resolved:
        assert str(edtf.parse_edtf(resolved.edtf)) == resolved.edtf
        # It is a date of some calendar: XXXX-02-30 would be none.
        assert "/".join(map(str, dates.parse(resolved.edtf))) == resolved.edtf
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
    st.sampled_from(["XXXX", "2024-02-21/2024-02-23", "XXXX-12-30/XXXX-01-02", "2024-02-22~"]),
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
    "words", ["last May", "", "2024-21", "2024-2-22", "2024-02-30", "XXXX-02-30", "0000-01-01", "2024/..", "a/b/c"]
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
