"""Frozen settings, passed in. The only reader of the environment."""

import os
from collections.abc import Mapping
from typing import Self
from urllib.parse import urlsplit, urlunsplit

from pydantic import ConfigDict, Field, SecretStr, ValidationError

from extractor.errors import ConfigurationError
from extractor.schemas.base import Record

BUILTIN = "builtin"
OPENAI = "https://api.openai.com/v1"
OPENAI_DEFAULT_MODEL = "gpt-5-mini"


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
    jobs: int = Field(default=8, ge=1, description="articles in flight at a time")
    reasks: int = Field(default=2, ge=0, description="re-asks of a reply that does not validate")
    retries: int = Field(default=4, ge=0, description="retries of a request whose transport failed")
    timeout: float = Field(default=120.0, gt=0, description="for one request")
    max_tokens: int | None = Field(default=None, ge=1, description="limit of a reply; None: the model's own")

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
    def from_environment(
        cls,
        environ: Mapping[str, str] | None = None,
        *,
        model: str | None = None,
        base_url: str | None = None,
        jobs: int | None = None,
    ) -> Self:
        """Settings from the environment; an argument outranks it.

        Read: EXTRACTOR_MODEL, EXTRACTOR_BASE_URL, EXTRACTOR_API_KEY,
        EXTRACTOR_JOBS, OPENAI_API_KEY. The key for OpenAI goes to OpenAI alone;
        an endpoint of one's own gets EXTRACTOR_API_KEY.

        Raises:
            ConfigurationError: a value cannot work, or an endpoint is named without a model.
        """
        env = os.environ if environ is None else environ
        base_url = base_url or env.get("EXTRACTOR_BASE_URL") or None
        model = model or env.get("EXTRACTOR_MODEL") or None
        key = env.get("EXTRACTOR_API_KEY") or (env.get("OPENAI_API_KEY") if base_url is None else None) or None
        if model is None:
            if base_url:
                raise ConfigurationError(f"which model at {base_url}? Name it with --model or EXTRACTOR_MODEL")
            model = OPENAI_DEFAULT_MODEL if key else BUILTIN
        elif model != BUILTIN and not key and not base_url:
            raise ConfigurationError(
                f"{model} needs a key (OPENAI_API_KEY) or an endpoint (--base-url); {BUILTIN} needs neither"
            )
        in_process = model == BUILTIN and base_url is None
        values = {
            "model": model,
            "base_url": base_url,
            "api_key": None if in_process else key,
            "jobs": jobs if jobs is not None else env.get("EXTRACTOR_JOBS") or None,
        }
        try:
            return cls.model_validate({name: value for name, value in values.items() if value is not None})
        except ValidationError as error:
            wrong = error.errors()[0]
            raise ConfigurationError(f"{wrong['loc'][0]} is {wrong['input']!r}: {wrong['msg'].lower()}") from None
