"""What comes back from a request: a reply to open, or a failure to judge.

Pure: an error of the HTTP client comes in as a `Failure`, a value that knows
no library. It says whether the failure passes, how long to wait, and what to
tell the user; in words that hold no secret.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Self
from urllib.parse import urlsplit

from pydantic import BaseModel, Field, ValidationError
from pydantic_core import from_json

from extractor.errors import ExtractorError, ModelUnreachableError, ReplyError
from extractor.schemas import Usage
from extractor.settings import Settings

MAX_PAUSE = 60.0
"""Seconds: the longest pause before a retry, whatever Retry-After asks for."""

_NOBODY_THERE = {"ConnectError", "ConnectTimeout", "ProxyError", "UnsupportedProtocol"}
_BROKEN_OFF = {"ServerDisconnectedError", "ClientOSError", "ConnectionResetError"}
_NO_RECORDING = "CannotOverwriteExistingCassetteException"


class RawMessage(BaseModel):
    """A message of a chat completion."""

    content: str | None = None
    refusal: str | None = None


class RawChoice(BaseModel):
    """A choice of a chat completion; `finish_reason` is `stop`, `length` or `content_filter`."""

    message: RawMessage
    finish_reason: str | None = None


class RawDetails(BaseModel):
    """What is known of the prompt's tokens."""

    cached_tokens: int | None = None


class RawUsage(BaseModel):
    """Tokens as the provider counts them."""

    prompt_tokens: int | None = None
    completion_tokens: int | None = None
    prompt_tokens_details: RawDetails | None = None

    def usage(self) -> Usage | None:
        """The same as ours; None where nothing was counted."""
        if self.prompt_tokens is None:
            return None
        details = self.prompt_tokens_details
        return Usage(
            prompt_tokens=self.prompt_tokens,
            completion_tokens=self.completion_tokens or 0,
            discounted_tokens=(details and details.cached_tokens) or 0,
        )


class RawReply(BaseModel):
    """A chat completion, as much of it as is needed here."""

    choices: list[RawChoice] = Field(min_length=1)
    usage: RawUsage | None = None

    @classmethod
    def opened(cls, raw: str, settings: Settings) -> Self:
        """The reply in a response's body.

        Raises:
            ModelUnreachableError: it is no JSON, so what answers is no model.
            ReplyError: it is no chat completion, or an empty one.
        """
        try:
            return cls.model_validate_json(raw)
        except ValidationError as error:
            if error.errors()[0]["type"] == "json_invalid":
                raise ModelUnreachableError(
                    f"What answers at {place_of(settings)} is no model: is the base URL right? It mostly ends in /v1."
                ) from error
            said = _said(raw)
            words = f"sent an error: {said}" if said else f"sent an empty reply: {raw}"
            raise ReplyError(f"The model's server {one_line(words, settings)}", raw=raw) from error

    def text(self) -> tuple[str, str]:
        """The text, and the reason why it ends.

        Raises:
            ReplyError: the model refused, or its provider withheld the text.
        """
        choice = self.choices[0]
        if choice.message.refusal:
            words = one_line(choice.message.refusal)
            raise ReplyError(f"The model refused: {words}", raw=self.model_dump_json())
        if choice.finish_reason == "content_filter":
            raise ReplyError("The provider withheld the reply (content filter).", raw=self.model_dump_json())
        return choice.message.content or "", choice.finish_reason or "stop"


def _said(raw: str) -> str | None:
    """The message of an error object (`{"error": {"message": ...}}`), if it is one."""
    error = from_json(raw).get("error") if raw.lstrip().startswith("{") else None
    message = error.get("message") if isinstance(error, dict) else error
    return message if isinstance(message, str) and message else None


