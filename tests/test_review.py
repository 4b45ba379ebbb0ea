"""The review page over HTTP, without scripts: the queue, answers, what happens meanwhile, undo."""

import re
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from extractor.schemas import DecisionKind
from extractor.store import Workspace
from tests.judged import FULL, PLACED
from tests.reviewing import AGAIN, NORTH, TEXTS, Person, Served, elsewhere, log, made, reviewing

DURATION, STATEMENT, QUESTION = "Duration", "Statement, Marta Quispe", "Bilateral ministers’ meeting"


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("read") / "extractor.db", *TEXTS)


@pytest.fixture
def db(read: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(read, tmp_path))


@pytest.fixture
def served(db: Path) -> Iterator[Served]:
    with reviewing(db) as page:
        yield page


@pytest.fixture
def person(served: Served) -> Iterator[Person]:
    with Person(served) as somebody:
        yield somebody


def titled(person: Person) -> str:
    """The heading that the person reads."""
    return person.at.text.partition("autofocus>")[2].partition("</h1>")[0]


def at(served: Served, person: Person, title: str) -> Person:
    """The person at the item with this title."""
    item = next(one for one in served.desk.now().open if one.title == title)
    return person.go(f"/items/{item.id}")


def test_accounts_come_before_fields_and_an_answer_leads_to_the_next_item(person: Person) -> None:
    seen = [titled(person), titled(person.answer("different")), titled(person.answer("A"))]
    assert [title.partition(",")[0] for title in seen] == [QUESTION, DURATION, "Statement"]
    assert titled(person.answer("both").wait()) == "Nothing waits"
    assert "3 of 3 decided · 0 left open" in person.page


def test_what_comes_of_an_answer_is_asked(served: Served, person: Person) -> None:
    person.answer("same")
    served.desk.settled()
    assert titled(at(served, person, "Host event")) == "Host event"


def test_an_answer_is_in_the_log_with_who_gave_it_and_what_was_shown(db: Path, served: Served, person: Person) -> None:
    item = served.desk.now().open[0]
    person.answer("different", note="Two summits.\r\nTwo months.")
    (decision,) = log(db)
    assert (decision.kind, decision.actor, decision.shown) == (DecisionKind.DIFFERENT, "Adeola", item.shown)
    assert decision.reason.split() == ["Two", "summits.", "Two", "months."]


def test_a_split_holds_one_account_apart_from_all_others_and_is_undone_as_one(tmp_path: Path) -> None:
    with reviewing(made(tmp_path / "extractor.db", FULL, AGAIN, PLACED)) as page, Person(page) as person:
        assert re.search("[AB] is another meeting than all the others", person.page)
        person.answer("split")
        assert [(one.kind, one.actor) for one in log(tmp_path / "extractor.db")] == [("different", "Adeola")] * 2
        sizes = sorted(len(meeting.accounts) for meeting in page.desk.settled().waiting.meetings)
        assert sizes == [1, 2]
        person.go("/decisions").undo()
        assert [one.undoes for one in log(tmp_path / "extractor.db")] == [None, None, 1, 2]
        assert [len(meeting.accounts) for meeting in page.desk.settled().waiting.meetings] == [3]


@pytest.mark.parametrize(
    ("answer", "more", "kind", "value"),
    [
        ("A", {}, "pick", "PT2H"),
        ("B", {}, "pick", "PT3H"),
        ("both", {}, "both", None),
        ("reject", {}, "reject", None),
        ("open", {}, "unsure", None),
        ("edit", {"value": " PT2H30M "}, "edit", "PT2H30M"),
    ],
)
def test_a_field_takes_each_of_its_answers(
    db: Path, served: Served, person: Person, answer: str, more: dict[str, str], kind: str, value: str | None
) -> None:
    at(served, person, DURATION).answer(answer, **more)
    assert [(one.kind, one.field, one.value) for one in log(db)] == [(kind, "duration", value)]


def test_what_is_decided_stands_once_the_meetings_are_made_anew(served: Served, person: Person) -> None:
    at(served, person, DURATION).answer("B")
    meetings = served.desk.settled().waiting.meetings
    (field,) = (meeting.duration for meeting in meetings if meeting.duration.value)
    assert (field.value, field.agreement) == ("PT3H", "decided")
    assert DURATION not in person.go("/items").page.partition("Fields")[2]


