"""An evaluation and a comparison as plain text, within 80 columns."""

from collections.abc import Iterable, Iterator
from textwrap import fill, shorten

from extractor.report import words
from extractor.report.figures import NONE, cell, expense_in_words, field_name, has_one, listed, merging_rows, share
from extractor.schemas.evaluation import Agreement, Comparison, Evaluation, Merging, Mismerge, Mistake, Passage
from extractor.schemas.scores import OVERALL, Row

WIDTH = 80
_ALPHA = "alpha: Krippendorff's, nominal; undefined where all units have one value."
CONTEXT = 130
"""Characters of an article that an error in the list is shown with."""


def evaluation_text(evaluation: Evaluation, *, errors: bool = False) -> str:
    """The tables; with `errors`, all of them after it: what is merged wrongly, then all others, worst first."""
    many, single = ("right", "missed", "invented"), ("right", "wrong", "missed", "invented", "empty")
    lines = [f"{'':13}{_head(*many)}{'precision':>15}{'recall':>15}{'F1':>15}"]
    lines += [
        f"{field_name(row.field):13}{_counts(row, *many)}{_figures(row, 'precision', 'recall', 'f1')}"
        for row in evaluation.rows
        if listed(row)
    ]
    lines += ["", f"{'of the pairs':16}{_head(*single)}{'accuracy':>15}{'F1':>15}"]
    lines += [
        f"{field_name(row.field):16}{_counts(row, *single)}{_figures(row, 'accuracy', 'f1')}"
        for row in evaluation.rows
        if has_one(row)
    ]
    total = evaluation.row(OVERALL)
    lines += ["", f"{'':16}{_head(*single)}{'prec.':>7}{'recall':>8}{'F1':>15}"]
    shares = f"{share(total.precision):>7}{share(total.recall):>8}{_figures(total, 'f1')}"
    lines.append(f"{field_name(OVERALL):16}{_counts(total, *single)}{shares}")
    lines += ["", f"{'merging':18} accounts gold found{'precision':>14}{'recall':>14}{'F1':>14}"]
    lines += [line for merging in evaluation.merging for line in _merging(merging)]
    lines += ["", fill(evaluation.method, WIDTH)]
    if evaluation.expense:
        lines.append(fill(expense_in_words(evaluation.expense), WIDTH))
    for mismerge in evaluation.mismerges if errors else ():
        lines += ["", *_mismerge(mismerge)]
    for mistake in evaluation.errors if errors else ():
        lines += ["", *_mistake(mistake)]
    return _page(lines)


def comparison_text(comparison: Comparison) -> str:
    """The table of agreement, and every disagreement after it as a diff: left → right."""
    lines = [f"left   {words.plain(comparison.left)}", f"right  {words.plain(comparison.right)}"]
    apart = ((comparison.only_left, "only left"), (comparison.only_right, "only right"))
    only = "".join(f", {count} {where}" for count, where in apart if count)
    lines += [f"{comparison.articles} articles in both{only}", ""]
    lines.append(f"{'':13} agreed units{'share':>15}{'alpha':>15}  unit")
    for row in comparison.rows:
        counts = f"{row.agreed:>7}{row.units:>6}"
        chance = f"{'undefined':>15}" if row.undefined else _figures(row, "alpha")
        lines.append(f"{field_name(row.field):13}{counts}{_figures(row, 'share')}{chance}  {row.unit}")
    lines += ["", fill(f"{_ALPHA} {comparison.method}", WIDTH)]
    place = None
    for one in comparison.disagreements:
        if place != (place := (one.file, one.meeting)):
            lines += ["", words.plain(f"{one.file}  {one.title}")]
        lines.append(words.plain(f"  {field_name(one.field)}: {_change(one.left, one.right, one.about)}"))
    return _page(lines)


def _page(lines: Iterable[str]) -> str:
    return "".join(f"{line.rstrip()}\n" for line in lines)


def _head(*names: str) -> str:
    return "".join(f" {name}" for name in names)


def _counts(row: Row, *names: str) -> str:
    return "".join(f"{getattr(row, name) or NONE:>{len(name) + 1}}" for name in names)


def _figures(record: Row | Merging | Agreement, *names: str, width: int = 15) -> str:
    """Figures of a record with their intervals, one column each."""
    return "".join(f"{cell(getattr(record, name), record.intervals.get(name)):>{width}}" for name in names)


def _merging(merging: Merging) -> Iterator[str]:
    for start, name in merging_rows(merging):
        counts = f"{merging.accounts:>9}{merging.expected:>5}{merging.found:>6}"
        figures = (f"{start}_{what}" for what in ("precision", "recall", "f1"))
        yield f"{name:18}{counts}{_figures(merging, *figures, width=14)}"


def _mismerge(mismerge: Mismerge) -> Iterator[str]:
    yield words.plain(f"{mismerge.kind:9}{mismerge.meeting}")
    for part, files in mismerge.parts.items():
        yield _indented(f"{part}: {', '.join(files)}")


def _mistake(mistake: Mistake) -> Iterator[str]:
    yield words.plain(f"{mistake.verdict:9}{field_name(mistake.field)}  {mistake.file}  {mistake.meeting}")
    yield words.plain(f"{'':9}{_change(mistake.expected, mistake.found, mistake.about)}")
    if mistake.passage:
        yield _indented(_in_context(mistake.passage))


def _indented(text: str) -> str:
    return fill(words.plain(text), WIDTH, initial_indent=" " * 9, subsequent_indent=" " * 9, break_on_hyphens=False)


def _change(left: str | None, right: str | None, about: str | None) -> str:
    """What is on the left and on the right, and the quote or person that it is about."""
    sides = (shorten(value, 60, placeholder=" …") if value else "nothing" for value in (left, right))
    return " → ".join(sides) + (f"  ({shorten(about, 34, placeholder=' …')})" if about else "")


def _in_context(passage: Passage) -> str:
    """The words between ‹ and ›, with a little of what stands around them."""
    before, exact, after = passage.prefix, passage.exact, passage.suffix
    room = max(0, CONTEXT - len(exact)) // 2
    head = before[len(before) - room :].partition(" ")[2] if room < len(before) else before
    tail = after[:room].rpartition(" ")[0] if room < len(after) else after
    return f"… {head}{words.OPEN}{shorten(exact, CONTEXT, placeholder=' …')}{words.CLOSE}{tail} …"
