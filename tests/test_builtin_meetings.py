"""Which meetings an article tells of: whom pronouns, bare offices and groups mean, what is one meeting and what two."""

import pytest

from tests.readings import meetings, parties


@pytest.mark.parametrize(
    ("publisher", "home"),
    [
        ("The White House", "United States"),
        ("Ministry of Foreign Affairs of Kenya", "Kenya"),
        ("Prime Minister of Australia", "Australia"),
        ("Élysée", "France"),
    ],
)
def test_a_readout_leaves_out_its_own_country_and_the_publisher_tells_it(publisher: str, home: str) -> None:
    title = "Readout of the Foreign Minister’s Call"
    text = f"{title}\n\nForeign Minister Ann Lowe spoke with Foreign Minister Joao Prado of Brazil today."
    assert parties(text, publisher) == [{home, "Brazil"}]


def test_without_a_publisher_nobody_is_given_a_country() -> None:
    assert parties("Foreign Minister Ann Lowe spoke with Foreign Minister Joao Prado of Brazil today.") == []


def test_a_minister_without_a_name_is_of_the_country_that_publishes() -> None:
    text = "News from the ministry\n\nThe Secretary called Foreign Minister Joao Prado of Brazil on Monday about trade."
    assert parties(text, "U.S. Department of State") == [{"United States", "Brazil"}]


PREVIEW = (
    "Press briefing on the President’s journey\n\n"
    "On Monday, President Carl Lowe will hold a bilateral meeting with President Joao Prado of Brazil. "
    "He will also meet with President Ana Ruiz of Chile. "
    "He’ll then hold bilateral and trilateral meetings with the Prime Minister of Japan and the President of Peru.\n"
)


def test_he_stays_the_one_of_whom_the_first_sentence_told() -> None:
    told = parties(PREVIEW, "The White House")
    assert told[:2] == [{"United States", "Brazil"}, {"United States", "Chile"}]


def test_bilateral_and_trilateral_meetings_are_one_with_each_and_one_with_both() -> None:
    told = parties(PREVIEW, "The White House")
    assert {frozenset(one) for one in told[2:]} == {
        frozenset({"United States", "Japan", "Peru"}),
        frozenset({"United States", "Japan"}),
        frozenset({"United States", "Peru"}),
    }


def test_what_goes_on_in_the_plain_form_is_still_to_come() -> None:
    text = (
        "Kenyan President John Otieno will fly to Kampala on Friday and hold talks with Ugandan President Ruth Akello."
    )
    assert [m.occurrence for m in meetings(text)] == ["planned"]


@pytest.mark.parametrize("glad", ["had the opportunity to meet", "was delighted to meet", "had the honour to meet"])
def test_what_sounds_like_a_plan_was_held(glad: str) -> None:
    text = f"Kenyan President John Otieno {glad} with Ugandan President Ruth Akello in Kampala on Friday."
    assert [m.occurrence for m in meetings(text)] == ["held"]


def test_an_agenda_of_bilateral_meetings_tells_of_one_with_each() -> None:
    text = (
        "Kenyan Foreign Minister Jane Wanjiru held several bilateral meetings in New York on Tuesday.\n\n"
        "- With the Foreign Minister of Norway, Kari Dahl: fisheries and climate change were discussed.\n\n"
        "- With the Foreign Minister of Angola, Rui Neto: the ministers spoke about a visit next year.\n"
    )
    assert parties(text) == [{"Kenya", "Norway"}, {"Kenya", "Angola"}]


def test_separate_talks_with_each_of_the_leaders_are_meetings_of_their_own() -> None:
    text = (
        "President Carl Lowe of the United States will host President Ana Ruiz of Chile and President Joao Prado of "
        "Brazil for a summit on Friday.\n\nUnited States Vice President Amy Stone will also meet separately with each "
        "of the two leaders.\n"
    )
    assert parties(text) == [
        {"United States", "Chile", "Brazil"},
        {"United States", "Chile"},
        {"United States", "Brazil"},
    ]


