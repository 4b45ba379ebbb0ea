"""What all records share: frozen, and strict about their keys."""

from pydantic import BaseModel, ConfigDict


class Record(BaseModel):
    """A frozen record. An unknown key is an error, not a surprise."""

    model_config = ConfigDict(frozen=True, extra="forbid")