@pytest.mark.parametrize(
    ("answer", "value", "complaint"),
    [
        ("edit", "two and a half hours", "is no duration in ISO 8601"),
        ("edit", "", "which value? Type it beside the button"),
        ("A", "PT2H30M", "A takes no value"),
        ("C", "", "takes no 'C'"),
    ],
)
def test_an_answer_that_cannot_be_is_told_and_what_was_typed_is_kept(
    db: Path, served: Served, person: Person, answer: str, value: str, complaint: str
) -> None:
    at(served, person, DURATION).answer(answer, value=value, note="By my watch.")
    assert person.at.status_code == 422
    assert complaint in person.page
    assert f'value="{value}"' in person.at.text
    assert "By my watch.</textarea>" in person.at.text
    assert log(db) == []


def test_what_is_left_open_is_counted_and_comes_last(served: Served, person: Person) -> None:
    title = titled(person)
    person.answer("open")
    assert "0 of 3 decided · 1 left open" in person.page
    assert served.desk.settled().open[-1].title != title
    assert served.desk.now().open[0].left_open
    person.answer("A")
    assert titled(person.answer("A").wait()) == "Nothing waits"
    assert title in person.page.partition("Left open")[2]
    assert "2 of 3 decided · 1 left open" in person.page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?q=peru", [DURATION, STATEMENT]),
        ("?q=wekesa", [QUESTION]),
        ("?q=PER+nor+duration", [DURATION]),
        ("?q=2031-05-09", [DURATION, STATEMENT]),
        ("?queue=fields", [DURATION, STATEMENT]),
        ("?queue=meetings", [QUESTION]),
        ("?queue=nonsense", [QUESTION, DURATION, STATEMENT]),
        ("?q=atlantis", []),
    ],
)
def test_the_queue_can_be_searched(person: Person, query: str, found: list[str]) -> None:
    listed = re.findall(r"<li><a href=./items/[^>]*>([^<,]*)", person.go(f"/items{query}").at.text)
    assert listed == [title.partition(",")[0] for title in found]


def test_who_searches_stays_in_what_was_found(person: Person) -> None:
    person.go("/?q=quispe")
    assert "1 of 2 found" in person.page
    assert titled(person.answer("A")) == STATEMENT
    person.answer("A")
    assert titled(person.go("/?q=quispe&settled=1")) == "Nothing here waits"


def test_a_field_is_shown_with_its_words_in_their_sentences_and_around_them(served: Served, person: Person) -> None:
    shown = at(served, person, DURATION).at.text
    assert "<bdi>The talks lasted <mark>two hours</mark>.</bdi>" in shown
    assert NORTH.partition(". ")[0] in person.page.partition("The words around")[2]


def test_words_that_others_put_differently_are_marked(served: Served, person: Person) -> None:
    shown = at(served, person, STATEMENT).at.text
    assert '<em class="differs">everybody</em>' in shown


def test_a_question_shows_both_accounts_and_the_signals_with_their_weights(served: Served, person: Person) -> None:
    question = served.desk.now().open[0].question
    assert question
    for signal in question.signals:
        assert f"{signal.weight:+d}".replace("-", "−") in person.page.partition("For and against")[2]
    assert "the score is close to the threshold" in person.page
    assert FULL.partition(". ")[0] in person.page


def test_nothing_is_preselected(person: Person) -> None:
    assert "checked" not in person.at.text
    assert "selected" not in person.at.text


def test_what_somebody_decided_meanwhile_is_shown_and_the_answer_is_not_lost(
    db: Path, served: Served, person: Person
) -> None:
    at(served, person, DURATION)
    with Person(served) as other:
        at(served, other, DURATION).answer("A", note="Both clocks agree.")
    person.answer("B")
    assert person.at.status_code == 409
    assert "What stands: PT2H (Both clocks agree.)" in person.page
    assert "You answered: B: PT3H" in person.page
    assert [one.value for one in log(db)] == ["PT2H"]
    person.insist()
    assert person.at.status_code == 200
    assert [one.value for one in log(db)] == ["PT2H", "PT3H"]


def test_an_answer_sent_twice_counts_once(db: Path, served: Served, person: Person) -> None:
    item = at(served, person, DURATION).at
    person.answer("A")
    person.at = item
    person.answer("A")
    assert person.at.status_code == 200
    assert len(log(db)) == 1


def test_what_is_decided_without_the_page_is_heard(db: Path, served: Served, person: Person) -> None:
    at(served, person, DURATION)
    elsewhere(db, next(one for one in served.desk.now().open if one.title == DURATION), "A")
    person.answer("B")
    assert person.at.status_code == 409
    assert "Bolanle decided this" in person.page
    assert DURATION not in person.go("/items").page.partition("Fields")[2]


