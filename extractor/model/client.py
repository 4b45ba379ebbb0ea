"""The model: messages to a reply of the schema that is asked for, by instructor over the line."""

import asyncio
import hashlib
import logging
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextvars import ContextVar
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, Self

from pydantic import BaseModel, create_model

from extractor.errors import ConfigurationError, ReplyError
from extractor.model.exchange import Answer, Check, Exchange, R, Spend, Unfit, nobody
from extractor.model.ledger import Ledger, NotAsked
from extractor.model.line import Line, Sleep, spent
from extractor.prices import Budget, cost
from extractor.protocol.transport import RawReply
from extractor.protocol.wire import body_of, format_of, schema_of
from extractor.schemas import Draft, Usage
from extractor.schemas.base import Record
from extractor.settings import Settings

if TYPE_CHECKING:
    from openai.types.chat import ChatCompletion

# instructor logs replies at ERROR; without a handler they would end up on stderr.
logging.getLogger("instructor").addHandler(logging.NullHandler())

_EXCHANGE: ContextVar[Exchange[Any]] = ContextVar("_EXCHANGE")


def revision(settings: Settings) -> str:
    """What tells two states of one model apart beyond its name: of the built-in one, the digest of its rules."""
    if not settings.builtin:
        return ""
    from extractor.builtin import fingerprint

    return fingerprint()


