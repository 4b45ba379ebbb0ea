"""Fields, items and people merged: every value kept, origins counted, nothing inferred taken for said."""

from typing import Any

import pytest

from extractor.merging.merge import (
    merge_distinctions,
    merge_field,
    merge_participants,
    merge_parties,
    merge_topics,
)
from extractor.schemas import Account, Agreement, Status
from tests.accounts import Person, Told, account

TEXT = (
    "They met in Oslo, in Bergen, at Akershus Castle, in Akershus Castle in Oslo, at Oslo City Hall, in Norway, on "
    "March 3, 2031, on March 4, 2031, on March 5, 2031, in March 2031, in May 2031, for two hours, for 90 minutes, at "
    "3 p.m., at 15:00, at 3 in the afternoon, in the morning, by video, at the G20 summit, at the Group of 20 summit, "
    "at the G20 (twenty rich countries) summit, at the G20 summit of advanced economies, at the U.N. General Assembly. "
    "Korea and South Korea, the EU, Kenya. Achieng Otieno, Achieng W. Otieno, Otieno, Wanjiru Otieno, Ingrid Solberg. "
    "Foreign Minister, Minister of Foreign Affairs, Prime Minister. Fish; fish; ships. He and she. "
    "It was the first this year, their first meeting this year."
)
HE = "He"


def told(label: str, *, origin: str | None = None, published: str | None = None, **fields: Any) -> Account:
    """An account of TEXT; `label` makes its article, and `origin` may be shared."""
    made = account(f"{TEXT} ({label})", Told(**fields), published=published)
    return made.model_copy(update={"origin": origin or made.origin})


def merged(field: str, *values: str | None) -> tuple[str | None, Agreement | None]:
    name = {"time_text": "time"}.get(field, field)
    accounts = [told(str(i), **({name: value} if value else {})) for i, value in enumerate(values)]
    found = merge_field(accounts, field)
    assert len(found.claims) == len([value for value in values if value])
    return found.value, found.agreement


AGREED, COMPATIBLE, VARIANT = Agreement.AGREED, Agreement.COMPATIBLE, Agreement.VARIANT
SINGLE, CONFLICT = Agreement.SINGLE, Agreement.CONFLICT


@pytest.mark.parametrize(
    ("field", "values", "expected"),
    [
        ("city", ("Oslo",), ("Oslo", SINGLE)),
        ("city", ("Oslo", None), ("Oslo", SINGLE)),
        ("city", ("Oslo", "Oslo"), ("Oslo", AGREED)),
        ("city", ("Oslo", "Bergen"), ("Oslo", CONFLICT)),
        ("city", ("Oslo", "Bergen", "Bergen"), ("Bergen", CONFLICT)),
        ("place", ("Akershus Castle", "Akershus Castle in Oslo"), ("Akershus Castle", COMPATIBLE)),
        ("place", ("Oslo", "Norway"), ("Oslo", COMPATIBLE)),
        ("place", ("Akershus Castle", "Oslo City Hall"), ("Akershus Castle", CONFLICT)),
        ("date", ("March 3, 2031", "in March 2031"), ("2031-03-03", COMPATIBLE)),
        ("date", ("in March 2031", "March 3, 2031"), ("2031-03-03", COMPATIBLE)),
        ("date", ("March 3, 2031", "March 4, 2031"), ("2031-03-03", COMPATIBLE)),
        ("date", ("March 4, 2031", "March 3, 2031", "March 5, 2031"), ("2031-03-04", CONFLICT)),
        ("date", ("March 3, 2031", "in May 2031"), ("2031-03-03", CONFLICT)),
        ("date", ("March 3, 2031", "in May 2031", "in May 2031"), ("2031-05", CONFLICT)),
        ("duration", ("two hours", "90 minutes"), ("PT2H", CONFLICT)),
        ("time_text", ("at 3 p.m.", "at 3 in the afternoon"), ("at 3 p.m.", COMPATIBLE)),
        ("time_text", ("at 3 p.m.", "in the morning"), ("at 3 p.m.", COMPATIBLE)),
        ("time_text", ("at 3 p.m.", "at 15:00"), ("at 3 p.m.", CONFLICT)),
        ("host_event", ("G20 summit", "Group of 20 summit"), ("Group of 20 summit", AGREED)),
        (
            "host_event",
            ("G20 (twenty rich countries) summit", "G20 summit of advanced economies"),
            ("G20 (twenty rich countries) summit", VARIANT),
        ),
        (
            "host_event",
            ("G20 summit", "G20 summit of advanced economies"),
            ("G20 summit of advanced economies", COMPATIBLE),
        ),
        ("host_event", ("G20 summit", "U.N. General Assembly"), ("U.N. General Assembly", CONFLICT)),
    ],
)
def test_one_value_of_several(
    field: str, values: tuple[str | None, ...], expected: tuple[str | None, Agreement]
) -> None:
    assert merged(field, *values) == expected


def test_a_field_that_nobody_tells_is_not_stated() -> None:
    assert merge_field([told("A")], "city").status is Status.NOT_STATED


