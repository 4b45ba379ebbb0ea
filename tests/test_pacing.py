"""The pace: limits that are set or learnt, pauses that are asked for, and a circuit that opens in an outage."""

import heapq
import math
from collections.abc import Sequence
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.protocol.pacing import BURST, FAILURES_IN_A_ROW, MAX_OUTAGE_PAUSE, RECHECK, Pace, duration
from extractor.protocol.transport import MAX_PAUSE, Failure

NOON = 1_700_049_600.0  # 15 November 2023, 12:00:00 UTC
NO_HEADERS: dict[str, str] = {}
SPENT = {"x-ratelimit-remaining-requests": "0", "x-ratelimit-reset-requests": "36s"}


class Clock:
    """Stands still until it is wound on."""

    def __init__(self) -> None:
        self.time = 1000.0

    def __call__(self) -> float:
        return self.time


def paced(requests: float | None = None, tokens: float | None = None) -> tuple[Pace, Clock]:
    clock = Clock()
    return Pace(requests_per_minute=requests, tokens_per_minute=tokens, now=clock, wall=lambda: NOON), clock


def failure(status: int | None, retry_after: str | None = None) -> Failure:
    return Failure(status=status, codes=frozenset(), kinds=frozenset(), words="", retry_after=retry_after)


def broken() -> tuple[Pace, Clock]:
    """A pace whose circuit has just opened."""
    pace, clock = paced()
    for number in range(FAILURES_IN_A_ROW):
        pace.failed(f"article {number}", failure(500))
    return pace, clock


def sent(pace: Pace, clock: Clock, sizes: Sequence[int], starts: Sequence[float]) -> list[tuple[float, int]]:
    """When each of many tasks got to send, each asking again as it is told; by time."""
    asking = [(clock.time + start, place, size) for place, (size, start) in enumerate(zip(sizes, starts, strict=True))]
    heapq.heapify(asking)
    gone: list[tuple[float, int]] = []
    for _ in range(10_000):
        if not asking:
            return gone
        at, place, size = heapq.heappop(asking)
        clock.time = at
        wait = pace.wait(size)
        if wait:
            heapq.heappush(asking, (at + wait, place, size))
        else:
            gone.append((at, size))
    raise AssertionError("some task never got to send")


# What the user set


def test_without_limits_everything_goes_at_once() -> None:
    pace, _ = paced()
    assert [pace.wait(10**9) for _ in range(1000)] == [0.0] * 1000


@pytest.mark.parametrize(("per_minute", "at_once", "then"), [(6, 1, 10.0), (60, 1, 1.0), (600, 10, 0.1), (120, 2, 0.5)])
def test_requests_go_evenly_after_one_second_s_worth(per_minute: float, at_once: int, then: float) -> None:
    pace, clock = paced(requests=per_minute)
    assert [pace.wait(1) for _ in range(at_once)] == [0.0] * at_once
    for _ in range(5):
        assert pace.wait(1) == pytest.approx(then)
        clock.time += then
        assert pace.wait(1) == 0.0


def test_a_large_request_is_paid_for_by_those_after_it() -> None:
    pace, clock = paced(tokens=600)
    assert pace.wait(100) == 0.0
    assert pace.wait(1) == pytest.approx(9.1)  # ten seconds' worth, but for the nine tokens before it in a burst
    clock.time += 9.1
    assert pace.wait(1) == 0.0


def test_a_request_of_more_tokens_than_a_minute_has_goes_too() -> None:
    pace, _ = paced(tokens=600)
    assert pace.wait(6000) == 0.0


@pytest.mark.parametrize("actual", [100, 300, 500])
def test_a_wrong_estimate_of_tokens_is_mended_by_the_reply(actual: int) -> None:
    guessed, _ = paced(tokens=600)
    known, _ = paced(tokens=600)
    assert guessed.wait(300) == known.wait(actual) == 0.0
    guessed.corrected(300, actual)
    assert guessed.wait(1) == pytest.approx(known.wait(1))
    assert known.wait(1) > 0.0


def test_what_was_estimated_too_high_never_buys_a_burst_later() -> None:
    pace, clock = paced(tokens=600)
    assert pace.wait(600) == 0.0
    clock.time += 3600.0
    pace.corrected(600, 0)
    clock.time += 3600.0
    assert pace.wait(100) == 0.0
    assert pace.wait(1) == pytest.approx(9.1)


