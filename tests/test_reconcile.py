"""Accounts become meetings: the same ones in any order, with nothing lost and reasons given."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.ground import holds
from extractor.merging.merge import voice
from extractor.reconcile import reconcile
from extractor.schemas import Account, Agreement, Article, Draft, Meeting, Outcome, Statement, Status
from tests.accounts import Person, Result, Said, Told, account, account_lists, accounts, all_accounts, tellings

FIELDS = (
    "occurrence", "level", "format", "date", "time_text", "duration", "place", "venue", "city", "country", "host_event",
)  # fmt: skip

MONDAY = "Kenyan Minister Achieng Otieno met Norwegian Minister Ingrid Solberg in Oslo on Monday."
TUESDAY = "On the 3rd, Norwegian Minister Ingrid Solberg met Kenyan Minister Achieng Otieno in Oslo."
PARTIES = (("Kenya", "Kenyan"), ("Norway", "Norwegian"))
PEOPLE = (Person("Achieng Otieno", "Kenya"), Person("Ingrid Solberg", "Norway"))
TOLD = Told(date="on Monday", city="Oslo", parties=PARTIES, people=PEOPLE)


def dumped(meetings: tuple[Meeting, ...]) -> list[str]:
    return [meeting.model_dump_json() for meeting in meetings]


def utterances(meeting: Meeting) -> list[Statement | Outcome]:
    return [*meeting.statements, *meeting.outcomes]


def cited(meeting: Meeting) -> set[str]:
    """The ids of the claims that the merged values rest on."""
    fields = [getattr(meeting, name) for name in FIELDS]
    people = meeting.participants
    fields += [field for person in people for field in (person.office, person.represents)]
    items = (*fields, *meeting.parties, *meeting.topics, *meeting.distinctions, *people)
    said = {rendering.claim for one in utterances(meeting) for rendering in one.renderings}
    return said | {id_ for item in items for id_ in item.claims}


# What holds for any accounts

few = settings(max_examples=50)
"""Each example reads and merges whole articles."""


@given(told=account_lists(), data=st.data())
def test_any_order_of_the_accounts_gives_the_same_bytes(told: list[Account], data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(told))
    assert dumped(reconcile(shuffled)) == dumped(reconcile(told))


@few
@given(told=account_lists())
def test_an_account_that_is_given_twice_counts_once(told: list[Account]) -> None:
    assert dumped(reconcile(told + told[:1])) == dumped(reconcile(told))


def test_of_two_accounts_with_one_id_the_same_one_is_kept_in_any_order() -> None:
    one = account(MONDAY, TOLD, published="2031-03-03")
    other = one.model_copy(update={"source": "another name of the file"})
    assert dumped(reconcile([one, other])) == dumped(reconcile([other, one]))
    assert len(reconcile([one, other])) == 1


@few
@given(told=account_lists())
def test_every_account_is_in_exactly_one_meeting(told: list[Account]) -> None:
    found = [ref.id for meeting in reconcile(told) for ref in meeting.accounts]
    assert sorted(found) == sorted(one.id for one in told)


@few
@given(told=account_lists())
def test_no_claim_is_lost_and_none_is_invented(told: list[Account]) -> None:
    for meeting in reconcile(told):
        members = {ref.id for ref in meeting.accounts}
        assert {c.id: c for c in meeting.claims} == {c.id: c for a in told if a.id in members for c in a.claims}
        assert cited(meeting) <= {c.id for c in meeting.claims}


@few
@given(told=account_lists())
def test_every_value_that_is_said_stands_in_the_merged_record(told: list[Account]) -> None:
    attributes = {"role", "participants.role", "participants.pronoun"}
    for meeting in reconcile(told):
        alone = [
            c
            for c in meeting.claims
            if c.field not in attributes and not c.field.startswith(("statements.", "outcomes."))
        ]
        assert {c.id for c in alone} <= cited(meeting)


@few
@given(told=tellings())
def test_every_evidence_stands_at_its_offsets(told: list[tuple[Article, Draft]]) -> None:
    articles = {article.id: article for article, _ in told}
    for meeting in reconcile(all_accounts(told)):
        evidence = [e for c in meeting.claims for e in (*c.evidence, *(c.derivation.evidence if c.derivation else ()))]
        evidence += [e for w in meeting.warnings for e in w.evidence]
        evidence += [e for one in utterances(meeting) for r in one.renderings for e in r.evidence]
        assert all(holds(articles[e.article], e) for e in evidence)


@few
@given(told=tellings())
def test_a_rendering_is_what_its_evidence_holds(told: list[tuple[Article, Draft]]) -> None:
    for meeting in reconcile(all_accounts(told)):
        for one in utterances(meeting):
            assert all(r.text in (r.whole or r.text) for r in one.renderings)
            assert all(e.exact == r.text for r in one.renderings for e in r.evidence)


@few
@given(told=account_lists())
def test_accounts_of_one_article_are_never_one_meeting(told: list[Account]) -> None:
    for meeting in reconcile(told):
        articles = [ref.article for ref in meeting.accounts]
        assert len(articles) == len(set(articles))


@few
@given(told=account_lists())
def test_only_what_two_origins_say_is_agreed(told: list[Account]) -> None:
    for meeting in reconcile(told):
        claims = {c.id: c for c in meeting.claims}
        fields = [getattr(meeting, name) for name in FIELDS]
        for one in (*fields, *meeting.parties, *meeting.topics, *meeting.participants):
            voices = [claims[id_] for id_ in one.claims if voice(claims[id_])]
            if one.agreement in (Agreement.AGREED, Agreement.COMPATIBLE, Agreement.VARIANT):
                assert len({claim.account for claim in voices}) > 1


@few
@given(told=account_lists())
def test_a_merged_value_is_one_that_an_account_gives(told: list[Account]) -> None:
    for meeting in reconcile(told):
        claims = {c.id: c for c in meeting.claims}
        for field in (getattr(meeting, name) for name in FIELDS):
            assert (field.value is None) == (field.status is Status.NOT_STATED)
            assert field.value in {None, *(claims[id_].value for id_ in field.claims)}


@few
@given(told=account_lists())
def test_an_unrelated_account_changes_no_other_meeting(told: list[Account]) -> None:
    text = "The presidents of Ghana and Chile met in Accra on 9 July 2019."
    other = account(text, Told(date="on 9 July 2019", city="Accra", parties=["Ghana", "Chile"], level="leaders"))
    assert set(dumped(reconcile(told))) < set(dumped(reconcile([*told, other])))


@few
@given(told=account_lists(), data=st.data())
def test_accounts_in_two_lots_make_the_meetings_of_all(told: list[Account], data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, len(told)))
    first, second = (reconcile(part) for part in (told[:cut], told[cut:]))
    known = {c.id for meeting in (*first, *second) for c in meeting.claims}
    whole = reconcile([*told[cut:], *told[:cut]])
    assert dumped(whole) == dumped(reconcile(told))
    assert known == {c.id for meeting in whole for c in meeting.claims}


@given(told=account_lists(most=3))
def test_ids_are_fit_for_addresses_and_file_names(told: list[Account]) -> None:
    for meeting in reconcile(told):
        assert set(meeting.id) <= set("abcdefghijklmnopqrstuvwxyz0123456789-_")
        ids = [one.id for one in utterances(meeting)]
        assert len(ids) == len(set(ids))


# What becomes one meeting


def pair(**changes: Any) -> tuple[Account, Account]:
    """The same meeting told twice; `changes` are to the second."""
    return (
        account(MONDAY, TOLD, published="2031-03-03"),
        account(TUESDAY, replace(TOLD, date="the 3rd", **changes), published="2031-03-04"),
    )


def test_two_accounts_of_one_meeting_are_one_with_reasons() -> None:
    (meeting,) = reconcile(pair())
    assert [(a.label, a.published) for a in meeting.accounts] == [("A", "2031-03-03"), ("B", "2031-03-04")]
    assert meeting.why.score == sum(signal.weight for signal in meeting.why.signals)
    assert {"date same", "city same", "parties same", "person same"} == {s.name for s in meeting.why.signals}
    assert meeting.id.startswith("2031-03-03-oslo-ken-nor-")


def test_a_meeting_of_one_account_gives_no_reasons() -> None:
    (meeting,) = reconcile(pair()[:1])
    assert meeting.why.score is None
    assert meeting.why.signals == ()
    assert {party.agreement for party in meeting.parties} == {Agreement.SINGLE}


def test_no_accounts_make_no_meetings() -> None:
    assert reconcile([]) == ()


def test_a_pair_beside_a_trio_is_a_meeting_of_its_own() -> None:
    text = "Otieno of Kenya, Solberg of Norway and Ruiz of Peru met in Oslo on March 3, 2031."
    trio = account(text, replace(TOLD, date="March 3, 2031", parties=["Kenya", "Norway", "Peru"], people=[]))
    assert len(reconcile([pair()[0], trio])) == 2


def test_two_meetings_of_one_article_stay_two_though_another_looks_like_both() -> None:
    text = MONDAY + "\nThey met again in Oslo that day."
    both = accounts(text, TOLD, replace(TOLD, mention="met again", people=[]), published="2031-03-03")
    meetings = reconcile([*both, pair()[1]])
    assert sorted(len(meeting.accounts) for meeting in meetings) == [1, 2]
    cut = [w for meeting in meetings for w in meeting.warnings if w.code == "cut_link"]
    assert {w.account for w in cut} == {both[1].id, pair()[1].id}
    assert all(w.evidence for w in cut)


def test_yearly_news_without_a_date_is_told_apart_by_its_publication() -> None:
    text = "Achieng Otieno of Kenya met Ingrid Solberg of Norway in New York beside the U.N. General Assembly. {}"
    told = Told(
        city="New York",
        host_event="U.N. General Assembly",
        parties=["Kenya", "Norway"],
        people=PEOPLE,
        level="ministers",
    )
    years = [account(text.format(year), told, published=f"{year}-09-22") for year in (2030, 2031)]
    assert len(reconcile(years)) == 2
    assert len(reconcile([years[0], account(text.format("Again"), told, published="2030-09-24")])) == 1


def test_who_reports_it_leads_and_makes_it_reported() -> None:
    recalled = account(TUESDAY, replace(TOLD, date="the 3rd", role="background"), published="2031-03-03")
    (meeting,) = reconcile([recalled, account(MONDAY, TOLD, published="2031-03-05")])
    assert meeting.role == "reported"
    assert [a.role for a in meeting.accounts] == ["reported", "background"]


def test_dates_a_day_apart_are_one_meeting_with_a_warning() -> None:
    (meeting,) = reconcile([pair()[0], account(TUESDAY, replace(TOLD, date="the 3rd"), published="2031-03-04")])
    assert meeting.date.agreement is Agreement.AGREED
    later = account(MONDAY.replace("Monday", "Tuesday"), replace(TOLD, date="on Tuesday"), published="2031-03-04")
    (meeting,) = reconcile([pair()[0], later])
    assert (meeting.date.value, meeting.date.agreement) == ("2031-03-03", Agreement.COMPATIBLE)
    assert [w.code.value for w in meeting.warnings] == ["one_day_apart"]
    assert [e.exact for e in meeting.warnings[0].evidence] == ["on Monday", "on Tuesday"]


def test_pronouns_that_differ_are_doubted_with_their_words() -> None:
    texts = [f"{MONDAY} “It is done,” {pronoun} said." for pronoun in ("she", "he")]
    told = [replace(TOLD, said=[Said("It is done,", "Ingrid Solberg", attribution=f"{p} said")]) for p in ("she", "he")]
    (meeting,) = reconcile([account(t, d, published="2031-03-03") for t, d in zip(texts, told, strict=True)])
    (warning,) = meeting.warnings
    assert warning.code == "pronoun_mismatch"
    assert {e.exact for e in warning.evidence} == {"she said", "he said"}


@pytest.mark.parametrize(
    ("parties", "configuration"),
    [
        ((), "unknown"),
        (("Kenya",), "unknown"),
        (("Kenya", "Norway"), "bilateral"),
        (("Kenya", "Norway", "Peru"), "trilateral"),
        (("Kenya", "Norway", "Peru", "Ghana"), "quadrilateral"),
        (("Kenya", "Norway", "Peru", "Ghana", "Chile"), "multilateral"),
        (("Kenya", "Norway", ("Peru", "a country that the text does not name")), "bilateral"),
        (("Kenya", "Kenya", "the Kenya"), "unknown"),
        (("African Union", "Kenya"), "bilateral"),
    ],
)
def test_the_configuration_is_counted_from_the_parties_that_are_named(
    parties: tuple[str | tuple[str, str], ...], configuration: str
) -> None:
    text = "Envoys of Kenya, Norway, Peru, Ghana, Chile and the African Union met. So did the Kenya team."
    (meeting,) = reconcile([account(text, Told(parties=parties))])
    assert meeting.configuration == configuration


def test_a_meeting_of_many_accounts_explains_each_the_weakest_pair_and_all_doubts() -> None:
    told = [account(f"{MONDAY} Take {i}.", TOLD, published="2031-03-03") for i in range(10)]
    hosts = ("G20 summit", "U.N. General Assembly")
    told += [account(f"{MONDAY} At the {h}.", replace(TOLD, host_event=h), published="2031-03-03") for h in hosts]
    parties = [("Kenya", "Otieno"), ("Norway", "Solberg")]
    told.append(account("Otieno met Solberg in Oslo.", Told(city="Oslo", parties=parties)))
    (meeting,) = reconcile(told)
    signals = meeting.why.signals
    pairs = {signal.accounts for signal in signals}
    assert {id_ for both in pairs for id_ in both} == {one.id for one in told}
    assert len(pairs) < len(told) * 2
    totals = [sum(s.weight for s in signals if s.accounts == both) for both in pairs]
    assert meeting.why.score == min(total for total in totals if total > 0)
    assert [s.name for s in signals if s.weight < 0] == ["host event other"]
    assert [a.label for a in meeting.accounts] == [chr(65 + i) for i in range(13)]


def test_a_part_of_a_sentence_points_at_its_own_words_and_shows_the_whole() -> None:
    whole = "It was a good day, and the northern harbours will grow."
    first = account(f"{MONDAY} “A good day,” Solberg said.", replace(TOLD, said=[Said("A good day,", "Solberg")]))
    text = f"{MONDAY} “{whole}” Solberg said."
    second = account(text, replace(TOLD, said=[Said(whole, "Solberg")]), published="2031-03-03")
    (meeting,) = reconcile([first, second])
    (statement,) = meeting.statements
    part = next(r for r in statement.renderings if r.account == second.id)
    (evidence,) = part.evidence
    assert (part.text, part.whole) == ("a good day", whole)
    assert text[evidence.start : evidence.end] == part.text
    assert evidence.prefix.endswith("“It was ")
    assert evidence.suffix.startswith(", and the")
    assert statement.agreement is Agreement.AGREED


def test_statements_and_outcomes_are_carried_over_with_their_kinds() -> None:
    text = f"{MONDAY} “A good day,” Solberg said. They agreed to meet again."
    told = replace(
        TOLD, said=[Said("A good day,", "Ingrid Solberg", setting="press")], outcomes=[Result("to meet again")]
    )
    (meeting,) = reconcile([account(text, told)])
    (statement,), (outcome,) = meeting.statements, meeting.outcomes
    assert (statement.speaker, statement.kind, statement.setting) == ("Ingrid Solberg", "direct", "press")
    assert (outcome.kind, outcome.verb, outcome.text) == ("agreement", "agreed", "to meet again")
    assert statement.agreement is outcome.agreement is Agreement.SINGLE
