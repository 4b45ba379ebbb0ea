"""Every id that a meeting had still leads to it, and so does the id of each account; none of it is in the records."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from extractor.cli.known import find, settled
from extractor.errors import ConfigurationError
from extractor.pipeline import extract, settle
from extractor.rebuild import rebuild
from extractor.reconcile import reconcile
from extractor.report import meeting_lines
from extractor.schemas import Account, Meeting
from extractor.settings import Settings
from extractor.store import Workspace, database
from extractor.weights import standard
from tests.accounts import Told, account, article
from tests.test_cli import extractor

MONDAY = "Kenyan Minister Achieng Otieno met Norwegian Minister Ingrid Solberg in Oslo on March 3, 2031."
AGAIN = "On March 3, 2031, Norwegian Minister Ingrid Solberg met Kenyan Minister Achieng Otieno in Oslo."
OTHER = "Kenyan Minister Achieng Otieno met Norwegian Minister Ingrid Solberg in Nairobi on June 9, 2031."
TOLD = Told(date="March 3, 2031", city="Oslo", parties=(("Kenya", "Kenyan"), ("Norway", "Norwegian")))

ONE, TWO = account(MONDAY, TOLD), account(AGAIN, TOLD)
THREE = account(OTHER, replace(TOLD, date="June 9, 2031", city="Nairobi"))


@pytest.fixture
def workspace(workspace: Workspace) -> Workspace:
    for text in (MONDAY, AGAIN, OTHER):
        workspace.save_article(article(text))
    return workspace


def kept(workspace: Workspace, *accounts: Account) -> list[Meeting]:
    """The meetings of these accounts, kept in place of those before."""
    workspace.save_meetings("state", reconcile(accounts))
    return list(workspace.meetings())


def had(workspace: Workspace, start: str) -> dict[str, list[str]]:
    """The accounts that were known so, by the ids of their meetings."""
    return {id_: [member.account for member in found] for id_, found in workspace.known_as(start).items()}


# What is kept


def test_an_id_leads_to_the_accounts_that_its_meeting_had(workspace: Workspace) -> None:
    (old,) = kept(workspace, ONE)
    (new,) = kept(workspace, ONE, TWO)
    assert had(workspace, old.id) == {old.id: [ONE.id]}
    assert had(workspace, "2031-03-03-oslo") == {old.id: [ONE.id], new.id: sorted([ONE.id, TWO.id])}
    assert had(workspace, TWO.id) == {new.id: sorted([ONE.id, TWO.id])}
    assert had(workspace, "2031-04") == {}


def test_saving_tells_which_meetings_were_known_until_then(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "PAGE", 1)
    first = kept(workspace, ONE, THREE)
    replaced = workspace.save_meetings("state", reconcile([ONE, TWO, THREE]))
    assert {id_: [m.account for m in told] for id_, told in replaced.items()} == {
        meeting.id: [ref.id for ref in meeting.accounts] for meeting in first
    }
    assert workspace.save_meetings("state", ()).keys() == {m.id for m in reconcile([ONE, TWO, THREE])}
    assert workspace.save_meetings("state", reconcile([ONE])) == {}


def test_an_id_that_comes_back_is_known_once(workspace: Workspace) -> None:
    (old,) = kept(workspace, ONE)
    kept(workspace, ONE, TWO)
    assert kept(workspace, ONE) == [old]
    assert had(workspace, old.id) == {old.id: [ONE.id]}


def test_a_forgotten_article_leaves_no_account_behind(workspace: Workspace) -> None:
    (old,) = kept(workspace, ONE)
    (both,) = kept(workspace, ONE, TWO)
    workspace.forget(ONE.article)
    assert had(workspace, old.id) == had(workspace, ONE.id) == {}
    assert had(workspace, both.id) == {both.id: [TWO.id]}


def test_no_byte_of_a_forgotten_account_stays_on_the_disk(tmp_path: Path) -> None:
    with Workspace.open(tmp_path / "extractor.db") as workspace:
        for text in (MONDAY, AGAIN):
            workspace.save_article(article(text))
        kept(workspace, ONE, TWO)
        workspace.forget(ONE.article)
        left = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert ONE.id.encode() not in left
    assert TWO.id.encode() in left


# How a meeting is found


def named(workspace: Workspace, meetings: Sequence[Meeting], start: str) -> str:
    return find(workspace, meetings, start).id


def test_a_meeting_is_found_by_its_id_the_start_of_it_or_an_account(
    workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    meetings = kept(workspace, ONE, TWO, THREE)
    assert named(workspace, meetings, meetings[0].id) == named(workspace, meetings, "2031-03") == meetings[0].id
    assert capsys.readouterr().err == ""
    assert [named(workspace, meetings, one.id) for one in (ONE, TWO, THREE)] == [
        meetings[0].id,
        meetings[0].id,
        meetings[1].id,
    ]
    assert f"{THREE.id} is an account of {meetings[1].id}\n" in capsys.readouterr().err


def test_an_old_id_says_what_it_is_now(workspace: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    (old,) = kept(workspace, ONE)
    (new,) = meetings = kept(workspace, ONE, TWO)
    assert named(workspace, meetings, old.id) == new.id
    assert capsys.readouterr().err == f"{old.id} is now {new.id}\n"


def together(*accounts: Account) -> Meeting:
    """A meeting with these accounts, whatever they tell."""
    (meeting,) = reconcile(accounts[:1])
    return meeting.model_copy(
        update={
            "id": f"{accounts[0].id[2:]}-{len(accounts)}",
            "accounts": tuple(
                meeting.accounts[0].model_copy(update={"id": a.id, "article": a.article}) for a in accounts
            ),
        }
    )


def test_a_split_is_told_with_the_shares(workspace: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    old = together(ONE, TWO, THREE)
    workspace.save_meetings("state", [old])
    meetings = [together(ONE, THREE), together(TWO)]
    workspace.save_meetings("state", meetings)
    assert named(workspace, meetings, old.id) == meetings[0].id
    shares = f"split: 2 of its accounts are in {meetings[0].id}, 1 in {meetings[1].id}"
    assert capsys.readouterr().err == f"{old.id} is now {meetings[0].id}; {shares}\n"


def test_a_join_is_told_with_the_others_as_they_were_last(
    workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    one, two, more, new = together(ONE), together(TWO), together(TWO, THREE), together(THREE, TWO, ONE)
    for meetings in ([one, two], [one, more], [new]):
        workspace.save_meetings("state", meetings)
    assert named(workspace, [new], one.id) == named(workspace, [new], two.id) == new.id
    assert capsys.readouterr().err.splitlines() == [
        f"{one.id} is now {new.id}; joined with {more.id}",
        f"{two.id} is now {new.id}; joined with {one.id}",
    ]


def test_an_account_that_was_read_anew_leads_to_what_its_article_tells_of_now(
    workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    (old,) = kept(workspace, ONE)
    anew = account(MONDAY, replace(TOLD, city=None))
    meetings = kept(workspace, anew, THREE)
    assert named(workspace, meetings, ONE.id) == named(workspace, meetings, old.id) == meetings[0].id
    told = capsys.readouterr().err
    assert f"{ONE.id} is no more, as its article was read anew; the article tells of {meetings[0].id}\n" in told
    assert f"{old.id} is now {meetings[0].id}\n" in told


@pytest.mark.parametrize(
    ("start", "complaint"),
    [
        ("2031", "several meetings start with '2031': 2031-03-03-oslo-ken-nor-"),
        ("a-", "several accounts start with 'a-': a-"),
        ("1999", "no meeting starts with '1999'; `extractor meetings` lists them"),
        ("a-x", "no account starts with 'a-x'; `extractor meetings` lists them"),
    ],
)
def test_what_leads_to_no_meeting_or_to_several_says_so(workspace: Workspace, start: str, complaint: str) -> None:
    meetings = kept(workspace, ONE, TWO, THREE)
    with pytest.raises(ConfigurationError) as caught:
        find(workspace, meetings, start)
    assert str(caught.value).startswith(complaint)


def test_a_meeting_that_nobody_tells_of_any_longer_says_so(workspace: Workspace) -> None:
    old, _ = kept(workspace, ONE, THREE)
    with pytest.raises(ConfigurationError, match=f"^{old.id} is no more: no article of the workspace tells of it"):
        find(workspace, kept(workspace, THREE), old.id)


# In a run

NEWS = "---\npublished: {}\n---\nKenyan Foreign Minister Achieng Otieno met Norwegian Foreign Minister Ingrid Solberg "
FIRST = NEWS.format("2031-03-04") + "in Oslo on March 3, 2031."
SECOND = NEWS.format("2031-03-05") + "in Oslo on Monday. It was a good day."
MISDATED = NEWS.format("2031-08-05") + "in Oslo on Monday. It was a good day."


def written(folder: Path, **texts: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text)
    return folder


def ran(db: Path, folder: Path) -> tuple[Meeting, ...]:
    extract([folder], Settings(), db=db)
    with Workspace.open(db) as workspace:
        settled(workspace, standard())
        return tuple(workspace.meetings())


def test_ids_that_join_and_split_are_told_and_still_lead(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    db, folder = tmp_path / "extractor.db", tmp_path / "in"
    apart = ran(db, written(folder, a=FIRST, b=MISDATED))
    assert len(apart) == 2
    assert capsys.readouterr().err == ""
    (joined,) = ran(db, written(folder, b=SECOND))
    assert capsys.readouterr().err == "2 meetings changed their id, 2 joined: old ids still lead to them\n"
    apart = ran(db, written(folder, b=MISDATED.replace("08-05", "08-06")))
    assert len(apart) == 2
    assert capsys.readouterr().err == "1 meeting changed its id, 1 split: the old one still leads to it\n"
    with Workspace.open(db) as workspace:
        assert find(workspace, apart, joined.id) in apart
    assert "split: 1 of its accounts is in" in capsys.readouterr().err


def test_what_ids_went_before_changes_nothing_of_the_records(tmp_path: Path) -> None:
    folder = written(tmp_path / "in", a=FIRST)
    ran(tmp_path / "old.db", folder)
    written(folder, b=SECOND)
    assert meeting_lines(ran(tmp_path / "old.db", folder)) == meeting_lines(ran(tmp_path / "new.db", folder)) != ""


def test_the_ids_of_an_article_that_was_corrected_lead_to_what_it_tells_now(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    db, folder, url = tmp_path / "extractor.db", tmp_path / "in", "---\nurl: https://example.org/a\n"
    (old,) = ran(db, written(folder, a=FIRST.replace("---\n", url, 1)))
    corrected = SECOND.replace("in Oslo", "in Bergen").replace("---\n", url, 1)
    (new,) = ran(db, written(folder, a=corrected))
    assert capsys.readouterr().err == "1 meeting changed its id: the old one still leads to it\n"
    with Workspace.open(db) as workspace:
        assert [find(workspace, [new], start) for start in (old.id, old.accounts[0].id)] == [new, new]


def test_a_rebuild_keeps_the_ids_that_were_known(tmp_path: Path) -> None:
    db, folder = tmp_path / "extractor.db", written(tmp_path / "in", a=FIRST)
    (old,) = ran(db, folder)
    ran(db, written(folder, b=SECOND))
    with Workspace.open(db) as workspace:
        rebuild(workspace)
        settle(workspace)
        meetings = list(workspace.meetings())
        assert [find(workspace, meetings, old.id)] == meetings


def test_the_commands_know_a_meeting_by_an_old_id_and_by_an_account(tmp_path: Path) -> None:
    written(tmp_path / "in", a=FIRST)
    first = Meeting.model_validate_json(extractor("run", "in", "--json", cwd=tmp_path).out)
    written(tmp_path / "in", b=SECOND)
    done = extractor("run", "in", "--json", cwd=tmp_path)
    second = Meeting.model_validate_json(done.out)
    assert "1 meeting changed its id: the old one still leads to it" in done.err
    for named in (first.id, second.accounts[1].id):
        found = extractor("meetings", named, "--json", cwd=tmp_path)
        assert Meeting.model_validate_json(found.out) == second
        assert named in found.err
    assert second.id in extractor("diff", first.id, cwd=tmp_path).out
