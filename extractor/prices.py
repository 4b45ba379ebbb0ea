"""What tokens cost, in USD, by the price list of genai-prices."""

from decimal import Decimal

from extractor.schemas import Usage
from extractor.settings import Settings


def cost(usage: Usage, settings: Settings) -> Decimal | None:
    """The cost in USD at list prices; None where no price is known, as for an endpoint of one's own.

    The built-in model costs nothing.
    """
    if settings.builtin:
        return Decimal(0)
    if settings.base_url is not None:
        return None
    from genai_prices import Usage as Tokens
    from genai_prices import calc_price

    tokens = Tokens(input_tokens=usage.prompt_tokens, output_tokens=usage.completion_tokens)
    try:
        return calc_price(tokens, model_ref=settings.model, provider_id="openai").total_price
    except LookupError:
        return None


def in_words(amount: Decimal | None) -> str:
    """A cost for people: `0.0123 USD`, `no cost`, `cost not known`."""
    if amount is None:
        return "cost not known"
    return f"{amount:.4f} USD" if amount else "no cost"
