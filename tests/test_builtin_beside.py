"""What else an article tells of beside its main talks: a call, a guest's visit to the host, a meal for two."""

import pytest

from extractor.schemas.draft import DraftMeeting
from tests.readings import meetings, parties

TALKS = (
    "Kenyan Foreign Minister Jane Otieno held talks with Norwegian Foreign Minister Ann Lowe in Oslo on Tuesday.\n\n"
    "The two ministers spoke about fish.\n\n"
)


def second(sentence: str) -> list[DraftMeeting]:
    """The meetings of a sentence that stands below the main talks."""
    found = meetings(TALKS + sentence)
    assert {p.name for p in found[0].parties} == {"Kenya", "Norway"}
    return found[1:]


@pytest.mark.parametrize(
    "sentence",
    [
        "Otieno and her Tajik colleague, Rustam Nazarov, spoke by telephone late on Monday about the ships.",
        "Tajikistan's Foreign Minister Rustam Nazarov telephoned Otieno on Monday evening to thank her.",
        "Tajik Foreign Minister Rustam Nazarov rang Otieno on Monday night to voice his concern.",
        "Tajik Foreign Minister Rustam Nazarov called Otieno late on Monday to thank her for the ships.",
        "Otieno was telephoned by Tajik Foreign Minister Rustam Nazarov on Monday.",
        "On Monday, Otieno had a telephone conversation with Tajik Foreign Minister Rustam Nazarov.",
        "In a call to Otieno on Monday night, Tajik Foreign Minister Rustam Nazarov thanked her for the ships.",
        "Otieno told Tajik Foreign Minister Rustam Nazarov by telephone on Monday that the ships would sail.",
        "Speaking by telephone on Monday, Otieno and Tajik Foreign Minister Rustam Nazarov agreed to wait.",
    ],
)
def test_a_call_is_a_meeting_of_its_own_by_telephone_and_on_its_own_day(sentence: str) -> None:
    (call,) = second(sentence)
    assert {p.name for p in call.parties} == {"Kenya", "Tajikistan"}
    assert (call.format, call.city) == ("phone", None)
    assert "Monday" in (call.date.text if call.date else "")


@pytest.mark.parametrize(
    "sentence", ["Otieno and Lowe spoke by telephone on Sunday to prepare the talks.", "Lowe called Otieno on Sunday."]
)
def test_a_call_of_the_same_two_does_not_make_a_call_of_their_talks(sentence: str) -> None:
    (call,) = second(sentence)
    (talks, _) = meetings(TALKS + sentence)
    assert (talks.format, talks.city.text if talks.city else None) == ("in_person", "Oslo")
    assert (call.format, call.date.text if call.date else None) == ("phone", "on Sunday")


@pytest.mark.parametrize(
    "sentence",
    [
        "Tajik Foreign Minister Rustam Nazarov told reporters by telephone on Monday that Otieno was right.",
        "Otieno spoke to reporters by telephone about Tajik Foreign Minister Rustam Nazarov on Monday.",
        "Tajik Foreign Minister Rustam Nazarov called Otieno a friend of the fishermen on Monday.",
        "Speaking in Oslo on Monday, Otieno and Tajik Foreign Minister Rustam Nazarov praised the fishermen.",
    ],
)
def test_to_speak_of_somebody_or_to_the_press_is_no_call(sentence: str) -> None:
    assert second(sentence) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Otieno then called on Prime Minister Lars Dahl in Bergen to thank him.",
        "Otieno was later received by Prime Minister Lars Dahl at his residence in Bergen.",
        "Otieno then went to see Prime Minister Lars Dahl at his residence in Bergen.",
        "Otieno also visited Prime Minister Lars Dahl at his residence in Bergen.",
        "The Kenyan minister later paid a courtesy call on Prime Minister Lars Dahl in Bergen.",
    ],
)
def test_a_guest_whom_a_surname_or_office_names_again_met_the_host_as_well(sentence: str) -> None:
    (visit,) = second(sentence)
    assert [(p.name, p.represents) for p in visit.participants] == [("Jane Otieno", "Kenya"), ("Lars Dahl", "Norway")]
    assert visit.format == "in_person"
    assert (visit.city.text if visit.city else None) == "Bergen"


def test_a_guest_who_will_call_on_the_host_has_not_met_yet() -> None:
    (visit,) = second("Otieno will call on Prime Minister Lars Dahl in Bergen on Thursday.")
    assert visit.occurrence == "planned"


