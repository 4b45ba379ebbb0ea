"""What a run costs."""

from decimal import Decimal

import pytest

from extractor.prices import cost, in_words
from extractor.schemas import Usage
from extractor.settings import BUILTIN, Settings

USAGE = Usage(calls=1, prompt_tokens=1_000_000, completion_tokens=0)


@pytest.mark.parametrize(
    ("settings", "known"),
    [
        pytest.param(Settings(model=BUILTIN), True, id="the built-in model costs nothing, which is known"),
        pytest.param(Settings(model="gpt-5-mini"), True, id="a model of the price list has a price"),
        pytest.param(Settings(model="gpt-of-tomorrow-77"), False, id="a model that is not on the list has none"),
        pytest.param(Settings(model="gpt-5-mini", base_url="http://127.0.0.1:1/v1"), False, id="a server of one's own"),
    ],
)
def test_a_price_is_known_or_it_is_said_that_it_is_not(settings: Settings, known: bool) -> None:
    assert (cost(USAGE, settings) is not None) is known


def test_the_cost_grows_with_the_tokens() -> None:
    settings = Settings(model="gpt-5-mini")
    one, two = cost(USAGE, settings), cost(USAGE + USAGE, settings)
    assert one
    assert two == 2 * one


@pytest.mark.parametrize(
    ("amount", "words"), [(None, "cost not known"), (Decimal(0), "no cost"), (Decimal("0.01234"), "0.0123 USD")]
)
def test_a_cost_is_told_in_words(amount: Decimal | None, words: str) -> None:
    assert in_words(amount) == words
