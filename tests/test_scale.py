"""The page on scale: its estimate is worked out from what the commands print."""

from decimal import Decimal

import pytest
from pydantic import SecretStr

from extractor.plan import Plan, plan
from extractor.settings import Settings
from tests.conftest import SEEDS

ROOT = SEEDS.parent
PAGE = " ".join((ROOT / "docs" / "scale.md").read_text(encoding="utf-8").split())
MANY = 10_000_000


@pytest.fixture(scope="module")
def planned() -> Plan:
    """What `extractor run tests/corpus/articles --dry-run` says with a key of OpenAI's."""
    return plan([ROOT / "tests" / "corpus" / "articles"], Settings(model="gpt-5-mini", api_key=SecretStr("none")))


def test_the_tokens_and_the_cost_of_an_article_are_those_of_a_dry_run(planned: Plan) -> None:
    articles, prompts, replies = planned.articles, planned.prompt_tokens, planned.completion_tokens
    assert planned.cost
    assert f"for {articles} articles, about {prompts:,} tokens of prompts, {replies:,} of replies" in PAGE
    for tokens in (prompts, replies):
        many = f"{tokens / articles * MANY / 1e9:.1f} billion"
        assert f"{tokens:,} / {articles} = {tokens / articles:,.0f} | {many}" in PAGE
    each = round(planned.cost / articles, 5)
    assert f"{planned.cost:.4f} / {articles} = {each} USD | {each * MANY:,.0f} USD" in PAGE
    assert f"{each * Decimal('0.5'):.5f} USD | {each * MANY / 2:,.0f} USD" in PAGE


def test_the_hours_follow_from_the_tokens(planned: Plan) -> None:
    each = (planned.prompt_tokens + planned.completion_tokens) / planned.articles
    assert f"| limit, tokens a minute | {each * MANY / 1e9:.1f} billion tokens take |" in PAGE
    for millions, size, unit in ((2, 24 * 60, "days"), (10, 24 * 60, "days"), (150, 60, "hours")):
        minutes = each * MANY / (millions * 1e6)
        assert f"| {millions} million | {minutes:,.0f} minutes = {minutes / size:.1f} {unit} |" in PAGE
    assert f"10,000,000 / {each:,.0f} = {1e7 / each:,.0f} articles a minute" in PAGE
