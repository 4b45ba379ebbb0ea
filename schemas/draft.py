"""The draft: what a model answers for one article.

Narrower than the record. The model quotes and points; code locates,
normalises and computes. Every `text` is copied from the article, character by
character, and `sentence` is the number in front of the sentence where it
starts. The docstrings and descriptions here are part of the JSON schema that
is sent, so they are written for the model.

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

    text: str = Field(description="The exact words, copied from the article.")
    sentence: int = Field(description="Number of the sentence in which the words start.")


class DraftParty(Record):
    """A country or an organisation that took part."""

    name: str = Field(description="Its common English name or acronym, e.g. Kenya, EU.")
    text: str = Field(description="The words that show it took part, copied from the article.")
    sentence: int = Field(description="Number of the sentence in which the words start.")


class DraftTopic(Record):
    """A matter that was talked about."""

    label: str = Field(description="A short name in English, two to four words.")
    text: str = Field(description="The words that name it, copied from the article.")
    sentence: int = Field(description="Number of the sentence in which the words start.")


class DraftParticipant(Record):
    """A person who took part."""

    name: str = Field(description="The fullest form of the name that the article prints.")
    sentence: int = Field(description="Number of a sentence that prints the name in this form.")
    romanised: str | None = Field(description="The name in Latin letters, if it is printed in another script.")
    office: Words | None = Field(description="The office as printed, without the country.")
    represents: str | None = Field(
        description="English name of the country or organisation that the person speaks for."
    )
    role: PersonRole
    pronoun: Words | None = Field(description="A pronoun that the article uses for the person (he, she, his, her).")


class DraftOutcome(Record):
    """What was agreed, promised, reaffirmed or condemned. What was only discussed is a topic."""

    kind: OutcomeKind
    verb: str = Field(description="The verb as printed, e.g. agreed, confirmed.")
    text: str = Field(description="What follows the verb, copied from the article.")
    sentence: int = Field(description="Number of the sentence in which the text starts.")


class DraftStatement(Record):
    """Words or a position attributed to a speaker."""

    speaker: str = Field(
        description="Whose words they are: the fullest printed name of a person or an "
        "organisation, 'joint statement', or 'unresolved'."
    )
    via: str | None = Field(description="Who relays the words, if not the speaker: a spokesperson, an outlet.")
    kind: Kind
    text: str = Field(
        description="direct, joint: the words inside the quotation marks. indirect: the clause "
        "that is attributed, without speaker and verb."
    )
    sentence: int = Field(description="Number of the sentence in which the text starts.")
    attribution: Words | None = Field(description="The words that attribute it, e.g. she told reporters.")
    setting: Setting
    translation: str | None = Field(description="English, if the text is in another language; else null.")


class DraftMeeting(Record):
    """One meeting that the article tells of."""

    mention: Words = Field(description="The words that say there was or will be this meeting.")
    role: Role = Field(
        description="reported: the article reports it. background: another meeting that it recalls or looks ahead to."
    )
    occurrence: Occurrence
    level: Level
    level_words: Words | None = Field(description="The words that show the level.")
    format: Format
    format_words: Words | None = Field(description="The words that show the format.")
    date: Words | None = Field(description="The date of the meeting as printed, e.g. on Friday. Not of a remark.")
    time: Words | None = Field(description="Time of day or session as printed.")
    duration: Words | None
    place: Words | None = Field(description="The place as printed.")
    venue: Words | None = Field(description="Building or site, if named.")
    city: Words | None
    country: Words | None = Field(description="The country of the place, only where printed.")
    host_event: Words | None = Field(
        description="The larger gathering on whose sidelines it stood, without 'on the sidelines of'."
    )
    parties: list[DraftParty]
    participants: list[DraftParticipant]
    distinctions: list[Words] = Field(description="What sets it apart in a series, e.g. the first in a decade.")
    topics: list[DraftTopic]
    outcomes: list[DraftOutcome]
    statements: list[DraftStatement]


class Draft(Record):
    """All diplomatic meetings of one article; an empty list where there is none."""

    meetings: list[DraftMeeting]
