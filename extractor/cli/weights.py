"""`extractor weights`: what each signal is worth: shown, learnt from labelled pairs, and pairs to label."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extractor.cli import options as o
from extractor.cli.app import app
from extractor.console import note, write

if TYPE_CHECKING:
    from collections.abc import Mapping

    from extractor.evaluate.fit import Fit, Measured
    from extractor.labels import Labels
    from extractor.profile import Profile
    from extractor.schemas import Account
    from extractor.store import Workspace
    from extractor.weights import Weights

weights = typer.Typer(
    help="What signals of one meeting are worth: show it, learn it from labelled pairs, print pairs to label.",
    no_args_is_help=True,
)
app.add_typer(weights, name="weights")


@weights.command("show")
def show_command(file: o.WeightsOption = None) -> None:
    """The weights in force, and where they come from."""
    from extractor.weights import STANDARD, in_force

    in_force(file)  # a file that holds none is an error
    write(f"# {file or 'The weights of the package'}\n" + (file or STANDARD).read_text(encoding="utf-8"))


@weights.command()
def pairs(
    db: o.DbOption = o.WORKSPACE,
    count: Annotated[int, typer.Option("-n", metavar="N", min=1, help="So many pairs.")] = 100,
    file: o.WeightsOption = None,
) -> None:
    """Pairs of accounts to label: put true or false for null in `same`; what stays null is passed over.

    Most are close to the threshold, where a label teaches most; one in five is a clear one.
    """
    from extractor import labels
    from extractor.linking.pairs import Teller, compare
    from extractor.store import Workspace
    from extractor.weights import in_force

    known = in_force(file)
    with Workspace.open(db, create=False) as workspace:
        told, profiles = _told(workspace)
        ordered = list(profiles.values())
        scores = compare(ordered, Teller(ordered, known)).scores
        for pair in labels.to_label(scores, known.threshold, count):
            left, right = ((told[id_], workspace.article(told[id_].article)) for id_ in pair)
            write(json.dumps(labels.row(left, right), ensure_ascii=False) + "\n")


@weights.command("fit")
def fit_command(
    source: Annotated[
        Path, typer.Argument(metavar="LABELS", help="Labelled pairs (see `weights pairs`), or a gold file.")
    ],
    db: o.DbOption = o.WORKSPACE,
    output: Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write them here.")] = None,
    file: o.WeightsOption = None,
) -> None:
    """Learn weights from labelled pairs of the workspace, starting from those in force."""
    from extractor.evaluate.fit import example, fit
    from extractor.labels import checked, is_gold, load_labels
    from extractor.store import Workspace
    from extractor.weights import in_force

    known = in_force(file)
    with Workspace.open(db, create=False) as workspace:
        told, profiles = _told(workspace)
        found = _of_gold(source, workspace, told, profiles, known) if is_gold(source) else load_labels(source, told)
    labels = checked(found, source)
    learnt = fit((example(profiles[a], profiles[b], same=same) for (a, b), same in labels.items()), known)
    text = learnt.weights.dump(_comment(labels, learnt, source, file))
    if output:
        from extractor.report import write_file

        write_file(output, text)
    else:
        write(text)
    _tell(labels, learnt, known)
    if output:
        note(f"wrote {output}: use it by EXTRACTOR_WEIGHTS, or --weights")


def _told(workspace: "Workspace") -> "tuple[Mapping[str, Account], Mapping[str, Profile]]":
    """The accounts of a workspace by id, and what is compared of them."""
    from extractor.pipeline import accounts
    from extractor.profile import profile

    told = {account.id: account for account in accounts(workspace)}
    return told, {id_: profile(told[id_]) for id_ in sorted(told)}


def _of_gold(
    source: Path,
    workspace: "Workspace",
    told: "Mapping[str, Account]",
    profiles: "Mapping[str, Profile]",
    weights: "Weights",
) -> "Labels":
    """The compared pairs whose accounts have a gold meeting."""
    from extractor.evaluate import by_file, load_gold, score
    from extractor.labels import of_gold
    from extractor.linking.pairs import Teller, compare

    ordered = list(profiles.values())
    scores = score(by_file(workspace.articles(), told.values()), load_gold(source))
    return of_gold(scores.pairs, compare(ordered, Teller(ordered, weights)).scores)


def _comment(labels: "Labels", learnt: "Fit", source: Path, start: Path | None) -> str:
    """What weights were learnt from."""
    same = sum(labels.values())
    return (
        f"Learnt from {len(labels)} labelled pairs ({same} the same, {len(labels) - same} different) of {source.name}\n"
        f"on {datetime.now(UTC):%Y-%m-%d}, starting from {start.name if start else 'the weights of the package'}.\n"
        f"Log loss of pairs held out: {learnt.unseen.loss:.3f}; by the weights before {learnt.before.loss:.3f}.\n"
        "Log-odds in half bits: +2 makes it twice as likely that two accounts are of one meeting."
    )


def _tell(labels: "Labels", learnt: "Fit", before: "Weights") -> None:
    """How the pairs are judged before and after, and what moved."""
    same = sum(labels.values())
    note(f"{len(labels)} pairs: {same} the same, {len(labels) - same} different")
    note(f"{'':28}{'right':>9}  log loss")
    for words, measured in (
        ("the weights before", learnt.before),
        ("learnt, pairs held out", learnt.unseen),
        ("learnt, all these pairs", learnt.after),
    ):
        note(_line(words, measured, len(labels)))
    for name, weight in learnt.weights.signals.items():
        if weight != before.signals[name]:
            note(f"{name:28}{before.signals[name]:>4} -> {weight:<4}({learnt.shown[name]} pairs)")
    if learnt.unseen.loss >= learnt.before.loss:
        note("on pairs that were held out they are no better than before: label more, or keep the old ones")


def _line(words: str, measured: "Measured", pairs: int) -> str:
    return f"{words:28}{f'{measured.right}/{pairs}':>9}  {measured.loss:.3f}"
