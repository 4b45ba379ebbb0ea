"""When the next request to a model may go.

Nothing here sleeps: `Pace` is asked, and says how long to wait. Four things
hold a request back: a limit that the user set, a limit that the server told
of, a Retry-After, and a circuit breaker that spares a server that is down.
One event loop asks for all its tasks; that needs no lock, as nothing awaits.
"""

import math
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from extractor.protocol.transport import MAX_PAUSE, Failure, seconds_asked

BURST = 1.0
"""Seconds: how far requests may run ahead of an even spread, so that a task that wakes late costs no throughput."""
FAILURES_IN_A_ROW = 10
"""Different articles that fail with no answer in between: then it is the server, not the articles."""
FIRST_OUTAGE_PAUSE = 5.0
"""Seconds from the opening of the circuit to the first probe; each failed probe doubles the pause."""
MAX_OUTAGE_PAUSE = 120.0
"""Seconds: the longest pause before a probe; also the time after which an unanswered probe counts as lost."""
RECHECK = 1.0
"""Seconds: how soon the others ask again while a probe is under way."""

_SLACK = 1e-6  # seconds; less than that is a rounding error, and a wait that moves no clock
_DAY = 86_400.0
_UNITS = {"h": 3600.0, "m": 60.0, "s": 1.0, "ms": 0.001}
_PART = re.compile(r"(\d+(?:\.\d+)?)(ms|[hms])")
_NO_HEADERS: Mapping[str, str] = MappingProxyType({})


class Pace:
    """Paces all requests to one model.

    Args:
        requests_per_minute: a limit of the user's own, more than 0; None: none.
        tokens_per_minute: the same for tokens, the prompt's and the reply's.
        failures: how many articles that fail in a row open the circuit.
        now: a monotonic clock, in seconds.
        wall: the time of day, in seconds since 1970, for a Retry-After that is a date.
    """

    def __init__(
        self,
        *,
        requests_per_minute: float | None = None,
        tokens_per_minute: float | None = None,
        failures: int = FAILURES_IN_A_ROW,
        now: Callable[[], float] = time.monotonic,
        wall: Callable[[], float] = time.time,
    ) -> None:
        self._now = now
        self._wall = wall
        self._requests = _Limit("requests", math.inf if requests_per_minute is None else requests_per_minute)
        self._tokens = _Limit("tokens", math.inf if tokens_per_minute is None else tokens_per_minute)
        self._circuit = _Circuit(failures)
        self._held = -math.inf

    def wait(self, tokens: int) -> float:
        """Seconds until a request of about so many tokens may go; 0.0: go now, it is booked.

        Who gets more than 0.0 waits so long and asks again.
        """
        now = self._now()
        needs = ((self._requests, 1), (self._tokens, tokens))
        wait = max(self._held - now, self._circuit.wait(now), *(limit.wait(need, now) for limit, need in needs))
        if wait > _SLACK:
            return wait
        for limit, need in needs:
            limit.book(need, now)
        self._circuit.book(now)
        return 0.0

    def answered(self, headers: Mapping[str, str]) -> None:
        """Takes in any response that shows the model is up; names of headers are looked up in lower case."""
        now = self._now()
        self._requests.learn(headers, now)
        self._tokens.learn(headers, now)
        self._circuit.close()

    def failed(self, who: str, failure: Failure, headers: Mapping[str, str] = _NO_HEADERS) -> bool:
        """Takes in a transient failure of a request of the article `who`.

        Returns:
            Whether the circuit is open: then the failure is not the article's.
        """
        now = self._now()
        limited = failure.status == 429
        self._requests.learn(headers, now, spent=limited)
        self._tokens.learn(headers, now, spent=limited)
        if limited or failure.status == 503:
            asked = _asked(failure, headers, self._wall())
            self._held = max(self._held, now + min(asked, MAX_PAUSE))
        if limited:  # a server that counts requests is up
            self._circuit.close()
        else:
            self._circuit.fail(who, now)
        return self._circuit.opened is not None

    def corrected(self, estimated: int, actual: int) -> None:
        """Mends the count of tokens, once a reply tells what a request booked with `estimated` tokens took."""
        self._tokens.owe(actual - estimated, self._now())

    @property
    def outage(self) -> float:
        """Seconds since the circuit opened, with no answer since; 0.0 while it is closed."""
        opened = self._circuit.opened
        return 0.0 if opened is None else self._now() - opened


