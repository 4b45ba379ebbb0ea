"""What people decide of a field stands, while what was said stays."""

from collections.abc import Mapping

import pytest

from extractor.merging.choices import Choice, Voice, choose
from extractor.schemas import (
    AccountRef,
    Agreement,
    Claim,
    DecisionKind,
    Evidence,
    Field,
    Grounding,
    Meeting,
    Rendering,
    Statement,
    Status,
)

NOTHING = Field(value=None, status=Status.NOT_STATED)
SPOKEN = {"a": ("aid will grow", (50, 63)), "b": ("help is to grow", (70, 85)), "c": ("aid grows", (90, 99))}


def evidence(account: str, span: tuple[int, int]) -> tuple[Evidence, ...]:
    return (Evidence(article=f"of {account}", start=span[0], end=span[1], exact="", grounding=Grounding.VERBATIM),)


def claim(account: str, value: str, span: tuple[int, int] = (10, 20)) -> Claim:
    words = evidence(account, span)
    return Claim(id=f"c-{account}", account=account, field="duration", value=value, text=value, evidence=words)


def meeting(**durations: str) -> Meeting:
    """A meeting of accounts that each tell its length and render one statement."""
    claims = tuple(claim(account, value) for account, value in durations.items())
    length = Field(
        value=claims[0].value,
        status=Status.STATED,
        agreement=Agreement.CONFLICT,
        claims=tuple(one.id for one in claims),
        rule="most origins",
    )
    renderings = tuple(
        Rendering(account=a, claim=f"s-{a}", text=SPOKEN[a][0], kind="indirect", evidence=evidence(a, SPOKEN[a][1]))
        for a in durations
    )
    said = Statement(
        id="s-1",
        speaker="Amina Wekesa",
        kind="indirect",
        text=renderings[0].text,
        setting="talks",
        agreement=Agreement.VARIANT,
        renderings=renderings,
    )
    refs = tuple(
        AccountRef(id=a, label=a.upper(), article=f"of {a}", source=a, published=None, origin=a, role="reported")
        for a in durations
    )
    return Meeting(
        id="m-1",
        role="reported",
        configuration="bilateral",
        occurrence=NOTHING,
        level=NOTHING,
        format=NOTHING,
        date=NOTHING,
        time_text=NOTHING,
        place=NOTHING,
        venue=NOTHING,
        city=NOTHING,
        country=NOTHING,
        host_event=NOTHING,
        duration=length,
        parties=(),
        participants=(),
        distinctions=(),
        topics=(),
        outcomes=(),
        statements=(said,),
        accounts=refs,
        claims=claims,
    )


def choice(said: Mapping[str, str], kind: str, value: str | None = None, rank: int = 1) -> Choice:
    """A decision on the length, of what these accounts said."""
    voices = tuple(Voice(account, ((10, 20),), length) for account, length in said.items())
    return Choice(rank, DecisionKind(kind), "duration", value, voices)


def spoken(kind: str, value: str | None = None, accounts: str = "ab") -> Choice:
    """A decision on the statement."""
    voices = tuple(Voice(a, (SPOKEN[a][1],), SPOKEN[a][0]) for a in accounts)
    return Choice(1, DecisionKind(kind), "statements", value, voices)


TWO = {"a": "PT1H", "b": "PT2H"}
THREE = {**TWO, "c": "PT3H"}


@pytest.mark.parametrize(
    ("told", "choices", "value", "agreement"),
    [
        pytest.param(TWO, [], "PT1H", "conflict", id="nobody decided"),
        pytest.param(TWO, [choice(TWO, "pick", "PT2H")], "PT2H", "decided", id="one value is picked"),
        pytest.param(TWO, [choice(TWO, "edit", "PT90M")], "PT90M", "decided", id="a value of the person's own"),
        pytest.param(TWO, [choice(TWO, "both")], "PT1H", "decided", id="both stand"),
        pytest.param(TWO, [choice(TWO, "reject")], None, "decided", id="none stands"),
        pytest.param(TWO, [choice(TWO, "unsure")], "PT1H", "conflict", id="left open"),
        pytest.param(
            TWO,
            [choice(TWO, "pick", "PT2H", 2), choice(TWO, "pick", "PT1H", 1)],
            "PT2H",
            "decided",
            id="the later word counts",
        ),
        pytest.param(
            THREE, [choice(TWO, "pick", "PT2H")], "PT2H", "conflict", id="another account says otherwise since"
        ),
        pytest.param(
            {**TWO, "c": "PT1H"}, [choice(TWO, "pick", "PT2H")], "PT2H", "decided", id="another says what was seen"
        ),
        pytest.param(
            {"a": "PT1H", "c": "PT3H"},
            [choice(TWO, "pick", "PT2H")],
            "PT1H",
            "conflict",
            id="one has gone",
        ),
        pytest.param(
            {"a": "PT1H", "b": "PT120M"}, [choice(TWO, "pick", "PT2H")], "PT2H", "decided", id="words read otherwise"
        ),
    ],
)
def test_what_stands_of_a_field(told: dict[str, str], choices: list[Choice], value: str | None, agreement: str) -> None:
    before = meeting(**told)
    found = choose(before, choices)
    assert (found.duration.value, found.duration.agreement) == (value, agreement)
    assert (found.id, found.claims, found.statements) == (before.id, before.claims, before.statements)


@pytest.mark.parametrize(
    ("told", "decided", "texts", "agreement"),
    [
        pytest.param("ab", spoken("pick", SPOKEN["b"][0]), [SPOKEN["b"][0]], "decided", id="a rendering is picked"),
        pytest.param("ab", spoken("both"), [SPOKEN["a"][0]], "decided", id="both stand"),
        pytest.param("ab", spoken("edit", "aid is to grow"), ["aid is to grow"], "decided", id="other words"),
        pytest.param("ab", spoken("reject"), [], None, id="none stands: it is left out"),
        pytest.param("abc", spoken("pick", SPOKEN["b"][0]), [SPOKEN["b"][0]], "conflict", id="a third rendering since"),
    ],
)
def test_what_stands_of_an_utterance(told: str, decided: Choice, texts: list[str], agreement: str | None) -> None:
    before = meeting(**{account: THREE[account] for account in told})
    found = choose(before, [decided])
    assert [one.text for one in found.statements] == texts
    assert [one.agreement for one in found.statements] == [agreement] * len(texts)
    assert [one.renderings for one in found.statements] == [before.statements[0].renderings] * len(texts)
