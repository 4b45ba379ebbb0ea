"""Meetings told of beside the one reported: the next round, the last one, one called off; and signings."""

import pytest

from extractor.schemas.draft import DraftMeeting
from tests.readings import meetings
from tests.test_builtin_reader import told

MET = "NAIROBI, May 3 (NNN) - Kenyan Foreign Minister Jane Otieno met Norwegian Foreign Minister Kari Dahl on Monday."
MORE = "The sea is full of fish, and both of the countries want more of it than they have."
"""In fewer words no language shows."""


def beside(sentence: str) -> list[DraftMeeting]:
    """The meetings that a sentence tells of, after one in which two ministers met."""
    _, *others = meetings(f"{MET}\n\n{sentence}\n\n{MORE}")
    return others


def opening(sentence: str) -> list[DraftMeeting]:
    return meetings(f"LIMA, May 3 (NNN) - {sentence}\n\n{MORE}")


def codes(meeting: DraftMeeting) -> set[str]:
    return {party.name for party in meeting.parties}


# The next round


@pytest.mark.parametrize(
    ("sentence", "city", "date"),
    [
        ("A further session is pencilled in for May in Oslo.", "Oslo", "May"),
        ("Dahl hopes to host the next one in Oslo in March 2032.", "Oslo", "in March 2032"),
        ("The next meeting will be held in Oslo in November.", "Oslo", "in November"),
        ("They said the next round would take place in Oslo in June.", "Oslo", "in June"),
        ("The sixth session will take place in Oslo next year.", "Oslo", "next year"),
        ("The next one will be in Oslo in June.", "Oslo", "in June"),
        ("A further round has been set for 12 June in Oslo.", "Oslo", "12 June"),
        ("The dialogue is to resume in Oslo on 4 June.", "Oslo", "on 4 June"),
        ("The delegations are to reconvene in Oslo in November.", "Oslo", "in November"),
        ("Norway will host the next session in November.", None, "in November"),
        ("The next one will be in Ålesund in November.", "Ålesund", "in November"),
        ("Experts of the two ministries are to meet in Oslo in June to count the fish.", "Oslo", "in June"),
    ],
)
def test_the_next_round_is_of_the_parties_of_the_meeting_just_told(sentence: str, city: str | None, date: str) -> None:
    (meeting,) = beside(sentence)
    assert (meeting.role, meeting.occurrence, codes(meeting)) == ("background", "planned", {"Kenya", "Norway"})
    assert (told(meeting, "city"), told(meeting, "date")) == (city, date)


@pytest.mark.parametrize(
    "sentence",
    [
        "The next one, a ferry, will be launched in Oslo in June.",
        "The next session of the Norwegian parliament is due in June.",
        "Parliament’s next session is pencilled in for May.",
        "The next session of the General Assembly opens in September.",
        "A training session was held in Oslo on Tuesday.",
        "The next round will be held in due course.",
        "The session is due to end on Friday.",
        "The talks are expected to conclude tomorrow.",
        "The talks will close in Oslo tomorrow.",
    ],
)
def test_what_is_no_next_round(sentence: str) -> None:
    assert beside(sentence) == []


# The last round


@pytest.mark.parametrize(
    ("sentence", "date", "level"),
    [
        ("The last session of the talks took place in Oslo on 7 April.", "on 7 April", "ministers"),
        ("The dialogue last convened in Oslo in October 2030.", "in October 2030", "ministers"),
        ("The dialogue was last held in 2029 in Oslo.", "in 2029", "ministers"),
        ("The previous round was in Oslo in March.", "in March", "ministers"),
        ("The previous session, held in Oslo in May 2029, was short.", "in May 2029", "ministers"),
        ("It was the first of its kind since one in Oslo in May 2029.", "in May 2029", "ministers"),
        ("It came half a year after the one held in Oslo last October.", "last October", "ministers"),
        ("The talks last took place in Oslo in May 2029. -- NNN", "in May 2029", "ministers"),
        (
            "The joint working group, which sat in Oslo on April 11 and 12, wrote the text.",
            "on April 11 and 12",
            "working",
        ),
        ("Experts of the two countries sat in Oslo on April 22.", "on April 22", "working"),
        ("Officials of both countries had met in Oslo in March last year.", "in March last year", "senior_officials"),
    ],
)
def test_the_last_round_is_of_those_who_met_again(sentence: str, date: str, level: str) -> None:
    (meeting,) = beside(sentence)
    assert (meeting.role, meeting.occurrence, codes(meeting)) == ("background", "held", {"Kenya", "Norway"})
    assert (told(meeting, "city"), told(meeting, "date"), meeting.level) == ("Oslo", date, level)