@dataclass(frozen=True)
class Failure:
    """A request that failed.

    `status` is the HTTP status, None where no answer came. `kinds` are the
    names of the classes of the error and of all that caused it, as the client
    wraps errors of libraries that are not known here.
    """

    status: int | None
    codes: frozenset[str]
    kinds: frozenset[str]
    words: str
    retry_after: str | None = None

    @classmethod
    def of(cls, error: BaseException) -> Self:
        """What an openai client's error says."""
        body = getattr(error, "body", None)
        said = body.get("message") if isinstance(body, dict) else None
        response = getattr(error, "response", None)
        codes = {getattr(error, name, None) for name in ("code", "type")}
        kinds = frozenset(kind.__name__ for link in _chain(error) for kind in type(link).__mro__)
        if kinds & _BROKEN_OFF and "ClientConnectorError" not in kinds:  # openai says ConnectTimeout
            kinds -= {"ConnectTimeout", "TimeoutException"}
        return cls(
            status=getattr(error, "status_code", None),
            codes=frozenset(code for code in codes if isinstance(code, str)),
            kinds=kinds,
            words=said if isinstance(said, str) else repr([*_chain(error)][-1]),
            retry_after=response.headers.get("retry-after") if response is not None else None,
        )

    @property
    def transient(self) -> bool:
        """Whether the same request may well succeed a little later."""
        if self.status is None:
            return "TransportError" in self.kinds and "UnsupportedProtocol" not in self.kinds
        if self.status == 429:
            return "insufficient_quota" not in self.codes
        return self.status in (408, 409) or self.status >= 500

    def pause(self, default: float, now: float) -> float:
        """Seconds to wait before a retry: what the server asks for, within bounds, else `default`."""
        asked = seconds_asked(self.retry_after, now)
        return min(default if asked is None else asked, MAX_PAUSE)

    def translated(self, settings: Settings) -> ExtractorError:
        """The error that the user is shown, with the mend."""
        place, said, status = place_of(settings), one_line(self.words, settings), self.status
        if _NO_RECORDING in self.kinds:
            return ModelUnreachableError(
                "No recording answers this request: prompt, schema or test have changed. Run `make record`."
            )
        if self.kinds & _NOBODY_THERE:
            return ModelUnreachableError(f"No model answers at {place}. Is it running, and is the base URL right?")
        if "TimeoutException" in self.kinds:
            return ReplyError(f"No reply from {place} within {settings.timeout:g} s; a longer time-out may help.")
        if "TransportError" in self.kinds:
            return ReplyError(f"The connection to {place} broke off each time: {said}")
        if status is None:
            return ReplyError(f"The call to {place} failed: {said}")
        if status in (401, 403):
            return ModelUnreachableError(
                f"{place} refuses the key (HTTP {status}): check EXTRACTOR_API_KEY or OPENAI_API_KEY."
            )
        if status in (404, 405):
            return ModelUnreachableError(
                f"{place} knows no model {settings.model!r}, or is no such endpoint (HTTP {status}): {said}"
            )
        if status == 402 or "insufficient_quota" in self.codes:
            return ModelUnreachableError(f"The account at {place} has no credit left (HTTP {status}): {said}")
        return ReplyError(f"{place} answered HTTP {status}: {said}")


def seconds_asked(value: str | None, now: float) -> float | None:
    """Seconds that a Retry-After header asks for (RFC 9110, 10.2.3: seconds, or an HTTP date)."""
    if value is None:
        return None
    try:
        return max(0.0, float(value))  # in this order "nan" is no pause
    except ValueError:
        pass
    try:
        return max(parsedate_to_datetime(value).timestamp() - now, 0.0)
    except (ValueError, OverflowError):
        return None


def place_of(settings: Settings) -> str:
    """Whom we ask, without user name, password and query."""
    if settings.builtin:
        return "the built-in model"
    parts = urlsplit(settings.endpoint)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2], query="", fragment="").geturl()


def one_line(words: str, settings: Settings | None = None) -> str:
    """A server's words on one line, not too long, without our key."""
    key = settings.api_key.get_secret_value() if settings and settings.api_key else None
    line = " ".join((words.replace(key, "[key]") if key else words).split())
    return line if len(line) <= 300 else line[:299] + "…"


def _chain(error: BaseException) -> Iterator[BaseException]:
    link: BaseException | None = error
    while link is not None:
        yield link
        link = link.__cause__ or link.__context__
