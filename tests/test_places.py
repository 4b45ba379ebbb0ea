import pycountry
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.values import places

CODES = [*sorted(entry.alpha_3 for entry in pycountry.countries), "XKX"]


def found(text: str) -> list[tuple[str, str | None]]:
    return [(text[p.start : p.end], p.code) for p in places.find(text)]


@pytest.mark.parametrize("code", CODES)
def test_a_countrys_short_name_leads_back_to_its_code(code: str) -> None:
    assert places.country(places.name_of(code)) == code
    assert places.country(code) == code


@pytest.mark.parametrize("acronym", sorted(set(places.ORGANISATIONS.values())))
def test_an_acronym_is_its_own_name(acronym: str) -> None:
    assert places.country(acronym) == places.name_of(acronym) == acronym


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("the United States", "USA"),
        ("U.S", "USA"),
        ("Japan’s", "JPN"),
        ("the Philippines'", "PHL"),
        ("Koreans", "KOR"),
        ("Emiratis", "ARE"),
        ("north korea", "PRK"),
        ("SOUTH KOREA", "KOR"),
        ("cote d'ivoire", "CIV"),
        ("Côte d’Ivoire", "CIV"),
        ("Viet Nam", "VNM"),
        ("Türkiye", "TUR"),
        ("Republic of China", "TWN"),
        ("People's Republic of China", "CHN"),
        ("Congo", "COD"),
        ("Republic of Congo", "COG"),
        ("Nigerien", "NER"),
        ("Nigerian", "NGA"),
        ("French", "FRA"),
        ("Dominican", "DOM"),
        ("Dominica", "DMA"),
        ("European Union", "EU"),
        ("Arab League", "LAS"),
    ],
)
def test_names_adjectives_and_aliases_have_codes(words: str, code: str) -> None:
    assert places.country(words) == code


@pytest.mark.parametrize("words", ["us", "and", "can", "Guy", "Mar", "who", "Island", "None", "Nairobi", "", "the"])
def test_other_words_have_none(words: str) -> None:
    assert places.country(words) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("U.S.-Japan ties", [("U.S.", "USA"), ("Japan", "JPN")]),
        ("Japan-South Korea-U.S.", [("Japan", "JPN"), ("South Korea", "KOR"), ("U.S.", "USA")]),
        ("South Korea’s and the UK's", [("South Korea", "KOR"), ("UK", "GBR")]),
        ("Koreans, Emiratis and Czechs", [("Koreans", "KOR"), ("Emiratis", "ARE"), ("Czechs", "CZE")]),
        ("South African and West African", [("South African", "ZAF"), ("West African", None)]),
        ("Central African President", [("Central African", "CAF")]),
        ("the Central African Republic", [("Central African Republic", "CAF")]),
        ("Central African states", [("Central African states", None)]),
        ("American Samoa and Samoa", [("American Samoa", "ASM"), ("Samoa", "WSM")]),
        ("South American, Latin American", [("South American", None), ("Latin American", None)]),
        ("the Korean Peninsula", [("Korean Peninsula", None)]),
        ("both Koreas", [("Koreas", None)]),
        ("India and the Indian Ocean", [("India", "IND"), ("Indian Ocean", None)]),
        ("the Sea of Japan", [("Sea of Japan", None)]),
        ("Guinea, Guinea-Bissau", [("Guinea", "GIN"), ("Guinea-Bissau", "GNB")]),
        ("Papua New Guinea", [("Papua New Guinea", "PNG")]),
        ("the Gulf of Guinea", [("Gulf of Guinea", None)]),
        ("Niger, Nigeria, Niger Delta", [("Niger", "NER"), ("Nigeria", "NGA"), ("Niger Delta", None)]),
        ("Dominica, Dominican Republic", [("Dominica", "DMA"), ("Dominican Republic", "DOM")]),
        ("Mexico City, Mexico", [("Mexico", "MEX")]),
        ("Vatican City", [("Vatican City", "VAT")]),
        ("Northern Ireland and Ireland", [("Northern Ireland", None), ("Ireland", "IRL")]),
        ("New Jersey", [("New Jersey", None)]),
        ("The Economic Community of West African States", [("Economic Community of West African States", "ECOWAS")]),
        ("Organization of American States", [("Organization of American States", "OAS")]),
        ("Australia", [("Australia", "AUS")]),
        ("Romania, Oman", [("Romania", "ROU"), ("Oman", "OMN")]),
        ("the Côte d’Ivoire", [("Côte d’Ivoire", "CIV")]),
        ("it told us that Irania and Omanis met", [("Omanis", "OMN")]),
    ],
)
def test_countries_organisations_and_regions_are_found_in_a_text(
    text: str, expected: list[tuple[str, str | None]]
) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Michael Jordan met Chad Harrow and Georgia Conti.", []),
        ("In Jordan, Egypt and Chad", ["JOR", "EGY", "TCD"]),
        ("Jordan Foreign Minister Faris Mansour", ["JOR"]),
        ("Jordan’s king met India’s.", ["JOR", "IND"]),
        ("from Atlanta, Georgia", []),
        ("from Tbilisi, Georgia", ["GEO"]),
        ("Georgian and Israeli", ["GEO", "ISR"]),
    ],
)
def test_a_country_is_no_person_of_that_name(text: str, expected: list[str]) -> None:
    assert [p.code for p in places.find(text)] == expected


