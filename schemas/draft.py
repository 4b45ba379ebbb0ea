"""The draft: what a model answers for one article.

Narrower than the record. The model quotes and points; code locates,
normalises and computes. Every `text` is copied from the article, character by
character, and `sentence` is the number in front of the sentence where it
starts. What each field means, and how the hard cases are decided, stands in
`prompts/codebook.md`; the docstrings and descriptions here are sent with the
JSON schema, so they are written for the model and repeat nothing of it.

A model writes its keys in this order (OpenAI, structured outputs, "Key
ordering"), so words stand before what is judged from them: the participants
and `level_words` before `level`, a statement before its speaker.

All keys are required and none has a default: that is the subset that OpenAI's
structured outputs accept in strict mode, and small local models fill it best.
"""

from typing import Literal

from pydantic import Field

from extractor.schemas.base import Record

Role = Literal["reported", "background"]
Occurrence = Literal["planned", "held", "postponed", "cancelled", "denied", "unclear"]
Level = Literal["leaders", "ministers", "senior_officials", "working", "unknown"]
Format = Literal["in_person", "video", "phone", "hybrid", "unknown"]
Kind = Literal["direct", "indirect", "joint"]
Setting = Literal["opening", "talks", "press", "readout", "post", "unknown"]
OutcomeKind = Literal["agreement", "commitment", "reaffirmation", "condemnation", "document"]
PersonRole = Literal["principal", "host", "mediator"]


class Words(Record):
    """Words copied from the article."""

    text: str
    sentence: int = Field(description="Number of the sentence in which the text starts.")


class DraftParty(Record):
    """A state or an organisation that took part."""

    text: str = Field(description="The words that show that it took part.")
    sentence: int
    name: str = Field(description="Its common English name or acronym, e.g. Kenya, EU.")


class DraftTopic(Record):
    """A matter that was talked about."""

    text: str = Field(description="The words that name it.")
    sentence: int
    label: str = Field(description="Two to four English words.")


class DraftParticipant(Record):
    """A person who took part."""

    name: str = Field(description="The fullest printed form.")
    sentence: int = Field(description="Number of a sentence that prints the name in this form.")
    romanised: str | None
    office: Words | None
    represents: str | None
    role: PersonRole
    pronoun: Words | None


class DraftOutcome(Record):
    """What the sides did together; what they only discussed is a topic."""

    verb: str = Field(description="As printed, e.g. agreed, confirmed.")
    text: str = Field(description="What follows the verb.")
    sentence: int
    kind: OutcomeKind


class DraftStatement(Record):
    """Words or a position attributed to a speaker."""

    text: str = Field(description="direct, joint: the words inside one pair of marks. indirect: the clause.")
    sentence: int
    kind: Kind
    attribution: Words | None
    speaker: str = Field(description="A printed name, 'joint statement', 'the parties jointly' or 'unresolved'.")
    via: str | None
    setting: Setting
    translation: str | None


class DraftMeeting(Record):
    """One meeting that the article tells of."""

    mention: Words
    role: Role
    occurrence: Occurrence
    date: Words | None = Field(description="The day of the meeting, not of a remark.")
    time: Words | None
    duration: Words | None
    place: Words | None
    venue: Words | None
    city: Words | None
    country: Words | None = Field(description="Only where printed as the place.")
    host_event: Words | None
    parties: list[DraftParty]
    participants: list[DraftParticipant]
    level_words: Words | None
    level: Level
    format_words: Words | None
    format: Format
    distinctions: list[Words]
    topics: list[DraftTopic]
    outcomes: list[DraftOutcome]
    statements: list[DraftStatement]


class Draft(Record):
    """All diplomatic meetings of one article; an empty list where there is none."""

    meetings: list[DraftMeeting]
