"""At what level the built-in reader sets a meeting."""

import pytest

from extractor.builtin.levels import rank
from extractor.schemas.draft import Level
from tests.test_builtin_setting import first, read

RANKS: dict[Level, list[tuple[str, str]]] = {
    "leaders": [
        ("Secretary-General", "UN"),
        ("Chairperson", "AU"),
        ("Director General", "IAEA"),
        ("Deputy President", "ZAF"),
        ("First Vice President", "KEN"),
        ("Crown Prince", "SAU"),
        ("Emperor", "JPN"),
        ("Chairman of the Transitional Military Council", "TCD"),
        ("Prime Minister and Minister of Defence", "ETH"),
    ],
    "ministers": [
        ("Deputy Prime Minister", "AUS"),
        ("Deputy Prime Minister and Minister of Foreign Affairs", "THA"),
        ("High Representative", "EU"),
        ("Commissioner", "EU"),
        ("Foreign Secretary", "GBR"),
        ("Minister of National Defence General", "VNM"),
        ("Minister of Foreign Affairs, Ambassador", "BRA"),
        ("Attorney General", "USA"),
        ("defence chief", "KOR"),
    ],
    "senior_officials": [
        ("Secretary-General of the Ministry of Foreign Affairs", "SGP"),
        ("Under-Secretary-General", "UN"),
        ("Director General", "EU"),
        ("Foreign Secretary", "IND"),
        ("Principal Secretary", "KEN"),
        ("Deputy Foreign Minister", "NOR"),
        ("Lieutenant General", "PAK"),
        ("Secretary of the Security Council", "ARM"),
        ("mediator", "USA"),
        ("Permanent Representative", "NOR"),
    ],
    "working": [("technical teams", ""), ("delegations", "")],
    "unknown": [("farmer", "KEN"), ("commissioner", "KEN")],
}


@pytest.mark.parametrize(
    ("office", "side", "level"), [(*case, level) for level, cases in RANKS.items() for case in cases]
)
def test_an_office_ranks_by_its_words_and_by_whom_its_holder_speaks_for(office: str, side: str, level: Level) -> None:
    assert rank(office, side) == level


KENYA, NORWAY = "Kenyan Foreign Minister Jane Otieno", "Norwegian Foreign Minister Ingrid Solberg"


@pytest.mark.parametrize(
    ("text", "level"),
    [
        (f"Kenyan President Ann Mwangi received {NORWAY}.", "ministers"),
        ("Kenyan President Ann Mwangi met United Nations Secretary-General Maria Lind in New York.", "leaders"),
        ("American mediator Paul Reed held talks with Kenyan President Ann Mwangi.", "senior_officials"),
        ("Experts from Kenya and Norway met in Oslo on Monday.", "working"),
        ("Kenya and Norway held two-plus-two talks in Oslo on Monday.", "ministers"),
        ("Leaders of Kenya and Norway met in Oslo on Monday.", "leaders"),
        (
            "After the vice ministers' talks, Kenya and Norway held the first defence ministers' meeting in Oslo.",
            "ministers",
        ),
        ("The foreign secretaries of India and Nepal met in Oslo on Monday.", "senior_officials"),
        ("India and Kenya held foreign secretary-level talks in Oslo on Monday.", "ministers"),
        ("Kenya and Norway opened talks in Oslo on Monday. The diplomats hope for more fish.", "unknown"),
    ],
)
def test_the_lower_side_sets_the_level_and_mediators_are_no_leaders(text: str, level: Level) -> None:
    assert first(text).level == level


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        (f"{KENYA} met {NORWAY} on Monday. The last round of talks was held in Oslo in May.", ["ministers"] * 2),
        (
            f"{KENYA} met {NORWAY} on Monday. "
            "The last meeting of the Kenya-Norway Joint Commission was held in Oslo in May.",
            ["ministers", "unknown"],
        ),
    ],
)
def test_an_earlier_round_is_of_the_level_of_its_series_unless_a_body_met(text: str, levels: list[Level]) -> None:
    assert [meeting.level for meeting in read(text)] == levels
