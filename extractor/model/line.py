"""The line to an endpoint: one request carried there, within the limits, however often the transport loses it.

    slot ──> limits ──> pace ──> HTTP ──> failed? backoff, and again
    jobs     money      rate, outage

What is in flight counts from the slot on: neither a retry's pause nor what is
done with a reply holds one.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, Self

from extractor.errors import ModelUnreachableError, ReplyError
from extractor.model.ledger import LimitReached, estimated
from extractor.prices import Budget
from extractor.protocol.pacing import FAILURES_IN_A_ROW, Pace
from extractor.protocol.transport import Failure, RawReply, place_of
from extractor.schemas import Usage
from extractor.settings import OPENAI, Settings

if TYPE_CHECKING:
    import httpx2
    import openai

Sleep = Callable[[float], Awaitable[None]]
Count = Callable[[Usage], None]


class Line:
    """A client of one endpoint for any number of parallel requests. Use as `async with Line(settings) as line`.

    `sleep` is what pauses, `now` the monotonic clock that says how long.
    """

    def __init__(
        self, settings: Settings, *, sleep: Sleep = asyncio.sleep, now: Callable[[], float] = time.monotonic
    ) -> None:
        self._settings = settings
        self._sleep = sleep
        self._slots = asyncio.Semaphore(settings.jobs)
        self._heard = False
        self.budget = Budget(settings)
        self.pace = Pace(
            requests_per_minute=settings.requests_per_minute,
            tokens_per_minute=settings.tokens_per_minute,
            failures=max(3, min(FAILURES_IN_A_ROW, settings.jobs)),
            now=now,
        )

    async def __aenter__(self) -> Self:
        import openai

        settings, timeout = self._settings, self._settings.timeout
        self.client = openai.AsyncOpenAI(
            api_key=settings.api_key.get_secret_value() if settings.api_key else "none",
            base_url="http://builtin/v1" if settings.builtin else settings.endpoint,
            max_retries=0,
            timeout=openai.Timeout(timeout, connect=min(timeout, 15.0), pool=None),
            http_client=_in_process() if settings.builtin else _over_http(settings),
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.client.close()

    async def post(self, body: str, who: str, count: Count) -> tuple[str, RawReply]:
        """What the endpoint replies to a chat completion request (JSON): as it came, and opened.

        `count` is told each call and retry as it is made.

        Raises:
            LimitReached: a limit of the run allows no further call.
            ReplyError: the request is refused, or lost too often.
            ModelUnreachableError: no model answers there, or not to this key.
        """
        import openai
        import tenacity

        backoff = tenacity.wait_random_exponential(multiplier=0.5, max=30)
        tokens = len(body) // 4
        failures = 0  # those that are this request's own, and not an outage's

        async def send() -> tuple[str, RawReply]:
            nonlocal failures
            async with self._slots:
                await self._turn(tokens)
                count(Usage(calls=1))
                try:
                    response = await self._send(body)
                except openai.APIError as error:
                    failures += not self._failed(error, who)
                    raise
            self.pace.answered(_limits(response))
            raw = response.content.decode("utf-8", "replace")
            try:
                reply = RawReply.opened(raw, self._settings)
            except ModelUnreachableError as error:
                failures += 1
                raise _Garbled from error
            self._heard = True
            self.pace.corrected(tokens, spent(reply, body, raw).tokens)
            return raw, reply

        def passes(error: BaseException) -> bool:
            return self._heard if isinstance(error, _Garbled) else Failure.of(error).transient

        def pause(state: tenacity.RetryCallState) -> float:
            error = state.outcome.exception() if state.outcome else None
            return Failure.of(error).pause(backoff(state), time.time()) if error else 0.0

        retrying = tenacity.AsyncRetrying(  # one for each request: tasks cannot share one
            retry=tenacity.retry_if_exception(passes),
            stop=lambda _: failures > self._settings.retries,
            wait=pause,
            sleep=self._sleep,
            before_sleep=lambda _: count(Usage(retries=1)),
            reraise=True,
        )
        try:
            return await retrying(send)
        except openai.APIError as error:
            raise Failure.of(error).translated(self._settings) from error
        except _Garbled as error:
            if self._heard:
                raise ReplyError(f"What {place_of(self._settings)} replied was no JSON, each time.") from error
            raise error.__cause__ or error from None

    async def _turn(self, tokens: int) -> None:
        """Waits until a request of about so many tokens may go."""
        while pause := self.pace.wait(tokens):
            if self.pace.outage > self._settings.patience:
                raise ModelUnreachableError(
                    f"{place_of(self._settings)} has answered nothing for {self.pace.outage / 60:.0f} minutes. "
                    "What is done is kept; run again when it is back."
                )
            await self._sleep(pause)
        if limit := self.budget.reached:
            raise LimitReached(limit)

    async def _send(self, body: str) -> "httpx2.Response":
        import httpx2
        import openai

        content = body.encode("utf-8", "surrogatepass")
        as_json: Any = {"headers": {"Content-Type": "application/json"}}
        try:
            async with asyncio.timeout(self._settings.timeout):  # the client's own begins anew with each byte
                return await self.client.post(
                    "/chat/completions", content=content, options=as_json, cast_to=httpx2.Response
                )
        except TimeoutError as error:
            request = httpx2.Request("POST", str(self.client.base_url))
            raise openai.APITimeoutError(request) from httpx2.ReadTimeout(str(error))

    def _failed(self, error: "openai.APIError", who: str) -> bool:
        """Tells the pace; returns whether the failure is an outage's, and not this request's."""
        import openai

        failure = Failure.of(error)
        headers = _limits(error.response) if isinstance(error, openai.APIStatusError) else {}
        if failure.transient:
            if not self._heard and isinstance(failure.translated(self._settings), ModelUnreachableError):
                return False  # nobody was ever there: its own retries find out, and no circuit makes them wait
            return self.pace.failed(who, failure, headers) and self._heard
        if failure.status is not None:
            self.pace.answered(headers)
        return False


def _limits(response: "httpx2.Response") -> dict[str, str]:
    """The headers that tell of limits. To look each up in the response would take longer than to send a request."""
    named = ((name.decode("latin-1").lower(), value.decode("latin-1")) for name, value in response.headers.raw)
    return {name: value for name, value in named if name.startswith(("x-ratelimit-", "retry-after"))}


class _Garbled(Exception):  # noqa: N818 - a signal inside this file
    """A body that is no JSON: it passes like a broken connection, once it is known that there is a model."""


def spent(reply: RawReply, request: str, raw: str) -> Usage:
    """The tokens of a reply, as its provider counts them; else estimated from characters, four to a token."""
    counted = reply.usage.usage() if reply.usage else None
    return counted or estimated(len(request), len(raw))


def _over_http(settings: Settings) -> Any:
    """A client that keeps a connection for each call in flight. aiohttp carries twice as many as httpx."""
    import httpx2
    import openai

    url = httpx2.URL(settings.base_url or OPENAI)
    return openai.DefaultAioHttpClient(
        auth=(url.username, url.password) if url.userinfo else None,  # aiohttp takes none from a URL beside a key
        limits=httpx2.Limits(max_connections=settings.jobs, max_keepalive_connections=settings.jobs),
    )


def _in_process() -> Any:
    import httpx2
    import openai

    from extractor.builtin.app import app

    return openai.DefaultAsyncHttpxClient(transport=httpx2.ASGITransport(app=app))