sizes = st.lists(st.integers(1, 3000), min_size=1, max_size=40)
limits = st.floats(1, 10_000)


@given(limits, st.floats(100, 100_000), sizes, st.randoms())
def test_no_minute_sees_more_than_the_limit_and_a_burst(
    requests: float, tokens: float, sizes: list[int], random: Random
) -> None:
    pace, clock = paced(requests, tokens)
    gone = sent(pace, clock, sizes, [random.uniform(0.0, 120.0) for _ in sizes])
    for start, _ in gone:
        window = [size for at, size in gone if start <= at < start + 60.0]
        assert len(window) <= requests + max(1.0, BURST * requests / 60.0) + 1e-3
        assert sum(window) <= tokens + BURST * tokens / 60.0 + max(sizes) + 1e-3


@given(limits, st.lists(st.floats(0, 120), min_size=1, max_size=20), st.randoms())
def test_the_order_in_which_tasks_ask_changes_nothing(requests: float, starts: list[float], random: Random) -> None:
    shuffled = random.sample(starts, len(starts))
    one, other = (
        [at for at, _ in sent(*paced(requests, 1000), [50] * len(starts), order)] for order in (starts, shuffled)
    )
    assert one == pytest.approx(other)


# What the server tells


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("1s", 1.0),
        ("6m0s", 360.0),
        ("120ms", 0.12),
        ("1h2m3.5s", 3723.5),
        ("0s", 0.0),
        ("7.66s", 7.66),
        ("59", 59.0),
        ("33.5", 33.5),
        ("24h", 86400.0),
    ],
)
def test_a_reset_is_a_go_duration_or_plain_seconds(value: str, seconds: float) -> None:
    assert duration(value) == pytest.approx(seconds)


NONSENSE = ["", "soon", "-1", "-1s", "nan", "inf", "1700000000", "25h", "1s soon", "s", "2023-11-15T12:00:00Z"]


@pytest.mark.parametrize("value", [None, *NONSENSE, "9" * 400 + "h"])
def test_a_reset_that_is_no_duration_is_none(value: str | None) -> None:
    assert duration(value) is None


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        (SPENT, 36.0),
        (SPENT | {"x-ratelimit-reset-requests": "6m0s"}, MAX_PAUSE),
        (SPENT | {"x-ratelimit-reset-requests": "120ms"}, 0.12),
        ({"x-ratelimit-remaining-tokens": "99", "x-ratelimit-reset-tokens": "20"}, 20.0),
        (SPENT | {"x-ratelimit-remaining-tokens": "0", "x-ratelimit-reset-tokens": "42s"}, 42.0),
    ],
)
def test_who_finds_too_little_left_waits_for_the_reset(headers: dict[str, str], wait: float) -> None:
    pace, clock = paced()
    pace.answered(headers)
    assert pace.wait(100) == pytest.approx(wait)
    clock.time += wait
    assert [pace.wait(100), pace.wait(100)] == [0.0, 0.0]


@pytest.mark.parametrize(
    "headers",
    [
        NO_HEADERS,
        SPENT | {"x-ratelimit-remaining-requests": "1"},
        {"x-ratelimit-remaining-tokens": "100", "x-ratelimit-reset-tokens": "20"},
        {"x-ratelimit-remaining-tokens": "-1", "x-ratelimit-reset-tokens": "20"},
        {"x-ratelimit-remaining-requests": "0"},
        {"x-ratelimit-reset-requests": "36s"},
    ],
)
def test_who_finds_enough_left_or_nothing_said_goes(headers: dict[str, str]) -> None:
    pace, _ = paced()
    pace.answered(headers)
    assert pace.wait(100) == 0.0


def test_what_the_server_says_is_left_is_shared_out_before_it_says_more() -> None:
    pace, _ = paced()
    pace.answered({"x-ratelimit-remaining-tokens": "250", "x-ratelimit-reset-tokens": "30s"})
    assert [pace.wait(100) for _ in range(3)] == pytest.approx([0.0, 0.0, 30.0])


