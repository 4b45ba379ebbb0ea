"""The published records: evidence, claims, accounts, and the meeting they make.

Standards: dates are EDTF (ISO 8601-2:2019), durations ISO 8601-1, countries
ISO 3166-1 alpha-3, text positions and quotes the W3C Web Annotation selectors.
Offsets count Unicode code points, from 0, end exclusive.
"""

from enum import StrEnum

from extractor.schemas.base import Record
from extractor.schemas.draft import Kind, OutcomeKind, PersonRole, Role, Setting

SCHEMA_VERSION = 1


class Grounding(StrEnum):
    """How a quote stands in its text. Only the first two count as grounded."""

    VERBATIM = "verbatim"
    FOLDED = "folded"
    """Equal after folding typographic quotes, dashes, white space and NFC: nothing else."""
    UNGROUNDED = "ungrounded"


class Status(StrEnum):
    """How a value comes to stand."""

    STATED = "stated"
    INFERRED = "inferred"
    """Derived; never counted as that account's saying."""
    NONE = "none"
    """The source says that there was none."""
    NOT_STATED = "not_stated"


class Agreement(StrEnum):
    """What the accounts make of one field."""

    AGREED = "agreed"
    COMPATIBLE = "compatible"
    """Other words or precision, the same fact."""
    VARIANT = "variant"
    """Two renderings of the same words; never blended."""
    SINGLE = "single"
    """One account only."""
    CONFLICT = "conflict"
    DECIDED = "decided"
    """A person's decision stands."""

    @property
    def to_decide(self) -> bool:
        """Whether a person still has something to decide."""
        return self in (Agreement.VARIANT, Agreement.CONFLICT)


class Evidence(Record):
    """Where a value stands: a TextPositionSelector and a TextQuoteSelector in one.

    `text[start:end] == exact` unless `ungrounded`; then `start` and `end` are
    None and `exact` holds the words that the model gave.
    """

    article: str
    start: int | None
    end: int | None
    exact: str
    prefix: str = ""
    suffix: str = ""
    grounding: Grounding

    @property
    def grounded(self) -> bool:
        """Whether the words stand in the text."""
        return self.grounding is not Grounding.UNGROUNDED


class Derivation(Record):
    """How a value was derived: the rule's name, the evidence and the metadata it used."""

    rule: str
    evidence: tuple[Evidence, ...] = ()
    metadata: tuple[str, ...] = ()
    """`key: value`, e.g. `published: 2024-02-23`."""


class Claim(Record):
    """One value of one field, said by one account.

    `about` is the id of the claim that this one is an attribute of: an office
    (`participants.office`) is about a participant, a speaker
    (`statements.speaker`) about a statement.
    """

    id: str
    account: str
    field: str
    value: str
    text: str
    status: Status = Status.STATED
    evidence: tuple[Evidence, ...]
    derivation: Derivation | None = None
    about: str | None = None

    @property
    def grounded(self) -> bool:
        """Whether the claim's words stand in its article."""
        return bool(self.evidence) and all(e.grounded for e in self.evidence)


class WarningCode(StrEnum):
    """What a reader should be told. A closed list."""

    WEEKDAY_MISMATCH = "weekday_mismatch"
    """The weekday and the date that are printed do not go together."""
    DATE_OPEN = "date_open"
    """A day is printed that nothing in the article settles: a weekday without a date of publication."""
    ONE_DAY_APART = "one_day_apart"
    """Dates one day apart, which time zones can explain."""
    UNBALANCED_QUOTES = "unbalanced_quotes"
    """A paragraph opens more quotations than it closes, or the other way round."""
    BROKEN_QUOTATION = "broken_quotation"
    """One quotation follows another with no words between them: a speech cut in two, or a mistranslation."""
    PRONOUN_MISMATCH = "pronoun_mismatch"
    """Accounts use different pronouns for one person."""
    PRONOUN_OF_ORGANISATION = "pronoun_of_organisation"
    """An organisation's words are attributed to he or she."""
    DATELINE_ELSEWHERE = "dateline_elsewhere"
    """The article was filed from another place than the meeting's; a dateline is no place of meeting."""
    PLANNED_IN_PAST = "planned_in_past"
    """Said to be coming, in a month that had passed when the article was written."""
    OFFICE_OF_ANOTHER = "office_of_another"
    """An office title that another country's minister holds; it is perhaps mistaken."""
    UNGROUNDED = "ungrounded"
    """A value whose words do not stand in the article."""
    CUT_LINK = "cut_link"
    """Two accounts that look alike were kept apart by others of their group."""


class Warning(Record):  # noqa: A001 - the word of the design; nobody imports it bare
    """A doubt, with the words that raise it."""

    code: WarningCode
    message: str
    account: str | None = None
    evidence: tuple[Evidence, ...] = ()


