"""When, where and beside what the built-in reader sets a meeting."""

from pathlib import Path

import pytest

from extractor import extract_meetings
from extractor.builtin import heads
from extractor.builtin.reader import read_draft
from extractor.schemas.draft import DraftMeeting
from tests.test_builtin_reader import lines, told

KENYA, NORWAY = "Kenyan Foreign Minister Jane Otieno", "Norwegian Foreign Minister Ingrid Solberg"
MET = f"{KENYA} met {NORWAY}"


MORE = "The sea is full of fish, and both of the countries want more of it than they have."
"""In fewer words no language shows."""


def read(text: str) -> list[DraftMeeting]:
    return read_draft(lines(f"{text}\n\n{MORE}")).meetings


def first(text: str) -> DraftMeeting:
    return read(text)[0]


def head(text: str) -> heads.Head:
    page = lines(text)
    return heads.read(page, {page[-1].number})


# The head of a page

TALK = "They told the press what they had agreed on."


@pytest.mark.parametrize(
    ("above", "place", "venue", "country", "date"),
    [
        ("Harbour Hotel\nLima, Peru\n2:44 P.M. PET", "Lima", "Harbour Hotel", "Peru", None),
        ("*Akasaka Palace\nTokyo, Japan", "Tokyo", "Akasaka Palace", "Japan", None),
        ("Remarks by the two ministers | Bergen, Norway", "Bergen", None, "Norway", None),
        ("Annapolis, Maryland", "Annapolis", None, None, None),
        ("Chequers", "Chequers", None, None, None),
        ("Nairobi, 3 March 2031", "Nairobi", None, None, "3 March 2031"),
        ("March 3, 2031 | Nairobi, Kenya", "Nairobi", None, "Kenya", "March 3, 2031"),
        ("Monday, 3 March 2031", None, None, None, "Monday, 3 March 2031"),
        ("Aboard the plane\nEn route Lima, Peru", None, None, None, None),
        ("Via teleconference\nOslo, Norway", None, None, None, None),
        ("Nairobi", None, None, None, None),
        ("The ministers of Kenya and Norway, and what they want", None, None, None, None),
    ],
)
def test_what_stands_above_a_text_tells_place_and_day(
    above: str, place: str | None, venue: str | None, country: str | None, date: str | None
) -> None:
    found = head(f"{above}\n{TALK}")
    words = [value.text if value else None for value in (found.place, found.venue, found.country, found.date)]
    assert words == [place, venue, country, date]


def test_a_site_is_the_place_of_a_page_and_no_city() -> None:
    assert head(f"Chequers\n{TALK}").city is None


def test_a_joint_communique_was_agreed_where_and_when_its_head_says() -> None:
    meeting = first(
        "JOINT COMMUNIQUÉ\n\nNairobi, 3 March 2031\n\n"
        "The President of Kenya, Jane Otieno, received the Prime Minister of Norway, Ingrid Solberg, for talks."
    )
    assert [told(meeting, field) for field in ("city", "date", "format")] == ["Nairobi", "3 March 2031", "in_person"]


def test_the_head_of_another_text_is_where_it_was_written() -> None:
    assert first(f"News of the day\n\nLima, Peru\n\n{MET} in Oslo, a spokesperson said.").city is not None
    assert told(first(f"News of the day\n\nLima, Peru\n\n{MET}, a spokesperson said."), "city") is None


# Dates