@pytest.mark.parametrize(
    ("left", "right", "value", "agreement"),
    [
        ("held", "held", "held", AGREED),
        ("planned", "held", "held", COMPATIBLE),
        ("planned", "cancelled", "cancelled", COMPATIBLE),
        ("unclear", "held", "held", COMPATIBLE),
        ("held", "cancelled", "held", CONFLICT),
        ("planned", "denied", "denied", CONFLICT),
    ],
)
def test_planned_and_then_held_is_one_history(left: str, right: str, value: str, agreement: Agreement) -> None:
    found = merge_field([told("A", occurrence=left), told("B", occurrence=right)], "occurrence")
    assert (found.value, found.agreement) == (value, agreement)


def test_the_rule_tells_how_a_value_was_chosen() -> None:
    finer = merge_field([told("A", date="in March 2031"), told("B", date="March 3, 2031")], "date")
    assert finer.rule == "the finer value leads"
    other = merge_field([told("A", city="Oslo"), told("B", city="Bergen")], "city")
    assert other.rule == "most origins, then the first account"
    assert merge_field([told("A", city="Oslo"), told("B", city="Oslo")], "city").rule is None


def test_an_inferred_value_is_kept_but_is_nobodys_saying() -> None:
    accounts = [told("A", city="Oslo"), told("B", country="Norway", city="Oslo")]
    country = merge_field(accounts, "country")
    assert (country.value, country.status, country.agreement) == ("NOR", Status.STATED, SINGLE)
    assert len(country.claims) == 2
    inferred = merge_field(accounts[:1], "country")
    assert (inferred.value, inferred.status, inferred.agreement) == ("NOR", Status.INFERRED, None)
    assert inferred.rule == "nobody states it"


def test_inferences_that_differ_are_a_conflict() -> None:
    accounts = [told("A", format="in_person", city="Oslo"), told("B", format="phone")]
    assert merge_field(accounts, "format").agreement is CONFLICT


def test_a_value_whose_words_stand_nowhere_leads_only_where_there_is_no_other() -> None:
    made_up = told("A", city="Lisbon")
    alone = merge_field([made_up], "city")
    assert (alone.value, alone.status, alone.agreement) == ("Lisbon", Status.INFERRED, None)
    assert alone.rule == "its words do not stand in the article"
    both = merge_field([made_up, told("B", city="Oslo")], "city")
    assert (both.value, both.agreement, len(both.claims)) == ("Oslo", SINGLE, 2)


def test_ten_reprints_are_one_source() -> None:
    reprints = [told(str(i), origin="wire", city="Oslo", parties=["Kenya"], topics=["fish"]) for i in range(10)]
    assert merge_field(reprints, "city").agreement is SINGLE
    assert [p.agreement for p in merge_parties(reprints)] == [SINGLE]
    assert [t.agreement for t in merge_topics(reprints)] == [SINGLE]
    others = [told(f"o{i}", city="Bergen") for i in range(2)]
    assert merge_field([*reprints, *others], "city").value == "Bergen"


def test_an_origin_that_contradicts_itself_is_a_conflict() -> None:
    reprints = [told("A", origin="wire", city="Oslo"), told("B", origin="wire", city="Bergen")]
    assert merge_field(reprints, "city").agreement is CONFLICT


def test_parties_are_a_union_with_their_support() -> None:
    accounts = [
        told("A", parties=["Kenya", "South Korea", "Kenya", ("EU", "the EU")]),
        told("B", parties=["Kenya", ("South Korea", "Korea"), ("Rovers League", "They")]),
    ]
    found = {p.value: (p.agreement, len(p.claims)) for p in merge_parties(accounts)}
    assert found == {
        "KEN": (AGREED, 2),
        "KOR": (COMPATIBLE, 2),
        "EU": (SINGLE, 1),
        "Rovers League": (SINGLE, 1),
    }


def test_a_party_that_only_a_made_up_quote_shows_has_no_support() -> None:
    accounts = [told("A", parties=["Kenya"]), told("B", parties=[("Kenya", "the Kenyan side, as nobody wrote")])]
    assert [(p.value, p.agreement, len(p.claims)) for p in merge_parties(accounts)] == [("KEN", SINGLE, 2)]


def test_topics_go_by_their_labels_and_distinctions_by_what_they_claim() -> None:
    accounts = [
        told("A", topics=["Fish", "ships"], distinctions=["the first this year"]),
        told("B", topics=["fish"], distinctions=["their first meeting this year"]),
    ]
    assert [(t.value, t.agreement) for t in merge_topics(accounts)] == [("Fish", AGREED), ("ships", SINGLE)]
    assert [(d.value, d.agreement) for d in merge_distinctions(accounts)] == [
        ("their first meeting this year", COMPATIBLE)
    ]


OTIENO = ("Achieng Otieno", "Kenya")


