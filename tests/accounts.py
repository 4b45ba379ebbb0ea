"""Invented articles, their drafts and accounts: by hand from a few words, or drawn by Hypothesis.

Every account here comes from a draft over a text by way of `ground` and
`normalise`, so its evidence is real.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from extractor.ground import ground
from extractor.normalise import normalise
from extractor.read import assemble
from extractor.schemas import Account, Article, Draft, Sighting


@dataclass(frozen=True)
class Said:
    """A statement of a draft."""

    text: str
    speaker: str = "unresolved"
    kind: str = "direct"
    attribution: str | None = None
    setting: str = "unknown"


@dataclass(frozen=True)
class Result:
    """An outcome of a draft."""

    text: str
    kind: str = "agreement"
    verb: str = "agreed"


@dataclass(frozen=True)
class Person:
    """A participant of a draft."""

    name: str
    represents: str | None = None
    office: str | None = None
    pronoun: str | None = None
    role: str = "principal"
    romanised: str | None = None


@dataclass(frozen=True)
class Told:
    """One meeting of a draft: what is left out is not told. Words are looked up in the text."""

    mention: str = "met"
    role: str = "reported"
    occurrence: str = "held"
    level: str = "unknown"
    level_words: str | None = None
    format: str = "unknown"
    format_words: str | None = None
    date: str | None = None
    time: str | None = None
    duration: str | None = None
    place: str | None = None
    venue: str | None = None
    city: str | None = None
    country: str | None = None
    host_event: str | None = None
    parties: Sequence[str | tuple[str, str]] = ()
    """Names; or a name and the words that show it."""
    people: Sequence[Person | str] = ()
    distinctions: Sequence[str] = ()
    topics: Sequence[str] = ()
    outcomes: Sequence[Result | str] = ()
    said: Sequence[Said] = ()

    def draft(self, article: Article) -> dict[str, Any]:
        """The meeting as a model writes it."""
        parties = [(p, p) if isinstance(p, str) else p for p in self.parties]
        people = [Person(p) if isinstance(p, str) else p for p in self.people]
        outcomes = [Result(o) if isinstance(o, str) else o for o in self.outcomes]
        plain = ("date", "time", "duration", "place", "venue", "city", "country", "host_event")
        return {
            "mention": at(article, self.mention),
            **{name: getattr(self, name) for name in ("role", "occurrence", "level", "format")},
            **{name: at(article, getattr(self, name)) for name in (*plain, "level_words", "format_words")},
            "parties": [{"name": name, **words(article, shown)} for name, shown in parties],
            "participants": [_participant(article, person) for person in people],
            "distinctions": [words(article, text) for text in self.distinctions],
            "topics": [{"label": text, **words(article, text)} for text in self.topics],
            "outcomes": [{"kind": o.kind, "verb": o.verb, **words(article, o.text)} for o in outcomes],
            "statements": [_statement(article, said) for said in self.said],
        }


def words(article: Article, text: str) -> dict[str, Any]:
    """Words with the number of the sentence that holds them first; 1 where none does."""
    at_ = article.text.find(text)
    number = next((s.number for s in article.sentences if s.start <= at_ < s.end), 1)
    return {"text": text, "sentence": number}


def at(article: Article, text: str | None) -> dict[str, Any] | None:
    """The same, for words that may be missing."""
    return None if text is None else words(article, text)


def _participant(article: Article, person: Person) -> dict[str, Any]:
    return {
        "name": person.name,
        "sentence": words(article, person.name)["sentence"],
        "romanised": person.romanised,
        "office": at(article, person.office),
        "represents": person.represents,
        "role": person.role,
        "pronoun": at(article, person.pronoun),
    }


def _statement(article: Article, said: Said) -> dict[str, Any]:
    return {
        "speaker": said.speaker,
        "via": None,
        "kind": said.kind,
        **words(article, said.text),
        "attribution": at(article, said.attribution),
        "setting": said.setting,
        "translation": None,
    }


def article(text: str, published: str | None = None, path: str | None = None) -> Article:
    """An article seen once."""
    return assemble(text, [Sighting(published=date.fromisoformat(published) if published else None, path=path)])


def accounts(text: str, *told: Told, published: str | None = None) -> tuple[Account, ...]:
    """The accounts of a text, one a meeting."""
    seen = article(text, published)
    return accounts_of(seen, Draft.model_validate({"meetings": [one.draft(seen) for one in told]}))


def accounts_of(seen: Article, draft: Draft) -> tuple[Account, ...]:
    """The accounts of an article from its draft, by the real steps."""
    return normalise(seen, draft, ground(seen, draft))


def account(text: str, told: Told, published: str | None = None) -> Account:
    """The only account of a text."""
    (one,) = accounts(text, told, published=published)
    return one


def values(one: Account, name: str) -> list[str]:
    """The values of a field."""
    return [claim.value for claim in one.of(name)]


# Accounts drawn by Hypothesis

_PARTIES = {
    "Kenya": ("Kenyan", (("Achieng Otieno", "Achieng Wambui Otieno"), ("Wanjiru Otieno",))),
    "Norway": ("Norwegian", (("Ingrid Solberg",), ("Nils Aasen", "Nils Åsen"))),
    "Peru": ("Peruvian", (("Ana Ruiz", "Ana Maria Ruiz"), ("Carlos Ruiz",))),
    "Vietnam": ("Vietnamese", (("Tran Van Minh", "Minh Van Tran"),)),
}
_CITIES = ("Oslo", "Nairobi", "Lima", "Hanoi")
_GATHERINGS = (None, "G20 summit", "Group of 20 leaders’ summit", "U.N. General Assembly")
_QUOTES = (
    ("We will keep the strait open to every ship", "We will keep the strait open to all ships of every flag"),
    ("Our fishing fleets will not enter the closed waters", "Our fishing fleets will enter the closed waters"),
    ("We signed 3 agreements on hydropower today", "We signed 4 agreements on hydropower today"),
    ("I look forward to a longer partnership", "He hopes for a visit of the trade delegation"),
    ("a good day", "It was a good day for both of our countries, and the hydropower talks will go on all year"),
    ("the hydropower talks will go on all of this year", "Our harbours must grow, and our harbours will grow"),
)
_RESULTS = (
    ("to open a direct flight between the capitals", "to open direct flights between both capitals"),
    ("to extend the fisheries treaty until 2035", "to extend the fisheries treaty"),
)
_DISTINCTIONS = ("the first such meeting this year", "their first meeting in a decade", "the second since the treaty")
_FIRST_DAY = date(2031, 3, 3)


@dataclass(frozen=True)
class Event:
    """A meeting as it was; the people are drawn by party."""

    day: date
    city: str
    parties: tuple[str, ...]
    people: tuple[tuple[str, ...], ...] = field(repr=False)


@st.composite
def _events(draw: st.DrawFn) -> Event:
    parties = tuple(draw(st.permutations(sorted(_PARTIES)))[: draw(st.integers(2, 3))])
    return Event(
        day=_FIRST_DAY + timedelta(days=draw(st.integers(0, 40))),
        city=draw(st.sampled_from(_CITIES)),
        parties=parties,
        people=tuple(draw(st.sampled_from(_PARTIES[party][1])) for party in parties),
    )


@st.composite
def _tellings(draw: st.DrawFn, event: Event) -> tuple[Article, Draft]:
    """An article that tells of an event, in words of its own, with a draft that may hold slips."""
    published = draw(st.sampled_from((None, *(str(event.day + timedelta(days=late)) for late in range(3)))))
    names = [draw(st.sampled_from(forms)) for forms in event.people]
    titled = [f"{_PARTIES[party][0]} Foreign Minister {name}" for party, name in zip(event.parties, names, strict=True)]
    days = (f"on {event.day:%A}", f"on {event.day:%B} {event.day.day}", f"in {event.day:%B}", "")
    day = draw(st.sampled_from(days))
    gathering = draw(st.sampled_from(_GATHERINGS))
    beside = f" on the sidelines of the {gathering}" if gathering else ""
    first = f"{titled[0]} met {' and '.join(titled[1:])} in {event.city} {day}".rstrip()
    quotes = draw(st.lists(st.sampled_from(_QUOTES).flatmap(st.sampled_from), max_size=4))
    speakers = [names[0] if len(quote) % 2 else draw(st.sampled_from(names)) for quote in quotes]
    results = draw(st.lists(st.sampled_from(_RESULTS).flatmap(st.sampled_from), max_size=2))
    distinctions = draw(st.lists(st.sampled_from(_DISTINCTIONS), max_size=2))
    lines = [
        f"{first}{beside}.",
        *(f"“{quote},” {who.split()[-1]} said." for quote, who in zip(quotes, speakers, strict=True)),
        *(f"They agreed {result}." for result in results),
        *(f"It was {distinction}." for distinction in distinctions),
    ]
    told = Told(
        mention=draw(st.sampled_from(("met", "held a secret meeting"))),  # the second stands nowhere
        level="ministers",
        level_words="Foreign Minister",
        format="in_person",
        date=day or None,
        city=draw(st.sampled_from((event.city, None))),
        place=event.city,
        host_event=gathering,
        parties=[(party, _PARTIES[party][0]) for party in event.parties],
        people=[Person(name, party, "Foreign Minister") for name, party in zip(names, event.parties, strict=True)],
        distinctions=distinctions,
        outcomes=results,
        said=[
            Said(quote, who, attribution=draw(st.sampled_from((f"{who.split()[-1]} said", None))))
            for quote, who in zip(quotes, speakers, strict=True)
        ],
    )
    meetings = [told]
    if draw(st.booleans()):
        lines.append("The two last met in Accra in January.")
        parties = [(party, "The two") for party in event.parties[:2]]
        meetings.append(
            Told("last met", "background", date="in January", city="Accra", parties=parties, level="ministers")
        )
    if draw(st.booleans()):
        slips = (replace(told, parties=[]), replace(told, people=[]), replace(told, said=[Said("nobody said so")]))
        meetings[0] = draw(st.sampled_from(slips))
    seen = article("\n".join(lines), published)
    return seen, Draft.model_validate({"meetings": [one.draft(seen) for one in meetings]})


@st.composite
def tellings(draw: st.DrawFn, *, most: int = 5) -> list[tuple[Article, Draft]]:
    """Articles with their drafts, telling of up to three events."""
    events = draw(st.lists(_events(), min_size=1, max_size=3))
    chosen = draw(st.lists(st.sampled_from(events), min_size=1, max_size=most))
    return [draw(_tellings(event)) for event in chosen]


def all_accounts(told: Iterable[tuple[Article, Draft]]) -> list[Account]:
    """The accounts of several articles; the same text twice is one article."""
    once = {seen.id: (seen, draft) for seen, draft in told}
    return [one for seen, draft in once.values() for one in accounts_of(seen, draft)]


def account_lists(*, most: int = 5) -> st.SearchStrategy[list[Account]]:
    """Accounts of several articles."""
    return tellings(most=most).map(all_accounts)


@st.composite
def retold(draw: st.DrawFn) -> list[Account]:
    """Accounts of two or three articles that tell of one event: what they differ in is to decide."""
    event = draw(_events())
    return all_accounts([draw(_tellings(event)) for _ in range(draw(st.integers(2, 3)))])