def test_two_who_meet_apart_from_the_others_have_a_meeting_of_their_own() -> None:
    text = (
        "Japanese Foreign Minister Sachi Mori and Japanese Defense Minister Ken Oda met Peruvian Foreign Minister Luis "
        "Soto and Peruvian Defense Minister Inés Vega in Lima on Monday. Oda and Vega met separately for an hour.\n"
    )
    assert [len(m.participants) for m in meetings(text)] == [4, 2]


def test_a_guest_who_calls_on_the_president_has_met_the_host_country_again() -> None:
    text = (
        "Kenyan Foreign Minister Jane Wanjiru met Indian Foreign Minister Arun Rao in Delhi on Tuesday. "
        "Wanjiru also paid a courtesy call on President Mira Sen.\n"
    )
    assert parties(text) == [{"Kenya", "India"}, {"Kenya", "India"}]


def test_a_visit_to_a_country_is_no_meeting() -> None:
    assert parties("Kenyan Foreign Minister Jane Wanjiru paid an official visit to Uganda on Monday.") == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Kenyan Foreign Minister Jane Wanjiru discussed the border by phone with Ugandan Foreign Minister Ruth Akello.",
        "The Kenyan foreign minister, Jane Wanjiru, received in audience Ugandan Foreign Minister Ruth Akello.",
        "Kenyan Foreign Minister Jane Wanjiru saw the Ugandan Foreign Minister, Ruth Akello, in Kampala on Friday.",
        "The talks of Kenyan Foreign Minister Jane Wanjiru with Ugandan Foreign Minister Ruth Akello went well.",
        "Kenyan Foreign Minister Jane Wanjiru is in Kampala for talks with Ugandan Foreign Minister Ruth Akello.",
        "In a phone call, Kenyan President John Otieno told Ugandan President Ruth Akello that the border would open.",
        "Kenyan President John Otieno told Ugandan President Ruth Akello in a phone call that the border would open.",
        "Kenyan President John Otieno said after meeting Ugandan President Ruth Akello that the border would open.",
        "Meeting in Arusha on Monday, Kenyan President John Otieno and Ugandan President Ruth Akello talked of trade.",
        "Kenya’s foreign minister held talks with the Ugandan ambassador on Monday, and both were content.",
        "Negotiators from Kenya and Uganda concluded three days of talks in Arusha on Friday, and went home.",
        "Kenya and Uganda held the third round of political consultations in Arusha on Friday, it was said.",
        "1. The Minister of Foreign Affairs of Kenya, the Honourable Jane Wanjiru, and the Minister of Foreign "
        "Affairs of Uganda, the Honourable Ruth Akello, met in Kampala.",
    ],
)
def test_the_ways_in_which_a_meeting_is_told(sentence: str) -> None:
    assert parties(sentence) == [{"Kenya", "Uganda"}]


@pytest.mark.parametrize(
    "sentence",
    [
        "Kenyan President John Otieno and Ugandan President Ruth Akello have not met since 2019.",
        "After she left the room, Kenyan President John Otieno, Ugandan voters and reporters were seen in the street.",
    ],
)
def test_what_tells_of_no_meeting(sentence: str) -> None:
    assert parties(sentence) == []


def test_a_comma_alone_joins_nobody() -> None:
    text = (
        "Before he meets with President Ana Ruiz of Chile, United States President Carl Lowe will have a bilateral "
        "with President Joao Prado of Brazil."
    )
    assert {"Chile", "Brazil"} not in parties(text)
    assert {"United States", "Brazil"} in parties(text)


def test_two_names_at_the_end_of_the_talks_are_not_those_of_another_summit_with_a_place_and_month() -> None:
    text = (
        "Kenyan President John Otieno met Ugandan President Ruth Akello in Kampala on Friday. "
        "Their January 9 meeting in Nairobi had opened the way."
    )
    assert [(m.role, m.city.text if m.city else None) for m in meetings(text)] == [
        ("reported", "Kampala"),
        ("background", "Nairobi"),
    ]