@given(st.lists(st.sampled_from(CODES), min_size=1, max_size=5), st.sampled_from([", ", " and ", "; ", "–"]))
def test_each_country_of_a_list_is_found(codes: list[str], mark: str) -> None:
    # News writing takes these for regions.
    codes = [code for code in codes if code not in ("ESH", "HKG", "SGS")]
    assert [p.code for p in places.find(mark.join(map(places.name_of, codes)))] == codes


@given(
    st.lists(st.sampled_from(["U.S.", "Jordan", "Seoul", "Korean", "the", "Sea of ", " ", "-", "’s", "é"])).map("".join)
)
def test_places_stand_in_order_and_never_overlap(text: str) -> None:
    at = 0
    for place in places.find(text):
        assert at <= place.start < place.end <= len(text)
        assert (place.code is None) == (place.kind == "region")
        at = place.end


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("Nairobi", "KEN"),
        ("New York", "USA"),
        ("Washington", "USA"),
        ("The Hague", "NLD"),
        ("Hague", "NLD"),
        ("Geneva", "CHE"),
        ("Kiev", "UKR"),
        ("Odessa", "UKR"),
        ("Peking", "CHN"),
        ("St. Petersburg", "RUS"),
        ("SAO PAULO", "BRA"),
        ("São Paulo", "BRA"),
        ("Mexico City", "MEX"),
        ("Islamabad", "PAK"),
        ("Dili", "TLS"),
        ("Bridgetown", "BRB"),
        ("San Jose", "CRI"),
        ("Ulaanbaatar", "MNG"),
        ("Nuku’alofa", "TON"),
        ("서울", "KOR"),
        ("Sharm El Sheikh", "EGY"),
        ("Port Vila", "VUT"),
        ("Bodo", "NOR"),
        ("Davos", "CHE"),
        ("Evian", "FRA"),
        ("Washington, D.C.", "USA"),
        ("Lima, Peru", "PER"),
        ("Tbilisi, Georgia", "GEO"),
        ("Annapolis, Maryland", "USA"),
    ],
)
def test_a_citys_name_means_what_news_writing_means_by_it(name: str, country: str) -> None:
    city = places.city(name)
    assert city
    assert city.country == country


@pytest.mark.parametrize(
    "name", ["Bali", "Crimea", "Nowhereville", "", "Hawaii", "White House", "Paris, Texas", "Vienna, Virginia"]
)
def test_a_region_a_house_or_an_unknown_name_is_no_city(name: str) -> None:
    assert places.city(name) is None


def test_a_capital_can_stand_for_its_government() -> None:
    assert (places.capital_of("Tokyo"), places.capital_of("Washington"), places.capital_of("Osaka")) == (
        "JPN",
        "USA",
        None,
    )


@pytest.mark.parametrize(("words", "is_shared"), [("Korea", True), ("Dominican", True), ("Japan", False)])
def test_a_name_that_two_countries_bear_is_known_as_such(words: str, is_shared: bool) -> None:
    assert places.shared(words) is is_shared