@pytest.mark.parametrize("who", ["The joint commission of the two countries", "Officials from both sides"])
def test_a_body_that_sat_is_not_the_ministers(who: str) -> None:
    (meeting,) = beside(f"{who} met in Oslo on April 22.")
    assert meeting.participants == []


def test_a_joint_body_sits_on_a_day_of_its_own() -> None:
    (meeting,) = beside("The Joint Commission for Fisheries met by video link on April 22.")
    assert (told(meeting, "date"), meeting.format) == ("on April 22", "video")


@pytest.mark.parametrize(
    "sentence",
    [
        "A court in Oslo sat on April 22.",
        "A committee of the parliament sat in Oslo on April 22.",
        "A spokesperson sat in Oslo on Tuesday and took questions.",
        "Since one in Oslo was closed in May, there are two stations.",
        "Rounds of gunfire were heard in Oslo on Tuesday.",
    ],
)
def test_what_is_no_last_round(sentence: str) -> None:
    assert beside(sentence) == []


def test_the_next_round_is_of_those_between_whom_the_talks_were_and_not_of_their_host() -> None:
    text = (
        "Qatar hosted in Doha on Monday a meeting between the Republic of Kenya and the Kingdom of Norway. "
        "It was opened by Salim Rawahi, Foreign Minister of Qatar.\n\nA further round is due in Doha in July."
    )
    talks, next_round = meetings(text)
    assert (codes(talks), codes(next_round)) == ({"Kenya", "Norway", "Qatar"}, {"Kenya", "Norway"})


@pytest.mark.parametrize("words", ["three days of talks", "three-day talks", "three days of tough negotiations"])
def test_talks_of_several_days_tell_how_many(words: str) -> None:
    (talks,) = meetings(f"Kenya and Norway began {words} in Oslo on Monday.\n\n{MORE}")
    assert (talks.duration.text if talks.duration else None) in ("three days", "three-day")


@pytest.mark.parametrize(
    "words",
    [
        "held talks on Monday after the deal fell through",
        "met on Monday, although a tour of the port did not take place",
        "held talks on Monday, and a tour of the port did not take place",
    ],
)
def test_a_meeting_beside_something_that_fell_through_was_held(words: str) -> None:
    (meeting,) = opening(f"Kenya’s Jane Otieno and Norway’s Kari Dahl {words}.")
    assert meeting.occurrence == "held"


def test_what_is_said_of_any_meeting_is_said_of_none() -> None:
    assert beside("“A meeting is not a fish, it keeps,” the two ministers said in Oslo in April 2029.") == []


def test_leaders_hold_no_dialogue() -> None:
    text = (
        "Kenyan President John Otieno met Norwegian Prime Minister Kari Dahl in Nairobi on Monday. "
        "They welcomed the fisheries dialogue planned in November."
    )
    assert [meeting.level for meeting in meetings(text)] == ["leaders", "unknown"]


# Called off, and due


@pytest.mark.parametrize(
    ("sentence", "occurrence", "date"),
    [
        (
            "A meeting with Peru’s Trade Minister that was due on Friday has been called off.",
            "cancelled",
            "on Friday",
        ),
        ("Talks with Peruvian Foreign Minister Luis Soto due on Friday were put off.", "postponed", "on Friday"),
        ("A meeting on Friday between Otieno and Peru’s Luis Soto fell through.", "cancelled", "on Friday"),
        ("Talks on Friday between Otieno and Peru’s Luis Soto did not go ahead.", "cancelled", "on Friday"),
        ("Talks with Peru’s Luis Soto, due in Lima on Friday, fell through.", "cancelled", "on Friday"),
        ("Peru pulled out of talks with Kenya that were to be held on Friday.", "cancelled", "on Friday"),
        ("Peru said it would not attend Friday’s talks with Kenya.", "cancelled", "Friday"),
        ("Peruvian Foreign Minister Luis Soto withdrew from Friday’s meeting with Otieno.", "cancelled", "Friday"),
        ("Otieno was to have met Peru’s president, Luis Soto, on Friday.", "cancelled", "on Friday"),
        ("She called off a trip to Lima, where she was to meet Peru’s Luis Soto on Friday.", "cancelled", "on Friday"),
        ("Otieno is expected in Lima on Friday for talks with Peru’s president, Luis Soto.", "planned", "on Friday"),
        ("On Friday Otieno is due to see Peru’s Fisheries Minister, Luis Soto.", "planned", "On Friday"),
    ],
)
def test_a_meeting_that_is_due_or_called_off(sentence: str, occurrence: str, date: str) -> None:
    (meeting,) = beside(sentence)
    assert (meeting.occurrence, codes(meeting)) == (occurrence, {"Kenya", "Peru"})
    assert (told(meeting, "date"), meeting.format) == (date, "in_person")


