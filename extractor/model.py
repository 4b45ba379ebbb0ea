"""Ask a model. The one place that knows openai, instructor and tenacity.

    draft ──> instructor ──> _answer ──> _fetch ──> ledger, or _post (tenacity) ──> HTTP
              re-asks what   reads the   makes no   retries what the
              doesn't        reply's     call       transport lost
              validate       envelope    twice

Any OpenAI-compatible endpoint is reached this way, the built-in model too: it
is the same protocol over a transport that stays inside the process.
"""

import asyncio
import hashlib
import json
import logging
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Protocol, Self

from pydantic import ValidationError

from extractor.errors import ConfigurationError, ReplyError
from extractor.protocol.salvage import json_part, salvage
from extractor.protocol.transport import Failure, RawReply
from extractor.protocol.wire import draft_schema
from extractor.schemas import Draft, Usage
from extractor.schemas.base import Record
from extractor.settings import OPENAI, Settings

Check = Callable[[Draft], Sequence[str]]
"""What is wrong with a draft, in words for the model; nothing where it is right."""
Spend = Callable[[Usage], None]
Sleep = Callable[[float], Awaitable[None]]

MAX_PROBLEMS = 30
MAX_PROBLEM = 800
"""Problems told in one re-ask, and characters of each."""

# instructor logs replies at ERROR; without a handler they would end up on stderr.
logging.getLogger("instructor").addHandler(logging.NullHandler())


class Ledger(Protocol):
    """Keeps raw replies, so that what was paid for once is never paid for twice."""

    def get(self, key: str) -> str | None:
        """The raw reply (JSON) to the request with this key, or None."""

    def put(self, key: str, request: str, reply: str) -> None:
        """Commit a reply. Called before the reply is used."""


class Answer(Record):
    """A draft, what it cost, and what should be known of it."""

    draft: Draft
    usage: Usage
    warnings: tuple[str, ...] = ()


@dataclass
class _Call:
    """The state of one `draft`: what was asked, spent, and answered so far."""

    messages: list[dict[str, object]]
    check: Check
    spend: Spend | None
    usage: Usage = field(default_factory=Usage)
    replies: list[str] = field(default_factory=list)
    draft: Draft | None = None
    problems: Sequence[str] = ()

    def count(self, **amounts: int) -> None:
        self.usage += Usage(**amounts)
        if self.spend:
            self.spend(Usage(**amounts))

    def read(self, reply: str) -> Draft:
        """The draft in a reply, if nothing is wrong with it; of flawed ones the best is kept."""
        try:
            draft = Draft.model_validate_json(json_part(reply))
        except ValidationError as error:
            problems = [f"{'.'.join(map(str, e['loc'])) or 'the reply'}: {e['msg']}" for e in error.errors()]
            raise _invalid(problems) from error
        problems = list(self.check(draft))
        if self.draft is None or len(problems) <= len(self.problems):
            self.draft, self.problems = draft, problems
        if problems:
            raise _invalid(problems)
        return draft.model_copy()  # instructor hangs the raw completion on what it gets

    def answer(self) -> Answer:
        """The best that came of it.

        Raises:
            ReplyError: nothing of use came.
        """
        if self.draft is not None:
            flaws = (f"problems left after the last re-ask: {len(self.problems)}",) if self.problems else ()
            return Answer(draft=self.draft, usage=self.usage, warnings=flaws)
        last = self.replies[-1]
        saved = salvage(last)
        if saved is None:
            raise ReplyError("The reply is cut off or does not fit the schema; nothing of it can be used.", raw=last)
        draft, lost = saved
        self.count(dropped=lost)
        loss = (f"the reply is cut off or does not fit the schema; values lost: {lost}",) if lost else ()
        return Answer(draft=draft, usage=self.usage, warnings=loss)


_CALL: ContextVar[_Call] = ContextVar("_CALL")


def revision(settings: Settings) -> str:
    """What tells two states of one model apart beyond its name: of the built-in one, the digest of its rules."""
    if not settings.builtin:
        return ""
    from extractor.builtin import fingerprint

    return fingerprint()


