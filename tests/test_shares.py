"""Limits that are shared out among parts of a run."""

from decimal import Decimal
from typing import Any

import pytest

from extractor.errors import ConfigurationError
from extractor.schemas import Usage
from extractor.settings import Price, Settings
from extractor.shares import Shares

PRICE = Price(prompt=Decimal(1), completion=Decimal(1))


def shares(**limits: Any) -> Shares:
    return Shares(Settings(price=PRICE, base_url="http://127.0.0.1:1/v1", model="m", **limits))


def taken(of: Shares, slots: int, name: str) -> list[Any]:
    """What as many parts get as there are slots."""
    given = [of.take(slots) for _ in range(slots)]
    return [getattr(of.within(share), name) for share in given if share is not None]


@pytest.mark.parametrize(
    ("name", "limit", "parts"),
    [
        ("max_calls", 9, [3, 3, 3]),
        ("max_calls", 10, [4, 3, 3]),
        ("max_calls", 2, [1, 1]),
        ("max_tokens", 1000, [334, 333, 333]),
        ("max_cost", Decimal("0.75"), [Decimal("0.25")] * 3),
        ("requests_per_minute", 90.0, [30.0] * 3),
        ("tokens_per_minute", 300_000.0, [100_000.0] * 3),
    ],
)
def test_a_limit_is_divided_among_the_parts_that_go_on_at_a_time(name: str, limit: Any, parts: list[Any]) -> None:
    assert taken(shares(**{name: limit}), 3, name) == parts


def test_without_a_limit_any_number_of_parts_may_begin() -> None:
    of = shares()
    assert [of.take(1) for _ in range(3)] == [{}, {}, {}]
    assert of.within({}) == of.settings


def test_what_a_part_leaves_over_goes_to_the_next_one() -> None:
    of = shares(max_calls=100)
    first, _ = of.take(2), of.take(2)
    assert first is not None
    assert of.take(2) is None
    of.settle(first, Usage(calls=20))
    assert taken(of, 1, "max_calls") == [30]


def test_what_a_part_spent_beyond_its_share_is_missing_to_the_next_one() -> None:
    of = shares(max_tokens=1000)
    first, _ = of.take(2), of.take(2)
    assert first is not None
    of.settle(first, Usage(prompt_tokens=600))
    assert of.take(2) is None
    assert of.reached is None  # the other part may still leave something over


def test_a_rate_comes_back_whole_and_is_never_given_twice() -> None:
    of = shares(requests_per_minute=70)
    given = [of.take(3) for _ in range(3)]
    assert of.take(3) is None
    for share in given:
        assert share is not None
        of.settle(share, Usage(calls=500))
    assert taken(of, 1, "requests_per_minute") == [70.0]


def test_workers_that_join_get_a_share_when_another_part_has_ended() -> None:
    of = shares(requests_per_minute=60)
    first = of.take(1)
    assert first is not None
    assert of.take(4) is None
    of.settle(first, Usage())
    assert taken(of, 4, "requests_per_minute") == [15.0] * 4


def test_the_limit_that_is_reached_is_told_by_what_all_parts_spent() -> None:
    of = shares(max_calls=3)
    for share in (of.take(2), of.take(2)):
        assert share is not None
        of.settle(share, Usage(calls=int(share["max_calls"])))
    assert of.reached == "3 calls"
    assert of.take(2) is None


def test_a_cost_is_not_shared_where_no_price_is_known() -> None:
    with pytest.raises(ConfigurationError, match="price of m is not known"):
        Shares(Settings(model="m", base_url="http://127.0.0.1:1/v1", max_cost=Decimal(1)))
