"""The other meetings that an article tells of: earlier and next rounds, one with each guest, unnamed sides."""

import pytest

from tests.readings import meetings, parties

TOLD = (
    "Kenyan Foreign Minister Jane Wanjiru met Ugandan Foreign Minister Moses Okello in Kampala on Tuesday. They "
    "discussed the state of trade and the border posts that are to be opened. "
)


@pytest.mark.parametrize(
    ("sentence", "date", "city"),
    [
        ("The two last met in Nairobi in March.", "in March", "Nairobi"),
        ("The talks came after a first round in Geneva in 2018.", "in 2018", "Geneva"),
        ("It was the second such visit, following the first in Mombasa in May.", "in May", "Mombasa"),
        ("The third round of negotiations, held in Dodoma in April, ended without a deal.", "in April", "Dodoma"),
        ("The two countries have met three times, most recently in Arusha in June.", "in June", "Arusha"),
        ("Delegations from the two countries met in Mombasa in June.", "in June", "Mombasa"),
        ("The Kenya-Uganda Joint Commission last met in Nairobi in 2022.", "in 2022", "Nairobi"),
        ("Their predecessors met in Kisumu in 2016.", "in 2016", "Kisumu"),
        ("The next round of talks will be held in Kigali in May.", "in May", "Kigali"),
        ("The second will be held in Nairobi next year.", "next year", "Nairobi"),
        ("The two sides plan to hold another session in Nairobi in September.", "in September", "Nairobi"),
    ],
)
def test_what_the_same_parties_held_or_will_hold_is_another_meeting(sentence: str, date: str, city: str) -> None:
    _, other = meetings(TOLD + sentence)
    assert (other.date and other.date.text, other.city and other.city.text) == (date, city)
    assert {party.name for party in other.parties} == {"Kenya", "Uganda"}


@pytest.mark.parametrize(
    "sentence",
    ["The ministers agreed to meet again.", "They agreed to hold the next round of talks within a month."],
)
def test_the_next_meeting_is_planned_without_a_date_too(sentence: str) -> None:
    assert [m.occurrence for m in meetings(TOLD + sentence)] == ["held", "planned"]


def test_we_will_meet_again_is_a_farewell() -> None:
    assert len(meetings(TOLD + "“We will meet again,” Okello said.")) == 1


@pytest.mark.parametrize(
    "sentence",
    [
        "They recalled their earlier meetings in Nairobi in May 2014 and in Arusha in June 2015 on border trade.",
        "Previous rounds took place in Nairobi in May 2014 and in Arusha in June 2015.",
        "Wanjiru and Okello also met in Nairobi in May 2014 and in Arusha in June 2015.",
    ],
)
def test_each_place_and_day_of_a_list_is_that_of_a_meeting(sentence: str) -> None:
    _, *others = meetings(TOLD + sentence)
    assert [m.city.text for m in others if m.city] == ["Nairobi", "Arusha"]
    assert [m.date.text for m in others if m.date] == ["in May 2014", "in June 2015"]


def test_today_and_tomorrow_are_the_days_of_one_meeting() -> None:
    text = "Kenyan President Jane Wanjiru meets Ugandan President Moses Okello in Kampala today and tomorrow."
    assert len(meetings(text)) == 1


@pytest.mark.parametrize(
    "sentence",
    [
        "Kenyan President John Otieno phoned Ugandan President Ruth Akello and Chilean President Ana Ruiz on Monday.",
        "Kenyan President John Otieno made phone calls to his Ugandan and Chilean counterparts on Monday.",
        "Kenyan President John Otieno had back-to-back meetings with the presidents of Uganda and Chile on Monday.",
        "Kenyan President John Otieno spoke by phone with Ugandan President Ruth Akello and, in a separate call, with "
        "Chilean President Ana Ruiz.",
    ],
)
def test_whoever_is_met_one_after_the_other_has_a_meeting_each(sentence: str) -> None:
    assert parties(sentence) == [{"Kenya", "Uganda"}, {"Kenya", "Chile"}]


def test_a_call_on_the_president_and_one_on_the_prime_minister_are_two() -> None:
    told = meetings(
        TOLD + "Wanjiru paid a courtesy call on Ugandan President Ruth Akello and Prime Minister Amy Nambi."
    )
    assert [len(m.participants) for m in told] == [2, 2, 2]


def test_the_president_in_place_of_the_minister_makes_another_meeting() -> None:
    told = meetings(TOLD + "Wanjiru later met President Ruth Akello.")
    assert [[p.name for p in m.participants] for m in told] == [
        ["Jane Wanjiru", "Moses Okello"],
        ["Jane Wanjiru", "Ruth Akello"],
    ]


def test_who_mediates_makes_no_other_meeting() -> None:
    text = (
        "Talks between Kenya and Uganda ended in Brussels on Monday. European Union foreign policy chief Ilse Maas "
        "emerged from negotiations with Kenyan President John Otieno and Ugandan President Ruth Akello.\n"
    )
    assert len(meetings(text)) == 1


@pytest.mark.parametrize(
    ("sentence", "sides"),
    [
        (
            "The Kenyan minister is expected in Lima on Friday for talks with his Peruvian counterpart.",
            {"Kenya", "Peru"},
        ),
        ("A week earlier, Peru’s president had hosted the Chilean leader in Lima.", {"Peru", "Chile"}),
        ("A Peruvian delegation will visit Santiago next week for border talks with Chile.", {"Peru", "Chile"}),
        ("Caricom leaders and Canadian Prime Minister Anne Roy met in Nassau in May.", {"CARICOM", "Canada"}),
        ("In May, Wanjiru received her. They met Rwandan President Eric Mugisha in Kigali in June.", {"Rwanda"}),
    ],
)
def test_offices_and_delegations_without_names_are_sides(sentence: str, sides: set[str]) -> None:
    assert any(sides <= told for told in parties(TOLD + sentence))


