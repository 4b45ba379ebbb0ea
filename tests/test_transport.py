import httpx2
import openai
import pytest

from extractor.errors import ReplyError
from extractor.protocol.transport import MAX_PAUSE, Failure, one_line, seconds_asked
from extractor.settings import Settings

NOW = 1_700_000_000.0  # 14 November 2023, 22:13:20 UTC


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        (None, None),
        ("7", 7.0),
        ("0.5", 0.5),
        ("-3", 0.0),
        ("Tue, 14 Nov 2023 22:13:50 GMT", 30.0),
        ("Tue, 14 Nov 2023 22:00:00 GMT", 0.0),
        ("soon", None),
        ("", None),
    ],
)
def test_retry_after_gives_seconds_or_a_date(header: str | None, seconds: float | None) -> None:
    assert seconds_asked(header, NOW) == seconds


@pytest.mark.parametrize(
    ("header", "pause"),
    [(None, 2.5), ("7", 7.0), ("86400", MAX_PAUSE), ("nan", 0.0), ("inf", MAX_PAUSE), ("soon", 2.5)],
)
def test_a_pause_is_what_the_server_asks_for_within_bounds(header: str | None, pause: float) -> None:
    failed = Failure(status=429, codes=frozenset(), kinds=frozenset(), words="", retry_after=header)
    assert failed.pause(2.5, NOW) == pause


def test_words_of_a_server_become_one_short_line() -> None:
    line = one_line("a\n\tb\r" + "c" * 1000)
    assert line.startswith("a b c")
    assert len(line) == 300


def test_the_key_is_taken_out_of_the_words_before_they_are_cut() -> None:
    settings = Settings.model_validate({"model": "m", "api_key": "sk-secret"})
    assert "sk-s" not in one_line("x" * 295 + "sk-secret", settings)


def test_an_error_inside_the_built_in_model_is_no_failure_of_transport() -> None:
    error = openai.APIConnectionError(request=httpx2.Request("POST", "http://builtin/v1/chat/completions"))
    error.__cause__ = KeyError("lexicon")
    failed = Failure.of(error)
    assert not failed.transient
    told = failed.translated(Settings())
    assert isinstance(told, ReplyError)
    assert str(told) == "The call to the built-in model failed: KeyError('lexicon')"