@pytest.mark.parametrize(
    ("text", "date"),
    [
        (f"{MET} on 5 and 6 March.", "on 5 and 6 March"),
        (f"{MET} on March 5 and 20 officials sat in.", "on March 5"),
        (f"{MET} Monday and Tuesday.", "Monday and Tuesday"),
        (f"{MET} on Monday the 3rd.", "on Monday the 3rd"),
        (f"{MET} on March 3 (Monday).", "on March 3 (Monday)"),
        (f"{MET} in the spring of 2031.", "in the spring of 2031"),
        (f"{MET} last night.", "last night"),
        (f"And today, {MET}.", "today"),
        (f"A spokesperson said Monday that {MET}.", None),
        (f"{MET}. The two shook hands on Friday.", "on Friday"),
        (f"{MET}. It was the first time since the storm of last Friday.", None),
        (f"{MET} on Friday, March 3 and Saturday, March 4.", "on Friday, March 3 and Saturday, March 4"),
        (f"{MET}. The meeting, which took place on Tuesday, was short.", "on Tuesday"),
        ("Jane Otieno, the Kenyan foreign minister, who came on Monday, met " + NORWAY + ".", None),
        (f"{KENYA} arrived on Monday and met {NORWAY} the following day.", None),
        (f"A statement issued on Friday said {MET}.", None),
        (f"{MET}. An interview with her was broadcast on Saturday.", None),
        (f"Talks with Norway\n\n{KENYA} hosted {NORWAY}. On Friday the two shook hands.", "On Friday"),
        (f"{MET} ahead of next week's forum.", None),
        ("Otieno flew to Lima for meetings on 3 March. " + MET + ".", "on 3 March"),
        (
            "Today in Lima, Jane Otieno of Kenya and Ingrid Solberg of Norway agreed to rest. " + MET + ".",
            "Today",
        ),
    ],
)
def test_a_meeting_has_the_day_that_its_sentences_give_it(text: str, date: str | None) -> None:
    assert told(first(text), "date") == date


@pytest.mark.parametrize(
    ("text", "date", "city", "country"),
    [
        ("She will also meet " + NORWAY + ".", "On Monday", "Lima", "Peru"),
        ("She will bring a gift of fish. She will also meet " + NORWAY + ".", "On Monday", "Lima", "Peru"),
        ("On Tuesday she will rest. She will also meet " + NORWAY + ".", "On Tuesday", "Lima", "Peru"),
        ("On Tuesday she will be in Oslo. She will also meet " + NORWAY + ".", "On Tuesday", "Oslo", None),
    ],
)
def test_a_programme_sets_day_and_place_for_what_it_tells_next(
    text: str, date: str, city: str, country: str | None
) -> None:
    meeting = first(f"On Monday, {KENYA} will be in Lima, Peru. {text}")
    assert [told(meeting, field) for field in ("date", "city", "country")] == [date, city, country]


def test_a_joint_document_that_says_today_is_of_that_day() -> None:
    meeting = first(
        "Joint Statement of Kenya and Norway\n\nWe, the leaders of Kenya and Norway, convened in Oslo to talk. "
        "Today, we announce a fund for both of our fleets."
    )
    assert (told(meeting, "date"), told(meeting, "city")) == ("Today", "Oslo")


@pytest.mark.parametrize(
    "printed",
    [
        "Tuesday, March 3, 2031",
        "Tuesday, 3 March 2031",
        "Tuesday 3 March 2031",
        "Tuesday, March 3",
        "Tuesday the 3rd",
        "March 3, 2031 (Tuesday)",
    ],
)
def test_a_weekday_that_is_not_the_dates_is_doubted_in_every_printed_form(printed: str, tmp_path: Path) -> None:
    # 3 March 2031 is a Monday.
    (tmp_path / "a.txt").write_text(f"The ministers met\n\n{MET} in Oslo on {printed}.\n", encoding="utf-8")
    (meeting,) = extract_meetings(tmp_path, model="builtin", published="2031-03-05")
    assert (meeting.date.value, [w.code.value for w in meeting.warnings]) == ("2031-03-03", ["weekday_mismatch"])


# Places