def test_a_national_agency_leaves_out_its_own_country_wherever_it_files() -> None:
    text = (
        "NEW YORK, May 5 (Yonhap) -- Foreign Minister Ann Lowe met Foreign Minister Joao Prado of Brazil in New York "
        "on Monday. Brazil is South Korea's partner in trade.\n"
    )
    assert parties(text) == [{"South Korea", "Brazil"}]


THREE = (
    "President Ann Mwangi of Kenya will receive Prime Minister Kari Dahl of Norway and President Luis Prado today.\n\n"
    + "The coast is long and the fish in its bays are many.\n\n" * 6
)


@pytest.mark.parametrize("trio", ["Kenya, Norway and Chile", "Chile, Norway and Kenya"])
def test_the_third_of_three_is_of_the_country_that_is_else_in_a_list(trio: str) -> None:
    assert parties(f"{THREE}Fish from {trio} is sold on every market.\n") == [{"Kenya", "Norway", "Chile"}]


def test_a_list_of_more_countries_does_not_tell_whose_the_third_is() -> None:
    assert parties(f"{THREE}Fish from Kenya, Norway, Peru and Chile is sold everywhere.\n") == [{"Kenya", "Norway"}]


def test_who_stands_beside_one_of_the_papers_own_and_one_of_another_country_is_of_a_third() -> None:
    text = (
        "Joint statement of the national security advisors\n\n"
        "Kenya, Norway and Chile condemn the theft of nets. Kenya stands by its friends in Norway and Chile.\n\n"
        "National Security Secretary Luis Prado, Norwegian National Security Advisor Kari Dahl and Kenyan National "
        "Security Advisor Ann Mwangi met in Lima on Monday.\n"
    )
    (meeting,) = meetings(text, "Government of Kenya")
    assert {p.name: p.represents for p in meeting.participants}["Luis Prado"] == "Chile"


def test_who_is_to_meet_counterparts_without_being_named_is_of_the_papers_own_country() -> None:
    text = "NAIROBI, May 4 (NNN) - The trip is to meet with both her Norwegian and Chilean counterparts on Monday.\n"
    assert parties(text) == [{"Kenya", "Norway", "Chile"}]


def test_people_of_whom_one_countrys_is_known_met_for_the_countries_of_the_main_meeting() -> None:
    text = (
        "Kenyan National Security Advisor Ann Mwangi met Norwegian National Security Advisor Kari Dahl and Samoan "
        "National Security Advisor Simon Lealofi in Oslo on Monday.\n\nTheir meeting follows the Rose Hall summit in "
        "May 2030, in which President Amos Barasa of Kenya, Prime Minister Lars Holm and Prime Minister Tavita Leota "
        "agreed on the price of fish.\n"
    )
    _, summit = meetings(text)
    assert ({p.name for p in summit.parties}, summit.level) == ({"Kenya", "Norway", "Samoa"}, "leaders")


@pytest.mark.parametrize("who", ["The Samoan president", "Samoa's president", "A Samoan delegation"])
def test_whose_country_is_told_with_the_counterparts_is_not_of_the_papers_own(who: str) -> None:
    text = f"NAIROBI, May 4 (NNN) - {who} is to meet his Norwegian and Chilean counterparts in Lima on Monday.\n"
    assert parties(text) == [{"Samoa", "Norway", "Chile"}]


TWO_A_SIDE = (
    "Kenyan Defence Minister Amos Barasa, Kenyan Foreign Minister Ann Mwangi and their Norwegian counterparts Lars "
    "Holm and Kari Dahl announced the plan after a meeting in Oslo.\n"
)


def test_the_counterparts_of_two_ministers_are_two() -> None:
    (meeting,) = meetings(TWO_A_SIDE)
    assert [p.represents for p in meeting.participants] == ["Kenya", "Kenya", "Norway", "Norway"]


def test_what_others_of_the_same_countries_did_one_day_does_not_date_a_meeting() -> None:
    text = (
        f"{TWO_A_SIDE}\nIn April, Kenyan President Joe Wako and Norwegian Prime Minister Tor Lie agreed to fish less.\n"
    )
    assert meetings(text)[0].date is None


def test_ministers_do_not_sit_for_the_leaders_whose_summit_the_article_recalls() -> None:
    text = (
        "Defence ministers of Kenya and Norway met in Oslo on Sunday.\n\nThe meeting came a year after Kenyan "
        "President Joe Wako held a summit with Norwegian Prime Minister Tor Lie at Rose Hall in August 2030.\n"
    )
    met, summit = meetings(text)
    assert ((met.level, met.participants), summit.level) == (("ministers", []), "leaders")


def test_a_stranger_whom_one_of_two_met_is_not_given_the_others_country() -> None:
    text = (
        "OSLO, May 4 (NNN) - Kenyan Foreign Minister Ann Mwangi met Norwegian Foreign Minister Kari Dahl in Bergen on "
        "Monday.\n\nIn May 2029, Mwangi met President Luis Prado.\n"
    )
    assert parties(text) == [{"Kenya", "Norway"}]