@pytest.mark.parametrize("who", ["The leaders", "Presidents"])
def test_the_leaders_of_the_two_countries_are_not_their_ministers(who: str) -> None:
    text = (
        "Kenyan Foreign Minister Jane Wanjiru met Ugandan Foreign Minister Ruth Akello in Nairobi on Tuesday. "
        f"{who} of the two countries met in Arusha in February."
    )
    recalled = meetings(text)[1]
    assert (recalled.level, recalled.participants) == ("leaders", [])


@pytest.mark.parametrize(
    ("sentence", "occurrence"),
    [
        ("Kenyan and Ugandan foreign ministers are meeting in Arusha this week.", "held"),
        ("The fifth Kenya-Uganda Strategic Dialogue was held in Arusha on Monday.", "held"),
        ("Foreign Minister Jane Wanjiru will visit Uganda for the fifth Kenya-Uganda strategic dialogue.", "planned"),
    ],
)
def test_a_round_of_talks_is_told_by_its_name_and_its_countries(sentence: str, occurrence: str) -> None:
    text = f"The ministry said so in a statement to the press.\n\n{sentence}"
    assert [(m.occurrence, {p.name for p in m.parties}) for m in meetings(text)] == [(occurrence, {"Kenya", "Uganda"})]


def test_a_recent_summit_of_others_is_background() -> None:
    text = (
        "Kenyan Foreign Minister Jane Wanjiru met Ugandan Foreign Minister Ruth Akello on Friday to speak of a recent "
        "summit between President Joao Prado of Brazil and President Ana Ruiz of Chile."
    )
    assert [m.role for m in meetings(text)] == ["reported", "background"]


COUNTERPART = (
    "LIMA - Foreign Minister Ann Lowe and her Kenyan counterpart, Jane Otieno, met on Monday.\n\n"
    "The talks were about the price of tea, and both of them said that they were glad of it.\n"
)


@pytest.mark.parametrize(
    ("text", "publisher", "told"),
    [
        pytest.param(f"Norway, Kenya agree on tea\n\n{COUNTERPART}", "", {"Norway", "Kenya"}, id="a headline"),
        pytest.param(COUNTERPART, "The Oslo Herald", {"Norway", "Kenya"}, id="a capital in the name of a paper"),
        pytest.param(f"Oslo Evening Herald, May 3, 2031\n\n{COUNTERPART}", "", {"Norway", "Kenya"}, id="a masthead"),
        pytest.param(COUNTERPART, "", {"Peru", "Kenya"}, id="a dateline with a hyphen"),
        pytest.param(COUNTERPART.replace("LIMA - ", "LIMA\n\n"), "", {"Peru", "Kenya"}, id="a dateline by itself"),
    ],
)
def test_a_minister_whose_country_is_not_printed_is_of_the_papers_own(
    text: str, publisher: str, told: set[str]
) -> None:
    assert parties(text, publisher)[0] == told


def test_who_has_a_counterpart_in_a_country_is_of_another() -> None:
    text = COUNTERPART.replace("LIMA", "NAIROBI").replace("on Monday", "in Oslo on Monday")
    assert {"Kenya"} < parties(text)[0]


