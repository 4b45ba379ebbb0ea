"""What is compared, by the names of the articles' files: gold meetings, accounts, and accounts coded like gold."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePath
from typing import get_args

from pydantic import ValidationError

from extractor.errors import ConfigurationError
from extractor.profile import people
from extractor.schemas import Account, Article, Claim, Status
from extractor.schemas.draft import Format, Kind, Level, Occurrence, Role
from extractor.schemas.gold import GoldArticle, GoldMeeting, GoldParticipant, GoldStatement
from extractor.values import dates

SINGLE = ("occurrence", "date", "city", "country", "level", "format", "host_event", "place")
"""The keys of a gold meeting that hold one value, and that an account has claims of."""
_VOCABULARIES: dict[str, tuple[str, ...]] = {
    "role": get_args(Role), "occurrence": get_args(Occurrence), "level": get_args(Level), "format": get_args(Format),
    "kind": get_args(Kind),
}  # fmt: skip


def load_gold(path: Path) -> dict[str, list[GoldMeeting]]:
    """The gold meetings by the name of their article's file.

    Raises:
        ConfigurationError: the file cannot be read or holds nothing, or a line is no gold record.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{path} cannot be read as a gold file: {error}") from error
    gold: dict[str, list[GoldMeeting]] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            article = GoldArticle.model_validate_json(line)
            for date in (date for meeting in article.meetings for date in meeting.accepted("date") if date):
                dates.bounds(date)
        except ValidationError as error:
            wrong = error.errors()[0]
            where = ".".join(str(step) for step in wrong["loc"]) or "the line"
            raise ConfigurationError(f"{path}, line {number}: {where}: {wrong['msg']}") from error
        except (ValueError, AttributeError) as error:
            raise ConfigurationError(f"{path}, line {number}: a date is not EDTF: {error}") from error
        if article.file in gold:
            raise ConfigurationError(f"{path}, line {number}: {article.file} has a line already; make them one")
        gold[article.file] = list(article.meetings)
    if not gold:
        raise ConfigurationError(f"{path} holds no gold record: write one line an article")
    return gold


def strange(gold: Mapping[str, Sequence[GoldMeeting]]) -> Iterator[str]:
    """The values that are in no vocabulary, each in a line: a slip of the pen can never be found right."""
    for file, meetings in gold.items():
        for meeting in meetings:
            for key, known in _VOCABULARIES.items():
                records = meeting.statements if key == "kind" else (meeting,)
                for value in (value for record in records for value in record.accepted(key)):
                    if value is not None and value not in known:
                        what = f"{file}, {meeting.id}: {key} {value!r} is none of {', '.join(known)}"
                        yield f"{what}: nothing can match it"


def named(articles: Iterable[Article]) -> dict[str, Article]:
    """The articles by the names of the files in which they were seen.

    Raises:
        ConfigurationError: two articles have files of one name, so that the gold's name could mean either.
    """
    of: dict[str, Article] = {}
    for article in articles:
        for name in (PurePath(seen.path).name for seen in article.sightings if seen.path):
            if of.setdefault(name, article).id != article.id:
                raise ConfigurationError(f"two articles are called {name}: evaluate their folders one at a time")
    return of


def by_file(articles: Iterable[Article], accounts: Iterable[Account]) -> dict[str, list[Account]]:
    """The accounts by the names of their articles' files; a file may have none.

    Raises:
        ConfigurationError: see `named`.
    """
    told: dict[str, list[Account]] = {}
    for account in accounts:
        told.setdefault(account.article, []).append(account)
    return {name: told.get(article.id, []) for name, article in named(articles).items()}


def coded(account: Account) -> GoldMeeting:
    """An account in the form of a gold meeting, so that the two can be compared like two coders.

    A country that only follows from the city may as well be none: nobody annotates that.
    """
    values: dict[str, object] = {"id": account.id, "role": account.role}
    for key in SINGLE:
        claims = [*account.of(key), *(account.of("venue") if key == "place" else ())]
        inferred = key == "country" and any(claim.status is Status.INFERRED for claim in claims)
        values[key] = claims[0].value if claims else None
        values[f"{key}_alt"] = [*(claim.value for claim in claims[1:]), *([None] if inferred else [])]
    parties = dict.fromkeys(claim.value for claim in account.of("parties"))
    persons = [GoldParticipant(name=name, represents=code) for name, code in people(account)]
    statements = [_statement(account, claim) for claim in account.of("statements")]
    return GoldMeeting.model_validate(
        values | {"parties": tuple(parties), "participants": persons, "statements": statements}
    )


def _statement(account: Account, claim: Claim) -> GoldStatement:
    speaker, kind = (account.about(claim, f"statements.{key}") for key in ("speaker", "kind"))
    known = speaker.value if speaker and speaker.value != "unresolved" else None
    return GoldStatement(quote=claim.text, speaker=known, kind=kind.value if kind else None)
