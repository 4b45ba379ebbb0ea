"""What tokens cost, in USD, and what a run may spend."""

from dataclasses import dataclass, field
from decimal import Decimal

from extractor.errors import ConfigurationError
from extractor.schemas import Usage
from extractor.settings import Settings

BATCH_SHARE = Decimal("0.5")
"""What a request costs through the Batch API, as a share of its list price (OpenAI, Batch API guide)."""
_MILLION = 1_000_000


def cost(usage: Usage, settings: Settings) -> Decimal | None:
    """The cost in USD of one reply with so many tokens; None where no price is known.

    By the price that the settings name, else the list of genai-prices. The
    built-in model costs nothing.
    """
    if settings.builtin:
        return Decimal(0)
    if settings.price:
        return (
            usage.prompt_tokens * settings.price.prompt + usage.completion_tokens * settings.price.completion
        ) / _MILLION
    return _listed(usage, settings.model, settings.base_url)


def _listed(usage: Usage, model: str, base_url: str | None) -> Decimal | None:
    """The cost by the list of prices; None for what it doesn't know, as a model at an endpoint of one's own."""
    from genai_prices import Usage as Tokens
    from genai_prices import calc_price

    tokens = Tokens(
        input_tokens=usage.prompt_tokens,
        output_tokens=usage.completion_tokens,
        cache_read_tokens=min(usage.discounted_tokens, usage.prompt_tokens),
    )
    try:
        if base_url is None:
            return calc_price(tokens, model_ref=model, provider_id="openai").total_price
        return calc_price(tokens, model_ref=model, provider_api_url=base_url).total_price
    except LookupError:
        return None


def in_words(amount: Decimal | None, settings: Settings) -> str:
    """A cost for people: `0.0123 USD`, `no cost`, `cost not known`."""
    if settings.builtin:
        return "no cost"
    if amount is None:
        amount = cost(Usage(), settings)  # nothing asked yet: is there a price?
    return "cost not known" if amount is None else f"{amount:.4f} USD"


@dataclass
class Budget:
    """What a run may spend, and what it has spent so far. Not before a reply is here is it known what that costs.

    Raises:
        ConfigurationError: the cost is limited, but no price is known.
    """

    settings: Settings
    spent: Usage = field(default_factory=Usage)

    def __post_init__(self) -> None:
        if self.settings.max_cost is not None and cost(Usage(), self.settings) is None:
            raise ConfigurationError(
                f"the price of {self.settings.model} is not known, so its cost cannot be limited: "
                "give it with --price PROMPT/COMPLETION, in USD per million tokens"
            )

    def spend(self, usage: Usage) -> None:
        """Book what was spent."""
        self.spent += usage

    @property
    def reached(self) -> str | None:
        """The limit that is reached, in words; None while there is room."""
        limits = self.settings
        if limits.max_calls is not None and self.spent.calls >= limits.max_calls:
            return f"{limits.max_calls} calls"
        if limits.max_tokens is not None and self.spent.tokens >= limits.max_tokens:
            return f"{limits.max_tokens} tokens"
        if limits.max_cost is not None and (self.spent.cost or 0) >= limits.max_cost:
            return f"{limits.max_cost} USD"
        return None
