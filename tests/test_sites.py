"""Sites tell the country where they stand."""

import pytest

from extractor.values import places, sites


@pytest.mark.parametrize(
    ("words", "country"),
    [
        ("the Oval Office", "USA"),
        ("Chequers, the country house", "GBR"),
        ("the Élysée Palace", "FRA"),
        ("Quai d’Orsay", "FRA"),
        ("Malacañang Palace", "PHL"),
        ("Nusa Dua", "IDN"),
        ("Bali", "IDN"),
        ("State House", None),
        ("the Presidential Palace", None),
        ("Balikpapan", None),
        ("between the Kremlin and the White House", None),
        ("", None),
    ],
)
def test_a_site_stands_in_one_country_or_none_is_told(words: str, country: str | None) -> None:
    assert sites.country_of(words) == country


@pytest.mark.parametrize("words", ["Kremlin", "Bali", "Camp David", "Hyderabad House"])
def test_a_site_is_no_city(words: str) -> None:
    assert places.city(words) is None


@pytest.mark.parametrize(("name", "known"), [("Bali", True), ("Camp David", True), ("Kremlin", False), ("Lima", False)])
def test_an_area_is_a_site_that_is_no_house(name: str, known: bool) -> None:
    assert sites.area(name) is known
