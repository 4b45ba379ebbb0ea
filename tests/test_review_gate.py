"""Who may use the review page, and what it lets a browser do: tried over HTTP on loopback."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import httpx2
import pytest

from extractor.errors import ConfigurationError
from extractor.review.server import listening
from tests.judged import FULL, VAGUE
from tests.report_samples import HOSTILE
from tests.reviewing import NORTH, SOUTH, TOKEN, Person, Served, log, made, reviewing

PATHS = ["/", "/items", "/decisions", "/review.css", "/static/keys.js", "/nowhere"]
ELSEWHERE = "http://host.example"


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("gate") / "extractor.db", VAGUE, FULL)


@pytest.fixture(scope="module")
def served(db: Path) -> Iterator[Served]:
    with reviewing(db) as page:
        yield page


@pytest.fixture
def client(served: Served) -> Iterator[httpx2.Client]:
    """A browser that has opened the address with the key."""
    with httpx2.Client(base_url=served.url) as somebody:
        assert somebody.get(f"/?token={TOKEN}").status_code == 303
        yield somebody


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("key", ["", "?token=", "?token=guessed", "?token=%C3%A9%FF"])
def test_nothing_is_shown_to_who_has_no_key(served: Served, path: str, key: str) -> None:
    answered = httpx2.get(served.url + path + key)
    assert answered.status_code == 403
    assert "Open the address that `extractor review` has printed" in answered.text


def test_a_cookie_of_another_key_opens_nothing(served: Served, client: httpx2.Client) -> None:
    (name,) = client.cookies
    assert httpx2.get(served.url, cookies={name: "guessed"}).status_code == 403


@pytest.mark.parametrize("path", ["/", "/items", "//host.example/"])
def test_the_key_becomes_a_cookie_and_leaves_the_address(served: Served, path: str) -> None:
    answered = httpx2.get(f"{served.url}{path}?token={TOKEN}")
    assert (answered.status_code, answered.headers["location"]) == (303, "/")
    cookie = answered.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie


@pytest.mark.parametrize("host", ["host.example", "127.0.0.1.host.example", "localhost.host.example:80", "0.0.0.0"])  # noqa: S104
def test_a_name_that_leads_here_from_elsewhere_is_refused(client: httpx2.Client, host: str) -> None:
    assert client.get("/items", headers={"host": host}).status_code == 400


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_this_machine_is_known_by_its_names(served: Served, client: httpx2.Client, host: str) -> None:
    port = served.url.rpartition(":")[2]
    assert client.get("/items", headers={"host": f"{host}:{port}"}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "null"},
        {"origin": ELSEWHERE},
        {"origin": "http://127.0.0.1:1"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site", "origin": "null"},
        {"sec-fetch-site": "none"},
        {"sec-fetch-site": "same-origin", "origin": ELSEWHERE},
    ],
)
@pytest.mark.parametrize("path", ["/undo", "item"])
def test_a_form_of_another_page_decides_nothing(
    db: Path, served: Served, client: httpx2.Client, headers: dict[str, str], path: str
) -> None:
    item = served.desk.now().open[0]
    path = f"/items/{item.id}" if path == "item" else path
    answered = client.post(path, data={"shown": item.shown, "answer": "same", "number": "1"}, headers=headers)
    assert answered.status_code == 403
    assert log(db) == []


@pytest.mark.parametrize("headers", [{"origin": "own"}, {"sec-fetch-site": "same-origin", "origin": "null"}])
def test_a_form_of_its_own_is_taken(served: Served, client: httpx2.Client, headers: dict[str, str]) -> None:
    given = {name: served.url if value == "own" else value for name, value in headers.items()}
    assert client.post("/undo", data={"number": "99"}, headers=given).status_code == 409


@pytest.mark.parametrize("path", [*PATHS, "/items/nothing"])
@pytest.mark.parametrize("known", [True, False])
def test_every_response_says_what_a_browser_may_do_with_it(
    served: Served, client: httpx2.Client, path: str, known: bool
) -> None:
    headers = (client.get(path) if known else httpx2.get(served.url + path)).headers
    policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
    assert policy["default-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert {policy[name] for name in policy if name not in ("default-src", "base-uri", "frame-ancestors")} == {"'self'"}
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"


def test_it_listens_on_this_machine_alone() -> None:
    with listening() as socket:
        assert socket.getsockname()[0] == "127.0.0.1"


def test_a_port_that_is_taken_is_told_in_a_line() -> None:
    with listening() as socket:
        port = socket.getsockname()[1]
        with pytest.raises(ConfigurationError, match=f"port {port} cannot be had .*: name another with --port"):
            listening(port)


Elements = set[tuple[str, tuple[str, ...]]]
"""The kinds of elements of pages, each with the names of its attributes."""


class Found(HTMLParser):
    """Collects them."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: Elements = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add((tag, tuple(name for name, _ in attrs)))