class Model:
    """A model behind an OpenAI-compatible endpoint. Use as `async with Model(settings) as model`.

    One model serves any number of parallel calls. `sleep` is what pauses
    between retries.
    """

    def __init__(self, settings: Settings, ledger: Ledger | None = None, *, sleep: Sleep = asyncio.sleep) -> None:
        if settings.base_url and not settings.base_url.startswith(("http://", "https://")):
            raise ConfigurationError("The base URL must begin with http:// or https://, and mostly ends in /v1.")
        self._settings = settings
        self._ledger = ledger
        self._sleep = sleep
        self._revision = revision(settings)

    async def __aenter__(self) -> Self:
        import instructor
        import openai

        key = self._settings.api_key
        timeout = self._settings.timeout
        self._client = openai.AsyncOpenAI(
            api_key=key.get_secret_value() if key else "none",
            base_url="http://builtin/v1" if self._settings.builtin else self._settings.base_url or OPENAI,
            max_retries=0,
            timeout=openai.Timeout(timeout, connect=min(timeout, 15.0)),
            http_client=_in_process() if self._settings.builtin else None,
        )
        self._create: Callable[..., Awaitable[Draft]] = instructor.patch(
            create=self._answer, mode=instructor.Mode.JSON_SCHEMA
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._client.close()

    async def draft(self, messages: Sequence[Mapping[str, object]], check: Check, spend: Spend | None = None) -> Answer:
        """The draft that the model gives for these messages.

        A reply that does not validate, or with which `check` finds fault, is
        re-asked at most `settings.reasks` times. After that the best reply
        that fits the schema is kept, problems and all; else what can be
        salvaged. `spend` is told each cost as it arises, so that it is known
        also of a call that fails.

        Raises:
            ReplyError: the model refused, or no reply was of any use.
            ModelUnreachableError: no model answers there, or not to this key.
        """
        from instructor.core.exceptions import IncompleteOutputException, InstructorRetryException, ResponseParsingError

        call = _Call([dict(message) for message in messages], check, spend)
        token = _CALL.set(call)
        limit = {"max_completion_tokens": self._settings.max_tokens} if self._settings.max_tokens else {}
        try:
            await self._create(
                response_model=_reply_type(),
                model=self._settings.model,
                messages=call.messages,
                max_retries=self._settings.reasks,
                **limit,
            )
        except IncompleteOutputException:
            pass
        except InstructorRetryException as error:
            cause = error.__cause__ or error
            in_hand = call.draft is not None and isinstance(cause, ReplyError)
            if not in_hand and not isinstance(cause, ResponseParsingError):
                raise cause from cause.__cause__
        finally:
            _CALL.reset(token)
        return call.answer()

    async def _answer(self, **request: Any) -> object:
        """What instructor takes for the API: one request, one completion.

        A re-ask carries the first messages, the last reply and what is wrong
        with it; instructor would pile up all replies.
        """
        from openai.types.chat import ChatCompletion

        call = _CALL.get()
        if call.replies:
            request["messages"] = [
                *call.messages,
                {"role": "assistant", "content": call.replies[-1]},
                request["messages"][-1],
            ]
        form = request["response_format"]["json_schema"]
        request["response_format"] = {"type": "json_schema", "json_schema": {**form, "strict": True}}
        text, reason = (await self._fetch(request, call)).text()
        call.replies.append(text)
        choice = {"index": 0, "finish_reason": reason, "message": {"role": "assistant", "content": text}}
        return ChatCompletion.construct(id="", created=0, model="", object="chat.completion", choices=[choice])

    async def _fetch(self, request: dict[str, Any], call: _Call) -> RawReply:
        """The raw reply to a request: from the ledger, or paid for and put there."""
        body = json.dumps(request, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        key = hashlib.sha256((self._revision + body).encode()).hexdigest()
        stored = self._ledger.get(key) if self._ledger else None
        if stored is not None:
            call.count(cached=1)
            return RawReply.opened(stored, self._settings)
        if call.replies:
            call.count(reasks=1)
        raw = await self._post(request, call)
        reply = RawReply.opened(raw, self._settings)
        if self._ledger:
            self._ledger.put(key, body, raw)
        if reply.usage:
            call.count(**{name: tokens or 0 for name, tokens in reply.usage.model_dump().items()})
        return reply

    async def _post(self, request: dict[str, Any], call: _Call) -> str:
        import httpx2
        import openai
        import tenacity

        backoff = tenacity.wait_random_exponential(multiplier=0.5, max=30)

        def pause(state: tenacity.RetryCallState) -> float:
            error = state.outcome.exception() if state.outcome else None
            return Failure.of(error).pause(backoff(state), time.time()) if error else 0.0

        async def send() -> httpx2.Response:
            call.count(calls=1)
            return await self._client.post("/chat/completions", body=request, cast_to=httpx2.Response)

        retrying = tenacity.AsyncRetrying(  # one for each request: tasks cannot share one
            retry=tenacity.retry_if_exception(lambda error: Failure.of(error).transient),
            stop=tenacity.stop_after_attempt(self._settings.retries + 1),
            wait=pause,
            sleep=self._sleep,
            before_sleep=lambda _: call.count(retries=1),
            reraise=True,
        )
        try:
            response: httpx2.Response = await retrying(send)
        except openai.APIError as error:
            raise Failure.of(error).translated(self._settings) from error
        return response.content.decode("utf-8", "replace")


@cache
def _reply_type() -> type[Draft]:
    """The response model that instructor is given: made once, as each costs milliseconds.

    It reads a reply by the call that is under way. Validation data must not
    go through instructor's `context`, which runs a template engine over all
    messages, the article's words included.
    """
    import instructor

    def model_json_schema(*_: object, **__: object) -> dict[str, Any]:
        return draft_schema()

    def model_validate_json(_: type[Draft], text: str, **__: object) -> Draft:
        return _CALL.get().read(text)

    own = {f.__name__: classmethod(f) for f in (model_json_schema, model_validate_json)}
    made: type[Draft] = type("Draft", (instructor.openai_schema(Draft),), own)
    return made


def _in_process() -> Any:
    import httpx2
    import openai

    from extractor.builtin.app import app

    return openai.DefaultAsyncHttpxClient(transport=httpx2.ASGITransport(app=app))


def _invalid(problems: Sequence[str]) -> Exception:
    """The error that makes instructor re-ask; its words are what the model is told."""
    from instructor.core.exceptions import ResponseParsingError

    told = [f"- {problem[:MAX_PROBLEM]}" for problem in problems[:MAX_PROBLEMS]]
    if len(problems) > MAX_PROBLEMS:
        told.append(f"- and {len(problems) - MAX_PROBLEMS} more of the kind")
    return ResponseParsingError("\n".join([*told, "Correct these, keep all the rest, answer with the whole JSON."]))
