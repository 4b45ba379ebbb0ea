from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.texts.dateline import find


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("21:10 JST, February 23, 2024", "2024-02-23"),
        ("/ 11:08 AM April 04, 2025", "2025-04-04"),
        ("Published: 2024-07-28 04:16:59", "2024-07-28"),
        ("Published : `2024-07-28 04:16:59`", "2024-07-28"),
        ("2024-02-23T09:12:00+03:00", "2024-02-23"),
        ("Posted on 3 March 2021", "2021-03-03"),
        ("Date: 3rd March, 2021", "2021-03-03"),
        ("Wednesday, March 3, 2021 - 10:30 am EST", "2021-03-03"),
        ("Fri, 23 Feb 2024 09:12:00 +0900", "2024-02-23"),
        ("FOR IMMEDIATE RELEASE\nMarch 3, 2021", "2021-03-03"),
        ("By Ana Ruiz and Omar Diallo, March 3, 2021", "2021-03-03"),
        ("Politics | By Ana Ruiz | March 3, 2021", "2021-03-03"),
        ("The Nairobi Example / March 3, 2021", "2021-03-03"),
        ("입력 2024.02.23 09:12 | 수정 2024.02.25 10:00", "2024-02-23"),
        ("NAIROBI, March 3, 2021 (Example) -- Kenya and Uganda met.", "2021-03-03"),
        ("NAIROBI, 3 March 2021 (EX) - Kenya and Uganda met.", "2021-03-03"),
    ],
)
def test_a_publication_line_tells_the_day(text: str, published: str) -> None:
    found = find(f"Kenya and Uganda confirm plans\n\n{text}\nThe ministers met on Monday.")
    assert (str(found.published), found.source) == (published, "text")


@pytest.mark.parametrize(
    "text",
    [
        "Updated March 5, 2021\nPublished March 3, 2021",
        "Updated\nMarch 5, 2021\nPublished\nMarch 3, 2021",
        "Last updated: March 5, 2021, 10:00 | First published: March 3, 2021, 09:00",
        "March 3, 2021\nUpdated March 5, 2021",
        "Last modified on 5 March 2021\n3 March 2021",
        "March 5, 2021\nPublished March 3, 2021",
    ],
)
def test_an_update_never_outranks_the_first_publication(text: str) -> None:
    assert find(text).published == date(2021, 3, 3)


def test_an_update_is_taken_where_nothing_else_is_printed() -> None:
    assert find("Updated March 5, 2021").published == date(2021, 3, 5)


@pytest.mark.parametrize(
    "text",
    [
        "(c) 1997-2025 The Nairobi Example",
        "© 2024 The Nairobi Example. All rights reserved.",
        "The treaty of March 3, 2021 stands.",
        "Held on March 3, 2021",
        "Summit set for March 3, 2021",
        "Kenya, March 3, 2021: the long way to peace",
        "Updated",
        "21:10 JST",
        "February 30, 2024",
        "NAIROBI, March 3 (Example) -- Kenya and Uganda met.",
        "\n".join(["Menu"] * 50 + ["March 3, 2021"]),
    ],
)
def test_other_dates_are_no_day_of_publication(text: str) -> None:
    found = find(text)
    assert (found.published, found.year) == (None, None)


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("NAIROBI — Kenya and Uganda met.", "NAIROBI"),
        ("NAIROBI (Example) -- Kenya and Uganda met.", "NAIROBI"),
        ("NAIROBI, Kenya — The ministers met.", "NAIROBI"),
        ("THE HAGUE, Netherlands (EX) — The ministers met.", "THE HAGUE"),
        ("NAIROBI, March 3 (Example) -- The ministers met.", "NAIROBI"),
        ("Nairobi, March 3 (Example) -- The ministers met.", "Nairobi"),
        ("WASHINGTON, D.C. — The ministers met.", "WASHINGTON"),
        ("SÃO PAULO - The ministers met.", "SÃO PAULO"),
        ("GENEVA/NEW YORK — The ministers met.", "GENEVA/NEW YORK"),
        ("UNITED NATIONS (EX) — The ministers met.", "UNITED NATIONS"),
        ("NEW DELHI: The ministers met.", "NEW DELHI"),
        ("[나이로비=예시]", "나이로비"),
        ("(서울=예시뉴스) 장관들이 만났다.", "서울"),
        ("[Seoul=Example]", "Seoul"),
    ],
)
def test_a_dateline_names_where_the_text_was_filed(line: str, place: str) -> None:
    text = f"Kenya and Uganda confirm plans\n{line}\n"
    found = find(text)
    assert found.dateline == place
    assert text[found.dateline_start : found.dateline_end] == place


@pytest.mark.parametrize(
    "line",
    [
        "Ruiz — the minister — met Diallo.",
        "BREAKING — Kenya and Uganda met.",
        "BREAKING: Kenya and Uganda met.",
        "NATO — the alliance — met.",
        "(Example) - Kenya and Uganda met.",
        "Nairobi - the capital of Kenya.",
        "EXPLAINER: why they met",
        "[align=center]",
        "f(x=y)",
    ],
)
def test_other_words_before_a_dash_are_no_place(line: str) -> None:
    assert find(line).dateline is None


def test_an_anniversary_tells_the_year_where_no_date_does() -> None:
    words = "this year marks the 30th anniversary of the accord, which was signed in 1994"
    found = find(f"She noted that {words}.")
    assert (found.year, found.published) == (2024, None)
    assert find(f"March 3, 2021\nShe noted that {words}.").year is None


LINES = st.sampled_from(
    ["NAIROBI, March 3, 2021 (EX) -- They met.", "Updated 5 March 2021", "2021-03-03", "They met.", "", "[서울=예시]"]
)


@given(st.lists(LINES | st.text(max_size=30), max_size=8).map("\n".join))
def test_spans_point_at_the_words(text: str) -> None:
    found = find(text)
    if found.dateline is not None:
        assert text[found.dateline_start : found.dateline_end] == found.dateline
    if found.published is not None:
        assert found.start is not None
        assert found.end is not None
        assert str(found.published.day) in text[found.start : found.end]


@pytest.mark.parametrize("text", ["A" * 500_000, "A-" * 250_000, "A " * 250_000, "2024-" * 100, "| " * 200_000])
def test_a_long_line_is_passed_quickly(text: str) -> None:
    # In quadratic time this would not end.
    assert find(text).published is None
