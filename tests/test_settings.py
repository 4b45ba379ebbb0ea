"""The settings: who answers, what may be spent, and that no secret is shown."""

from decimal import Decimal
from typing import Any

import pytest

from extractor.errors import ConfigurationError
from extractor.settings import Price, Settings


@pytest.mark.parametrize(
    ("environ", "model", "endpoint"),
    [
        pytest.param({}, "builtin", "in process", id="nothing is set: the built-in model"),
        pytest.param({"OPENAI_API_KEY": "k"}, "gpt-5-mini", "https://api.openai.com/v1", id="a key: OpenAI"),
        pytest.param(
            {"EXTRACTOR_BASE_URL": "http://127.0.0.1:1/v1", "EXTRACTOR_MODEL": "m"},
            "m",
            "http://127.0.0.1:1/v1",
            id="a URL",
        ),
        pytest.param(
            {"OPENAI_API_KEY": "k", "EXTRACTOR_MODEL": "builtin"}, "builtin", "in process", id="asked for by name"
        ),
    ],
)
def test_the_settings_say_who_answers(environ: dict[str, str], model: str, endpoint: str) -> None:
    settings = Settings.from_environment(environ)
    assert (settings.model, settings.endpoint) == (model, endpoint)


@pytest.mark.parametrize(
    ("name", "value", "field", "meant"),
    [
        ("EXTRACTOR_MAX_COST", "2.50", "max_cost", Decimal("2.50")),
        ("EXTRACTOR_MAX_TOKENS", "0", "max_tokens", 0),
        ("EXTRACTOR_MAX_CALLS", "100", "max_calls", 100),
        ("EXTRACTOR_PRICE", "0.25/2", "price", Price(prompt=Decimal("0.25"), completion=Decimal(2))),
        ("EXTRACTOR_REPLY_TOKENS", "4000", "reply_tokens", 4000),
        ("EXTRACTOR_REQUESTS_PER_MINUTE", "0.5", "requests_per_minute", 0.5),
        ("EXTRACTOR_TOKENS_PER_MINUTE", "90000", "tokens_per_minute", 90_000),
        ("EXTRACTOR_JOBS", "4", "jobs", 4),
        ("EXTRACTOR_REASKS", "0", "reasks", 0),
        ("EXTRACTOR_RETRIES", "9", "retries", 9),
        ("EXTRACTOR_TIMEOUT", "30", "timeout", 30),
        ("EXTRACTOR_PATIENCE", "0", "patience", 0),
        ("EXTRACTOR_MAX_COST", "", "max_cost", None),
        ("EXTRACTOR_REFRESH", "1", "refresh", False),
        ("EXTRACTOR_RETRY_FAILED", "1", "retry_failed", False),
    ],
)
def test_a_setting_is_read_from_the_environment(name: str, value: str, field: str, meant: object) -> None:
    assert getattr(Settings.from_environment({name: value}), field) == meant


@pytest.mark.parametrize(
    ("environ", "given", "complaint"),
    [
        ({"EXTRACTOR_JOBS": "many"}, {}, "jobs is 'many'"),
        ({"EXTRACTOR_MAX_COST": "a lot"}, {}, "max_cost is 'a lot'"),
        ({"EXTRACTOR_MAX_CALLS": "-1"}, {}, "max_calls is '-1'"),
        ({"EXTRACTOR_REQUESTS_PER_MINUTE": "0"}, {}, "requests_per_minute is '0'"),
        ({"EXTRACTOR_PRICE": "cheap"}, {}, "'cheap' is no price: write 0.25/2"),
        ({}, {"price": "1"}, "'1' is no price"),
        ({}, {"price": "1/-2"}, "'1/-2' is no price"),
        ({}, {"price": "1/2/3"}, "'1/2/3' is no price"),
        ({}, {"model": "gpt-9"}, "gpt-9 needs a key"),
        ({}, {"base_url": "http://127.0.0.1:1/v1"}, "which model at http://127.0.0.1:1/v1"),
    ],
)
def test_what_cannot_work_is_a_clear_error(environ: dict[str, str], given: dict[str, Any], complaint: str) -> None:
    with pytest.raises(ConfigurationError, match=complaint) as caught:
        Settings.from_environment(environ, **given)
    assert "\n" not in str(caught.value)


def test_an_argument_outranks_the_environment() -> None:
    assert Settings.from_environment({"OPENAI_API_KEY": "k"}, model="builtin").builtin
    assert Settings.from_environment({"EXTRACTOR_MAX_CALLS": "9"}, max_calls=0).max_calls == 0
    assert Settings.from_environment({"EXTRACTOR_PRICE": "1/2"}, price="3/4").price == Price.parse("3/4")


def test_replacing_with_nothing_changes_nothing() -> None:
    settings = Settings(max_calls=3)
    assert settings.replace(model=None, jobs=None) is settings
    assert settings.replace(max_calls=0, jobs=None).max_calls == 0


def test_the_key_for_openai_goes_to_nobody_else() -> None:
    environ = {"OPENAI_API_KEY": "sk-secret"}
    settings = Settings.from_environment(environ, base_url="http://127.0.0.1:1/v1", model="m")
    assert settings.api_key is None
    assert "sk-secret" not in repr(Settings.from_environment(environ))


def test_the_endpoint_shows_no_password() -> None:
    assert Settings(model="m", base_url="http://u:p@127.0.0.1:1/v1").endpoint == "http://127.0.0.1:1/v1"