def test_a_later_answer_that_says_there_is_room_ends_the_wait() -> None:
    pace, _ = paced()
    pace.answered(SPENT)
    pace.answered(SPENT | {"x-ratelimit-remaining-requests": "5"})
    assert pace.wait(1) == 0.0


def test_a_request_above_the_server_s_whole_limit_goes_when_all_of_it_is_left() -> None:
    pace, _ = paced()
    whole = {"x-ratelimit-limit-tokens": "1000", "x-ratelimit-remaining-tokens": "1000"}
    pace.answered(whole | {"x-ratelimit-reset-tokens": "60s"})
    assert pace.wait(5000) == 0.0


def test_a_generous_server_does_not_lift_the_user_s_limit() -> None:
    pace, _ = paced(requests=6)
    assert pace.wait(1) == 0.0
    pace.answered({"x-ratelimit-remaining-requests": "9999", "x-ratelimit-reset-requests": "1ms"})
    assert pace.wait(1) == pytest.approx(10.0)


@pytest.mark.parametrize(
    ("status", "retry_after", "headers", "wait"),
    [
        (429, "7", NO_HEADERS, 7.0),
        (503, "7", NO_HEADERS, 7.0),
        (500, "7", NO_HEADERS, 0.0),
        (429, "86400", NO_HEADERS, MAX_PAUSE),
        (429, "Wed, 15 Nov 2023 12:00:30 GMT", NO_HEADERS, 30.0),
        (429, "soon", NO_HEADERS, 0.0),
        (429, None, NO_HEADERS, 0.0),
        (429, "7", {"retry-after-ms": "6500"}, 6.5),
        (503, None, {"retry-after-ms": "250"}, 0.25),
        (429, "7", {"retry-after-ms": "soon"}, 7.0),
        (429, None, SPENT, 36.0),
        (429, None, {"x-ratelimit-reset-requests": "20s"}, 20.0),
        (429, None, {"x-ratelimit-reset-tokens": "20s"}, 20.0),
        (503, None, {"x-ratelimit-reset-requests": "20s"}, 0.0),
    ],
)
def test_a_server_that_asks_for_a_pause_gets_it_from_all(
    status: int, retry_after: str | None, headers: dict[str, str], wait: float
) -> None:
    pace, clock = paced()
    assert not pace.failed("article", failure(status, retry_after), headers)
    assert [pace.wait(1), pace.wait(1)] == pytest.approx([wait, wait])
    clock.time += wait
    assert [pace.wait(1), pace.wait(1)] == [0.0, 0.0]


def test_neither_an_answer_nor_a_shorter_wish_cuts_a_pause_short() -> None:
    pace, _ = paced()
    pace.failed("a", failure(429, "30"))
    pace.failed("b", failure(429, "1"))
    pace.answered(NO_HEADERS)
    assert pace.wait(1) == pytest.approx(30.0)


# When the server is down


@pytest.mark.parametrize("status", [None, 500, 502, 503, 408])
def test_the_circuit_opens_when_many_articles_fail_in_a_row(status: int | None) -> None:
    pace, clock = paced()
    told = [pace.failed(f"article {number}", failure(status)) for number in range(FAILURES_IN_A_ROW)]
    assert told == [False] * (FAILURES_IN_A_ROW - 1) + [True]
    assert pace.wait(1) == pytest.approx(5.0)
    assert pace.outage == 0.0
    clock.time += 3.0
    assert pace.outage == 3.0


def test_one_article_that_fails_on_and_on_opens_nothing() -> None:
    pace, _ = paced()
    assert not any(pace.failed("article", failure(500)) for _ in range(100))
    assert pace.wait(1) == 0.0


@pytest.mark.parametrize("limited", [False, True])
def test_an_answer_or_a_429_in_between_starts_the_count_anew(limited: bool) -> None:
    pace, _ = paced()
    for number in range(5 * FAILURES_IN_A_ROW):
        assert not pace.failed(f"article {number}", failure(500))
        if number % (FAILURES_IN_A_ROW - 1) == 0:
            if limited:
                pace.failed("limited", failure(429))
            else:
                pace.answered(NO_HEADERS)
    assert pace.outage == 0.0


def test_after_the_pause_one_probe_goes_and_the_others_look_again_soon() -> None:
    pace, clock = broken()
    clock.time += 5.0
    assert [pace.wait(1) for _ in range(3)] == [0.0, RECHECK, RECHECK]