@dataclass
class _Limit:
    """A limit on requests or on tokens: the user's, and below it what the server last said is left of its own.

    The user's is kept by the generic cell rate algorithm (ITU-T I.371): what
    was sent is owed, time pays, and one may go while no more than a burst is
    owed. The size of a request counts after it went, not before, so that
    small ones never starve a large one.

    The server's has no window that it tells of, so no rate follows from it.
    """

    kind: str
    per_minute: float
    paid: float = -math.inf  # when nothing is owed any more
    left: float = math.inf
    most: float = math.inf
    reset: float = -math.inf  # until when `left` means anything

    def wait(self, need: float, now: float) -> float:
        early = max(BURST - 60.0 / self.per_minute, 0.0)
        spent = self.left < min(need, self.most)  # a request above the whole limit goes when nothing is used
        return max(self.paid - early, self.reset if spent else -math.inf) - now

    def book(self, need: float, now: float) -> None:
        self.owe(need, now)
        self.left -= need

    def owe(self, amount: float, now: float) -> None:
        self.paid = max(self.paid, now) + 60.0 * amount / self.per_minute

    def learn(self, headers: Mapping[str, str], now: float, *, spent: bool = False) -> None:
        """Reads OpenAI's headers; what they don't say, or say in no sensible way, changes nothing."""
        left = _number(headers.get(f"x-ratelimit-remaining-{self.kind}"))
        reset = duration(headers.get(f"x-ratelimit-reset-{self.kind}"))
        if left is None and spent:
            left = 0.0
        if left is not None and reset is not None:
            self.left, self.reset = left, now + min(reset, MAX_PAUSE)  # a later look costs one request
            self.most = _number(headers.get(f"x-ratelimit-limit-{self.kind}")) or math.inf


@dataclass
class _Circuit:
    """A circuit breaker: closed, open, or open with one probe under way."""

    most: int
    failing: set[str] = field(default_factory=set)
    opened: float | None = None
    probing: bool = False
    pause: float = 0.0
    until: float = -math.inf  # when the next probe may go

    def wait(self, now: float) -> float:
        rest = self.until - now
        return min(rest, RECHECK) if self.probing else rest

    def book(self, now: float) -> None:
        if self.opened is not None:
            self.probing, self.until = True, now + MAX_OUTAGE_PAUSE

    def fail(self, who: str, now: float) -> None:
        if self.opened is None:
            self.failing.add(who)
            if len(self.failing) < self.most:
                return
            self.opened = now
        elif not self.probing:  # sent before the circuit opened: it says nothing new
            return
        self.pause = min(2 * self.pause or FIRST_OUTAGE_PAUSE, MAX_OUTAGE_PAUSE)
        self.probing, self.until = False, now + self.pause

    def close(self) -> None:
        self.failing.clear()
        self.opened, self.probing, self.pause, self.until = None, False, 0.0, -math.inf


def duration(value: str | None) -> float | None:
    """Seconds in a reset header: plain, or as Go writes durations (`6m0s`, `120ms`), as OpenAI does.

    None for what is neither, or longer than a day: that is a time of day, not a duration.
    """
    if value is None:
        return None
    parts = _PART.findall(value)
    if parts and "".join(map("".join, parts)) == value:
        seconds: float | None = sum(float(number) * _UNITS[unit] for number, unit in parts)
    else:
        seconds = _number(value)
    return seconds if seconds is not None and seconds <= _DAY else None


def _asked(failure: Failure, headers: Mapping[str, str], wall: float) -> float:
    """Seconds that a server asks for; `retry-after-ms` is Azure's, and the more exact one."""
    exact = _number(headers.get("retry-after-ms"))
    return exact / 1000 if exact is not None else seconds_asked(failure.retry_after, wall) or 0.0


def _number(value: str | None) -> float | None:
    try:
        number = float(value or "")
    except ValueError:
        return None
    return number if 0 <= number < math.inf else None  # Azure says -1 where it does not know
