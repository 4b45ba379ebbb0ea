"""Texts that are alike have one origin; the same events told in other words have not."""

import random
from itertools import permutations
from pathlib import Path

import pytest

from extractor.pipeline import meetings
from extractor.read import sources
from extractor.report.words import published
from extractor.running import work
from extractor.settings import BUILTIN, Settings
from extractor.store import Workspace
from extractor.texts.reprints import origins, sketch

WORDS = [
    "port",
    "grain",
    "river",
    "treaty",
    "envoy",
    "border",
    "market",
    "school",
    "bridge",
    "harvest",
    "railway",
    "council",
    "harbour",
    "coffee",
]


def story(seed: int, words: int = 300) -> list[str]:
    pick = random.Random(seed)  # noqa: S311 - no secret
    return [pick.choice(WORDS) + str(pick.randrange(50)) for _ in range(words)]


def grouped(**texts: str) -> set[frozenset[str]]:
    found = origins({name: sketch(text) for name, text in texts.items()})
    return {frozenset(name for name in found if found[name] == origin) for origin in found.values()}


WIRE = story(1)


@pytest.mark.parametrize(
    "reprint",
    [
        pytest.param(" ".join(WIRE).upper() + "!", id="other case and marks"),
        pytest.param(
            "DAILY NEWS, 3 March 2031. " + " ".join(WIRE) + " Read more: sports, weather.", id="page furniture"
        ),
        pytest.param(" ".join(WIRE[:260]), id="the last paragraph cut"),
        pytest.param(" ".join([*WIRE[:100], "envoys", *WIRE[101:]]), id="a word corrected"),
    ],
)
def test_a_reprint_has_the_origin_of_its_story(reprint: str) -> None:
    assert grouped(a=" ".join(WIRE), b=reprint) == {frozenset("ab")}


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(" ".join(story(2)), id="another story"),
        pytest.param(" ".join(WIRE[:60] + story(3)), id="a long quotation in common"),
        pytest.param(" ".join(sorted(WIRE)), id="the same words in another order"),
        pytest.param("", id="no words"),
    ],
)
def test_what_is_told_in_other_words_has_an_origin_of_its_own(other: str) -> None:
    assert grouped(a=" ".join(WIRE), b=other) == {frozenset("a"), frozenset("b")}


def test_short_notices_are_never_taken_for_reprints() -> None:
    assert grouped(a="The ministers met in Oslo on Monday.", b="The ministers met in Oslo on Monday!") == {
        frozenset("a"),
        frozenset("b"),
    }


def test_what_hangs_together_by_reprints_is_one_origin_whatever_the_order() -> None:
    edited = [WIRE, WIRE[:270], WIRE[:240], story(2)]
    texts = {name: " ".join(words) for name, words in zip("abcd", edited, strict=True)}
    for order in permutations(texts):
        found = origins({name: sketch(texts[name]) for name in order})
        assert found == {"a": "a", "b": "a", "c": "a", "d": "d"}


def test_ten_reprints_of_a_story_are_one_voice(tmp_path: Path) -> None:
    told = "Kenyan Foreign Minister Amina Wekesa met her Ugandan counterpart Ruth Nakato in Nairobi on 3 March 2031. "
    for number in range(3):
        (tmp_path / f"{number}.txt").write_text(f"{told}{' '.join(WIRE)}\n\nPaper {number}")
    (tmp_path / "other.txt").write_text(told + " ".join(story(4)))
    with Workspace.open(tmp_path / "w.db") as workspace:
        work(workspace, sources(tmp_path), Settings(model=BUILTIN))
        (meeting,) = meetings(workspace)
    assert len(meeting.accounts) == 4
    assert len({account.origin for account in meeting.accounts}) == 2
    assert sum("a reprint of" in published(source, meeting.accounts) for source in meeting.accounts) == 2
