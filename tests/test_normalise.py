"""A grounded draft becomes accounts: values computed, evidence real, ids of the words alone."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.ground import ground, holds
from extractor.normalise import normalise
from extractor.schemas import Account, Article, Claim, Draft, Status
from tests.accounts import Person, Result, Said, Told, account, accounts, accounts_of, article, tellings, values

TEXT = (
    "Kenyan Foreign Minister Achieng Otieno met Norway’s Ingrid Solberg, the foreign minister, in OSLO for about two "
    "hours on Monday.\n“A good day,” she said. The ministry said the ports would open; he said so again.\n"
    "The European Union sent an envoy. Leaders of both sides will meet in Bergen in May by phone. Korea is not there.\n"
    "The Fisheries Forum of the North sent Nils Aasen. They spoke for several hours."
)


def told(published: str | None = "2031-03-04", **fields: Any) -> Account:
    return account(TEXT, Told(**fields), published)


def only(one: Account, field: str) -> Claim:
    (claim,) = one.of(field)
    return claim


# What holds for any draft


@given(told=tellings())
def test_every_evidence_stands_at_its_offsets(told: list[tuple[Article, Draft]]) -> None:
    for seen, draft in told:
        for claim in (c for one in accounts_of(seen, draft) for c in one.claims):
            derived = claim.derivation.evidence if claim.derivation else ()
            assert all(holds(seen, evidence) for evidence in (*claim.evidence, *derived))
            assert claim.evidence


@given(told=tellings(most=2), data=st.data())
def test_the_order_of_a_models_answer_changes_no_byte(told: list[tuple[Article, Draft]], data: st.DataObject) -> None:
    for seen, draft in told:
        mixed = [
            meeting.model_copy(
                update={
                    name: data.draw(st.permutations(getattr(meeting, name)))
                    for name in ("parties", "participants", "distinctions", "topics", "outcomes", "statements")
                }
            )
            for meeting in data.draw(st.permutations(draft.meetings))
        ]
        found = accounts_of(seen, Draft(meetings=mixed))
        assert {a.id: a.model_dump_json() for a in found} == {
            a.id: a.model_dump_json() for a in accounts_of(seen, draft)
        }


@given(told=tellings(most=2))
def test_ids_are_one_of_a_kind_and_attributes_follow_what_they_are_about(told: list[tuple[Article, Draft]]) -> None:
    for seen, draft in told:
        for one in accounts_of(seen, draft):
            ids = [claim.id for claim in one.claims]
            assert len(ids) == len(set(ids))
            assert all(claim.about in ids[: ids.index(claim.id)] for claim in one.claims if claim.about)
            assert all(claim.account == one.id for claim in one.claims)


@given(told=tellings(most=2))
def test_what_is_inferred_names_its_rule(told: list[tuple[Article, Draft]]) -> None:
    for seen, draft in told:
        claims = [c for one in accounts_of(seen, draft) for c in one.claims]
        assert all(c.derivation and c.derivation.rule for c in claims if c.status is Status.INFERRED)


@given(told=tellings(most=2))
def test_words_that_nobody_located_are_kept_as_ungrounded(told: list[tuple[Article, Draft]]) -> None:
    for seen, draft in told:
        for one in normalise(seen, draft, {}):
            assert not any(claim.grounded for claim in one.claims if claim.field != "participants.represents")
            assert "ungrounded" in {warning.code for warning in one.warnings}


# Empty and broken drafts


def test_an_empty_draft_gives_no_account() -> None:
    assert accounts_of(article(TEXT), Draft(meetings=[])) == ()


def test_a_draft_of_empty_lists_gives_an_account_of_the_mention_alone() -> None:
    one = told(mention="met")
    assert [claim.field for claim in one.claims] == ["role", "occurrence"]
    assert one.warnings == ()


@pytest.mark.parametrize("words", ["", "  ", "words that are not there"])
def test_words_that_stand_nowhere_are_kept_and_doubted(words: str) -> None:
    seen = article(TEXT)
    meeting = Told(mention=words, city=words, parties=[("Kenya", words)], people=[Person("Nobody Atall")])
    draft = Draft.model_validate({"meetings": [meeting.draft(seen)]})
    (one,) = normalise(seen, draft, ground(seen, draft))
    assert not any(claim.grounded for claim in one.claims)
    assert {warning.code.value for warning in one.warnings} == {"ungrounded"}
    assert values(one, "parties") == ["KEN"]


def test_two_meetings_that_stand_nowhere_stay_two() -> None:
    found = accounts(TEXT, Told(mention="talked at dawn"), Told(mention="talked at dusk"))
    assert len({one.id for one in found}) == 2


def test_two_meetings_on_the_very_same_words_are_one_with_the_claims_of_both() -> None:
    (one,) = accounts(TEXT, Told(level="leaders", level_words="met"), Told(level="ministers", level_words="met"))
    assert sorted(values(one, "level")) == ["leaders", "ministers"]
    (one,) = accounts(TEXT, Told(role="background"), Told(role="reported"))
    assert one.role == "reported"


def test_a_claim_that_is_made_twice_stands_once() -> None:
    one = told(parties=["Norway", "Norway"], said=[Said("A good day,"), Said("A good day,")])
    assert values(one, "parties") == ["NOR"]
    assert values(one, "statements") == ["A good day,"]


def test_ids_depend_on_the_words_alone() -> None:
    first, second = told(parties=["Norway"], topics=["ports"]), told(parties=["Norway"], topics=["ports"])
    assert first == second
    assert told(parties=["Norway"]).id != first.id
    other = account(TEXT + " More.", Told(parties=["Norway"], topics=["ports"]))
    assert not {c.id for c in other.claims} & {c.id for c in first.claims}


def test_claims_stand_in_the_order_of_the_text() -> None:
    one = told(said=[Said("he said so again."), Said("the ports would open"), Said("A good day,")])
    assert values(one, "statements") == ["A good day,", "the ports would open", "he said so again."]


# Dates and durations


@pytest.mark.parametrize(
    ("words", "published", "edtf", "rule", "used"),
    [
        ("on Monday", "2031-03-04", "2031-03-03", "weekday before publication", ("published: 2031-03-04",)),
        ("in May", None, "XXXX-05", None, ()),
    ],
)
def test_dates_are_counted_from_what_the_article_gives(
    words: str, published: str | None, edtf: str, rule: str | None, used: tuple[str, ...]
) -> None:
    claim = only(told(published, date=words), "date")
    assert (claim.value, claim.text, claim.status) == (edtf, words, Status.STATED)
    assert (claim.derivation.rule if claim.derivation else None) == rule
    assert (claim.derivation.metadata if claim.derivation else ()) == used


def test_a_date_counted_from_the_text_points_at_the_words() -> None:
    text = "OSLO, March 4, 2031 (Fjord) - Otieno met Solberg on Monday."
    claim = only(account(text, Told(date="on Monday")), "date")
    assert claim.value == "2031-03-03"
    assert claim.derivation is not None
    assert [e.exact for e in claim.derivation.evidence] == ["March 4, 2031"]


def test_a_weekday_that_nothing_settles_is_doubted_and_gives_no_date() -> None:
    one = told(None, date="on Monday")
    assert one.of("date") == ()
    assert [(w.code.value, w.evidence[0].exact) for w in one.warnings] == [("date_open", "on Monday")]


def test_a_date_on_another_weekday_is_doubted() -> None:
    one = account("They met on Monday, March 4, 2031.", Told(date="on Monday, March 4, 2031"))
    assert [w.code.value for w in one.warnings] == ["weekday_mismatch"]


@pytest.mark.parametrize(("words", "value"), [("about two hours", "PT2H"), ("several hours", "several hours")])
def test_a_duration_without_a_number_keeps_its_words(words: str, value: str) -> None:
    assert only(told(duration=words), "duration").value == value


# Places


def test_a_city_in_capitals_is_shown_as_a_name_and_gives_its_country() -> None:
    one = told(city="OSLO", place="OSLO")
    assert (only(one, "city").value, only(one, "city").text) == ("Oslo", "OSLO")
    country = only(one, "country")
    assert (country.value, country.status) == ("NOR", Status.INFERRED)


def test_a_known_site_gives_its_country_and_no_city() -> None:
    one = account("They met at Chequers.", Told(place="Chequers"))
    country = only(one, "country")
    assert (one.of("city"), country.value, country.status) == ((), "GBR", Status.INFERRED)
    assert country.derivation is not None
    assert country.derivation.rule == "country of the site"


@pytest.mark.parametrize(("words", "value"), [("Norway", "NOR"), ("the North", "the North")])
def test_a_country_that_is_printed_is_stated_and_an_unknown_one_keeps_its_words(words: str, value: str) -> None:
    claim = only(told(city="OSLO", country=words), "country")
    assert (claim.value, claim.status) == (value, Status.STATED)


@pytest.mark.parametrize(
    ("form", "format_words", "place", "status", "text"),
    [
        ("phone", "by phone", None, Status.STATED, "by phone"),
        ("in_person", None, "OSLO", Status.INFERRED, "OSLO"),
        ("in_person", None, None, Status.INFERRED, "met"),
        ("phone", None, "OSLO", Status.INFERRED, "met"),
    ],
)
def test_a_format_is_stated_by_words_of_its_own(
    form: str, format_words: str | None, place: str | None, status: Status, text: str
) -> None:
    claim = only(told(format=form, format_words=format_words, place=place), "format")
    assert (claim.value, claim.status, claim.text) == (form, status, text)


def test_what_is_unknown_is_not_claimed() -> None:
    assert told(level="unknown", format="unknown").of("level") == ()


# Parties and people


@pytest.mark.parametrize(
    ("name", "words", "code", "rule", "status"),
    [
        ("Kenya", "Kenyan", "KEN", None, Status.STATED),
        ("Norway", "Norway’s", "NOR", None, Status.STATED),
        ("Norway", "Norway’s Ingrid Solberg", "NOR", None, Status.STATED),
        ("EU", "The European Union", "EU", None, Status.STATED),
        ("the European Union", "envoy", "EU", "words that stand for the party", Status.STATED),
        ("Norway", "both sides", "NOR", "words that stand for the party", Status.STATED),
        ("Fisheries Forum", "The Fisheries Forum of the North", "Fisheries Forum", None, Status.STATED),
        (
            "South Korea",
            "Korea",
            "KOR",
            "a name that two countries bear, read as news writing uses it",
            Status.STATED,
        ),
        ("Peru", "Norway", "PER", "words that stand for the party", Status.INFERRED),
    ],
)
def test_parties_are_codes_and_say_how_they_were_read(
    name: str, words: str, code: str, rule: str | None, status: Status
) -> None:
    claim = only(told(parties=[(name, words)]), "parties")
    assert (claim.value, claim.text, claim.status) == (code, words, status)
    assert (claim.derivation.rule if claim.derivation else None) == rule


@pytest.mark.parametrize(
    ("person", "value", "text", "status"),
    [
        (Person("Achieng Otieno", "Kenya"), "KEN", "Kenyan", Status.STATED),
        (Person("Ingrid Solberg", "Norway"), "NOR", "Norway", Status.STATED),
        (Person("Nils Aasen", "Fisheries Forum"), "Fisheries Forum", "Fisheries Forum", Status.STATED),
        (Person("Nils Aasen", "Norway"), "NOR", "NOR", Status.INFERRED),
    ],
)
def test_whom_a_person_represents_is_stated_where_the_country_stands_by_the_name(
    person: Person, value: str, text: str, status: Status
) -> None:
    claim = only(told(people=[person]), "participants.represents")
    assert (claim.value, claim.text, claim.status) == (value, text, status)


def test_a_name_in_another_script_keeps_both_forms() -> None:
    one = account(
        "在奥斯陆，陈文明会见了客人。", Told(mention="会见", people=[Person("陈文明", romanised="Chen Wenming")])
    )
    claim = only(one, "participants")
    assert (claim.value, claim.text, claim.grounded) == ("Chen Wenming", "陈文明", True)


def test_an_office_that_another_country_has_is_doubted() -> None:
    text = "Kenyan Secretary of State Achieng Otieno met US Secretary of State Mary Poole."
    people = [
        Person(f"{name}", party, "Secretary of State")
        for name, party in (("Achieng Otieno", "Kenya"), ("Mary Poole", "US"))
    ]
    (warning,) = account(text, Told(people=people)).warnings
    assert warning.code == "office_of_another"
    assert "Achieng Otieno" in warning.message


# Statements and outcomes


def test_a_speaker_takes_the_form_of_the_participants() -> None:
    people = [Person("Ingrid Solberg", "Norway"), Person("Achieng Otieno", "Kenya")]
    one = told(people=people, said=[Said("A good day,", "Solberg", attribution="she said")])
    claim = only(one, "statements.speaker")
    assert (claim.value, claim.text, claim.status) == ("Ingrid Solberg", "she said", Status.STATED)
    pronoun = only(one, "participants.pronoun")
    assert (pronoun.value, pronoun.text, pronoun.about) == ("she", "she said", one.of("participants")[1].id)


def test_a_surname_that_two_participants_share_names_neither() -> None:
    text = "Achieng Otieno and Wanjiru Otieno met Solberg. “Good,” Otieno said."
    people = [Person("Achieng Otieno", "Kenya"), Person("Wanjiru Otieno", "Kenya")]
    one = account(text, Told(people=people, said=[Said("Good,", "Otieno", attribution="Otieno said")]))
    assert only(one, "statements.speaker").value == "Otieno"


def test_a_speaker_without_words_of_attribution_is_inferred() -> None:
    assert only(told(said=[Said("A good day,", "Solberg")]), "statements.speaker").status is Status.INFERRED


@pytest.mark.parametrize(
    ("speaker", "codes"),
    [("The ministry", ["pronoun_of_organisation"]), ("joint statement", []), ("unresolved", [])],
)
def test_he_said_of_an_organisation_is_doubted(speaker: str, codes: list[str]) -> None:
    one = told(said=[Said("the ports would open", speaker, attribution="he said")])
    assert [w.code.value for w in one.warnings] == codes


def test_the_attributes_of_an_outcome_stand_on_its_words() -> None:
    one = told(outcomes=[Result("the ports would open", "commitment", "said")])
    outcome = only(one, "outcomes")
    assert [(c.field, c.value, c.about) for c in one.claims if c.about] == [
        ("outcomes.kind", "commitment", outcome.id),
        ("outcomes.verb", "said", outcome.id),
    ]
    assert all(c.evidence == outcome.evidence for c in one.claims if c.about)


def test_a_topic_that_is_a_country_goes_by_its_common_name() -> None:
    assert values(told(topics=["Norway", "ports"]), "topics") == ["Norway", "ports"]