def elements(folder: Path, words: str) -> Elements:
    """Those of all kinds of pages, where an article, a value, a note and the reviewer's name are these words."""
    folder.mkdir()
    found = Found()
    told = words.translate(dict.fromkeys([*range(9), *range(14, 32), 127]))  # with many of these, a file is no text
    said = NORTH.replace("The cold sea", f"{told} The cold sea").replace("The talks", f"\n{told}\nThe talks")
    made(folder / "extractor.db", said, SOUTH, FULL, VAGUE + "\n" + told)
    with reviewing(folder / "extractor.db", actor=words) as page, Person(page) as person:
        items = [f"/items/{item.id}" for item in page.desk.now().open]
        for path in items:
            found.feed(person.go(path).at.text)
        found.feed(person.answer("edit", value=words, note=words).at.text)
        for path in ("/items", items[-1], "/decisions"):
            found.feed(person.go(path).at.text)
    return found.elements


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
def test_an_article_that_would_be_more_than_text_stays_text(tmp_path: Path, words: str, harmless: Elements) -> None:
    assert elements(tmp_path / "hostile", words) <= harmless


@pytest.fixture(scope="module")
def harmless(tmp_path_factory: pytest.TempPathFactory) -> Elements:
    """The elements of the same pages where all words are plain."""
    return elements(tmp_path_factory.mktemp("plain") / "plain", "Plain words.")


def test_no_control_character_reaches_the_page(tmp_path: Path) -> None:
    made(tmp_path / "extractor.db", NORTH.replace("cold", "\x1b[31mcold\u202e"), SOUTH)
    with reviewing(tmp_path / "extractor.db") as page, Person(page) as person:
        texts = [person.go(f"/items/{item.id}").at.text for item in page.desk.now().open]
    assert any("[31mcold" in text for text in texts)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", "".join(texts))


def test_the_command_prints_the_address_with_a_key_and_ends_when_interrupted(db: Path) -> None:
    command = [sys.executable, "-m", "extractor", "review", "--no-browser", "--db", str(db)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as running:
        assert running.stderr
        address = re.search(r"http://127\.0\.0\.1:\d+/\?token=\S{40,}", running.stderr.readline())
        assert address
        assert "Same meeting?" in httpx2.get(address[0], follow_redirects=True).text
        running.send_signal(signal.SIGINT)
        assert running.stderr.read() == ""
        assert running.wait() == 0


def test_the_command_opens_the_address_in_the_browser(db: Path, tmp_path: Path) -> None:
    browser = tmp_path / "browser.py"
    opened = "urllib.request.build_opener(urllib.request.HTTPCookieProcessor()).open(sys.argv[1]).status"
    browser.write_text(f"import sys, urllib.request\nprint({opened})\n")
    named = {**os.environ, "BROWSER": f"{sys.executable} {browser} %s"}
    command = [sys.executable, "-u", "-m", "extractor", "review", "--db", str(db)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=named) as running:
        assert running.stdout
        assert running.stdout.readline() == "200\n"
        running.send_signal(signal.SIGINT)


def test_the_command_says_where_there_is_no_workspace(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "extractor", "review", "--no-browser", "--db", str(tmp_path / "none.db")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "does not exist: make it with `extractor run`" in done.stderr
