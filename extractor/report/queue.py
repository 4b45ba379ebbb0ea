"""The queue and the log of decisions for a terminal, through rich.

Reads well at 80 columns and without colour. The words that a value stands on
are between ‹ and › in their context. Texts enter as `Text`, never as markup,
freed of control characters.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from rich.console import Group, RenderableType
from rich.constrain import Constrain
from rich.table import Table
from rich.text import Text

from extractor.report import words
from extractor.schemas import (
    AccountRef,
    Claim,
    DecisionLine,
    Evidence,
    Meeting,
    Question,
    Queue,
    QueueItem,
    Row,
    Side,
)

WIDTH = 100
"""Columns used at most."""
_QUEUES = {Queue.MEETINGS: "SAME MEETING?", Queue.FIELDS: "FIELDS"}
_TOLD = ("participants.office", "participants.represents", "statements.speaker", "outcomes.verb")
"""What is said of a claim that a reader wants beside it."""
_MANY = ("parties", "participants", "distinctions", "topics", "outcomes", "statements")


def queue_view(items: Sequence[QueueItem], titles: Mapping[str, str]) -> RenderableType:
    """What waits, the most uncertain first, each with its reason; `titles` are those of the meetings by their ids."""
    parts: list[RenderableType] = [_line(counted(items), style="bold")]
    for queue, heading in _QUEUES.items():
        some = [item for item in items if item.queue is queue]
        if some:
            parts += [Text(), _line(f"{heading}  {len(some)}", style="bold")]
        for item in some:
            about = [_line(titles[item.meetings[0]])] if item.row else []
            left = "; left open before" if item.left_open else ""
            tail = _line(f"{item.reason}; {len(item.choices)} choices{left}", style="dim")
            parts.append(_beside(Text(item.id), Group(_line(item.title, style="bold"), *about, tail), width=10))
    return Constrain(Group(*parts), WIDTH)


def counted(items: Iterable[QueueItem]) -> str:
    """How many wait in each queue, in words."""
    found = list(items)
    meetings = sum(item.queue is Queue.MEETINGS for item in found)
    left = sum(item.left_open for item in found)
    fields = len(found) - meetings
    parts = [
        f"{meetings} question{'s' * (meetings != 1)} about sameness",
        f"{fields} field{'s' * (fields != 1)}",
    ]
    return "To decide: " + ", ".join(parts) + (f"; {left} of them left open before" if left else "")


def item_view(item: QueueItem, meetings: Mapping[str, Meeting]) -> RenderableType:
    """One item whole: what the accounts say with the words around it, what speaks for and against, the choices."""
    body = _question(item.question, item, meetings) if item.question else _row(item.row) if item.row else ()
    return Constrain(
        Group(
            _line(f"{item.id}  {item.title}", style="bold"),
            _line(item.reason, style="dim"),
            Text(),
            *body,
            Text(),
            _line("CHOICES", style="bold"),
            *(_beside(_line(name), _line(then), width=10) for name, then in _choices(item, meetings)),
            Text(),
            _line(f"extractor decide {item.id} CHOICE", style="dim"),
        ),
        WIDTH,
    )


def log_view(lines: Iterable[DecisionLine]) -> RenderableType:
    """The log, oldest first: number, when, who, what was decided, and how it stands."""
    parts: list[RenderableType] = []
    for line in lines:
        when = line.made_at.replace("T", " ").replace("Z", " UTC")
        head = Text.assemble(when, "  ", words.plain(line.actor), "  ", (line.kind, "bold"), "  ", line.state)
        under = [_line(line.title)]
        if line.value is not None:
            under.append(_line(f"stands: {line.value}"))
        if line.reason:
            under.append(_line(f"note: {line.reason}", style="italic"))
        parts.append(_beside(Text(str(line.number), style="bold", justify="right"), Group(head, *under), width=5))
    return Constrain(Group(*parts), WIDTH)


def _question(question: Question, item: QueueItem, meetings: Mapping[str, Meeting]) -> Iterator[RenderableType]:
    """Two accounts field by field, and what speaks for and against their being one meeting."""
    told = _two(question, item, meetings)
    for letter, (meeting, ref) in told.items():
        about = f"  {words.published(ref, meeting.accounts)}; {ref.label} of {meeting.id}"
        yield _beside(_line(letter, style="bold"), Text.assemble(words.plain(ref.source), (words.plain(about), "dim")))
    for name in ("role", *words.FIELDS, *_MANY):
        said = {letter: _claims(meeting, ref, name) for letter, (meeting, ref) in told.items()}
        if any(said.values()):
            yield _line("Mention" if name == "role" else words.in_words(name).capitalize(), style="bold")
            for letter, claims in said.items():
                tail = [_claim(claim, told[letter][0]) for claim in claims] or [Text("not told", style="dim")]
                yield _beside(_line(letter, style="bold"), Group(*tail))
    yield Text()
    now = "in one meeting now" if question.together else "in two meetings now"
    yield Text.assemble(
        ("FOR AND AGAINST", "bold"), f"  {question.score:+d}; joined from {question.threshold:+d} on; {now}"
    )
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(width=5, justify="right")
    grid.add_column(max_width=22, overflow="fold")
    grid.add_column(overflow="fold")
    grid.add_column(overflow="fold")
    for signal in sorted(question.signals, key=lambda one: -one.weight):
        left, right = (
            (signal.left, signal.right) if signal.accounts[0] == question.left else (signal.right, signal.left)
        )
        values = (_line(f"{letter} {value}") for letter, value in zip(told, (left, right), strict=True))
        grid.add_row(f"{signal.weight:+d}", _line(words.in_words(signal.name)), *values)
    yield grid


def _two(question: Question, item: QueueItem, meetings: Mapping[str, Meeting]) -> dict[str, tuple[Meeting, AccountRef]]:
    """The two accounts with their meetings, by their letters there; where these are the same, by A and B."""
    found = [
        (meetings[id_], ref)
        for account in (question.left, question.right)
        for id_ in item.meetings
        for ref in meetings[id_].accounts
        if ref.id == account
    ]
    letters = [ref.label for _, ref in found]
    return dict(zip(letters if len(set(letters)) == len(found) else "AB", found, strict=True))


def _claims(meeting: Meeting, ref: AccountRef, name: str) -> list[Claim]:
    return [claim for claim in meeting.claims if claim.account == ref.id and claim.field == name]


def _claim(claim: Claim, meeting: Meeting) -> RenderableType:
    """A value with what is said about it, and the words that it stands on in their context."""
    more = ", ".join(one.value for one in meeting.claims if one.about == claim.id and one.field in _TOLD)
    rule = f" ({claim.derivation.rule})" if claim.derivation else ""
    said = _line(claim.value + (f"; {more}" if more else "") + rule)
    return Group(said, *(_context(evidence) for evidence in claim.evidence))


def _row(row: Row) -> Iterator[RenderableType]:
    """What each side says of a field, and what is proposed."""
    for side in row.sides:
        value = words.normalised(side)
        said = Text(f"{words.plain(value)}  " if value else "")
        if side.text:
            said.append("“").append(_marked(side)).append("”")
        whole = [_line(f"in one sentence with more: “{side.whole}”", style="dim")] if side.whole else []
        around = [_context(evidence, told=side.text) for evidence in side.evidence]
        yield _beside(_line(side.label, style="bold"), Group(said, *whole, *around))
    for name, text in words.merged(row):
        yield _line(f"{name.lower()}: {text}")
    if row.note:
        yield _line(row.note, style="italic")


def _marked(side: Side) -> Text:
    text = Text()
    for piece, marked in words.stretches(words.plain(side.text), side.marks):
        text.append(f"{words.OPEN}{piece}{words.CLOSE}" if marked else piece, style="bold" if marked else "")
    return text


def _context(evidence: Evidence, told: str | None = None) -> Text:
    """Words with what stands around them. Those that were `told` already are not told again."""
    if not evidence.grounded:
        return Text.assemble(("? not in the article: ", "bold"), f"“{words.plain(evidence.exact)}”")
    before, after = words.around(evidence)
    exact = "[…]" if evidence.exact == told else f"{words.OPEN}{words.plain(evidence.exact)}{words.CLOSE}"
    return Text.assemble((before, "dim"), exact, (after, "dim"))


def _choices(item: QueueItem, meetings: Mapping[str, Meeting]) -> Iterator[tuple[str, str]]:
    """Each answer by its name, and what would stand."""
    accounts = sum(len(meetings[id_].accounts) for id_ in item.meetings)
    together = bool(item.question and item.question.together)
    loose = item.partings[0][0].article if item.partings else ""
    source = next((a.source for id_ in item.meetings for a in meetings[id_].accounts if a.article == loose), "")
    then = {
        "same": f"one meeting of {accounts} accounts" + (", as now" if together else ""),
        "different": "two meetings" + ("" if together else ", as now"),
        "split": f"{source} is another meeting than the {accounts - 1} others",
        "open": "as the rules have it; asked again, last",
        "edit": "the value that you give with --value",
    }
    for choice in item.choices:
        yield (
            choice.name,
            f"stands: {choice.value}" if choice.value is not None else then.get(choice.name, choice.words),
        )


def _beside(head: Text, tail: RenderableType, *, width: int = 4) -> RenderableType:
    """A word, and beside it what belongs to it."""
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(min_width=width, no_wrap=True)
    grid.add_column(overflow="fold")
    grid.add_row(head, tail)
    return grid


def _line(text: str, style: str = "") -> Text:
    return Text(words.plain(text), style=style)