def test_who_stays_away_from_a_session_calls_it_off_for_all_whom_it_names() -> None:
    (meeting,) = beside(
        "Kenya would not take part in Friday’s session of the dialogue, at which Otieno, Peruvian Foreign Minister "
        "Luis Soto and Chilean Foreign Minister Ana Ruiz were to take up the file."
    )
    assert (meeting.occurrence, codes(meeting)) == ("cancelled", {"Kenya", "Peru", "Chile"})


def test_a_meeting_of_a_ministry_that_is_called_off_is_its_own_countrys() -> None:
    text = "News of the ministry\n\nThe meeting with Foreign Minister Soto of Peru has been rescheduled to 3 May."
    assert [codes(meeting) for meeting in meetings(f"{text}\n\n{MORE}", "Ministry of Foreign Affairs of Kenya")] == [
        {"Kenya", "Peru"}
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "A meeting of the club that was due on Thursday has been called off.",
        "The summit of the African Union, which was called off, had been fixed for May.",
        "Kenya would not take part in the exercise with Peru.",
        "Peru is boycotting the meeting, and its president stayed at home.",
        "Otieno is due to see a doctor on Friday.",
        "Otieno is due in Oslo on Friday for a holiday.",
    ],
)
def test_what_is_neither_due_nor_called_off(sentence: str) -> None:
    assert beside(sentence) == []


# Signings

WATER = "the Minister of Water of Kenya, Jane Otieno, and her Peruvian counterpart, Luis Soto"
BOTH = "Kenyan Water Minister Jane Otieno and Peruvian Water Minister Luis Soto"


@pytest.mark.parametrize(
    "sentence",
    [
        f"The fisheries agreement was signed at the Harbour Hall in Lima on Friday evening by {WATER}, after a week.",
        f"{BOTH} signed a treaty on the river in Lima on Friday.",
        "Kenyan Water Minister Jane Otieno signed a pact with her Peruvian counterpart, Luis Soto, in Lima on Friday.",
        "A memorandum of understanding on ports was signed in Lima on Friday by the water ministers of Kenya and Peru.",
        f"The protocol was initialled in Lima on Friday by {BOTH}.",
    ],
)
def test_those_who_sign_an_agreement_of_two_states_have_met(sentence: str) -> None:
    (meeting,) = opening(sentence)
    assert (meeting.occurrence, meeting.level, codes(meeting)) == ("held", "ministers", {"Kenya", "Peru"})
    assert (told(meeting, "city"), told(meeting, "date")) == ("Lima", "on Friday")


@pytest.mark.parametrize(
    "sentence",
    [
        "Kenyan Water Minister Jane Otieno signed the agreement in Nairobi on Friday.",
        "Peruvian President Luis Soto signed the law on the treaty with Kenya in Lima on Friday.",
        "The agreement was signed in Lima on Friday by Soto Mining and the Kenyan Water Minister, Jane Otieno.",
        f"The agreement signed by {BOTH} in 2011 is still in force.",
        "The treaty, signed in London in 1978 by Kenya and Peru, has run out.",
        "Kenyan President Jane Otieno signed it in Nairobi, and Peruvian President Luis Soto signed the pact in Lima.",
        f"The agreement was signed by an exchange of letters by {WATER}.",
        f"A petition against the treaty was signed in Lima on Friday by {BOTH}.",
        f"{BOTH} signed copies of their books in Lima on Friday.",
    ],
)
def test_what_is_signed_by_one_side_or_by_post_tells_of_no_meeting(sentence: str) -> None:
    assert opening(sentence) == []


def test_after_a_sentence_in_which_people_meet_a_signature_is_an_act_at_that_meeting() -> None:
    assert beside(f"{BOTH} signed an agreement on fish on Monday.") == []
