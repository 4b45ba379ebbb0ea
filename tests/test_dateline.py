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
        # Beside a place, a paper, a section, a number
        ("By Ana Ruiz\nNAIROBI, JULY 12, 2013", "2013-07-12"),
        ("Nairobi, 8 February 2023", "2023-02-08"),
        ("Kampala, Uganda, 8 February 2023", "2023-02-08"),
        ("5 May 2014, Nairobi", "2014-05-05"),
        ("Washington, D.C., April 3, 2012", "2012-04-03"),
        ("Washington, DC / July 19, 2011", "2011-07-19"),
        ("The Nairobi Example, Tuesday, June 15, 1999", "1999-06-15"),
        ("07 April 2015 [18:42] - TODAY.REGION", "2015-04-07"),
        ("By ANA RUIZ and agencies   28 August 2023, 9:12 pm", "2023-08-28"),
        ("Source: Example| 2020-11-03 12:00:27|Editor: ruiz", "2020-11-03"),
        ("Press Release No. 12/2015, 5 June 2015", "2015-06-05"),
        ("EX/CP(2015)0123, 5 June 2015", "2015-06-05"),
        ("Jeddah, Safar 14, 1430, Feb 9, 2009, EXA", "2009-02-09"),
        # Labels
        ("Input 2008.11.20 14:05 | Edit 2008.11.21 09:00", "2008-11-20"),
        ("Publish Date: 11.03.2024", "2024-03-11"),
        ("Issued on 5 June 2015", "2015-06-05"),
        ("Released by the Ministry of Trade, 5 June 2015", "2015-06-05"),
        ("Published 12:30, 4 May 2010", "2010-05-04"),
        ("THE EXAMPLE HOUSE\nOffice of the Secretary\n\nFor Immediate Release\n\nApril 3, 1999", "1999-04-03"),
        ("First published on Mon 4 Mar 2019 10.15 GMT", "2019-03-04"),
        ("Updated: March 3, 2019 14:05 IST", "2019-03-03"),
        # Digits, and the marks of other scripts
        ("Date: 24.09.03", "2003-09-24"),
        ("27.01.21 16:20    Politics", "2021-01-27"),
        ("31.12.98 16:20", "1998-12-31"),
        ("09/24/2003 10:15 AM", "2003-09-24"),
        ("24/09/2003", "2003-09-24"),
        ("12-May-2014 10:00", "2014-05-12"),
        ("23 FEB 2024", "2024-02-23"),
        ("2024年2月23日", "2024-02-23"),
        ("2024년 2월 23일 10:05", "2024-02-23"),
        ("2024. 2. 23.", "2024-02-23"),
        # Datelines
        ("NAIROBI, 13th February, 2023 (EX) -- Kenya and Uganda met.", "2023-02-13"),
        ("Nairobi. May 7, 2014. Example. President Ruiz met the ministers.", "2014-05-07"),
        ("NAIROBI, OCTOBER 31, 2022, EXPRESS. President Ruiz met the ministers.", "2022-10-31"),
        ("NAIROBI — 12 May 2014 — Kenya and Uganda met.", "2014-05-12"),
        ("NAIROBI: March 4, 2015 (EX): Kenya and Uganda met.", "2015-03-04"),
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


BODY = "The ministers met in the capital and agreed on a long list of things to do in the coming months. " * 3


@pytest.mark.parametrize(
    ("text", "published"),
    [
        # Another line gives the year
        ("27.01.21 16:20    Politics\nNairobi, Jan. 27. /Example/. They met.", "2021-01-27"),
        ("02.03.21 16:20\nNairobi, March 2. /Example/. They met.", "2021-03-02"),
        ("Updated: November 22, 2019\nNAIROBI, Nov. 21 (Example) -- They met.", "2019-11-21"),
        ("NAIROBI, Dec. 31 (Example) -- They met.\nUpdated: 1 January 2020", "2019-12-31"),
        ("Nairobi/Kampala, 23 June\n24 June 2021", "2021-06-23"),
        ("NAIROBI, Feb. 23 (Example) -- This year marks the 30th anniversary of the pact of 1994.", "2024-02-23"),
        # None that fits does
        ("NAIROBI, Nov. 21 (Example) -- They met.", None),
        ("NAIROBI, Feb. 29 (Example) -- They met.\nUpdated: March 1, 2021", None),
        ("Friday, June 4, 2021\nNAIROBI, Nov. 21 (Example) -- They met.", None),
        ("Published June 4, 2021\nNAIROBI, Nov. 21 (Example) -- They met.", "2021-06-04"),
        # The wire's day before the page's
        ("Published March 5, 2021\nNAIROBI, March 3, 2021 (Example) -- They met.", "2021-03-03"),
        ("Third Conference of Ports\nNairobi, 3 March 2021\nPublished: 10 February 2021", "2021-02-10"),
    ],
)
def test_a_dateline_and_a_publication_line_tell_the_day_together(text: str, published: str | None) -> None:
    assert find(f"Kenya and Uganda confirm plans\n\n{text}\n").published == (
        published and date.fromisoformat(published)
    )