@pytest.mark.parametrize(
    "sentence",
    [
        "Kenya and Norway on Monday agreed to build a port, as their foreign ministers held talks in Oslo.",
        "Kenya’s Foreign Minister Jane Otieno told her Norwegian counterpart, Ann Lowe, in a phone call of its delay.",
        "The foreign ministers of Kenya and Norway agreed on Monday to build a port, at a virtual meeting.",
        "The talks, led by Kenyan Foreign Minister Jane Otieno and her Norwegian counterpart Ann Lowe, took two hours.",
        "Senior diplomats from Kenya and Norway sat in one room on Monday for the first time in years.",
        "Kenyan Foreign Minister Jane Otieno held in Lima on Monday talks with her Norwegian counterpart Ann Lowe.",
        "Kenyan Foreign Minister Jane Otieno received here today a phone call from her Norwegian counterpart Ann Lowe.",
        "Talks were held in Lima on Monday between Kenyan President Jane Otieno and Norwegian Prime Minister Ann Lowe.",
        "Prime Minister Ann Lowe of Norway and her Kenyan colleague Jane Otieno discussed the port on Monday.",
        "Kenyan President Jane Otieno granted an audience on Monday to the Foreign Minister of Norway, Ann Lowe.",
        "Kenyan President Jane Otieno hosted Prime Minister Ann Lowe of Norway for lunch on Monday.",
        "Kenyan President Jane Otieno spent an hour and a half on the phone with Prime Minister Ann Lowe of Norway.",
        "Prime Minister Ann Lowe of Norway and Kenyan President Jane Otieno held a bilateral in Lima on Monday.",
    ],
)
def test_that_people_met_is_told_in_many_ways(sentence: str) -> None:
    assert parties(f"{sentence}\n\nThe port is to be ready in two years, and both want to pay for it.") == [
        {"Kenya", "Norway"}
    ]


def test_a_call_is_not_the_meeting_in_a_city_of_which_it_reminds() -> None:
    text = (
        "Kenyan Foreign Minister Jane Otieno told her Norwegian counterpart, Ann Lowe, in a phone call on Monday that "
        "the port was late.\n\nOtieno met Lowe in Oslo on May 3, and both of them were content with what they saw."
    )
    assert [(meeting.format, meeting.city and meeting.city.text) for meeting in meetings(text)] == [
        ("phone", None),
        ("in_person", "Oslo"),
    ]


def test_a_deputy_does_not_sit_where_prime_ministers_meet() -> None:
    text = (
        "A meeting between the prime ministers of Kenya and Norway was held in Oslo on Monday.\n\n"
        "Kenyan Deputy Prime Minister Jane Otieno said that the port would be built in two years."
    )
    assert [(meeting.level, meeting.participants) for meeting in meetings(text)] == [("leaders", [])]


def test_calls_to_two_counterparts_on_a_day_are_two_calls() -> None:
    text = "Kenyan Foreign Minister Jane Otieno made on Monday phone calls to her Norwegian and Peruvian counterparts."
    assert parties(text) == [{"Kenya", "Norway"}, {"Kenya", "Peru"}]
    assert {meeting.format for meeting in meetings(text)} == {"phone"}


def test_the_head_of_state_at_a_meeting_with_a_guest_is_the_host() -> None:
    text = (
        "President of Kenya Jane Otieno saw the guests of the tea fair on Monday, one by one.\n\n"
        "During the meeting with Prime Minister of Norway Ann Lowe, the Head of State thanked her for the tea.\n\n"
        "Jane Otieno and President of Peru Ana Soto discussed the schools of the Lima region."
    )
    assert parties(text) == [{"Kenya", "Norway"}, {"Kenya", "Peru"}]


def test_all_whom_a_visitor_meets_are_of_the_country_where_the_paper_stands() -> None:
    text = (
        "NAIROBI, May 3 - Norwegian Foreign Minister Ann Lowe met President Jane Otieno and Foreign Minister "
        "Mary Njoroge on Monday.\n\nThe talks were about the price of tea, and all of them were glad of it."
    )
    (meeting,) = meetings(text)
    assert {person.name: person.represents for person in meeting.participants} == {
        "Ann Lowe": "Norway",
        "Jane Otieno": "Kenya",
        "Mary Njoroge": "Kenya",
    }


def test_who_discusses_something_alone_met_nobody() -> None:
    text = "Kenyan President Jane Otieno discussed the budget on Monday.\n\nNorway and Peru want to build a port."
    assert meetings(text) == []