@pytest.mark.parametrize(
    ("text", "city", "country"),
    [
        (f"{MET} in Lima, Peru.", "Lima", "Peru"),
        (
            "Jane Otieno, the Kenyan foreign minister, flew to Lima, Peru, for two days of talks. " + MET + ".",
            "Lima",
            "Peru",
        ),
        ("Jane Otieno will go to Lima. There, " + MET + ".", "Lima", None),
        (f"Otieno went on to Lima. {MET} there on Friday.", "Lima", None),
        (f"{MET} by telephone. Otieno was in Lima, Peru.", None, None),
        (f"{MET}. The meeting comes on the heels of the forum held last week in Lima.", None, None),
        (f"The envoys flew from Bergen, then to Lima, where {MET}.", "Lima", None),
        (f"{KENYA} was in Lima to see {NORWAY}.", "Lima", None),
        (f"During a two-day visit to Lima, {MET}.", "Lima", None),
        (f"{KENYA}, in Lima for the Africa Climate Forum, met {NORWAY}.", "Lima", None),
        (f"{MET} in the Norwegian port town of Vadheim.", "Vadheim", None),
        (f"{MET} in the Peruvian capital.", None, None),
        (f"{KENYA} held in Lima on Monday talks with {NORWAY}.", "Lima", None),
        (f"{MET} to help schools in Lima province.", None, None),
        (f"{MET}. Tuesday's talks in Lima were short.", "Lima", None),
        (f"In Oslo, a spokesman said {MET}.", None, None),
        (f"{MET} in Bali, Indonesia.", None, "Indonesia"),
    ],
)
def test_a_meeting_stands_where_its_sentences_set_it(text: str, city: str | None, country: str | None) -> None:
    meeting = first(text)
    assert (told(meeting, "city"), told(meeting, "country")) == (city, country)


def test_an_island_is_the_place_and_no_city() -> None:
    assert told(first(f"{MET} in Bali, Indonesia."), "place") == "Bali"


def test_a_country_that_is_not_the_citys_is_of_another_meeting() -> None:
    meeting = first(f"{MET} in Oslo. The meeting, like the one in Peru, was short.")
    assert (told(meeting, "city"), told(meeting, "country")) == ("Oslo", None)


# Gatherings and form


@pytest.mark.parametrize(
    ("text", "host"),
    [
        (f"On the margins of the NATO Summit, {MET}.", "NATO Summit"),
        (f"{MET} in Lima as part of the Northern Fisheries Union summit.", "Northern Fisheries Union summit"),
        (f"The NATO Summit opened. {MET} on the sidelines of the summit.", None),
        (f"Otieno attended the NATO Summit. {MET} on the sidelines of the summit.", "NATO Summit"),
        (f"{MET} at the Lake House summit.", None),
        (f"At the Africa Climate Forum, {MET}.", "Africa Climate Forum"),
        (f"{KENYA}, in Lima for the Africa Climate Forum, met {NORWAY}.", "Africa Climate Forum"),
        (f"{MET} in Lima, where they are attending the African Union summit.", "African Union summit"),
        (f"{MET} in the run-up to the NATO Summit in Oslo.", None),
        (f"{MET} in Lima. The two have met on the sidelines of the NATO Summit before.", None),
    ],
)
def test_the_gathering_beside_which_people_met_goes_by_its_name(text: str, host: str | None) -> None:
    assert told(first(text), "host_event") == host


@pytest.mark.parametrize(
    ("told_as", "form"),
    [
        ("met {guest}", "in_person"),
        ("received {guest}", "in_person"),
        ("called on {guest}", "in_person"),
        ("held talks with {guest}", "in_person"),
        ("will host a meeting with {guest}", "in_person"),
        ("held a telephone call with {guest}", "phone"),
        ("held a video conference with {guest}", "video"),
    ],
)
def test_people_who_met_were_in_one_room_unless_the_words_say_otherwise(told_as: str, form: str) -> None:
    guest = "Norwegian Foreign Minister Ingrid Solberg"
    assert first(f"Kenyan Foreign Minister Jane Otieno {told_as.format(guest=guest)}.").format == form


@pytest.mark.parametrize(
    ("sentence", "date"),
    [
        (f"Monday’s meeting between {KENYA} and {NORWAY} was over soon, a spokesperson said on Tuesday.", "Monday"),
        (f"{KENYA} spoke with {NORWAY} by phone in the early hours of Friday, a spokesperson said.", "of Friday"),
        ("Oslo, May 3 (NNN): Kenya and Norway on Thursday agreed on it, as their ministers held talks.", "on Thursday"),
        ("The ministers of Kenya and Norway agreed on Thursday to go on, at a virtual meeting.", "on Thursday"),
    ],
)
def test_the_day_is_the_meetings_own_and_not_that_of_a_remark(sentence: str, date: str) -> None:
    assert told(first(sentence), "date") == date