@pytest.mark.parametrize(
    "sentence",
    [
        "Otieno called on Prime Minister Lars Dahl to lower the duties on fish.",
        "Otieno visited the harbour that Prime Minister Lars Dahl had opened in May.",
        "Otieno visited Lars Dahl’s house, now a museum.",
    ],
)
def test_an_appeal_to_the_host_or_a_tour_is_no_visit(sentence: str) -> None:
    assert second(sentence) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "At breakfast on Wednesday, Japanese Deputy Minister Ken Oda told Otieno that the ships would sail.",
        "Over dinner on Wednesday, Otieno and Japanese Foreign Minister Ken Oda agreed to wait.",
        "Otieno and Japanese Foreign Minister Ken Oda discussed the ships over a working lunch on Wednesday.",
        "Otieno dined with Japanese Foreign Minister Ken Oda on Wednesday.",
        "Otieno and Japanese Foreign Minister Ken Oda had lunch together on Wednesday.",
        "Japanese Foreign Minister Ken Oda met Otieno for breakfast on Wednesday.",
        "On Wednesday, Otieno hosted a dinner for Japanese Foreign Minister Ken Oda.",
        "Otieno hosted a lunch in honour of Japanese Foreign Minister Ken Oda on Wednesday.",
    ],
)
def test_a_meal_at_which_two_named_people_speak_is_a_meeting(sentence: str) -> None:
    (meal,) = second(sentence)
    assert {p.represents for p in meal.participants} == {"Kenya", "Japan"}
    assert meal.format == "in_person"
    assert "Wednesday" in (meal.date.text if meal.date else "")


@pytest.mark.parametrize(
    "sentence",
    [
        "At a dinner of the chamber of commerce on Wednesday, Otieno said that Japanese Minister Ken Oda was a friend.",
        "Otieno had lunch with her family on Wednesday, and Japanese Foreign Minister Ken Oda went to the harbour.",
        "Otieno told a prayer breakfast on Wednesday that Japanese Foreign Minister Ken Oda would come.",
        "Before lunch on Wednesday, Otieno told reporters that Japanese Foreign Minister Ken Oda would come.",
        "At a dinner on Wednesday, Otieno told Kenyan Trade Minister John Mutua that the ships would sail.",
        "Otieno hosted a dinner for the chamber of commerce on Wednesday.",
        "Otieno hosted a dinner for Japan's fishermen on Wednesday.",
        "Otieno hosted a dinner for Japanese business leaders on Wednesday.",
    ],
)
def test_a_meal_at_which_nobody_of_another_country_is_spoken_to_is_none(sentence: str) -> None:
    assert second(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "occurrence"),
    [
        ("Kenyan Trade Minister Jane Otieno sat down Thursday morning with Norwegian Trade Minister Ann Lowe.", "held"),
        ("Kenyan Trade Minister Jane Otieno sat down for two hours on Thursday with Norway's Ann Lowe.", "held"),
        ("Kenyan Trade Minister Jane Otieno and her Norwegian counterpart, Ann Lowe, sat down to talk fish.", "held"),
        ("Kenyan Trade Minister Jane Otieno on Thursday evening met Norwegian Trade Minister Ann Lowe.", "held"),
        (
            "Kenyan Trade Minister Jane Otieno will sit down with Norwegian Trade Minister Ann Lowe on Friday.",
            "planned",
        ),
    ],
)
def test_a_part_of_the_day_or_a_length_does_not_part_those_who_meet(sentence: str, occurrence: str) -> None:
    assert [({p.name for p in m.parties}, m.occurrence) for m in meetings(sentence)] == [
        ({"Kenya", "Norway"}, occurrence)
    ]


def test_a_pair_that_sat_down_somewhere_met_nobody() -> None:
    assert parties("Kenyan President Jane Otieno and Norwegian President Ann Lowe sat down in the front row.") == []


@pytest.mark.parametrize(
    ("person", "office", "party"),
    [
        ("U.S. Trade Representative Ann Lowe", "Trade Representative", "United States"),
        (
            "Japanese Senior Vice Minister for Foreign Affairs Ken Oda",
            "Senior Vice Minister for Foreign Affairs",
            "Japan",
        ),
        ("European Union External Relations Commissioner Eva Roth", "External Relations Commissioner", "EU"),
        ("European Trade Commissioner Eva Roth", "Trade Commissioner", "EU"),
        ("External Relations Commissioner Eva Roth", "External Relations Commissioner", "EU"),
        (
            "Norway's Minister of Trade, Industry and Fisheries Ann Lowe",
            "Minister of Trade, Industry and Fisheries",
            "Norway",
        ),
        ("Norwegian Culture Minister Ann Lowe", "Culture Minister", "Norway"),
    ],
)
def test_who_holds_an_office_of_trade_or_of_the_union_takes_part(person: str, office: str, party: str) -> None:
    (met,) = meetings(
        f"{person} met Kenyan Trade Minister Jane Otieno in Nairobi on Thursday for talks on the price of fish."
    )
    guest = met.participants[0]
    assert (guest.office and guest.office.text, guest.represents) == (office, party)
    assert {p.name for p in met.parties} == {party, "Kenya"}


def test_a_pronoun_after_an_office_alone_is_not_the_one_who_was_telephoned() -> None:
    text = (
        "News from the palace\n\nThe President telephoned President Joao Prado of Brazil last night. "
        "He also spoke with President Ana Ruiz of Chile.\n"
    )
    assert {"Brazil", "Chile"} not in parties(text)