PODIUM = (
    "Press conference\n\n"
    "ANN LOWE, PRIME MINISTER OF NORWAY: Good morning. Our meeting took an hour, and it was a good one.\n\n"
    "JANE OTIENO, {office}: I am glad that I came, and so is everybody who came with me.\n\n"
    "HOST: Questions, please, and only one of you at a time.\n"
)


@pytest.mark.parametrize(
    ("office", "told"),
    [("PRESIDENT OF KENYA", [{"Norway", "Kenya"}]), ("MINISTER OF TRADE OF NORWAY", [])],
    ids=["guest", "team"],
)
def test_we_of_two_officials_before_the_press_are_these_two(office: str, told: list[set[str]]) -> None:
    assert parties(PODIUM.format(office=office)) == told


def test_he_of_an_official_page_is_the_office_that_it_began_with() -> None:
    text = (
        "MS. LOWE: The President telephoned President Otieno of Kenya on Sunday, and he met the Prime Minister of "
        "Norway, Mr. Solberg, too. He talked to President Soto of Peru by telephone on Monday."
    )
    home = "United States"
    assert parties(text, "The White House") == [{home, "Kenya"}, {home, "Norway"}, {home, "Peru"}]


@pytest.mark.parametrize(
    "dateline", ["MUSCAT, May 3 (ONA) -- ", "Muscat, May 3, 2031, ONA\n\n", "OSLO, May 3 (ONA) -- On behalf of Oman, "]
)
def test_the_first_minister_of_a_national_agency_is_its_own_countrys(dateline: str) -> None:
    text = (
        f"{dateline}Minister of Foreign Affairs Salim Al Harithi made phone calls on Saturday to his Kenyan and "
        "Chilean counterparts.\n\nPrime Minister Badr Al Saadi received the Norwegian Ambassador, Kari Dahl.\n"
    )
    assert parties(text) == [{"Oman", "Kenya"}, {"Oman", "Chile"}, {"Oman", "Norway"}]


def test_an_agency_that_files_from_abroad_about_others_is_not_at_home_there() -> None:
    text = "OSLO, May 3 (ONA) -- Foreign Minister Ann Lowe met Chilean Foreign Minister Luis Prado in Oslo on Monday.\n"
    assert {"Chile", "Oman"} not in parties(text)


def test_the_two_who_met_are_those_of_whom_one_told_the_other_something() -> None:
    text = (
        "Prime Minister Simon Lealofi told Norway's Foreign Minister, Kari Dahl, that Samoa wants more ferries.\n\n"
        "The two met at the old customs house on Monday, a few hours into her visit to Samoa.\n"
    )
    (meeting,) = meetings(text)
    assert {p.name: p.represents for p in meeting.participants} == {"Simon Lealofi": "Samoa", "Kari Dahl": "Norway"}


@pytest.mark.parametrize(
    ("words", "occurrence"),
    [
        ("I've just come from a long meeting with Prime Minister Simon Lealofi of Samoa.", "held"),
        ("I have just come out of a long meeting with Prime Minister Simon Lealofi of Samoa.", "held"),
        ("This evening I'll be meeting with Prime Minister Simon Lealofi of Samoa.", "planned"),
    ],
)
def test_i_who_come_from_a_meeting_or_go_to_one_am_the_one_who_speaks(words: str, occurrence: str) -> None:
    text = (
        "The Hon. Kari Dahl\n\nPrime Minister\n\nPRIME MINISTER: Thanks for coming out here in the rain.\n\n"
        f"{words}\n\nJOURNALIST: Did you speak about the ferries?\n\nPRIME MINISTER: We did, and about the fish too.\n"
    )
    (meeting,) = meetings(text, "Prime Minister of Norway")
    assert ({p.name for p in meeting.parties}, meeting.occurrence) == ({"Norway", "Samoa"}, occurrence)