def test_two_people_who_contradict_each_other_are_asked_about(db: Path, served: Served, person: Person) -> None:
    with reviewing(db, "Bolanle") as other, Person(other) as second:
        at(other, second, DURATION)
        at(served, person, DURATION).answer("A")
        assert "Adeola decided this" in second.answer("B").page
        second.insist()
    (again,) = (one for one in served.desk.settled().open if one.title == DURATION)
    shown = person.go(f"/items/{again.id}").page
    assert "two people judged it differently" in shown
    assert re.search("Adeola: PT2H .* Bolanle: PT3H", shown)


def test_of_many_who_answer_one_item_at_once_one_is_heard_and_all_are_told(db: Path, served: Served) -> None:
    item = next(one for one in served.desk.now().open if one.title == DURATION)
    codes: list[int] = []
    start = threading.Barrier(4)

    def answer(name: str) -> None:
        with Person(served) as somebody:
            somebody.go(f"/items/{item.id}")
            start.wait()
            codes.append(somebody.answer(name).at.status_code)

    threads = [threading.Thread(target=answer, args=[name]) for name in ("A", "B", "both", "reject")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(codes) == [200, 409, 409, 409]
    assert len(log(db)) == 1


def test_an_item_that_is_gone_says_so_and_can_be_decided_anyway(db: Path, served: Served, person: Person) -> None:
    at(served, person, DURATION)
    with Workspace.open(db, create=False) as opened:
        (found,) = (id_ for ids in opened.standing() for id_ in ids if opened.article(id_).text == NORTH)
        opened.forget(found)
    served.desk.now()
    served.desk.settled()
    assert "No longer asked" in person.answer("B").page
    assert log(db) == []
    person.insist()
    assert [one.value for one in log(db)] == ["PT3H"]


@pytest.mark.parametrize("settled", [False, True], ids=["at once", "once the meetings are made anew"])
def test_an_undo_asks_again(db: Path, served: Served, person: Person, settled: bool) -> None:
    at(served, person, DURATION).answer("A")
    if settled:
        served.desk.settled()
    assert titled(person.undo()) == DURATION
    assert [one.kind for one in log(db)] == ["pick", "undo"]
    person.answer("B")
    assert [one.value for one in served.desk.now().standing] == ["PT3H"]


def test_an_undo_can_be_undone(db: Path, served: Served, person: Person) -> None:
    at(served, person, DURATION).answer("A")
    person.undo()
    assert "Restore what decision 2 undid" in person.go("/decisions").at.text
    person.post("/undo", {"number": ["2"]})
    assert [one.value for one in served.desk.settled().standing] == ["PT2H"]
    assert person.go("/decisions").page.count("undone") >= 1
    assert len(log(db)) == 3


def test_nobody_undoes_a_decision_twice(db: Path, served: Served, person: Person) -> None:
    at(served, person, DURATION).answer("A")
    person.undo()
    person.post("/undo", {"number": ["1"]})
    assert person.at.status_code == 409
    assert titled(person) == "Nothing to undo"
    assert len(log(db)) == 2


def test_the_last_decision_that_is_offered_to_undo_is_ones_own(db: Path, served: Served, person: Person) -> None:
    at(served, person, DURATION).answer("A")
    elsewhere(db, next(one for one in served.desk.now().open if one.title == STATEMENT), "B")
    person.go("/decisions").undo()
    assert log(db)[-1].undoes == 1


def test_the_log_tells_who_decided_what_about_what_and_how_it_stands(served: Served, person: Person) -> None:
    at(served, person, DURATION).answer("A", note="Both clocks agree.")
    at(served, person, STATEMENT).answer("both")
    person.undo()
    shown = person.go("/decisions").page
    for words in (DURATION, "PT2H", "Both clocks agree.", "Adeola", "in force", "both", "undone"):
        assert words in shown


def test_an_address_of_nothing_says_so(person: Person) -> None:
    person.go("/items/f-00000000")
    assert person.at.status_code == 404
    assert "Nothing that waits has this address" in person.page


def test_a_workspace_that_went_away_is_told_in_a_line(db: Path, person: Person) -> None:
    for file in db.parent.iterdir():
        file.unlink()
    person.go("/")
    assert person.at.status_code == 500
    assert f"{db} does not exist" in person.page