def test_they_who_met_a_minister_of_another_country_did_not_meet_in_the_talks_at_hand() -> None:
    found = meetings(
        TALKS + "A delegation of fishermen was in Lima last week, and they met the Peruvian minister there."
    )
    assert [m.city and m.city.text for m in found if {p.name for p in m.parties} == {"Kenya", "Norway"}] == ["Oslo"]


@pytest.mark.parametrize("opening", ["Kenya and Norway said on Tuesday their top diplomats held talks in Oslo."])
@pytest.mark.parametrize(
    "visit",
    [
        "Otieno later called on Prime Minister Lars Dahl at his office by the harbour.",
        "Otieno also paid a courtesy call on Prime Minister Lars Dahl.",
    ],
)
def test_a_call_on_the_host_after_talks_of_which_nobody_is_named_is_no_part_of_them(opening: str, visit: str) -> None:
    who = (
        "Foreign Minister Jane Otieno, who had come by ship, and her Norwegian counterpart Ann Lowe reviewed the catch."
    )
    talks, call = meetings(f"OSLO, May 4 (NNN) - {opening}\n\n{who}\n\n{visit}")
    assert [p.name for p in talks.participants] == ["Jane Otieno", "Ann Lowe"]
    assert [(p.name, p.represents) for p in call.participants] == [("Jane Otieno", "Kenya"), ("Lars Dahl", "Norway")]


def test_a_surname_of_two_words_is_one_name_behind_a_courtesy() -> None:
    text = (
        "Omani Foreign Minister Salim Al Rawahi carried the papers.\n\n"
        "Qatari Foreign Minister Saif Al Najm telephoned Mr Al Rawahi on Sunday about the ships."
    )
    (call,) = meetings(text)
    assert {p.name for p in call.participants} == {"Saif Al Najm", "Salim Al Rawahi"}


def test_a_surname_of_two_words_that_two_people_have_is_neithers() -> None:
    text = (
        "Omani Foreign Minister Salim Al Rawahi and Omani Trade Minister Rashid Al Rawahi were at sea.\n\n"
        "Kenyan Foreign Minister Jane Otieno telephoned Mr Al Rawahi on Sunday about the ships."
    )
    assert meetings(text) == []


def test_one_who_is_named_beside_a_counterpart_holds_an_office_too() -> None:
    text = (
        "NAIROBI, May 4 (NNN) - A summit of the leaders of Kenya and Norway that was due on Thursday has been "
        "cancelled.\n\nAmos Barasa and his Norwegian counterpart, Lars Dahl, spoke by phone on Sunday night."
    )
    _, call = meetings(text)
    assert [(p.name, p.represents) for p in call.participants] == [
        ("Amos Barasa", "Kenya"),
        ("Lars Dahl", "Norway"),
    ]


def test_who_speaks_in_an_assembly_between_others_meets_nobody() -> None:
    assert second("Otieno spoke on Wednesday between Chile and Peru.") == []


def test_a_call_told_of_in_a_paragraph_leaves_the_words_below_it_to_the_main_talks() -> None:
    below = (
        "The talks began at dawn.\n\n"
        "Tajik Foreign Minister Rustam Nazarov telephoned Otieno on Monday evening.\n\n"
        "“The nets are full,” said Lowe.\n\n“The sea is empty,” Otieno said."
    )
    talks, call = meetings(TALKS + below)
    assert [s.text for s in talks.statements] == ["The nets are full,", "The sea is empty,"]
    assert call.statements == []


@pytest.mark.parametrize("verb", ["denied on Monday that its minister had met", "said its foreign minister met"])
def test_its_minister_is_of_the_country_of_which_the_sentence_tells(verb: str) -> None:
    (meeting,) = meetings(f"Kenya {verb} a deputy prime minister of Norway in Oslo on Sunday.")
    assert {p.name for p in meeting.parties} == {"Kenya", "Norway"}
    assert (meeting.occurrence, meeting.level) == ("denied" if "denied" in verb else "held", "ministers")


def test_marks_of_stress_around_a_name_are_no_part_of_it() -> None:
    text = "Kenyan Foreign Minister **Jane Otieno** met her _Norwegian_ counterpart, *Ann Lowe*, in Oslo on Tuesday."
    (meeting,) = meetings(text)
    assert [(p.name, p.represents) for p in meeting.participants] == [("Jane Otieno", "Kenya"), ("Ann Lowe", "Norway")]


def test_the_ministry_of_a_spokeswoman_is_a_part_of_her_office() -> None:
    below = "A Foreign Ministry spokeswoman, Nina Holm, denied that fish were few. “The nets are full,” she told them."
    (talks,) = meetings(TALKS + below)
    assert [s.speaker for s in talks.statements] == ["Nina Holm"]


def test_a_surname_that_is_a_particle_elsewhere_is_a_name() -> None:
    text = (
        "HANOI, May 4 (NNN) - Vietnamese Foreign Minister Le Van Hung met Norwegian Minister Kari Dahl in Hanoi.\n\n"
        "“The sea is full,” Mr Le told reporters after the meeting."
    )
    (talks,) = meetings(text)
    assert [s.speaker for s in talks.statements] == ["Le Van Hung"]
