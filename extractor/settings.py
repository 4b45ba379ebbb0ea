"""Frozen settings, passed in. The only reader of the environment."""

import os
from collections.abc import Mapping
from typing import Self

from pydantic import ConfigDict, Field, SecretStr

from extractor.schemas.base import Record

BUILTIN = "builtin"
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
        return self.base_url or "https://api.openai.com/v1"

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
        EXTRACTOR_JOBS, OPENAI_API_KEY.
        """
        env = os.environ if environ is None else environ
        base_url = base_url or env.get("EXTRACTOR_BASE_URL") or None
        key = env.get("EXTRACTOR_API_KEY") or env.get("OPENAI_API_KEY") or None
        model = model or env.get("EXTRACTOR_MODEL") or None
        if model is None:
            model = OPENAI_DEFAULT_MODEL if key or base_url else BUILTIN
        values: dict[str, object] = {"model": model, "base_url": base_url}
        if key and model != BUILTIN:
            values["api_key"] = SecretStr(key)
        if jobs is not None:
            values["jobs"] = jobs
        elif env.get("EXTRACTOR_JOBS"):
            values["jobs"] = int(env["EXTRACTOR_JOBS"])
        return cls.model_validate(values)