class Account(Record):
    """What one article says of one meeting.

    `origin` groups accounts that repeat one source; support counts origins.
    `published` is the article's day of publication (ISO 8601) where known.
    `model` is who drafted it, `extraction` the digest of prompt, schema and
    model, so that a record tells what made it. A `primary` account leads where
    accounts differ: its article is marked as an official read-out or
    transcript, and reports the meeting. What that only recalls it tells as
    anybody does.
    """

    id: str
    article: str
    source: str
    published: str | None
    origin: str
    role: Role
    primary: bool = False
    model: str = ""
    extraction: str = ""
    claims: tuple[Claim, ...]
    warnings: tuple[Warning, ...] = ()

    def of(self, field: str) -> tuple[Claim, ...]:
        """The claims of a field, in the order of the text."""
        return tuple(c for c in self.claims if c.field == field)

    def first(self, field: str) -> Claim | None:
        """The claim of a field that has one value, or None."""
        return next((c for c in self.claims if c.field == field), None)

    def about(self, claim: Claim, field: str) -> Claim | None:
        """An attribute of a claim: `about(person, "participants.office")`."""
        return next((c for c in self.claims if c.about == claim.id and c.field == field), None)


class Field(Record):
    """A merged value and how its accounts stand to it.

    `claims` are the ids of all claims of the field, the supporting and the
    dissenting; `rule` names how the value was chosen where they differ.
    """

    value: str | None
    status: Status
    agreement: Agreement | None = None
    claims: tuple[str, ...] = ()
    rule: str | None = None


class Item(Record):
    """One value of a field that has many: a party, a topic, a distinction."""

    value: str
    agreement: Agreement
    claims: tuple[str, ...]


class Participant(Record):
    """A person who took part, over all accounts."""

    name: str
    names: tuple[str, ...]
    """Every form that was printed."""
    office: Field
    represents: Field
    """ISO 3166-1 alpha-3, or an organisation's acronym."""
    role: PersonRole
    agreement: Agreement
    claims: tuple[str, ...]


class Rendering(Record):
    """One account's words for an utterance or outcome.

    Where one sentence of an account covers more than this utterance, `text`
    is the part that does and `whole` the full statement.
    """

    account: str
    claim: str
    text: str
    kind: str
    verb: str | None = None
    whole: str | None = None
    evidence: tuple[Evidence, ...]


class Statement(Record):
    """Words or a position attributed to a speaker; one utterance over all accounts.

    `text` is exactly as printed in the leading rendering. `possible` marks
    renderings that are perhaps the same utterance: linked, never blended.
    """

    schema_version: int = SCHEMA_VERSION
    id: str
    speaker: str
    """A participant, an organisation, `joint statement`, or `unresolved`."""
    via: str | None = None
    kind: Kind
    text: str
    translation: str | None = None
    language: str | None = None
    setting: Setting
    agreement: Agreement
    possible: bool = False
    renderings: tuple[Rendering, ...]


class Outcome(Record):
    """What a meeting brought about, with the verb as printed."""

    id: str
    kind: OutcomeKind
    verb: str
    text: str
    agreement: Agreement
    renderings: tuple[Rendering, ...]


class Signal(Record):
    """One reason for or against two accounts being of one meeting.

    `weight` is an integer log-odds in units of half bits: +2 makes the merge
    twice as likely. `left` and `right` are the values compared.
    """

    name: str
    weight: int
    left: str
    right: str
    accounts: tuple[str, str]


class Why(Record):
    """Why these accounts are one meeting; empty for a meeting with one account."""

    score: int | None = None
    """Lowest score of a pair inside the meeting."""
    signals: tuple[Signal, ...] = ()


class AccountRef(Record):
    """An account's place in a meeting; `label` is the letter that reports use. For the rest see `Account`."""

    id: str
    label: str
    article: str
    source: str
    published: str | None
    origin: str
    role: Role
    primary: bool = False
    model: str = ""
    extraction: str = ""


class Meeting(Record):
    """One real-world meeting: the reconciled record.

    `role` is `reported` if an account reports it, else `background`. Its `id`
    is a readable part and a hash of its accounts' ids.
    """

    schema_version: int = SCHEMA_VERSION
    id: str
    role: Role
    configuration: str
    """bilateral, trilateral, ..., multilateral: computed from the parties; `unknown` below two."""
    occurrence: Field
    level: Field
    format: Field
    date: Field
    """EDTF (ISO 8601-2)."""
    time_text: Field
    duration: Field
    """ISO 8601."""
    place: Field
    venue: Field
    city: Field
    country: Field
    """ISO 3166-1 alpha-3."""
    host_event: Field
    parties: tuple[Item, ...]
    """ISO 3166-1 alpha-3, or an organisation's acronym."""
    participants: tuple[Participant, ...]
    distinctions: tuple[Item, ...]
    topics: tuple[Item, ...]
    outcomes: tuple[Outcome, ...]
    statements: tuple[Statement, ...]
    accounts: tuple[AccountRef, ...]
    claims: tuple[Claim, ...]
    why: Why = Why()
    warnings: tuple[Warning, ...] = ()
