"""What a run costs."""

from decimal import Decimal
from typing import Any

import pytest

from extractor.errors import ConfigurationError
from extractor.prices import Budget, cost, in_words
from extractor.schemas import Usage
from extractor.settings import BUILTIN, Price, Settings

USAGE = Usage(calls=1, prompt_tokens=1_000_000, completion_tokens=0)
PRICE = Price(prompt=Decimal("0.25"), completion=Decimal(3))


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
    ("settings", "dollars"),
    [
        pytest.param(Settings(model="m", base_url="http://127.0.0.1:1/v1", price=PRICE), "3.5", id="its own price"),
        pytest.param(Settings(model="gpt-5-mini", price=PRICE), "3.5", id="it outranks the list"),
        pytest.param(Settings(model=BUILTIN, price=PRICE), "0", id="the built-in model is never billed"),
    ],
)
def test_a_price_that_the_user_names_counts(settings: Settings, dollars: str) -> None:
    assert cost(Usage(prompt_tokens=2_000_000, completion_tokens=1_000_000), settings) == Decimal(dollars)


def test_tokens_from_the_cache_of_the_provider_cost_less() -> None:
    settings = Settings(model="gpt-5-mini")
    whole, discounted = cost(USAGE, settings), cost(USAGE.model_copy(update={"discounted_tokens": 900_000}), settings)
    assert whole
    assert discounted
    assert discounted < whole


@pytest.mark.parametrize(
    ("settings", "amount", "words"),
    [
        (Settings(), Decimal(0), "no cost"),
        (Settings(model="m", base_url="http://127.0.0.1:1/v1"), None, "cost not known"),
        (Settings(model="gpt-5-mini"), None, "0.0000 USD"),
        (Settings(model="gpt-5-mini"), Decimal("0.01234"), "0.0123 USD"),
    ],
)
def test_a_cost_is_told_in_words(settings: Settings, amount: Decimal | None, words: str) -> None:
    assert in_words(amount, settings) == words


@pytest.mark.parametrize(
    ("limits", "spent", "reached"),
    [
        ({}, Usage(calls=10**9), None),
        ({"max_calls": 3}, Usage(calls=2), None),
        ({"max_calls": 3}, Usage(calls=3), "3 calls"),
        ({"max_tokens": 10}, Usage(prompt_tokens=9), None),
        ({"max_tokens": 10}, Usage(prompt_tokens=9, completion_tokens=1), "10 tokens"),
        ({"max_cost": Decimal("0.5")}, Usage(), None),
        ({"max_cost": Decimal("0.5")}, Usage(cost=Decimal("0.49")), None),
        ({"max_cost": Decimal("0.5")}, Usage(cost=Decimal("0.51")), "0.5 USD"),
    ],
)
def test_a_budget_says_which_limit_is_reached(limits: dict[str, Any], spent: Usage, reached: str | None) -> None:
    budget = Budget(Settings(model="gpt-5-mini", **limits))
    budget.spend(spent)
    assert budget.reached == reached


def test_a_cost_that_nobody_knows_cannot_be_limited() -> None:
    with pytest.raises(ConfigurationError, match="--price"):
        Budget(Settings(model="gpt-of-tomorrow-77", max_cost=Decimal(1)))


def test_costs_add_up_as_long_as_any_is_known() -> None:
    known, unknown = Usage(cost=Decimal("0.5")), Usage()
    assert (known + unknown + known).cost == Decimal(1)
    assert (unknown + unknown).cost is None
