"""How news writing names people: `cases/naming.yaml`."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from extractor.builtin import naming
from extractor.builtin.page import Line
from extractor.builtin.people import Register

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "naming.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", [pytest.param(case, id=case["is"]) for case in CASES])
def test_a_line_names_people_with_office_and_country_where_it_is(case: dict[str, Any]) -> None:
    assert [[p.name, p.office, p.country] for p in naming.titled(case["line"])] == case["people"]


def test_a_label_in_capitals_names_a_person_as_printed() -> None:
    (named,) = naming.labelled("JANE DOE, PRIME MINISTER OF KENYA")
    assert (named.name, named.office, named.country) == ("JANE DOE", "PRIME MINISTER", "KENYA")


@pytest.mark.parametrize(
    ("later", "country"),
    [
        ("The Kenyan minister stayed for an hour.", "KEN"),
        ("The Kenyan president stayed at home.", None),
        ("The Kenyan people stayed at home.", None),
    ],
)
def test_a_country_said_later_with_the_office_is_that_of_its_one_holder(later: str, country: str | None) -> None:
    register = Register([Line(1, 1, "Foreign Minister Jane Doe arrived on Friday."), Line(2, 2, later)])
    assert [person.country for person in register.people] == [country]
