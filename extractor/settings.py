"""Frozen settings, passed in. The only reader of the environment."""

import os
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit, urlunsplit

from pydantic import ConfigDict, Field, SecretStr, ValidationError

from extractor.errors import ConfigurationError
from extractor.schemas.base import Record

BUILTIN = "builtin"
OPENAI = "https://api.openai.com/v1"
OPENAI_DEFAULT_MODEL = "gpt-5-mini"
PART_SIZE = 24_000


class Price(Record):
    """USD per million tokens."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    prompt: Decimal = Field(ge=0)
    completion: Decimal = Field(ge=0)

    @classmethod
    def parse(cls, words: str) -> Self:
        """The price in words such as `0.25/2`: prompt, then completion.

        Raises:
            ConfigurationError: it is written otherwise.
        """
        prompt, _, completion = words.partition("/")
        try:
            return cls.model_validate({"prompt": prompt, "completion": completion})
        except ValidationError as error:
            raise ConfigurationError(
                f"{words!r} is no price: write 0.25/2 for 0.25 USD per million tokens of prompts and 2 of completions"
            ) from error


class Settings(Record):
    """How a run is done. Times in seconds.

    Where neither `model` nor `base_url` is given and no OPENAI_API_KEY is
    set, the built-in model is used; `model="builtin"` asks for it by name.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    model: str = BUILTIN
    base_url: str | None = None
    """An OpenAI-compatible endpoint (ends in /v1); None: OpenAI, or in process for `builtin`."""
    api_key: SecretStr | None = None
    jobs: int = Field(default=32, ge=1, description="calls in flight at a time")
    reasks: int = Field(default=2, ge=0, description="re-asks of a reply that does not validate")
    retries: int = Field(default=4, ge=0, description="retries of a request whose transport failed")
    timeout: float = Field(default=120.0, gt=0, description="for one request")
    patience: float = Field(default=600.0, ge=0, description="how long to wait for a model that stopped answering")
    reply_tokens: int | None = Field(default=None, ge=1, description="limit of a reply; None: the model's own")
    part_size: int = Field(
        default=PART_SIZE, ge=6_000, description="characters of an article in one call; a longer one is asked in parts"
    )
    weights: Path | None = None
    """What each signal between two accounts is worth; None: the weights that come with the package."""
    requests_per_minute: float | None = Field(default=None, gt=0)
    tokens_per_minute: float | None = Field(default=None, gt=0)
    price: Price | None = None
    """What the model costs, where the list of prices doesn't know it or a contract says otherwise."""
    max_cost: Decimal | None = Field(default=None, ge=0, description="USD that a run may spend")
    max_tokens: int | None = Field(default=None, ge=0, description="tokens that a run may spend")
    max_calls: int | None = Field(default=None, ge=0, description="calls that a run may make")
    refresh: bool = False
    """Ask again what is known already."""
    retry_failed: bool = False
    """Ask again for the articles that failed."""

    @property
    def builtin(self) -> bool:
        """Whether the built-in model answers, in process."""
        return self.model == BUILTIN and self.base_url is None

    @property
    def endpoint(self) -> str:
        """Who is asked, in words that hold no secret."""
        if self.builtin:
            return "in process"
        parts = urlsplit(self.base_url or OPENAI)
        return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))

    def replace(self, **changes: object) -> Self:
        """These settings with some changed; None changes nothing."""
        given = {name: value for name, value in changes.items() if value is not None}
        return type(self).model_validate({**dict(self), **given}) if given else self

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None, **given: object) -> Self:
        """Settings from the environment; what is `given` and not None outranks it.

        Read: EXTRACTOR_ and the name of any setting in capitals, such as
        EXTRACTOR_MODEL or EXTRACTOR_MAX_COST (a price as `0.25/2`), and
        OPENAI_API_KEY. The key for OpenAI goes to OpenAI alone; an endpoint
        of one's own gets EXTRACTOR_API_KEY.

        Raises:
            ConfigurationError: a value cannot work, or an endpoint is named without a model.
        """
        env = os.environ if environ is None else environ
        names = cls.model_fields.keys() - {"refresh", "retry_failed"}  # these are said each time
        found: dict[str, object] = {name: env.get(f"EXTRACTOR_{name.upper()}") or None for name in names}
        values = found | {name: value for name, value in given.items() if value is not None}
        if isinstance(values["price"], str):
            values["price"] = Price.parse(values["price"])
        base_url = values["base_url"]
        key = values["api_key"] = values["api_key"] or (env.get("OPENAI_API_KEY") if base_url is None else None)
        if values["model"] is None:
            if base_url:
                raise ConfigurationError(f"which model at {base_url}? Name it with --model or EXTRACTOR_MODEL")
            values["model"] = OPENAI_DEFAULT_MODEL if key else BUILTIN
        elif values["model"] != BUILTIN and not key and not base_url:
            raise ConfigurationError(
                f"{values['model']} needs a key (OPENAI_API_KEY) or an endpoint (--base-url); {BUILTIN} needs neither"
            )
        if values["model"] == BUILTIN and base_url is None:
            values["api_key"] = None  # nobody there asks for one
        try:
            return cls.model_validate({name: value for name, value in values.items() if value is not None})
        except ValidationError as error:
            wrong = error.errors()[0]
            raise ConfigurationError(f"{wrong['loc'][0]} is {wrong['input']!r}: {wrong['msg'].lower()}") from None