@pytest.mark.parametrize(
    ("left", "right", "names"),
    [
        pytest.param([OTIENO], [OTIENO], [{"Achieng Otieno"}], id="the same name"),
        pytest.param(
            [OTIENO], [("Achieng W. Otieno", "Kenya")], [{"Achieng Otieno", "Achieng W. Otieno"}], id="a fuller name"
        ),
        pytest.param(
            [OTIENO], [("Otieno", "Kenya")], [{"Achieng Otieno", "Otieno"}], id="a surname and the same party"
        ),
        pytest.param([OTIENO], [("Otieno", None)], [{"Achieng Otieno", "Otieno"}], id="a surname and no party"),
        pytest.param([OTIENO], [("Otieno", "Peru")], [{"Achieng Otieno"}, {"Otieno"}], id="a surname, another party"),
        pytest.param(
            [OTIENO], [("Wanjiru Otieno", "Kenya")], [{"Achieng Otieno"}, {"Wanjiru Otieno"}], id="another first name"
        ),
        pytest.param(
            [OTIENO], [("Achieng Otieno", "EU")], [{"Achieng Otieno"}, {"Achieng Otieno"}], id="another party"
        ),
        pytest.param(
            [("Otieno", "Kenya")],
            [OTIENO, ("Wanjiru Otieno", "Kenya")],
            [{"Otieno"}, {"Achieng Otieno"}, {"Wanjiru Otieno"}],
            id="a surname that fits two bridges nobody",
        ),
        pytest.param(
            [OTIENO, ("Achieng W. Otieno", "Kenya")],
            [],
            [{"Achieng Otieno"}, {"Achieng W. Otieno"}],
            id="two whom one account tells apart",
        ),
        pytest.param(
            [("Otieno", "Kenya"), OTIENO], [], [{"Otieno", "Achieng Otieno"}], id="a surname and a name of one account"
        ),
    ],
)
def test_people(left: list[tuple[str, str | None]], right: list[tuple[str, str | None]], names: list[set[str]]) -> None:
    accounts = [told("A", people=[Person(*p) for p in left]), told("B", people=[Person(*p) for p in right])]
    assert [set(p.names) for p in merge_participants(accounts)] == names
    turned = [set(p.names) for p in merge_participants(accounts[::-1])]
    assert sorted(map(sorted, turned)) == sorted(map(sorted, names))


def test_the_fullest_name_leads_and_all_forms_are_kept() -> None:
    accounts = [told("A", people=[Person("Otieno", "Kenya")]), told("B", people=[Person("Achieng W. Otieno", "Kenya")])]
    (person,) = merge_participants(accounts)
    assert (person.name, person.agreement) == ("Achieng W. Otieno", COMPATIBLE)
    assert person.names == ("Otieno", "Achieng W. Otieno")


@pytest.mark.parametrize(
    ("left", "right", "agreement"),
    [
        ("Foreign Minister", "Foreign Minister", AGREED),
        ("Foreign Minister", "Minister of Foreign Affairs", COMPATIBLE),
        ("Foreign Minister", "Prime Minister", CONFLICT),
    ],
)
def test_offices_of_one_person(left: str, right: str, agreement: Agreement) -> None:
    accounts = [told(name, people=[Person(*OTIENO, office=office)]) for name, office in (("A", left), ("B", right))]
    (person,) = merge_participants(accounts)
    assert person.office.agreement is agreement
    assert person.agreement is AGREED


def test_a_host_is_a_host_though_another_account_does_not_say_so() -> None:
    accounts = [told("A", people=[Person(*OTIENO)]), told("B", people=[Person(*OTIENO, role="host")])]
    assert [p.role for p in merge_participants(accounts)] == ["host"]


APART = " They spoke of nets and boats, and of the long coast that both know well." * 4
SPELT = (
    f"Min Tae-yul of Kenya came with Bo Min.{APART} Min Tae-yeol agreed.{APART} Mr. Min left, MIN Tae-yul said.{APART}"
)


@pytest.mark.parametrize(
    ("people", "names"),
    [
        pytest.param(
            [("Min Tae-yul", "Kenya"), ("Min Tae-yeol", "Kenya"), ("MIN Tae-yul", None)],
            [{"Min Tae-yul", "Min Tae-yeol", "MIN Tae-yul"}],
            id="two romanisations",
        ),
        pytest.param(
            [("Min Tae-yul", None), ("Min Tae-yeol", "Kenya"), ("Mr. Min", None)],
            [{"Min Tae-yul", "Min Tae-yeol", "Mr. Min"}],
            id="and a surname",
        ),
        pytest.param(
            [("Min Tae-yul", "Kenya"), ("Bo Min", "Kenya"), ("Mr. Min", None)],
            [{"Min Tae-yul"}, {"Bo Min"}, {"Mr. Min"}],
            id="two of one surname",
        ),
    ],
)
def test_a_person_whom_one_article_spells_in_several_ways_is_one(
    people: list[tuple[str, str | None]], names: list[set[str]]
) -> None:
    one = account(SPELT, Told(people=[Person(*p) for p in people]))
    assert [set(p.names) for p in merge_participants([one])] == names