@pytest.mark.parametrize(
    ("foot", "published"),
    [
        ("EX/2021.02.18", "2021-02-18"),
        ("Nairobi\nMarch 6, 2019", "2019-03-06"),
        ("Nairobi, 6 March 2019", "2019-03-06"),
        ("Published in Example, September 18th, 2021", "2021-09-18"),
        ("Published in Example, September 18th, 2021\nOil fell\n3 March 2021", "2021-09-18"),
        ("Oil fell\n3 March 2021\nGas rose\n4 March 2021", None),
        ("They met on March 6, 2019.", None),
    ],
)
@pytest.mark.parametrize("paragraphs", [1, 60])
def test_the_foot_tells_the_day_where_all_its_dates_agree(foot: str, published: str | None, paragraphs: int) -> None:
    text = "\n".join(["Kenya and Uganda confirm plans", *[BODY] * paragraphs, foot])
    assert find(text).published == (published and date.fromisoformat(published))
    assert find(f"1 May 2022\n{text}").published == date(2022, 5, 1)


def test_a_dateline_in_the_body_never_outranks_the_articles_own_day() -> None:
    quoted = "NAIROBI, June 25, 1999. /Example/. They met."
    assert find(f"Kenya and Uganda\n5 March 2021\n{BODY}\n{BODY}\n{quoted}").published == date(2021, 3, 5)
    assert find(f"Kenya and Uganda\n{BODY}\n{BODY}\n{quoted}").published == date(1999, 6, 25)
    yearless = quoted.replace(", 1999", "")
    assert find(f"Kenya and Uganda\n5 March 2021\n{BODY}\n{BODY}\n{yearless}").published == date(2021, 3, 5)


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
        "04/09/2003",
        "24.09.03",
        "02.03.21 16:20",
        "On 12 May 2014 the ministers met in Nairobi.",
        "Nairobi, 3-5 March 2021",
        "Ports Summit, March 31, 2016",
        "Joint press conference with the minister: 10 February 2022",
        "[Photo: Ana Ruiz at the harbour, July 24, 2023. (Doe/Example)]",
        "Deadline: 3 March 2021",
        "Version 1.24.09.2003",
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
        ("NEW DELHI: March 4 (EX): The ministers met.", "NEW DELHI"),
        ("Nairobi, Mar 6 (EX) Kenya and Uganda met.", "Nairobi"),
        ("Rio de Janeiro, March 3 (EX) - The ministers met.", "Rio de Janeiro"),
        ("NAIROBI, March 6. /EX/. President Ruiz met the ministers.", "NAIROBI"),
        ("NAIROBI, Kenya, March 6. /EX/. President Ruiz met the ministers.", "NAIROBI"),
        ("NAIROBI, MARCH 6, EXPRESS. President Ruiz met the ministers.", "NAIROBI"),
        ("ST. LOUIS (EX) -- The ministers met.", "ST. LOUIS"),
        ("Tashkent/Jakarta, 23 June", "Tashkent/Jakarta"),
        ("NAIROBI — 12 May was a long day.", "NAIROBI"),
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
        "FOR IMMEDIATE RELEASE - March 3, 2021",
        "PRESS RELEASE, March 3, 2021 - They met.",
        "Nairobi, May 7. Ministers met there.",
        "Nairobi Summit, 3 March 2021",
        "[align=center]",
        "f(x=y)",
    ],
)
def test_other_words_before_a_dash_are_no_place(line: str) -> None:
    assert find(line).dateline is None


def test_a_date_in_a_title_is_the_events() -> None:
    assert find("Ministers Sign, March 3, 2021\nThe ministers met.").published is None
    assert find("Nairobi, March 3, 2021\nThe ministers met.").published == date(2021, 3, 3)


def test_an_anniversary_tells_the_year_where_no_date_does() -> None:
    words = "this year marks the 30th anniversary of the accord, which was signed in 1994"
    found = find(f"She noted that {words}.")
    assert (found.year, found.published) == (2024, None)
    assert find(f"March 3, 2021\nShe noted that {words}.").year is None


LINES = st.sampled_from(
    [
        *("NAIROBI, March 3, 2021 (EX) -- They met.", "Nairobi, March 3. /EX/. They met.", "Nairobi, 3 March 2021"),
        *("Updated 5 March 2021", "2021-03-03", "03.03.21 10:00", "[서울=예시]", "They met.", BODY, ""),
    ]
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


@pytest.mark.parametrize(
    "text", ["A" * 500_000, "A-" * 250_000, "A " * 250_000, "2024-" * 100, "| " * 200_000, "NAIROBI met\n" * 40_000]
)
def test_a_long_line_is_passed_quickly(text: str) -> None:
    # In quadratic time this would not end.
    assert find(text).published is None