def test_failed_probes_come_ever_more_seldom() -> None:
    pace, clock = broken()
    pauses = []
    for _ in range(8):
        pauses.append(pace.wait(1))
        clock.time += pauses[-1]
        assert pace.wait(1) == 0.0
        assert pace.failed("probe", failure(None))
    assert pauses == pytest.approx([5, 10, 20, 40, 80, 120, 120, 120])
    assert pace.outage == pytest.approx(sum(pauses))


def test_failures_of_requests_sent_before_the_outage_lengthen_no_pause() -> None:
    pace, _ = broken()
    assert pace.failed("late", failure(500))
    assert pace.wait(1) == pytest.approx(5.0)


@pytest.mark.parametrize("limited", [False, True])
def test_an_answer_closes_the_circuit_and_the_next_outage_begins_from_scratch(limited: bool) -> None:
    pace, clock = broken()
    clock.time += 5.0
    assert pace.wait(1) == 0.0
    pace.failed("probe", failure(500))
    if limited:
        assert not pace.failed("probe", failure(429))
    else:
        pace.answered(NO_HEADERS)
    assert pace.outage == 0.0
    assert [pace.wait(1), pace.wait(1)] == [0.0, 0.0]
    for number in range(FAILURES_IN_A_ROW):
        pace.failed(f"article {number}", failure(500))
    assert pace.wait(1) == pytest.approx(5.0)


def test_a_probe_that_is_never_heard_of_makes_way_for_another() -> None:
    pace, clock = broken()
    clock.time += 5.0
    assert pace.wait(1) == 0.0
    clock.time += MAX_OUTAGE_PAUSE - 0.5
    assert pace.wait(1) == pytest.approx(0.5)
    clock.time += 0.5
    assert [pace.wait(1), pace.wait(1)] == [0.0, RECHECK]


def test_a_probe_keeps_to_the_limits_too() -> None:
    pace, clock = broken()
    pace.failed("late", failure(503, "30"))
    clock.time += 5.0
    assert pace.wait(1) == pytest.approx(25.0)
    clock.time += 25.0
    assert pace.wait(1) == 0.0


@given(st.permutations(range(FAILURES_IN_A_ROW)))
def test_the_order_of_failures_changes_nothing(order: list[int]) -> None:
    pace, _ = paced()
    told = [pace.failed(f"article {number}", failure(500)) for number in order]
    assert told == [False] * (FAILURES_IN_A_ROW - 1) + [True]


# Whatever happens

MAX_ASKS = 10 + int(MAX_OUTAGE_PAUSE / RECHECK)  # while a lost probe is waited for
values = st.one_of(
    st.sampled_from([*NONSENSE, "0", "1", "500", "1s", "6m0s", "24h"]), st.text(max_size=8), st.floats().map(str)
)
names = [f"x-ratelimit-{what}-{kind}" for what in ("limit", "remaining", "reset") for kind in ("requests", "tokens")]
heads = st.dictionaries(st.sampled_from([*names, "retry-after-ms"]), values)
statuses = st.sampled_from([None, 429, 500, 503])
events = st.one_of(
    st.tuples(st.just("answered"), heads),
    st.tuples(st.just("failed"), st.integers(0, 20), statuses, st.none() | values, heads),
    st.tuples(st.just("asked"), st.integers(1, 5000)),
    st.tuples(st.just("passed"), st.floats(0, 300)),
)


@given(st.lists(events, max_size=60))
def test_after_enough_time_a_request_may_go_whatever_happened(history: list[tuple[object, ...]]) -> None:
    pace, clock = paced(requests=60, tokens=100_000)
    for event in history:
        match event:
            case "answered", dict(headers):
                pace.answered(headers)
            case "failed", int(who), None | int() as status, None | str() as asked, dict(headers):
                pace.failed(str(who), failure(status, asked), headers)
            case "asked", int(tokens):
                pace.wait(tokens)
            case "passed", float(seconds):
                clock.time += seconds
    for _ in range(MAX_ASKS):
        wait = pace.wait(5000)
        if wait == 0.0:
            return
        assert math.isfinite(wait)
        assert wait > 0.0
        clock.time += wait
    raise AssertionError("no request may ever go")