class Model:
    """A model behind an OpenAI-compatible endpoint. Use as `async with Model(settings) as model`.

    One model serves any number of parallel calls. With `asking=False` it
    makes none: what the ledger does not hold is `NotAsked`. `sleep` is what
    pauses between retries, `now` the monotonic clock.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        asking: bool = True,
        sleep: Sleep = asyncio.sleep,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        if settings.base_url and not settings.base_url.startswith(("http://", "https://")):
            raise ConfigurationError("The base URL must begin with http:// or https://, and mostly ends in /v1.")
        self._settings = settings
        self._asking = asking
        self._line = Line(settings, sleep=sleep, now=now)
        self._revision = revision(settings)

    @property
    def budget(self) -> Budget:
        """What may be spent, and what was."""
        return self._line.budget

    async def __aenter__(self) -> Self:
        import instructor

        if self._asking:
            await self._line.__aenter__()
        self._create: Callable[..., Awaitable[object]] = instructor.patch(
            create=self._answer, mode=instructor.Mode.JSON_SCHEMA
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._asking:
            await self._line.__aexit__()

    async def draft(
        self,
        messages: Sequence[Mapping[str, object]],
        check: Check,
        ledger: Ledger | None = None,
        spend: Spend = nobody,
        *,
        who: str = "",
    ) -> Answer[Draft]:
        """The draft that the model gives for these messages about the article `who`: see `ask`."""
        return await self.ask(Draft, messages, check, ledger, spend, who=who)

    async def ask(
        self,
        kind: type[R],
        messages: Sequence[Mapping[str, object]],
        check: Callable[[R], Sequence[str]],
        ledger: Ledger | None = None,
        spend: Spend = nobody,
        *,
        who: str = "",
    ) -> Answer[R]:
        """The reply of this kind that the model gives for these messages; `who` names what they are about.

        A reply that does not validate, or with which `check` finds fault, is
        re-asked at most `settings.reasks` times. After that the best reply
        that fits the schema is kept, problems and all; else what can be
        salvaged. `spend` is told each cost as it arises, so that it is known
        also of a call that fails.

        Raises:
            ReplyError: the model refused, or no reply was of any use.
            ModelUnreachableError: no model answers there, or not to this key.
            LimitReached: a limit of the run allows no further call.
            NotAsked: a call is needed, and none is made.
        """
        from instructor.core.exceptions import IncompleteOutputException, InstructorRetryException, ResponseParsingError

        asked = [dict(message) for message in messages]
        exchange = Exchange(asked, kind, check, ledger, self.budget.spend, spend, who)
        token = _EXCHANGE.set(exchange)
        limit = {"max_completion_tokens": self._settings.reply_tokens} if self._settings.reply_tokens else {}
        try:
            await self._create(
                response_model=_reply_type(kind),
                model=self._settings.model,
                messages=exchange.messages,
                max_retries=self._settings.reasks,
                **limit,
            )
        except IncompleteOutputException:
            pass
        except InstructorRetryException as error:
            cause = error.__cause__ or error
            in_hand = exchange.draft is not None and isinstance(cause, ReplyError)
            if not in_hand and not isinstance(cause, ResponseParsingError):
                raise cause from cause.__cause__
        finally:
            _EXCHANGE.reset(token)
        return exchange.answer()

    async def _answer(self, **request: Any) -> object:
        """What instructor takes for the API: one request, one completion.

        A re-ask carries the first messages, the last reply and what is wrong
        with it; instructor would pile up all replies.
        """
        exchange = _EXCHANGE.get()
        if exchange.replies:
            request["messages"] = [
                *exchange.messages,
                {"role": "assistant", "content": exchange.replies[-1]},
                request["messages"][-1],
            ]
        kind: type[Record] = exchange.kind
        request["response_format"] = format_of(kind)
        text = exchange.heard(await self._fetch(request, exchange))
        return _completion(text, exchange.reason)

    async def _fetch(self, request: dict[str, Any], exchange: Exchange[Any]) -> RawReply:
        """The raw reply to a request: from the ledger, or paid for and put there."""
        body = body_of(request)
        key = hashlib.sha256((self._revision + body).encode("utf-8", "surrogatepass")).hexdigest()
        stored = await exchange.ledger.get(key) if exchange.ledger else None
        if stored is not None:
            reply = RawReply.opened(stored.reply, self._settings)
            paid = paid_for(reply, body, stored.reply, self._settings, stored.share)
            exchange.recall(key, paid + Usage(cached=1))
            return reply
        if not self._asking:
            raise NotAsked({key: request})
        if exchange.replies:
            exchange.count(Usage(reasks=1))
        try:
            raw, reply = await self._line.post(body, exchange.who, exchange.count)
        except ReplyError as error:
            if error.raw is not None and exchange.ledger:  # an empty reply is one, and may have been paid for
                await exchange.ledger.put(key, request, error.raw)
            raise
        exchange.count(paid_for(reply, body, raw, self._settings))  # before anything awaits: a limit is near
        if exchange.ledger:
            await exchange.ledger.put(key, request, raw)
        return reply


def paid_for(reply: RawReply, request: str, raw: str, settings: Settings, share: Decimal = Decimal(1)) -> Usage:
    """What a reply costs: its tokens, and their price in USD, of which a share was paid."""
    usage = spent(reply, request, raw)
    price = cost(usage, settings)
    return usage.model_copy(update={"cost": None if price is None else price * share})


def _completion(text: str, reason: str) -> object:
    """A reply as instructor takes it. Copies of a blank: to validate one each time costs ten times as much."""
    from openai.types import CompletionUsage

    blank = _blank()
    message = blank.choices[0].message.model_copy(update={"content": text})
    choice = blank.choices[0].model_copy(update={"message": message, "finish_reason": reason})
    # Without usage instructor looks for the library of another provider at each call.
    usage = CompletionUsage(prompt_tokens=0, completion_tokens=0, total_tokens=0)
    return blank.model_copy(update={"choices": [choice], "usage": usage})


@cache
def _blank() -> "ChatCompletion":
    from openai.types.chat import ChatCompletion

    choice = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": ""}}
    return ChatCompletion.model_validate(
        {"id": "", "created": 0, "model": "", "object": "chat.completion", "choices": [choice]}
    )


@cache
def _reply_type(kind: type[Record]) -> type[BaseModel]:
    """The response model that instructor is given: made once, as each costs milliseconds.

    It has no fields, which instructor would walk through at each call, but the
    schema of the reply, and it reads a reply by the exchange that is under way.
    Validation data must not go through instructor's `context`, which runs a
    template engine over all messages, the article's words included.
    """
    import instructor
    from instructor.core.exceptions import ResponseParsingError

    def model_json_schema(*_: object, **__: object) -> dict[str, Any]:
        return schema_of(kind)

    def model_validate_json(_: type[BaseModel], text: str, **__: object) -> Record:
        try:
            # a copy: instructor hangs the raw completion on what it gets
            read: Record = _EXCHANGE.get().read(text)
            return read.model_copy()
        except Unfit as error:
            raise ResponseParsingError(str(error)) from error  # makes instructor re-ask, in these words

    own = {f.__name__: classmethod(f) for f in (model_json_schema, model_validate_json)}
    made: type[BaseModel] = type(kind.__name__, (instructor.openai_schema(create_model(kind.__name__)),), own)
    return made
